import Domain
import Pages
import Regex

/// Reads prices that stand behind a label or in a sentence, where there is no table.
struct PriceLabels {
  private enum Field {
    case mrc, nrc, totalMRC, totalNRC, circuit, service, bandwidth, quantity, term, addressA, addressZ
  }

  private struct Hit {
    let field: Field
    let range: Range<Int>
    let value: Range<Int>
  }

  private let rules: [(Field, Pattern)]
  private let before = Rule.pattern(
    "\\b(?:late|minimum|maximum|exceed\\w*|credit\\w*|refund\\w*|up to|estimated|additional|excess|overage"
      + "|previous\\w*|former\\w*|current\\w*|old|existing|prior|average|greater|lesser|than|less|penalty|deposit|tax"
      + "(?:es)?)\\W+(?:\\w+\\W+){0,2}$"
  )
  private let change = Rule.pattern(
    "^[^.;]{0,40}?\\bfrom (?:\(Amounts.money))(?: per month| monthly)? to ?(\(Amounts.money))")

  init(labels: [PriceColumn: [String]] = [:]) {
    let money = Amounts.money
    let bond =
      "(?: \\([^()]{1,24}\\)){0,2}(?: (?:for|of) (?:the|this|each|such|all) [\\w ]{0,40}?)?(?: (?:shall be|will be|is"
      + "|are|of|equal to|at|in the amount of|totals?|shall equal))?(?: (?:an? |the )?(?:amount|sum|rate) of)?"
      + " ?[:=–-]? ?(?:[A-Z][\\w -]{4,80} dollars ?\\(? ?)?"
    let recurring =
      "(?:monthly recurring (?:charges?|fees?|costs?|rates?)|MRC|monthly (?:service )?(?:charge|fee|rate|price"
      + "|cost)s?|recurring monthly (?:charge|fee)s?)"
    let once =
      "(?:non[- ]?recurring (?:charges?|fees?|costs?)|NRC|one[- ]time (?:installation |set-?up |activation )?"
      + "(?:charge|fee|cost)s?|(?:installation|set[- ]?up|activation|install) (?:charge|fee|cost)s?)"
    let end =
      "(?=\\s*(?:$|\\n|;|\\b(?:circuit|service|location|address|term|monthly|MRC|NRC|non|one|install|set|bandwidth"
      + "|speed|quantity|qty|total|site|order|customer)\\b[^\\n]{0,30}:))"
    func own(_ columns: PriceColumn...) -> String {
      columns.flatMap { labels[$0] ?? [] }.map { "|" + Self.escaped($0) }.joined()
    }
    let words: [(Field, String)] = [
      (.totalMRC, "\\btotal(?: order| contract)? \(recurring)\(bond)(\(money))"),
      (.totalNRC, "\\btotal(?: order| contract)? \(once)\(bond)(\(money))"),
      (.mrc, "\\b(?:\(recurring)\(own(.mrc)))\(bond)(\(money))"),
      (.nrc, "\\b(?:\(once)\(own(.nrc)))\(bond)(\(money))"),
      (
        .mrc,
        "(?:charges?|fees?|pay|price|rate)\\b[^.;\\n$€£]{0,60}?\\b(?:of|at|is|be) ?(\(money)) ?(?:per month|monthly"
          + "|each month|a month|/ ?mo(?:nth)?)\\b"
      ),
      (
        .circuit,
        "\\b(?:circuit ?(?:id|number|no\\.?|#)?\(own(.circuit))) ?[:#] ?((?-i:[A-Z0-9])[A-Z0-9./_-]{3,40}(?:"
          + " ?[./][A-Z0-9./_-]+)*)"
      ),
      (.bandwidth, "\\b(?:bandwidth|speed|port speed|capacity\(own(.bandwidth))) ?: ?(\\d[\\d.,]* ?[KMGT]\\w*)"),
      (.quantity, "\\b(?:quantity|qty\(own(.quantity))) ?: ?(\\d{1,4})\\b"),
      (
        .term,
        "\\b(?:(?:initial |service |order |contract )?term(?: length| \\(months\\)| in months)?\(own(.term))) ?: ?"
          + "(\\d{1,3}(?: ?\\(\\w+\\))?[- ]?(?:months?|years?|mos?\\b)?)"
      ),
      (.service, "(?:^|\\n|\\s)(?:service(?: type| description)?|product\(own(.service))) ?: ?([^\\n:;]{3,60}?)\(end)"),
      (
        .addressA,
        "\\b(?:(?:location|site|address|end) a(?: address)?|a[- ](?:location|end|site)(?: address)?|service "
          + "(?:address|location)|install\\w* address\(own(.addressA))) ?: ?([^\\n;]{6,90}?)\(end)"
      ),
      (
        .addressZ,
        "\\b(?:(?:location|site|address|end) z(?: address)?|z[- ](?:location|end|site)(?: address)?\(own(.addressZ)))"
          + " ?: ?([^\\n;]{6,90}?)\(end)"
      ),
    ]
    rules = words.map { ($0.0, Rule.pattern($0.1)) }
  }

  private static func escaped(_ label: String) -> String {
    label.reduce(into: "") { out, character in
      if !character.isLetter, !character.isNumber, character != " " { out += "\\" }
      out.append(character)
    }
  }

  /// Lines in the order of the text: a label that comes again begins a new one.
  func read(_ text: ClauseText, _ amounts: Amounts) -> PriceTables.Found {
    var found = PriceTables.Found()
    var line = PriceLine(number: 1)
    var seen: Set<Int> = []
    func finish() {
      if line.mrc != nil || line.nrc != nil { found.lines.append(line) }
      line = PriceLine(number: found.lines.count + 1)
      seen = []
    }
    for hit in hits(text) {
      switch hit.field {
      case .totalMRC: found.totalMRC = found.totalMRC ?? money(hit, text, amounts)
      case .totalNRC: found.totalNRC = found.totalNRC ?? money(hit, text, amounts)
      default:
        let slot = slot(hit.field)
        if isKnown(slot, line, hit, text, amounts) { continue }
        if seen.contains(slot) { finish() }
        seen.insert(slot)
        take(hit, text, amounts, &line)
      }
    }
    finish()
    return found
  }

  private func slot(_ field: Field) -> Int {
    switch field {
    case .mrc: 0
    case .nrc: 1
    case .circuit: 2
    case .service: 3
    case .bandwidth: 4
    case .quantity: 5
    case .term: 6
    case .addressA: 7
    case .addressZ: 8
    case .totalMRC, .totalNRC: 9
    }
  }

  /// Whether the line already says exactly this: a price that is repeated is no second line.
  private func isKnown(_ slot: Int, _ line: PriceLine, _ hit: Hit, _ text: ClauseText, _ amounts: Amounts) -> Bool {
    switch slot {
    case 0: line.mrc != nil && line.mrc?.value == money(hit, text, amounts)?.value
    case 1: line.nrc != nil && line.nrc?.value == money(hit, text, amounts)?.value
    case 2: line.circuitID?.value == text.string(hit.value)
    case 6: line.term != nil && line.mrc == nil
    default: slot > 2 && line.mrc != nil
    }
  }

  private func hits(_ text: ClauseText) -> [Hit] {
    var hits: [Hit] = []
    for (field, pattern) in rules {
      for match in pattern.all(in: text.bytes) {
        guard let value = match[1] else { continue }
        let isMoney = field == .mrc || field == .nrc
        if isMoney, before.first(in: text.bytes, within: text.before(match.range.lowerBound, 40)) != nil { continue }
        let hit = Hit(field: field, range: match.range, value: value)
        if isMoney || field == .totalMRC || field == .totalNRC, isHeading(hit, text) { continue }
        hits.append(hit)
      }
    }
    hits += changes(text)
    hits.sort { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }
    var kept: [Hit] = []
    for hit in hits where hit.range.lowerBound >= kept.last?.range.upperBound ?? 0 { kept.append(hit) }
    return kept
  }

  private let bound = Rule.pattern("[:=]|\\b(?:of|is|be|are|at|to|total\\w*|equal|amount)\\b")
  private let headings = Rule.pattern(
    "\\b(?:MRC|NRC|charges?|fees?|monthly|recurring|rates?|one[- ]time|install\\w*|qty|quantity|term|new|current"
      + "|circuit id)\\b[^\\d$€£:]{0,24}$")

  /// Whether the amount only follows a row of headings: then it may be any column's.
  private func isHeading(_ hit: Hit, _ text: ClauseText) -> Bool {
    let label = hit.range.lowerBound..<hit.value.lowerBound
    return bound.first(in: text.bytes, within: label) == nil
      && headings.first(in: text.bytes, within: text.before(hit.range.lowerBound, 40)) != nil
  }

  private let priced = Rule.pattern(
    "\\b(?:(monthly recurring (?:charge|fee)s?|MRC|monthly (?:charge|fee|rate)s?)|(non[- ]?recurring (?:charge|fee)s?"
      + "|NRC))\\b"
  )

  /// `the MRC is reduced from USD 900.00 to USD 700.00`: the price is the second.
  private func changes(_ text: ClauseText) -> [Hit] {
    priced.all(in: text.bytes).compactMap { match in
      let rest = text.after(match.range.upperBound, 160)
      guard let hit = change.first(in: Array(text.bytes[rest])), let value = hit[1] else { return nil }
      let start = rest.lowerBound
      return Hit(
        field: match[1] != nil ? .mrc : .nrc, range: match.range.lowerBound..<start + hit.range.upperBound,
        value: start + value.lowerBound..<start + value.upperBound)
    }
  }

  private func evidence(_ hit: Hit, _ text: ClauseText, _ doubts: [Doubt] = []) -> Evidence? {
    text.text.evidence(
      hit.range, method: "label", confidence: PriceConfidence.label, doubts: doubts.map(\.rawValue))
  }

  private func money(_ hit: Hit, _ text: ClauseText, _ amounts: Amounts) -> Finding<Money>? {
    guard let found = amounts.found(text.bytes, hit.value) else { return nil }
    return evidence(hit, text, found.hasCurrency ? [] : [.currencyAssumed]).map { Finding(found.money, $0) }
  }

  private func take(_ hit: Hit, _ text: ClauseText, _ amounts: Amounts, _ line: inout PriceLine) {
    let words = text.string(hit.value)
    let bytes = Array(words.utf8)
    guard let evidence = evidence(hit, text) else { return }
    switch hit.field {
    case .mrc: line.mrc = money(hit, text, amounts)
    case .nrc: line.nrc = money(hit, text, amounts)
    case .circuit:
      if bytes.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) { line.circuitID = Finding(words, evidence) }
    case .service: line.serviceType = Finding(words, evidence)
    case .bandwidth:
      line.bandwidth = bytes.withUnsafeBufferPointer { try? Bandwidth.parse($0) }.map { Finding($0, evidence) }
    case .quantity: line.quantity = Int(words).map { Finding($0, evidence) }
    case .term:
      let plain = words.split(separator: "(")[0].split(separator: " ").joined(separator: " ")
      line.term = TextBytes.withBytes(of: plain) { try? Term.parse($0) }.map { Finding($0, evidence) }
    case .addressA: line.addressA = Finding(words, evidence)
    case .addressZ: line.addressZ = Finding(words, evidence)
    case .totalMRC, .totalNRC: break
    }
  }
}
