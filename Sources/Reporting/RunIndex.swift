import Model
import Records
import SQL
import Warehouse

/// Where runs read their values: files, and for every field the column of the file.
final class RunIndex {
  struct Entry {
    let name: String
    let files: String
    let sheets: String
  }

  private struct ColumnKey: Hashable {
    let run: Int64
    let entity: Int
    let field: Int
  }

  private let database: any Database
  private var entries: [Int64: Entry] = [:]
  private var columns: [ColumnKey: String] = [:]
  /// Runs and entities with columns at all; their field is -1.
  private var known: Set<ColumnKey> = []
  private var loaded: Set<Int64> = []

  init(_ database: any Database) { self.database = database }

  func entry(_ run: Int64) throws -> Entry? {
    if let known = entries[run] { return known }
    let cursor = try database.query("SELECT id, attempt, sources FROM runs WHERE run_no = $1", [.int(run)])
    guard try cursor.next() else { return nil }
    let sources = (JSON.parse(cursor.text(2)) ?? .null).items
    let entry = Entry(
      name: "\(cursor.text(0))-\(cursor.int(1))", files: Self.joined(sources, "file"),
      sheets: Self.joined(sources, "sheet"))
    entries[run] = entry
    return entry
  }

  private static func joined(_ sources: [JSON], _ member: String) -> String {
    sources.compactMap { $0[member]?.text }.joined(separator: "; ")
  }

  /// The source column of a field, or nil where the run did not say.
  func column(_ run: Int64, _ entity: Entity, _ field: Int) throws -> String? {
    if loaded.insert(run).inserted { try load(run) }
    return columns[ColumnKey(run: run, entity: entity.number, field: field)]
  }

  /// Whether the run said of any field of the entity where it was read.
  func knowsColumns(_ run: Int64, of entity: Entity) throws -> Bool {
    if loaded.insert(run).inserted { try load(run) }
    return known.contains(ColumnKey(run: run, entity: entity.number, field: -1))
  }

  private func load(_ run: Int64) throws {
    let cursor = try database.query(
      "SELECT entity, field, source_column, method FROM run_columns WHERE run_no = $1 ORDER BY entity, field",
      [.int(run)])
    var shapes: [Int: WireShape] = [:]
    while try cursor.next() {
      let number = Int(cursor.int(0))
      guard let entity = Inventory.entity(number: number) else { continue }
      let shape = shapes[number] ?? WireShape(entity)
      shapes[number] = shape
      let name = cursor.text(1)
      guard let field = shape.property(name)?.field ?? entity.index(of: name) else { continue }
      let column = cursor.text(2).isEmpty ? "(\(cursor.text(3)))" : cursor.text(2)
      let key = ColumnKey(run: run, entity: number, field: field)
      known.insert(ColumnKey(run: run, entity: number, field: -1))
      columns[key] = columns[key].map { $0 == column ? $0 : $0 + " + " + column } ?? column
    }
  }
}
