import Model
import SQL
import Warehouse

/// Live records that refer to deleted ones after a change set was applied; there must be none.
///
/// The plan turns what is still referred to into conflicts; this finds references that were made since.
struct Orphans {
  private static let most = 21
  private let database: any Database
  private let set: Int64

  init(_ database: any Database, set: Int) {
    self.database = database
    self.set = Int64(set)
  }

  /// One line for each, by name; a few beyond twenty are not looked for.
  func find(deletes: Bool, restores: Bool) throws -> [String] {
    var lines: [String] = []
    for referrer in Inventory.entities {
      for field in referrer.fields {
        guard let target = field.reference.flatMap({ Inventory.entity($0) }) else { continue }
        if deletes { lines += try pairs(referrer, field, target, touched: target, alias: "g") }
        if restores { lines += try pairs(referrer, field, target, touched: referrer, alias: "t") }
        if lines.count >= Self.most { return lines }
      }
    }
    return lines
  }

  /// Pairs of which the set deleted the one referred to, or restored the one that refers.
  private func pairs(
    _ referrer: Entity, _ field: Field, _ target: Entity, touched: Entity, alias: String
  ) throws -> [String] {
    let deleted = alias == "g" ? 1 : 0
    let own = "SELECT id FROM records WHERE entity = $1 AND change_set = $2 AND deleted = \(deleted)"
    guard try database.firstInt(own + " LIMIT 1", [.int(Int64(touched.number)), .int(set)]) != nil else { return [] }
    let cursor = try database.query(
      """
      SELECT t.nkey, g.nkey FROM \(referrer.name) t
      JOIN \(target.name) g ON g.id = t.\(database.dialect.quoted(field.columnName))
      WHERE t.deleted_at IS NULL AND g.deleted_at IS NOT NULL AND \(alias).id IN (\(own)) ORDER BY t.nkey LIMIT \(Self.most)
      """, [.int(Int64(touched.number)), .int(set)])
    var lines: [String] = []
    while try cursor.next() {
      lines.append("\(referrer.singular) \(cursor.text(0)) refers to \(target.singular) \(cursor.text(1))")
    }
    return lines
  }
}
