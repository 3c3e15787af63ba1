import Domain
import Model
import Records
import SQL
package import Warehouse

/// Why a change set cannot be undone.
package enum RevertError: Error, Equatable {
  case notCommitted(String)
  case nothingLeft(String)

  package var message: String {
    switch self {
    case .notCommitted(let set): "\(set) was never committed"
    case .nothingLeft(let set): "\(set) changed nothing that could be undone"
    }
  }

  package var hint: String {
    switch self {
    case .notCommitted: "only committed change sets can be reverted: trunkline changes lists them"
    case .nothingLeft: "see trunkline changes show"
    }
  }
}

/// Makes the change set that undoes another: proposed and approved like any other, nothing is erased.
///
/// New records are proposed as soft deletes, updates as their former values, soft deletes as restores. A record that was
/// changed again since is a conflict, named with who changed it.
package struct Reverter {
  private let planner: Planner
  private var warehouse: OpenWarehouse { planner.warehouse }
  private var database: any Database { planner.database }

  package init(_ warehouse: OpenWarehouse, _ options: PlanOptions) {
    planner = Planner(warehouse, options)
  }

  package func revert(_ name: String) throws -> ChangeSet {
    try database.transaction {
      let original = try warehouse.changeSet(name)
      guard original.state == .committed else { throw RevertError.notCommitted(original.name) }
      let run = try warehouse.addRun(
        id: String(original.digest.prefix(16)), principal: planner.options.principal, createdAt: planner.options.now,
        asOf: planner.options.asOf, sources: .array([]),
        mapping: .fields([("name", .string("revert of \(original.name)")), ("sha256", .string(original.digest))]),
        mode: "partial", title: "revert of \(original.name)", isSealed: true, state: "staged", counts: .fields([]))
      let id = try warehouse.next("change_sets")
      var inverse = try InverseItems(warehouse, original, run: run, set: id)
      try inverse.write()
      guard inverse.count > 0 else { throw RevertError.nothingLeft(original.name) }
      let summary = inverse.summary
      let groups = inverse.totals.groups
      let proof = try inverse.finish()
      try planner.save(id, proof, run, summary, groups, reverts: original.id)
      return try warehouse.changeSet(ChangeSet.name(id))
    }
  }
}

/// The inverse of each item of a committed change set.
struct InverseItems: ~Copyable {
  private let warehouse: OpenWarehouse
  private let database: any Database
  private let original: ChangeSet
  private let run: Run
  private var items: ItemWriter
  private(set) var totals = GroupTotals()
  private var nextStaged: Int64
  private var departures = Departures()
  /// Deleted records that come back, as entity number and key.
  private var restored: Set<String> = []

  private struct Item {
    let sequence: Int64
    let entity: Entity
    let key: String
    let action: ChangeAction
    let fields: String?
    let resulting: Int64
    let id: Int64
    let version: Int64
    let last: Int64
  }

  init(_ warehouse: OpenWarehouse, _ original: ChangeSet, run: Run, set: Int) throws {
    let items = try ItemWriter(warehouse.database, set: set)
    nextStaged = StagedIDs.first(ofRun: run.number)
    self.warehouse = warehouse
    database = warehouse.database
    self.original = original
    self.run = run
    self.items = items
  }

  var count: Int { items.count }

  mutating func finish() throws -> ItemsDigest.Proof { try items.finish() }

  mutating func write() throws {
    try depart()
    var after: Int64 = 0
    while true {
      let chunk = try read(after: after)
      guard let last = chunk.last else { return }
      // A chunk ends with an entity, so that its committed rows come from one table.
      let same = chunk.prefix { $0.entity.number == chunk[0].entity.number }
      try invert(Array(same))
      after = same.last?.sequence ?? last.sequence
    }
  }

  /// Finds out which of the records that the set made are referred to by others, and have to stay.
  private mutating func depart() throws {
    let cursor = try database.cursor(
      """
      SELECT i.entity, i.action, r.id, i.fields FROM change_items i
      JOIN records r ON r.entity = i.entity AND r.nkey = i.nkey
      WHERE i.change_set = $1 AND i.action IN (1, 2, 4) AND r.version = i.base_version + 1 AND r.deleted = 0
      ORDER BY i.seq
      """, [.int(Int64(original.id))])
    while try cursor.next() {
      guard let entity = Inventory.entity(number: Int(cursor.int(0))) else { continue }
      guard cursor.int(1) == ChangeAction.update.rawValue else {
        departures.insert(entity, cursor.int(2))
        continue
      }
      if entity.references.isEmpty { continue }
      let changes = cursor.textOrNil(3).flatMap { JSON.parse($0) }.map { FieldChange.parse($0, entity) } ?? []
      for change in changes where entity.fields[change.field].reference != nil {
        departures.move(entity, cursor.int(2), field: change.field)
      }
    }
    try departures.settle(database)
  }

  /// The first record that a row would refer to again although it is deleted and stays so.
  private func missing(_ row: borrowing StagedRow, _ fields: [Int]) throws -> String? {
    for field in fields {
      guard let target = row.entity.fields[field].reference.flatMap({ Inventory.entity($0) }),
        let key = row.text(field), !restored.contains("\(target.number) \(key)")
      else { continue }
      let isLive = try database.firstInt(
        "SELECT 1 FROM records WHERE entity = $1 AND nkey = $2 AND deleted = 0",
        [.int(Int64(target.number)), .text(key)])
      if isLive == nil { return "\(target.singular) \(key)" }
    }
    return nil
  }

  private func read(after sequence: Int64) throws -> [Item] {
    var chunk: [Item] = []
    let cursor = try database.query(
      """
      SELECT i.seq, i.entity, i.nkey, i.action, i.fields, i.base_version, r.id, r.version, r.change_set
      FROM change_items i JOIN records r ON r.entity = i.entity AND r.nkey = i.nkey
      WHERE i.change_set = $1 AND i.action <> 5 AND i.seq > $2 ORDER BY i.seq LIMIT 400
      """, [.int(Int64(original.id)), .int(sequence)])
    while try cursor.next() {
      guard let entity = Inventory.entity(number: Int(cursor.int(1))) else { continue }
      chunk.append(
        Item(
          sequence: cursor.int(0), entity: entity, key: cursor.text(2),
          action: ChangeAction(rawValue: cursor.int(3)) ?? .conflict, fields: cursor.textOrNil(4),
          resulting: cursor.int(5) + 1, id: cursor.int(6), version: cursor.int(7), last: cursor.int(8)))
    }
    return chunk
  }

  private mutating func invert(_ chunk: [Item]) throws {
    let entity = chunk[0].entity
    let reader = CommittedReader(entity, database.dialect)
    var rows: [Int64: Current] = [:]
    var current = StagedRow(entity)
    var hasher = RowHasher()
    let cursor = try reader.records(chunk.map(\.id), database)
    while try cursor.next() {
      reader.fill(&current, from: cursor)
      let hash = Array(hasher.hash(current))
      var encoded: [UInt8] = []
      current.encode(clears: false, into: &encoded)
      rows[reader.id(cursor)] = Current(
        encoded: encoded, hash: hash, currency: GroupTotals.currency(current), mrc: GroupTotals.mrc(current))
    }
    for item in chunk {
      guard let row = rows[item.id] else { continue }
      try invert(item, row)
    }
  }

  private struct Current {
    let encoded: [UInt8]
    let hash: [UInt8]
    let currency: String
    let mrc: Int64
  }

  private mutating func invert(_ item: Item, _ row: Current) throws {
    var planned = PlannedItem(
      entity: Int64(item.entity.number), key: item.key, action: .conflict, baseVersion: item.version, rowHash: row.hash,
      stagedHash: row.hash, staged: nil, sourceRow: nil, fields: nil, note: nil)
    guard item.version == item.resulting else {
      let later = try warehouse.changeSets(id: item.last)
      planned.note =
        "changed again by \(ChangeSet.name(Int(item.last)))"
        + (later.map { " (\($0.committedBy ?? $0.author), \(($0.committedAt ?? "").prefix(10)))" } ?? "")
      return try items.write(planned)
    }
    switch item.action {
    case .create, .restore:
      if let keeper = departures.reason(item.entity, item.id) {
        planned.note = keeper
        return try items.write(planned)
      }
      planned.action = .softDelete
      var gone = StagedRow(item.entity)
      guard row.encoded.withUnsafeBufferPointer({ gone.decode($0) }) else { throw PlanError.unreadable(item.key) }
      totals.add(deleted: gone, key: item.key)
    case .softDelete:
      var back = StagedRow(item.entity)
      guard row.encoded.withUnsafeBufferPointer({ back.decode($0) }) else { throw PlanError.unreadable(item.key) }
      if let missing = try missing(back, Array(item.entity.fields.indices)) {
        planned.note = "it refers to \(missing), which is deleted"
        return try items.write(planned)
      }
      planned.action = .restore
      restored.insert("\(item.entity.number) \(item.key)")
      totals.add(restored: back, key: item.key)
    case .update:
      try restoreValues(item, row, &planned)
    case .conflict: return
    }
    try items.write(planned)
  }

  /// Stages the former values as the row the update is undone by.
  private mutating func restoreValues(_ item: Item, _ row: Current, _ planned: inout PlannedItem) throws {
    let changes = item.fields.flatMap { JSON.parse($0) }.map { FieldChange.parse($0, item.entity) } ?? []
    var former = StagedRow(item.entity)
    for change in changes {
      switch change.before {
      case .null: former.clear(change.field)
      case .number(let text): former.set(change.field, integer: Int64(text) ?? 0)
      default: former.set(change.field, text: change.before.text ?? "")
      }
    }
    var current = StagedRow(item.entity)
    guard row.encoded.withUnsafeBufferPointer({ current.decode($0) }) else { throw PlanError.unreadable(item.key) }
    // The currency stays beside the amounts, so that the plan can show them.
    if let currency = item.entity.fields.firstIndex(where: { $0.type == .currency }), former.kind(currency) == .absent,
      let code = current.text(currency)
    {
      former.set(currency, text: code)
    }
    let inverse = RowMerge.apply(former, to: &current)
    if let missing = try missing(current, inverse.map(\.field)) {
      planned.note = "it would refer to \(missing) again, which is deleted"
      return
    }
    var hasher = RowHasher()
    planned.action = .update
    planned.rowHash = Array(hasher.hash(current))
    planned.fields = FieldChange.json(inverse, item.entity).line
    planned.staged = nextStaged
    planned.stagedHash = Array(hasher.hash(staged: former))
    totals.add(
      updated: item.entity, changes: inverse, currency: GroupTotals.currency(current), before: row.mrc,
      after: GroupTotals.mrc(current), key: item.key)
    try stage(former, item.key, planned.stagedHash)
  }

  private mutating func stage(_ row: borrowing StagedRow, _ key: String, _ hash: [UInt8]) throws {
    var payload: [UInt8] = []
    row.encode(clears: true, into: &payload)
    try database.run(
      """
      INSERT INTO staging_rows (id, run_no, entity, nkey, row_hash, flags, payload, source_row, issues)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 0, NULL)
      """,
      [
        .int(nextStaged), .int(Int64(run.number)), .int(Int64(row.entity.number)), .text(key), .blob(hash),
        .int(row.hasClears ? 4 : 0), .blob(payload),
      ])
    nextStaged += 1
  }

  var summary: JSON {
    let actions: [(String, JSON)] = ChangeAction.allCases.map { ($0.word, .int(items.count($0))) }
    let entities = Inventory.entities.compactMap { entity in
      items.counts[Int64(entity.number)].map { counts in
        JSON.Member(
          entity.name,
          .fields(ChangeAction.allCases.compactMap { action in counts[action].map { (action.word, .int($0)) } }))
      }
    }
    return PlanSummary.json(actions: actions, entities: entities, totals: totals, more: [])
  }
}
