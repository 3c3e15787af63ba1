import Digest
import Domain
import Model
import Records
import SQL
import Warehouse

/// Writes the rows of one run in the order of their keys; the index by key is made only where rows must be found by it.
struct StagingWriter: ~Copyable {
  private let database: any Database
  private let run: Int64
  private let bulk: any BulkInsert
  private let pendingBulk: any BulkInsert
  /// Made when the first row has evidence.
  private var evidence: EvidenceWriter?
  private let warehouse: OpenWarehouse
  private var nextID: Int64
  /// Whether a row refers to something nobody had met when it came.
  private(set) var hasPending = false
  /// Rows by entity number.
  private(set) var counts = Array(repeating: 0, count: 256)

  init(_ warehouse: OpenWarehouse, run: Int) throws {
    let database = warehouse.database
    if try database.firstInt("SELECT 1 FROM staging_rows LIMIT 1") == nil {
      try database.script("DROP INDEX IF EXISTS staging_key")
    }
    let bulk = try database.bulk(
      into: "staging_rows",
      columns: [
        ("id", .integer), ("run_no", .integer), ("entity", .integer), ("nkey", .text), ("row_hash", .blob),
        ("flags", .integer), ("payload", .blob), ("source_row", .integer), ("issues", .text),
      ])
    let pendingBulk = try database.bulk(
      into: "staging_references",
      columns: [("run_no", .integer), ("entity", .integer), ("nkey", .text), ("staged", .integer)])
    self.warehouse = warehouse
    self.database = database
    self.run = Int64(run)
    nextID = StagedIDs.first(ofRun: run)
    self.bulk = bulk
    self.pendingBulk = pendingBulk
  }

  mutating func row(_ row: SpooledRow) throws {
    bulk.int(nextID)
    bulk.int(run)
    bulk.int(row.entity)
    bulk.text(row.key)
    bulk.blob(row.hash)
    bulk.int(row.flags)
    bulk.blob(row.payload)
    bulk.int(row.sourceRow)
    if row.issues.isEmpty { bulk.null() } else { bulk.text(row.issues) }
    try bulk.endRow()
    if !row.evidence.isEmpty { try write(row.evidence, of: row) }
    try row.eachReference { entity, key in
      hasPending = true
      pendingBulk.int(run)
      pendingBulk.int(entity)
      pendingBulk.text(key)
      pendingBulk.int(nextID)
      try pendingBulk.endRow()
    }
    nextID += 1
    counts[Int(row.entity)] += 1
  }

  private mutating func write(_ evidence: Bytes, of row: SpooledRow) throws {
    if self.evidence == nil { self.evidence = try warehouse.evidenceWriter(run: Int(run)) }
    let key = String(decoding: row.key, as: UTF8.self)
    for item in RecordEvidence.decode(evidence, entity: Int(row.entity), key: key, staged: nextID) {
      try self.evidence?.write(item)
    }
  }

  /// `findsByKey`: rows will be looked up by their keys, so that the index is needed.
  mutating func finish(findsByKey: Bool) throws {
    _ = try bulk.finish()
    _ = try pendingBulk.finish()
    try evidence?.finish()
    if findsByKey || hasPending { try database.script(SchemaText.stagingIndex) }
    if database.dialect == .postgres { try database.script("ANALYZE staging_rows") }
  }
}

/// The name of a run made of several: the digest of theirs.
enum RunID {
  static func of(_ ids: [String]) -> String { String(SHA256.hex(of: ids.joined(separator: "\n")).prefix(16)) }
}
