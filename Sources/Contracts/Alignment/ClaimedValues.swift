import Domain
import Pages

/// What our own parsers read in a quote: a claimed value counts where it is the only one there.
struct ClaimedValues {
  private let durations = Durations()
  private let dates = DateMentions()

  /// Writes the value into the reading; false where the words found do not say it, or say another one as well.
  func take(_ claim: Claim, _ evidence: Evidence, into reading: inout ContractReading) -> Bool {
    let words = Array(evidence.quote.utf8)
    switch claim.field {
    case .number: return text(claim, evidence, into: &reading.number)
    case .parent: return text(claim, evidence, into: &reading.parent)
    case .agreementDate: return day(claim, words, evidence, into: &reading.agreementDate)
    case .effectiveDate: return day(claim, words, evidence, into: &reading.effectiveDate)
    case .expiration: return day(claim, words, evidence, into: &reading.expiration)
    case .term:
      guard let months = only(words, \.months), String(months) == claim.value, let term = Term(months: months) else {
        return false
      }
      reading.term = Finding(InitialTerm(term), evidence)
    case .notice:
      guard let days = only(words, \.days), String(days) == claim.value else { return false }
      reading.notice = Finding(NoticeRule(days), evidence)
    case .governingLaw:
      guard let place = Places.known(claim.value), evidence.quote.contains(claim.value) else { return false }
      reading.governingLaw = Finding(place, evidence)
    case .mrc: return price(claim, words, evidence, \.mrc, into: &reading.prices)
    case .nrc: return price(claim, words, evidence, \.nrc, into: &reading.prices)
    }
    return true
  }

  /// The one length of time of that unit; nil where there is none, where two differ or its figure and its words do.
  private func only(_ words: [UInt8], _ unit: (Duration) -> Int?) -> Int? {
    let found = durations.find(in: words, within: 0..<words.count).filter { unit($0) != nil }
    guard let first = found.first.flatMap(unit),
      found.allSatisfy({ unit($0) == first && !$0.isConflict && !$0.isBusinessDays })
    else { return nil }
    return first
  }

  /// A number that stands in the quote as a word of its own, with a digit in it.
  private func text(_ claim: Claim, _ evidence: Evidence, into target: inout Finding<String>?) -> Bool {
    guard claim.value.contains(where: \.isNumber),
      evidence.quote.split(separator: " ").contains(where: { Self.bare($0) == claim.value })
    else { return false }
    target = Finding(claim.value, evidence)
    return true
  }

  private static func bare(_ word: Substring) -> Substring {
    let marks: Set<Character> = [".", ",", ";", ":", "(", ")", "\"", "“", "”", "’", "#"]
    var word = word
    while let first = word.first, marks.contains(first) { word.removeFirst() }
    while let last = word.last, marks.contains(last) { word.removeLast() }
    return word
  }

  private func day(
    _ claim: Claim, _ words: [UInt8], _ evidence: Evidence, into target: inout Finding<ContractDate>?
  ) -> Bool {
    let found = dates.find(in: words, isDayFirst: false)
    guard let first = found.first, found.count == 1, !first.isAmbiguous, let day = first.date.day,
      day.description == claim.value
    else { return false }
    target = Finding(.day(day), evidence)
    return true
  }

  /// An amount with its currency in the same words as the circuit it is for, on the circuit's line; a new line only where
  /// rules found none at all.
  private func price(
    _ claim: Claim, _ words: [UInt8], _ evidence: Evidence, _ target: WritableKeyPath<PriceLine, Finding<Money>?>,
    into prices: inout PriceReading
  ) -> Bool {
    let amounts = Amounts(words, mark: nil, currency: nil).all(in: words, within: 0..<words.count)
    guard let circuit = CircuitID(claim.circuit)?.normal,
      evidence.quote.split(separator: " ").contains(where: { CircuitID(String(Self.bare($0)))?.normal == circuit }),
      let amount = amounts.first(where: { $0.money.plain == claim.value })
    else { return false }
    let place = prices.lines.firstIndex { $0.circuitID.flatMap { CircuitID($0.value)?.normal } == circuit }
    if let place {
      prices.lines[place][keyPath: target] = Finding(amount.money, evidence)
      return true
    }
    guard prices.lines.allSatisfy({ $0.circuitID?.evidence.method == evidence.method }) else { return false }
    var line = PriceLine(number: prices.lines.count + 1)
    line.circuitID = Finding(claim.circuit, evidence)
    line[keyPath: target] = Finding(amount.money, evidence)
    prices.lines.append(line)
    return true
  }
}
