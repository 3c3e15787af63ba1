import Model
import Pages
import Records
import SQL
import Warehouse

/// Where runs read their values: files, and for every field the column of the file.
final class RunIndex {
  struct Entry {
    let name: String
    let files: String
    let sheets: String
    let isOfDocuments: Bool
    /// File names by the digest of the document.
    let documents: [String: String]
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

  private let warehouse: OpenWarehouse

  init(_ warehouse: OpenWarehouse) {
    self.warehouse = warehouse
    database = warehouse.database
  }

  /// The files a record was read from, and the row: a record of documents has quotes with pages instead.
  func place(_ run: Int64, _ entity: Entity, key: String, row: Int64?) throws -> (file: String, row: Int64?) {
    guard let entry = try entry(run) else { return ("", row) }
    guard entry.isOfDocuments else { return (entry.files, row) }
    let digests = Set(try warehouse.evidence(ofRun: Int(run), entity, key: key).map(\.evidence.document))
    return (digests.map { entry.documents[$0] ?? $0 }.sorted().joined(separator: "; "), nil)
  }

  /// Where the value of a field stands on paper: `so-88121.pdf p.4 "..."`, of several quotes the surest; nil for tables.
  func quote(_ run: Int64, _ entity: Entity, key: String, _ field: Int, _ value: JSON? = nil) throws -> String? {
    guard let entry = try entry(run), entry.isOfDocuments else { return nil }
    let evidence = try warehouse.evidence(ofRun: Int(run), entity, key: key)
    let own = evidence.filter { $0.field == entity.fields[field].name }
    guard let first = own.first else { return nil }
    let stated = value.flatMap { $0 == .null ? nil : $0 } ?? first.value
    guard let best = own.supporting(entity.fields[field], stated).first?.evidence else { return nil }
    return "\(entry.documents[best.document] ?? best.document) p.\(best.page) \"\(best.quote)\""
  }

  func entry(_ run: Int64) throws -> Entry? {
    if let known = entries[run] { return known }
    guard let found = try warehouse.run(number: Int(run)) else { return nil }
    let sources = found.sources.items
    let entry = Entry(
      name: found.name, files: Self.joined(sources, "file"), sheets: Self.joined(sources, "sheet"),
      isOfDocuments: found.kind == .documents, documents: found.documentFiles)
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
