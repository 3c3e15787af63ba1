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

  @Test func withoutARejectThereIsNoFile() throws {
    let folder = try TemporaryFolder()
    var writer = RejectWriter(path: folder.file("r.jsonl"), step: "map")
    try writer.finish()
    #expect(access(folder.file("r.jsonl"), F_OK) != 0)
    try writer.reject(stream: "rows", members: [], schema: nil, row: 1, issues: [Self.issue])
    writer.abandon()
    #expect(try run("/bin/ls", ["-A", folder.path]).stdout == "", "an abandoned file was left")
  }

  @Test func anIssueSurvivesTheWire() {
    let warning = Records.Issue("W_STUB", .warn, message: "m")
    for issue in [Self.issue, warning] { #expect(Records.Issue(json: issue.json) == issue) }
  }
}
