import Domain
import Model
import Records
import SQL
import Warehouse

extension ChangeRows {
  /// One row for each field of each item; an item without fields has one row of its own.
  func changeRows(_ body: ([ReportCell]) throws -> Void) throws {
    let (condition, values) = scope.condition(asOf)
    let rows = try database.cursor(
      """
      SELECT i.change_set, i.seq, i.entity, i.nkey, i.action, i.fields, i.note, i.source_row, s.run_no, g.payload,
        k.id, s.serial
      FROM change_items i JOIN change_sets s ON s.id = i.change_set LEFT JOIN staging_rows g ON g.id = i.staged
        LEFT JOIN records k ON k.entity = i.entity AND k.nkey = i.nkey
      WHERE \(condition) ORDER BY i.change_set, i.seq
      """, values)
    let created = CreatedFields(database)
    while try rows.next() {
      guard let entity = Inventory.entity(number: Int(rows.int(2))) else { continue }
      let fields = try fields(rows, entity, created)
      let currency = try currency(of: fields, entity, key: rows.text(3))
      if fields.isEmpty { try body(cells(rows, entity, nil, currency)) }
      for field in fields { try body(cells(rows, entity, field, currency)) }
    }
  }

  private func fields(_ row: any Row, _ entity: Entity, _ created: CreatedFields) throws -> [FieldChange] {
    if let changes = row.textOrNil(5).flatMap({ JSON.parse($0) }) {
      return FieldChange.parse(changes, entity)
    }
    guard row.int(4) == ChangeAction.create.rawValue else { return [] }
    if !row.isNull(11), !row.isNull(10) {
      return try created.fields(entity, id: row.int(10), key: row.text(3), after: row.int(11))
    }
    if row.isNull(9) { return [] }
    var staged = StagedRow(entity)
    guard staged.decode(row.bytes(9)) else { return [] }
    return entity.fields.indices.compactMap { field in
      if let value = staged.integer(field) { return FieldChange(field: field, before: .null, after: .int(value)) }
      return staged.text(field).map { FieldChange(field: field, before: .null, after: .string($0)) }
    }
  }

  /// The currency of a record's amounts: as the item sets it, else as it is committed.
  private func currency(of fields: [FieldChange], _ entity: Entity, key: String) throws -> String {
    guard let place = entity.fields.firstIndex(where: { $0.type == .currency }) else { return "" }
    guard fields.contains(where: { entity.fields[$0.field].type == .money }) else { return "" }
    if let set = fields.first(where: { $0.field == place })?.after.text { return set }
    return try database.firstText(
      "SELECT t.currency FROM records r JOIN \(entity.name) t ON t.id = r.id WHERE r.entity = \(entity.number) AND r.nkey = $1",
      [.text(key)]) ?? ""
  }

  private func cells(_ row: any Row, _ entity: Entity, _ change: FieldChange?, _ currency: String) throws
    -> [ReportCell]
  {
    let field = change.map { entity.fields[$0.field] }
    let run = row.int(8)
    let action = ChangeAction(rawValue: row.int(4))
    var delta = ReportCell.empty
    var column = ReportCell.empty
    if let change, let field {
      if field.type == .money { delta = Self.delta(change, currency) }
      let quote = try runs.quote(run, entity, key: row.text(3), change.field, change.after)
      if let name = try quote ?? runs.column(run, entity, change.field) { column = .text(name) }
    }
    let place = try runs.place(run, entity, key: row.text(3), row: row.isNull(7) ? nil : row.int(7))
    return [
      name(row, 0), .integer(row.int(1)), .text(entity.name), .text(row.text(3)), .text(action?.word ?? ""),
      .text(field?.name ?? ""), field?.type == .money ? .text(currency) : .empty,
      change.map { Self.cell($0.before, field, currency) } ?? .empty,
      change.map { Self.cell($0.after, field, currency) } ?? .empty, delta,
      field?.approval.map { .text($0.rawValue) } ?? .empty, place.file.isEmpty ? .empty : .text(place.file),
      place.row.map { .integer($0) } ?? .empty, column, try self.run(run),
      row.isNull(6) ? .empty : .text(row.text(6)),
    ]
  }

  private static func delta(_ change: FieldChange, _ currency: String) -> ReportCell {
    let (difference, isPast) = (integer(change.after) ?? 0).subtractingReportingOverflow(integer(change.before) ?? 0)
    return isPast ? .text("beyond 64 bits") : .amount(difference, currency: currency)
  }

  private static func integer(_ value: JSON) -> Int64? {
    if case .number(let text) = value { return Int64(text) }
    return nil
  }

  private static func cell(_ value: JSON, _ field: Field?, _ currency: String) -> ReportCell {
    switch value {
    case .null: return .empty
    case .string(let text):
      if field?.type == .date, let date = TextBytes.withBytes(of: text, { CalendarDate.parseISO($0) }) {
        return .date(date)
      }
      return .text(text)
    default: break
    }
    guard let number = integer(value) else { return .text(value.line) }
    switch field?.type {
    case .money?: return .amount(number, currency: currency)
    case .bandwidth?: return .bandwidth(number)
    case .flag?: return .flag(number != 0)
    case .degrees?: return .degrees(number)
    default: return .integer(number)
    }
  }
}
