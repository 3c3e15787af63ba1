import Domain
import Model
import Records
import SQL
import Warehouse

/// The rows of a file that give one key different values, and the committed record, side by side.
///
/// They are read from the staging area, so that they are there until the change set is committed.
struct DuplicateRows {
  /// One of them: its row in the file, or nil for the committed record, and its values by place in the entity's fields.
  struct Version {
    let row: Int64?
    let values: [JSON]
    let currency: String
  }

  /// How the note of an item begins that is about such rows.
  static let mark = "E_DUP_KEY: "
  let entity: Entity
  private(set) var versions: [Version] = []

  /// Rows with the same values are shown once.
  init(_ warehouse: OpenWarehouse, _ set: ChangeSet, _ entity: Entity, key: String) throws {
    self.entity = entity
    let number = Int64(entity.number)
    var row = StagedRow(entity)
    let staged = try warehouse.database.query(
      "SELECT payload, source_row FROM staging_rows WHERE run_no = $1 AND entity = $2 AND nkey = $3"
        + " ORDER BY source_row, id", [.int(Int64(set.runNumber)), .int(number), .text(key)])
    while try staged.next() {
      guard row.decode(staged.bytes(0)) else { continue }
      add(row, staged.int(1))
    }
    let head = try warehouse.database.query(
      "SELECT id FROM records WHERE entity = $1 AND nkey = $2 AND deleted = 0", [.int(number), .text(key)])
    guard try head.next(), !versions.isEmpty else { return }
    let reader = CommittedReader(entity, warehouse.database.dialect)
    let committed = try reader.records([head.int(0)], warehouse.database)
    guard try committed.next() else { return }
    reader.fill(&row, from: committed)
    add(row, nil)
  }

  private mutating func add(_ row: borrowing StagedRow, _ number: Int64?) {
    var values: [JSON] = []
    for field in entity.fields.indices {
      values.append(row.kind(field) == .cleared ? .bool(false) : RowMerge.value(row, field))
    }
    if number != nil, versions.contains(where: { $0.values == values }) { return }
    versions.append(Version(row: number, values: values, currency: GroupTotals.currency(row)))
  }

  /// `{"row":2,"values":{...}}` for each row, and `{"committed":true,"values":{...}}`; null is a cleared field.
  var json: JSON {
    .array(
      versions.map { version in
        let values = entity.fields.indices.compactMap { field -> (String, JSON)? in
          let value = version.values[field]
          return value == .null ? nil : (entity.fields[field].name, value == .bool(false) ? .null : value)
        }
        let place: (String, JSON) = version.row.map { ("row", .int($0)) } ?? ("committed", .bool(true))
        return .fields([place, ("values", .fields(values))])
      })
  }

  // MARK: As a table

  private static let columns = 4
  private static let width = 24

  /// One line for each field in which they differ, one column for each row; empty where there is nothing to compare.
  var text: String {
    guard versions.count > 1 else { return "" }
    let shown = Array(versions.prefix(versions.last?.row == nil ? Self.columns - 1 : Self.columns))
    let columns = shown.last?.row != nil && versions.last?.row == nil ? shown + [versions[versions.count - 1]] : shown
    var lines = [line("", columns.map { $0.row.map { "row \($0)" } ?? "in the database" })]
    var same = 0
    for field in entity.fields.indices {
      let stated = versions.map { $0.values[field] }
      if Set(stated.map(\.line)).count == 1 {
        if stated[0] != .null { same += 1 }
        continue
      }
      let texts = columns.map { cell($0, field) }
      lines.append(line(entity.fields[field].name, texts))
    }
    if same > 0 { lines.append("      # (\(same) fields are the same in all of them)\n") }
    if versions.count > columns.count {
      lines.append("      # (\(versions.count - columns.count) more rows; --json has them all)\n")
    }
    return lines.joined()
  }

  private func cell(_ version: Version, _ field: Int) -> String {
    switch version.values[field] {
    case .null: return version.row == nil ? "(none)" : "(blank)"
    case .bool: return "(cleared)"
    case let value:
      let text = ValueText.of(value, entity.fields[field], currency: version.currency)
      return text.count > Self.width ? text.prefix(Self.width - 3) + "..." : text
    }
  }

  private func line(_ name: String, _ cells: [String]) -> String {
    var text = "      " + name + String(repeating: " ", count: max(1, 22 - name.count))
    for (place, cell) in cells.enumerated() {
      text += cell
      if place + 1 < cells.count { text += String(repeating: " ", count: max(1, Self.width + 2 - cell.count)) }
    }
    return text + "\n"
  }
}
