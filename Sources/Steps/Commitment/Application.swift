import Domain
import Model
import Records
import SQL
import Warehouse

/// The rows of one change set on their way into the tables, entity by entity in Model order.
struct Application: ~Copyable {
  private let committer: Committer
  private let database: any Database
  private let set: ChangeSet
  private(set) var applied: [ChangeAction: Int] = [:]
  private(set) var totals = GroupTotals()
  private var ids: ReferenceIDs
  private var hasher: RowHasher

  init(_ committer: Committer, _ set: ChangeSet) throws {
    let ids = try ReferenceIDs(committer.database)
    self.committer = committer
    self.set = set
    database = committer.database
    self.ids = ids
    hasher = RowHasher()
  }

  mutating func applyAll() throws {
    let ranges = try ranges()
    for entity in Inventory.entities {
      guard let range = ranges[entity.number] else { continue }
      try create(entity, range)
      try change(entity, range)
    }
    if let extra = try database.firstInt(
      "SELECT count(*) FROM change_items WHERE change_set = $1 AND action <> 5", [.int(Int64(set.id))]),
      Int(extra) != applied.values.reduce(0, +)
    {
      throw CommitError.unbalanced(
        set: set.name, what: "\(extra) changes recorded, \(applied.values.reduce(0, +)) applied")
    }
  }

  /// The items of each entity stand together: the first and the last of them.
  private func ranges() throws -> [Int: ClosedRange<Int64>] {
    var ranges: [Int: ClosedRange<Int64>] = [:]
    let cursor = try database.query(
      "SELECT entity, min(seq), max(seq) FROM change_items WHERE change_set = $1 GROUP BY entity",
      [.int(Int64(set.id))])
    while try cursor.next() { ranges[Int(cursor.int(0))] = cursor.int(1)...cursor.int(2) }
    return ranges
  }

  // MARK: New records

  private mutating func create(_ entity: Entity, _ range: ClosedRange<Int64>) throws {
    var next = try committer.warehouse.nextID(entity)
    let target = EntityTable(entity)
    let rows = try database.bulk(into: entity.name, columns: target.columns)
    let records = try database.bulk(
      into: "records",
      columns: [
        ("entity", .integer), ("nkey", .text), ("id", .integer), ("version", .integer), ("row_hash", .blob),
        ("deleted", .integer), ("stub", .integer), ("change_set", .integer),
      ])
    var row = StagedRow(entity)
    var later: [(id: Int64, field: Int, key: String)] = []
    let remembers = ids.isReferred(entity)
    let hasTotals = entity.hasTotals
    let number = Int64(entity.number)
    let isOwn = entity.fields.map { $0.reference == entity.name }
    let targets = entity.fields.map { $0.reference.flatMap { Inventory.entity($0)?.number } ?? 0 }
    let references = targets.indices.filter { targets[$0] > 0 }
    let cursor = try database.cursor(
      """
      SELECT i.nkey, i.row_hash, s.payload, s.source_row, s.flags FROM change_items i
      LEFT JOIN staging_rows s ON s.id = i.staged AND s.run_no = \(set.runNumber) WHERE i.change_set = $1 AND i.seq BETWEEN $2 AND $3
        AND i.entity = $4 AND i.action = 1 ORDER BY i.seq
      """,
      [.int(Int64(set.id)), .int(range.lowerBound), .int(range.upperBound), .int(Int64(entity.number))])
    while try cursor.next() {
      guard !cursor.isNull(2), row.decode(cursor.bytes(2)) else { throw lost(cursor.text(0)) }
      for field in references where row.kind(field) == .text { row.withText(field) { ids.expect(targets[field], $0) } }
      guard hasher.hash(row, encoded: cursor.bytes(2)).elementsEqual(cursor.bytes(1)) else {
        throw altered(cursor.text(0))
      }
      for field in references where row.kind(field) == .text { row.withText(field) { ids.touch(targets[field], $0) } }
      rows.int(next)
      rows.text(cursor.bytes(0))
      for field in entity.fields.indices {
        if try write(field, row, rows, targets[field]) { continue }
        let key = row.text(field) ?? ""
        guard isOwn[field] else {
          throw CommitError.reference(entity: entity.singular, key: cursor.text(0), target: key)
        }
        later.append((next, field, key))
      }
      rows.int(Int64(set.runNumber))
      rows.int(cursor.int(3))
      try rows.endRow()
      try addHead(to: records, number, next, cursor)
      if remembers { ids.remember(entity, cursor.bytes(0), next) }
      if hasTotals { totals.add(created: row, key: cursor.text(0)) } else { totals.addPlain(entity) }
      next += 1
      applied[.create, default: 0] += 1
    }
    _ = try rows.finish()
    _ = try records.finish()
    for link in later { try connect(entity, link.id, link.field, link.key) }
  }

  /// Adds what `records` knows of a new record: the cursor's key and hash under its id, at version 1.
  private func addHead(to records: any BulkInsert, _ entity: Int64, _ id: Int64, _ cursor: any Cursor) throws {
    records.int(entity)
    records.text(cursor.bytes(0))
    records.int(id)
    records.int(1)
    records.blob(cursor.bytes(1))
    records.int(0)
    records.int(cursor.int(4) & 1)
    records.int(Int64(set.id))
    try records.endRow()
  }

  /// Writes one cell; false for a reference to a record that does not exist yet.
  private mutating func write(
    _ field: Int, _ row: borrowing StagedRow, _ rows: any BulkInsert, _ target: Int
  ) throws -> Bool {
    switch row.kind(field) {
    case .integer:
      rows.int(row.integer(field) ?? 0)
    case .text where target == 0:
      row.withText(field) { rows.text($0) }
    case .text:
      guard let id = try row.withText(field, { try ids.id(target, $0) }) else {
        rows.null()
        return false
      }
      rows.int(id)
    default: rows.null()
    }
    return true
  }

  private mutating func connect(_ entity: Entity, _ id: Int64, _ field: Int, _ key: String) throws {
    var text = key
    guard let target = try text.withUTF8({ try ids.id(entity.number, $0) }) else {
      throw CommitError.reference(entity: entity.singular, key: "", target: key)
    }
    try database.run(
      "UPDATE \(entity.name) SET \(entity.fields[field].columnName) = $1 WHERE id = $2", [.int(target), .int(id)])
  }

  private func lost(_ key: String) -> CommitError {
    .tampered(set: set.name, what: "the staged row of \(key) is gone or unreadable")
  }

  private func altered(_ key: String) -> CommitError {
    .tampered(set: set.name, what: "the staged row of \(key) was altered after it was planned")
  }

  // MARK: Records that exist

  private struct Pending {
    let sequence: Int64
    let key: String
    let action: ChangeAction
    let hash: [UInt8]
    let fields: String?
    let sourceRow: Int64?
    let payload: [UInt8]?
    let hasStaged: Bool
    let id: Int64
    let isDeleted: Bool
  }

  private mutating func change(_ entity: Entity, _ range: ClosedRange<Int64>) throws {
    let counts = set.summary["entities"]?[entity.name]
    let actions: [ChangeAction] = [.update, .softDelete, .restore]
    // The balance check finds out when the summary is wrong.
    guard actions.contains(where: { counts?[$0.word] != nil }) else { return }
    var after = range.lowerBound - 1
    while true {
      let chunk = try pending(entity, after: after)
      guard let last = chunk.last else { return }
      try apply(entity, chunk)
      after = last.sequence
    }
  }

  private func pending(_ entity: Entity, after sequence: Int64) throws -> [Pending] {
    var chunk: [Pending] = []
    let cursor = try database.query(
      """
      SELECT i.seq, i.nkey, i.action, i.row_hash, i.fields, i.source_row, s.payload, i.staged, r.id, r.deleted
      FROM change_items i JOIN records r ON r.entity = i.entity AND r.nkey = i.nkey
        LEFT JOIN staging_rows s ON s.id = i.staged AND s.run_no = \(set.runNumber)
      WHERE i.change_set = $1 AND i.entity = $2 AND i.action IN (2, 3, 4) AND i.seq > $3 ORDER BY i.seq LIMIT 400
      """, [.int(Int64(set.id)), .int(Int64(entity.number)), .int(sequence)])
    while try cursor.next() {
      chunk.append(
        Pending(
          sequence: cursor.int(0), key: cursor.text(1), action: ChangeAction(rawValue: cursor.int(2)) ?? .conflict,
          hash: cursor.blob(3), fields: cursor.textOrNil(4), sourceRow: cursor.intOrNil(5),
          payload: cursor.isNull(6) ? nil : cursor.blob(6), hasStaged: !cursor.isNull(7), id: cursor.int(8),
          isDeleted: cursor.int(9) != 0))
    }
    return chunk
  }

  private mutating func apply(_ entity: Entity, _ chunk: [Pending]) throws {
    let reader = CommittedReader(entity, database.dialect)
    let byID = Dictionary(chunk.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var current = StagedRow(entity)
    var staged = StagedRow(entity)
    let cursor = try reader.records(chunk.map(\.id), database)
    while try cursor.next() {
      guard let item = byID[reader.id(cursor)] else { continue }
      reader.fill(&current, from: cursor)
      let before = item.isDeleted ? 0 : GroupTotals.mrc(current)
      var changes: [FieldChange] = []
      if item.action != .softDelete {
        if let payload = item.payload {
          guard payload.withUnsafeBufferPointer({ staged.decode($0) }) else { throw lost(item.key) }
          changes = RowMerge.apply(staged, to: &current)
        } else if item.hasStaged {
          throw lost(item.key)
        }
        guard item.fields ?? "[]" == FieldChange.json(changes, entity).line else { throw altered(item.key) }
      }
      guard hasher.hash(current).elementsEqual(item.hash) else { throw altered(item.key) }
      try write(entity, item, changes, current)
      let currency = GroupTotals.currency(current)
      if item.action == .softDelete {
        totals.add(deleted: current, key: item.key)
      } else if item.action == .restore {
        totals.add(restored: current, key: item.key)
      } else {
        totals.add(
          updated: entity, changes: changes, currency: currency, before: before, after: GroupTotals.mrc(current),
          key: item.key)
      }
      applied[item.action, default: 0] += 1
    }
  }

  private mutating func write(
    _ entity: Entity, _ item: Pending, _ changes: [FieldChange], _ current: borrowing StagedRow
  ) throws {
    var sets: [String] = []
    var values: [SQLValue] = []
    func set(_ column: String, _ value: SQLValue) {
      values.append(value)
      sets.append("\(database.dialect.quoted(column)) = $\(values.count)")
    }
    for change in changes {
      let field = entity.fields[change.field]
      set(field.columnName, try value(change.field, field, current, entity, item.key))
    }
    switch item.action {
    case .softDelete: set("deleted_at", .text(committer.now))
    case .restore: set("deleted_at", .null)
    default: break
    }
    if item.action != .softDelete {
      set("run_no", .int(Int64(self.set.runNumber)))
      set("source_row", item.sourceRow.map { .int($0) } ?? .null)
    }
    values.append(.int(item.id))
    try database.run("UPDATE \(entity.name) SET \(sets.joined(separator: ", ")) WHERE id = $\(values.count)", values)
    let changed = try database.run(
      """
      UPDATE records SET version = version + 1, row_hash = $1, deleted = $2, stub = CASE WHEN $3 = 1 THEN 0 ELSE stub END,
        change_set = $4 WHERE entity = $5 AND nkey = $6
      """,
      [
        .blob(item.hash), .int(item.action == .softDelete ? 1 : 0), .int(item.payload == nil ? 0 : 1),
        .int(Int64(self.set.id)), .int(Int64(entity.number)), .text(item.key),
      ])
    guard changed == 1 else {
      throw CommitError.unbalanced(set: self.set.name, what: "\(item.key) is not there any more")
    }
  }

  private mutating func value(
    _ index: Int, _ field: Field, _ current: borrowing StagedRow, _ entity: Entity, _ key: String
  ) throws -> SQLValue {
    if let integer = current.integer(index) { return .int(integer) }
    guard var text = current.text(index) else { return .null }
    guard let target = field.reference else { return .text(text) }
    let number = Inventory.entity(target)?.number ?? 0
    guard let id = try text.withUTF8({ try ids.id(number, $0) }) else {
      throw CommitError.reference(entity: entity.singular, key: key, target: text)
    }
    return .int(id)
  }
}

/// The columns a new record fills.
struct EntityTable {
  let columns: [(name: String, kind: ColumnKind)]

  init(_ entity: Entity) {
    columns =
      [("id", .integer), ("nkey", .text)]
      + entity.fields.map { ($0.columnName, SchemaText.kind(of: $0)) }
      + [("run_no", .integer), ("source_row", .integer)]
  }
}
