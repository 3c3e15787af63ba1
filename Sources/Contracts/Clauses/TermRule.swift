import Domain
import Pages
import Regex

/// How long the agreement binds: its initial term and the day it ends.
struct TermRule {
  struct Ending {
    var term: Finding<InitialTerm>?
    var expiration: Finding<ContractDate>?
  }

  /// What a sentence about the term says.
  private struct Candidate {
    var score: Int
    var sentence: Range<Int>
    var date: DateMention?
    var length: Duration?
    var perpetual: Range<Int>?
    /// `the end of the calendar year`, and the year if it is said.
    var yearEnd: (range: Range<Int>, year: Int?)?
  }

  private let durations: Durations
  private let anchor = Rule.pattern(
    "\\b(?:term|effect|effective|force|expir\\w*|terminat\\w*|continu\\w*|valid|(?:service|contract"
      + "|initial) period|perpetu\\w*|indefinite\\w*"
      + "|duration)\\b")
  private let anchorsTerm = Rule.pattern("\\b(?:term|duration|in effect|in force|valid)\\b")
  private let subject = Rule.pattern(
    "\\bterm\\b[\"”']?(?:,? ?\\([^()]{0,80}\\))?(?:,? (?:of|for) [^.;]{0,90}?)?,? ?(?:shall|will|is|means|commences?"
      + "|begins?|starts?|continues?|runs?|expires?|ends?"
      + "|terminates?|:)")
  private let agreement = Rule.pattern(
    "\\b(?:this|the|present) (?:\\w+ ){0,4}(?:agreement|contract|amendment|license|lease|order|addendum|schedule"
      + "|undertaking|(?-i:[A-Z]{2,6}))\\b[^.;]{0,160}?"
      + "\\b(?:shall|will|is|has|have|expires?|terminates?|continues?|commences?|remains?|ends?)\\b")
  private let defined = Rule.pattern(
    "\\((?:[^()]{0,60} )?\(Rule.quote) ?(?:initial |original |service )?term ?[.,]?\(Rule.quote)"
      + "|\(Rule.quote) ?(?:(?:initial |original |service |contract )?term|(?:service|contract|agreement"
      + "|initial) period) ?\(Rule.quote) (?:shall |of this agreement )?(?:mean|be|is|of|will)")
  private let other = Rule.pattern(
    "\\b(?:insur\\w+|confidential\\w*|surviv\\w+|warrant\\w+|compet\\w+|invoice\\w*|audit\\w*|cure|remed\\w+|statute"
      + "|employment of|liabilit\\w+|indemni\\w+"
      + "|patents?|escrow|volumes?|severab\\w*|unenforceab\\w*|incapable of being enforced|remodel\\w*|imprison\\w*"
      + "|convict\\w*"
      + "|minimum (?!(?:initial |contract |service )?(?:term|period))|perpetual(?:,? [\\w-]+,?){0,4} licen[cs]es?"
      + "|offerings?|exclusivity|sell-off|quota|forecasts?|bankrupt\\w*|records"
      + "|transition)\\b")
  private let inForce = Rule.pattern(
    "\\b(?:this|the|present) (?:\\w+ ){0,3}(?:agreement|contract|order|lease|license|addendum"
      + "|joint venture)\\b[^.;]{0,160}?\\b(?:continu\\w*|remain\\w*|be|is|stay\\w*) "
      + "(?:and remain |and continue )?(?:in (?:full )?(?:force|effect)|valid|effective"
      + "|binding)\\b[^.;]{0,90}?\\b(?:for|until|till|through)\\b")
  /// A form's cell: `Service Term (months): 36`.
  private let label = Rule.pattern(
    "\\G(?:[\\w]{1,12} ){0,2}term\\b[ :|()]{1,4}(?:\\d{1,3}|\(Rule.number))(?: ?\\(\\d{1,3}\\))? (?:month|year)")
  /// The same anywhere in a flattened form: `Account 20561 Term 36 months`.
  private let cell = Rule.pattern(
    "(?<!renewal\\s|extension\\s|warranty\\s|payment\\s)\\b(?-i:Term|TERM)[ :|]{1,4}(?:\\d{1,3}|\(Rule.number))"
      + "(?: ?\\( ?\\d{1,3} ?\\))?[ -](?:month|year)s?\\b(?:[ ,]{1,2}(from|commencing|beginning|starting|after))?")
  private let never = Rule.pattern("\\b(?:shall|will|may) not\\b(?! (?:expire|terminate|end))")
  /// A definition of something else: `"Contract Year" means the period ...`.
  private let elsewhere = Rule.pattern(
    "\\G[\\d.()a-z ]{0,12}\(Rule.quote)(?! ?(?:(?:initial|original|service|agreement|contract|order|license|basic"
      + "|primary) )?(?:term|service period|contract period) ?[.,]?\(Rule.quote))[^\"“”]{2,60}\(Rule.quote)")
  private let right = Rule.pattern(
    "\\b(?:may|right to|entitled to|elect to|option to|can) (?:\\w+,? ){0,4}(?:terminate|cancel|renew|extend)\\b"
      + "|\\bterminate(?:d)? (?:\\w+ ){0,4}(?:upon|by|if|for)\\b")
  private let renewed = Rule.pattern(
    "\\b(?:renew\\w*|extended (?:for|automatically)|extend (?:for|automatically)|automatic\\w*|thereafter (?:shall"
      + "|will|for|be|auto)|year[- ]to[- ]year|month[- ]to[- ]month"
      + "|additional|successive)\\b")
  private let beforeDate = Rule.pattern(
    "\\b(?:expir\\w*|terminat\\w*|end(?:s|ing|ed)?|conclud\\w*|through|thru|until|till|to|up to)"
      + "(?: (?:on|at|as of|and|including|inclusive|the|midnight|close of business|later of|earlier of|date of|of"
      + "|its|initial|a|\\(?\\w{1,3}\\)|11:59|12:00|p\\.m\\.|a\\.m\\.|\\S{2,8} time|day))*[ ,:]{0,3}$")
  private let beforeLength = Rule.pattern(
    "\\b(?:for|of|be|is|has|have|period|term|continue|last|lasting|valid|end|ending|expires?|until|terminates?|means"
      + "|through)\\b[\"”:,)]?"
      + "(?: (?:an?|the|its|initial|original|minimum|fixed|full|firm|total|primary|term|period|of|for|at least|on"
      + "|date|that is|to be|shall|be|set at|[-:–]))*[ \"“(:-]{0,3}$")
  private let afterLength = Rule.pattern(
    "\\G[-,\"” )]{0,3}(?:period|term|from|after|following|commencing|beginning|thereafter|initial|starting"
      + "|contract)\\b")
  private let notLength = Rule.pattern(
    "\\b(?:within|prior|before|notice|every|each|upon|at least|less than|more than|last|preceding|previous|next"
      + "|first|additional|another|exceed\\w*)(?: (?:a|the|of|period))* ?$")
  private let notAfter = Rule.pattern(
    "\\G[’'s]{0,2}[ -]{0,2}(?:prior|notice|written|before|advance|of age|old|renewal|extension)\\b")
  private let perpetual = Rule.pattern(
    "\\b(?:in perpetuity|perpetual(?:ly)?|indefinite(?:ly)?|unlimited (?:period|term|duration)|until (?:it is "
      + "|otherwise |such time as )?(?:(?:it|this agreement|the agreement) is )?(?:so )?(?:terminated|cancel+ed)"
      + "|unless (?:and until )?(?:it is |otherwise |sooner |earlier )?(?:terminated|cancel+ed)|until (?:either"
      + "|one) (?:of the )?part(?:y|ies)|until such time as either|(?:for )?(?:so|as) long as)\\b")
  private let lasting = Rule.pattern(
    "\\b(?:agreement|contract|term|lease|license)\\b[^.;]{0,200}?\\b(?:continu\\w+|remain\\w*|valid|effective|effect"
      + "|force|perpetu\\w+|indefinite\\w*)\\b")
  /// `until the end of the current calendar year`, `through the end of 2021`.
  private let yearEnd = Rule.pattern(
    "\\b(?:until|through|to|at|on|for)(?: and including)? (?:the )?(?:end|last day|close|remainder"
      + "|balance) of (?:the |that |such "
      + "|this )?(?:then[- ]|first |same )?(?:current )?(?:calendar year(?: (?:of |ending )?((?:19|20)\\d\\d))?"
      + "|(?:year )?((?:19|20)\\d\\d))"
  )
  /// A first and a last day: `beginning May 1, 2020 and ending April 30, 2023`.
  private let span = Rule.pattern(
    "\\b(?:commenc\\w+|begin\\w*|start\\w*|from|effective|term"
      + "|period)\\b[^.;]{0,90}?\\d{4}\\b.{0,40}?\\b(?:through|thru|until|to|end\\w*"
      + "|expir\\w*|terminat\\w*|conclud\\w*)\\b")
  private let having = Rule.pattern(
    "\\b(?:have|has|having|for|with) an? (?:fixed |initial |minimum |original |firm |primary )?(?:term|duration) of\\b")
  private let starts = Starts()

  init(_ durations: Durations) { self.durations = durations }

  func read(_ text: ClauseText, _ dates: DateRules.Dates) -> Ending {
    var best: Candidate?
    var last = -1
    for hit in anchor.all(in: text.bytes) {
      let index = text.sentence(at: hit.range.lowerBound)
      if index == last { continue }
      last = index
      // What follows a heading need not name the term again.
      for number in text.sentences[index].count < 70 ? index...min(index + 1, text.sentences.count - 1) : index...index
      {
        guard let candidate = candidate(number, text) else { continue }
        if best.map({ candidate.score > $0.score }) ?? true { best = candidate }
      }
    }
    var found = best.map { ending($0, text, dates) } ?? Ending()
    let isComputed = found.expiration?.evidence.doubts.contains(Doubt.computed.rawValue) ?? true
    if isComputed || found.expiration?.value.day == nil, let named = named(text, dates) { found.expiration = named }
    return found
  }

  /// A day that is called the last one: `Expiration Date: May 31, 2024`.
  private func named(_ text: ClauseText, _ dates: DateRules.Dates) -> Finding<ContractDate>? {
    let names: Set<String> = [
      "expiration date", "expiry date", "end date", "contract end date", "contract end", "term end", "term end date",
      "termination date", "scheduled termination date", "final expiration date", "initial term expiration date",
    ]
    let entries = dates.entries.filter { names.contains($0.name) && $0.date.date.day != nil }
    // A column of such dates is no end of the agreement.
    guard let entry = entries.first, entries.allSatisfy({ $0.date.date == entry.date.date }) else { return nil }
    let doubts: [Doubt] = entry.date.isAmbiguous ? [.dateOrder] : []
    return text.evidence(entry.date.range, "end_date", doubts: doubts).map { Finding(entry.date.date, $0) }
  }

  // MARK: - Choosing the sentence

  private func candidate(_ index: Int, _ text: ClauseText) -> Candidate? {
    let sentence = text.sentences[index]
    let bytes = text.bytes
    var score = 0
    if defined.first(in: bytes, within: sentence) != nil { score += 3 }
    if subject.first(in: bytes, within: sentence) != nil { score += 2 }
    if agreement.first(in: bytes, within: sentence) != nil { score += 1 }
    let opening = text.after(sentence.lowerBound, min(sentence.count, 60))
    if text.string(opening).lowercased().contains("term") { score += 1 }
    let cell = cell.first(in: bytes, within: sentence)
    if cell != nil || label.first(in: bytes, within: sentence) != nil { score += 2 }
    // A sentence that says from when says more than a cell of a form.
    if cell?[1] != nil { score += 1 }
    if index > 0, text.sentences[index - 1].count < 70 {
      let heading = text.string(text.sentences[index - 1]).lowercased()
      if heading.contains("term") || heading.contains("duration") { score += 2 }
    }
    if having.first(in: bytes, within: sentence) != nil { score += 1 }
    if text.dates(in: sentence).count > 1, span.first(in: bytes, within: sentence) != nil,
      anchorsTerm.first(in: bytes, within: sentence) != nil
    {
      score += 2
    }
    guard score > 0 else { return nil }
    if elsewhere.first(in: bytes, within: sentence) != nil { score -= 3 }
    if inForce.first(in: bytes, within: sentence) != nil { score += 2 }
    let lasts = lasting.first(in: bytes, within: sentence) != nil
    let found = lasts ? perpetual.first(in: bytes, within: sentence)?.range : nil
    if found != nil { score += 1 }
    if cell == nil, other.first(in: bytes, within: sentence) != nil { score -= 2 }
    if right.first(in: bytes, within: sentence) != nil { score -= 1 }
    guard score > 1 else { return nil }
    var candidate = Candidate(score: score, sentence: sentence)
    let start = cell?.range.lowerBound ?? sentence.lowerBound
    let cut = renewed.first(in: bytes, within: start..<sentence.upperBound)?.range.lowerBound ?? sentence.upperBound
    let head = start..<cut
    candidate.date = endDate(head, text)
    candidate.length = length(head, text)
    if candidate.date == nil, candidate.length == nil, let match = yearEnd.first(in: bytes, within: sentence) {
      let year = (match[1] ?? match[2]).flatMap { NumberWords.value(text.string($0)) }
      candidate.yearEnd = (match.range, year)
      return candidate
    }
    if candidate.date == nil, candidate.length == nil {
      guard let found, isOpen(found, sentence, text), length(sentence, text) == nil, endDate(sentence, text) == nil
      else { return nil }
      candidate.perpetual = found
      let words = text.string(found).lowercased()
      if words.hasPrefix("un") || words.contains("long as") { candidate.score -= 1 }
    }
    return candidate.score > 1 ? candidate : nil
  }

  /// Whether nothing but a termination ends it: `unless terminated` alone does not say so where an end is named.
  private func isOpen(_ found: Range<Int>, _ sentence: Range<Int>, _ text: ClauseText) -> Bool {
    guard text.string(found).lowercased().hasPrefix("unless") else { return true }
    let words = text.string(sentence).lowercased()
    return !["until", "period", "set forth", "through"].contains { words.contains($0) }
  }

  private func endDate(_ range: Range<Int>, _ text: ClauseText) -> DateMention? {
    text.dates(in: range).first { date in
      beforeDate.first(
        in: text.bytes, within: text.before(date.range.lowerBound, min(date.range.lowerBound - range.lowerBound, 90)))
        != nil
    }
  }

  private func length(_ range: Range<Int>, _ text: ClauseText) -> Duration? {
    if let found = durations.firstAnniversary(in: text.bytes, within: range) { return found }
    return durations.find(in: text.bytes, within: range).first { duration in
      guard duration.months != nil else { return false }
      let head = text.before(duration.range.lowerBound, min(duration.range.lowerBound - range.lowerBound, 60))
      let tail = text.after(duration.range.upperBound, 30)
      if notLength.first(in: text.bytes, within: head) != nil { return false }
      if never.first(in: text.bytes, within: range.lowerBound..<duration.range.lowerBound) != nil { return false }
      if notAfter.first(in: text.bytes, within: tail) != nil { return false }
      return head.isEmpty || beforeLength.first(in: text.bytes, within: head) != nil
        || afterLength.first(in: text.bytes, within: tail) != nil
    }
  }

  // MARK: - Reading it

  private func ending(_ candidate: Candidate, _ text: ClauseText, _ dates: DateRules.Dates) -> Ending {
    if let range = candidate.perpetual {
      return Ending(expiration: text.evidence(range, "perpetual").map { Finding(.perpetual, $0) })
    }
    let isAnniversary = candidate.length.map { text.string($0.range).lowercased().contains("anniversary") } ?? false
    let start = starts.find(
      candidate.sentence, excluding: candidate.date, anniversary: isAnniversary ? candidate.length?.range : nil, text,
      dates)
    if let (range, year) = candidate.yearEnd {
      let last = (year ?? start.day?.year).flatMap { CalendarDate(year: $0, month: 12, day: 31) }
      guard let last else { return Ending() }
      let doubts: [Doubt] = year == nil ? [.computed] : []
      return Ending(
        expiration: text.evidence(range, year == nil ? "computed_end" : "ends_on", doubts: doubts).map {
          Finding(.day(last), $0)
        })
    }
    var ending = Ending()
    if let length = candidate.length, let months = length.months, let term = Term(months: months) {
      var doubts: [Doubt] = length.isConflict ? [.wordFigure] : []
      if let stated = candidate.date?.date.day, let from = start.day, !Self.agree(from, months, stated) {
        doubts.append(.termMismatch)
      }
      ending.term = text.evidence(length.range, "term", doubts: doubts).map {
        Finding(InitialTerm(term, from: start.basis), $0)
      }
    }
    if let date = candidate.date {
      var doubts: [Doubt] = date.isAmbiguous ? [.dateOrder] : []
      if date.date.day == nil { doubts.append(.partial) }
      if ending.term?.evidence.doubts.contains(Doubt.termMismatch.rawValue) ?? false { doubts.append(.termMismatch) }
      ending.expiration = text.evidence(date.range, "ends_on", doubts: doubts).map { Finding(date.date, $0) }
      if ending.term == nil, start.isStated, let from = start.day, let end = date.date.day,
        let months = Self.months(from, end),
        let term = Term(months: months)
      {
        ending.term = text.evidence(date.range, "term_of_dates", doubts: [.computed]).map {
          Finding(InitialTerm(term, from: start.basis), $0)
        }
      }
    } else if let length = candidate.length, let months = length.months {
      ending.expiration = computed(length, months, start, text)
    }
    return ending
  }

  private func computed(_ length: Duration, _ months: Int, _ start: Starts.Start, _ text: ClauseText) -> Finding<
    ContractDate
  >? {
    var doubts: [Doubt] = length.isConflict ? [.computed, .wordFigure] : [.computed]
    if let from = start.day, let end = from.adding(months: months) {
      return text.evidence(length.range, start.isStated ? "computed_end" : "assumed_end", doubts: doubts).map {
        Finding(.day(end), $0)
      }
    }
    doubts.append(.relative)
    return text.evidence(length.range, "relative_end", doubts: doubts).map { finding in
      Finding(.relative(Self.asWritten(length.range, start, text)), finding)
    }
  }

  /// The length and the event it counts from: in the contract's own words where the event follows the length.
  private static func asWritten(_ length: Range<Int>, _ start: Starts.Start, _ text: ClauseText) -> String {
    if let event = start.range, event.lowerBound > length.upperBound, event.lowerBound - length.upperBound < 60 {
      return text.string(length.lowerBound..<event.upperBound)
    }
    return "\(text.string(length)) from \(start.words)"
  }

  /// Whether the last day or the day after it is `months` after the first.
  static func agree(_ start: CalendarDate, _ months: Int, _ end: CalendarDate) -> Bool {
    guard let computed = start.adding(months: months) else { return false }
    return end == computed || end.adding(days: 1) == computed
  }

  /// Whole months between, whichever way the last day is counted.
  static func months(_ start: CalendarDate, _ end: CalendarDate) -> Int? {
    let about = (end.year - start.year) * 12 + end.month - start.month
    return [about, about + 1].first { $0 > 0 && agree(start, $0, end) }
  }
}
