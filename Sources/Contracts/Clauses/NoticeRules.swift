import Domain
import Pages
import Regex

/// How long before the end of a term one has to say that it does not renew.
struct NoticeRules {
  private let durations: Durations
  private let anchor = Rule.pattern("\\b(?:notices?|notif\\w+|advis(?:e|es|ed)|inform\\w*|intention|intent)\\b")
  private let renewing = Rule.pattern(
    "\\b(?:non-?renew\\w*|renew\\w*|exten(?:d|ds|ded|sion)|prolong\\w*|(?:year|month)[- ](?:to|by)[- ](?:year|month)"
      + "|successive|roll(?:s|ed)?[- ]?over)\\b")
  /// A renewal that comes by itself, which only a notice stops.
  private let byItself = Rule.pattern(
    "\\bautomatic\\w* (?:[\\w-]+ ){0,6}(?:renew|exten|prolong)|\\b(?:renew|exten(?:d|sion)|prolong)\\w* (?:\\w+ ){0,2}"
      + "automatic|\\b(?:shall|will) (?:\\w+ )?(?:be )?renew(?:ed)?\\b|\\brenews\\b")
  /// A term that runs from month to month, or on after its first length, ends by a notice.
  private let monthly = Rule.pattern(
    "\\bmonth[- ](?:to|by)[- ]month\\b[^.]{0,120}\\b(?:until|and|which|terminable|cancel+able) (?:[^\\s.]+ ){0,6}?"
      + "(?:terminat|cancel|notice)"
      + "|\\b(?:thereafter|(?:after|following|upon|beyond) (?:the )?(?:expir\\w+ of )?(?:the |such |its )?(?:initial"
      + "|original|first)\\b)[^.]{0,160}\\b(?:effect|force|continue)\\b[^.]{0,60}\\buntil\\b[^.]{0,50}\\b(?:terminat"
      + "|cancel|notice|gives)")
  private let atEnd = Rule.pattern(
    "\\b(?:end|ends|ending|expir\\w+|conclusion|anniversary|commencement)(?: date)? (?:of|to) (?:\\S+ ){0,5}?(?:term"
      + "|period|renewals?|year|agreement|thereof|extension|month)s?\\b"
      + "|\\b(?:expir\\w+|renewal|termination) date\\b|\\bprior to (?:its |such |the )?(?:expir\\w+|renewal)"
      + "|\\bend of such period")
  private let other = Rule.pattern(
    "\\b(?:cure|cured|breach\\w*|default\\w*|convenience|at any time|without cause|for any reason|bankrupt\\w*"
      + "|assign\\w*|change of control|price|entitle|absolute right|materially)\\b")
  /// What has terms and notices of its own.
  private let foreign = Rule.pattern(
    "\\b(?:insur\\w+|nominations?|stockholders?|shareholders?|audit\\w*|majeure|claims?|invoice\\w*|dispute\\w*)\\b")
  /// A notice that asks for a renewal.
  private let wanting = Rule.pattern(
    "(?<!\\bnot[ ])(?<!\\bnot[ ]to[ ])\\b(?:wish(?:es)?|desires?|option|elects?|right"
      + "|opportunity)(?: (?!not)\\w+){0,4} to (?:so )?(?:renew|extend)"
      + "|\\bmay,?(?: (?!not\\b)[^\\s.;]+){0,24}? (?:renew|extend)\\b"
      + "|\\bexercise\\w* (?:its|the|this|such) (?:option|right)|\\bdesires to so")
  private let intent = Rule.pattern(
    "\\b(?:their|its|the|such) intention\\b|\\bintent(?:ion)? (?:not )?to\\b|\\bsuch notice\\b")
  /// What says no to one.
  private let ending = Rule.pattern(
    "\\b(?:not (?:to )?(?:be )?(?:renew|exten|prolong|continu|wish|desire|intend|seek|want|elect)|non-?renew|terminat"
      + "|cancel|unless|intention|otherwise|such notice|declin|expire\\b|lapse\\b)\\w*")
  private let declining = Rule.pattern(
    "\\bnot (?:to )?(?:be )?(?:so )?(?:renew|exten|prolong)|\\bnot (?:like|want|wish|desire|intend|elect|choose"
      + ")\\w* (?:[\\w-]+ ){0,5}?(?:renew|exten|prolong|continu)|non-?renew|no longer|\\bdeclin\\w+ to renew")
  private let ends = Rule.pattern("\\b(?:terminat|cancel)\\w*")
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
      + "|(?:period )?(?:prior|before|in advance|advance|ahead of|preceding"
      + "|previous|written|of the (?:end|conclusion|expir\\w+)|of (?:such|its) (?:end|expir\\w+)|notice|notification"
      + "|of (?:notice|termination)))")
  /// What runs from a notice on, as the time to cure a breach.
  private let afterwards = Rule.pattern(
    "\\G[’']{0,2} (?:after|following|from|of) (?:[\\w’']+ ){0,5}?(?:notice|receipt|receiving|delivery)\\b")
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
    var best: (score: Int, period: Period)?
    for period in periods(text.sentences[index], text) {
      let score = score(period, index, text)
      if score >= 4, best.map({ score > $0.score }) ?? true { best = (score, period) }
    }
    guard let (score, period) = best else { return nil }
    let found = period.length
    let rule = NoticeRule(
      found.days ?? found.count, found.unit == .months ? .months : .days, earliestDays: period.earliestDays,
      isBusinessDays: found.isBusinessDays, isByReceipt: receipt.first(in: text.bytes, within: period.around) != nil,
      method: method(period.around, text))
    return text.evidence(found.range, "notice", doubts: found.isConflict ? [.wordFigure] : []).map {
      (score, Finding(rule, $0))
    }
  }

  /// A length of time that may be that of a notice.
  private struct Period {
    var length: Duration
    /// How surely the words beside it say so, 0...3.
    var strength: Int
    var earliestDays: Int?
    /// What is said around it in the same sentence.
    var around: Range<Int>
  }

  private func periods(_ sentence: Range<Int>, _ text: ClauseText) -> [Period] {
    var found: [Period] = []
    var earliestDays: Int?
    for length in durations.find(in: text.bytes, within: sentence) where length.unit != .years {
      let head = text.before(length.range.lowerBound, min(50, length.range.lowerBound - sentence.lowerBound))
      let tail = text.after(length.range.upperBound, min(50, sentence.upperBound - length.range.upperBound))
      if earliest.first(in: text.bytes, within: head) != nil {
        earliestDays = length.days ?? length.months.map { $0 * 30 }
        continue
      }
      if afterwards.first(in: text.bytes, within: tail) != nil, after.first(in: text.bytes, within: tail) == nil {
        continue
      }
      let isAfter = after.first(in: text.bytes, within: tail) != nil
      let strength = (isAfter ? 2 : 0) + (before.first(in: text.bytes, within: head) != nil ? 1 : 0)
      found.append(Period(length: length, strength: strength, around: around(length.range, sentence, text)))
    }
    if !found.contains(where: { $0.strength > 0 }), let match = bare.first(in: text.bytes, within: sentence),
      let digits = match[2] ?? match[3], let count = NumberWords.value(text.string(digits)), (10...365).contains(count)
    {
      let length = Duration(range: match.range, count: count, unit: .days)
      found.append(Period(length: length, strength: 3, around: around(match.range, sentence, text)))
    }
    for index in found.indices { found[index].earliestDays = earliestDays }
    return found
  }

  /// The whole of a sentence of usual length, the nearer part of a long one.
  private func around(_ range: Range<Int>, _ sentence: Range<Int>, _ text: ClauseText) -> Range<Int> {
    let start = text.before(range.lowerBound, min(600, range.lowerBound - sentence.lowerBound)).lowerBound
    return start..<text.after(range.upperBound, min(400, max(0, sentence.upperBound - range.upperBound))).upperBound
  }

  /// How surely the period is that of a notice against the renewal; 4 is enough.
  private func score(_ period: Period, _ index: Int, _ text: ClauseText) -> Int {
    func says(_ pattern: Pattern) -> Bool { pattern.first(in: text.bytes, within: period.around) != nil }
    func saidBefore(_ pattern: Pattern) -> Bool {
      index > 0 && pattern.first(in: text.bytes, within: text.sentences[index - 1]) != nil
    }
    guard says(anchor) else { return 0 }
    let isMonthly = says(monthly)
    let isRenewing = says(renewing)
    let wasRenewing = saidBefore(renewing)
    let isDeclined = says(declining) || saidBefore(declining)
    guard period.strength > 0 || isMonthly else { return 0 }
    if says(wanting) || says(foreign), !isDeclined { return 0 }
    var score = period.strength
    if isRenewing { score += 2 }
    if wasRenewing { score += 1 }
    if says(ends), saidBefore(byItself) { score += 1 }
    if says(atEnd) { score += 2 }
    if isMonthly { score += 3 }
    if says(intent) { score += 1 }
    if says(other) || says(foreign) { score -= 2 }
    if !isDeclined, !says(ending) { score -= 3 }
    guard isRenewing || wasRenewing || isMonthly else { return says(ends) && !says(other) ? score - 1 : 0 }
    return score
  }

  private func method(_ sentence: Range<Int>, _ text: ClauseText) -> NoticeMethod? {
    if certified.first(in: text.bytes, within: sentence) != nil { return .certifiedMail }
    if portal.first(in: text.bytes, within: sentence) != nil { return .portal }
    return electronic.first(in: text.bytes, within: sentence) != nil ? .email : nil
  }
}
