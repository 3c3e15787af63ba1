import Domain
import Pages

/// Raises what two places of a contract say alike, and marks what they say differently.
enum CrossChecks {
  static func apply(to reading: inout ContractReading, _ text: ClauseText) {
    checkTerm(&reading)
    checkRepeated(&reading.agreementDate, text)
    checkRepeated(&reading.effectiveDate, text)
    checkParties(&reading, text)
  }

  /// The stated last day is the start and the months, give or take the day that is counted or not.
  private static func checkTerm(_ reading: inout ContractReading) {
    guard let term = reading.term, let end = reading.expiration, let last = end.value.day,
      !isDoubted(term.evidence, .computed), !isDoubted(end.evidence, .computed),
      let start = reading.effectiveDate?.value.day ?? reading.agreementDate?.value.day,
      TermRule.agree(start, term.value.term.months, last)
    else { return }
    reading.term?.evidence.confidence = Confidence.raised(term.evidence.confidence)
    reading.expiration?.evidence.confidence = Confidence.raised(end.evidence.confidence)
  }

  /// The same day stands at least twice in the contract.
  private static func checkRepeated(_ finding: inout Finding<ContractDate>?, _ text: ClauseText) {
    guard let found = finding, let day = found.value.day, text.dates.count(where: { $0.date.day == day }) > 1 else {
      return
    }
    finding?.evidence.confidence = Confidence.raised(found.evidence.confidence)
  }

  /// The name stands a second time behind the list of the parties, as where they sign.
  private static func checkParties(_ reading: inout ContractReading, _ text: ClauseText) {
    for index in reading.parties.indices {
      let name = Array(reading.parties[index].value.name.utf8)
      guard text.occurrences(of: name, atMost: 2) == 2 else { continue }
      reading.parties[index].evidence.confidence = Confidence.raised(reading.parties[index].evidence.confidence)
    }
  }

  private static func isDoubted(_ evidence: Evidence, _ doubt: Doubt) -> Bool {
    evidence.doubts.contains(doubt.rawValue)
  }
}
