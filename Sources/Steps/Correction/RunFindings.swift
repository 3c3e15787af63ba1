import Domain
import Model
package import Records
import SQL
package import Warehouse
import Wire
import YAML

/// What the database knows of the run that accepted the rest: doubtful rows, duplicates, stubs, and what was accepted.
package struct RunFindings {
  /// Values of one field under one key: of each row that gives it, and of the committed record.
  package struct Difference: Equatable, Sendable {
    package let field: String
    package let values: [String]
    package let committed: String

    /// What the rows say, each once; blank says nothing.
    var given: [String] {
      var seen: Set<String> = [""]
      return values.filter { seen.insert($0).inserted }
    }

    /// The first four of what the rows say.
    var valueList: String {
      let given = given
      return given.prefix(4).joined(separator: ", ") + (given.count > 4 ? " and \(given.count - 4) more" : "")
    }
  }

  package struct Duplicate: Equatable, Sendable {
    package let entity: String
    package let key: String
    /// Of the source.
    package let rows: [Int]
    package let isCommitted: Bool
    package let differences: [Difference]

    /// What several rows say differently; one that is blank contradicts nobody.
    var contradictions: [Difference] { differences.filter { $0.given.count > 1 } }

    /// All rows, or the first ten of many.
    var rowList: String {
      let first = rows.prefix(rows.count > 12 ? 10 : 12).map(String.init).joined(separator: ", ")
      return rows.count > 12 ? first + " and \(rows.count - 10) more" : first
    }
  }

  package struct Stub: Equatable, Sendable {
    package let entity: String
    package let key: String
    package let nearest: String
    /// 0 to 100.
    package let likeness: Int
    /// Rows of the source that refer to it, the first hundred.
    package var rows: [Int] = []
    package var references = 0

    /// Whether the key is probably a slip of the pen for the nearest one.
    var isProbablySlip: Bool { likeness >= 70 }
  }

  package struct Accepted: Equatable, Sendable {
    package let row: Int
    package let entity: String
    package let key: String
    package let action: String
  }

  /// Longer lists are cut, which the sheet says.
  package static let longest = 20_000

  package let run: String
  /// Once a run is committed its staged rows are gone, and with them what is said of single rows.
  package let isGone: Bool
  /// The table the run read, as far as the run knows it: without its columns.
  package let source: FaultySource
  /// How many tables the run read; rows are told apart by their numbers, so that only those of one can be shown.
  package let tables: Int
  /// What a row of the source is.
  private let main: String
  package private(set) var counts: JSON
  package private(set) var duplicates: [Duplicate] = []
  package private(set) var stubs: [Stub] = []
  package private(set) var accepted: [Accepted] = []
  /// How many rows were staged in all.
  package private(set) var staged = 0
  /// Of accepted rows, by source row.
  package private(set) var warnings: [Int: [Issue]] = [:]

  package init(_ run: Run, _ warehouse: OpenWarehouse) throws {
    self.run = run.name
    isGone = run.state != "staged" && run.state != "planned"
    var schema = SchemaMessage(stream: "rows", keyProperties: [], properties: [])
    schema.origin = run.sources.items.first
    source = FaultySource(schema)
    tables = run.sources.items.count
    main = run.mapping["entity"]?.text.flatMap { Inventory.entity(either: $0) }?.singular ?? ""
    counts = run.counts
    let database = warehouse.database
    let number = SQLValue.int(Int64(run.number))
    try database.reading {
      try readWarnings(database, number)
      try readDuplicates(database, number)
      try readStubs(database, number)
      try readAccepted(database, number)
    }
  }

  /// Rows that give one key different values in earnest, in the file's own entity or in a field that needs approval: none of
  /// them is taken by `diff`.
  package var contested: [Int: [Issue]] {
    var rows: [Int: [Issue]] = [:]
    for duplicate in duplicates where duplicate.rows.count > 1 && isContradiction(duplicate) {
      for difference in duplicate.contradictions {
        let field = duplicate.entity == main ? difference.field : "\(duplicate.entity).\(difference.field)"
        let issue = Issue(
          "E_DUP_KEY", .error, field: field,
          message: "rows \(duplicate.rowList) describe one \(duplicate.entity), and differ in \(difference.field):"
            + " \(difference.valueList); none is taken",
          hint: "keep the right row and set _action of the others to skip, or leave this cell blank in all of them",
          value: duplicate.key)
        for row in duplicate.rows { rows[row, default: []].append(issue) }
      }
    }
    return rows
  }

  /// Keys of `entity` that rows contradict each other about: none of those records is in the plan.
  func contradicted(_ entity: String) -> Set<String> {
    Set(duplicates.filter { $0.entity == entity && $0.rows.count > 1 && isContradiction($0) }.map(\.key))
  }

  /// Records staged and in no plan, since they contradict each other.
  var contradictory: Int {
    duplicates.reduce(0) { $0 + ($1.rows.count > 1 && isContradiction($1) ? $1.rows.count : 0) }
  }

  /// Rows that refer to a stub which is probably another record misspelt.
  package var misspelt: [Int: [Issue]] {
    var rows: [Int: [Issue]] = [:]
    for stub in stubs where stub.isProbablySlip {
      let issue = Issue(
        "W_STUB", .warn, field: stub.entity,
        message: "\(stub.entity) \(stub.key) is described nowhere; a stub is proposed",
        hint: "if \(stub.nearest) is meant, write that; else leave it", value: stub.key)
      for row in stub.rows { rows[row, default: []].append(issue) }
    }
    return rows
  }

  private func isContradiction(_ duplicate: Duplicate) -> Bool {
    let given = duplicate.contradictions
    if duplicate.entity == main { return !given.isEmpty }
    let entity = Inventory.entity(singular: duplicate.entity)
    return given.contains { entity?.field($0.field)?.approval != nil }
  }

  // MARK: Reading

  private mutating func readWarnings(_ database: any Database, _ run: SQLValue) throws {
    let cursor = try database.query(
      """
      SELECT source_row, issues FROM staging_rows WHERE run_no = $1 AND issues IS NOT NULL AND source_row > 0
      ORDER BY source_row, id
      """, [run])
    while try cursor.next() {
      let issues = (JSON.parse(cursor.text(1))?.items ?? []).compactMap { Issue(json: $0) }
      warnings[Int(cursor.int(0)), default: []] += issues
    }
  }

  private mutating func readDuplicates(_ database: any Database, _ run: SQLValue) throws {
    let cursor = try database.query(
      """
      SELECT s.entity, s.nkey, s.payload, s.source_row, coalesce(r.id, 0) FROM staging_rows s
      LEFT JOIN records r ON r.entity = s.entity AND r.nkey = s.nkey AND r.deleted = 0 AND r.stub = 0
      WHERE s.run_no = $1 AND s.source_row > 0 AND (r.id IS NOT NULL OR (s.entity, s.nkey) IN (
        SELECT entity, nkey FROM staging_rows WHERE run_no = $1 GROUP BY entity, nkey HAVING count(*) > 1))
      ORDER BY s.entity, s.nkey, s.source_row, s.id
      """, [run])
    var group = DuplicateGroup()
    while try cursor.next() {
      let entity = Int(cursor.int(0))
      let key = cursor.text(1)
      if !group.isOf(entity, key) {
        if let found = try group.finish(database) { duplicates.append(found) }
        if duplicates.count >= Self.longest { return }
        group = DuplicateGroup(entity: entity, key: key, committed: cursor.int(4))
      }
      group.add(cursor.bytes(2), row: Int(cursor.int(3)))
    }
    if let found = try group.finish(database) { duplicates.append(found) }
  }

  private mutating func readStubs(_ database: any Database, _ run: SQLValue) throws {
    let cursor = try database.query(
      "SELECT entity, nkey FROM staging_rows WHERE run_no = $1 AND source_row = 0 ORDER BY entity, nkey", [run])
    var wanted: [(entity: Entity, key: String)] = []
    while try cursor.next(), wanted.count < Self.longest {
      if let entity = Inventory.entity(number: Int(cursor.int(0))) { wanted.append((entity, cursor.text(1))) }
    }
    var known: [String: [String]] = [:]
    for (entity, key) in wanted {
      if known[entity.name] == nil { known[entity.name] = try Self.keys(of: entity, database) }
      let near = Self.nearest(key, known[entity.name] ?? [])
      stubs.append(Stub(entity: entity.singular, key: key, nearest: near.key, likeness: near.likeness))
    }
    if !stubs.isEmpty { try readReferences(database, run, wanted.map { $0.entity.name + " " + $0.key }) }
  }

  /// Which rows refer to the stubs, by the references that the staged records hold.
  private mutating func readReferences(_ database: any Database, _ run: SQLValue, _ names: [String]) throws {
    let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let cursor = try database.query(
      "SELECT entity, payload, source_row FROM staging_rows WHERE run_no = $1 AND source_row > 0 ORDER BY source_row, id",
      [run])
    while try cursor.next() {
      guard let entity = Inventory.entity(number: Int(cursor.int(0))) else { continue }
      var staged = StagedRow(entity)
      guard staged.decode(cursor.bytes(1)) else { continue }
      for (index, field) in entity.fields.enumerated() {
        guard let target = field.reference, let key = staged.text(index), let place = places[target + " " + key] else {
          continue
        }
        stubs[place].references += 1
        let row = Int(cursor.int(2))
        if stubs[place].rows.count < 100, stubs[place].rows.last != row { stubs[place].rows.append(row) }
      }
    }
  }

  private static func keys(of entity: Entity, _ database: any Database) throws -> [String] {
    var keys: [String] = []
    let cursor = try database.query(
      "SELECT nkey FROM records WHERE entity = $1 AND deleted = 0 AND stub = 0 ORDER BY nkey LIMIT 5000",
      [.int(Int64(entity.number))])
    while try cursor.next() { keys.append(cursor.text(0)) }
    return keys
  }

  private static func nearest(_ key: String, _ known: [String]) -> (key: String, likeness: Int) {
    var best = (key: "", likeness: 0)
    for other in known {
      let longest = max(key.unicodeScalars.count, other.unicodeScalars.count, 1)
      let likeness = 100 * (longest - Suggestion.distance(key, other)) / longest
      if likeness > best.likeness { best = (other, likeness) }
    }
    return best.likeness >= 50 ? best : ("", 0)
  }

  private mutating func readAccepted(_ database: any Database, _ run: SQLValue) throws {
    staged = Int(
      try database.firstInt("SELECT count(*) FROM staging_rows WHERE run_no = $1 AND source_row > 0", [run]) ?? 0)
    let cursor = try database.query(
      """
      SELECT s.source_row, s.entity, s.nkey, coalesce(r.id, 0) FROM staging_rows s
      LEFT JOIN records r ON r.entity = s.entity AND r.nkey = s.nkey AND r.deleted = 0
      WHERE s.run_no = $1 AND s.source_row > 0 ORDER BY s.source_row, s.id LIMIT \(Self.longest)
      """, [run])
    while try cursor.next() {
      accepted.append(
        Accepted(
          row: Int(cursor.int(0)), entity: Inventory.entity(number: Int(cursor.int(1)))?.singular ?? "",
          key: cursor.text(2), action: cursor.int(3) == 0 ? "create" : "update"))
    }
  }
}

/// The rows of one key, while they come.
private struct DuplicateGroup {
  private let entity: Entity?
  private let key: String
  private let committed: Int64
  private var rows: [Int] = []
  private var values: [[String]] = []

  init() {
    entity = nil
    key = ""
    committed = 0
  }

  init(entity: Int, key: String, committed: Int64) {
    self.entity = Inventory.entity(number: entity)
    self.key = key
    self.committed = committed
  }

  func isOf(_ number: Int, _ key: String) -> Bool { entity?.number == number && self.key == key }

  mutating func add(_ payload: Bytes, row: Int) {
    guard let entity else { return }
    var staged = StagedRow(entity)
    guard staged.decode(payload) else { return }
    rows.append(row)
    values.append(Self.texts(staged))
  }

  private static func texts(_ row: borrowing StagedRow) -> [String] {
    let currency = row.entity.currencyField.flatMap { row.entity.index(of: $0.name) }.flatMap { row.text($0) }
      .flatMap { Currency(code: $0) }
    return FieldColumn.all(of: row.entity).map { $0.value(in: row, currency: currency).text }
  }

  /// Nil where all rows and the record agree in every field they give.
  func finish(_ database: any Database) throws -> RunFindings.Duplicate? {
    guard let entity, !rows.isEmpty else { return nil }
    var known: [String] = []
    if committed != 0 {
      let reader = CommittedReader(entity, database.dialect)
      let cursor = try reader.records([committed], database)
      var row = StagedRow(entity)
      if try cursor.next() {
        reader.fill(&row, from: cursor)
        known = Self.texts(row)
      }
      cursor.close()
    }
    var differences: [RunFindings.Difference] = []
    for (index, column) in FieldColumn.all(of: entity).enumerated() {
      let given = values.map { $0[index] }
      let own = known.isEmpty ? "" : known[index]
      let distinct = Set((given + [own]).filter { !$0.isEmpty })
      if distinct.count > 1 {
        differences.append(RunFindings.Difference(field: column.header, values: given, committed: own))
      }
    }
    if differences.isEmpty { return nil }
    return RunFindings.Duplicate(
      entity: entity.singular, key: key, rows: rows, isCommitted: !known.isEmpty, differences: differences)
  }
}
