import Domain
import Pages
import Regex

/// When the agreement was made, and when it takes effect.
struct DateRules {
  private let names = NamedDates()
  private let made = Rule.pattern(
    "\\b(?:made|entered|executed|signed|concluded|dated|agreed)\\b[^.;]{0,60}?\\b(?:as of|as at|on|of|this|dated"
      + "|effective|date|day|the|and|with effect from|into|is|:|[ ,])+$")
  private let inForce = Rule.pattern(
    "\\b(?:agreement|contract|amendment|effective|order|lease|license|as of|date)\\b[^.;]{0,60}?\\b(?:as of|as at"
      + "|as from|on|of|this|dated|effective|date|day|the|and|with effect from|for reference|between|is|:|[ ,(])+$")
  private let alone = Rule.pattern(
    "(?:^|\\n)(?:\\b(?:as of|as at|dated|date|effective|the|this|day|of|on)\\b[ ,:]{0,3}){0,4}$")
  private let label = Rule.pattern(
    "\\b(?:(?:(?:agreement|contract|order|execution|signing) )?dated?(?: of (?:this )?(?:agreement|contract"
      + "|order))?)(?: as of)? ?[:.]? ?$")
  private let recital = Rule.pattern("\\b(?:whereas|recitals|background|now,? therefore|witnesseth)\\b")
  private let other = Rule.pattern(
    "\\b(?:pursuant to|reference is made to|defined in|set forth in|under (?:the|that)|to (?:the|that)(?: certain)?"
      + "|as (?:detailed|described|set out|provided|specified) in|prior|that certain|amended|amends|amending|event"
      + "|supersedes?|born|filed|expir\\w+|through|until|ending)\\b[^.;]{0,120}$")
  private let signature = Rule.pattern(
    "(?:\\bdated?(?: signed)?(?: ?\\(\\w+\\))? ?[:.]|\\bdate|\\b(?:signed|executed|done"
      + "|set their hands)\\b[^.;]{0,100}\\b(?:on|this|the|day|of|as of|:))[ _,]{0,6}$")
  /// A date below a signature, without a label.
  private let below = Rule.pattern("(?:/s/|\\\\s\\\\)(?:(?!/s/|\\\\s\\\\)[^;]){2,120}$")
  private let signing = Rule.pattern("\\b(?:by|name|title|signature|signed) ?:[^.;]{0,120}$")
  private let dateBelow = Rule.pattern("\\G[\\s_-]{0,60}Date\\b")
  private let takesEffect = Rule.pattern(
    "\\b(?:(?:takes?|comes?|enters?|goes|go|put)[ ](?:full )?(?:into )?(?:effect|force)|become[s]? effective"
      + "|be effective|is effective|effective"
      + "|commenc\\w+|begin\\w*|start\\w*)(?: (?:as of|as from|on|from|the|date|upon|with effect|of|at|this"
      + "|12:01 a\\.m\\.))* ?[:,]? ?$|\\beffective\\b[^.;]{0,60}\\bas of(?: the)? ?$")
  private let ownStart = Rule.pattern(
    "\\b(?:this (?:\\w+ ){0,3}|the )(?:agreement|contract|amendment|lease|order|license|addendum"
      + "|joint venture)\\b[^;]{0,160}?\\b(?:commenc|effective|effect|begin|force|start)"
      + "|\\b(?:term|contract period|service period)\\b[^;]{0,160}?\\b(?:commenc|begin|start|from|effective)")
  private let notStart = Rule.pattern(
    "\\b(?:previously|may terminate|terminate this|anniversar\\w+|each year|which was|option|redeem\\w*"
      + "|minimum annual|volume|quarter\\w*|original agreement)\\b")
  private let refers = Rule.pattern(
    "\\b(?:this|the) [\"“]?(?:\\w+ ){0,3}(?:agreement|contract|amendment|lease|order|license|addendum|term)\\b"
      + "(?:(?!\\bperiod\\b)[^.;]){0,120}?"
      + "\\b(?:effective|effect|force|commenc\\w+|begins?)\\b[^.;]{0,60}?\\b(?:date (?:hereof|of (?:this"
      + "|the) (?:agreement|contract)|first|above|on which (?:it|this|the)[^.;]{0,30} sign)"
      + "|(?:day|date)(?: and (?:year|date))? (?:first |last )?(?:above|below|(?:written|set forth|stated|indicated|signed)"
      + "(?: (?:above|below))?)"
      + "|(?:first|last|latest) date (?:above )?(?:written|(?:set forth |stated )?below)|date of (?:its )?(?:execution|signature|signing)"
      + "|date (?:on which )?it is (?:executed|signed)"
      + "|(?:later|last|latest) of the dates?[^.;]{0,30}(?:sign|execut)|upon (?:the |its )?(?:signature|signing"
      + "|execution)\\w*)")
  private let last = Rule.pattern("\\b(?:last|later|latest|most recent|final)\\b")

  struct Dates {
    var agreement: Finding<ContractDate>?
    var effective: Finding<ContractDate>?
    /// By their names, definitions first.
    var named: [(name: String, date: ContractDate)] { entries.map { ($0.name, $0.date.date) } }
    var entries: [NamedDates.Entry] = []
  }

  func read(_ text: ClauseText) -> Dates {
    var dates = Dates()
    let entries = names.find(text)
    dates.entries = entries.filter(\.isDefinition) + entries.filter { !$0.isDefinition }
    dates.agreement = agreement(text)
    dates.effective = effective(text, entries, dates.agreement)
    return dates
  }

  // MARK: - Agreement

  private func agreement(_ text: ClauseText) -> Finding<ContractDate>? {
    let end = recital.all(in: text.bytes, within: text.after(0, 20_000)).first { $0.range.lowerBound > 400 }
    let zone = 0..<min(end?.range.lowerBound ?? 8000, 12_000, text.bytes.count)
    var partial: DateMention?
    var best: (rank: Int, date: DateMention, rule: String)?
    for date in text.dates(in: zone) {
      let head = text.before(date.range.lowerBound, 160)
      if other.first(in: text.bytes, within: head) != nil || signing.first(in: text.bytes, within: head) != nil {
        continue
      }
      guard let (rank, rule) = rank(head, text) else { continue }
      if date.date.day == nil {
        partial = partial ?? date
      } else if best.map({ rank > $0.rank }) ?? true {
        best = (rank, date, rule)
      }
    }
    if let best, best.rank > 1 || partial == nil { return finding(best.date, best.rule, text) }
    if let partial { return finding(partial, "made_on", text) }
    if let signed = signed(text) { return signed }
    if let first = text.dates(in: text.after(0, 3000).clamped(to: zone)).first, first.date.day != nil {
      return finding(first, "first_date", text)
    }
    return nil
  }

  /// How surely the words before a date say that the agreement was made then.
  private func rank(_ head: Range<Int>, _ text: ClauseText) -> (Int, String)? {
    if let match = made.first(in: text.bytes, within: head) {
      // `Dated May 1` on a title page gives way to `made and entered into` a date.
      return (text.string(match.range).lowercased().hasPrefix("dated") ? 3 : 4, "made_on")
    }
    if label.first(in: text.bytes, within: head) != nil { return (2, "date_label") }
    if inForce.first(in: text.bytes, within: head) != nil { return (2, "in_force_on") }
    return alone.first(in: text.bytes, within: head) != nil ? (1, "date_alone") : nil
  }

  /// The latest date of the signatures at the end.
  private func signed(_ text: ClauseText) -> Finding<ContractDate>? {
    let dates = text.dates.filter { date in
      guard date.date.day != nil else { return false }
      let head = text.before(date.range.lowerBound, 140)
      if below.first(in: text.bytes, within: head) != nil { return true }
      guard date.range.lowerBound > text.bytes.count / 3 else { return false }
      return signature.first(in: text.bytes, within: head) != nil
        || dateBelow.first(in: text.bytes, within: text.after(date.range.upperBound, 70)) != nil
    }
    let last = dates.max { ($0.date.day ?? .earliest) < ($1.date.day ?? .earliest) }
    return last.flatMap { finding($0, "signed_on", text) }
  }

  private func finding(_ date: DateMention, _ rule: String, _ text: ClauseText) -> Finding<ContractDate>? {
    var doubts: [Doubt] = date.isAmbiguous ? [.dateOrder] : []
    if date.date.day == nil { doubts.append(.partial) }
    return text.evidence(date.range, rule, doubts: doubts).map { Finding(date.date, $0) }
  }

  // MARK: - Effective

  private func effective(
    _ text: ClauseText, _ entries: [NamedDates.Entry], _ agreement: Finding<ContractDate>?
  ) -> Finding<ContractDate>? {
    let named = entries.filter { $0.name == "effective date" }
    for isDefinition in [true, false] {
      let matching = named.filter { $0.isDefinition == isDefinition }
      if let first = matching.first(where: { $0.date.date.day != nil }) ?? matching.first {
        return finding(first.date, isDefinition ? "effective_date" : "effective_label", text)
      }
    }
    if let found = direct(text) { return found }
    let commencement = entries.first {
      $0.isDefinition && ["commencement date", "start date", "term start", "contract start"].contains($0.name)
    }
    if let words = names.description(of: "effective date", in: text) {
      return described(words, text, agreement)
    }
    if let commencement { return finding(commencement.date, "commencement_date", text) }
    if let words = names.description(of: "commencement date", in: text), let own = described(words, text, agreement),
      own.value.day != nil
    {
      return own
    }
    let start = entries.first {
      $0.name.hasSuffix("commencement date") || $0.name.hasSuffix("start date") || $0.name.hasSuffix(" start")
    }
    if let start { return finding(start.date, "commencement_date", text) }
    if let match = refers.first(in: text.bytes) { return described(match.range, text, agreement) }
    return nil
  }

  private func direct(_ text: ClauseText) -> Finding<ContractDate>? {
    for date in text.dates where date.date.day != nil {
      let sentence = text.sentences[text.sentence(at: date.range.lowerBound)]
      let head = text.before(date.range.lowerBound, min(date.range.lowerBound - sentence.lowerBound, 120))
      guard takesEffect.first(in: text.bytes, within: head) != nil else { continue }
      guard date.range.lowerBound < 5000 || ownStart.first(in: text.bytes, within: sentence) != nil,
        notStart.first(in: text.bytes, within: sentence) == nil
      else { continue }
      return finding(date, "takes_effect", text)
    }
    return nil
  }

  /// A description instead of a day: the agreement's own date where it means that, else kept as it is.
  private func described(
    _ range: Range<Int>, _ text: ClauseText, _ agreement: Finding<ContractDate>?
  ) -> Finding<ContractDate>? {
    let words = text.string(range)
    let lower = words.lowercased()
    if last.first(in: text.bytes, within: range) != nil || lower.contains("below"), let signed = signed(text) {
      return onItsDate(signed)
    }
    let isOwn = ["hereof", "first", "above", "of this agreement", "of the agreement", "execut", "sign", "preamble"]
      .contains { lower.contains($0) }
    if isOwn, let day = agreement?.value, day.day != nil, last.first(in: text.bytes, within: range) == nil {
      // `the date first written above` is quoted where that date is written.
      if lower.contains("first") || lower.contains("above"), let agreement { return onItsDate(agreement) }
      return text.evidence(range, "effective_on_its_date", doubts: [.relative]).map { Finding(day, $0) }
    }
    return text.evidence(range, "effective_relative", doubts: [.relative]).map { Finding(.relative(words), $0) }
  }

  private func onItsDate(_ date: Finding<ContractDate>) -> Finding<ContractDate> {
    var date = date
    date.evidence.method = "sentence/effective_on_its_date"
    date.evidence.confidence = min(date.evidence.confidence, Confidence.of("effective_on_its_date"))
    return date
  }
}
