import Records
import TestSupport
import Testing

/// Tables as people send them, written for this project: Tests/Tables, with truth.csv beside them.
struct TableSetTests {
  struct Truth: CustomTestStringConvertible {
    let file: String
    let header: String
    let firstData: Int
    let records: Int
    var testDescription: String { file }
  }

  static let folder = repositoryRoot + "/Tests/Tables"

  static func truths() throws -> [Truth] {
    let text = String(decoding: try readFile(folder + "/truth.csv"), as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",").map(String.init)
      return Truth(file: cells[0], header: cells[1], firstData: Int(cells[2]) ?? 0, records: Int(cells[3]) ?? 0)
    }
  }

  @Test func everyTableIsFoundWhereItIs() throws {
    let truths = try Self.truths()
    #expect(truths.count >= 60)
    for truth in truths {
      let found = try Table(Self.folder + "/" + truth.file)
      #expect(found.header == truth.header && found.rows.count == truth.records, "\(truth.file): \(found)")
      if truth.records > 0 { #expect(found.rows.first == truth.firstData, "\(truth.file)") }
      #expect(found.balanced, "\(truth.file)")
    }
  }
}

/// What the executable makes of a file.
struct Table {
  var header = "none"
  var rows: [Int] = []
  var balanced = false
  var status: Int32 = 0
  var notes: [String] = []
  var errors = ""

  init(_ path: String, _ options: [String] = []) throws {
    let folder = try TemporaryFolder()
    let outcome = try run("trunkline-extract", options + ["--rejects", folder.file("r.jsonl"), path])
    status = outcome.status
    errors = outcome.stderr
    let lines = outcome.stdout.split(separator: "\n").map(String.init)
    guard let first = lines.first, let last = lines.last, let table = JSON.parse(first)?["x-table"] else { return }
    let header = table["header_rows"]?.items.compactMap(\.int) ?? [table["header_row"]?.int].compactMap { $0 }
    if let from = header.first, let to = header.last { self.header = from == to ? "\(from)" : "\(from)-\(to)" }
    notes = (table["notes"]?.items ?? []).compactMap { $0["code"]?.text }
    rows = lines.filter { $0.contains(#""type":"RECORD""#) }.compactMap { JSON.parse($0)?["row"]?.int }
    balanced = JSON.parse(last)?["value"]?["run"].flatMap { StreamCounts(json: $0) }?.balanced ?? false
  }
}
