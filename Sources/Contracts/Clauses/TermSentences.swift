import Domain
import Pages
import Regex

/// What a sentence about the term says.
struct TermCandidate {
  var score: Int
  var sentence: Range<Int>
  var date: DateMention?
  var length: Duration?
  var perpetual: Range<Int>?
  /// An event that ends it, where no day and no length does: `until the work is completed`.
  var event: Range<Int>?
  /// `the end of the calendar year`, and the year if it is said.
  var yearEnd: (range: Range<Int>, year: Int?)?
}

/// Chooses the sentence that says how long the agreement binds.
struct TermSentences {
  /// What a term is called that is that of the agreement.
  private static let kinds =
    "(?:initial|original|first|service|agreement|contract|order|licen[cs]e|lease|base|basic|primary|franchise"
    + "|distribution|supply)"

  private let durations: Durations
  private let anchor = Rule.pattern(
    "\\b(?:term|effect|effective|force|expir\\w*|terminat\\w*|continu\\w*|valid|(?:service|contract"
      + "|initial) period|perpetu\\w*|indefinite\\w*|appoint\\w*|endures?|lasts"
      + "|duration)\\b")
  private let anchorsTerm = Rule.pattern("\\b(?:term|duration|in effect|in force|valid)\\b")
  private let subject = Rule.pattern(
    "\\b(?:term|(?:initial|fixed|contract|service) period|duration)\\b[\"”']?(?:,? ?\\([^()]{0,80}\\))?(?:,? (?:of"
      + "|for) [^.;]{0,90}?)?,? ?(?:shall|will|is|means|commences?"
      + "|begins?|starts?|continues?|runs?|expires?|ends?"
      + "|terminates?|:)")
  private let agreement = Rule.pattern(
    "(?<!\\bin\\s)(?<!\\bunder\\s)(?<!\\bduring\\s)\\b(?:this|the|present) (?:\\w+ ){0,4}(?:agreement|contract"
      + "|amendment|licen[cs]e|lease|order|addendum|schedule"
      + "|undertaking|(?-i:[A-Z]{2,6}))\\b[^.;]{0,160}?"
      + "\\b(?:shall|will|is|has|have|expires?|terminates?|continues?|commences?|remains?|ends?|begins?|lasts?|runs?)\\b"
  )
  /// The agreement itself goes on until, or ends on, what follows.
  private let runs = Rule.pattern(
    "(?<!\\bin\\s)(?<!\\bof\\s)(?<!\\bto\\s)(?<!\\bwith\\s)(?<!\\bby\\s)(?<!\\bunder\\s)(?<!\\bterminate\\s)\\b(?:this"
      + "|the|present) (?:(?!of\\b|this\\b)\\w+ ){0,3}(?:agreement|contract|order|lease|licen[cs]e|addendum"
      + "|joint venture)\\b(?: ?\\([^()]{0,80}\\))?(?:(?!\\b(?:may|if)\\b)[^.;]){0,260}?"
      + "\\b(?:(?:expires?|terminates?|ends?|continues?|lasts?|runs?|endures?|extends?)\\b"
      + "(?:,[^,;.]{0,160},)?(?: (?:automatically|in (?:full )?(?:force|effect)(?: and effect)?|thereafter|and|on|at|only))*"
      + " (?:on|at|until|till|through|for|upon|to|as of|the date|indefinite|in perpetuity|perpetual"
      + "|(?-i:[A-Z][a-z]{2,8}) \\d|\\d|\(Rule.number))"
      + "|(?:is|be) (?:for an? )?(?:perpetual|indefinite|unlimited)\\b)")
  /// Somebody is given something for a time, which is that of the agreement where nothing else is.
  private let granted = Rule.pattern(
    "\\b(?:appoint|engage|retain|hire)(?:s|ed|ment)?\\b[^.;]{0,240}?\\bfor (?:an? |the )?(?:initial |fixed )?"
      + "(?:period|term) of\\b")
  private let during = Rule.pattern(
    "\\b(?:during|throughout|within) (?:the|such) (?:\\w+ ){0,2}?term\\b")
  private let titled = Rule.pattern("\\b(?:term|duration)\\b")
  private let defined = Rule.pattern(
    "\\((?:[^()]{0,60} )?\(Rule.quote) ?(?:\(Self.kinds) )?term ?[.,]?\(Rule.quote)"
      + "|\(Rule.quote) ?(?:(?:\(Self.kinds) )?term|(?:service|contract|agreement"
      + "|initial) period) ?[.,]?\(Rule.quote) (?:shall |of this agreement )?(?:mean|be|is|of|will)")
  private let other = Rule.pattern(
    "\\b(?:insur\\w+|confidential\\w*|surviv\\w+|warrant\\w+|compet\\w+|invoice\\w*|audit\\w*|cure|remed\\w+|statute"
      + "|employment of|liabilit\\w+|indemni\\w+"
      + "|patents?|escrow|volumes?|severab\\w*|unenforceab\\w*|incapable of being enforced|remodel\\w*|imprison\\w*"
      + "|convict\\w*"
      + "|minimum (?!(?:initial |contract |service )?(?:term|period))|perpetual(?:,? [\\w-]+,?){0,4} licen[cs]es?"
      + "|offerings?|exclusivity|sell-off|quota|forecasts?|bankrupt\\w*|records"
      + "|transition)\\b")
  private let inForce = Rule.pattern(
    "(?<!\\bin\\s)(?<!\\bunder\\s)\\b(?:this|the|present) (?:\\w+ ){0,3}(?:agreement|contract|order|lease|licen[cs]e"
      + "|addendum|joint venture)\\b[^.;]{0,160}?\\b(?:continu\\w*|remain\\w*|be|is|stay\\w*) "
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
    "\\G[\\d.()a-z ]{0,12}\(Rule.quote)(?! ?(?:\(Self.kinds) )?(?:term|service period|contract period) ?[.,]?\(Rule.quote))[^\"“”]{2,60}\(Rule.quote)"
  )
  private let right = Rule.pattern(
    "\\b(?:may|right to|entitled to|elect to|option to|can) (?:\\w+,? ){0,4}(?:terminate|cancel|renew|extend)\\b"
      + "|(?<!\\buntil\\s)(?<!\\bunless\\s)(?<!\\bsooner\\s)(?<!\\bearlier\\s)(?<!\\bis\\s)"
      + "\\bterminated? (?:\\w+ ){0,4}(?:upon|by|if|for)\\b")
  private let renewed = Rule.pattern(
    "\\b(?:(?<!\\bunless\\s)(?<!\\bnot\\s)(?<!\\bearlier\\s)(?<!\\bsooner\\s)renew\\w*|extended (?:for|automatically)|extend (?:for|automatically)"
      + "|automatic\\w*(?= (?:[\\w-]+ ){0,5}(?:renew|exten|continu|prolong|roll))"
      + "|(?<!continue\\s)(?<!continuing\\s)thereafter (?:shall|will|for|be|auto)|year[- ]to[- ]year|month[- ]to[- ]month"
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
    "\\b(?:within|prior|before|notice|every|each|upon|at least|less than|more than|maximum of|last|preceding|previous"
      + "|next|first|additional|another|exceed\\w*)(?: (?:a|the|of|period))* ?$")
  private let notAfter = Rule.pattern(
    "\\G[’'s]{0,2}[ -]{0,2}(?:prior|notice|written|before|advance|of age|old|renewal|extension)\\b")
  private let perpetual = Rule.pattern(
    "\\b(?:in perpetuity|perpetual(?:ly)?|indefinite(?:ly)?|unlimited (?:period|term|duration)|until (?:it is "
      + "|otherwise |such time as )?(?:(?:it|this agreement|the agreement) is )?(?:so )?(?:terminated|cancel+ed)"
      + "|unless (?:and until )?(?:it is |otherwise |sooner |earlier )?(?:terminated|cancel+ed)|until (?:either"
      + "|one) (?:of the )?part(?:y|ies)|until such time as either|(?:for )?(?:so|as) long as)\\b")
  private let lasting = Rule.pattern(
    "\\b(?:agreement|contract|term|lease|licen[cs]e)\\b[^.;]{0,200}?\\b(?:continu\\w+|remain\\w*|valid|effective|effect"
      + "|force|perpetu\\w+|indefinite\\w*|endures?|unlimited)\\b")
  /// An end that no calendar says.
  private let event = Rule.pattern(
    "\\b(?:until|through|(?:shall |will )(?:end|expire|terminate) (?:on|upon|at|with)|(?:ends|expires|terminates) (?:on"
      + "|upon|at|with)|and (?:end|expire|terminate) (?:on|upon|at|with))(?:,[^,;.]{0,120},)? (?:the )?(?:date|day"
      + "|time|completion|termination|expir\\w+|cessation|earlie\\w+|later|last|\\d+(?:st|nd|rd|th) day"
      + "|(?:[\\w’'-]+ ){1,8}?(?:ceases?|completes?|expires?|has|have|is|are))\\b")
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

  init(_ durations: Durations) { self.durations = durations }

  /// The surest sentence, the first of several; `eventual` is the surest of those that name nothing but an event.
  func best(_ text: ClauseText) -> (best: TermCandidate?, eventual: TermCandidate?) {
    var best: TermCandidate?
    var eventual: TermCandidate?
    var last = -1
    for hit in anchor.all(in: text.bytes) {
      let index = text.sentence(at: hit.range.lowerBound)
      if index == last { continue }
      last = index
      // What follows a heading need not name the term again.
      for number in text.sentences[index].count < 70 ? index...min(index + 1, text.sentences.count - 1) : index...index
      {
        guard let candidate = candidate(number, text) else { continue }
        if candidate.event != nil {
          if eventual.map({ candidate.score > $0.score }) ?? true { eventual = candidate }
        } else if best.map({ candidate.score > $0.score }) ?? true {
          best = candidate
        }
      }
    }
    return (best, eventual)
  }

  private func candidate(_ index: Int, _ text: ClauseText) -> TermCandidate? {
    let sentence = text.sentences[index]
    let bytes = text.bytes
    let cell = cell.first(in: bytes, within: sentence)
    let lasts = lasting.first(in: bytes, within: sentence) != nil
    let open = lasts ? perpetual.first(in: bytes, within: sentence)?.range : nil
    let score = score(index, cell, text) + (open == nil ? 0 : 1)
    guard score > 1 else { return nil }
    var candidate = TermCandidate(score: score, sentence: sentence)
    let start = cell?.range.lowerBound ?? sentence.lowerBound
    let cut = renewed.first(in: bytes, within: start..<sentence.upperBound)?.range.lowerBound ?? sentence.upperBound
    candidate.date = endDate(start..<cut, text)
    candidate.length = length(start..<cut, text)
    if candidate.date != nil || candidate.length != nil { return candidate }
    if let match = yearEnd.first(in: bytes, within: sentence) {
      let year = (match[1] ?? match[2]).flatMap { NumberWords.value(text.string($0)) }
      candidate.yearEnd = (match.range, year)
      return candidate
    }
    guard length(sentence, text) == nil, endDate(sentence, text) == nil else { return nil }
    if let open, isOpen(open, sentence, text) {
      candidate.perpetual = open
      let words = text.string(open).lowercased()
      if words.hasPrefix("un") || words.contains("long as") { candidate.score -= 1 }
    } else {
      candidate.event = event.first(in: bytes, within: sentence)?.range
    }
    return candidate.score > 1 && (candidate.perpetual ?? candidate.event) != nil ? candidate : nil
  }

  /// How surely a sentence speaks of the agreement's own term; 2 is enough.
  private func score(_ index: Int, _ cell: Pattern.Match?, _ text: ClauseText) -> Int {
    let sentence = text.sentences[index]
    func says(_ pattern: Pattern) -> Bool { pattern.first(in: text.bytes, within: sentence) != nil }
    let opening = text.after(sentence.lowerBound, min(sentence.count, 60))
    var score = 0
    for (pattern, weight) in [(defined, 3), (subject, 2), (agreement, 1), (runs, 2), (granted, 2), (having, 1)]
    where says(pattern) { score += weight }
    if titled.first(in: text.bytes, within: opening) != nil { score += 1 }
    if cell != nil || says(label) { score += 2 }
    // A sentence that says from when says more than a cell of a form.
    if cell?[1] != nil { score += 1 }
    if index > 0, text.sentences[index - 1].count < 70,
      titled.first(in: text.bytes, within: text.sentences[index - 1]) != nil
    {
      score += 2
    }
    if text.dates(in: sentence).count > 1, says(span), says(anchorsTerm) { score += 2 }
    guard score > 0, !says(elsewhere), during.first(in: text.bytes, within: opening) == nil else { return 0 }
    if says(inForce) { score += 2 }
    if cell == nil, says(other) { score -= 2 }
    if says(right) { score -= 1 }
    if says(during) { score -= 2 }
    return score
  }

  /// Whether nothing but a termination ends it: `unless terminated` alone does not say so where an end is named.
  private func isOpen(_ found: Range<Int>, _ sentence: Range<Int>, _ text: ClauseText) -> Bool {
    let opening = text.string(found).lowercased()
    guard opening.hasPrefix("unless"), !opening.hasPrefix("unless and until") else { return true }
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

  func length(_ range: Range<Int>, _ text: ClauseText) -> Duration? {
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
}
