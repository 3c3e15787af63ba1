import Model
import Records
import SQL
import Warehouse

/// Committed records that an authoritative source no longer lists; empty for every other source.
///
/// The scope is the carriers the source speaks of (the first part of the key). Where absence proves nothing, none are
/// proposed and `withheld` says why. More than the mapping's `max_deletes` stop the plan.
struct AbsentRecords {
  struct Record {
    let entity: Int64
    let key: String
    let version: Int64
    let hash: [UInt8]
    let id: Int64
  }

  private var records: [Record] = []
  private var position = 0
  /// Why absences do not count.
  let withheld: Withholding?
  private var departures = Departures()

  init(_ warehouse: OpenWarehouse, _ run: Run) throws {
    withheld = Withholding(run)
    guard run.mode == "authoritative", withheld == nil,
      let entity = run.mapping["entity"]?.text.flatMap({ Inventory.entity(either: $0) })
    else { return }
    let number = Int64(entity.number)
    let parts =
      entity.key.first.flatMap { entity.field($0.field)?.reference }.flatMap { Inventory.entity($0) }
      .map { KeyLeaf.leaves(of: $0).count } ?? 0
    let scopes = try Self.scopes(warehouse.database, run.number, number, parts)
    let cursor = try warehouse.database.cursor(
      """
      SELECT r.nkey, r.version, r.row_hash, r.id, CASE WHEN EXISTS (
        SELECT 1 FROM staging_rows s WHERE s.run_no = $2 AND s.entity = $1 AND s.nkey = r.nkey) THEN 1 ELSE 0 END
      FROM records r WHERE r.entity = $1 AND r.deleted = 0 ORDER BY r.nkey
      """, [.int(number), .int(Int64(run.number))])
    var scope = 0
    let limit = run.mapping["max_deletes"]?.text ?? run.mapping["max_deletes"]?.int.map { String($0) }
    while try cursor.next() {
      guard parts == 0 || scopes.contains(Self.prefix(cursor.text(0), parts)) else { continue }
      scope += 1
      if cursor.int(4) != 0 { continue }
      if records.count < 1_000_000 {
        records.append(
          Record(
            entity: number, key: cursor.text(0), version: cursor.int(1), hash: cursor.blob(2), id: cursor.int(3)))
      }
    }
    let most = Self.most(limit, scope)
    if records.count > most { throw PlanError.tooManyDeletes(count: records.count, scope: scope, limit: most) }
    for record in records { departures.insert(entity, record.id) }
    try departures.settle(warehouse.database)
  }

  /// Who still refers to an absent record, so that it stays; nil for one that may go.
  func keeper(_ entity: Entity, _ record: Record) -> String? { departures.reason(entity, record.id) }

  var isEmpty: Bool { position >= records.count }

  /// The next record whose key comes before `group`'s, or any when there is no group left.
  mutating func next(before group: (entity: Int64, key: [UInt8])?) -> Record? {
    guard position < records.count else { return nil }
    let record = records[position]
    if let group {
      guard
        record.entity < group.entity
          || record.entity == group.entity && record.key.utf8.lexicographicallyPrecedes(group.key)
      else { return nil }
    }
    position += 1
    return record
  }

  private static func prefix(_ key: String, _ parts: Int) -> String {
    key.split(separator: "/", omittingEmptySubsequences: false).prefix(parts).joined(separator: "/")
  }

  private static func scopes(
    _ database: any Database, _ run: Int, _ entity: Int64, _ parts: Int
  ) throws -> Set<String> {
    guard parts > 0 else { return [] }
    var scopes: Set<String> = []
    let cursor = try database.cursor(
      "SELECT nkey FROM staging_rows WHERE run_no = $1 AND entity = $2", [.int(Int64(run)), .int(entity)])
    while try cursor.next() { scopes.insert(prefix(cursor.text(0), parts)) }
    return scopes
  }

  /// `10%` of the scope but at least 20, unless the mapping says a number or a percentage.
  private static func most(_ limit: String?, _ scope: Int) -> Int {
    guard let limit else { return max(20, scope / 10) }
    if limit.hasSuffix("%") { return scope * min(max(Int(limit.dropLast()) ?? 10, 0), 100) / 100 }
    return Int(limit) ?? max(20, scope / 10)
  }
}
