import Pages
import Regex

/// Which law governs the agreement: `governed by and construed in accordance with the laws of the State of New York`.
struct GoverningLawRule {
  private let govern = Rule.pattern(
    "\\b(?:govern(?:ed|ing|s)?|constru(?:ed|ction)|interpret(?:ed|ation)|enforced|made under|subject to|validity"
      + "|application of)\\b")
  private let lawsOf: Pattern
  private let placeLaw: Pattern
  private let thereof: Pattern
  private let apply: Pattern
  private let second: Pattern
  private let known = Rule.pattern("\\b\(Places.pattern)")
  private let adjective = Rule.pattern("\\b(\(Places.adjectives)) laws?\\b")

  init() {
    let kind = "(?:(?:State|Commonwealth|Province|Republic|Kingdom|Territory|Canton|Grand Duchy|country)(?: of)? ?)?"
    let place = "(\(Places.pattern)|(?-i:[A-Z][\\w’'-]+(?:\\x20[A-Z][\\w’'-]+){0,3}))"
    let laws = "\\b(?:laws?|legislation|statutes)(?: and (?:\\w+ ){0,2}(?:decisions|regulations|rules|customs))?"
    lawsOf = Rule.pattern(
      "\(laws)(?:,[^,.;]{0,80},)?(?: (?:in force|in effect|applicable|prevailing|as applied))? ?(?:(?:of|in|from"
        + "|within) ?|(?=State of))"
        + "(?:the ?)?\(kind)(?:the )?(?:\(place)|(\(Rule.blank)(?: ?\\w+ ?\\])?))")
    placeLaw = Rule.pattern(
      "\\b(?:under|by|with|to|of)(?: the)?(?: State of)? (\(Places.pattern))(?: state)?(?: \\w+){0,2} laws?\\b")
    thereof = Rule.pattern(
      "\\b(?:State|Commonwealth|Province|Republic) of (\(Places.pattern)).{0,120}?\\blaws thereof")
    apply = Rule.pattern(
      "\(laws) of (?:the )?\(kind)(\(Places.pattern))(?: ?\\([^()]{0,120}\\))? (?:(?:shall|will) (?:apply|govern"
        + "|be applicable)|governs? (?:this|the|these|all)\\b)")
    second = Rule.pattern(
      "\\G ?(?:of America )?,? ?and (?:the laws )?(?:of )?(?:the )?(?:State|Commonwealth) of (\(Places.pattern))")
  }

  func read(_ text: ClauseText) -> Finding<String>? {
    var best: (score: Int, finding: Finding<String>)?
    for hit in lawsOf.all(in: text.bytes) {
      guard let found = place(hit, text) else { continue }
      consider(found, "law", text, &best)
    }
    if best.map({ $0.score < 2 }) ?? true {
      for (pattern, rule) in [
        (placeLaw, "law_of_place"), (thereof, "laws_thereof"), (apply, "law_applies"), (adjective, "law_of_place"),
      ] {
        for hit in pattern.all(in: text.bytes) {
          if let range = hit[1] { consider(range, rule, text, &best) }
        }
      }
    }
    return best?.finding
  }

  private func place(_ hit: Pattern.Match, _ text: ClauseText) -> Range<Int>? {
    guard let range = hit[1] else { return hit[2] }
    let name = text.string(range).lowercased()
    if name.hasPrefix("united states") {
      let rest = text.after(range.upperBound, 80)
      if let state = second.first(in: text.bytes, within: rest)?[1] { return state }
    }
    return range
  }

  private func consider(
    _ range: Range<Int>, _ rule: String, _ text: ClauseText, _ best: inout (score: Int, finding: Finding<String>)?
  ) {
    let sentence = text.sentences[text.sentence(at: range.lowerBound)]
    let before = text.before(range.lowerBound, min(range.lowerBound - sentence.lowerBound, 600))
    let words = text.string(rule == "law" || rule == "law_of_place" ? before : sentence).lowercased()
    var score = 0
    if govern.first(in: text.bytes, within: before) != nil || words.contains("govern") { score += 2 }
    if rule == "law_applies" { score += 2 }
    if words.contains("govern") { score += 1 }
    if words.contains("in accordance with") || words.contains("constru") { score += 1 }
    if words.contains("this") || words.contains("agreement") || words.contains("contract") { score += 1 }
    if words.contains(
      "organized") || words.contains("existing under") || words.contains("incorporated under")
    {
      score -= 4
    }
    let written = text.string(range)
    let name =
      Places.known(written)
      ?? known.first(in: text.bytes, within: range).flatMap { Places.known(text.string($0.range)) }
    if name == nil { score -= 1 }
    guard score >= 2, best.map({ score > $0.score }) ?? true else { return }
    let isRedacted = !written.contains { $0.isLetter } || written.contains("*")
    guard isRedacted || name != nil || written.first?.isUppercase == true else { return }
    let evidence = text.evidence(range, rule, doubts: isRedacted ? [.redacted] : [])
    if let evidence { best = (score, Finding(name ?? written, evidence)) }
  }
}
