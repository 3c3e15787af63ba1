import Domain
import Pages
import Regex

/// Who makes the agreement: the names between `between` and the recitals, each with what it is called from there on.
struct PartyRule {
  /// A name in a list of parties.
  private struct Member {
    var name: Range<Int>
    var isLegal: Bool
    /// What it is called, as in `(the "Customer")`.
    var term: String?
    /// Whether what follows the name can only follow a party.
    var isDescribed: Bool
  }

  private let names = PartyNames()
  private let opening = Rule.pattern(
    "\\b(?:between|among|amongst|by and among|by and between|parties(?: to this \\w+)?(?: are)?:|entered into by"
      + "|made by|parties hereto are)\\b")
  private let closing = Rule.pattern(
    "\\b(?:whereas|recitals?|now,? therefore|witness ?eth|w i t n e s s|background|preamble|in consideration"
      + "|table of contents|the parties agree|agree as follows)\\b")
  /// A sentence that makes an agreement without `between`: `A and B agree as follows`.
  private let making = Rule.pattern(
    "\\b(?:agree(?:s)? (?:as follows|that|to the following)|confirms? (?:its|their) (?:mutual )?agreement|hereby agree"
      + "|each a \(Rule.quote)part|\\bthe \(Rule.quote)parties|(?:hereinafter|hereafter) (?:jointly |collectively "
      + "|together |individually )?(?:referred to as|called))")
  private let definition: Pattern
  private let term = Rule.pattern("\(Rule.quote) ?((?-i:[\\p{Lu}0-9]|[a-z]-)[^\"“”]{0,50}?)[.,]? ?\(Rule.quote)")
  private let bare = Rule.pattern("(?-i:\\p{Lu})[\\w ]{2,30}(?=\\)$)")
  private let notTerm = Rule.pattern(
    "\\b(?:date|agreement|amendment|contract|part(?:y|ies)|order|closing|program|services?|products?|addendum)\\b")
  private let lead = Rule.pattern(
    "\\G(?:[\\s,;:.)–\\d•\"“-]|\\(?(?:[ivx]{1,4}|[a-d1-9])\\)|(?:and|between|by|among|amongst|with|each of|either"
      + "|the following|of the (?:first|second|one|other) part|on (?:the )?(?:one|other) (?:hand|part|side)"
      + "|(?-i:the)|parties|party a|party b|is|made|entered into|as of|effective|for itself|on behalf of itself"
      + "|made)\\b)*")
  /// Where the next party may begin; behind a comma or on a new line only a name with a legal form.
  private let separator = Rule.pattern(
    "(?:[,;:.)\\]\"”\\n]\\s{0,2}|\\s)and[\\s:]+(?:between\\s+)?(?:the )?|;\\s{1,2}|\\)[,.]?\\s{1,2}"
      + "|\\bagreement with (?:the )?|(\\n|,\\x20)"
  )
  private let beside = Rule.pattern(
    "\\G[\\s,]{0,3}(?:[(\\[][^()]{0,80}[)\\]])?[\\s,]{0,3}and[\\s:]+(?:the )?$")
  /// What follows a party's name.
  private let described = Rule.pattern(
    "\\G(?: \\([^()]{1,40}\\)(?= an? ))?[\\s,]{0,3}(?:[(\\[](?:the |an? |hereinafter|hereafter|herein"
      + "|collectively|together|referred|as |\(Rule.quote))"
      + "|(?:hereinafter|hereafter) (?:\\w+ ){0,3}(?:called|as)\\b|whose |having |with (?:its |an? |offices?|principal"
      + "|registered|address)|doing business|d/b/a|trading as|of (?:no\\.? ?)?\\d|located |organi[sz]ed |incorporated "
      + "|an? (?:[\\w’'-]+,? ){0,6}?(?:corporation|company|partnership|association|bank|trust|organi[sz]ation"
      + "|municipality"
      + "|authority|institution|citizen|resident|individual|person|entity|division|subsidiary|university|agency"
      + "|businessperson|firm|cooperative|society|venture|body)\\b)")
  private let ends = Rule.pattern("\\G\\s{0,3}(?:[.;(\\n]|and\\s|$)")
  private let and = Rule.pattern(" and ")
  private let heading = Rule.pattern("(?-i:[A-Z]{4,}) (?=(?-i:[A-Z][a-z]))|: |\\bagreement with ")
  private let signer = Rule.pattern("[\\s:_]{0,6}\\bby ?:")
  private let goesOn = Rule.pattern("\\G[\\s,;.]{0,4}(?:and\\b|;)")

  init() {
    definition = Rule.pattern(
      "[(\\[](?:[^()]|\\([^()]{0,80}\\)){0,260}?\(Rule.quote)[^()]{1,200}?[)\\]]"
        + "|\\((?:(?:hereinafter|hereafter|herein|referred to as|called|also|as),? ){0,4}the (?-i:\\p{Lu})[\\w ]{2,30}\\)"
        + "|\\b(?:hereinafter|hereafter)[^.;()]{0,60}?\(Rule.quote)[^\"“”()]{1,50}\(Rule.quote)")
  }

  func read(_ text: ClauseText) -> [Finding<ContractParty>] {
    let zone = text.after(0, 12_000)
    var best: [Member] = []
    for hit in opening.all(in: text.bytes, within: zone).prefix(8) {
      let rest = text.after(hit.range.upperBound, 3500)
      let end = closing.first(in: text.bytes, within: rest)?.range.lowerBound ?? rest.upperBound
      let found = list(hit.range.upperBound..<min(end, rest.upperBound), text)
      if found.count > 1, found.contains(where: { $0.term != nil }) { return parties(found, text) }
      guard found.contains(where: { $0.isLegal || $0.isDescribed }) || hit.range.lowerBound < 3000 else { continue }
      if found.count > best.count { best = found }
    }
    if best.count > 1 { return parties(best, text) }
    let made = making(zone, text)
    if made.count > 1 { return made }
    let others = signing(text) ?? named(text) ?? []
    return others.count > best.count ? others : parties(best, text)
  }

  // MARK: - A list of parties

  /// Names joined by `and` are one where that still leaves two parties, else each its own.
  private func list(_ region: Range<Int>, _ text: ClauseText) -> [Member] {
    let joined = walk(region, isJoined: true, text)
    if joined.count > 1,
      !joined.dropFirst().contains(where: { text.string(joined[0].name).hasSuffix(text.string($0.name)) })
    {
      return joined
    }
    let split = walk(region, isJoined: false, text)
    return split.count > 1 ? split : joined
  }

  private func walk(_ region: Range<Int>, isJoined: Bool, _ text: ClauseText) -> [Member] {
    var members: [Member] = []
    var limit = region.upperBound
    let starts =
      [(region.lowerBound, false)]
      + separator.all(in: text.bytes, within: region).map { ($0.range.upperBound, $0[1] != nil) }
    for (start, isLoose) in starts where start < limit {
      let last = members.last?.name.upperBound ?? region.lowerBound
      guard start >= last, let member = member(start..<limit, isJoined: isJoined, text) else { continue }
      if members.count > 1, !continues(last..<member.name.lowerBound, text) {
        limit = member.name.lowerBound
        break
      }
      if isLoose, !member.isLegal { continue }
      // A name that nothing describes is a party only where the list begins, or side by side with the first.
      if start != region.lowerBound, !member.isLegal, !member.isDescribed,
        members.count != 1 || beside.first(in: text.bytes, within: last..<start) == nil
      {
        continue
      }
      members.append(member)
      if members.count == 16 { break }
    }
    for index in members.indices {
      let next = index + 1 < members.count ? members[index + 1].name.lowerBound : limit
      let name = members[index].name
      members[index].term = called(name.upperBound..<max(min(next, name.upperBound + 900), name.upperBound), text)
    }
    return members
  }

  private func member(_ range: Range<Int>, isJoined: Bool, _ text: ClauseText) -> Member? {
    guard let head = lead.first(in: text.bytes, within: range) else { return nil }
    let start = head.range.upperBound
    guard start < range.upperBound, var found = names.name(at: start..<range.upperBound, isJoined: isJoined, text)
    else { return nil }
    if !isJoined, let and = and.first(in: text.bytes, within: found.range) {
      guard let first = names.name(at: start..<and.range.lowerBound, isJoined: false, text) else { return nil }
      found = first
    }
    let tail = text.after(found.range.upperBound, 260)
    let isDescribed = described.first(in: text.bytes, within: tail) != nil
    guard found.isLegal || isDescribed || ends.first(in: text.bytes, within: tail) != nil else { return nil }
    return Member(name: found.range, isLegal: found.isLegal, isDescribed: isDescribed)
  }

  /// Whether the list of parties goes on here: no sentence ends, or it is short and begins with `and`.
  private func continues(_ segment: Range<Int>, _ text: ClauseText) -> Bool {
    if segment.isEmpty { return true }
    return text.sentence(at: segment.lowerBound) == text.sentence(at: segment.upperBound - 1)
      || (segment.count < 250 && goesOn.first(in: text.bytes, within: segment) != nil)
  }

  /// The first term defined in `range` that is none of a date, of the agreement or of all parties.
  private func called(_ range: Range<Int>, _ text: ClauseText) -> String? {
    for match in definition.all(in: text.bytes, within: range) {
      let found =
        term.first(in: text.bytes, within: match.range)?[1] ?? bare.first(in: text.bytes, within: match.range)?.range
      guard let found else { continue }
      let words = text.string(found)
      if notTerm.first(in: Array(words.utf8)) == nil { return words }
    }
    return nil
  }

  // MARK: - Where no list says it

  /// Parties named in a sentence that makes the agreement, each by its definition.
  private func making(_ zone: Range<Int>, _ text: ClauseText) -> [Finding<ContractParty>] {
    for hit in making.all(in: text.bytes, within: zone).prefix(4) {
      let sentence = text.sentences[text.sentence(at: hit.range.lowerBound)]
      var start = sentence.lowerBound
      for match in definition.all(in: text.bytes, within: sentence).prefix(4) {
        let segment = start..<match.range.lowerBound
        start = match.range.upperBound
        guard segment.count < 900, called(match.range, text) != nil, let name = defined(segment, text) else { continue }
        let members = list(name.lowerBound..<sentence.upperBound, text)
        if members.count > 1, members.contains(where: { $0.term != nil }) { return parties(members, text) }
      }
    }
    return []
  }

  /// The name in what stands before a definition: behind the last `and` or heading, else the last with a legal form.
  private func defined(_ segment: Range<Int>, _ text: ClauseText) -> Range<Int>? {
    let starts =
      [segment.lowerBound] + separator.all(in: text.bytes, within: segment).map(\.range.upperBound)
      + heading.all(in: text.bytes, within: segment).map(\.range.upperBound)
    for start in starts.sorted() where start < segment.upperBound {
      if let member = member(start..<segment.upperBound, isJoined: true, text), member.isLegal || member.isDescribed {
        return member.name
      }
    }
    return names.legalNames(in: segment, text).last
  }

  /// Names above the lines on which they sign.
  private func signing(_ text: ClauseText) -> [Finding<ContractParty>]? {
    var members: [Member] = []
    for hit in signer.all(in: text.bytes).prefix(40) {
      let before = text.before(hit.range.lowerBound, 130)
      guard let name = names.legalNames(in: before, text).last,
        hit.range.lowerBound - name.upperBound < 4
      else { continue }
      members.append(Member(name: name, isLegal: true, isDescribed: false))
    }
    let found = parties(members, text, rule: "party_signed")
    return found.count > 1 ? found : nil
  }

  /// Names with a legal form on the first page.
  private func named(_ text: ClauseText) -> [Finding<ContractParty>]? {
    let members = names.legalNames(in: text.after(0, 2500), text).prefix(6).map {
      Member(name: $0, isLegal: true, isDescribed: false)
    }
    let found = parties(members, text, rule: "party_name")
    return found.isEmpty ? nil : Array(found.prefix(2))
  }

  /// As findings, without repeated names.
  private func parties(_ members: [Member], _ text: ClauseText, rule: String? = nil) -> [Finding<ContractParty>] {
    var parties: [Finding<ContractParty>] = []
    var slugs: Set<String> = ["party", "parties", "agreement"]
    let terms = members.compactMap { $0.term.map(CarrierName.slug) }
    for member in members {
      var written = text.string(member.name)
      while let last = written.last, last == "," || last == ";" || last == " " { written.removeLast() }
      let slug = CarrierName.slug(written)
      // A form names a party again beside what it is called: `Customer Acme, Inc.`
      let isLabelled = terms.contains {
        slug.hasPrefix("\($0)-") && slugs.contains(String(slug.dropFirst($0.count + 1)))
      }
      guard slug.count > 1, !isLabelled, slugs.insert(slug).inserted else { continue }
      let rule = rule ?? (member.term != nil ? "party" : member.isLegal ? "party_listed" : "party_plain")
      if let evidence = text.evidence(member.name, rule) {
        parties.append(Finding(ContractParty(name: written, definedTerm: member.term), evidence))
      }
    }
    return parties
  }
}
