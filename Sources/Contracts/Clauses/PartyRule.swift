import Domain
import Pages
import Regex

/// Who makes the agreement: the names between `between` and the recitals, each with what it is called from there on.
struct PartyRule {
  private let opening = Rule.pattern(
    "\\b(?:between|among|amongst|by and among|by and between|parties(?: to this \\w+)?(?: are)?:|entered into by"
      + "|made by|parties hereto are)\\b")
  private let closing = Rule.pattern(
    "\\b(?:whereas|recitals?|now,? therefore|witness ?eth|w i t n e s s|background|preamble|in consideration"
      + "|table of contents|the parties agree|agree as follows)\\b")
  private let definition = Rule.pattern("[(\\[](?:[^()]|\\([^()]{0,80}\\)){0,260}?\(Rule.quote)[^()]{1,200}?[)\\]]")
  private let term = Rule.pattern("\(Rule.quote) ?((?-i:[A-Z0-9])[^\"“”]{0,50}?)[.,]? ?\(Rule.quote)")
  private let lead = Rule.pattern(
    "\\G(?:[\\s,;:.)–\\d•-]|\\(?(?:[ivx]{1,4}|[a-d1-9])\\)|(?:and|between|by|among|amongst|with|each of|either"
      + "|the following|of the (?:first|second|one|other) part|on (?:the )?(?:one|other) hand"
      + "|(?-i:the)|parties|party a|party b|its|is|made|entered into|as of|effective|for itself|on behalf of itself"
      + "|(?-i:And|Between|BETWEEN|AND))\\b)*")
  private let name: Pattern
  private let legalName: Pattern
  private let boundary = Rule.pattern(
    "(?:[,;.)\\n]\\s{0,2}|\\s)and\\s+(?:the )?(?=[\"“(]?(?-i:[A-Z0-9]|[a-z]+[.-][a-z]))|;\\s|\\n(?=(?-i:[A-Z]))")
  private let listed = Rule.pattern("(?:,|;|\\band|\\n)\\s{0,3}$")
  private let goesOn = Rule.pattern("\\G[\\s,;.]{0,4}(?:and\\b|;)")
  private let article = Rule.pattern(
    "\\G[\\s,.;–-]{0,4}(?:an? |whose |with |having |located |organi[sz]ed |incorporated |acting |being |which |a/k/a"
      + "|f/k/a|formerly|together |on behalf|\\d|its |at |of |doing |registered )")
  private let notName = Rule.pattern(
    "^(?:\(Rule.month)\\b.*|\\d[\\d ,/-]*|(?:\(Places.pattern)) (?:limited|corporation|company|general|public"
      + "|partnership|non).*|.*\\b(?:agreement|exhibit|section|article|whereas|shall|date|street|avenue|road|suite"
      + "|box|floor)\\b.*"
      + "|(?:this|each|such|any|all|both|either|these|those|during)\\b.*|(?:the )?(?:\\w+ )?(?:company|corporation"
      + "|limited|partnership|offering|undersigned)|(?:\\w+) and (?:the )?\\w+"
      + "|(?:\(Places.pattern))|(?:part(?:y|ies)|company|corporation|limited|inc|llc|ltd|each|grant|now|this|these"
      + "|the undersigned)\\b.?)$")

  init() {
    let legal =
      "(?-i:[Ii]nc(?:orporated)?|INC(?:ORPORATED)?|L\\.? ?L\\.? ?C|Ltd|LTD|Limited(?: Liability Company"
      + "| Partnership)?|LIMITED|Corp(?:oration)?|CORP(?:ORATION)?|Co(?:mpany)?|CO(?:MPANY)?|L\\.? ?P|LLP"
      + "|L\\.L\\.P|PLC|[Pp]lc|N\\.?V|B\\.?V|S\\.?A(?:\\.?S|\\.?R\\.?L)?|A\\.?G|GmbH|S\\.?p\\.?A|[Pp]ty|PTY"
      + "|L[Tt][Dd][Aa]|Oy|AB|A/S|N\\.A|S/A)\\b\\.?"
    let small = "(?-i:of|the|and|de|do|for|in|da|la|d/b/a|dba|von|van|y|et|und)"
    let token =
      "(?:(?-i:[A-Z]\\.(?:[A-Z]\\.)*|(?:Mrs?|Ms|Dr|St|Jr|Messrs)\\.|[A-Z0-9][\\w&'’/+@-]*(?:\\.\\w[\\w.]*\\b)?)"
      + "|(?-i:[a-z]+[.-][\\w.-]+|[a-z][A-Z]\\w+)|\\((?-i:[A-Z])[\\w .]{1,24}\\)|&|\(small))"
    let end =
      "(?=\\s{0,3}(?:[,;:(\\[\\n–]|-\\s|$)|\\s+(?:an?|whose|with|having|located|organi[sz]ed|incorporated|is"
      + "|acting|on behalf|doing|as|at|formerly|hereinafter|including|registered)\\b|\\s+and\\s)"
    name = Rule.pattern(
      "\\G(?:(\(token)(?:\\x20\(token)){0,9}?,?\\x20\(legal)(?:,?\\x20\(legal)){0,2})(?![\\w])"
        + "|(\(token)(?:\\x20\(token)){0,9}?)\(end))")
    legalName = Rule.pattern(
      "(?<![\\w.])((?-i:[A-Z]\\.(?:[A-Z]\\.)*|[A-Z0-9][\\w&'’/+-]*(?:\\.\\w[\\w.]*\\b)?)(?:\\x20(?:(?-i:[A-Z]\\."
        + "|[A-Z0-9][\\w&'’/+-]*(?:\\.\\w[\\w.]*\\b)?)|&|(?-i:of|and|the|de)"
        + "|\\([A-Z][\\w .]{1,24}\\))){0,8}?,?\\x20\(legal)(?:,?\\x20\(legal)){0,2})(?![\\w])")
  }

  func read(_ text: ClauseText) -> [Finding<ContractParty>] {
    let zone = text.after(0, 9000)
    var best: [Finding<ContractParty>] = []
    for hit in opening.all(in: text.bytes, within: zone).prefix(6) {
      let rest = text.after(hit.range.upperBound, 3500)
      let end = closing.first(in: text.bytes, within: rest)?.range.lowerBound ?? rest.upperBound
      let found = preamble(hit.range.upperBound..<min(end, rest.upperBound), text)
      if found.count >= 2, found.contains(where: { $0.value.definedTerm != nil }) { return found }
      if found.count > best.count { best = found }
    }
    return best.count >= 2 ? best : named(text) ?? best
  }

  private func preamble(_ region: Range<Int>, _ text: ClauseText) -> [Finding<ContractParty>] {
    var parties: [Finding<ContractParty>] = []
    var start = region.lowerBound
    for match in definition.all(in: text.bytes, within: region) {
      let segment = start..<match.range.lowerBound
      guard segment.count < 900, parties.count < 2 || continues(segment, text) else { break }
      start = match.range.upperBound
      guard let range = partyName(segment, text) else { continue }
      if parties.count > 1, legalName.first(in: text.bytes, within: range) == nil,
        !text.string(range).contains(
          " ")
      {
        continue
      }
      let called = term.first(in: text.bytes, within: match.range)?[1].map { text.string($0) }
      add(range, called, text, &parties)
      for other in legalName.all(in: text.bytes, within: range.upperBound..<segment.upperBound) {
        guard let found = other[1], isName(found, text),
          listed.first(
            in: text.bytes, within: text.before(found.lowerBound, min(12, found.lowerBound - range.upperBound))) != nil
        else { continue }
        add(found, called, text, &parties)
      }
    }
    if parties.count < 2 {
      parties.removeAll()
      for match in legalName.all(in: text.bytes, within: region.clamped(to: text.after(region.lowerBound, 900))) {
        if let range = match[1], isName(range, text) { add(range, nil, text, &parties) }
      }
    }
    return parties
  }

  /// Whether the list of parties goes on here: no sentence ends, or it is short and begins with `and`.
  private func continues(_ segment: Range<Int>, _ text: ClauseText) -> Bool {
    if segment.isEmpty { return true }
    return text.sentence(at: segment.lowerBound) == text.sentence(at: segment.upperBound - 1)
      || (segment.count < 250 && goesOn.first(in: text.bytes, within: segment) != nil)
  }

  /// The name in what stands before a definition: at its beginning, or behind the description of the party before.
  private func partyName(_ segment: Range<Int>, _ text: ClauseText) -> Range<Int>? {
    if article.first(in: text.bytes, within: segment) == nil, let found = name(at: segment, text) { return found }
    var last: Range<Int>?
    for match in boundary.all(in: text.bytes, within: segment) {
      guard let found = name(at: match.range.upperBound..<segment.upperBound, text) else { continue }
      if legalName.first(in: text.bytes, within: found) != nil { return found }
      last = found
    }
    return last ?? legalName.all(in: text.bytes, within: segment).compactMap { $0[1] }.last { isName($0, text) }
  }

  private func name(at segment: Range<Int>, _ text: ClauseText) -> Range<Int>? {
    guard let lead = lead.first(in: text.bytes, within: segment) else { return nil }
    guard let match = name.first(in: text.bytes, within: lead.range.upperBound..<segment.upperBound) else { return nil }
    return (match[1] ?? match[2]).flatMap { isName($0, text) ? $0 : nil }
  }

  private func isName(_ range: Range<Int>, _ text: ClauseText) -> Bool {
    range.count > 2 && range.count < 120 && notName.first(in: Array(text.string(range).utf8)) == nil
  }

  private func add(
    _ range: Range<Int>, _ called: String?, _ text: ClauseText, _ parties: inout [Finding<ContractParty>]
  ) {
    var written = text.string(range)
    while let last = written.last, last == "," || last == ";" || last == " " { written.removeLast() }
    let slug = CarrierName.slug(written)
    guard slug.count > 1, !["party", "parties", "agreement"].contains(slug),
      !parties.contains(where: { CarrierName.slug($0.value.name) == slug })
    else { return }
    if let evidence = text.evidence(range, called == nil ? "party_name" : "party") {
      parties.append(Finding(ContractParty(name: written, definedTerm: called), evidence))
    }
  }

  /// Names with a legal form on the first page, where no sentence lists the parties.
  private func named(_ text: ClauseText) -> [Finding<ContractParty>]? {
    var parties: [Finding<ContractParty>] = []
    for match in legalName.all(in: text.bytes, within: text.after(0, 2500)).prefix(6) {
      if let range = match[1], isName(range, text) { add(range, nil, text, &parties) }
    }
    return parties.isEmpty ? nil : Array(parties.prefix(2))
  }
}
