package import Records
import SQL

/// What a run was read from, which decides how its mandatory fields are approved.
package enum RunKind: String, Sendable {
  /// Rows of tables: one act for a field of all rows.
  case table
  /// Pages of documents: one act for each value, with its quote.
  case documents
}

/// One staging of one or more sources.
package struct Run: Equatable, Sendable {
  package let number: Int
  package let id: String
  package let attempt: Int
  package let principal: String
  package let asOf: String
  /// Array of origins: `src`, `file`, `header_row`.
  package let sources: JSON
  /// `name`, `version`, `sha256`, `mode`, `entity`, `max_deletes`.
  package let mapping: JSON
  package let mode: String
  package let baseSerial: Int
  package let state: String
  package let counts: JSON
  package let isSealed: Bool
  package let title: String
  package let kind: RunKind

  /// `<id>-<attempt>`, as people and the wire name it.
  package var name: String { "\(id)-\(attempt)" }

  /// The names of the documents it was read from, by their SHA-256.
  package var documentFiles: [String: String] {
    var files: [String: String] = [:]
    for origin in sources.items {
      guard let source = origin["src"]?.text, source.hasPrefix("sha256:") else { continue }
      files[String(source.dropFirst(7))] = origin["file"]?.text
    }
    return files
  }

  /// Who corrected rows of the sources by hand, as `x-origin` says it; also before earlier corrections.
  var correctors: [String] {
    var names: [String] = []
    var origins = sources.items
    while let origin = origins.popLast() {
      if let name = origin["by"]?.text { names.append(name) }
      if let earlier = origin["corrects"] { origins.append(earlier) }
    }
    return names
  }
}

extension OpenWarehouse {
  private static let runColumns = """
    SELECT run_no, id, attempt, principal, as_of, sources, mapping, mode, base_serial, state, counts, sealed, title, \
    kind FROM runs
    """

  package func run(number: Int) throws -> Run? { try run("WHERE run_no = $1", [.int(Int64(number))]) }

  /// A run by `<id>-<attempt>`, or the newest attempt of an id.
  package func run(named name: String) throws -> Run {
    let parts = name.split(separator: "-")
    let id = parts.first.map(String.init) ?? name
    let found =
      if parts.count == 2, let attempt = Int64(parts[1]) {
        try run("WHERE id = $1 AND attempt = $2", [.text(id), .int(attempt)])
      } else {
        try run("WHERE id = $1 ORDER BY attempt DESC LIMIT 1", [.text(id)])
      }
    guard let found else { throw WarehouseError.noSuchRun(name) }
    return found
  }

  private func run(_ rest: String, _ values: [SQLValue]) throws -> Run? {
    let cursor = try database.query(Self.runColumns + " " + rest, values)
    guard try cursor.next() else { return nil }
    return Run(
      number: Int(cursor.int(0)), id: cursor.text(1), attempt: Int(cursor.int(2)), principal: cursor.text(3),
      asOf: cursor.text(4), sources: JSON.parse(cursor.text(5)) ?? .array([]),
      mapping: JSON.parse(cursor.text(6)) ?? .null, mode: cursor.text(7), baseSerial: Int(cursor.int(8)),
      state: cursor.text(9), counts: JSON.parse(cursor.text(10)) ?? .null, isSealed: cursor.int(11) != 0,
      title: cursor.text(12), kind: RunKind(rawValue: cursor.text(13)) ?? .documents)
  }

  /// Adds a run in state `staging` and answers its number; the caller completes it in the same transaction.
  package func addRun(
    id: String, principal: String, createdAt: String, asOf: String, sources: JSON, mapping: JSON, mode: String,
    title: String, isSealed: Bool, state: String, counts: JSON, kind: RunKind = .table
  ) throws -> Run {
    let number = try next("runs", "run_no")
    let attempt = Int(try database.firstInt("SELECT count(*) FROM runs WHERE id = $1", [.text(id)]) ?? 0) + 1
    let serial = try serial()
    try database.run(
      """
      INSERT INTO runs (run_no, id, attempt, created_at, principal, as_of, sources, mapping, mode, base_serial, state,
        counts, sealed, title, kind)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """,
      [
        .int(Int64(number)), .text(id), .int(Int64(attempt)), .text(createdAt), .text(principal), .text(asOf),
        .text(sources.line), .text(mapping.line), .text(mode), .int(Int64(serial)), .text(state), .text(counts.line),
        .int(isSealed ? 1 : 0), .text(title), .text(kind.rawValue),
      ])
    return Run(
      number: number, id: id, attempt: attempt, principal: principal, asOf: asOf, sources: sources, mapping: mapping,
      mode: mode, baseSerial: serial, state: state, counts: counts, isSealed: isSealed, title: title, kind: kind)
  }
}
