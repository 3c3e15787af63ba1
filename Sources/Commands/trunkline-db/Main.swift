import CLI
import Opening
import Records
import SQL
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(spec, explain: Opening.explain) { invocation in
      let database = try Opening.database(invocation)
      switch invocation.arguments[0] {
      case "migrate": return try migrate(database, invocation)
      case "loads": return try loads(OpenWarehouse(database), invocation.console)
      case "status": return try status(database, invocation)
      default: return try Doctor(database: database, console: invocation.console).examine()
      }
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-db", summary: "the database: migrate, status, loads, doctor",
      usage: "migrate|status|loads|doctor [options]",
      arguments: [
        Argument(
          "ACTION", "migrate brings the tables to this program; status, loads and doctor write nothing",
          choices: ["migrate", "status", "loads", "doctor"])
      ],
      options: [.database],
      examples: [
        .init("trunkline db status", "migrations, profile, serial"),
        .init("trunkline db migrate", "apply what is pending, all or nothing"),
        .init("trunkline db loads", "the files it was loaded from and still agrees with, for extract --known"),
        .init("trunkline db doctor", "is everything in order"),
      ],
      exits: [.changes, .temporary, .notPermitted],
      notes: ["doctor ends with 2 when it finds something"])
  }

  nonisolated private static func migrate(_ database: any Database, _ invocation: Invocation) throws -> ExitStatus {
    guard try OpenWarehouse.hasTable("db_meta", in: database) else { throw WarehouseError.notInitialised }
    let now = Clock.instant(environment: invocation.environment)
    let login = try Principal.osUser()
    let applied = try Migrator(database).migrate(now: now) { migrations in
      if migrations.isEmpty { return }
      let warehouse = try OpenWarehouse(database)
      for migration in migrations { try warehouse.note(migration, principal: login, at: now) }
    }
    if applied.isEmpty { try invocation.console.out("nothing to migrate\n") }
    for migration in applied {
      try invocation.console.out("applied migration \(migration.number) (\(migration.name))\n")
    }
    return .done
  }

  nonisolated private static func loads(_ warehouse: OpenWarehouse, _ console: Console) throws -> ExitStatus {
    for load in try warehouse.loads() { try console.out(load.json.line + "\n") }
    return .done
  }

  nonisolated private static func status(_ database: any Database, _ invocation: Invocation) throws -> ExitStatus {
    guard try OpenWarehouse.hasTable("db_meta", in: database) else { throw WarehouseError.notInitialised }
    for migration in try Migrator(database).status() {
      try invocation.console.out(
        "migration \(migration.number)  \(migration.name)  \(migration.state.rawValue)  \(migration.appliedAt)\n")
    }
    let warehouse = try OpenWarehouse(database)
    if warehouse.isTest { try invocation.console.out("TEST DATABASE: scripted approvals are accepted here\n") }
    let sets = try warehouse.changeSets()
    try invocation.console.out(
      """
      profile    \(warehouse.profile)
      lineage    \(warehouse.lineage)
      serial     \(try warehouse.serial())
      changes    \(sets.count) change sets, \(sets.count { $0.state == .proposed }) proposed
      audit      \(try warehouse.auditHead().seq) entries, head \(try warehouse.auditHead().hash)

      """)
    return .done
  }
}
