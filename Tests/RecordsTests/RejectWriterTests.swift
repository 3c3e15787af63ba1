import Glibc
import TestSupport
import Testing

@testable import Records

@Suite struct RejectWriterTests {
  private static let issue = Records.Issue(
    "E_MONEY", .error, field: "MRC", message: "not an amount", hint: "write one", value: "oops\u{1b}")

  private static func schema() -> SchemaMessage {
    var schema = SchemaMessage(
      stream: "rows", keyProperties: [], properties: [JSON.Member("MRC", .fields([("type", .string("string"))]))])
    schema.run = "r"
    schema.origin = .fields([("file", .string("a.csv"))])
    schema.extra = [JSON.Member("x-mapping", .fields([("sha256", .string("m"))]))]
    return schema
  }

  @Test func aFileOfRejectsIsAStreamOfItsOwn() throws {
    let folder = try TemporaryFolder()
    var writer = RejectWriter(path: folder.file("r.jsonl"), step: "map")
    let members = [JSON.Member("MRC", .string("oops")), JSON.Member("_row", .int(9))]
    try writer.reject(
      stream: "rows", members: members, schema: Self.schema(), row: 7, issues: [Self.issue, Self.issue])
    // A record that was a reject before stays in its stream, with what is wrong with it now.
    try writer.reject(stream: "rows__rejects", members: members, schema: Self.schema(), row: 8, issues: [Self.issue])
    #expect(access(folder.file("r.jsonl"), F_OK) != 0, "there before it was whole")
    try writer.finish()
    #expect(writer.count == 2)
    let bytes = try readFile(folder.file("r.jsonl"))
    let reading = try Reading(bytes)
    #expect(reading.schemas == ["rows__rejects"] && reading.totals.emitted == ["rows__rejects": 2])
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { JSON.parse(String($0)) }
    let record = try #require(lines[1]["record"])
    #expect(record.members.map(\.name) == ["MRC", "_code", "_field", "_message", "_hint", "_value", "_row", "_file"])
    #expect(record["_code"]?.text == "E_MONEY; E_MONEY" && record["_row"]?.int == 7)
    #expect(record["_value"]?.text == "oops\u{1b}; oops\u{1b}" && record["_file"]?.text == "a.csv")
    #expect(lines[0]["x-mapping"]?["sha256"]?.text == "m", "a mapping is found again by it")
  }

  /// Reasons whose texts hold what stands between reasons are there one by one as well, and only those.
  @Test func reasonsThatCannotBeToldApartAreWrittenApart() throws {
    let folder = try TemporaryFolder()
    var writer = RejectWriter(path: folder.file("r.jsonl"), step: "map")
    let long = Records.Issue("E_DATE", .error, field: "Start", message: "no day; no month", value: "a; b")
    for issues in [[Self.issue, long], [Self.issue, Self.issue], [long]] {
      try writer.reject(stream: "rows", members: [], schema: Self.schema(), row: 7, issues: issues)
    }
    try writer.finish()
    let lines = try folder.read("r.jsonl").split(separator: "\n").compactMap { JSON.parse(String($0)) }
    #expect(lines[1]["issues"]?.items.compactMap { Records.Issue(json: $0) } == [Self.issue, long])
    #expect(lines[2]["issues"] == nil && lines[3]["issues"] == nil)
    #expect(lines[1]["record"]?["_message"]?.text == "not an amount; no day; no month")
  }

  /// The rows of each table stand under what is said of that table, with all their columns.
  @Test func everyTableHasItsOwnSchema() throws {
    let folder = try TemporaryFolder()
    var writer = RejectWriter(path: folder.file("r.jsonl"), step: "map")
    for (file, column) in [("a.csv", "MRC"), ("a.csv", "MRC"), ("b.csv", "_id"), ("a.csv", "MRC")] {
      var schema = Self.schema()
      schema.properties = [JSON.Member(column, .fields([("type", .string("string"))]))]
      schema.origin = .fields([("file", .string(file))])
      let members = [JSON.Member(column, .string("x")), JSON.Member("_codes", .string("E_OLD"))]
      try writer.reject(stream: "rows", members: members, schema: schema, row: 2, issues: [Self.issue])
    }
    try writer.finish()
    let lines = String(decoding: try readFile(folder.file("r.jsonl")), as: UTF8.self).split(separator: "\n")
    let messages = lines.compactMap { JSON.parse(String($0)) }
    let files = messages.compactMap { $0["x-origin"]?["file"]?.text ?? $0["record"]?["_file"]?.text }
    #expect(files == ["a.csv", "a.csv", "a.csv", "b.csv", "b.csv", "a.csv", "a.csv"])
    #expect(messages[3]["schema"]?["properties"]?.members.first?.name == "_id")
    #expect(messages[4]["record"]?["_id"]?.text == "x" && messages[4]["record"]?["_codes"] == nil)
    #expect(try Reading(readFile(folder.file("r.jsonl"))).totals.emitted == ["rows__rejects": 4])
  }

  @Test func withoutARejectThereIsNoFile() throws {
    let folder = try TemporaryFolder()
    var writer = RejectWriter(path: folder.file("r.jsonl"), step: "map")
    try writer.finish()
    #expect(access(folder.file("r.jsonl"), F_OK) != 0)
    try writer.reject(stream: "rows", members: [], schema: nil, row: 1, issues: [Self.issue])
    writer.abandon()
    #expect(try run("/bin/ls", ["-A", folder.path]).stdout == "", "an abandoned file was left")
  }

  /// Night after night the same name: what stands there is kept, unless it is the very same.
  @Test func anEarlierFileIsKept() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("r.jsonl")
    func write(_ row: Int) throws -> String? {
      var writer = RejectWriter(path: path, step: "map")
      try writer.reject(stream: "rows", members: [], schema: Self.schema(), row: row, issues: [Self.issue])
      try writer.finish()
      return writer.kept
    }
    #expect(try write(1) == nil)
    let first = try readFile(path)
    #expect(try write(1) == nil)
    #expect(try write(2) == path + ".1")
    #expect(try readFile(path + ".1") == first)
    let second = try readFile(path)
    #expect(try write(3) == path + ".2")
    #expect(try readFile(path + ".2") == second && readFile(path + ".1") == first)
    #expect(try run("/bin/ls", ["-A", folder.path]).stdout == "r.jsonl\nr.jsonl.1\nr.jsonl.2\n")
  }

  @Test func aFileThatCannotBeWrittenIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("none/r.jsonl")
    var writer = RejectWriter(path: path, step: "map")
    #expect(throws: WireError.rejects(path: path, errno: ENOENT)) {
      try writer.reject(stream: "rows", members: [], schema: nil, row: 1, issues: [Self.issue])
    }
    #expect(WireError.rejects(path: path, errno: ENOENT).message.contains(path))
  }

  @Test func anIssueSurvivesTheWire() {
    let warning = Records.Issue("W_STUB", .warn, message: "m")
    for issue in [Self.issue, warning] { #expect(Records.Issue(json: issue.json) == issue) }
  }
}
