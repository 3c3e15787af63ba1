import Digest
import Domain
import Model
import Records
package import SQL

/// The facts a new database starts from.
package struct Founding: Sendable {
  /// 128 random bits as 32 hexadecimal digits; plans made against one database never fit another.
  package let lineage: String
  /// `test` or `standard`.
  package let profile: String
  package let email: String
  package let login: String
  package let role: String
  package let now: String

  /// Every role there is.
  package static let roles = UserRole.allCases.map(\.rawValue)

  package init(lineage: String, profile: String, email: String, login: String, role: String, now: String) {
    self.lineage = lineage
    self.profile = profile
    self.email = email
    self.login = login
    self.role = role
    self.now = now
  }
}

extension OpenWarehouse {
  /// Makes tables, facts and the first user in an empty database; the audit log begins with it.
  ///
  /// Throws `.alreadyInitialised` for a database that has tables, whoever made them. One whose making was cut short
  /// between tables and facts is completed.
  package static func initialise(_ database: any Database, _ founding: Founding) throws -> OpenWarehouse {
    guard try isEmpty(database) else { throw WarehouseError.alreadyInitialised }
    _ = try Migrator(database).migrate(now: founding.now)
    return try database.transaction {
      guard try database.firstInt("SELECT count(*) FROM db_meta") == 0 else { throw WarehouseError.alreadyInitialised }
      let facts = [("lineage", founding.lineage), ("profile", founding.profile), ("serial", "0")]
      for (name, value) in facts {
        try database.run("INSERT INTO db_meta (name, value) VALUES ($1, $2)", [.text(name), .text(value)])
      }
      let warehouse = try OpenWarehouse(database)
      try warehouse.addFirstUser(founding)
      return warehouse
    }
  }

  /// Empty, or with our tables and nothing in them.
  private static func isEmpty(_ database: any Database) throws -> Bool {
    if try hasTable("db_meta", in: database) {
      return try database.firstInt("SELECT count(*) FROM db_meta") == 0
    }
    let sql =
      switch database.dialect {
      case .sqlite: "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
      case .postgres: "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
      }
    return try database.firstInt(sql) == 0
  }

  /// Logs a migration that was applied; `principal` is the operating system user.
  package func note(_ migration: Migration, principal: String, at now: String) throws {
    try append(
      AuditEntry(
        at: now, principal: principal, role: (try? user(login: principal).role) ?? "", action: "migrate",
        changeSet: nil, body: .fields([("number", .int(migration.number)), ("name", .string(migration.name))]),
        root: migration.checksum))
  }

  private func addFirstUser(_ founding: Founding) throws {
    guard let entity = Inventory.entity("users") else { throw WarehouseError.notInitialised }
    var row = StagedRow(entity)
    for (name, value) in [("email", founding.email), ("login", founding.login), ("role", founding.role)] {
      if let field = entity.index(of: name) { row.set(field, text: value) }
    }
    if let field = entity.index(of: "active") { row.set(field, integer: 1) }
    var key: [UInt8] = []
    _ = row.appendKey(to: &key)
    var hasher = RowHasher()
    let hash = Array(hasher.hash(row))
    let nkey = String(decoding: key, as: UTF8.self)
    let columns = entity.fields.map { database.dialect.quoted($0.columnName) }.joined(separator: ", ")
    let values = entity.fields.indices.map { index -> SQLValue in
      if let number = row.integer(index) { return .int(number) }
      return row.text(index).map { .text($0) } ?? .null
    }
    try database.run(
      "INSERT INTO users (id, nkey, run_no, \(columns)) VALUES (1, $1, 0, "
        + database.dialect.placeholders(values.count, from: 2) + ")", [.text(nkey)] + values)
    try database.run(
      "INSERT INTO records (entity, nkey, id, version, row_hash, deleted, stub, change_set)"
        + " VALUES ($1, $2, 1, 1, $3, 0, 0, 0)", [.int(Int64(entity.number)), .text(nkey), .blob(hash)])
    try append(
      AuditEntry(
        at: founding.now, principal: founding.email, role: founding.role, action: "init", changeSet: nil,
        body: .fields([
          ("lineage", .string(founding.lineage)), ("profile", .string(founding.profile)),
          ("login", .string(founding.login)),
        ]), root: Hex.encode(hash)))
  }
}
