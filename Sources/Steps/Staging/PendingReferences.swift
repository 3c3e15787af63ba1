import Domain
import Model
import Records
import SQL
import Warehouse
import Wire
import YAML

/// What rows of a run refer to and nobody has met: now in the run after all, else a stub, else a reason to reject.
struct PendingReferences {
  struct Rejected {
    let entity: Entity
    /// Id of its staged row, which is gone.
    let staged: Int64
    let members: [JSON.Member]
    let row: RejectedRows.Row
    let issue: Issue
  }

  struct Resolution {
    /// In order.
    var stubs: [(entity: Entity, key: String)] = []
    var rejected: [Rejected] = []
    /// As the plan names them.
    var stubNames: [String] { stubs.map { "\($0.entity.singular) \($0.key)" } }
  }

  /// Keys of rows that were taken out again.
  private final class Gone {
    var keys: [(entity: Entity, key: String)] = []
    /// Of each entity asked for, what is in the run or the database.
    var known: [String: [String]] = [:]
    /// Keys that were compared with the known ones.
    var compared = 0
  }

  /// Comparing takes long with many keys, and a file of which more are unknown is wrong as a whole.
  private static let mostCompared = 200
  private static let mostKnown = 2000

  private let database: any Database
  private let run: Int64
  private let gone = Gone()
  private let keepsCommitted: Bool

  /// `keepsCommitted`: rows that say nothing new were left out, and may have stated what is committed.
  init(_ database: any Database, run: Int, keepsCommitted: Bool) {
    self.database = database
    self.keepsCommitted = keepsCommitted
    self.run = Int64(run)
  }

  /// Of the mapping counts `on_missing`, entity to `stub` or `error`, and the file's own entity.
  func resolve(_ mapping: JSON) throws -> Resolution {
    let policies = mapping["on_missing"]
    var resolution = Resolution()
    var missing = try missingKeys()
    var made = Set<String>()
    while !missing.isEmpty {
      var next: [(entity: Entity, key: String)] = []
      for (entity, key) in missing where made.insert(entity.name + " " + key).inserted {
        let policy =
          (policies?[entity.singular] ?? policies?[entity.name])?.text.flatMap { MissingPolicy(rawValue: $0) }
          ?? entity.missing
        if policy == .stub, try ParentContracts(database, run: run).settle(entity, key) { continue }
        if policy == .stub {
          next += try makeStub(entity, key)
          resolution.stubs.append((entity, key))
        } else {
          resolution.rejected += try rejectReferring(entity, key)
        }
      }
      missing = next
    }
    if !resolution.rejected.isEmpty {
      resolution.rejected += try rejectDependents()
      var rows = RejectedRows(
        database, run: Int(run), Set(resolution.rejected.map(\.row)),
        main: mapping["entity"]?.text.flatMap { Inventory.entity($0) }, keepsCommitted: keepsCommitted)
      let removed = try rows.remove()
      resolution.rejected += removed.rejected
      resolution.stubs.removeAll { removed.stubs.contains("\($0.entity.name) \($0.key)") }
    }
    try database.run("DELETE FROM staging_references WHERE run_no = $1", [.int(run)])
    return resolution
  }

  private func missingKeys() throws -> [(entity: Entity, key: String)] {
    var keys: [(entity: Entity, key: String)] = []
    let cursor = try database.query(
      """
      SELECT DISTINCT p.entity, p.nkey FROM staging_references p
      WHERE p.run_no = $1 AND NOT EXISTS (
        SELECT 1 FROM staging_rows s WHERE s.run_no = $1 AND s.entity = p.entity AND s.nkey = p.nkey)
      ORDER BY p.entity, p.nkey
      """, [.int(run)])
    while try cursor.next() {
      if let entity = Inventory.entity(number: Int(cursor.int(0))) { keys.append((entity, cursor.text(1))) }
    }
    return keys
  }

  /// Stages a record with nothing but its key; answers what the key itself refers to and does not exist.
  private func makeStub(_ entity: Entity, _ key: String) throws -> [(entity: Entity, key: String)] {
    var row = StagedRow(entity)
    var further: [(entity: Entity, key: String)] = []
    var parts = NaturalKey.parts(key)[...]
    var raw = key.split(separator: "/", omittingEmptySubsequences: false)[...]
    for part in entity.key {
      guard let index = entity.index(of: part.field) else { continue }
      if let target = entity.fields[index].reference.flatMap({ Inventory.entity($0) }) {
        let count = KeyLeaf.leaves(of: target).count
        let nested = raw.prefix(count).joined(separator: "/")
        row.set(index, text: nested)
        if try !exists(target, nested) { further.append((target, nested)) }
        parts = parts.dropFirst(count)
        raw = raw.dropFirst(count)
      } else {
        if entity.fields[index].isInteger, let number = parts.first.flatMap({ Int64($0) }) {
          row.set(index, integer: number)
        } else {
          row.set(index, text: parts.first ?? "")
        }
        parts = parts.dropFirst()
        raw = raw.dropFirst()
      }
    }
    if let name = entity.index(of: "name"), entity.name == "carriers" {
      row.set(name, text: try WrittenCarrier(database, run: run).name(key) ?? key)
    }
    try insert(row, key)
    return further
  }

  private func insert(_ row: borrowing StagedRow, _ key: String) throws {
    var payload: [UInt8] = []
    row.encode(clears: true, into: &payload)
    var hasher = RowHasher()
    let hash = Array(hasher.hash(row))
    let issue = Issue(
      "W_STUB", .warn, message: "referred to, but nowhere described", hint: "import its details when you have them")
    try database.run(
      """
      INSERT INTO staging_rows (id, run_no, entity, nkey, row_hash, flags, payload, source_row, issues)
      VALUES ((SELECT coalesce(max(id), 0) + 1 FROM staging_rows WHERE id BETWEEN $7 AND $8), $1, $2, $3, $4, 1, $5, 0, $6)
      """,
      [
        .int(run), .int(Int64(row.entity.number)), .text(key), .blob(hash), .blob(payload),
        .text(JSON.array([issue.json]).line), .int(StagedIDs.first(ofRun: Int(run))),
        .int(StagedIDs.last(ofRun: Int(run))),
      ])
  }

  private func exists(_ entity: Entity, _ key: String) throws -> Bool {
    let number = Int64(entity.number)
    return try database.firstInt(
      "SELECT 1 FROM records WHERE entity = $1 AND nkey = $2 AND deleted = 0", [.int(number), .text(key)]) != nil
      || database.firstInt(
        "SELECT 1 FROM staging_rows WHERE run_no = $1 AND entity = $2 AND nkey = $3",
        [.int(run), .int(number), .text(key)]) != nil
  }

  /// Rejects what refers to rows that were just taken out, and what refers to that, until nothing is left hanging.
  private func rejectDependents() throws -> [Rejected] {
    var rejected: [Rejected] = []
    while !gone.keys.isEmpty {
      var dead: [String: Entity] = [:]
      for (entity, key) in gone.keys where try !exists(entity, key) { dead["\(entity.name) \(key)"] = entity }
      gone.keys = []
      if dead.isEmpty { break }
      let cursor = try database.cursor(
        "SELECT id, entity, payload, source_row, nkey, flags FROM staging_rows WHERE id BETWEEN $1 AND $2 ORDER BY id",
        [.int(StagedIDs.first(ofRun: Int(run))), .int(StagedIDs.last(ofRun: Int(run)))])
      var ids: [Int64] = []
      while try cursor.next() {
        guard let entity = Inventory.entity(number: Int(cursor.int(1))) else { continue }
        var row = StagedRow(entity)
        guard row.decode(cursor.bytes(2)) else { continue }
        guard let (target, key) = Self.dead(row, dead) else { continue }
        ids.append(cursor.int(0))
        gone.keys.append((entity, cursor.text(4)))
        let issue = Issue(
          "E_REFERENCE", .error, field: target.singular, message: "the \(target.singular) it refers to was rejected",
          hint: "mend that one", value: key)
        let place = RejectedRows.Row(source: StagedFlags.source(cursor.int(5)), number: Int(cursor.int(3)))
        rejected.append(
          Rejected(entity: entity, staged: cursor.int(0), members: WireMembers.of(row), row: place, issue: issue))
      }
      for id in ids { try database.run("DELETE FROM staging_rows WHERE id = $1", [.int(id)]) }
    }
    return rejected
  }

  /// The first rejected record that a row refers to.
  private static func dead(_ row: borrowing StagedRow, _ dead: [String: Entity]) -> (Entity, String)? {
    for (index, field) in row.entity.fields.enumerated() {
      guard let target = field.reference, let key = row.text(index), let entity = dead["\(target) \(key)"] else {
        continue
      }
      return (entity, key)
    }
    return nil
  }

  private func rejectReferring(_ target: Entity, _ key: String) throws -> [Rejected] {
    var rejected: [Rejected] = []
    let advice = try advice(target, key)
    let cursor = try database.query(
      """
      SELECT s.id, s.entity, s.payload, s.source_row, s.flags FROM staging_references p JOIN staging_rows s ON s.id = p.staged
      WHERE p.run_no = $1 AND p.entity = $2 AND p.nkey = $3 ORDER BY s.id
      """, [.int(run), .int(Int64(target.number)), .text(key)])
    var ids: [Int64] = []
    while try cursor.next() {
      guard let entity = Inventory.entity(number: Int(cursor.int(1))) else { continue }
      var row = StagedRow(entity)
      guard row.decode(cursor.bytes(2)) else { continue }
      ids.append(cursor.int(0))
      var own: [UInt8] = []
      if row.appendKey(to: &own) == nil { gone.keys.append((entity, String(decoding: own, as: UTF8.self))) }
      let issue = Issue(
        "E_REFERENCE", .error, field: target.singular, message: "no such \(target.singular)",
        hint: advice, value: key)
      let place = RejectedRows.Row(source: StagedFlags.source(cursor.int(4)), number: Int(cursor.int(3)))
      rejected.append(
        Rejected(entity: entity, staged: cursor.int(0), members: WireMembers.of(row), row: place, issue: issue))
    }
    for id in ids { try database.run("DELETE FROM staging_rows WHERE id = $1", [.int(id)]) }
    return rejected
  }

  /// What to write instead, where a known key is near: a slip of the pen is never to become a record.
  private func advice(_ target: Entity, _ key: String) throws -> String {
    let known = try knownKeys(target)
    gone.compared += 1
    if gone.compared <= Self.mostCompared, let near = Suggestion.nearest(key, in: known) {
      return "did you mean \"\(near)\"? if not, load this \(target.singular) first"
    }
    let listed = known.isEmpty ? "none is known yet" : "known: \(known.prefix(12).joined(separator: ", "))"
    return "load this \(target.singular) first, or write a known one (\(listed)\(known.count > 12 ? ", ..." : ""))"
  }

  private func knownKeys(_ target: Entity) throws -> [String] {
    if let known = gone.known[target.name] { return known }
    var keys: [String] = []
    let cursor = try database.query(
      """
      SELECT nkey FROM records WHERE entity = $1 AND deleted = 0 AND stub = 0
      UNION SELECT nkey FROM staging_rows WHERE run_no = $2 AND entity = $1 AND source_row > 0
      ORDER BY nkey LIMIT \(Self.mostKnown)
      """, [.int(Int64(target.number)), .int(run)])
    while try cursor.next() { keys.append(cursor.text(0)) }
    gone.known[target.name] = keys
    return keys
  }
}
