import Glibc
import Mapping
import Model
import Records

/// An unnamed file that a step reads or writes.
struct Spool: ~Copyable {
  let descriptor: Int32

  init() {
    var name = Array("/tmp/trunkline-mapping-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    unlink(name)
  }

  /// A file that is there.
  init(_ path: String) { descriptor = open(path, O_RDONLY | O_CLOEXEC) }

  deinit { close(descriptor) }

  func rewind() { lseek(descriptor, 0, SEEK_SET) }

  func write(_ text: String) { _ = text.withCString { Glibc.write(descriptor, $0, strlen($0)) } }

  var text: String {
    rewind()
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A table given to the step, and what comes out.
struct Run {
  typealias Row = [(String, String)]
  var outcome = MapStep.Outcome()
  var lines: [String] = []

  /// The record lines, without schemas and states.
  var records: [String] { lines.filter { $0.hasPrefix("{\"type\":\"RECORD\"") } }
  var isSealed: Bool { lines.last?.contains("\"final\":true") == true }

  init(_ rows: [Row], mapping: String, columns: [String: String] = [:], rejects: String? = nil) throws {
    let spool = Spool()
    try Self.table(rows, columns, into: spool)
    try self.init(spool, source: .spec(MappingFile.parse(file: "m.yaml", bytes: Array(mapping.utf8))), rejects: rejects)
  }

  init(_ spool: borrowing Spool, source: MapStep.Source, rejects: String? = nil, unsealed: Bool = false) throws {
    let output = Spool()
    var options = MapStep.Options()
    options.rejects = rejects ?? "/tmp/trunkline-mapping-\(getpid())-\(UInt64.random(in: 0 ... .max)).jsonl"
    options.acceptsUnsealed = unsealed
    spool.rewind()
    defer { lines = output.text.split(separator: "\n").map(String.init) }
    outcome = try MapStep.run(input: spool.descriptor, output: output.descriptor, source: source, options: options)
    if rejects == nil, let path = outcome.rejects { unlink(path) }
  }

  /// Writes rows as `extract` does; `columns` holds further members of x-columns by header, as JSON.
  static func table(_ rows: [Row], _ columns: [String: String], into spool: borrowing Spool) throws {
    var headers: [String] = []
    for row in rows { for (name, _) in row where !headers.contains(name) { headers.append(name) } }
    var writer = StreamWriter(descriptor: spool.descriptor)
    var schema = SchemaMessage(
      stream: "rows", keyProperties: [],
      properties: headers.map { JSON.Member($0, .fields([("type", .string("string"))])) })
    schema.origin = .fields([("src", .string("sha256:ab")), ("file", .string("t.csv")), ("header_row", .int(1))])
    schema.columns = .array(
      headers.map { name in
        let own = columns[name].flatMap { JSON.parse($0) }?.members ?? []
        return .object([JSON.Member("name", .string(name)), JSON.Member("property", .string(name))] + own)
      })
    let stream = writer.schema(schema)
    for (index, row) in rows.enumerated() {
      writer.begin(stream)
      var isFirst = true
      for (name, value) in row where !value.isEmpty {
        if !isFirst { writer.out.byte(0x2C) }
        isFirst = false
        writer.out.string(name)
        writer.out.byte(0x3A)
        writer.out.string(value)
      }
      writer.end(row: index + 2)
    }
    var counts = StreamCounts(run: "R", step: "extract")
    counts.input = rows.count
    counts.accepted = rows.count
    try writer.finish(counts)
  }

  static let head =
    "name: t\nentity: circuit\ncolumns:\n  Carrier: {to: carrier.name, required: true}\n  ID: carrier_circuit_id\n"
}
