import Model
import Records
import SQL
import Warehouse

/// The staged and committed rows of some groups, read in bulk and compared field by field.
struct RowPairs: ~Copyable {
  /// A committed record as it would be, and what that changes.
  struct Merged {
    let changes: [FieldChange]
    let hash: [UInt8]
    /// The encoding of the record as it would be.
    let encoded: [UInt8]
    let currency: String
    let mrcBefore: Int64
    let mrcAfter: Int64
  }

  /// Rows with one key that say different things of it, as one row.
  struct Combined {
    let payload: [UInt8]
    let hash: [UInt8]
  }

  private var merges: [Int64: Merged] = [:]
  private var payloads: [Int64: [UInt8]] = [:]
  /// By the first row's id, for groups whose rows are not all the same.
  private(set) var combined: [Int64: Combined] = [:]

  init(_ warehouse: OpenWarehouse, _ groups: [Comparer.Group]) throws {
    let database = warehouse.database
    for group in groups where group.committed != nil || group.rows.count > 1 || group.rows[0].hasClears {
      for row in group.rows { payloads[row.id] = row.payload }
    }
    for group in groups where Set(group.rows.map(\.hash)).count > 1 { combine(group) }
    for entity in Inventory.entities {
      let own = groups.filter { $0.entity == Int64(entity.number) && $0.committed != nil }
      if !own.isEmpty { try merge(entity, own, database) }
    }
  }

  /// Fills what the first row leaves open from the others, in order of their hashes.
  private mutating func combine(_ group: Comparer.Group) {
    let entity = self.entity(group.entity)
    var whole = StagedRow(entity)
    var other = StagedRow(entity)
    guard decode(group.rows[0].id, &whole) else { return }
    for row in group.rows.dropFirst() where decode(row.id, &other) {
      for field in entity.fields.indices where whole.kind(field) == .absent {
        switch other.kind(field) {
        case .absent: continue
        case .cleared: whole.clear(field)
        case .integer: if let integer = other.integer(field) { whole.set(field, integer: integer) }
        case .text: other.withText(field) { whole.set(field, text: $0) }
        }
      }
    }
    var payload: [UInt8] = []
    whole.encode(clears: true, into: &payload)
    var hasher = RowHasher()
    combined[group.rows[0].id] = Combined(payload: payload, hash: Array(hasher.hash(staged: whole)))
  }

  private mutating func merge(_ entity: Entity, _ groups: [Comparer.Group], _ database: any Database) throws {
    let reader = CommittedReader(entity, database.dialect)
    var stagedOf: [Int64: Int64] = [:]
    for group in groups { if let committed = group.committed { stagedOf[committed.id] = group.rows[0].id } }
    var current = StagedRow(entity)
    var staged = StagedRow(entity)
    var hasher = RowHasher()
    let ids = stagedOf.keys.sorted()
    for chunk in stride(from: 0, to: ids.count, by: 500) {
      let cursor = try reader.records(Array(ids[chunk..<min(chunk + 500, ids.count)]), database)
      while try cursor.next() {
        guard let id = stagedOf[reader.id(cursor)], let payload = combined[id]?.payload ?? payloads[id] else {
          continue
        }
        reader.fill(&current, from: cursor)
        guard payload.withUnsafeBufferPointer({ staged.decode($0) }) else { continue }
        let before = GroupTotals.mrc(current)
        let changes = RowMerge.apply(staged, to: &current)
        var encoded: [UInt8] = []
        current.encode(clears: false, into: &encoded)
        merges[id] = Merged(
          changes: changes, hash: Array(hasher.hash(current)), encoded: encoded,
          currency: GroupTotals.currency(current),
          mrcBefore: before, mrcAfter: GroupTotals.mrc(current))
      }
    }
  }

  /// The hash of the new record that a group with cleared fields makes.
  func recordHash(_ group: Comparer.Group) -> [UInt8]? {
    var row = StagedRow(entity(group.entity))
    let payload = combined[group.rows[0].id]?.payload ?? payloads[group.rows[0].id]
    guard payload?.withUnsafeBufferPointer({ row.decode($0) }) == true else { return nil }
    var hasher = RowHasher()
    return Array(hasher.hash(row))
  }

  func merged(_ staged: Int64) -> Merged? { merges[staged] }

  func entity(_ number: Int64) -> Entity { Inventory.entity(number: Int(number)) ?? Inventory.entities[0] }

  func singular(_ number: Int64) -> String { entity(number).singular }

  /// `2, 5 and 9`, as people read row numbers.
  func rowList(_ group: Comparer.Group) -> String {
    let rows = Set(group.rows.map(\.sourceRow)).sorted().map { String($0) }
    if rows.count > 12 { return rows.prefix(10).joined(separator: ", ") + " and \(rows.count - 10) more" }
    guard rows.count > 1, let last = rows.last else { return rows.first ?? "" }
    return rows.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Whether disagreements are in earnest: in the file's own entity, or in a field that needs approval. Otherwise the rows
  /// describe one thing in other words, and the least is taken.
  ///
  /// Two copies of one paper differ in which paper they are, and in how its title and names were read.
  func isContradiction(_ fields: Set<Int>, _ number: Int64, main: Int64, isPaper: Bool) -> Bool {
    let entity = self.entity(number)
    if number == main {
      return fields.contains {
        !isPaper || !["document", "document_pages", "title", "parties"].contains(entity.fields[$0].name)
      }
    }
    return fields.contains { entity.fields[$0].approval != nil }
  }

  /// Whether rows disagree only in how they write a part of the key, whose normal form they share.
  func isWriting(_ fields: Set<Int>, _ number: Int64) -> Bool {
    let entity = self.entity(number)
    return !fields.isEmpty
      && fields.allSatisfy { field in
        entity.key.contains { $0.field == entity.fields[field].name && $0.normal != .exact }
      }
  }

  /// The ways in which the rows of a group write some fields, in order of their rows: `AA/1 and aa-1`.
  func writings(_ group: Comparer.Group, _ fields: Set<Int>) -> String {
    var row = StagedRow(entity(group.entity))
    var texts: [String] = []
    for staged in group.rows.sorted(by: { ($0.sourceRow, $0.id) < ($1.sourceRow, $1.id) }) where decode(staged.id, &row)
    {
      for field in fields.sorted() {
        if let text = row.text(field), !texts.contains(text) { texts.append(text) }
      }
    }
    return texts.joined(separator: " and ")
  }

  /// The fields in which the rows of a group differ, with the values of the first and of the next that differs.
  func differences(_ group: Comparer.Group) throws -> JSON? {
    let entity = self.entity(group.entity)
    guard let next = group.rows.first(where: { $0.hash != group.rows[0].hash }) else { return nil }
    var first = StagedRow(entity)
    var second = StagedRow(entity)
    guard decode(group.rows[0].id, &first), decode(next.id, &second) else { return nil }
    let changes = entity.fields.indices.compactMap { field -> FieldChange? in
      let before = RowMerge.value(first, field)
      let after = RowMerge.value(second, field)
      return before == after ? nil : FieldChange(field: field, before: before, after: after)
    }
    return FieldChange.json(changes, entity)
  }

  /// The fields in which rows of a group say different things. Saying nothing contradicts nothing.
  func disagreements(_ group: Comparer.Group) -> Set<Int> {
    let entity = self.entity(group.entity)
    var fields: Set<Int> = []
    // By field: what the first row that says anything of it says.
    var stated: [Int: JSON] = [:]
    var row = StagedRow(entity)
    for staged in group.rows where decode(staged.id, &row) {
      for field in entity.fields.indices where row.kind(field) != .absent && !fields.contains(field) {
        let value = RowMerge.value(row, field)
        if let first = stated[field] {
          if first != value { fields.insert(field) }
        } else {
          stated[field] = value
        }
      }
    }
    return fields
  }

  private func decode(_ id: Int64, _ row: inout StagedRow) -> Bool {
    payloads[id].map { $0.withUnsafeBufferPointer { row.decode($0) } } ?? false
  }
}
