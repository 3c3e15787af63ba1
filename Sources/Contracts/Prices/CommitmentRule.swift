import Domain
import Pages
import Regex

/// Finds what the customer promises to spend at least.
struct CommitmentRule {
  private let shares = Shares()
  private let name = Rule.pattern(
    "(?-i:\\b(?:AVC|MARC|MMC|MAC|MRC Commitment)\\b)|\\b(?:annual|monthly|minimum|volume|revenue|total|aggregate"
      + "|contract)(?: (?:annual|monthly|minimum|volume|revenue|usage|service|spend|purchase|contract)){0,3}"
      + " commitments?\\b|\\bminimum (?:annual|monthly) (?:charge|spend|fee|usage|revenue|billing)s?\\b|\\bcommits?"
      + " to (?:spend(?:ing)? )?(?:an? |at least )?minimum\\b"
  )
  private let equals: Pattern
  private let short = Rule.pattern(
    "\\b(?:underutili[sz]ation|shortfall|unmet|unsatisfied|deficiency|difference between)\\b")

  private let ending = Rule.pattern("\\bterminat\\w*")

  init() {
    equals = Rule.pattern(
      "^[^.;$€£%]{0,60}?(?:\\b(?:of|is|be|equal to|equals|amount|least)\\b|:|=|–|-)(?: at least| not less than| no"
        + " less than| in the amount of)? ?(\(Amounts.money))"
    )
  }

  func read(_ text: ClauseText, _ amounts: Amounts) -> Finding<MinimumCommitment>? {
    var found: Finding<MinimumCommitment>?
    for sentence in text.sentences {
      guard let named = name.first(in: text.bytes, within: sentence) else { continue }
      let rest = Array(text.bytes[named.range.upperBound..<min(sentence.upperBound, named.range.upperBound + 160)])
      let amount = equals.first(in: rest)?[1].flatMap { amounts.found(rest, $0) }
      let shares = shares.shares(in: text.bytes, sentence)
      let isShort = short.first(in: text.bytes, within: sentence) != nil
      let isEnding = ending.first(in: text.bytes, within: sentence) != nil
      let share = isShort && !isEnding && shares.count == 1 ? shares[0].percent : nil
      guard amount != nil || share != nil,
        let evidence = text.text.evidence(
          sentence, method: "sentence/commitment", confidence: PriceConfidence.sentence)
      else { continue }
      if var first = found {
        if first.value.amount == nil, let amount {
          first = Finding(first.value, evidence)
          first.value.amount = amount.money
        } else if let amount, first.value.amount != amount.money {
          first.evidence.doubts = Set(first.evidence.doubts + [Doubt.contradiction.rawValue]).sorted()
          first.evidence.confidence = PriceConfidence.disproven
        }
        if first.value.shortfall == nil { first.value.shortfall = share }
        found = first
      } else {
        let words = text.string(named.range)
        found = Finding(
          MinimumCommitment(
            amount?.money, everyMonths: period(text.bytes, sentence, words), name: words, shortfall: share), evidence)
      }
    }
    return found
  }

  /// By the commitment's own name first, then by the words of the sentence.
  private func period(_ bytes: [UInt8], _ sentence: Range<Int>, _ name: String) -> Int? {
    for text in [name.lowercased(), String(decoding: bytes[sentence], as: UTF8.self).lowercased()] {
      if text.contains("month") || text == "mmc" { return 1 }
      if text.contains("annual") || text.contains("year") || ["avc", "marc", "mac"].contains(text) { return 12 }
    }
    return nil
  }
}
