import SQL
import TestSupport
import Testing

/// What both databases promise, held against each of them.
@Suite struct StoreLaws {
  private func table(_ database: any Database, _ name: String = "circuit") throws {
    let type = database.dialect.type(for:)
    try database.script(
      """
      CREATE TABLE \(name) (
        id \(type(.integer)) PRIMARY KEY, name \(type(.text)), hash \(type(.blob)), starts \(type(.date)),
        kbps \(type(.integer)) CHECK (kbps > 0))\(database.dialect.tableSuffix)
      """)
  }

  private let insert = "INSERT INTO circuit (id, name, hash, starts) VALUES ($1, $2, $3, $4)"

  private func kind(_ body: () throws -> Void) -> SQLFailure.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? SQLFailure)?.kind
    }
  }

  @Test(arguments: TestStore.available) func valuesComeBackAsTheyWere(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    let bytes = (0...255).map { UInt8($0) }
    let rows: [[SQLValue]] = [
      [.int(.max), .text("Zürich – 東京 \u{1F4DE} a\\b\tc\r\nd\u{1}"), .blob(bytes), "2024-02-29"],
      [.int(.min), .text(""), .blob([]), "0001-01-01"],
      [0, .null, .null, .null],
      [-7, .text("\\N"), .blob([0]), "9999-12-31"],
    ]
    for row in rows { try database.run(insert, row) }
    let statement = try database.prepare("INSERT INTO circuit (id, name, hash, starts) VALUES (1 + $1, $2, $3, $4)")
    try statement.run([10, "prepared", .blob(bytes), "2024-01-31"])
    try database.beginWrite()
    let bulk = try database.bulk(
      into: "circuit", columns: [("id", .integer), ("name", .text), ("hash", .blob), ("starts", .date)])
    for (offset, row) in rows.enumerated() {
      bulk.value(.int(Int64(100 + offset)))
      for value in row[1...] { bulk.value(value) }
      try bulk.endRow()
    }
    #expect(try bulk.finish() == 4)
    try database.commit()

    let find = "SELECT id, name, hash, starts FROM circuit WHERE id = $1"
    for (offset, row) in rows.enumerated() {
      let kept = try database.cursor("SELECT id, name, hash, CAST(starts AS TEXT) FROM circuit WHERE id = $1", [row[0]])
      #expect(try kept.next())
      #expect((0..<4).map { kept.value($0) } == row)
      #expect(kept.bytes(2).count == row[2].blob?.count ?? 0)
      #expect(kept.blob(2) == row[2].blob ?? [])
      #expect(try !kept.next())
      let copied = try database.rows(find, [.int(Int64(100 + offset))])
      #expect(copied.first?[1...] == row[1...])
    }
    #expect(try database.rows(find, [11]) == [[11, "prepared", .blob(bytes), "2024-01-31"]])
  }

  @Test(arguments: TestStore.available) func placeholdersGoByTheirNumber(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    try database.run("INSERT INTO circuit (name, id, kbps) VALUES ($2, $1, $1)", [5, "five"])
    #expect(try database.rows("SELECT id, kbps, name FROM circuit") == [[5, 5, "five"]])
    let sql = "SELECT count(*) FROM circuit WHERE name = $3 AND id BETWEEN $2 AND $1 AND kbps <= $1"
    #expect(try database.firstInt(sql, [6, 4, "five"]) == 1)
    #expect(try database.firstInt(sql, [4, 6, "five"]) == 0)
    let statement = try database.prepare(sql)
    statement.bind(3, text: "five")
    statement.bind(1, int: 6)
    statement.bind(2, int: 4)
    #expect(try statement.first())
    #expect(statement.int(0) == 1)
    statement.bind(2, int: 6)
    #expect(try statement.first())
    #expect(statement.int(0) == 0)
  }

  @Test(arguments: TestStore.available) func changedRowsAreCounted(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    for id in 1...3 { try database.run("INSERT INTO circuit (id) VALUES ($1)", [.int(Int64(id))]) }
    #expect(try database.run("UPDATE circuit SET kbps = 64 WHERE id > $1", [1]) == 2)
    #expect(try database.run("DELETE FROM circuit WHERE id = $1", [9]) == 0)
    #expect(try database.run("CREATE TABLE other (id \(database.dialect.type(for: .integer)))") == 0)
    #expect(try database.rows("DELETE FROM circuit WHERE id > $1 RETURNING id", [1]).count == 2)
    #expect(try database.firstInt("SELECT sum(id) FROM circuit") == 1)
  }

  @Test(arguments: TestStore.available) func aThrowUndoesTheTransaction(_ store: TestStore) throws {
    struct Stop: Error {}
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    #expect(throws: Stop.self) {
      try database.transaction {
        try database.run("INSERT INTO circuit (id) VALUES (1)")
        throw Stop()
      }
    }
    #expect(try database.firstInt("SELECT count(*) FROM circuit") == 0)
    try database.transaction { _ = try database.run("INSERT INTO circuit (id) VALUES (2)") }
    #expect(try place.connect().firstInt("SELECT id FROM circuit") == 2)
    try database.beginWrite()
    #expect(throws: SQLFailure.self) { try database.beginRead() }
    try database.run("DELETE FROM circuit")
    database.rollback()
    database.rollback()
    #expect(try database.firstInt("SELECT count(*) FROM circuit") == 1)
  }

  @Test(arguments: TestStore.available) func thereIsOneWriterAtATime(_ store: TestStore) throws {
    let place = try store.make()
    let first = try place.connect()
    try table(first)
    let second = try place.connect(busyTimeout: 50)
    try first.beginWrite()
    #expect(kind { try second.beginWrite() } == .busy)
    try first.run("INSERT INTO circuit (id) VALUES (1)")
    try first.commit()
    try second.transaction { _ = try second.run("INSERT INTO circuit (id) VALUES (2)") }
    #expect(try first.firstInt("SELECT count(*) FROM circuit") == 2)
  }

  @Test(arguments: TestStore.available) func aReaderWritesNothingAndSeesOneState(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    try database.reading {
      #expect(try database.firstInt("SELECT count(*) FROM circuit") == 0)
      if store == .postgres {
        try place.connect().run("INSERT INTO circuit (id) VALUES (1)")
        #expect(try database.firstInt("SELECT count(*) FROM circuit") == 0)
        #expect(kind { try database.run("INSERT INTO circuit (id) VALUES (2)") } == .readOnly)
        database.rollback()
        try database.beginRead()
      } else {
        #expect(kind { try place.connect(busyTimeout: 50).run("INSERT INTO circuit (id) VALUES (1)") } == .busy)
      }
    }
  }

  @Test(arguments: TestStore.available) func refusalsAreSorted(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    try database.run("INSERT INTO circuit (id) VALUES (1)")
    #expect(kind { try database.run("INSERT INTO circuit (id) VALUES (1)") } == .constraint)
    #expect(kind { try database.run("INSERT INTO circuit (id, kbps) VALUES (2, 0)") } == .constraint)
    #expect(kind { try database.run("INSERT INTO circuit (id, kbps) VALUES (2, $1)", ["fast"]) } == .constraint)
    #expect(kind { try database.run(insert, [3, "a\0b", nil, nil]) } == .constraint)
    #expect(kind { try database.run("INSERT INTO nowhere VALUES (1)") } == .other)
    let bulk = try database.bulk(into: "circuit", columns: [("id", .integer), ("name", .text)])
    bulk.int(1)
    #expect(kind { try bulk.endRow() } == .other)
    bulk.int(7)
    bulk.text("a\0b")
    #expect(kind { try bulk.endRow() } == .constraint)
    bulk.int(8)
    bulk.text("good")
    try bulk.endRow()
    #expect(try bulk.finish() == 1)
    #expect(try database.rows("SELECT id, name FROM circuit ORDER BY id") == [[1, nil], [8, "good"]])
    database.close()
    #expect(kind { try database.run("DELETE FROM circuit") } == .connection)
  }

  @Test(arguments: TestStore.available) func manyRowsGoInWhileOthersComeOut(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    try table(database, "copy")
    let count = 50_000
    try database.transaction {
      let bulk = try database.bulk(into: "circuit", columns: [("id", .integer), ("name", .text)])
      for id in 0..<count {
        bulk.int(Int64(id))
        bulk.text("NE/1234/\(id)/AMS-LON")
        try bulk.endRow()
      }
      #expect(try bulk.finish() == count)
    }
    try database.transaction {
      let cursor = try database.cursor("SELECT id, name FROM circuit ORDER BY id")
      let other = try database.cursor("SELECT id FROM circuit WHERE id >= $1 ORDER BY id", [40_000])
      let bulk = try database.bulk(into: "copy", columns: [("id", .integer), ("name", .text)])
      var others = 0
      while try cursor.next() {
        if try other.next() { others += 1 }
        bulk.int(cursor.int(0))
        bulk.text(cursor.bytes(1))
        try bulk.endRow()
      }
      #expect(others == 10_000)
      #expect(try bulk.finish() == count)
    }
    let same = "SELECT count(*) FROM circuit JOIN copy ON copy.id = circuit.id AND copy.name = circuit.name"
    #expect(try database.firstInt(same) == Int64(count))
  }

  /// Ten megabytes, which SQLite begins to write to the file before the transaction ends.
  private func load(_ database: any Database) throws {
    let bulk = try database.bulk(into: "circuit", columns: [("id", .integer), ("name", .text)])
    let name = String(repeating: "NE/1234/AMS-LON ", count: 640)
    for id in 0..<1000 {
      bulk.int(Int64(id))
      bulk.text(name)
      try bulk.endRow()
    }
    #expect(try bulk.finish() == 1000)
  }

  @Test(arguments: TestStore.available) func aLargeLoadIsUndoneAndWaitsForNoReader(_ store: TestStore) throws {
    struct Stop: Error {}
    let place = try store.make()
    let writer = try place.connect(busyTimeout: 50)
    try table(writer)
    #expect(throws: Stop.self) {
      try writer.transaction {
        try load(writer)
        throw Stop()
      }
    }
    let reader = try place.connect()
    #expect(try reader.firstInt("SELECT count(*) FROM circuit") == 0)
    try reader.beginRead()
    try writer.beginWrite()
    try load(writer)
    #expect(try reader.firstInt("SELECT count(*) FROM circuit") == 0)
    reader.rollback()
    try writer.commit()
    #expect(try reader.firstInt("SELECT count(*) FROM circuit") == 1000)
    #expect(try writer.integrityCheck().isEmpty)
  }

  @Test(arguments: TestStore.available) func aCursorOutsideATransactionOutlivesOne(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    try database.run(Self.count(to: 200_000, into: "circuit"))
    let cursor = try database.cursor("SELECT id, name FROM circuit")
    #expect(try cursor.next())
    try database.transaction { _ = try database.run("UPDATE circuit SET kbps = 1 WHERE id = 1") }
    // Still at the server: it was not taken whole.
    let open = "SELECT count(*) FROM pg_cursors WHERE name <> '' AND is_holdable"
    if store == .postgres { #expect(try database.firstInt(open) == 1) }
    var rows = 1
    while try cursor.next() { rows += 1 }
    if store == .postgres { #expect(try database.firstInt(open) == 0) }
    #expect(rows == 200_000)
  }

  static func count(to last: Int, into table: String) -> String {
    """
    INSERT INTO \(table) (id, name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(last))
    SELECT i, 'a name long enough to be noticed when all rows of the table are kept at once, a hundred letters or so'
    FROM n
    """
  }

  @Test(arguments: TestStore.available) func textSortsByItsBytes(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    for (id, name) in ["a", "B", "é", "Z", "b"].enumerated() {
      try database.run(insert, [.int(Int64(id)), .text(name), nil, nil])
    }
    let names = try database.rows("SELECT name FROM circuit ORDER BY name").compactMap { $0[0].text }
    #expect(names == ["B", "Z", "a", "b", "é"])
  }

  @Test(arguments: TestStore.available) func aSoundDatabaseHasNoFaults(_ store: TestStore) throws {
    let place = try store.make()
    let database = try place.connect()
    try table(database)
    #expect(try database.integrityCheck() == [])
  }

  @Test(.enabled(if: PostgresServer.isAvailable, "postgres is not installed: the laws ran on SQLite alone"))
  func postgresIsAmongTheDatabases() throws {
    #expect(TestStore.available.contains(.postgres))
    _ = try PostgresServer.shared.get()
  }
}
