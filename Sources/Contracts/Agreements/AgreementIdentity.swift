import Domain
import Pages
import Regex

/// Says what kind of paper an agreement is, its number, and the agreement it stands under.
struct AgreementIdentity {
  private let kinds: [(ContractKind, Pattern)]
  private let number: Pattern
  private let amendment = Rule.pattern(
    "\\b(?:amendment|addendum|change order)(?: (?:no\\.?|number|#))? ?(\\d{1,3}|(?-i:[A-Z])|\(Rule.number))\\b|\\b"
      + "(\(Rule.ordinal)) (?:amendment|addendum)"
  )
  private let under: Pattern
  private let amended: Pattern
  /// `The General Terms GT-118 apply.`
  private let applied = Rule.pattern(
    "\\b((?:general|master|standard) terms(?: and conditions)?|master (?:\\w+ ){0,4}agreement|MSA) "
      + "\(AgreementIdentity.identifier) (?=(?:shall |will )?(?:appl(?:y|ies)|governs?|controls?)\\b)"
  )
  private let flattened = FlattenedTable()

  /// A number has a figure, and begins and ends with a letter or figure.
  static let identifier = "((?-i:[A-Z0-9])(?=[A-Z0-9./_-]*\\d)[A-Z0-9./_-]{2,34}(?-i:[A-Z0-9]))"

  init() {
    let words: [(ContractKind, String)] = [
      (.loa, "letter of (?:agency|authori[sz]ation)|LOA/CFA"),
      (.amendment, "amendment|addendum|change order|change agreement"),
      (.sow, "statement of work"),
      (
        .serviceOrder,
        "(?:service|customer|sales|work|purchase|carrier|access|equipment)? ?order(?: form| agreement| schedule)?"
          + "|service (?:schedule|attachment|order)|order form"
      ),
      (
        .msa,
        "master (?:\\w+ ){0,4}agreement|master terms|carrier services agreement|general (?:service )?terms(?: and"
          + " conditions)?"
      ),
      (.lease, "(?:\\w+ )?lease(?: agreement)?"),
      (.license, "licen[sc]e(?: agreement)?|dark fib(?:er|re) (?:iru|agreement)"),
      (.quote, "quot(?:e|ation)|proposal"),
      (.msa, "services? agreement"),
    ]
    kinds = words.map { ($0.0, Rule.pattern("\\b(?:\($0.1))\\b")) }
    let label = "(?:no\\.?|number|num\\.?|#|id|reference|ref\\.?)"
    let paper =
      "(?:(?:master )?(?:service|services|carrier services|customer|sales)? ?(?:agreement|contract|order|lease"
      + "|license|quote|schedule)|SO|MSA|SOW|statement of work|amendment)"
    number = Rule.pattern("\\b(?:(?:this )?\(paper)(?: form)? ?(?:\(label) ?[:#]{0,2}|[:#]) ?)\(Self.identifier)")
    under = Rule.pattern(
      "\\b((?:master (?:\\w+ ){0,4}agreement|MSA|master terms|(?:governing|parent|underlying|original) (?:\\w+ ){0,2}"
        + "(?:agreement|order|contract)|service order|order form|(?:carrier |customer )?services? agreement|agreement"
        + "|contract|order)(?: \\([^()]{1,40}\\))?(?:,)?(?: (?:dated|effective)[^.;]{4,60}?)?(?:,)? ?(?:with )?"
        + "(?:\(label) ?[:#]{0,2}|[:#]) ?)\(Self.identifier)"
    )
    amended = Rule.pattern(
      "\\b((?:amends?|amending|amendment (?:no\\.? ?\\w+ )?(?:to|of)|modif\\w+|supplements?|under|pursuant to|subject"
        + " to|governed by|part of)(?: the| that(?: certain)?)? (?:master (?:\\w+ ){0,4}agreement|MSA|service order"
        + "|order(?: form)?|(?:carrier |customer )?services? agreement|general terms|agreement|contract|framework)(?:"
        + " (?:\(label)) ?[:#]{0,2})? ?)\(Self.identifier)(?![\\w/])"
    )
  }

  func read(_ text: ClauseText, into reading: inout ContractReading) {
    reading.kind = kind(text, title: reading.title)
    let kind = reading.kind?.value
    let zone = text.after(0, 6000)
    let own = number(text, zone, kind)
    reading.parent = parent(text, kind, own: own?.value)
    reading.number = own ?? numbered(text, kind, reading.parent) ?? flattened.number(text)
    if let number = reading.number?.value, reading.parent?.value == number { reading.parent = nil }
  }

  /// By the title where there is one, the first kind named in it deciding an amendment of something else.
  private func kind(_ text: ClauseText, title: Finding<String>?) -> Finding<ContractKind>? {
    if let title {
      let bytes = Array(title.value.utf8)
      for (kind, pattern) in kinds where pattern.first(in: bytes) != nil { return Finding(kind, title.evidence) }
    }
    return heading(text.text.pages.first)
  }

  /// By the first short line in capitals or with capital initials at the head of the first page.
  private func heading(_ page: Page?) -> Finding<ContractKind>? {
    guard let page else { return nil }
    for line in TableLine.all(of: page, number: 0).prefix(8) {
      for phrase in line.phrases where (1...8).contains(phrase.words.count) {
        let words = phrase.text.split(separator: " ").filter { $0.count > 3 && $0.first?.isLetter == true }
        guard !words.isEmpty, words.allSatisfy({ $0.first?.isUppercase == true }) else { continue }
        let bytes = Array(phrase.text.utf8)
        for (kind, pattern) in kinds where pattern.first(in: bytes)?.range.lowerBound == 0 {
          return Finding(kind, TableEvidence.of(phrase.words, on: phrase.words, page, PriceConfidence.label))
        }
      }
    }
    return nil
  }

  private func number(_ text: ClauseText, _ zone: Range<Int>, _ kind: ContractKind?) -> Finding<String>? {
    let names = Self.names(kind)
    for match in number.all(in: text.bytes, within: zone) {
      guard let value = match[1] else { continue }
      let label = text.string(match.range.lowerBound..<value.lowerBound).lowercased()
      let before = text.string(text.before(match.range.lowerBound, 40)).lowercased()
      if [
        "under ", "pursuant to ", "subject to ", "to the ", "governed by ", "governing ", "parent ", "master ", "with ",
        "amends ", "of the ",
      ]
      .contains(where: { before.hasSuffix($0) || before.hasSuffix($0 + "the ") }) {
        continue
      }
      if let names, !names.contains(where: { label.contains($0) }) { continue }
      return text.text.evidence(
        match.range, method: "label/number", confidence: PriceConfidence.label
      ).map { Finding(text.string(value), $0) }
    }
    return nil
  }

  /// Words of a label that may give the number of a paper of the kind; nil for any.
  private static func names(_ kind: ContractKind?) -> [String]? {
    switch kind {
    case .serviceOrder: ["order", "schedule", "so"]
    case .msa: ["agreement", "contract", "msa"]
    case .amendment: ["amendment"]
    case .sow: ["sow", "statement"]
    case .quote: ["quote"]
    default: nil
    }
  }

  /// An order or amendment names the agreement above it; an order that is amended comes before the master agreement.
  private func parent(_ text: ClauseText, _ kind: ContractKind?, own: String?) -> Finding<String>? {
    guard kind != .msa else { return nil }
    var found: Finding<String>?
    let zone = text.after(0, 12_000)
    let named = [amended, under, applied].flatMap { $0.all(in: text.bytes, within: zone) }
    for match in named {
      guard let label = match[1], let value = match[2] else { continue }
      let number = text.string(value)
      guard number != own else { continue }
      let words = text.string(label).lowercased()
      let isMaster = ["master", "msa", "agreement", "terms", "framework"].contains(where: words.contains)
      guard kind == .amendment || isMaster,
        let evidence = text.text.evidence(
          match.range, method: "label/parent", confidence: PriceConfidence.label)
      else { continue }
      if kind == .amendment, words.contains("order") { return Finding(number, evidence) }
      found = found ?? Finding(number, evidence)
    }
    return found
  }

  /// `Amendment No. 2` to `MSA-1001` is `MSA-1001 AMENDMENT 2`: its own number says too little.
  private func numbered(_ text: ClauseText, _ kind: ContractKind?, _ parent: Finding<String>?) -> Finding<String>? {
    guard kind == .amendment, let parent, let match = amendment.first(in: text.bytes, within: text.after(0, 3000)),
      let words = match[1] ?? match[2],
      let evidence = text.text.evidence(
        match.range, method: "label/amendment", confidence: PriceConfidence.label)
    else { return nil }
    let written = text.string(words)
    let count = NumberWords.value(written).map(String.init) ?? written.uppercased()
    return Finding("\(parent.value) AMENDMENT \(count)", evidence)
  }
}
