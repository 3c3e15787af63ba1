import Glibc
import TestSupport

@testable import Records

/// A stream in memory, for a reader that takes a descriptor.
func withDescriptor<Result>(_ bytes: [UInt8], _ body: (Int32) throws -> Result) throws -> Result {
  let folder = try TemporaryFolder()
  let file = open(try folder.write(bytes, to: "stream"), O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw SystemFailure("open", folder.path) }
  defer { close(file) }
  return try body(file)
}

/// What a reader made of a stream, in the order it came.
struct Reading: Equatable {
  var schemas: [String] = []
  /// Stream, `seq`, `row` and the record's members as they stand.
  var records: [String] = []
  var states = 0
  var ends: [StreamCounts] = []
  var totals = StreamCounts()
  var unknown: [String: Int] = [:]
  var isUnsealed = false

  init(_ bytes: [UInt8], acceptsUnsealed: Bool = false, capacity: Int = 1 << 18) throws {
    try withDescriptor(bytes) { file in
      var reader = StreamReader(descriptor: file, acceptsUnsealed: acceptsUnsealed, capacity: capacity)
      while let event = try reader.next() {
        switch event {
        case .schema(let schema): schemas.append(schema.stream)
        case .record: records.append(Self.record(&reader))
        case .state: states += 1
        case .end(let counts): ends.append(counts)
        }
      }
      totals = reader.totals
      unknown = reader.unknown
      isUnsealed = reader.unsealed
    }
  }

  private static func record(_ reader: inout StreamReader) -> String {
    var text = "\(reader.streams[reader.stream]) \(reader.sequence) \(reader.row)"
    for index in 0..<reader.fields.count {
      let token = reader.fields[index]
      text += " " + String(decoding: reader.key(token), as: UTF8.self)
      text += "=" + String(decoding: reader.bytes(token), as: UTF8.self)
    }
    return text
  }
}

/// Bytes that a `StreamWriter` makes.
func written(_ body: (inout StreamWriter) throws -> Void) throws -> [UInt8] {
  let folder = try TemporaryFolder()
  let path = folder.file("out")
  let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw SystemFailure("open", path) }
  defer { close(file) }
  var writer = StreamWriter(descriptor: file)
  try body(&writer)
  return try readFile(path)
}

/// A complete stream of `circuits` with one record per id.
func stream(_ ids: [String], rejected: Int = 0) throws -> [UInt8] {
  try written { writer in
    var schema = SchemaMessage(stream: "circuits", keyProperties: ["id"], properties: [])
    schema.run = "r"
    let number = writer.schema(schema)
    for (index, id) in ids.enumerated() {
      writer.begin(number)
      writer.out.raw("\"id\":")
      writer.out.string(id)
      writer.end(sequence: index + 1, part: 0, row: index + 2)
    }
    var counts = StreamCounts(run: "r", step: "map")
    counts.input = ids.count + rejected
    counts.accepted = ids.count
    counts.rejected = rejected
    try writer.finish(counts)
  }
}
