import Model
import Records
import SQL

/// A row that a change set touches and that has moved since the plan was made.
package struct MovedRow: Equatable, Sendable {
  package let entity: String
  package let key: String
  /// The fields the set would change, by name.
  package let field: String
  /// Who moved it: the change set, its author and day.
  package let changeSet: String
  package let by: String
  package let at: String

  /// `circuit lumen/AA1  mrc  by CS-0002 (ann@x, 2026-11-21)`.
  package var line: String {
    "\(entity) \(key)" + (field.isEmpty ? "" : "  \(field)") + "  by \(changeSet) (\(by), \(at.prefix(10)))"
  }
}

extension OpenWarehouse {
  /// The rows of a change set that are not as it was planned against; none while the serial is that of the plan.
  package func movedRows(of set: ChangeSet) throws -> [MovedRow] {
    guard try serial() != set.baseSerial else { return [] }
    let cursor = try database.cursor(
      """
      SELECT i.entity, i.nkey, i.fields, c.id, coalesce(c.committed_by, c.author), coalesce(c.committed_at, '')
      FROM change_items i LEFT JOIN records r ON r.entity = i.entity AND r.nkey = i.nkey
        LEFT JOIN change_sets c ON c.id = r.change_set
      WHERE i.change_set = $1 AND i.action <> 5 AND coalesce(r.version, 0) <> i.base_version ORDER BY i.seq
      """, [.int(Int64(set.id))])
    var moved: [MovedRow] = []
    while try cursor.next() {
      let entity = Inventory.entity(number: Int(cursor.int(0)))
      let fields = (cursor.textOrNil(2).flatMap { JSON.parse($0) }?.items ?? []).compactMap { $0["f"]?.text }
      moved.append(
        MovedRow(
          entity: entity?.singular ?? "", key: cursor.text(1), field: fields.joined(separator: ", "),
          changeSet: cursor.isNull(3) ? "nobody known" : ChangeSet.name(Int(cursor.int(3))),
          by: cursor.text(4), at: cursor.text(5)))
    }
    return moved
  }

  /// How many items a change set has, conflicts included.
  package func itemCount(of set: ChangeSet) throws -> Int {
    Int(
      try database.firstInt("SELECT count(*) FROM change_items WHERE change_set = $1", [.int(Int64(set.id))]) ?? 0)
  }
}

/// What a refusal of a stale change set says, at approval and at commit alike.
package struct StaleSet: Equatable, Sendable {
  package let set: String
  package let from: Int
  package let to: Int
  package let touched: Int
  package let moved: [MovedRow]

  /// nil while nothing that the set touches has moved.
  package init?(_ set: ChangeSet, _ warehouse: OpenWarehouse) throws {
    let moved = try warehouse.movedRows(of: set)
    if moved.isEmpty { return nil }
    self.set = set.name
    from = set.baseSerial
    to = try warehouse.serial()
    touched = try warehouse.itemCount(of: set)
    self.moved = moved
  }

  package var message: String {
    "\(set) was planned at serial \(from), the database is at \(to); "
      + "\(moved.count) of the \(touched) records it changes \(moved.count == 1 ? "has" : "have") changed since"
  }

  package var hint: String {
    "nothing was written, and approvals of it no longer count: stage and diff the source again"
  }
}
