import Domain
import Model
import Records
import SQL
import Warehouse

/// One pass over a run's staged rows in order of entity and key, and what it found.
struct Comparer: ~Copyable {
  private let planner: Planner
  private let warehouse: OpenWarehouse
  private let database: any Database
  private let run: Run
  private let mainEntity: Int64
  private var items: ItemWriter
  private(set) var totals = GroupTotals()
  private var created: StagedSet
  private var window: [Group] = []
  private var differing = 0
  private var unchanged = 0
  private var variants: [String] = []
  private var variantCount = 0
  private var drifted = 0
  private var stubs = 0
  private var deletes: AbsentRecords
  private let shelf = RowShelf()
  /// Entities whose new records enter no sum, so that their rows need not be read again.
  private let plain: [Int64: Entity]

  /// Rows with one key, and what is committed under it.
  struct Group {
    var entity: Int64
    var key: [UInt8]
    var rows: [Row]
    var committed: Committed?
  }

  struct Row {
    let hash: [UInt8]
    let flags: Int64
    let id: Int64
    let sourceRow: Int64

    /// Whether it clears fields, so that its hash is not that of the record it makes.
    var hasClears: Bool { flags & 4 != 0 }
  }

  struct Committed {
    let id: Int64
    let version: Int64
    let hash: [UInt8]
    let isDeleted: Bool
    let isStub: Bool
    let changeSet: Int64
  }

  init(_ planner: Planner, run: Run, set: Int) throws {
    let items = try ItemWriter(planner.database, set: set)
    let created = try StagedSet(planner.database, run: run.number)
    let deletes = try AbsentRecords(planner.warehouse, run)
    self.planner = planner
    warehouse = planner.warehouse
    database = planner.database
    self.run = run
    self.items = items
    self.created = created
    self.deletes = deletes
    plain = Dictionary(
      uniqueKeysWithValues: Inventory.entities.filter { !$0.hasTotals }.map { (Int64($0.number), $0) })
    mainEntity = Int64(run.mapping["entity"]?.text.flatMap { Inventory.entity(either: $0)?.number } ?? 0)
  }

  var isEmpty: Bool { items.count == 0 }

  // MARK: The pass

  mutating func compare() throws {
    let cursor = try database.cursor(
      """
      SELECT s.entity, s.nkey, s.row_hash, s.flags, s.id, s.source_row, r.id, r.version, r.row_hash, r.deleted, r.stub,
        r.change_set
      FROM staging_rows s LEFT JOIN records r ON r.entity = s.entity AND r.nkey = s.nkey
      WHERE s.run_no = $1 ORDER BY s.entity, s.nkey, s.row_hash, s.flags, s.source_row, s.id
      """, [.int(Int64(run.number))])
    // A new key in a single row is the common case: it is held back one step, to see whether the key comes again.
    var held: Group?
    while try cursor.next() {
      let entity = cursor.int(0)
      if held != nil, held?.entity == entity, held?.key.elementsEqual(cursor.bytes(1)) == true {
        held?.rows.append(Self.row(cursor))
        continue
      }
      if let group = held { try queue(group) }
      held = Group(
        entity: entity, key: Array(cursor.bytes(1)), rows: [Self.row(cursor)],
        committed: cursor.isNull(6) ? nil : Self.committed(cursor))
    }
    if let group = held { try queue(group) }
    try drain()
    try absent(before: nil)
    try addCreated()
    if let key = totals.overflow { throw PlanError.overflow(key) }
  }

  private static func row(_ cursor: any Cursor) -> Row {
    Row(hash: Array(cursor.bytes(2)), flags: cursor.int(3), id: cursor.int(4), sourceRow: cursor.int(5))
  }

  private static func committed(_ cursor: any Cursor) -> Committed {
    Committed(
      id: cursor.int(6), version: cursor.int(7), hash: Array(cursor.bytes(8)), isDeleted: cursor.int(9) != 0,
      isStub: cursor.int(10) != 0, changeSet: cursor.int(11))
  }

  private mutating func queue(_ group: Group) throws {
    let isPlain = group.committed == nil && group.rows.count == 1 && !group.rows[0].hasClears
    if isPlain, window.isEmpty, deletes.isEmpty {
      try create(group, hash: group.rows[0].hash)
      return
    }
    window.append(group)
    if group.committed != nil { differing += 1 }
    if differing >= 400 || window.count >= 4000 { try drain() }
  }

  /// Writes the items of the groups that waited, in their order.
  private mutating func drain() throws {
    let groups = window
    window.removeAll(keepingCapacity: true)
    differing = 0
    let pairs = try RowPairs(warehouse, groups)
    for group in groups {
      try absent(before: group)
      try decide(group, pairs)
    }
  }

  private mutating func create(_ group: Group, hash: [UInt8]) throws {
    let row = group.rows[0]
    created.insert(row.id)
    if row.flags & 1 != 0 { stubs += 1 }
    if let entity = plain[group.entity] { totals.addPlain(entity) }
    try group.key.withUnsafeBufferPointer { key in
      try hash.withUnsafeBufferPointer { hash in
        try items.create(entity: group.entity, key: key, hash: hash, staged: row.id, sourceRow: row.sourceRow)
      }
    }
  }

  // MARK: Decisions

  private mutating func decide(_ group: Group, _ pairs: borrowing RowPairs) throws {
    let key = String(decoding: group.key, as: UTF8.self)
    let hashes = Set(group.rows.map(\.hash))
    let contradicts =
      group.committed.map { known in
        group.rows.contains { $0.flags & 2 != 0 } && !known.isDeleted && !hashes.contains(known.hash)
      } ?? false
    var group = group
    if hashes.count > 1 || contradicts {
      let fields = pairs.disagreements(group)
      if pairs.isContradiction(fields, group.entity, main: mainEntity) { return try contradiction(group, key, pairs) }
      if !fields.isEmpty {
        variantCount += 1
        if variants.count < 20 {
          variants.append("\(pairs.singular(group.entity)) \(key): rows \(pairs.rowList(group))")
        }
        if contradicts {
          unchanged += 1
          return
        }
      }
      try take(pairs.combined[group.rows[0].id], &group)
    }
    guard let committed = group.committed else {
      guard group.rows[0].hasClears else { return try create(group, hash: group.rows[0].hash) }
      guard let hash = pairs.recordHash(group) else { throw PlanError.unreadable(key) }
      return try create(group, hash: hash)
    }
    if !committed.isDeleted, group.rows[0].hash == committed.hash {
      unchanged += 1
      return
    }
    try update(group, committed, key, pairs)
  }

  /// Stages several rows that complete each other as one.
  private func take(_ combined: RowPairs.Combined?, _ group: inout Group) throws {
    guard let combined else { return }
    let first = group.rows[0]
    let flags = group.rows.reduce(0) { $0 | $1.flags & 4 } | first.flags
    group.rows = [Row(hash: combined.hash, flags: flags, id: first.id, sourceRow: first.sourceRow)]
    try database.run(
      "UPDATE staging_rows SET payload = $1, row_hash = $2, flags = $3 WHERE id = $4",
      [.blob(combined.payload), .blob(combined.hash), .int(flags), .int(first.id)])
  }

  private mutating func update(
    _ group: Group, _ committed: Committed, _ key: String, _ pairs: borrowing RowPairs
  ) throws {
    let row = group.rows[0]
    guard let merged = pairs.merged(row.id) else { throw PlanError.unreadable(key) }
    if merged.changes.isEmpty, !committed.isDeleted {
      unchanged += 1
      return
    }
    var item = PlannedItem(
      entity: group.entity, key: key, action: committed.isDeleted ? .restore : .update,
      baseVersion: committed.version, rowHash: merged.hash, stagedHash: row.hash, staged: row.id,
      sourceRow: row.sourceRow, fields: FieldChange.json(merged.changes, pairs.entity(group.entity)).line, note: nil)
    if let later = try drift(group.entity, key, committed, row.hash) {
      drifted += 1
      item.note = later.note
      // A deleted record that a source still lists may come back: a restore is proposed and approved as such.
      if later.isConflict, item.action == .update, !planner.options.takeSource { item.action = .conflict }
    }
    if item.action == .update {
      totals.add(
        updated: pairs.entity(group.entity), changes: merged.changes, currency: merged.currency,
        before: merged.mrcBefore, after: merged.mrcAfter, key: key)
    } else if item.action == .restore {
      let box = shelf.box(group.entity)
      guard merged.encoded.withUnsafeBufferPointer({ box.row.decode($0) }) else { throw PlanError.unreadable(key) }
      totals.add(restored: box.row, key: key)
    }
    try items.write(item)
  }

  private mutating func contradiction(_ group: Group, _ key: String, _ pairs: borrowing RowPairs) throws {
    let note =
      "E_DUP_KEY: rows " + pairs.rowList(group) + " of the file give the same key different values; none is taken"
    try items.write(
      PlannedItem(
        entity: group.entity, key: key, action: .conflict, baseVersion: group.committed?.version ?? 0,
        rowHash: group.rows[0].hash, stagedHash: group.rows[0].hash, staged: group.rows[0].id,
        sourceRow: group.rows[0].sourceRow, fields: try pairs.differences(group)?.line, note: note))
  }

  /// Whether someone else changed the record since this source was last imported, and whether the source repeats itself.
  private func drift(
    _ entity: Int64, _ key: String, _ committed: Committed, _ hash: [UInt8]
  ) throws -> (note: String, isConflict: Bool)? {
    guard let last = try warehouse.changeSets(id: committed.changeSet),
      let lastRun = try warehouse.run(number: last.runNumber), lastRun.mapping["name"] != run.mapping["name"]
    else { return nil }
    let cursor = try database.query(
      """
      SELECT i.staged_hash FROM change_items i JOIN change_sets c ON c.id = i.change_set
      WHERE i.entity = $1 AND i.nkey = $2 AND c.state = 'committed' AND i.action <> 5 AND c.run_no IN (
        SELECT run_no FROM runs WHERE mapping = $3) ORDER BY c.id DESC LIMIT 1
      """, [.int(entity), .text(key), .text(run.mapping.line)])
    let repeats = try cursor.next() && cursor.bytes(0).elementsEqual(hash)
    let who = "changed by \(last.name) (\(last.committedBy ?? last.author), \((last.committedAt ?? "").prefix(10)))"
    let note =
      repeats
      ? "the source repeats an older value; \(who); diff --take source takes it" : "overwrites what was \(who)"
    return (note, repeats)
  }

  // MARK: Absent records of an authoritative source

  private mutating func absent(before group: Group?) throws {
    while let record = deletes.next(before: group.map { ($0.entity, $0.key) }) {
      try items.write(
        PlannedItem(
          entity: record.entity, key: record.key, action: .softDelete, baseVersion: record.version,
          rowHash: record.hash, stagedHash: record.hash, staged: nil, sourceRow: nil, fields: nil,
          note: "absent from an authoritative source"))
      guard let entity = Inventory.entity(number: Int(record.entity)) else { continue }
      let reader = CommittedReader(entity, database.dialect)
      let cursor = try reader.records([record.id], database)
      guard try cursor.next() else { throw PlanError.unreadable(record.key) }
      let box = shelf.box(record.entity)
      reader.fill(&box.row, from: cursor)
      totals.add(deleted: box.row, key: record.key)
    }
  }

  // MARK: New records

  /// Adds up what new records bring, reading the staging area once in its own order.
  private mutating func addCreated() throws {
    guard items.count(.create) > 0 else { return }
    let counted = Set(Inventory.entities.filter(\.hasTotals).map { Int64($0.number) })
    // By id alone, so that the rows come as they lie; the set knows which are this run's.
    let cursor = try database.cursor(
      "SELECT id, entity, nkey, payload FROM staging_rows WHERE id BETWEEN $1 AND $2 ORDER BY id",
      [.int(created.first), .int(created.last)])
    let rows = RowShelf()
    while try cursor.next() {
      guard counted.contains(cursor.int(1)), created.contains(cursor.int(0)) else { continue }
      let box = rows.box(cursor.int(1))
      guard box.row.decode(cursor.bytes(3)) else { continue }
      totals.add(created: box.row, key: cursor.text(2))
    }
  }

  // MARK: The end

  mutating func finish() throws -> String { try items.finish() }

  var summary: JSON {
    var entities: [JSON.Member] = []
    for entity in Inventory.entities {
      guard let counts = items.counts[Int64(entity.number)] else { continue }
      entities.append(
        JSON.Member(
          entity.name,
          .fields(ChangeAction.allCases.compactMap { action in counts[action].map { (action.word, .int($0)) } })))
    }
    let actions: [(String, JSON)] = ChangeAction.allCases.map { ($0.word, .int(items.count($0))) }
    return PlanSummary.json(
      actions: actions, entities: entities, totals: totals,
      more: [
        ("unchanged", .int(unchanged + (run.counts["unchanged"]?.int ?? 0))), ("stubs", .int(stubs)),
        ("rejected", .int((run.counts["rejected"]?.int ?? 0) + (run.counts["rejected_before"]?.int ?? 0))),
        ("drifted", .int(drifted)), ("variants", .int(variantCount)),
        ("variant_list", .array(variants.map { .string($0) })), ("absence_ignored", .bool(deletes.ignored)),
      ])
  }
}
