import Domain
import Pages
import Regex

/// How long before the end of a term one has to say that it does not renew.
struct NoticeRules {
  private let durations: Durations
  private let anchor = Rule.pattern("\\b(?:notice|notif\\w+|advis(?:e|es|ed)|inform\\w*|intention|intent)\\b")
  private let renewing = Rule.pattern(
    "\\b(?:non-?renew\\w*|renew\\w*|exten(?:d|ds|ded|sion)|prolong\\w*|year[- ]to[- ]year|successive)\\b")
  /// A term that runs from month to month ends by a notice.
  private let monthly = Rule.pattern(
    "\\bmonth[- ](?:to|by)[- ]month\\b[^.]{0,120}\\buntil (?:\\w+ ){0,3}(?:terminat|cancel)")
  private let atEnd = Rule.pattern(
    "\\b(?:end|ends|ending|expir\\w+|conclusion|anniversary|commencement)(?: date)? (?:of|to) (?:\\S+ ){0,5}?(?:term"
      + "|period|renewals?|year|agreement|thereof|extension|month)s?\\b"
      + "|\\b(?:expir\\w+|renewal|termination) date\\b|\\bprior to (?:its |such |the )?(?:expir\\w+|renewal)"
      + "|\\bend of such period")
  private let other = Rule.pattern(
    "\\b(?:insur\\w+|cure|cured|breach\\w*|default\\w*|convenience|at any time|nominations?|stockholders?"
      + "|shareholders?|without cause|for any reason|bankrupt\\w*|assign\\w*|change of control|price|audit\\w*"
      + "|majeure|entitle|absolute right|materially|claims?|invoice\\w*|dispute\\w*)\\b")
  /// A notice that asks for a renewal.
  private let wanting = Rule.pattern(
    "(?<!\\bnot[ ])(?<!\\bnot[ ]to[ ])\\b(?:wish(?:es)?|desires?|option|elects?|right"
      + "|opportunity)(?: (?!not)\\w+){0,4} to (?:so )?(?:renew|extend)"
      + "|\\bexercise\\w* (?:its|the|this|such) (?:option|right)|\\bdesires to so")
  private let intent = Rule.pattern(
    "\\b(?:their|its|the|such) intention\\b|\\bintent(?:ion)? (?:not )?to\\b|\\bsuch notice\\b")
  /// What says no to one.
  private let ending = Rule.pattern(
    "\\b(?:not (?:to )?(?:be )?(?:renew|exten|prolong|continu|wish|desire|intend|seek)|non-?renew|terminat|cancel"
      + "|unless|intention|otherwise|such notice)\\w*")
  private let declining = Rule.pattern("\\bnot (?:to )?(?:be )?(?:renew|exten|prolong)|non-?renew|no longer")
  /// A number that forgot its days: `no less than 120 prior to the end`.
  private let bare = Rule.pattern(
    "\\b(?:at least|not? (?:less|fewer|later) than|minimum of) (?:(\(Rule.number)) ?\\( ?(\\d{2,3}) ?\\)"
      + "|(\\d{2,3})) (?=(?:prior|before|in advance)\\b)"
  )
  private let before = Rule.pattern(
    "\\b(?:at least|on|not? (?:less|fewer|later) than|no later than|not later than|minimum of|within|upon|a|with"
      + "|by giving|giving|provid\\w+|least)(?: (?:a|the|period of|minimum of|giving|an?))* ?$")
  private let after = Rule.pattern(
    "\\G[’'s]{0,2},? ?(?:\\(?or more\\)? )?(?:or more )?(?:\\(?(?:and|but) not? (?:more|earlier|sooner) than"
      + "|(?:period )?(?:prior|before|in advance|advance|preceding"
      + "|previous|written|of the (?:end|conclusion|expir\\w+)|of (?:such|its) (?:end|expir\\w+)|notice|notification"
      + "|of (?:notice|termination)))")
  private let earliest = Rule.pattern("\\b(?:not?|nor) (?:more|earlier|sooner|greater) than ?$")
  private let certified = Rule.pattern(
    "\\b(?:certified|registered) (?:or registered |or certified )?(?:mail|letter|post)\\b")
  private let electronic = Rule.pattern("\\be-?mail\\b|\\belectronic mail\\b")
  private let portal = Rule.pattern("\\b(?:customer |web |online )portal\\b")
  private let receipt = Rule.pattern("\\b(?:receiv\\w+|receipt|in (?:its|our) possession)\\b")

  init(_ durations: Durations) { self.durations = durations }

  func notice(_ text: ClauseText) -> Finding<NoticeRule>? {
    var best: (score: Int, finding: Finding<NoticeRule>)?
    var last = -1
    for hit in anchor.all(in: text.bytes) {
      let index = text.sentence(at: hit.range.lowerBound)
      if index == last { continue }
      last = index
      guard let (score, finding) = candidate(index, text) else { continue }
      if best.map({ score > $0.score }) ?? true { best = (score, finding) }
    }
    return best?.finding
  }

  private func candidate(_ index: Int, _ text: ClauseText) -> (Int, Finding<NoticeRule>)? {
    let bytes = text.bytes
    let sentence = text.sentences[index]
    var score = 0
    if renewing.first(in: bytes, within: sentence) != nil { score += 2 }
    if index > 0, renewing.first(in: bytes, within: text.sentences[index - 1]) != nil { score += 1 }
    if atEnd.first(in: bytes, within: sentence) != nil { score += 2 }
    if monthly.first(in: bytes, within: sentence) != nil { score += 3 }
    if intent.first(in: bytes, within: sentence) != nil { score += 1 }
    guard score >= 2 else { return nil }
    if other.first(in: bytes, within: sentence) != nil { score -= 2 }
    if wanting.first(in: bytes, within: sentence) != nil, declining.first(in: bytes, within: sentence) == nil {
      return nil
    }
    if ending.first(in: bytes, within: sentence) == nil { score -= 3 }
    let isAboutRenewal =
      renewing.first(in: bytes, within: sentence) != nil || monthly.first(in: bytes, within: sentence) != nil
      || (index > 0 && renewing.first(in: bytes, within: text.sentences[index - 1]) != nil)
    if !isAboutRenewal { score -= 1 }
    var found: Duration?
    var earliestDays: Int?
    var strength = 0
    for duration in durations.find(in: bytes, within: sentence) where duration.unit != .years {
      let head = text.before(duration.range.lowerBound, min(50, duration.range.lowerBound - sentence.lowerBound))
      let tail = text.after(duration.range.upperBound, min(50, sentence.upperBound - duration.range.upperBound))
      if earliest.first(in: bytes, within: head) != nil {
        earliestDays = duration.days ?? duration.months.map { $0 * 30 }
        continue
      }
      let isAfter = after.first(in: bytes, within: tail) != nil
      let here = (isAfter ? 2 : 0) + (before.first(in: bytes, within: head) != nil ? 1 : 0)
      if here > strength { (found, strength) = (duration, here) }
    }
    if found == nil, let match = bare.first(in: bytes, within: sentence), let digits = match[2] ?? match[3],
      let count = NumberWords.value(text.string(digits)), (10...365).contains(count)
    {
      (found, strength) = (Duration(range: match.range, count: count, unit: .days), 3)
    }
    guard let found else { return nil }
    score += strength
    guard score >= 4 else { return nil }
    let rule = NoticeRule(
      found.days ?? found.count, found.unit == .months ? .months : .days, earliestDays: earliestDays,
      isBusinessDays: found.isBusinessDays, isByReceipt: receipt.first(in: bytes, within: sentence) != nil,
      method: method(sentence, text))
    return text.evidence(found.range, "notice", doubts: found.isConflict ? [.wordFigure] : []).map {
      (score, Finding(rule, $0))
    }
  }

  private func method(_ sentence: Range<Int>, _ text: ClauseText) -> NoticeMethod? {
    if certified.first(in: text.bytes, within: sentence) != nil { return .certifiedMail }
    if portal.first(in: text.bytes, within: sentence) != nil { return .portal }
    return electronic.first(in: text.bytes, within: sentence) != nil ? .email : nil
  }
}
