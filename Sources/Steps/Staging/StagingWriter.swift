import Digest
import Domain
import Model
import Records
import SQL
import Warehouse

/// Writes the rows of one run; before a first load it takes the index away and makes it once at the end.
struct StagingWriter: ~Copyable {
  private let database: any Database
  private let run: Int64
  private let bulk: any BulkInsert
  private let pendingBulk: any BulkInsert
  private let indexDropped: Bool
  private var nextID: Int64
  private var staged: [Int64: Int] = [:]

  init(_ warehouse: OpenWarehouse, run: Int) throws {
    let database = warehouse.database
    let nextID = Int64(try warehouse.next("staging_rows"))
    if nextID == 1 { try database.script("DROP INDEX IF EXISTS staging_key") }
    let bulk = try database.bulk(
      into: "staging_rows",
      columns: [
        ("id", .integer), ("run_no", .integer), ("entity", .integer), ("nkey", .text), ("row_hash", .blob),
        ("flags", .integer), ("payload", .blob), ("source_row", .integer), ("issues", .text),
      ])
    let pendingBulk = try database.bulk(
      into: "staging_references",
      columns: [("run_no", .integer), ("entity", .integer), ("nkey", .text), ("staged", .integer)])
    self.database = database
    self.run = Int64(run)
    self.nextID = nextID
    indexDropped = nextID == 1
    self.bulk = bulk
    self.pendingBulk = pendingBulk
  }

  /// Records how each column of a stream was read, said once for all its rows.
  mutating func columns(_ entity: Entity, _ provenance: JSON?) throws {
    for member in provenance?.members ?? [] {
      let confidence = member.value["conf"].flatMap { value -> Int64? in
        if case .number(let text) = value, let number = Self.permille(text) { return number }
        return nil
      }
      try database.run(
        """
        INSERT INTO run_columns (run_no, entity, field, source_column, method, confidence)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (run_no, entity, field) DO NOTHING
        """,
        [
          .int(run), .int(Int64(entity.number)), .text(member.name), .text(member.value["col"]?.text ?? ""),
          .text(member.value["method"]?.text ?? "given"), .int(confidence ?? 1000),
        ])
    }
  }

  /// Thousandths of a number between 0 and 1, by its text.
  private static func permille(_ text: String) -> Int64? {
    let parts = text.split(separator: ".")
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return nil }
    let digits = parts.count > 1 ? (parts[1] + "000").prefix(3) : "000"
    return Int64(digits).map { whole * 1000 + $0 }
  }

  mutating func row(
    entity: Int64, key: Bytes, hash: Bytes, flags: Int64, payload: Bytes, sourceRow: Int, issues: [String]
  ) throws {
    bulk.int(nextID)
    bulk.int(run)
    bulk.int(entity)
    bulk.text(key)
    bulk.blob(hash)
    bulk.int(flags)
    bulk.blob(payload)
    bulk.int(Int64(sourceRow))
    if issues.isEmpty { bulk.null() } else { bulk.text("[" + issues.joined(separator: ",") + "]") }
    try bulk.endRow()
    nextID += 1
    staged[entity, default: 0] += 1
  }

  /// Notes that the row written last refers to a record that has not been met.
  mutating func pending(entity: Int64, key: Bytes) throws {
    pendingBulk.int(run)
    pendingBulk.int(entity)
    pendingBulk.text(key)
    pendingBulk.int(nextID - 1)
    try pendingBulk.endRow()
  }

  mutating func finish() throws {
    _ = try bulk.finish()
    _ = try pendingBulk.finish()
    if indexDropped { try database.script(SchemaText.stagingIndex) }
    if database.dialect == .postgres { try database.script("ANALYZE staging_rows") }
  }

  /// Rows per entity name, stubs included.
  func counts() throws -> [String: Int] {
    var counts: [String: Int] = [:]
    let cursor = try database.query(
      "SELECT entity, count(*) FROM staging_rows WHERE run_no = $1 GROUP BY entity", [.int(run)])
    while try cursor.next() {
      if let entity = Inventory.entity(number: Int(cursor.int(0))) { counts[entity.name] = Int(cursor.int(1)) }
    }
    return counts
  }
}

/// The name of a run made of several: the digest of theirs.
enum RunID {
  static func of(_ ids: [String]) -> String { String(SHA256.hex(of: ids.joined(separator: "\n")).prefix(16)) }
}
