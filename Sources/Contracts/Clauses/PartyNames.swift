import Regex

/// What looks like the name of a company, an authority or a person.
struct PartyNames {
  /// With a legal form.
  private let name: Pattern
  /// Words with capitals up to what ends a name, `and` not being an end.
  private let joined: Pattern
  private let single: Pattern
  /// With a legal form, anywhere.
  private let legal: Pattern
  /// In small letters, where the words behind say what it is: `e-line works, a Florida corporation`.
  private let small = Rule.pattern(
    "\\G[a-z0-9][\\w.-]+(?: [\\w.-]+){0,3}(?=, an? (?:[\\w-]+ ){0,4}(?:corporation|company|partnership|association)\\b)"
  )
  /// At the end of a range.
  private let last = Rule.pattern(
    "(?<![\\w.’'&-])((?-i:\\p{Lu}[\\w.&’'-]*)(?:\\x20(?:(?-i:\\p{Lu}[\\w.&’'-]*|of|the|and|de|del|van|von|for)|&)){0,8}"
      + "\\x20(?-i:\\p{Lu}[\\w.&’'-]*))[\\s,]{0,3}$")
  private let label = Rule.pattern("\\G(?:\(Self.role)|company|agreed(?: to)?|accepted)(?: by)? ?:? ")
  /// Before the name of who filed the paper.
  private let source = Rule.pattern("\\bsource: ?$")
  private let rest = Rule.pattern(
    "\\G\\x20(?:(?-i:\\p{Lu}[a-z]{2,})|of (?:\(Places.pattern)))"
      + "(?=,? (?:(?:an?|not|as)\\s|\\((?:the |hereinafter )?\(Rule.quote)))")
  private let town = Rule.pattern("\\G(?:the )?(?:city|town|county|village|borough|parish|port|township) of ")
  private let state = Rule.pattern("\\G, (?:\(Places.pattern))(?=\\s?[,(])")
  private let quotes = Rule.pattern("[\"“‘'„]$")
  private let office = Rule.pattern(
    "\\b(?:officer|president|director|secretary|treasurer|chairman|counsel|title|name|by|attest|witness|source):? ")
  /// What somebody is called in an agreement, which is no name.
  private static let role =
    "(?:customer|client|supplier|contractor|consultant|licensee|licensor|distributor|franchisee|franchisor|provider"
    + "|seller|buyer|purchaser|vendor|reseller|agent|owner|employee|employer|lessor|lessee|landlord|tenant"
    + "|(?:initial |joint )?(?:investor|lender|borrower|sponsor|publisher|developer|manufacturer|operator|holder"
    + "|servicer|trustee|issuer|adviser|advisor|manager|partner|member|grantor|grantee|affiliate)s?)"
  /// A legal form, in the cases it is written in.
  private static let form =
    "(?-i:Incorporated|[Ii]nc|INC(?:ORPORATED)?|L\\.? ?L\\.? ?C|Ltd|LTD|Limited(?: Liability Company| Partnership)?"
    + "|LIMITED|Corp(?:oration)?|CORP(?:ORATION)?|Co(?:mpany)?|CO(?:MPANY)?|L\\.? ?P|LLP|LLLP|L\\.L\\.P|PLLC|ULC|PLC"
    + "|[Pp]lc|N\\.?V|B\\.?V|C\\.V|L\\.C|E\\.?I\\.?R\\.?L|P\\.C|P\\.A|S\\.?A(?:\\.?S|\\.?R\\.?L)?|S\\.?R\\.?L"
    + "|S\\.[àaÀ] ?[rR]\\.[lL]|A\\.?G|(?<=[a-z]\\x20)AS|KGaA|KG|G[Mm][Bb]H(?: & Co\\.? (?:KG|KGaA|OHG))?|m\\.b\\.H"
    + "|S\\.?p\\.?A|[Pp]ty|PTY|[Pp]te|PTE|Pvt|Private|(?:Sdn|SDN)\\.? (?:Bhd|BHD)|Bhd|BHD|L[Tt][Dd][Aa]|Oyj?|AB|ASA"
    + "|ApS|A/S|N\\.A|S/A|K\\.?K|G\\.I\\.E|FSB|de C\\.?V|S\\.? de R\\.? ?L\\.?(?: de C\\.?V)?"
    + "|[Ss]p\\.? ?z ?\\.?o\\.? ?\\.?o)\\b\\.?"
  /// What is no name even with a legal form.
  private let notName: Pattern
  /// What is none without one.
  private let notPlain: Pattern

  init() {
    let legalForm = "(?:corporation|company|limited|partnership)"
    let kind =
      "(?:limited|general|public|private|holding|joint stock|business|stock|mutual|management|parent|liability"
      + "|above-named|named|same|first|second|foreign|domestic|close|other|new|operating|surviving|resulting)"
    notName = Rule.pattern(
      "^(?:\(Rule.month)(?: \\d.*)?|\\d[\\d ,/.-]*|.*\\D\\d{5}.*|.*\\d\\.\\d+|.*\\b[ap]\\.m\\b.*|U\\.?S\\.?A\\.?"
        + "|an? (?:[\\w-]+ ){1,3}(?:corporation|company|limited|partnership|association).*"
        + "|.+\\bthe (?:company|bank|parties|agreement)\\b.*|.*\\d.*\\b(?:street|avenue|road|suite|floor)\\b.*"
        + "|.*\\bexchange commission|.*\\b(?:drug administration|internal revenue service)\\b.*"
        + "|federal (?:deposit insurance|trade|communications|reserve)\\b.*"
        + "|(?:l\\.?l?\\.?[cp]|inc(?:orporated)?|ltd|s\\. de r\\.l\\. de c\\.v)\\.?,?"
        + "|[\\d.]+ (?:the )?(?:company|limited|corporation)"
        + "|(?:\(Places.pattern)) (?:\(legalForm)|general|public|non|joint|nonprofit).*"
        + "|.*\\b(?:agreement|exhibit|section|article|whereas|shall|or any|illegible|undersigned|witness name"
        + "|chief \\w+ officer|vice president|managing director|attorney-in-fact|hereunder|date|p\\.?o\\.? box|hereby"
        + "|clause|incorporated (?:in|by|under|herein))\\b.*"
        + "|(?:this|each|such|both|either|these|those|during|including|certain|its)\\b.*"
        + "|(?:the )?(?:\(kind) ){0,2}(?:\(legalForm)|offering|undersigned|supplier|party|bank)"
        + "|the (?-i:[a-z]\\w+ [CcPp](?:ompany|orporation|artnership))|.*, (?-i:CO|NV)"
        + "|.*\\((?:\\w+(?:or|er|ee)|company|client|bank|agent)\\).*)$")
    notPlain = Rule.pattern(
      "^(?:\(Rule.month)\\b.*|.*\\d{5}.*|.*\\b(?:street|avenue|road|suite|box|floor)|\\w+ and (?:the )?\\w+"
        + "|(?:any|all|other|our|your)\\b.*|(?:\(Places.pattern))|(?:\(Self.role)|part(?:y|ies)|inc|llc|each|grant|now"
        + "|and|conditions|introduction|recitals?|definitions|terms|general|name|address|title|signature|contact|witness"
        + "|attention|telephone|fax|phone|schedule [a-z\\d]+|franchise owner)\\b.?)$")
    let form = Self.form
    let forms = "\(form)(?:,?\\x20\(form)){0,2}(?:\\x20of\\x20America\\b)?"
    let short =
      "(?:M(?:rs?|RS?|s|S)|D[Rr]|S[Tt]|J[Rr]|Messrs|Etc|ETC|Bros|BROS|Mfg|MFG|Intl|INTL|Assoc|Univ|Ind|Mt|Ft|Mgmt|Ins"
      + "|Natl)\\."
    let word =
      "(?-i:\\p{Lu}\\.(?:\\p{Lu}\\.)*|\(short)|[\\p{Lu}0-9][\\w&'’/+@-]*(?:\\.\\w[\\w.]*\\b)?)"
    let described = "(?:\(legalForm)|non-?profit|municipal|national|public|general)\\b"
    let next = "\\x20(?!an?\\x20(?:\\w+\\x20){0,2}\(described))"
    let token =
      "(?:\(word)|(?-i:[a-z]+[.-][\\w.-]+|[a-z]\\p{Lu}\\w+(?:\\.\\w+)?)|\\((?-i:\\p{Lu})[\\w .]{1,24}\\)|&"
      + "|[\"“](?-i:\\p{Lu})\\w+[\"”](?=\\x20(?-i:\\p{Lu}))"
      + "|(?-i:of|the|and|to|de|del|di|do|dos|du|des|for|in|da|la|von|van|y|et|und))"
    // A law or banking firm: `Hall, Webb & Sons, Inc.`
    let firm = "(?:\(word),\\x20){1,3}\(word)\\x20(?:&|and)\\x20\(word)(?:\\x20\(word))?,?\\x20\(forms)"
    let end =
      "(?=\\s{0,3}(?:[,;:(\\[\\n–]|-\\s|\\.?\\s{0,3}$|\\.\\s)|\\s+(?:an?(?!\\S)|d/b/a|dba|f/k/a|a/k/a|t/a|whose|with|having"
      + "|located|organi[sz]ed|incorporated|is|acting|on behalf|doing|as|at|formerly|hereinafter|hereafter|including"
      + "|registered|agent|agrees?|listed|named|identified|set forth|who|which|by its"
      + "|witnesseth)\\b|\\s+of\\s+(?:\\d|no\\.|p\\.?o\\.)"
    let first = "(?:\(word)|(?-i:[a-z]+[.-][\\w.-]+|[a-z]\\p{Lu}\\w+(?:\\.\\w+)?))"
    // `Kern & Company Holdings LP` does not end with `Company`.
    let whole = "(?![\\w])(?!\\x20\(word)(?:\\x20\(word)){0,2},?\\x20\(form)(?![\\w]))"
    let plain = "\\G(\(first)(?:\(next)\(token)){0,9}?)"
    name = Rule.pattern(
      "\\G(?:(\(firm)|\(first)(?:\(next)(?:\(token)|[-–](?=\\x20))){0,9}?,?\\x20\(forms)\(whole)))")
    joined = Rule.pattern("\(plain)\(end))")
    single = Rule.pattern("\(plain)\(end)|\\s+and\\s)")
    legal = Rule.pattern(
      "(?<![\\w.-])(\(firm)|\(word)(?:\(next)(?:\(word)|&|(?-i:of|and|the|de|for)|\\((?-i:\\p{Lu})[\\w .]{1,24}\\))){0,8}?"
        + ",?\\x20\(forms)\(whole))")
  }

  /// The name that `range` begins with; `isLegal` when it has a legal form.
  ///
  /// `isJoined` lets `and` be part of a name without one.
  func name(at range: Range<Int>, isJoined: Bool, _ text: ClauseText) -> (range: Range<Int>, isLegal: Bool)? {
    if let found = name.first(in: text.bytes, within: range)?[1], isName(found, isLegal: true, text) {
      return (continued(found, text), true)
    }
    if quotes.first(in: text.bytes, within: text.before(range.lowerBound, 4)) != nil { return nil }
    let plain = (isJoined ? joined : single).first(in: text.bytes, within: range)?[1]
    if let plain, isName(plain, isLegal: false, text) { return (withState(onItsLine(plain, text), text), false) }
    return small.first(in: text.bytes, within: range).flatMap {
      isName($0.range, isLegal: false, text) ? ($0.range, false) : nil
    }
  }

  /// With what follows a legal form and ends as a name does: `Harbor Trust Company Americas,`, `Alder, Inc. of Ohio (`.
  private func continued(_ range: Range<Int>, _ text: ClauseText) -> Range<Int> {
    rest.first(in: text.bytes, within: text.after(range.upperBound, 60)).map { range.lowerBound..<$0.range.upperBound }
      ?? range
  }

  /// `Town of Eastwick, Ohio`.
  private func withState(_ range: Range<Int>, _ text: ClauseText) -> Range<Int> {
    guard town.first(in: text.bytes, within: range) != nil,
      let state = state.first(in: text.bytes, within: text.after(range.upperBound, 60))
    else { return range }
    return range.lowerBound..<state.range.upperBound
  }

  /// What of a name without a legal form stands on its line, where it begins that line: below may be the address.
  private func onItsLine(_ range: Range<Int>, _ text: ClauseText) -> Range<Int> {
    let end = text.text.lineEnd(at: range.lowerBound)
    guard end < range.upperBound, text.text.isLineStart(range.lowerBound),
      isName(range.lowerBound..<end, isLegal: false, text)
    else {
      return range
    }
    return range.lowerBound..<end
  }

  /// Names with a legal form, in the order of the text.
  func legalNames(in range: Range<Int>, _ text: ClauseText) -> [Range<Int>] {
    legal.all(in: text.bytes, within: range).compactMap { $0[1] }.map { found in
      // A person's office stands before it where people sign in two columns.
      office.all(in: text.bytes, within: found).last.map { $0.range.upperBound..<found.upperBound } ?? found
    }.map { unlabelled($0, text) }.filter {
      isName($0, isLegal: true, text) && source.first(in: text.bytes, within: text.before($0.lowerBound, 10)) == nil
    }
  }

  /// Without a role that stands on a line of its own, or with a colon, before the name.
  private func unlabelled(_ range: Range<Int>, _ text: ClauseText) -> Range<Int> {
    guard let label = label.first(in: text.bytes, within: range)?.range, label.upperBound < range.upperBound,
      text.bytes[label].contains(0x3A) || text.text.isLineStart(label.upperBound)
    else { return range }
    return label.upperBound..<range.upperBound
  }

  /// The words with capitals, at least two, that `range` ends with.
  func lastName(in range: Range<Int>, _ text: ClauseText) -> Range<Int>? {
    guard let found = last.first(in: text.bytes, within: range)?[1], isName(found, isLegal: false, text) else {
      return nil
    }
    return found
  }

  private func isName(_ range: Range<Int>, isLegal: Bool, _ text: ClauseText) -> Bool {
    guard range.count > 2, range.count < 120 else { return false }
    let name = Array(text.string(range).utf8)
    return notName.first(in: name) == nil && (isLegal || notPlain.first(in: name) == nil)
  }
}
