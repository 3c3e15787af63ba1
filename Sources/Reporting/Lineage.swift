import Domain
import Model
import Records
import SQL
import Warehouse

/// One line of the provenance sheet: fields of one record, and the row of the file they were read from.
struct LineageRow {
  let sheet: Int
  /// Row of the sheet, counted from 1 as people see it.
  let row: Int
  let entity: String
  let key: String
  let changeSet: String
  let action: String
  let file: String
  let sourceSheet: String
  let sourceRow: Int64?
  let run: String
  /// `MRC ← Monthly; Status ← State`.
  let columns: String
}

/// Follows every record a report shows back to the change items that gave it its values.
struct Lineage: ~Copyable {
  private struct Shown {
    let key: String
    var sheet: Int
    var row: Int
    var isOwn: Bool
    let run: Int64
    let sourceRow: Int64?
    /// Fields not yet followed back, by place.
    var remaining: UInt64
    var isFound = false
  }

  private struct EntityRecords {
    let entity: Entity
    var captions: [Int: [String]] = [:]
    var places: [String: Int] = [:]
    var records: [Shown] = []

    var mask: UInt64 { captions.keys.reduce(0) { $0 | 1 << UInt64($1) } }
  }

  private var byEntity: [Int: EntityRecords] = [:]
  private let database: any Database
  private let runs: RunIndex

  init(_ sheets: [PreparedSheet], _ database: any Database, _ runs: RunIndex) {
    self.database = database
    self.runs = runs
    for sheet in sheets {
      for (source, fields) in sheet.shown.enumerated() {
        let entity = sheet.rows.entities[source]
        var known = byEntity[entity.number] ?? EntityRecords(entity: entity)
        for field in fields where known.captions[field.field]?.contains(field.caption) != true {
          known.captions[field.field, default: []].append(field.caption)
        }
        byEntity[entity.number] = known
      }
    }
  }

  /// Notes the records of one written row; `row` counts from 1.
  mutating func note(_ records: [ShownRecord], _ entities: [Entity], sheet: Int, row: Int) {
    for record in records {
      let number = entities[record.source].number
      let isOwn = record.source == 0
      if let place = byEntity[number]?.places[record.key] {
        if isOwn, byEntity[number]?.records[place].isOwn == false {
          byEntity[number]?.records[place].sheet = sheet
          byEntity[number]?.records[place].row = row
          byEntity[number]?.records[place].isOwn = true
        }
        continue
      }
      guard let mask = byEntity[number]?.mask, let count = byEntity[number]?.records.count else { continue }
      byEntity[number]?.places[record.key] = count
      byEntity[number]?.records.append(
        Shown(
          key: record.key, sheet: sheet, row: row, isOwn: isOwn, run: record.run, sourceRow: record.sourceRow,
          remaining: mask))
    }
  }

  /// Hands out every line: by entity, the newest change of each field first found, then records no change set knows.
  mutating func each(_ body: (LineageRow) throws -> Void) throws {
    for number in byEntity.keys.sorted() {
      guard var records = byEntity.removeValue(forKey: number), !records.captions.isEmpty else { continue }
      try follow(&records, body)
      for record in records.records where !record.isFound {
        let run = try runs.entry(record.run)
        let origin = try runs.place(record.run, records.entity, key: record.key, row: record.sourceRow)
        try body(
          LineageRow(
            sheet: record.sheet, row: record.row, entity: records.entity.name, key: record.key, changeSet: "",
            action: "loaded", file: origin.file, sourceSheet: run?.sheets ?? "", sourceRow: origin.row,
            run: run?.name ?? "", columns: try columns(records, records.mask, record.run, key: record.key)))
      }
    }
  }

  private func follow(_ records: inout EntityRecords, _ body: (LineageRow) throws -> Void) throws {
    let cursor = try database.cursor(
      """
      SELECT i.nkey, i.change_set, i.action, i.fields, i.source_row, s.run_no
      FROM change_items i JOIN change_sets s ON s.id = i.change_set
      WHERE i.entity = $1 AND s.state = 'committed' AND i.action <> 5 ORDER BY i.nkey, s.serial DESC
      """, [.int(Int64(records.entity.number))])
    while try cursor.next() {
      let key = cursor.text(0)
      guard let place = records.places[key] else { continue }
      records.records[place].isFound = true
      let touched = mask(cursor.textOrNil(3), records.entity) & records.records[place].remaining
      if touched == 0 { continue }
      records.records[place].remaining &= ~touched
      let record = records.records[place]
      let run = try runs.entry(cursor.int(5))
      let origin = try runs.place(cursor.int(5), records.entity, key: key, row: cursor.intOrNil(4))
      try body(
        LineageRow(
          sheet: record.sheet, row: record.row, entity: records.entity.name, key: key,
          changeSet: ChangeSet.name(Int(cursor.int(1))), action: ChangeAction(rawValue: cursor.int(2))?.word ?? "",
          file: origin.file, sourceSheet: run?.sheets ?? "", sourceRow: origin.row, run: run?.name ?? "",
          columns: try columns(records, touched, cursor.int(5), key: key)))
    }
  }

  /// The fields an item touches: those it lists, or all.
  private func mask(_ fields: String?, _ entity: Entity) -> UInt64 {
    guard let fields, let changes = JSON.parse(fields) else { return .max }
    return FieldChange.parse(changes, entity).reduce(0) { $0 | 1 << UInt64($1.field) }
  }

  /// Where the run said which columns it read, a field without one is empty and left out.
  private func columns(_ records: EntityRecords, _ mask: UInt64, _ run: Int64, key: String) throws -> String {
    let isSparse = try runs.knowsColumns(run, of: records.entity) || runs.entry(run)?.isOfDocuments == true
    var parts: [String] = []
    for field in records.captions.keys.sorted() where mask & 1 << UInt64(field) != 0 {
      let caption = (records.captions[field] ?? []).joined(separator: ", ")
      if let quote = try runs.quote(run, records.entity, key: key, field) {
        parts.append("\(caption) ← \(quote)")
      } else if let column = try runs.column(run, records.entity, field) {
        parts.append("\(caption) ← \(column)")
      } else if !isSparse {
        parts.append(caption)
      }
    }
    return parts.joined(separator: "; ")
  }
}
