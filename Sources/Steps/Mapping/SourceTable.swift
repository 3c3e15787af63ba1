import Domain
import Model
package import Records

/// The columns of one incoming table, with what its first pass found out about them.
package struct SourceTable {
  package struct Column: Sendable {
    /// The text of the header row.
    package let name: String
    /// The member of each record.
    package let property: String
    package var kinds: [String: Int] = [:]
    package var filled = 0
    /// Up to five distinct values, as they stand in the file.
    package var samples: [String] = []
    /// What the whole column proves, in the words of `x-columns`: `dmy`, `ambiguous`, ...; nil for columns without dates.
    package var dateWord: String?
    /// `point`, `comma`, `ambiguous`, `none`, `conflict`; nil for columns without numbers.
    package var decimalWord: String?
    /// The row that proves the order of dates, or the decimal mark.
    package var dateRow: Int?
    package var decimalRow: Int?
    /// Whether the first pass looked into it at all.
    var isLookedInto = false

    package init(name: String, property: String) {
      self.name = name
      self.property = property
    }

    var order: DateOrder? { dateWord.flatMap { DateOrder(rawValue: $0) } }
    var mark: DecimalMark? { decimalWord.flatMap { DecimalMark(rawValue: $0) } }
    var hasDates: Bool { dateWord != nil }
    var isEmpty: Bool { isLookedInto && filled == 0 }
  }

  package let columns: [Column]
  /// Of a workbook.
  package let sheet: String?
  /// A table made of rejects: it has columns of ours, and apostrophes before what would run as a formula.
  let isMadeOfRejects: Bool
  private let repeated: Set<String>

  package init(_ schema: SchemaMessage) {
    sheet = schema.origin?["sheet"]?.text
    let described = (schema.columns?.items ?? []).compactMap { item -> Column? in
      guard let name = item["name"]?.text else { return nil }
      var column = Column(name: name, property: item["property"]?.text ?? name)
      for kind in item["kinds"]?.members ?? [] { column.kinds[kind.name] = Self.count(kind.value) ?? 0 }
      column.filled = Self.count(item["filled"]) ?? column.kinds.values.reduce(0, +)
      column.dateWord = item["dates"]?.text
      column.decimalWord = item["decimal"]?.text
      column.dateRow = item["dates_rows"]?.items.first?.int
      column.decimalRow = item["decimal_rows"]?.items.first?.int
      column.samples = (item["samples"]?.items ?? []).compactMap(\.text)
      column.isLookedInto = item["filled"] != nil
      return column
    }
    let properties = schema.properties.map(\.name).filter { !RejectWriter.ownColumns.contains($0) }
    let all = described.isEmpty ? properties.map { Column(name: $0, property: $0) } : described
    isMadeOfRejects = RejectWriter.made(all.map(\.name))
    columns = isMadeOfRejects ? all.filter { !RejectWriter.ownColumns.contains($0.name) } : all
    var times: [String: Int] = [:]
    for column in columns { times[column.name, default: 0] += 1 }
    repeated = Set(times.filter { $0.value > 1 }.keys)
  }

  /// A number of cells; nil for what no table has, whose sums would not fit a number.
  private static func count(_ json: JSON?) -> Int? { json?.int.flatMap { 0...(1 << 40) ~= $0 ? $0 : nil } }

  init(properties: [String]) {
    sheet = nil
    columns = properties.filter { !RejectWriter.ownColumns.contains($0) }.map { Column(name: $0, property: $0) }
    isMadeOfRejects = false
    repeated = []
  }

  /// A column as people are told of it: by its header, or as `MRC_2` where two have the same.
  func title(_ column: Int) -> String {
    repeated.contains(columns[column].name) ? columns[column].property : columns[column].name
  }

  /// Letters and digits only, folded: how headers are compared once they are not equal.
  package static func normalized(_ header: String) -> String {
    var folded: [UInt8] = []
    TextBytes.withBytes(of: header) { TextBytes.appendFolded($0, into: &folded) }
    folded.removeAll { $0 < 0x80 && !($0 &- 0x30 < 10 || $0 &- 0x61 < 26) }
    return String(decoding: folded, as: UTF8.self)
  }

  /// The place of a header: exact, then as property name, then normalised where that is one column only.
  func index(of header: String) -> Int? {
    if let found = columns.firstIndex(where: { $0.name == header }) { return found }
    if let found = columns.firstIndex(where: { $0.property == header }) { return found }
    let wanted = Self.normalized(header)
    if wanted.isEmpty { return nil }
    let found = columns.indices.filter { Self.normalized(columns[$0].name) == wanted }
    return found.count == 1 ? found[0] : nil
  }
}

/// One rule of a mapping, tied to a column of the table and to the place of its value.
struct BoundRule {
  let header: String
  /// nil for a constant.
  let column: Int?
  let part: Int
  let slot: Int
  let reader: CellReader
  let required: Bool
  let fallback: [UInt8]?
  /// Where the second of two speeds goes.
  var upSlot: Int?
}

/// A mapping tied to a table.
struct Binding {
  let table: SourceTable
  let plan: RowPlan
  private(set) var rules: [BoundRule] = []
  /// Columns the mapping names and the table lacks.
  private(set) var absent: [String] = []

  init(_ spec: MappingSpec, _ table: SourceTable) throws(MappingError) {
    self.table = table
    plan = try RowPlan(spec)
    var named: Set<Int> = []
    var missing: [String] = []
    for rule in spec.columns {
      guard let column = table.index(of: rule.header) else {
        if rule.required { missing.append(rule.header) } else if rule.target != nil { absent.append(rule.header) }
        continue
      }
      named.insert(column)
      add(rule, column, spec)
    }
    if !missing.isEmpty { throw .missingColumns(missing, mapping: spec.file) }
    let others = table.columns.indices.filter { !named.contains($0) }.map { table.title($0) }
    if !others.isEmpty, !spec.ignoresOthers { throw .unknownColumns(others, mapping: spec.file) }
    for rule in spec.constants { add(rule, nil, spec) }
    // A record's currency is known before its amounts are read.
    rules = rules.filter { $0.reader.type == .currency } + rules.filter { $0.reader.type != .currency }
  }

  private mutating func add(_ rule: ColumnRule, _ column: Int?, _ spec: MappingSpec) {
    guard let target = rule.target, let part = plan.index(of: target) else { return }
    var evidence = Reading()
    if let column {
      evidence.order = table.columns[column].order
      evidence.mark = table.columns[column].mark
    }
    let reading = rule.reading.filled(from: spec.defaults.filled(from: evidence))
    let parts = plan.parts[part]
    let slot = parts.slot(field: target.field, part: target.part)
    let reader = CellReader(
      property: parts.shape.properties[slot - parts.firstSlot], entity: parts.entity, reading: reading,
      proof: column.map { ColumnProof(table.columns[$0]) } ?? ColumnProof(), own: rule.reading.currency,
      words: rule.words,
      number: rules.count)
    var bound = BoundRule(
      header: rule.header, column: column, part: part, slot: slot, reader: reader, required: rule.required,
      fallback: rule.fallback.map { Array($0.utf8) })
    let up = parts.entity.index(of: "up")
    let isUpGiven = (spec.columns + spec.constants).contains {
      $0.target?.entity == target.entity && $0.target?.field == up
    }
    if parts.entity.fields[target.field].name == "commit", let up, !isUpGiven { bound.upSlot = parts.slot(field: up) }
    rules.append(bound)
  }
}
