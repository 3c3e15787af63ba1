import Digest
package import Records
import SQL

/// One act in the log: who did what to which change set, and what its content hashed to.
package struct AuditEntry: Equatable, Sendable {
  package let at: String
  package let principal: String
  package let role: String
  /// `init`, `propose`, `approve`, `reject`, `commit`, `migrate`.
  package let action: String
  package let changeSet: Int?
  package let body: JSON
  /// What the act covers as one digest: of a commit the change set's items; empty where there is none.
  package let root: String

  package init(
    at: String, principal: String, role: String, action: String, changeSet: Int?, body: JSON, root: String
  ) {
    self.at = at
    self.principal = principal
    self.role = role
    self.action = action
    self.changeSet = changeSet
    self.body = body
    self.root = root
  }
}

/// The hash chain of the log: each entry's hash covers the one before, so that none can be altered unseen.
package enum AuditChain {
  /// What stands before the first entry.
  package static let start = String(repeating: "0", count: 64)

  /// The entry as one line of canonical JSON, `seq` first.
  package static func line(_ entry: AuditEntry, seq: Int) -> String {
    JSON.fields([
      ("seq", .int(seq)), ("at", .string(entry.at)), ("principal", .string(entry.principal)),
      ("role", .string(entry.role)), ("action", .string(entry.action)),
      ("change_set", entry.changeSet.map { .int($0) } ?? .null), ("body", entry.body), ("root", .string(entry.root)),
    ]).line
  }

  /// SHA-256 over the hash before, a line feed, and the entry's line; 64 hexadecimal digits.
  package static func hash(_ entry: AuditEntry, seq: Int, after previous: String) -> String {
    SHA256.hex(of: previous + "\n" + line(entry, seq: seq))
  }
}

/// An entry as it stands in the log, with its place in the chain.
package struct AuditRecord: Equatable, Sendable {
  package let seq: Int
  package let entry: AuditEntry
  package let previous: String
  package let hash: String
  /// False where the body is not the one line of JSON that was written.
  package let isCanonical: Bool

  fileprivate static let select =
    "SELECT seq, at, principal, role, action, change_set, body, root, prev_hash, hash FROM audit_log"

  fileprivate init(_ row: any Row) {
    let text = row.text(6)
    let parsed = JSON.parse(text)
    seq = Int(row.int(0))
    entry = AuditEntry(
      at: row.text(1), principal: row.text(2), role: row.text(3), action: row.text(4),
      changeSet: row.intOrNil(5).map(Int.init), body: parsed ?? .null, root: row.text(7))
    previous = row.text(8)
    hash = row.text(9)
    isCanonical = parsed?.line == text
  }

  /// The entry with the least number, if the log has any.
  static func first(in database: any Database) throws -> AuditRecord? {
    let cursor = try database.query(select + " ORDER BY seq LIMIT 1", [])
    return try cursor.next() ? AuditRecord(cursor) : nil
  }
}

/// Follows the chain entry by entry, and remembers the first that does not follow; what comes after it proves nothing.
package struct AuditWalk {
  package struct Fault: Equatable, Sendable, CustomStringConvertible {
    package let seq: Int
    package let message: String

    package var description: String { "audit entry \(seq) \(message)" }
  }

  private var seq: Int
  /// nil where the entry before the first is not known: it is then taken at its word.
  private var hash: String?
  package private(set) var fault: Fault?

  /// Begins after entry `seq`; after 0 the chain's start is known.
  package init(after seq: Int = 0) {
    self.seq = seq
    hash = seq == 0 ? AuditChain.start : nil
  }

  package mutating func check(_ record: AuditRecord) {
    guard fault == nil else { return }
    seq += 1
    if record.seq != seq {
      fault = Fault(seq: seq, message: "is missing: entry \(record.seq) comes next")
    } else if record.previous != hash ?? record.previous {
      fault = Fault(seq: seq, message: "does not follow from the entry before it")
    } else if !record.isCanonical || AuditChain.hash(record.entry, seq: seq, after: record.previous) != record.hash {
      fault = Fault(seq: seq, message: "does not have the hash of its content: it was altered or moved")
    }
    hash = record.hash
  }
}

extension OpenWarehouse {
  /// Adds one entry to the end of the log; call it inside the write transaction of the act it records.
  @discardableResult package func append(_ entry: AuditEntry) throws -> (seq: Int, hash: String) {
    let head = try auditHead()
    let seq = head.seq + 1
    let hash = AuditChain.hash(entry, seq: seq, after: head.hash)
    try database.run(
      "INSERT INTO audit_log (seq, at, principal, role, action, change_set, body, root, prev_hash, hash)"
        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      [
        .int(Int64(seq)), .text(entry.at), .text(entry.principal), .text(entry.role), .text(entry.action),
        entry.changeSet.map { .int(Int64($0)) } ?? .null, .text(entry.body.line), .text(entry.root),
        .text(head.hash), .text(hash),
      ])
    return (seq, hash)
  }

  /// The last entry's number and hash, 0 and 64 zeros before the first; kept elsewhere, it shows a log cut short.
  package func auditHead() throws -> (seq: Int, hash: String) {
    let cursor = try database.query("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1", [])
    guard try cursor.next() else { return (0, AuditChain.start) }
    return (Int(cursor.int(0)), cursor.text(1))
  }

  /// Lends each entry in order of its number, from `first` on; memory does not grow with the log.
  package func eachAuditRecord(from first: Int = 0, _ body: (AuditRecord) throws -> Void) throws {
    let cursor = try database.cursor(
      AuditRecord.select + " WHERE seq >= $1 ORDER BY seq", [.int(Int64(first))])
    while try cursor.next() { try body(AuditRecord(cursor)) }
  }
}
