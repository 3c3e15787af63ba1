import Model
import Records
import SQL
import TestSupport

@testable import Warehouse

/// A database with users of every role and one change set, written straight into the tables.
struct ApprovalFixture {
  static let now = "2026-11-21T08:00:00Z"
  let store: TestDatabase
  let database: any Database
  let warehouse: OpenWarehouse

  /// The first user is `exec@x` (login `exec`); others are `ROLE@x`.
  init(_ store: TestStore, profile: String = "test", roles: [String] = []) throws {
    self.store = try store.make()
    database = try self.store.connect()
    warehouse = try OpenWarehouse.initialise(
      database,
      Founding(
        lineage: String(repeating: "a", count: 32), profile: profile, email: "exec@x", login: "exec", role: "exec",
        now: Self.now))
    for role in roles { try add(user: role) }
  }

  func add(user role: String, name: String? = nil) throws {
    let name = name ?? role
    let id = try database.firstInt("SELECT max(id) + 1 FROM users") ?? 1
    try database.run(
      "INSERT INTO users (id, nkey, run_no, email, login, role, active) VALUES ($1, $2, 0, $2, $3, $4, 1)",
      [.int(id), .text("\(name)@x"), .text(name), .text(role)])
  }

  /// A proposed change set of three new carriers and the given groups.
  @discardableResult func propose(
    _ groups: [ChangeGroup], author: String = "exec@x", id: Int64 = 1, items: Int64 = 3
  ) throws -> ChangeSet {
    for seq in 1...items {
      try database.run(
        "INSERT INTO change_items (change_set, seq, entity, nkey, action, base_version, row_hash, staged_hash)"
          + " VALUES ($1, $2, 2, $3, 1, 0, $4, $4)",
        [.int(id), .int(seq), .text("carrier-\(seq)"), .blob(Array(repeating: UInt8(seq), count: 16))])
    }
    try database.run(
      "INSERT INTO change_sets (id, digest, run_no, lineage, base_serial, state, author, created_at, as_of, title, summary)"
        + " VALUES ($1, $2, 1, $3, 0, 'proposed', $4, $5, '2026-11-21', 'november', '{\"rest\":3}')",
      [
        .int(id), .text(try warehouse.itemsDigest(of: Int(id))), .text(warehouse.lineage), .text(author),
        .text(Self.now),
      ])
    for group in groups {
      try database.run(
        "INSERT INTO change_groups (change_set, field, kind, currency, items, before_minor, after_minor, largest)"
          + " VALUES ($1, $2, $3, $4, $5, $6, $7, '[]')",
        [
          .int(id), .text(group.field.rawValue), .text(group.kind.rawValue), .text(group.currency),
          .int(Int64(group.items)), .int(group.before), .int(group.after),
        ])
    }
    try warehouse.logProposal(Int(id), origins: try warehouse.itemsProof(of: Int(id)).origins, at: Self.now)
    return try warehouse.changeSet(ChangeSet.name(Int(id)))
  }

  static func group(
    _ field: ApprovalField, _ kind: ChangeGroup.Kind = .new, _ currency: String = "", items: Int = 2, after: Int64 = 0
  ) -> ChangeGroup {
    ChangeGroup(
      field: field, kind: kind, currency: currency, items: items, before: 0, after: after, largest: .array([]))
  }

  static var money: [ChangeGroup] {
    [group(.mrc, .new, "EUR", after: 500), group(.mrc, .new, "USD", after: 695_000)]
  }
}
