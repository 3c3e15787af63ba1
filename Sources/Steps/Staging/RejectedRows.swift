import Domain
import Model
import Records
import SQL
import Warehouse
import Wire

/// Takes the other records of rejected source rows out of a run, and stubs that nobody needs any more.
///
/// What a row that stays refers to stays with it; so does what belongs to that, as a term belongs to its contract, for the
/// row may have stated it too. Memory grows with the rejected rows only.
struct RejectedRows {
  /// A row of one of the run's sources.
  struct Row: Hashable {
    let source: Int64
    let number: Int
  }

  private struct Candidate {
    let id: Int64
    let row: Row
    let name: String
    let entity: Entity
    /// What it belongs to; nil for records that stand for themselves.
    let owner: String?
    let references: [String]
    let isStub: Bool
    var isKept = false
  }

  private let database: any Database
  private let ids: [SQLValue]
  private let rejected: Set<Row>
  /// Entities that the file's own entity refers to, itself included, directly or not: these stand for themselves.
  private let standing: Set<String>
  /// Rows that say nothing new are not staged, and might have stated what is committed.
  private let keepsCommitted: Bool
  private var candidates: [Candidate] = []
  private var needed: Set<String> = []

  init(_ database: any Database, run: Int, _ rejected: Set<Row>, main: Entity?, keepsCommitted: Bool) {
    self.database = database
    self.rejected = rejected
    self.keepsCommitted = keepsCommitted
    ids = [.int(StagedIDs.first(ofRun: run)), .int(StagedIDs.last(ofRun: run))]
    var standing: Set<String> = []
    var next = [main?.name ?? "circuits"]
    while let name = next.popLast() {
      if standing.insert(name).inserted { next += Inventory.entity(name)?.references ?? [] }
    }
    self.standing = standing
  }

  /// Deletes them; answers what is to be written as rejects, and the stubs that went.
  mutating func remove() throws -> (rejected: [PendingReferences.Rejected], stubs: Set<String>) {
    try gather()
    try markNeeded()
    while try keepNeeded() {}
    var result: (rejected: [PendingReferences.Rejected], stubs: Set<String>) = ([], [])
    for candidate in candidates where !candidate.isKept {
      if candidate.isStub {
        result.stubs.insert(candidate.name)
      } else {
        try result.rejected += reject(candidate)
      }
      try database.run("DELETE FROM staging_rows WHERE id = $1", [.int(candidate.id)])
    }
    return result
  }

  private func eachRow(_ body: (Int64, Row, borrowing StagedRow, String, Bool) throws -> Void) throws {
    let cursor = try database.cursor(
      "SELECT id, entity, payload, source_row, nkey, flags FROM staging_rows WHERE id BETWEEN $1 AND $2 ORDER BY id",
      ids)
    while try cursor.next() {
      guard let entity = Inventory.entity(number: Int(cursor.int(1))) else { continue }
      var row = StagedRow(entity)
      guard row.decode(cursor.bytes(2)) else { continue }
      let place = Row(source: StagedFlags.source(cursor.int(5)), number: Int(cursor.int(3)))
      try body(cursor.int(0), place, row, cursor.text(4), cursor.int(5) & 1 != 0)
    }
  }

  private func isCandidate(_ row: Row, _ isStub: Bool) -> Bool { isStub || row.number > 0 && rejected.contains(row) }

  private static func references(_ row: borrowing StagedRow) -> [String] {
    var names: [String] = []
    for (index, field) in row.entity.fields.enumerated() {
      if let target = field.reference, let key = row.text(index) { names.append("\(target) \(key)") }
    }
    return names
  }

  private mutating func gather() throws {
    var found: [Candidate] = []
    try eachRow { id, place, row, key, isStub in
      guard isCandidate(place, isStub) else { return }
      let entity = row.entity
      let references = Self.references(row)
      let owner = standing.contains(entity.name) ? nil : references.first
      found.append(
        Candidate(
          id: id, row: place, name: "\(entity.name) \(key)", entity: entity, owner: owner, references: references,
          isStub: isStub))
    }
    candidates = found
  }

  /// Notes which of the candidates, or of what they belong to, the rows that stay refer to.
  private mutating func markNeeded() throws {
    let wanted = Set(candidates.map(\.name) + candidates.compactMap(\.owner))
    if wanted.isEmpty { return }
    var found: Set<String> = []
    try eachRow { _, place, row, _, isStub in
      if !isCandidate(place, isStub) { found.formUnion(Self.references(row).lazy.filter { wanted.contains($0) }) }
    }
    needed = found
  }

  /// One round; whether it kept anything.
  private mutating func keepNeeded() throws -> Bool {
    var isChanged = false
    for index in candidates.indices where !candidates[index].isKept {
      let candidate = candidates[index]
      var isKept = needed.contains(candidate.name) || candidate.owner.map { needed.contains($0) } == true
      if !isKept, keepsCommitted, !candidate.isStub { isKept = try isCommitted(candidate) }
      guard isKept else { continue }
      candidates[index].isKept = true
      needed.formUnion(candidate.references)
      isChanged = true
    }
    return isChanged
  }

  private func isCommitted(_ candidate: Candidate) throws -> Bool {
    let name = candidate.owner ?? candidate.name
    guard let space = name.firstIndex(of: " "), let entity = Inventory.entity(String(name[..<space])) else {
      return false
    }
    return try database.firstInt(
      "SELECT 1 FROM records WHERE entity = $1 AND nkey = $2 AND deleted = 0",
      [.int(Int64(entity.number)), .text(String(name[name.index(after: space)...]))]) != nil
  }

  private func reject(_ candidate: Candidate) throws -> [PendingReferences.Rejected] {
    let cursor = try database.query("SELECT payload FROM staging_rows WHERE id = $1", [.int(candidate.id)])
    var row = StagedRow(candidate.entity)
    guard try cursor.next(), row.decode(cursor.bytes(0)) else { return [] }
    return [
      PendingReferences.Rejected(
        entity: candidate.entity, staged: candidate.id, members: WireMembers.of(row), row: candidate.row,
        issue: .sibling)
    ]
  }
}

/// What the number `flags` of a staged row holds: 1 a stub, 4 fields are cleared, from the fourth bit the run's source.
enum StagedFlags {
  static func of(source: Int) -> Int64 { Int64(source) << 3 }
  static func source(_ flags: Int64) -> Int64 { flags >> 3 }
}

extension Issue {
  static let sibling = Issue(
    "E_SIBLING", .error, message: "another record of the same source row was rejected", hint: "mend that one")
}
