import Model
import Records
import SQL
import Warehouse

/// What a committed record was created with, long after its staged row is gone.
///
/// It is the record as it stands, with every later change of a field taken back.
final class CreatedFields {
  private struct Later {
    let serial: Int64
    let changes: [FieldChange]
  }

  private let database: any Database
  private var readers: [Int: CommittedReader] = [:]
  /// Changes of committed records in the order of their commits, by entity number and key; read when first asked for.
  private var later: [Int: [String: [Later]]] = [:]

  init(_ database: any Database) { self.database = database }

  func fields(_ entity: Entity, id: Int64, key: String, after serial: Int64) throws -> [FieldChange] {
    let reader = readers[entity.number] ?? CommittedReader(entity, database.dialect)
    readers[entity.number] = reader
    let cursor = try reader.records([id], database)
    defer { cursor.close() }
    guard try cursor.next() else { return [] }
    var row = StagedRow(entity)
    reader.fill(&row, from: cursor)
    var values = entity.fields.indices.map { RowMerge.value(row, $0) }
    var taken: Set<Int> = []
    for change in try changes(entity)[key] ?? [] where change.serial > serial {
      // The first change after the creation says what stood before it; later ones do not.
      for field in change.changes where taken.insert(field.field).inserted { values[field.field] = field.before }
    }
    return values.indices.compactMap { field in
      values[field] == .null ? nil : FieldChange(field: field, before: .null, after: values[field])
    }
  }

  private func changes(_ entity: Entity) throws -> [String: [Later]] {
    if let known = later[entity.number] { return known }
    var found: [String: [Later]] = [:]
    let cursor = try database.cursor(
      """
      SELECT i.nkey, s.serial, i.fields FROM change_items i JOIN change_sets s ON s.id = i.change_set
      WHERE i.entity = $1 AND i.fields IS NOT NULL AND i.action <> 5 AND s.state = 'committed' ORDER BY s.serial, i.seq
      """, [.int(Int64(entity.number))])
    while try cursor.next() {
      guard let json = JSON.parse(cursor.text(2)) else { continue }
      found[cursor.text(0), default: []].append(Later(serial: cursor.int(1), changes: FieldChange.parse(json, entity)))
    }
    later[entity.number] = found
    return found
  }
}
