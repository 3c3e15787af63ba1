package import Model
package import SQL

/// Reads committed records back as the rows they were staged as, references as natural keys.
package final class CommittedReader {
  package let entity: Entity
  /// Columns before the fields: id, natural key, deletion instant.
  private static let leading = 3
  private let select: String

  package init(_ entity: Entity, _ dialect: Dialect) {
    self.entity = entity
    var columns = ["t.id", "t.nkey", "t.deleted_at"]
    var joins = ""
    for (index, field) in entity.fields.enumerated() {
      if let target = field.reference {
        columns.append("r\(index).nkey")
        joins += " LEFT JOIN \(target) r\(index) ON r\(index).id = t.\(dialect.quoted(field.columnName))"
      } else {
        columns.append("t." + dialect.quoted(field.columnName))
      }
    }
    select = "SELECT " + columns.joined(separator: ", ") + " FROM \(entity.name) t" + joins
  }

  /// All records in order of their ids.
  package func all(_ database: any Database) throws -> any Cursor {
    try database.cursor(select + " ORDER BY t.id", [])
  }

  /// The records with these ids, in order of them.
  package func records(_ ids: [Int64], _ database: any Database) throws -> any Cursor {
    // Ids are numbers of ours: as text they are safe, and one statement serves many.
    try database.query(
      select + " WHERE t.id IN (" + ids.map(String.init).joined(separator: ",") + ") ORDER BY t.id", [])
  }

  package func id(_ row: any Row) -> Int64 { row.int(0) }
  package func key(_ row: any Row) -> String { row.text(1) }
  package func isDeleted(_ row: any Row) -> Bool { !row.isNull(2) }

  /// Replaces the values of `staged` by the record's.
  package func fill(_ staged: inout StagedRow, from row: any Row) {
    staged.reset()
    for (index, field) in entity.fields.enumerated() {
      let column = Self.leading + index
      if row.isNull(column) { continue }
      if field.isInteger {
        staged.set(index, integer: row.int(column))
      } else {
        staged.set(index, text: row.bytes(column))
      }
    }
  }
}
