import Regex

/// A name in a list of parties.
struct PartyMember {
  var name: Range<Int>
  var isLegal: Bool
  /// What it is called, as in `(the "Customer")`.
  var term: String?
  /// Whether what follows the name can only follow a party.
  var isDescribed: Bool
  /// How it was found, where no list names it.
  var rule: String?
}

/// Reads the names in `between A, a Delaware corporation ("Seller"), and B, of 5 Mill Lane ("Buyer")`.
///
/// A name without a legal form is a party where something describes it as one, where a term of a party is defined behind
/// it, or side by side with the first.
struct PartyList {
  let names: PartyNames
  let terms: PartyTerms

  private let lead = Rule.pattern(
    "\\G(?:[\\s,;:.)–\\d•\"“-]|\\(?(?:[ivx]{1,4}|[a-d1-9])\\)|(?:and|between|by|among|amongst|with|each of|either"
      + "|the following|of the (?:first|second|one|other) part|on (?:the )?(?:one|other) (?:hand|part|side)"
      + "|(?-i:the)|parties|party a|party b|is|made|entered into|as of|effective|for itself|on behalf of itself"
      + "|(?:m(?:r|s|rs)|messrs)\\.\\s(?=\\w)|its (?:wholly[- ]owned )?(?:subsidiary|affiliate|parent)"
      + "|made)\\b)*")
  /// Where the next party may begin; behind a comma, a colon or on a new line only a name with a legal form.
  private let separator = Rule.pattern(
    "(?:[,;:.)\\]\"”\\n]\\s{0,2}|\\s)and[\\s:]+(?:between\\s+)?(?:the )?|;\\s{1,2}|\\)[,.]?\\s{1,2}"
      + "|\\bagreements? with (?:the )?|\\b(?:in favou?r of|for the benefit of|appoints?|agents? (?:for|of))\\s(?:the )?"
      + "|(\\n|[,:]\\x20)"
  )
  private let beside = Rule.pattern(
    "\\G[\\s,]{0,3}(?:[(\\[][^()]{0,80}[)\\]])?[\\s,]{0,3}and[\\s:]+(?:the )?$")
  /// What follows a party's name.
  private let described = Rule.pattern(
    "\\G(?: \\([^()]{1,40}\\)(?= an? ))?[\\s,]{0,3}(?:[(\\[](?:each |collectively|together)"
      + "|(?:hereinafter|hereafter) (?:\\w+ ){0,3}(?:called|as)\\b|whose |having |with (?:its |an? |offices?|principal"
      + "|registered|address)|doing business|d/b/a|trading as|of (?:no\\.? ?)?\\d|located |organi[sz]ed |incorporated "
      + "|an? (?:[\\w’'-]+,? ){0,6}?(?:corporation|company|partnership|association|bank|trust|organi[sz]ation"
      + "|municipality"
      + "|authority|institution|citizen|resident|individual|person|entity|division|subsidiary|university|agency"
      + "|businessperson|firm|cooperative|society|venture|body|proprietorship)\\b)")
  private let ends = Rule.pattern("\\G\\s{0,3}(?:[.;(\\n]|and\\s|$)")
  private let and = Rule.pattern(" and ")
  private let goesOn = Rule.pattern("\\G[\\s,;.]{0,4}(?:and\\b|;|\\(?\\d[.)])")
  /// What stands before a name that only its definition makes a party.
  private let led = Rule.pattern(
    "(?:\\b(?:and|for|by|between|among|with)|[;)]|\\d,)\\s{1,2}(?:the |m(?:r|s|rs)\\. |dr\\. )?$")
  private let strong = Rule.pattern("(?:\\band[\\s:]+(?:the )?|;\\s{1,2}|\\b(?:of|for) (?:the )?)$")

  /// Names joined by `and` are one where that still leaves two parties, else each its own.
  func members(in region: Range<Int>, _ text: ClauseText) -> [PartyMember] {
    let joined = walk(region, isJoined: true, text)
    if joined.count > 1,
      !joined.dropFirst().contains(where: { text.string(joined[0].name).hasSuffix(text.string($0.name)) })
    {
      return joined
    }
    let split = walk(region, isJoined: false, text)
    return split.count > 1 ? split : joined
  }

  private func walk(_ region: Range<Int>, isJoined: Bool, _ text: ClauseText) -> [PartyMember] {
    let definitions = terms.definitions(in: region, text)
    var members: [PartyMember] = []
    var limit = region.upperBound
    let starts =
      [(region.lowerBound, false)]
      + separator.all(in: text.bytes, within: region).map { ($0.range.upperBound, $0[1] != nil) }
    for (start, isLoose) in starts where start < limit {
      let last = members.last?.name.upperBound ?? region.lowerBound
      guard start >= last, let member = member(start..<limit, isJoined: isJoined, definitions, text) else { continue }
      if isLoose, !member.isLegal || isTwo(member.name, text) { continue }
      if members.count > 1, !continues(last..<member.name.lowerBound, text) {
        limit = member.name.lowerBound
        break
      }
      if start != region.lowerBound, !member.isLegal, !member.isDescribed,
        !isNamed(member, after: members.last, at: start, definitions, text),
        members.count != 1 || beside.first(in: text.bytes, within: last..<start) == nil
      {
        continue
      }
      members.append(member)
      if members.count == 16 { break }
    }
    members = withDefined(members, definitions.filter { $0.range.upperBound <= limit }, from: region.lowerBound, text)
    for index in members.indices {
      let next = index + 1 < members.count ? members[index + 1].name.lowerBound : limit
      let name = members[index].name
      let most = max(min(next, name.upperBound + 900), name.upperBound)
      members[index].term =
        definitions.first { $0.range.lowerBound >= name.upperBound && $0.range.upperBound <= most }?.words
    }
    return members
  }

  /// The party that begins in `range` behind words like `between` and `and`.
  func member(
    _ range: Range<Int>, isJoined: Bool, _ definitions: [PartyTerms.Definition], _ text: ClauseText
  ) -> PartyMember? {
    guard let head = lead.first(in: text.bytes, within: range) else { return nil }
    let start = head.range.upperBound
    guard start < range.upperBound, var found = names.name(at: start..<range.upperBound, isJoined: isJoined, text)
    else { return nil }
    if !isJoined, let and = and.first(in: text.bytes, within: found.range) {
      guard let first = names.name(at: start..<and.range.lowerBound, isJoined: false, text) else { return nil }
      found = first
    }
    let tail = text.after(found.range.upperBound, 260)
    var member = PartyMember(name: found.range, isLegal: found.isLegal, isDescribed: false)
    member.isDescribed =
      described.first(in: text.bytes, within: tail) != nil
      || definitions.contains { (0..<5).contains($0.range.lowerBound - found.range.upperBound) }
    guard
      found.isLegal || member.isDescribed || ends.first(in: text.bytes, within: tail) != nil
        || definition(of: member, definitions, text) != nil
    else { return nil }
    return member
  }

  /// Whether the list of parties goes on here: no sentence ends, or it is short and begins with `and`.
  private func continues(_ segment: Range<Int>, _ text: ClauseText) -> Bool {
    if segment.isEmpty { return true }
    return text.sentence(at: segment.lowerBound) == text.sentence(at: segment.upperBound - 1)
      || (segment.count < 250 && goesOn.first(in: text.bytes, within: segment) != nil)
  }

  /// Whether `name` is two, the second with a legal form: `Lee Han and Sunrise Co., Ltd.` behind `Represented by:`.
  private func isTwo(_ name: Range<Int>, _ text: ClauseText) -> Bool {
    and.all(in: text.bytes, within: name).contains {
      text.text.isLineStart($0.range.lowerBound + 1) || text.text.isLineStart($0.range.upperBound)
    }
  }

  // MARK: - Names that their definitions make parties

  /// The definition of a party's term behind the name, with no other name between them.
  private func definition(
    of member: PartyMember, _ definitions: [PartyTerms.Definition], _ text: ClauseText
  ) -> PartyTerms.Definition? {
    guard let next = definitions.first(where: { $0.range.lowerBound >= member.name.upperBound }),
      next.range.lowerBound - member.name.upperBound < 400,
      terms.isOfParty(next.words, text.string(member.name), text),
      names.legalNames(in: member.name.upperBound..<next.range.lowerBound, text).isEmpty
    else { return nil }
    return next
  }

  /// Whether a definition makes `member` a party that is not rather that of the party before.
  private func isNamed(
    _ member: PartyMember, after last: PartyMember?, at start: Int, _ definitions: [PartyTerms.Definition],
    _ text: ClauseText
  ) -> Bool {
    guard definition(of: member, definitions, text) != nil else { return false }
    guard let last else { return true }
    let between = last.name.upperBound..<max(start, last.name.upperBound)
    if definitions.contains(where: { between.contains($0.range.lowerBound) }) { return true }
    return last.isDescribed && strong.first(in: text.bytes, within: between) != nil
  }

  /// Adds the names that stand right before the definition of a party's term that belongs to no other name.
  private func withDefined(
    _ members: [PartyMember], _ definitions: [PartyTerms.Definition], from start: Int, _ text: ClauseText
  ) -> [PartyMember] {
    var all = members
    var start = start
    for definition in definitions {
      let segment = start..<max(start, definition.range.lowerBound)
      start = definition.range.upperBound
      if members.contains(where: { segment.contains($0.name.lowerBound) }) { continue }
      guard let name = names.lastName(in: segment, text), terms.isOfParty(definition.words, text.string(name), text),
        led.first(in: text.bytes, within: text.before(name.lowerBound, 12).clamped(to: segment)) != nil
      else { continue }
      all.append(PartyMember(name: name, isLegal: false, term: nil, isDescribed: false, rule: "party_defined"))
    }
    return all.sorted { $0.name.lowerBound < $1.name.lowerBound }
  }
}
