import Correction
import Records
import TestSupport
import Testing

/// Files of rejects become one workbook only where they are of one table.
@Suite struct RejectReadingTests {
  private func schema(_ file: String, _ digest: String, _ sheet: String? = nil, _ header: Int = 1) -> SchemaMessage {
    var schema = SchemaMessage(stream: "rows", keyProperties: [], properties: [])
    schema.columns = .array(["Id", "_id"].map { .fields([("name", .string($0))]) })
    let name = sheet.map { [("sheet", JSON.string($0))] } ?? []
    schema.origin = .fields(
      [("src", .string(digest)), ("file", .string(file))] + name + [("header_row", .int(header))])
    return schema
  }

  private func rejects(_ path: String, _ tables: [SchemaMessage]) throws {
    var writer = RejectWriter(path: path, step: "map")
    for (row, table) in tables.enumerated() {
      let members = [JSON.Member("Id", .string("A")), JSON.Member("_id", .string("B"))]
      try writer.reject(
        stream: "rows", members: members, schema: table, row: row + 2, issues: [Issue("E_X", .error, message: "m")])
    }
    try writer.finish()
  }

  @Test func twoTablesAreToldApart() throws {
    let folder = try TemporaryFolder()
    let first = schema("a.xlsx", "sha256:1", "North")
    let cases = [
      (schema("b.xlsx", "sha256:2", "North"), "a.xlsx", "b.xlsx"),
      (schema("a.xlsx", "sha256:1", "South"), "a.xlsx, sheet North", "sheet South"),
      (schema("a.xlsx", "sha256:1", "North", 9), "a.xlsx, header row 1", "header row 9"),
    ]
    for (place, (second, one, other)) in cases.enumerated() {
      let path = folder.file("\(place).jsonl")
      try rejects(path, [first, second])
      var reading = RejectReading()
      #expect(throws: CorrectionError.twoSources(one, other)) { try reading.survey(path) }
      try rejects(folder.file("one\(place).jsonl"), [first])
      try rejects(folder.file("two\(place).jsonl"), [second])
      var apart = RejectReading()
      try apart.survey(folder.file("one\(place).jsonl"))
      #expect(throws: CorrectionError.twoSources(one, other)) { try apart.survey(folder.file("two\(place).jsonl")) }
    }
  }

  /// Each reason keeps its own text, also where texts hold what stands between them.
  @Test func reasonsAreToldApart() throws {
    let folder = try TemporaryFolder()
    let plain = Issue("E_CODE", .error, field: "Id", message: "no word", hint: "use another", value: "x")
    let long = Issue("E_DATE", .error, field: "_id", message: "no day; no month", hint: "write; it", value: "a; b")
    for (place, issues) in [[plain, long], [plain, plain], [long]].enumerated() {
      let path = folder.file("\(place).jsonl")
      var writer = RejectWriter(path: path, step: "map")
      let members = [JSON.Member("Id", .string("A")), JSON.Member("_id", .string("B"))]
      try writer.reject(
        stream: "rows", members: members, schema: schema("a.csv", "sha256:1"), row: 2, issues: issues)
      try writer.finish()
      var reading = RejectReading()
      var rows: [FaultyRow] = []
      try reading.read(path) { rows.append($0) }
      #expect(rows.map(\.issues) == [issues])
    }
  }

  @Test func aColumnMayBeginWithAnUnderscore() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("r.jsonl")
    try rejects(path, [schema("a.csv", "sha256:1"), schema("a.csv", "sha256:1")])
    var reading = RejectReading()
    var rows: [FaultyRow] = []
    try reading.read(path) { rows.append($0) }
    #expect(reading.source?.columns.map(\.name) == ["Id", "_id"])
    #expect(rows.map(\.cells) == [["A", "B"], ["A", "B"]] && rows.map(\.row) == [2, 3])
    #expect(rows[0].codes == "E_X")
  }
}
