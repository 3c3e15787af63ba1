import Digest
package import Model
import Records
package import SQL

/// A database with the tables of this program, and the facts about it that every command needs.
///
/// Not thread-safe; one value per process. Reading and writing rows is left to the steps; here is what they share.
package final class OpenWarehouse {
  package let database: any Database
  package let lineage: String
  /// `test` for a database that accepts scripted approvals and says so everywhere; else `standard`.
  ///
  /// A test database is one that says so and was made as one, by the first entry of its audit log.
  package let profile: String

  package var isTest: Bool { profile == "test" }

  /// Refuses a database without tables, or with migrations still to be applied.
  package init(_ database: any Database) throws {
    guard try Self.hasTable("db_meta", in: database) else { throw WarehouseError.notInitialised }
    let states = try Migrator(database).status()
    if let bad = states.first(where: { $0.state == .changed || $0.state == .unknown }) {
      throw WarehouseError.migration(number: bad.number, name: bad.name, state: bad.state)
    }
    let pending = states.count { $0.state == .pending }
    if pending > 0 { throw WarehouseError.pendingMigrations(pending) }
    guard let lineage = try Self.meta("lineage", in: database), let profile = try Self.meta("profile", in: database)
    else {
      throw WarehouseError.notInitialised
    }
    self.database = database
    self.lineage = lineage
    let founded = try Self.founded(in: database) ?? profile
    self.profile = founded == profile ? profile : "standard"
  }

  /// The profile the database was made with; `standard` where the first entry of its log is not as it was written, nil
  /// for a log without entries.
  private static func founded(in database: any Database) throws -> String? {
    guard let record = try AuditRecord.first(in: database) else { return nil }
    var walk = AuditWalk()
    walk.check(record)
    guard walk.fault == nil, record.entry.action == "init" else { return "standard" }
    return record.entry.body["profile"]?.text ?? "standard"
  }

  package static func hasTable(_ name: String, in database: any Database) throws -> Bool {
    let sql =
      switch database.dialect {
      case .sqlite: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1"
      case .postgres: "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1"
      }
    return try database.firstInt(sql, [.text(name)]) ?? 0 > 0
  }

  static func meta(_ name: String, in database: any Database) throws -> String? {
    try database.firstText("SELECT value FROM db_meta WHERE name = $1", [.text(name)])
  }

  /// A fact of the database as the table has it: `lineage`, `profile`, `serial`.
  package func fact(_ name: String) throws -> String? { try Self.meta(name, in: database) }

  /// How many change sets have been committed; the base of every plan.
  package func serial() throws -> Int {
    Int(try Self.meta("serial", in: database) ?? "0") ?? 0
  }

  package func setSerial(_ serial: Int) throws {
    try database.run("UPDATE db_meta SET value = $1 WHERE name = 'serial'", [.text(String(serial))])
  }

  /// The next number of a table whose key counts from 1.
  package func next(_ table: String, _ column: String = "id") throws -> Int {
    Int(try database.firstInt("SELECT max(\(column)) FROM \(table)") ?? 0) + 1
  }

  /// The next id of each entity's table.
  package func nextID(_ entity: Entity) throws -> Int64 {
    (try database.firstInt("SELECT max(id) FROM \(entity.name)") ?? 0) + 1
  }
}
