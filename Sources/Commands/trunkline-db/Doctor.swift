import CLI
import Commitment
import SQL
import Warehouse

/// Looks at a database from its pages up to its log, and says of each check how it came out.
struct Doctor {
  let database: any Database
  let console: Console

  /// Status 2 when anything is wrong; later checks need what earlier ones found whole.
  func examine() throws -> ExitStatus {
    let faults = try database.integrityCheck()
    try report("storage, indexes and references", faults)
    try storage()
    guard try OpenWarehouse.hasTable("db_meta", in: database) else { throw WarehouseError.notInitialised }
    let migrations = try Migrator(database).status().filter { $0.state != .applied }
      .map { "migration \($0.number) (\($0.name)) is \($0.state.rawValue)" }
    try report("migrations", migrations)
    guard faults.isEmpty, migrations.isEmpty else { return .changes }
    let warehouse = try OpenWarehouse(database)
    if warehouse.isTest { try console.out("TEST DATABASE: scripted approvals are accepted here\n") }
    let findings = try AuditVerification(warehouse).run(expect: nil).map(\.description)
    try report("audit log, change sets and records", findings)
    try leftovers()
    let head = try warehouse.auditHead()
    try console.out("audit head: entry \(head.seq), \(head.hash)\n")
    return findings.isEmpty ? .done : .changes
  }

  private func report(_ what: String, _ faults: [String]) throws {
    try console.out("\(faults.isEmpty ? "ok" : "BAD")  \(what)\n" + faults.map { "     \($0)\n" }.joined())
  }

  /// How SQLite writes; a server has its own administrator.
  private func storage() throws {
    guard database.dialect == .sqlite else { return }
    let version = try database.firstText("SELECT sqlite_version()") ?? "?"
    let mode = try database.firstText("PRAGMA journal_mode") ?? "?"
    let levels = ["off", "normal", "full", "extra"]
    let level = Int(try database.firstInt("PRAGMA synchronous") ?? 0)
    try console.out(
      """
      ok  SQLite \(version), journal_mode \(mode), synchronous \(levels.indices.contains(level) ? levels[level] : "?")
          (the WAL reset fault of SQLite 3.7.0 to 3.51.2 cannot happen here: WAL is not used)

      """)
  }

  /// Staged rows of runs that lead nowhere any more: harmless, but they take room.
  private func leftovers() throws {
    let rows =
      try database.firstInt(
        "SELECT count(*) FROM staging_rows s LEFT JOIN runs r ON r.run_no = s.run_no"
          + " WHERE r.state IS NULL OR r.state NOT IN ('staged', 'planned')") ?? 0
    try console.out(rows == 0 ? "ok  staging area\n" : "ok  staging area: \(rows) rows of ended runs take room\n")
  }
}
