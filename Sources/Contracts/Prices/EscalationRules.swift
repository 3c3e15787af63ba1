import Domain
import Pages
import Regex

/// Finds the clauses by which recurring charges rise.
struct EscalationRules {
  private let shares = Shares()
  private let durations = Durations()
  private let rise = Rule.pattern(
    "\\b(?:increas\\w*|escalat\\w*|uplift\\w*|adjust\\w*|rais(?:e|ed|ing)|rise)\\b")
  private let price = Rule.pattern(
    "\\b(?:recurring|MRCS?|charges?|fees?|rates?|prices?|pricing|rent(?:al)?|license fee)\\b")
  private let index = Rule.pattern(
    "\\b(?:(CPI|RPI|HICP|PPI)(-[A-Z])?|(consumer|retail|producer) price index(?:[^.;]{0,50}?(all urban consumers"
      + "|\\(CPI-U\\)))?)"
  )
  private let greater = Rule.pattern("\\b(?:greater|higher|larger) of\\b")
  private let lesser = Rule.pattern("\\b(?:lesser|lower|smaller) of\\b")
  private let cap = Rule.pattern(
    "\\b(?:(?:not|never|in no event)(?: to| shall)? exceed|capped at|(?:no|not) more than|(?:a )?maximum (?:\\w+ )?of"
      + "|up to|shall not exceed|cap of)(?: a(?: maximum of)?| an? (?:annual )?(?:increase|rate) of)? ?$"
  )
  private let floor = Rule.pattern(
    "\\b(?:(?:no|not)(?: be)? less than|(?:a )?minimum (?:\\w+ )?of|at least|floor of) ?$")
  private let yearly = Rule.pattern(
    "\\b(?:annual\\w*|each (?:and every )?(?:contract |calendar |successive |subsequent )?(?:year|anniversary)|every "
      + "(?:year|anniversary|twelve|12)|per (?:annum|year)|yearly|a year|on (?:the|each) anniversary)\\b"
  )
  private let after = Rule.pattern(
    "\\b(?:after|following|upon (?:completion|expiration) of|beginning (?:after|on|with|in)|commencing (?:after|on"
      + "|with|in)|starting (?:after|on|with|in))(?: the)?(?: expiration of| end of| completion of)?(?: the)? (?:"
      + "(first|second|third|fourth|fifth|\\d)(?:st|nd|rd|th)?(?:\\s{0,2}\\( ?\\d(?:st|nd|rd|th)? ?\\))? (?:contract "
      + "|full )?(year|anniversary)|month (\\d{1,2})|(?:contract )?year (\\w+))",
    exactCase: false)
  private let fixed = Rule.pattern(
    "\\b(?:(?:shall|will) (?:remain|be) (?:fixed|firm|constant|unchanged)|(?:shall|will|may) not (?:be )?"
      + "(?:increase\\w*|escalat\\w*|subject to (?:any )?(?:increase|escalat\\w*))|(?:is|are) (?:fixed|firm|not"
      + " subject to (?:any )?(?:increase|escalat\\w*|annual)))\\b[^.;]{0,80}\\bterm\\b"
  )
  private let amount: Pattern
  private let not = Rule.pattern(
    "\\b(?:tax\\w*|surcharge|pass[- ]through|late|interest|credit|quantity|bandwidth|usage|insurance|wage|salar\\w+"
      + "|decreas\\w*|royalt\\w+|regulat\\w+|index(?:ed)? fund)\\b"
  )

  init() {
    amount = Rule.pattern("\\b(?:increas\\w*|escalat\\w*|rise)\\b[^.;]{0,40}\\bby (\(Amounts.money))")
  }

  func read(_ text: ClauseText, _ amounts: Amounts) -> [Finding<Escalation>] {
    var found: [Finding<Escalation>] = []
    for sentence in text.sentences where sentence.count < 900 {
      guard price.first(in: text.bytes, within: sentence) != nil, let escalation = read(text, sentence, amounts),
        !found.contains(where: { $0.value == escalation }),
        let evidence = text.text.evidence(
          sentence, method: "sentence/escalation", confidence: PriceConfidence.sentence)
      else { continue }
      found.append(Finding(escalation, evidence))
    }
    // Rules that differ are a person's to choose from.
    if found.count > 1 {
      for index in found.indices {
        found[index].evidence.add(.contradiction, at: PriceConfidence.disproven)
      }
    }
    return found
  }

  private func read(_ text: ClauseText, _ sentence: Range<Int>, _ amounts: Amounts) -> Escalation? {
    let bytes = text.bytes
    guard not.first(in: bytes, within: sentence) == nil else { return nil }
    if fixed.first(in: bytes, within: sentence) != nil,
      rise.first(in: bytes, within: sentence) == nil
        || shares.shares(in: bytes, sentence).isEmpty
    {
      return Escalation(.noEscalator, everyMonths: nil)
    }
    guard rise.first(in: bytes, within: sentence) != nil, let rule = rule(text, sentence, amounts) else { return nil }
    let isYearly = yearly.first(in: bytes, within: sentence) != nil
    let first = firstAfter(bytes, sentence)
    guard isYearly || first != nil else { return nil }
    return Escalation(rule, firstAfterMonths: first ?? 12, everyMonths: isYearly ? 12 : nil)
  }

  private func rule(_ text: ClauseText, _ sentence: Range<Int>, _ amounts: Amounts) -> Escalation.Rule? {
    let bytes = text.bytes
    let found = shares.shares(in: bytes, sentence)
    if found.contains(where: \.isConflict) { return nil }
    var (floor, cap): (Percent?, Percent?) = (nil, nil)
    var plain: [Percent] = []
    for share in found {
      let before = text.before(share.range.lowerBound, 60).clamped(to: sentence)
      if self.cap.first(in: bytes, within: before) != nil {
        cap = share.percent
      } else if self.floor.first(in: bytes, within: before) != nil {
        floor = share.percent
      } else {
        plain.append(share.percent)
      }
    }
    if let index = index.first(in: bytes, within: sentence) {
      let name = name(index, bytes)
      if plain.isEmpty { return .cpi(index: name, floor: floor, cap: cap) }
      guard plain.count == 1 else { return nil }
      if greater.first(in: bytes, within: sentence) != nil { return .greaterOf(plain[0], index: name, cap: cap) }
      return lesser.first(in: bytes, within: sentence) != nil && cap == nil
        ? .cpi(index: name, floor: floor, cap: plain[0]) : nil
    }
    if plain.count == 1, floor == nil, cap == nil, let share = found.first, isRise(bytes, share.range, sentence) {
      return .fixedPercent(plain[0])
    }
    if found.isEmpty, let money = amount.first(in: bytes, within: sentence)?[1],
      let found = amounts.found(bytes, money)
    {
      return .fixedAmount(found.money)
    }
    return nil
  }

  /// Whether the share is what something rises by: close behind the verb, or close before the noun.
  private func isRise(_ bytes: [UInt8], _ share: Range<Int>, _ sentence: Range<Int>) -> Bool {
    let before = max(sentence.lowerBound, share.lowerBound - 70)..<share.lowerBound
    let after = share.upperBound..<min(sentence.upperBound, share.upperBound + 24)
    return rise.first(in: bytes, within: before) != nil || rise.first(in: bytes, within: after) != nil
  }

  /// `CPI-U` where the clause says so, else `CPI`.
  private func name(_ match: Pattern.Match, _ bytes: [UInt8]) -> String {
    func text(_ group: Int) -> String? { match[group].map { String(decoding: bytes[$0], as: UTF8.self) } }
    if let short = text(1) { return short.uppercased() + (text(2)?.uppercased() ?? "") }
    switch text(3)?.lowercased().first {
    case "r": return "RPI"
    case "p": return "PPI"
    default: return text(4) == nil ? "CPI" : "CPI-U"
    }
  }

  /// Months from the first day to the first step: `after the first year` 12, `beginning in month 25` 24.
  private func firstAfter(_ bytes: [UInt8], _ sentence: Range<Int>) -> Int? {
    guard let match = after.first(in: bytes, within: sentence) else { return nil }
    func value(_ group: Int) -> Int? {
      match[group].flatMap { NumberWords.value(String(decoding: bytes[$0], as: UTF8.self)) }
    }
    if let years = value(1) {
      let isInside =
        !bytes[match.range].starts(with: "after".utf8) && !bytes[match.range].starts(with: "After".utf8)
        && match[2].map { bytes[$0.lowerBound] | 0x20 == 0x79 } == true
        && String(decoding: bytes[match.range], as: UTF8.self).lowercased().contains("ing ")
        && !String(decoding: bytes[match.range], as: UTF8.self).lowercased().contains("following")
      return isInside ? max(1, (years - 1) * 12) : years * 12
    }
    if let month = value(3) { return month > 1 ? month - 1 : nil }
    return value(4).flatMap { $0 > 1 ? ($0 - 1) * 12 : nil }
  }
}
