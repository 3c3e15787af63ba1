import Domain
import Regex

/// How often and when a carrier bills.
package enum BillingCadence: String, Sendable {
  case monthlyInAdvance = "monthly_in_advance"
  case monthlyInArrears = "monthly_in_arrears"
}

/// What an agreement says besides its terms and prices: rates after the term, co-terminous ends, billing, accounts, circuits.
struct AgreementExtras {
  private let current = Rule.pattern(
    "\\bthen[- ]current (?:[\\w-]+ ){0,3}?(?:rates?|pricing|prices?|charges)|\\bthen[- ](?:prevailing|applicable) "
      + "(?:\\w+ ){0,2}rates?"
  )
  private let afterTerm = Rule.pattern("\\b(?:expir\\w*|end of|month[- ]to[- ]month|renew\\w*|holdover|continu\\w*)\\b")
  private let together = Rule.pattern(
    "\\bco-?termin(?:ous|us|ate)\\w*|\\b(?:identical|same) (?:\\w+ )?term (?:of|as) (?:the|its) (?:original|parent"
      + "|existing|initial)|\\bexpire\\w* (?:on the same date|at the same time) as\\b"
  )
  private let apart = Rule.pattern("\\bnot (?:be )?co-?termin")
  private let billed = Rule.pattern(
    "\\b(?:invoic|bill)\\w*\\b[^.;]{0,60}\\bmonthly in (advance|arrears)|\\b(?:invoic|bill)\\w*\\b[^.;]{0,40}\\bin "
      + "(advance|arrears) (?:on a )?(?:monthly|each month)"
  )
  private let account = Rule.pattern(
    "\\b(?:BAN|billing account(?: (?:number|no\\.?))?|account (?:number|no\\.?)) ?[:#] ?((?-i:[A-Z0-9])[A-Z0-9]*"
      + "(?:[ -]\\d[A-Z0-9]*){0,3})"
  )
  /// Three figures, a figure or letter, two figures, a hyphen, four figures: a billing account of CABS (documents.md 4.1).
  private let spaced = Rule.pattern("(?<!\\w)(\\d ?\\d ?\\d ?(?-i:[A-Z]) ?\\d ?\\d ?- ?\\d ?\\d ?\\d ?\\d)(?!\\w)")
  /// Serial form of special services: prefix, service code, serial, suffix, company (documents.md 4.1).
  private let serial = Rule.pattern(
    "(?<![\\w.])((?:\\d{1,3})?[./](?-i:[A-Z]{2}[A-Z0-9]{2})[./]\\d{3,6}[./](?:\\w{0,3})[./](?-i:[A-Z]{2,4}))(?!\\w)")

  func read(_ text: ClauseText, into reading: inout ContractReading) {
    for sentence in text.sentences {
      if reading.rateAfterTerm == nil, let rate = current.first(in: text.bytes, within: sentence)?.range,
        afterTerm.first(in: text.bytes, within: sentence) != nil
      {
        reading.rateAfterTerm = finding(text, sentence, text.string(rate), "rate_after_term")
      }
      if reading.coterminous == nil, together.first(in: text.bytes, within: sentence) != nil {
        let isApart = apart.first(in: text.bytes, within: sentence) != nil
        reading.coterminous = finding(text, sentence, !isApart, "coterminous")
      }
      if reading.billing == nil, let match = billed.first(in: text.bytes, within: sentence),
        let when = match[1] ?? match[2]
      {
        let isAdvance = text.string(when).lowercased() == "advance"
        reading.billing = finding(text, sentence, isAdvance ? .monthlyInAdvance : .monthlyInArrears, "billing")
      }
    }
    if let number = account.first(in: text.bytes)?[1] ?? spaced.first(in: text.bytes)?[1] {
      reading.account = text.text.evidence(number, method: "label/account", confidence: PriceConfidence.label)
        .map { Finding(text.string(number), $0) }
    }
    var seen: Set<CircuitID> = []
    for match in serial.all(in: text.bytes) {
      guard let range = match[1], let id = CircuitID(text.string(range)), seen.insert(id).inserted,
        let evidence = text.text.evidence(range, method: "sentence/circuit", confidence: PriceConfidence.label)
      else { continue }
      reading.circuits.append(Finding(id.raw, evidence))
    }
  }

  private func finding<Value>(
    _ text: ClauseText, _ sentence: Range<Int>, _ value: Value, _ rule: String
  ) -> Finding<Value>? {
    text.text.evidence(sentence, method: "sentence/\(rule)", confidence: PriceConfidence.sentence)
      .map { Finding(value, $0) }
  }
}
