import Domain
import Model
import Records
import YAML

extension TableProposal {
  /// The name a mapping of such a table is saved under: what a row is, and eight digits of the digest of its headings.
  package var name: String { "\(entity.singular)-\(table.signature.digest)" }

  /// A complete mapping file: every column placed, ignored with a reason, or marked `undecided` for a person.
  package var yaml: String {
    let base = base ?? MappingSpec(entity: entity)
    let headers = table.signature.headers
    var lines = [
      "name: \(name)", "version: \(base.version)", "entity: \(entity.singular)", "mode: \(base.mode.rawValue)",
    ]
    if let most = base.maxDeletes { lines.append("max_deletes: \(most)") }
    let sheet = base.sheet.map { "], sheet: \(YAMLWriter.quote($0))}" }
    lines += Self.wrapped("signature: {headers: [", headers.map(YAMLWriter.quote), sheet ?? "]}")
    let defaults = base.defaults.members(unit: "bandwidth_unit")
    if !defaults.isEmpty { lines.append("defaults: {\(defaults.joined(separator: ", "))}") }
    lines.append("columns:")
    let writer = ColumnText(self)
    lines += columns.map { "  " + YAMLWriter.quote(headers[$0.index]) + ": " + writer.text(of: $0) }
    let missing = missingKeys
    if !missing.isEmpty || !base.constants.isEmpty { lines.append("constants:") }
    lines += base.constants.map {
      "  \($0.header): \(YAMLWriter.quote($0.fallback ?? ""))  # as in \(ColumnText.remark(base.file))"
    }
    for target in missing {
      lines.append("  \(target.text(main: entity)): undecided  # decide: \(question(target))")
    }
    let policies = base.onMissing.sorted { $0.key < $1.key }.map { name, policy in
      "\(Inventory.entity(name)?.singular ?? name): \(policy.rawValue)"
    }
    if !policies.isEmpty { lines.append("on_missing: {\(policies.joined(separator: ", "))}") }
    if base.clear != "#N/A" { lines.append("clear: \(YAMLWriter.quote(base.clear))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Items of a list over lines of at most 110 letters.
  private static func wrapped(_ start: String, _ items: [String], _ end: String) -> [String] {
    var lines: [String] = []
    var line = start
    for (index, item) in items.enumerated() {
      let piece = item + (index + 1 < items.count ? "," : end)
      if line != start, line.count + piece.count > 110 {
        lines.append(line)
        line = "   "
      }
      line += (line.hasSuffix("[") ? "" : " ") + piece
    }
    return lines + [items.isEmpty ? line + end : line]
  }

  /// Parts of keys that no column gives, of the records the accepted columns make.
  private var missingKeys: [Target] {
    var spec = MappingSpec(entity: entity)
    spec.columns = columns.compactMap { column in
      column.accepted?.meaning.target.map { ColumnRule(header: column.header, target: $0) }
    }
    spec.constants = base?.constants ?? []
    var missing: [Target] = []
    while case .failure(.incompleteKey(let singular, let field)) = Result(catching: { () throws(MappingError) in
      try RowPlan(spec)
    }) {
      let wanted = Self.giver(of: singular, field)
      guard missing.count < 8, let target = Target.parse(wanted, main: entity), !missing.contains(target) else { break }
      missing.append(target)
      spec.constants.append(ColumnRule(header: wanted, target: target))
    }
    func order(_ target: Target) -> Int { Inventory.entity(target.entity)?.number ?? 0 }
    return missing.sorted { order($0) < order($1) }
  }

  private func question(_ target: Target) -> String {
    let owner = Inventory.entity(target.entity)?.singular ?? ""
    if target.entity == entity.name || owner == "carrier" { return "no column gives it, and every row needs it" }
    return "no column gives it, and a \(owner) needs it; or ignore its columns and take this line out"
  }

  /// The target that gives a part of a key: its own, or what names the record it refers to.
  private static func giver(of singular: String, _ field: String) -> String {
    let reference = Inventory.entity(singular: singular)?.field(field)?.reference
    guard let referred = reference.flatMap({ Inventory.entity($0) }) else { return "\(singular).\(field)" }
    if referred.field("slug") != nil { return "\(referred.singular).name" }
    let own = referred.key.first { referred.field($0.field)?.reference == nil }?.field ?? ""
    return "\(referred.singular).\(own)"
  }
}

/// The line of a mapping file about one column, and what a person still has to say about it.
struct ColumnText {
  private let proposal: TableProposal
  private let entity: Entity

  init(_ proposal: TableProposal) {
    self.proposal = proposal
    entity = proposal.entity
  }

  func text(of column: ColumnProposal) -> String {
    switch column.decision {
    case .accepted(let candidate): accepted(column, candidate)
    case .ignored(let reason): "ignore  # \(Self.remark(reason))"
    case .abstained(let reason): "undecided  # " + undecided(column, reason)
    case .proposed(let candidate, let by):
      "{proposed: \(candidate.meaning.text(main: entity)), by: \(YAMLWriter.quote(by))}"
        + "  # decide: write to: in place of proposed:, another target, or ignore"
    }
  }

  private func undecided(_ column: ColumnProposal, _ reason: String) -> String {
    let targets = column.candidates.filter { $0.meaning.target != nil }.map {
      "\($0.meaning.text(main: entity)) (\(Self.score($0.score)))"
    }
    let known = column.candidates.first.flatMap { candidate in
      candidate.meaning.home.map { ["\(candidate.meaning.text(main: entity)) of \($0)"] }
    }
    let near = targets.isEmpty ? known ?? [] : targets
    return "decide: " + Self.remark(reason) + (near.isEmpty ? "" : "; near: " + near.joined(separator: ", "))
  }

  private func accepted(_ column: ColumnProposal, _ candidate: Candidate) -> String {
    var parts = ["to: " + candidate.meaning.text(main: entity)]
    var questions: [String] = []
    if let kept = column.kept, kept.target == candidate.meaning.target { parts += kept.members }
    for need in ReadingNeed.all(column, candidate.meaning, in: proposal) where column.kept?.settles(need.key) != true {
      parts.append("\(need.key): \(need.value ?? "undecided")")
      if let question = need.question { questions.append("decide: " + question) }
    }
    let remark = "\(Self.score(candidate.score)) \(candidate.why)"
    return "{\(parts.joined(separator: ", "))}  # \(Self.remark((questions + [remark]).joined(separator: "; ")))"
  }

  /// Text fit for the end of a line.
  static func remark(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? " " : $0 }
          .filter { ![0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains($0.value) }))
  }

  static func score(_ percent: Int) -> String {
    percent >= 100 ? "1.00" : "0." + (percent < 10 ? "0" : "") + String(percent)
  }
}

/// A way of reading that the texts of a column need, settled by the table or asked of a person.
struct ReadingNeed {
  let key: String
  /// nil where only a person can say.
  let value: String?
  let question: String?

  private init(_ key: String, _ value: String?, _ question: String? = nil) {
    self.key = key
    self.value = value
    self.question = question
  }

  static func all(_ column: ColumnProposal, _ meaning: Meaning, in proposal: TableProposal) -> [ReadingNeed] {
    let units = HeaderUnits(HeaderTokens.split(column.header))
    switch meaning.type {
    case .date: return dates(column.column)
    case .money: return decimal(column.column) + currency(column, meaning, units, proposal)
    case .bandwidth: return unit(column.column, units)
    case .degrees: return decimal(column.column)
    case .code: return words(column, meaning)
    default: return []
    }
  }

  /// Words of a closed list that nobody knows: each is asked about.
  private static func words(_ column: ColumnProposal, _ meaning: Meaning) -> [ReadingNeed] {
    guard let target = meaning.target, let entity = Inventory.entity(target.entity),
      case .code(let codes) = entity.fields[target.field].type
    else { return [] }
    let list = CodeList(entity.name, entity.fields[target.field].name, codes)
    let unknown = column.samples.filter { word in TextBytes.withBytes(of: word) { list.find(TextBytes.trim($0)) } == nil
    }
    if unknown.isEmpty { return [] }
    let entries = unknown.map { "\(YAMLWriter.quote($0)): undecided" }.joined(separator: ", ")
    return [ReadingNeed("enum", "{\(entries)}", "one of \(codes.joined(separator: ", ")) for each word")]
  }

  private static func dates(_ column: SourceTable.Column) -> [ReadingNeed] {
    switch column.dateWord {
    case "dmy", "mdy": [ReadingNeed("dates", column.dateWord)]
    case "ambiguous":
      [ReadingNeed("dates", nil, "dmy or mdy, \(doubtfulDate(column)) both ways")]
    case "conflict": [ReadingNeed("dates", nil, "dmy or mdy, the rows disagree")]
    default: []
    }
  }

  private static func decimal(_ column: SourceTable.Column) -> [ReadingNeed] {
    switch column.decimalWord {
    case "comma": [ReadingNeed("decimal", "comma")]
    case "ambiguous":
      [ReadingNeed("decimal", nil, "point or comma, \(example(column)) is an amount both ways")]
    case "conflict": [ReadingNeed("decimal", nil, "point or comma, the rows disagree")]
    default: []
    }
  }

  /// Dates that begin with their year do not read both ways, whatever else the column holds.
  private static func doubtfulDate(_ column: SourceTable.Column) -> String {
    column.samples.first(where: readsBothWays).map { "\"\($0)\" is a date" } ?? "some are dates"
  }

  private static func readsBothWays(_ text: String) -> Bool {
    TextBytes.withBytes(of: text) {
      do throws(DateError) {
        _ = try CalendarDate.parse($0, order: nil)
        return false
      } catch {
        return if case .ambiguous = error { true } else { false }
      }
    }
  }

  private static func example(_ column: SourceTable.Column) -> String {
    column.samples.first { $0.contains("/") || $0.contains(".") || $0.contains(",") || $0.contains("-") }
      .map { "\"\($0)\"" } ?? "every value"
  }

  private static func currency(
    _ column: ColumnProposal, _ meaning: Meaning, _ units: HeaderUnits, _ proposal: TableProposal
  ) -> [ReadingNeed] {
    if let own = units.currency { return [ReadingNeed("currency", own.code)] }
    let isNamed = proposal.columns.contains { other in
      guard let target = other.accepted?.meaning.target, target.entity == meaning.target?.entity else { return false }
      return Meaning.target(target).type == .currency
    }
    let samples = column.samples
    if isNamed || (samples.isEmpty && column.column.filled == 0) { return [] }
    if !samples.isEmpty, samples.allSatisfy(ValueEvidence.hasSign) { return [] }
    if let given = proposal.currency { return [ReadingNeed("currency", given)] }
    return [ReadingNeed("currency", nil, "the currency, such as USD or EUR; no column gives it")]
  }

  private static func unit(_ column: SourceTable.Column, _ units: HeaderUnits) -> [ReadingNeed] {
    if let unit = units.bandwidth { return [ReadingNeed("unit", unit.rawValue)] }
    let bare = column.samples.filter(ValueEvidence.isNumber)
    return bare.isEmpty ? [] : [ReadingNeed("unit", nil, "kbps, mbps or gbps, \"\(bare[0])\" names none")]
  }
}

extension Reading {
  /// As members of a YAML group.
  func members(unit name: String) -> [String] {
    [
      currency.map { "currency: \($0.code)" }, mark.map { "decimal: \($0.rawValue)" },
      order.map { "dates: \($0.rawValue)" }, unit.map { "\(name): \($0.rawValue)" },
    ].compactMap(\.self)
  }
}

extension ColumnRule {
  /// What a saved rule says beyond its target, as members of a YAML group.
  var members: [String] {
    var out: [String] = []
    if !words.isEmpty {
      let list = words.sorted { $0.key < $1.key }.map { "\(YAMLWriter.quote($0.key)): \(YAMLWriter.quote($0.value))" }
      out.append("enum: {\(list.joined(separator: ", "))}")
    }
    out += reading.members(unit: "unit")
    if required { out.append("required: true") }
    if let fallback { out.append("default: \(YAMLWriter.quote(fallback))") }
    if let by { out.append("by: \(YAMLWriter.quote(by))") }
    return out
  }

  /// Whether the rule itself says how this is read.
  func settles(_ key: String) -> Bool {
    switch key {
    case "currency": reading.currency != nil
    case "decimal": reading.mark != nil
    case "dates": reading.order != nil
    case "unit": reading.unit != nil
    case "enum": !words.isEmpty
    default: false
    }
  }
}
