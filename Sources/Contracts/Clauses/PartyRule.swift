import Domain
import Pages
import Regex

/// Who makes the agreement: the names between `between` and the recitals, each with what it is called from there on.
///
/// Every list that could be the one of the parties is weighed by what its names are, by the words that lead to it and by
/// who signs; labels, signatures and the first page are asked only where no list names two parties.
struct PartyRule {
  /// A list of names and how well the words around it say that it is the one of the parties.
  private struct Proposal {
    var members: [PartyMember]
    var region: Range<Int>
    var weight: Int

    /// Whether nothing says that its names are those of somebody.
    var isBare: Bool { !members.contains { $0.isLegal || $0.isDescribed || $0.term != nil } }
  }

  private let names: PartyNames
  private let terms: PartyTerms
  private let list: PartyList
  private let signers: PartySigners
  private let labels: PartyLabels
  private let opening = Rule.pattern(
    "\\bparties(?: to this \\w+)?(?: are)? ?:|\\b(?:between|among|amongst|by and among|by and between|entered into by"
      + "|made by|executed by|parties (?:hereto|to this (?:\\w+ ){1,5}?)\\s*are|parties ?:?(?= \\(?1[.)])"
      + "|by these presents,? that|agreement,? by"
      + "|(?:made|entered into|executed|effective)\\b[^.;()]{0,90}?(?:\\([^()]{0,60}\\),?)? by)\\b(?! and (?:between|among))"
  )
  private let closing = Rule.pattern(
    "\\b(?:whereas|recitals?|now,? therefore|witness ?eth|w i t n e s s|background|preamble|in consideration"
      + "|table of contents|the parties agree|agree as follows|in witness whereof|by: ?/s/|by: ?_)")
  /// A sentence that makes an agreement without `between`: `A and B agree as follows`.
  private let making = Rule.pattern(
    "\\b(?:agrees? (?:as|that|to|upon)|confirms?(?:,[^.;]{0,40},)? (?:its|their) (?:mutual |respective )?agreements?|hereby agree"
      + "|each a \(Rule.quote)part|\\bthe \(Rule.quote)parties|(?:hereinafter|hereafter) (?:jointly |collectively "
      + "|together |individually )?(?:referred to as|called)|sets? forth the terms|certifies)")
  private let separator = Rule.pattern(
    "(?:[,;:.)\\]\"”\\n]\\s{0,2}|\\s)and[\\s:]+(?:between\\s+)?(?:the )?|;\\s{1,2}|\\)[,.]?\\s{1,2}|(\\n|[,:]\\x20)")
  private let and = Rule.pattern(" and ")
  private let heading = Rule.pattern("(?-i:[A-Z]{4,}) (?=(?-i:[A-Z][a-z]))|: |\\bagreements? with ")
  /// Words of this agreement before the list.
  private let own = Rule.pattern(
    "\\bth(?:is|e present) (?:[\\w&,’'/-]+ ){0,9}?(?:agreement|contract|amendment|addendum|lease|licen[sc]e|memorandum"
      + "|guaranty|undertaking|letter|order|supplement|schedule|deed)\\b|\\bagreement,? (?:is )?(?:made|entered|dated|by)"
      + "|\\bby and (?:between|among)\\b|\\bparties (?:to|hereto)")
  /// Words of another agreement.
  private let other = Rule.pattern(
    "\\bthat certain\\b|\\bpursuant to\\b|\\breference is\\b|\\bin accordance with\\b|\\bentered into an? \\b|\\bas defined in"
      + "|\\b(?:has|have|had) (?:previously )?(?:entered|executed)|\\bprior\\b|\\bwhereas\\b|\\bas amended\\b|\\bsubject to\\b"
      + "|\\b(?:dispute|relationship|difference|conflict|inconsistenc(?:y|ies))s?\\b")
  private let undersigned = Rule.pattern("\\bundersigned\\b")
  /// The parties, or some of them, are named where they sign.
  private let elsewhere = Rule.pattern(
    "\\bsignature page|\\b(?:set forth|listed|named|identified|whose names|indicated|subscribed) (?:\\w+ ){0,4}"
      + "(?:below|hereto|herein|above|schedule|page|signature)|\\bundersigned\\b|\\babove-named\\b")

  init() {
    names = PartyNames()
    terms = PartyTerms()
    list = PartyList(names: names, terms: terms)
    signers = PartySigners(names: names)
    labels = PartyLabels(names: names)
  }

  func read(_ text: ClauseText) -> [Finding<ContractParty>] {
    let signing = signers.companies(text)
    let signed = Set(signing.map { PartySlug.of($0.name, text) })
    let best = completed(proposals(signed, text), text).max { $0.weight < $1.weight }
    var members = best.map { resolved($0.members, text) } ?? []
    if let best, best.weight < 10 || best.isBare { members = [] }
    if let best, members.count == 1 || elsewhere.first(in: text.bytes, within: best.region) != nil {
      members = added(members.count == 1 ? labels.read(text) : [], to: members, text)
      if refersToSigners(best.region, text) {
        members = added(signing, to: members, text)
      } else if members.count == 1 {
        // Two make an agreement where nothing says that there are more.
        members = Array(added(signing, to: members, text).prefix(2))
      }
    }
    if members.count == 1 {
      members = Array(added(titled(text).filter { stands($0, text) }, to: members, text).prefix(2))
    }
    if members.isEmpty {
      let people = undersigned.first(in: text.bytes, within: text.after(0, 3000)) != nil ? signers.people(text) : []
      let others = [
        labels.read(text), acting(text), unique(signing + people, text), titled(text), signers.people(text),
      ]
      members = others.first { $0.count > 1 } ?? titled(text)
    }
    return findings(members, text)
  }

  // MARK: - Lists

  private func proposals(_ signed: Set<String>, _ text: ClauseText) -> [Proposal] {
    let zone = text.after(0, 40_000)
    var found: [Proposal] = []
    for hit in opening.all(in: text.bytes, within: zone).prefix(24) {
      let rest = text.after(hit.range.upperBound, 3500)
      let end = closing.first(in: text.bytes, within: rest)?.range.lowerBound ?? rest.upperBound
      let region = hit.range.upperBound..<min(end, rest.upperBound)
      let members = unique(list.members(in: region, text), text)
      guard !members.isEmpty else { continue }
      let weight = weight(members, signed, text) + context(hit.range, text)
      found.append(Proposal(members: members, region: region, weight: weight))
      if members.count > 1, weight > 26 { break }
    }
    if found.contains(where: { $0.members.count > 1 && $0.weight > 22 }) { return found }
    return found + made(signed, text)
  }

  /// What the names themselves say: two or more, described, with terms, signing.
  private func weight(_ members: [PartyMember], _ signed: Set<String>, _ text: ClauseText) -> Int {
    let points = members.prefix(4).map { member in
      (member.term != nil ? 4 : 0) + (member.isLegal ? 2 : 0) + (member.isDescribed ? 1 : 0)
        + (signed.contains(PartySlug.of(member.name, text)) ? 3 : 0)
    }
    return (members.count > 1 ? 10 : 0) + points.reduce(0, +) * 2 / points.count
  }

  /// What the words before the list say, and how far behind the beginning it stands.
  private func context(_ opening: Range<Int>, _ text: ClauseText) -> Int {
    let sentence = text.sentences[text.sentence(at: opening.lowerBound)]
    let near = text.before(opening.lowerBound, 350).lowerBound
    let before = max(near, min(sentence.lowerBound, opening.lowerBound))..<opening.upperBound
    var points = -min(opening.lowerBound / 4000, 6)
    points += own.first(in: text.bytes, within: before) != nil ? 5 : -4
    if other.first(in: text.bytes, within: before) != nil { points -= 6 }
    return points
  }

  /// Parties named in a sentence that makes the agreement, each by its definition.
  private func made(_ signed: Set<String>, _ text: ClauseText) -> [Proposal] {
    var found: [Proposal] = []
    for hit in making.all(in: text.bytes, within: text.after(0, 12_000)).prefix(6) {
      let sentence = text.sentences[text.sentence(at: hit.range.lowerBound)]
      var start = sentence.lowerBound
      for definition in terms.definitions(in: sentence, text).prefix(4) {
        let segment = start..<max(start, definition.range.lowerBound)
        start = definition.range.upperBound
        guard segment.count < 900, let name = defined(segment, definition, text) else { continue }
        let region = name.lowerBound..<sentence.upperBound
        let members = list.members(in: region, text)
        guard members.count > 1, members.contains(where: { $0.term != nil }) else { continue }
        let weight = weight(members, signed, text) - min(name.lowerBound / 4000, 6)
        found.append(Proposal(members: members, region: region, weight: weight))
        return found
      }
    }
    return found
  }

  /// The name in what stands before a definition: behind the last `and` or heading, else the last with a legal form.
  private func defined(
    _ segment: Range<Int>, _ definition: PartyTerms.Definition, _ text: ClauseText
  ) -> Range<Int>? {
    let starts =
      [segment.lowerBound] + separator.all(in: text.bytes, within: segment).map(\.range.upperBound)
      + heading.all(in: text.bytes, within: segment).map(\.range.upperBound)
    for start in starts.sorted() where start < segment.upperBound {
      if let member = list.member(start..<segment.upperBound, isJoined: true, [definition], text),
        member.isLegal || member.isDescribed
      {
        return member.name
      }
    }
    return names.legalNames(in: segment, text).last ?? names.lastName(in: segment, text)
  }

  /// Names with a legal form whose terms do what only parties do, wherever the first pages define them.
  private func acting(_ text: ClauseText) -> [PartyMember] {
    var start = 0
    var found: [PartyMember] = []
    for definition in terms.definitions(in: text.after(0, 6000), text).prefix(12) {
      let segment = max(start, text.before(definition.range.lowerBound, 300).lowerBound)..<definition.range.lowerBound
      start = definition.range.upperBound
      guard let name = names.legalNames(in: segment, text).last, terms.acts(definition.words, text) > 1 else {
        continue
      }
      found.append(
        PartyMember(name: name, isLegal: true, term: definition.words, isDescribed: false, rule: "party_defined"))
    }
    return unique(found, text)
  }

  // MARK: - Names for names

  /// Each party that is only called by its term or the beginning of its name, by the name itself.
  private func resolved(_ members: [PartyMember], _ text: ClauseText) -> [PartyMember] {
    let plain = members.filter { !$0.isLegal && $0.term == nil && !$0.isDescribed }
    guard !plain.isEmpty else { return members }
    let zone = text.after(0, 15_000)
    let definitions = terms.definitions(in: zone, text)
    let legal = names.legalNames(in: zone, text)
    return members.map { member in
      guard !member.isLegal, member.term == nil, !member.isDescribed else { return member }
      let slug = CarrierName.slug(text.string(member.name))
      let definition = definitions.first { CarrierName.slug($0.words) == slug }
      if let definition, let name = defined(text.before(definition.range.lowerBound, 300), definition, text) {
        return PartyMember(name: name, isLegal: true, term: definition.words, isDescribed: true)
      }
      let whole = legal.first {
        CarrierName.slug(text.string($0)).hasPrefix(slug + "-") && and.first(in: text.bytes, within: $0) == nil
      }
      return whole.map { PartyMember(name: $0, isLegal: true, term: nil, isDescribed: member.isDescribed) } ?? member
    }
  }

  private func refersToSigners(_ region: Range<Int>, _ text: ClauseText) -> Bool {
    elsewhere.all(in: text.bytes, within: region).contains { text.string($0.range).lowercased().contains("sign") }
  }

  /// `members` and those of `others` that are none of them.
  private func added(_ others: [PartyMember], to members: [PartyMember], _ text: ClauseText) -> [PartyMember] {
    let slugs = members.map { PartySlug.of($0.name, text) }
    let more = others.filter { other in
      let slug = PartySlug.of(other.name, text)
      return !slugs.contains { PartySlug.isSame($0, slug) }
    }
    return members + unique(more, text)
  }

  /// Each list with the names that only a longer one before it has, as that of the cover.
  private func completed(_ proposals: [Proposal], _ text: ClauseText) -> [Proposal] {
    proposals.map { proposal in
      let slugs = proposal.members.map { PartySlug.of($0.name, text) }
      let longer = proposals.first { other in
        other.region.upperBound <= proposal.region.lowerBound && other.members.count > slugs.count
          && other.members.count < slugs.count + 4 && other.members.allSatisfy(\.isLegal)
          && slugs.allSatisfy { slug in other.members.contains { PartySlug.of($0.name, text) == slug } }
      }
      var proposal = proposal
      if slugs.count > 1, let longer { proposal.members = added(longer.members, to: proposal.members, text) }
      return proposal
    }
  }

  private func unique(_ members: [PartyMember], _ text: ClauseText) -> [PartyMember] {
    var kept: [PartyMember] = []
    for member in members {
      let slug = PartySlug.of(member.name, text)
      let isKnown = kept.contains { PartySlug.of($0.name, text) == slug }
      if !isKnown { kept.append(member) }
    }
    return kept
  }

  // MARK: - Where nothing else says it

  /// Names with a legal form on the first page, those that stand again later on first.
  private func titled(_ text: ClauseText) -> [PartyMember] {
    let all = names.legalNames(in: text.after(0, 2500), text).prefix(8).map {
      PartyMember(name: $0, isLegal: true, isDescribed: false, rule: "party_name")
    }
    return Array(added(Array(all.dropFirst()), to: Array(all.prefix(1)), text).prefix(2))
  }

  /// Whether the name stands a second time.
  private func stands(_ member: PartyMember, _ text: ClauseText) -> Bool {
    text.occurrences(of: Array(text.string(member.name).utf8), atMost: 2) == 2
  }

  /// As findings, without repeated names.
  private func findings(_ members: [PartyMember], _ text: ClauseText) -> [Finding<ContractParty>] {
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
      // What a party is called, standing where a party is named.
      let isTerm =
        !member.isLegal && members.contains { $0.name != member.name && $0.term.map(CarrierName.slug) == slug }
      guard slug.count > 1, !isLabelled, !isTerm, slugs.insert(slug).inserted else { continue }
      let rule = member.rule ?? (member.term != nil ? "party" : member.isLegal ? "party_listed" : "party_plain")
      if let evidence = text.evidence(member.name, rule) {
        parties.append(Finding(ContractParty(name: written, definedTerm: member.term), evidence))
      }
    }
    return parties
  }
}
