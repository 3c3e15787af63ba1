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
  private var window: [Group] = []
  private var differing = 0
  private var unchanged = 0
  private var variants = RowNotes()
  private var suspected = RowNotes()
  private var repeated = RowNotes()
  private var drifted = 0
  private var tookSource = false
  private var stubs = 0
  private var deletes: AbsentRecords
  private let shelf = RowShelf()
  private let untakenBefore: UntakenRecords
  private(set) var untaken: UntakenRecords

  /// `untaken` is what an earlier pass over the same rows found.
  init(_ planner: Planner, run: Run, set: Int, untaken: UntakenRecords) throws {
    let items = try ItemWriter(planner.database, set: set)
    let deletes = try AbsentRecords(planner.warehouse, run)
    self.planner = planner
    warehouse = planner.warehouse
    database = planner.database
    self.run = run
    self.items = items
    self.deletes = deletes
    self.untaken = untaken
    untakenBefore = untaken
    mainEntity = Int64(run.mapping["entity"]?.text.flatMap { Inventory.entity(either: $0)?.number } ?? 0)
  }

  var isEmpty: Bool { items.count == 0 }

  // MARK: The pass

  mutating func compare() throws {
    let cursor = try rows()
    // A new key in a single row is the common case: it is held back one step, to see whether the key comes again.
    var held = HeldRow()
    while try cursor.next() {
      let entity = cursor.int(0)
      let order = held.isEmpty ? -1 : held.compare(entity, cursor.bytes(1))
      if order > 0 { throw PlanError.unordered(cursor.text(1)) }
      if order == 0 {
        held.more.append(Self.row(cursor))
        continue
      }
      try queue(&held)
      held.take(cursor)
      if !cursor.isNull(6) { held.committed = Self.committed(cursor) }
    }
    try queue(&held)
    try drain()
    try absent(before: nil)
    if let key = totals.overflow { throw PlanError.overflow(key) }
  }

  /// The run's rows by entity and key: in order of their ids, unless stubs were added behind them.
  private func rows() throws -> any Cursor {
    let isOrdered = run.counts["stubs"]?.items.isEmpty != false
    return try database.cursor(
      """
      SELECT s.entity, s.nkey, s.row_hash, s.flags, s.id, s.source_row, r.id, r.version, r.row_hash, r.deleted, r.stub,
        r.change_set, s.payload
      FROM staging_rows s LEFT JOIN records r ON r.entity = s.entity AND r.nkey = s.nkey
      WHERE s.id BETWEEN $1 AND $2
      ORDER BY \(isOrdered ? "s.id" : "s.entity, s.nkey, s.row_hash, s.flags, s.source_row, s.id")
      """, [.int(StagedIDs.first(ofRun: run.number)), .int(StagedIDs.last(ofRun: run.number))])
  }

  private static func row(_ cursor: any Cursor) -> Row {
    Row(
      hash: Array(cursor.bytes(2)), flags: cursor.int(3), id: cursor.int(4), sourceRow: cursor.int(5),
      payload: Array(cursor.bytes(12)))
  }

  private static func committed(_ cursor: any Cursor) -> Committed {
    Committed(
      id: cursor.int(6), version: cursor.int(7), hash: Array(cursor.bytes(8)), isDeleted: cursor.int(9) != 0,
      isStub: cursor.int(10) != 0, changeSet: cursor.int(11))
  }

  private mutating func queue(_ held: inout HeldRow) throws {
    if held.isEmpty { return }
    if held.isPlain, window.isEmpty, deletes.isEmpty {
      try create(held, hash: held.hash)
    } else {
      try queue(held.group)
    }
    held.clear()
  }

  private mutating func queue(_ group: Group) throws {
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

  private mutating func create(_ row: HeldRow, hash: [UInt8]) throws {
    if !untaken.isEmpty, let owner = try owner(row.entity, row.payload, row.text) {
      return try withhold(row.group, row.text, owner)
    }
    if row.flags & 1 != 0 { stubs += 1 }
    let box = shelf.box(row.entity)
    if box.hasTotals {
      guard row.payload.withUnsafeBufferPointer({ box.row.decode($0) }) else { throw PlanError.unreadable(row.text) }
      totals.add(created: box.row, key: row.text)
    } else {
      totals.addPlain(box.row.entity)
    }
    try row.key.withUnsafeBufferPointer { key in
      try hash.withUnsafeBufferPointer { hash in
        try items.create(entity: row.entity, key: key, hash: hash, staged: row.id, sourceRow: row.sourceRow)
      }
    }
  }

  // MARK: Decisions

  private mutating func decide(_ group: Group, _ pairs: borrowing RowPairs) throws {
    let key = String(decoding: group.key, as: UTF8.self)
    let hashes = Set(group.rows.map(\.hash))
    var group = group
    if hashes.count > 1 {
      let fields = pairs.disagreements(group)
      let name = "\(pairs.singular(group.entity)) \(key): " + origins(group, pairs)
      let isWriting = group.entity == mainEntity && pairs.isWriting(fields, group.entity)
      if !isWriting, pairs.isContradiction(fields, group.entity, main: mainEntity, isPaper: run.kind == .documents) {
        return try contradiction(group, key, pairs)
      }
      if !fields.isEmpty {
        if isWriting {
          suspected.add(name + " write it as " + pairs.writings(group, fields))
        } else {
          variants.add(name)
        }
        // One of them is what is committed: it stays.
        if let known = group.committed, !known.isDeleted, hashes.contains(known.hash) {
          unchanged += 1
          return
        }
      }
      try take(pairs.combined[group.rows[0].id], &group)
    }
    if hashes.count == 1, group.rows.count > 1, group.entity == mainEntity {
      let name = "\(pairs.singular(group.entity)) \(key): " + origins(group, pairs)
      repeated.add(name)
    }
    guard let committed = group.committed else {
      guard group.rows[0].hasClears else { return try create(HeldRow(group), hash: group.rows[0].hash) }
      guard let hash = pairs.recordHash(group) else { throw PlanError.unreadable(key) }
      return try create(HeldRow(group), hash: hash)
    }
    if !committed.isDeleted, group.rows[0].hash == committed.hash {
      unchanged += 1
      return
    }
    if !untaken.isEmpty, let owner = try owner(group.entity, group.rows[0].payload, key) {
      return try withhold(group, key, owner)
    }
    try update(group, committed, key, pairs)
  }

  /// Stages several rows that complete each other as one.
  private func take(_ combined: RowPairs.Combined?, _ group: inout Group) throws {
    guard let combined else { return }
    let first = group.rows[0]
    let flags = group.rows.reduce(0) { $0 | $1.flags & 4 } | first.flags
    group.rows = [
      Row(
        hash: combined.hash, flags: flags, id: first.id, sourceRow: first.sourceRow, payload: combined.payload)
    ]
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
      if later.isConflict, item.action == .update {
        item.action = planner.options.takeSource ? .update : .conflict
        item.note =
          later.note + (planner.options.takeSource ? "; taken with --take source" : "; diff --take source takes it")
        tookSource = tookSource || planner.options.takeSource
      }
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
    let who = run.kind == .documents ? origins(group, pairs) : origins(group, pairs) + " of the file"
    let note = "E_DUP_KEY: \(who) give the same key different values; none is taken"
    try leave(group, key, fields: try pairs.differences(group)?.line, note)
  }

  // MARK: What is not taken

  /// The record of which nothing is taken that a row refers to.
  private func owner(_ entity: Int64, _ payload: [UInt8], _ key: String) throws -> String? {
    let box = shelf.box(entity)
    guard payload.withUnsafeBufferPointer({ box.row.decode($0) }) else { throw PlanError.unreadable(key) }
    return untaken.owner(of: box.row)
  }

  private mutating func withhold(_ group: Group, _ key: String, _ owner: String) throws {
    try leave(group, key, fields: nil, "it refers to \(owner), of which nothing is taken")
  }

  private mutating func leave(_ group: Group, _ key: String, fields: String?, _ note: String) throws {
    let row = group.rows[0]
    if group.committed.map(\.isDeleted) ?? true { untaken.add(shelf.box(group.entity).row.entity, key) }
    try items.write(
      PlannedItem(
        entity: group.entity, key: key, action: .conflict, baseVersion: group.committed?.version ?? 0,
        rowHash: row.hash, stagedHash: row.hash, staged: row.id, sourceRow: row.sourceRow, fields: fields, note: note))
  }

  /// Whether a record was proposed before it was known that nothing is taken of another it refers to: an amendment stands
  /// before its agreement in the order of keys.
  func mustRepeat() throws -> Bool {
    for (entity, added) in untaken.added(since: untakenBefore) {
      let cursor = try database.cursor(
        "SELECT payload FROM staging_rows WHERE id BETWEEN $1 AND $2 AND entity = $3",
        [
          .int(StagedIDs.first(ofRun: run.number)), .int(StagedIDs.last(ofRun: run.number)),
          .int(Int64(entity.number)),
        ])
      var row = StagedRow(entity)
      while try cursor.next() {
        if row.decode(cursor.bytes(0)), added.owner(of: row) != nil { return true }
      }
    }
    return false
  }

  /// `rows 2 and 5`, or `a.pdf p.1 and b.pdf p.3`: the rows or the documents that speak of one record.
  private func origins(_ group: Group, _ pairs: borrowing RowPairs) -> String {
    guard run.kind == .documents else { return "rows " + pairs.rowList(group) }
    let files = group.rows.map { row -> String in
      let sources = run.sources.items
      let source = Int(row.flags >> 3)
      let file = source < sources.count ? sources[source]["file"]?.text ?? "(stream)" : "(stream)"
      return "\(file) p.\(row.sourceRow)"
    }
    return Set(files).sorted().joined(separator: " and ")
  }

  /// Whether someone else changed the record since this source was last imported, and whether the source repeats itself.
  private func drift(
    _ entity: Int64, _ key: String, _ committed: Committed, _ hash: [UInt8]
  ) throws -> (note: String, isConflict: Bool)? {
    guard let last = try warehouse.changeSets(id: committed.changeSet),
      let lastRun = try warehouse.run(number: last.runNumber)
    else { return nil }
    if run.revision == nil, try warehouse.reviews(behind: lastRun).contains(where: { $0.touches(Int(entity), key) }) {
      return try reviewed(entity, key, hash, last)
    }
    guard lastRun.mapping["name"] != run.mapping["name"] else { return nil }
    let cursor = try database.query(
      """
      SELECT i.staged_hash FROM change_items i JOIN change_sets c ON c.id = i.change_set
      WHERE i.entity = $1 AND i.nkey = $2 AND c.state = 'committed' AND i.action <> 5 AND c.run_no IN (
        SELECT run_no FROM runs WHERE mapping = $3) ORDER BY c.id DESC LIMIT 1
      """, [.int(entity), .text(key), .text(run.mapping.line)])
    let repeats = try cursor.next() && cursor.bytes(0).elementsEqual(hash)
    let who = "changed by \(last.name) (\(last.committedBy ?? last.author), \((last.committedAt ?? "").prefix(10)))"
    let note =
      repeats ? "the source repeats an older value; \(who)" : "overwrites what was \(who)"
    return (note, repeats)
  }

  /// Whether the source says again what a person edited or rejected in a review.
  private func reviewed(
    _ entity: Int64, _ key: String, _ hash: [UInt8], _ last: ChangeSet
  ) throws -> (note: String, isConflict: Bool)? {
    let repeats = try database.firstInt(
      """
      SELECT 1 FROM change_items i JOIN change_sets c ON c.id = i.change_set
      WHERE i.entity = $1 AND i.nkey = $2 AND c.state = 'superseded' AND i.action <> 5 AND i.staged_hash = $3 LIMIT 1
      """, [.int(entity), .text(key), .blob(hash)])
    guard repeats != nil else { return nil }
    let who = "\(last.name) (\(last.committedBy ?? last.author), \((last.committedAt ?? "").prefix(10)))"
    return ("the source says again what a review changed before \(who)", true)
  }

  // MARK: Absent records of an authoritative source

  private mutating func absent(before group: Group?) throws {
    while let record = deletes.next(before: group.map { ($0.entity, $0.key) }) {
      guard let entity = Inventory.entity(number: Int(record.entity)) else { continue }
      let keeper = deletes.keeper(entity, record)
      try items.write(
        PlannedItem(
          entity: record.entity, key: record.key, action: keeper == nil ? .softDelete : .conflict,
          baseVersion: record.version, rowHash: record.hash, stagedHash: record.hash, staged: nil, sourceRow: nil,
          fields: nil, note: "absent from an authoritative source" + (keeper.map { ", but \($0)" } ?? "")))
      if keeper != nil { continue }
      let reader = CommittedReader(entity, database.dialect)
      let cursor = try reader.records([record.id], database)
      guard try cursor.next() else { throw PlanError.unreadable(record.key) }
      let box = shelf.box(record.entity)
      reader.fill(&box.row, from: cursor)
      totals.add(deleted: box.row, key: record.key)
    }
  }

  // MARK: The end

  mutating func finish() throws -> ItemsDigest.Proof { try items.finish() }

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
      ] + RejectedCounts(run).members + [
        ("drifted", .int(drifted)), ("variants", .int(variants.count)),
        ("variant_list", variants.json), ("suspected", .int(suspected.count)), ("suspected_list", suspected.json),
        ("repeated", .int(repeated.count)), ("repeated_list", repeated.json),
        ("withheld", .optional(deletes.withheld?.rawValue)),
      ] + (tookSource ? [(ChangeSet.tookSourceMember, .bool(true))] : []))
  }
}
