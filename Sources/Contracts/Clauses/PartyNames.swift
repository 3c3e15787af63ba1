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
  private let quotes = Rule.pattern("[\"“‘'„]$")
  private let office = Rule.pattern(
    "\\b(?:officer|president|director|secretary|treasurer|chairman|counsel|title|name|by):? ")
  private let notName = Rule.pattern(
    "^(?:\(Rule.month)\\b.*|\\d[\\d ,/.-]*|.*\\d{5}.*|an? (?:[\\w-]+ ){1,3}(?:corporation|company|limited"
      + "|partnership|association).*|.*\\bthe (?:company|bank|parties|agreement)\\b.*|.*\\b[ap]\\.m\\b.*|.*\\d\\.\\d+"
      + "|(?:l\\.?l?\\.?[cp]|inc|ltd)\\.?,?|U\\.?S\\.?A\\.?|[\\d.]+ (?:the )?(?:company|limited|corporation)"
      + "|(?:\(Places.pattern)) (?:limited|corporation|company|general|public"
      + "|partnership|non|joint|nonprofit).*|.*\\b(?:agreement|exhibit|section|article|whereas|shall|date|street|avenue"
      + "|road|suite|box|floor|hereby|clause|incorporated (?:in|by|under|herein))\\b.*"
      + "|(?:this|each|such|any|all|both|either|these|those|during|including|other|certain|its|our|your)\\b.*"
      + "|(?:the )?(?:(?:limited|general|public|private|holding|joint stock|business|stock|mutual|management|parent"
      + "|liability|above-named|named|same|first|second|foreign|domestic|close|other|new|operating|surviving"
      + "|resulting) ){0,2}(?:company|corporation|limited|partnership|offering|undersigned|supplier|party)"
      + "|the \\w+ (?:company|corporation|partnership)|\\w+ and (?:the )?\\w+|.*, (?-i:CO|NV)"
      + "|(?:\(Places.pattern))|(?:part(?:y|ies)|company|corporation|limited|inc|llc|ltd|each|grant|now|this|these"
      + "|and|conditions|introduction|recitals?|definitions|terms|general|customer|client|supplier|contractor"
      + "|consultant|licensee|licensor|distributor|franchisee|franchisor|provider|seller|buyer|purchaser|vendor"
      + "|reseller|agent|owner|employee|employer|lessor|lessee|landlord|tenant|the undersigned)\\b.?)$")

  init() {
    let form =
      "(?-i:[Ii]nc(?:orporated)?|INC(?:ORPORATED)?|L\\.? ?L\\.? ?C|Ltd|LTD|Limited(?: Liability Company"
      + "| Partnership)?|LIMITED|Corp(?:oration)?|CORP(?:ORATION)?|Co(?:mpany)?|CO(?:MPANY)?|L\\.? ?P|LLP|LLLP"
      + "|L\\.L\\.P|PLLC|ULC|PLC|[Pp]lc|N\\.?V|B\\.?V|S\\.?A(?:\\.?S|\\.?R\\.?L)?|S\\.?R\\.?L|S\\.[àa] ?r\\.l|A\\.?G"
      + "|KGaA|KG|GmbH|S\\.?p\\.?A|[Pp]ty|PTY|[Pp]te|PTE|Pvt|Private|Sdn\\.? Bhd|L[Tt][Dd][Aa]|Oyj?|AB|ASA|ApS|A/S"
      + "|N\\.A|S/A|K\\.?K|G\\.I\\.E|FSB|de C\\.?V|[Ss]p\\.? ?z ?\\.?o\\.? ?\\.?o)\\b\\.?"
    let forms = "\(form)(?:,?\\x20\(form)){0,2}(?:\\x20of\\x20America\\b)?"
    let word =
      "(?-i:\\p{Lu}\\.(?:\\p{Lu}\\.)*|(?:M(?:rs?|RS?|s|S)|D[Rr]|S[Tt]|J[Rr]|Messrs)\\.|[\\p{Lu}0-9][\\w&'’/+@-]*"
      + "(?:\\.\\w[\\w.]*\\b)?)"
    let kind = "(?:corporation|company|limited|partnership|non-?profit|municipal|national|public|general)\\b"
    let next = "\\x20(?!an?\\x20(?:\\w+\\x20){0,2}\(kind))"
    let token =
      "(?:\(word)|(?-i:[a-z]+[.-][\\w.-]+|[a-z]\\p{Lu}\\w+)|\\((?-i:\\p{Lu})[\\w .]{1,24}\\)|&"
      + "|(?-i:of|the|and|de|do|for|in|da|la|d/b/a|dba|von|van|y|et|und))"
    // A law or banking firm: `Hall, Webb & Sons, Inc.`
    let firm = "(?:\(word),\\x20){1,3}\(word)\\x20(?:&|and)\\x20\(word)(?:\\x20\(word))?,?\\x20\(forms)"
    let end =
      "(?=\\s{0,3}(?:[,;:(\\[\\n–]|-\\s|\\.?\\s{0,3}$|\\.\\s)|\\s+(?:an?|whose|with|having|located|organi[sz]ed"
      + "|incorporated|is|acting|on behalf|doing|as|at|formerly|hereinafter|hereafter|including|registered|agent"
      + "|agrees?|witnesseth)\\b|\\s+of\\s+(?:\\d|no\\.|p\\.?o\\.)"
    let first = "(?:\(word)|(?-i:[a-z]+[.-][\\w.-]+|[a-z]\\p{Lu}\\w+))"
    // `Kern & Company Holdings LP` does not end with `Company`.
    let whole = "(?![\\w])(?!\\x20\(word)(?:\\x20\(word)){0,2},?\\x20\(form)(?![\\w]))"
    let plain = "\\G(\(first)(?:\(next)\(token)){0,9}?)"
    name = Rule.pattern(
      "\\G(?:(\(firm)|\(first)(?:\(next)(?:\(token)|[-–](?=\\x20))){0,9}?,?\\x20\(forms)\(whole)))")
    joined = Rule.pattern("\(plain)\(end))")
    single = Rule.pattern("\(plain)\(end)|\\s+and\\s)")
    legal = Rule.pattern(
      "(?<![\\w.-])(\(firm)|\(word)(?:\\x20(?:\(word)|&|(?-i:of|and|the|de|for)|\\((?-i:\\p{Lu})[\\w .]{1,24}\\))){0,8}?"
        + ",?\\x20\(forms)\(whole))")
  }

  /// The name that `range` begins with; `isLegal` when it has a legal form.
  ///
  /// `isJoined` lets `and` be part of a name without one.
  func name(at range: Range<Int>, isJoined: Bool, _ text: ClauseText) -> (range: Range<Int>, isLegal: Bool)? {
    if let found = name.first(in: text.bytes, within: range)?[1], isName(found, text) { return (found, true) }
    if quotes.first(in: text.bytes, within: text.before(range.lowerBound, 4)) != nil { return nil }
    let plain = (isJoined ? joined : single).first(in: text.bytes, within: range)?[1]
    if let plain, isName(plain, text) { return (plain, false) }
    return small.first(in: text.bytes, within: range).flatMap { isName($0.range, text) ? ($0.range, false) : nil }
  }

  /// Names with a legal form, in the order of the text.
  func legalNames(in range: Range<Int>, _ text: ClauseText) -> [Range<Int>] {
    legal.all(in: text.bytes, within: range).compactMap { $0[1] }.map { found in
      // A person's office stands before it where people sign in two columns.
      office.all(in: text.bytes, within: found).last.map { $0.range.upperBound..<found.upperBound } ?? found
    }.filter { isName($0, text) }
  }

  private func isName(_ range: Range<Int>, _ text: ClauseText) -> Bool {
    range.count > 2 && range.count < 120 && notName.first(in: Array(text.string(range).utf8)) == nil
  }
}
