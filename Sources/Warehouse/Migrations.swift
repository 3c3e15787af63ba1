import Digest
import Model
package import SQL

/// One step from an older schema to a newer one: ordered, checksummed, applied once.
package struct Migration: Sendable {
  package let number: Int
  package let name: String
  package let statements: [String]

  package var checksum: String {
    SHA256.hex(of: statements.joined(separator: ";\n"))
  }

  /// Every migration in order. One that has been released is never edited: `db status` would name it as changed.
  package static func all(_ dialect: Dialect) -> [Migration] {
    [
      Migration(
        number: 1, name: "inventory",
        statements: SchemaText.system(dialect)
          + Inventory.entities.filter { $0.since == 1 }.map { SchemaText.table(of: $0, version: 1, dialect) }),
      Migration(
        number: 2, name: "contracts from paper",
        statements: SchemaText.evidence(dialect) + SchemaText.additions(of: 2, dialect)),
    ]
  }
}

/// Where a migration stands in a database.
package struct MigrationStatus: Equatable, Sendable {
  package enum State: String, Sendable {
    case applied
    case pending
    /// Its text differs from what was applied.
    case changed
    /// Applied by a newer program than this one.
    case unknown
  }

  package let number: Int
  package let name: String
  package let state: State
  package let appliedAt: String
}

/// Brings a database to the schema of this program.
package struct Migrator {
  private let database: any Database

  package init(_ database: any Database) { self.database = database }

  package func status() throws -> [MigrationStatus] {
    let applied = try appliedRows()
    let known = Migration.all(database.dialect)
    var status = known.map { migration -> MigrationStatus in
      guard let row = applied[migration.number] else {
        return MigrationStatus(number: migration.number, name: migration.name, state: .pending, appliedAt: "")
      }
      return MigrationStatus(
        number: migration.number, name: migration.name,
        state: row.checksum == migration.checksum ? .applied : .changed, appliedAt: row.at)
    }
    for (number, row) in applied.sorted(by: { $0.key < $1.key }) where !known.contains(where: { $0.number == number }) {
      status.append(MigrationStatus(number: number, name: row.name, state: .unknown, appliedAt: row.at))
    }
    return status
  }

  /// Applies what is pending, all or nothing, and answers what it applied; `noting` belongs to the same transaction.
  package func migrate(now: String, noting: ([Migration]) throws -> Void = { _ in }) throws -> [Migration] {
    try database.transaction {
      let text = database.dialect.type(for: .text)
      try database.script(
        """
        CREATE TABLE IF NOT EXISTS migrations (
          number \(database.dialect.type(for: .integer)) PRIMARY KEY, name \(text) NOT NULL,
          checksum \(text) NOT NULL, applied_at \(text) NOT NULL)\(database.dialect.tableSuffix)
        """)
      let states = try status()
      if let bad = states.first(where: { $0.state == .changed || $0.state == .unknown }) {
        throw WarehouseError.migration(number: bad.number, name: bad.name, state: bad.state)
      }
      let pending = states.filter { $0.state == .pending }.map(\.number)
      let migrations = Migration.all(database.dialect).filter { pending.contains($0.number) }
      for migration in migrations {
        for statement in migration.statements { try database.script(statement) }
        try database.run(
          "INSERT INTO migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
          [.int(Int64(migration.number)), .text(migration.name), .text(migration.checksum), .text(now)])
      }
      try noting(migrations)
      return migrations
    }
  }

  private func appliedRows() throws -> [Int: (name: String, checksum: String, at: String)] {
    guard try OpenWarehouse.hasTable("migrations", in: database) else { return [:] }
    var rows: [Int: (name: String, checksum: String, at: String)] = [:]
    let cursor = try database.query("SELECT number, name, checksum, applied_at FROM migrations", [])
    while try cursor.next() {
      rows[Int(cursor.int(0))] = (cursor.text(1), cursor.text(2), cursor.text(3))
    }
    return rows
  }
}
