import SQL
import TestSupport
import Testing

@testable import Warehouse

/// A database of every earlier schema comes to this program's with all it holds; anything else is refused by name.
@Suite struct MigrationTests {
  private static let rows = ["Lumen,22/KRFN/100234,1250.00,USD,C-1,36,a", "Lumen,22/KRFN/100235,99.50,USD,C-1,36,b"]
  private static let older = Migration.all(.sqlite).dropLast().map(\.number)

  /// The tables that stood after a migration, in the order they were made.
  private static func tables(after number: Int, _ dialect: Dialect) -> [String] {
    Migration.all(dialect).prefix { $0.number <= number }.flatMap(\.statements).compactMap { statement in
      let words = statement.split(separator: " ", maxSplits: 3)
      return words.count > 2 && words[0] == "CREATE" && words[1] == "TABLE" ? String(words[2]) : nil
    }
  }

  private static func columns(of table: String, _ database: any Database) throws -> [String] {
    let sql =
      switch database.dialect {
      case .sqlite: "SELECT name FROM pragma_table_info($1) ORDER BY cid"
      case .postgres:
        "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema() "
          + "ORDER BY ordinal_position"
      }
    return try database.rows(sql, [.text(table)]).compactMap(\.first?.text)
  }

  /// Gives an empty database the schema of `number` and of `source` what that schema has room for.
  private static func age(_ aged: any Database, to number: Int, from source: any Database) throws {
    for migration in Migration.all(aged.dialect) where migration.number <= number {
      for statement in migration.statements { try aged.script(statement) }
    }
    try aged.script("CREATE TABLE migrations (number BIGINT PRIMARY KEY, name TEXT, checksum TEXT, applied_at TEXT)")
    for table in tables(after: number, aged.dialect) + ["migrations"] {
      let names = try columns(of: table, aged)
      let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
      let places = (1...names.count).map { "$\($0)" }.joined(separator: ", ")
      let only = table == "migrations" ? " WHERE number <= \(number)" : ""
      for row in try source.rows("SELECT \(list) FROM \(table)\(only) ORDER BY 1") {
        try aged.run("INSERT INTO \(table) (\(list)) VALUES (\(places))", row)
      }
    }
  }

  @Test(arguments: TestStore.available, older)
  func anOlderDatabaseKeepsAllItHolds(_ store: TestStore, _ number: Int) throws {
    let source = try Chain(store)
    try source.load(Self.rows)
    let aged = try Chain(store)
    let database = try aged.store.connect()
    for table in Self.tables(after: .max, database.dialect).reversed() + ["migrations"] {
      try database.script("DROP TABLE \(table)")
    }
    try Self.age(database, to: number, from: source.database)

    let refused = try aged.plan(Self.rows)
    #expect(refused.status == 78 && refused.stderr.contains("trunkline db migrate"), "\(refused.stderr)")
    let migrated = try aged.sh("trunkline-db migrate")
    #expect(migrated.status == 0 && migrated.stdout.contains("applied migration \(number + 1) "), "\(migrated.stderr)")
    #expect(try aged.sh("trunkline-db migrate").stdout == "nothing to migrate\n")

    for table in Self.tables(after: .max, database.dialect) {
      #expect(try Self.columns(of: table, database) == Self.columns(of: table, source.database), "\(table)")
    }
    #expect(try aged.contents() == source.contents())
    #expect(try aged.sh("trunkline-db doctor").status == 0)
    let verified = try aged.verify()
    #expect(verified.status == 0, "\(verified.stdout)")
    #expect(try aged.plan(Self.rows).stdout.contains("No changes"))
    let changed = try aged.plan([Self.rows[0].replacingOnce("1250", "1300"), Self.rows[1]])
    #expect(changed.status == 2)
    try aged.land(try aged.newest())
    #expect(try aged.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func aMigrationThatFailsLeavesTheDatabaseAsItWas(_ store: TestStore) throws {
    let source = try ApprovalFixture(store)
    let database = try store.make()
    let aged = try database.connect()
    try Self.age(aged, to: 1, from: source.database)
    let first = try #require(Self.tables(after: 2, aged.dialect).last)
    try aged.script("CREATE TABLE \(first) (theirs BIGINT)")
    #expect(throws: SQLFailure.self) { try Migrator(aged).migrate(now: "") }
    #expect(
      try Migrator(aged).status().map(\.state) == [.applied]
        + Migration.all(aged.dialect).dropFirst().map { _ in .pending })
    try aged.script("DROP TABLE \(first)")
    #expect(try Migrator(aged).migrate(now: "").map(\.number) == [2])
  }

  @Test(
    arguments: TestStore.available,
    [
      (
        "UPDATE migrations SET checksum = 'x' WHERE number = 1",
        "migration 1 (inventory) is not the one that was applied"
      ),
      (
        "INSERT INTO migrations (number, name, checksum, applied_at) VALUES (99, 'later', '', '')",
        "migration 99 (later) was applied by a newer trunkline than this one"
      ),
    ])
  func anotherProgramsDatabaseIsLeftAlone(_ store: TestStore, _ other: (sql: String, message: String)) throws {
    let chain = try Chain(store)
    try chain.database.run(other.sql, [])
    let before = try chain.counts()
    try chain.table(Self.rows)
    for line in [Chain.line, "trunkline-db migrate", "trunkline-report inventory --out x.xlsx"] {
      let refused = try chain.sh(line)
      #expect(refused.status == 78 && refused.stderr.contains(other.message), "\(line): \(refused.stderr)")
    }
    #expect(try chain.counts() == before)
  }

  /// A released migration that changed, say by a new word in a list of codes, would shut people out of their databases.
  @Test func releasedMigrationsStayAsTheyAre() throws {
    let lines = [Dialect.sqlite, .postgres].flatMap { dialect in
      Migration.all(dialect).map { "\(dialect) \($0.number) \($0.name) \($0.checksum)\n" }
    }
    try Golden.check(lines.joined(), "Tests/Goldens/migrations.txt")
  }
}
