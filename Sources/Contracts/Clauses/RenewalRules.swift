import Domain
import Pages
import Regex

/// What happens at the end of the term, and how one says no to it.
struct RenewalRules {
  private let durations: Durations
  private let anchor = Rule.pattern(
    "\\b(?:automatic(?:ally)?(?= (?:[\\w-]+ ){0,6}(?:renew|exten|continu|prolong|roll))|renew\\w*|exten(?:d|ds|ded"
      + "|sions?)\\b(?! (?:until|to|through))|additional terms?|renewal terms?|successive (?:terms?|periods?)"
      + "|year[- ]to[- ]year|month[- ](?:to|by)[- ]month|prolong\\w*|roll(?:s|ed)?[- ]?over"
      + "|evergreen|continues?(?= (?:\\w+ ){0,6}(?:for successive|for additional|year|month|annual)))")
  private let automatic = Rule.pattern(
    "\\b(?:continues(?= (?:\\S+ ){0,8}(?:successive|month[- ]to|year[- ]to))|automatic\\w*|tacit\\w*|deemed"
      + "|evergreen|then,? (?:on a )?(?:month|year)[- ]to[- ](?:month|year)|self-renew\\w*|(?:shall|will"
      + "|is) (?:then |also "
      + "|thereafter )?(?:be )?(?:renew\\w*|extended|extends?\\b(?! for an? (?:period|term) of)|prolonged)|renews"
      + "|be prolonged"
      + "|thereafter(?=,? (?:\\S+ ){0,8}month[- ]to[- ]month)|roll(?:s|ed)?[- ]?over|(?:shall|will) (?:then "
      + "|thereafter )?continue(?= (?:\\S+ ){0,8}(?:successive|additional|year[- ]to|month[- ]to|consecutive"
      + "|further)))\\b")
  private let optional = Rule.pattern(
    "\\b(?:options?|right to|may (?:be |by |then |elect |also |, )?(?:\\w+ ){0,6}(?:renew|extend)|mutual\\w*|elect"
      + "|may,?(?: (?!not\\b)[^\\s.;]+){0,24}? (?:renew|extend)\\b"
      + "|upon agreement|agree to (?:renew|extend)|request|if the parties|subject to agreement|in writing signed)\\b")
  /// What both have to agree on binds no one.
  private let mutual = Rule.pattern(
    "\\b(?:mutual\\w*|upon agreement|agree to (?:renew|extend)|subject to agreement|if the parties)\\b")
  private let ofTerm = Rule.pattern(
    "\\b(?:terms?|agreement|contract|periods?|order|lease|license|licence|franchise|services?|renewal)\\b")
  private let other = Rule.pattern(
    "\\b(?:patents?|trademarks?|domain|registration|insur\\w+|letters? of credit|copyrights?|warrant\\w+|cure"
      + "|deadline|time (?:for|to)|delivery date|extended warrant|support|maintenance renew\\w*|subscriptions?"
      + "|customers? renew\\w*"
      + "|delays?|exclusivity|marks)\\b")
  /// What stops for a while is extended by that while, and not renewed.
  private let suspended = Rule.pattern("\\b(?:majeure|suspended|suspension|event prevent\\w*|prevented)\\b")
  private let never = Rule.pattern(
    "\\b(?:shall|will|does|may|is) not (?:be )?(?:automatically )?(?:renew|extend)|\\bno (?:automatic )?renewal")
  private let condition = Rule.pattern("\\b(?:unless|if|provided|notice|notif\\w+|intent\\w*|until)\\b")
  private let equal = Rule.pattern(
    "\\b(?:equal (?:in (?:length|duration) )?to|same (?:length|duration|term|period|number)|identical|like (?:terms?"
      + "|periods?)|(?:terms?|periods?) equal|each of the same)\\b")
  private let goesOn = Rule.pattern("\\G(?:thereafter|it|then|after that|afterwards|upon (?:its )?expir\\w+)\\b")
  private let notice = Rule.pattern("\\G[’'s]{0,2},? ?(?:prior|before|in advance|advance|notice|written)\\b")
  private let monthly = Rule.pattern("\\bmonth[- ](?:to|by)[- ]month\\b")
  private let unlimited = Rule.pattern("\\b(?:unlimited|indefinite)(?:ly)?\\b(?: period| term)?")
  private let repeated = Rule.pattern(
    "\\b(?:successive|consecutive|additional|subsequent|further|each|every|annual\\w*|periods|terms"
      + "|year[- ]to[- ]year)\\b")

  init(_ durations: Durations) { self.durations = durations }

  func renewal(_ text: ClauseText, term: InitialTerm?) -> Finding<RenewalRule>? {
    var best: (score: Int, finding: Finding<RenewalRule>)?
    var last = -1
    for hit in anchor.all(in: text.bytes) {
      let index = text.sentence(at: hit.range.lowerBound)
      if index == last { continue }
      last = index
      guard let (score, finding) = candidate(text.sentences[index], hit.range, term, text) else { continue }
      if best.map({ score > $0.score }) ?? true { best = (score, finding) }
    }
    return best?.finding
  }

  private func candidate(
    _ sentence: Range<Int>, _ anchor: Range<Int>, _ term: InitialTerm?, _ text: ClauseText
  ) -> (Int, Finding<RenewalRule>)? {
    let bytes = text.bytes
    guard ofTerm.first(in: bytes, within: sentence) != nil || isContinued(sentence, text) else { return nil }
    if suspended.first(in: bytes, within: sentence) != nil { return nil }
    let tail = anchor.lowerBound..<max(sentence.upperBound, anchor.upperBound)
    let near = text.after(anchor.lowerBound, min(tail.count, 320))
    let isAutomatic = automatic.first(in: bytes, within: sentence) != nil
    let isOptional =
      optional.first(in: bytes, within: near) != nil
      || optional.first(
        in: bytes, within: text.before(anchor.lowerBound, min(120, anchor.lowerBound - sentence.lowerBound))) != nil
    let word = text.string(anchor).lowercased()
    var score = isAutomatic ? 3 : isOptional ? 1 : 0
    if word.hasPrefix("automatic") { score += 2 }
    if word.hasPrefix("exten") { score -= 1 }
    if other.first(in: bytes, within: sentence) != nil { score -= 3 }
    if repeated.first(in: bytes, within: near) != nil { score += 1 }
    if never.first(in: bytes, within: sentence) != nil, condition.first(in: bytes, within: sentence) == nil {
      return text.evidence(anchor, "no_renewal").map {
        (score + 2, Finding(RenewalRule(.noRenewal, isAutomatic: false), $0))
      }
    }
    let about =
      text.before(anchor.lowerBound, min(120, anchor.lowerBound - sentence.lowerBound))
      .lowerBound..<text.after(anchor.lowerBound, min(tail.count, 110)).upperBound
    if !isAutomatic, mutual.first(in: bytes, within: about) != nil { return nil }
    guard let (rule, range, doubts) = rule(near, isAutomatic: isAutomatic, term, text) else { return nil }
    score += 2
    guard score >= 4 || (score >= 3 && isOptional) else { return nil }
    let name = rule.isAutomatic ? "renews" : "renewal_option"
    return text.evidence(range, name, doubts: doubts).map { (score, Finding(rule, $0)) }
  }

  /// Whether it goes on about what the sentence before says of a term: `Thereafter it continues ...`.
  private func isContinued(_ sentence: Range<Int>, _ text: ClauseText) -> Bool {
    let index = text.sentence(at: sentence.lowerBound)
    return index > 0 && goesOn.first(in: text.bytes, within: sentence) != nil
      && ofTerm.first(in: text.bytes, within: text.sentences[index - 1]) != nil
  }

  private func isNotice(_ period: Duration, _ text: ClauseText) -> Bool {
    notice.first(in: text.bytes, within: text.after(period.range.upperBound, 30)) != nil
  }

  private func rule(
    _ range: Range<Int>, isAutomatic: Bool, _ term: InitialTerm?, _ text: ClauseText
  ) -> (RenewalRule, Range<Int>, [Doubt])? {
    let bytes = text.bytes
    if let match = monthly.first(in: bytes, within: range) {
      return (RenewalRule(.monthToMonth, months: 1, isAutomatic: isAutomatic), match.range, [])
    }
    var start = range.lowerBound
    while start < range.upperBound, let period = durations.firstPeriod(in: bytes, within: start..<range.upperBound) {
      if let months = period.months, months > 0, !isNotice(period, text) {
        if let match = equal.first(in: bytes, within: range), match.range.upperBound + 4 < period.range.lowerBound {
          break
        }
        let rule = RenewalRule(.successive, months: months, isAutomatic: isAutomatic)
        return (rule, period.range, period.isConflict ? [.wordFigure] : [])
      }
      start = period.range.upperBound
    }
    if let match = equal.first(in: bytes, within: range) {
      return (RenewalRule(.successiveEqualTerm, months: term?.term.months, isAutomatic: isAutomatic), match.range, [])
    }
    if let match = unlimited.first(in: bytes, within: range) {
      return (RenewalRule(.evergreen, isAutomatic: isAutomatic), match.range, [])
    }
    return nil
  }
}
