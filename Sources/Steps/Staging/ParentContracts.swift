import Domain
import Model
import Records
import SQL
import Warehouse

/// An amendment names the number of the agreement above it, and not always what kind of agreement that is.
///
/// Where one contract of the carrier has the number, under another kind, the amendment stands under that one.
struct ParentContracts {
  private let database: any Database
  private let run: Int64

  init(_ database: any Database, run: Int64) {
    self.database = database
    self.run = run
  }

  /// Leads what stands under the missing contract to the one there is; false where none or several may be meant.
  func settle(_ entity: Entity, _ key: String) throws -> Bool {
    guard entity.name == "contracts", let parent = entity.index(of: "parent"), let other = try other(entity, key) else {
      return false
    }
    let cursor = try database.query(
      """
      SELECT s.id, s.entity, s.payload FROM staging_references p JOIN staging_rows s ON s.id = p.staged
      WHERE p.run_no = $1 AND p.entity = $2 AND p.nkey = $3 ORDER BY s.id
      """, [.int(run), .int(Int64(entity.number)), .text(key)])
    var rows: [(id: Int64, payload: [UInt8])] = []
    while try cursor.next() {
      // A reference that is part of a key says its kind itself.
      guard cursor.int(1) == Int64(entity.number) else { return false }
      rows.append((cursor.int(0), cursor.blob(2)))
    }
    for row in rows { try lead(row.id, row.payload, entity, parent, to: other) }
    return true
  }

  /// The only contract with the same carrier and number, in this run or committed.
  private func other(_ entity: Entity, _ key: String) throws -> String? {
    guard let slash = key.lastIndex(of: "/") else { return nil }
    let names = ContractKind.allCases.map { String(key[...slash]) + $0.rawValue }
    let list = database.dialect.placeholders(names.count, from: 3)
    let cursor = try database.query(
      """
      SELECT nkey FROM records WHERE entity = $1 AND deleted = 0 AND nkey IN (\(list))
      UNION SELECT nkey FROM staging_rows WHERE run_no = $2 AND entity = $1 AND nkey IN (\(list)) ORDER BY nkey
      """, [.int(Int64(entity.number)), .int(run)] + names.map { .text($0) })
    var found: [String] = []
    while try cursor.next() { found.append(cursor.text(0)) }
    return found.count == 1 ? found[0] : nil
  }

  private func lead(_ id: Int64, _ payload: [UInt8], _ entity: Entity, _ parent: Int, to key: String) throws {
    var row = StagedRow(entity)
    guard payload.withUnsafeBufferPointer({ row.decode($0) }) else { return }
    row.set(parent, text: key)
    var encoded: [UInt8] = []
    row.encode(clears: true, into: &encoded)
    var hasher = RowHasher()
    try database.run(
      "UPDATE staging_rows SET payload = $1, row_hash = $2 WHERE id = $3",
      [.blob(encoded), .blob(Array(hasher.hash(staged: row))), .int(id)])
    try database.run(
      "UPDATE field_evidence SET value = $1 WHERE staged = $2 AND field = 'parent'",
      [.text(JSON.string(key).line), .int(id)])
  }
}
