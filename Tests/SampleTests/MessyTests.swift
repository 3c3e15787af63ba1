import Records
import TestSupport
import Testing

/// Samples/messy: 300 rows with fifteen kinds of mistakes, corrected in a workbook in two rounds.
struct MessyTests {
  private let sample: SampleDatabase
  private let mapping = "\(repositoryRoot)/Samples/messy/mapping.yaml"
  private let source = "\(repositoryRoot)/Samples/messy/0-source.csv"

  init() throws {
    sample = try SampleDatabase()
    let types = "\(repositoryRoot)/Samples/entities/service_types"
    try sample.load(types + ".csv", types + ".yaml")
    try writeFile(try readFile(source), sample.folder.file("messy.csv"))
    try writeFile(try readFile(mapping), sample.folder.file("mapping.yaml"))
  }

  /// The chain up to its plan, with the rejects of each step.
  private func load() throws -> Hops {
    let extracted = try sample.step("extract", ["messy.csv", "--rejects", "a.jsonl"], expect: [3]).output
    let mapped = try sample.step(
      "map", ["--mapping", "mapping.yaml", "--rejects", "b.jsonl"], stdin: extracted, expect: [3]
    ).output
    return Hops(
      extracted: extracted, mapped: mapped,
      staged: try sample.step("stage", ["--rejects", "c.jsonl"], stdin: mapped, expect: [3]))
  }

  private static let rejects = ["a.jsonl", "b.jsonl", "c.jsonl"]

  /// Commits the newest run's plan.
  private func commit() throws {
    let run = try sample.rows("SELECT id, attempt FROM runs ORDER BY run_no DESC LIMIT 1")[0].joined(separator: "-")
    let plan = try sample.step("diff", ["--json", "--run", run, "--as-of", "2026-11-21"], expect: [2])
    try sample.step("commit", [try sample.approve(plan).set])
  }

  // MARK: As a table

  @Test func rejectsAsATableHoldTheOriginalTexts() throws {
    _ = try load()
    try sample.step("errors", Self.rejects + ["--format", "csv", "-o", "rejects.csv"])
    let text = String(decoding: try readFile(sample.folder.file("rejects.csv")), as: UTF8.self)
    try Golden.check(text, "Samples/messy/rejects.csv")
    #expect(text.contains("did you mean \"\"DIA\"\"?") && !text.contains("on_missing"))
    let table = Table(text)
    let original = Table(String(decoding: try readFile(source), as: UTF8.self))
    let header = original.rows[1]
    #expect(Array(table.header.prefix(header.count)) == header)
    #expect(
      Array(table.header.dropFirst(header.count)) == ["_row", "_status", "_codes", "_message", "_hint", "_value"])
    for row in table.rows {
      // Rows count from 1 over the whole file, of which the first stands apart here.
      let line = try #require(Int(table.cell(row, "_row")))
      let known = original.rows[line - 2]
      for (cell, original) in zip(row, known.prefix(header.count)) where cell != original {
        #expect(cell == "'" + original && original.hasPrefix("-"), "row \(line): \(original) became \(cell)")
      }
    }
    let kinds = Set(table.rows.flatMap { table.cell($0, "_codes").split(separator: ";") })
    #expect(kinds.count >= 12)
  }

  @Test func theTableComesBackAsItIsOnceCorrected() throws {
    _ = try load()
    try sample.step("errors", Self.rejects + ["--format", "csv", "-o", "rejects.csv"])
    var table = Table(String(decoding: try readFile(sample.folder.file("rejects.csv")), as: UTF8.self))
    for index in table.rows.indices {
      for (header, text) in Self.remedies(
        table.cell(table.rows[index], "_codes"), table.cell(table.rows[index], "_row"))
      {
        let column = try #require(table.header.firstIndex(of: header))
        table.rows[index][column] = text
      }
      if table.cell(table.rows[index], "_codes") == "E_RAGGED" {
        table.rows[index] = Self.shifted(table.rows[index], 19)
      }
    }
    try writeFile(Array(table.text().utf8), sample.folder.file("rejects.csv"))
    let extracted = try sample.step("extract", ["rejects.csv"]).output
    let mapped = try sample.step("map", ["--mapping", "mapping.yaml"], stdin: extracted).output
    let counts = try #require(Hops.final(String(decoding: mapped, as: UTF8.self)))
    #expect(counts["accepted"]?.int == table.rows.count && counts["rejected"]?.int == 0)
  }

  /// A row whose address was split by its comma: joined again, and what followed moved back.
  private static func shifted(_ row: [String], _ width: Int) -> [String] {
    var row = row
    row[5] += "," + row[6]
    for column in 6..<(width - 1) { row[column] = row[column + 1] }
    row[width - 1] = row[row.count - 1]
    row[row.count - 1] = ""
    return row
  }

  // MARK: As a workbook

  /// What a person writes into which column of a row with these codes.
  private static func remedies(_ codes: String, _ row: String) -> [(String, String)] {
    switch codes {
    case "E_MONEY": [("Monthly", "125.00")]
    case "E_CURRENCY": [("Monthly", "310.00"), ("Cur", "USD")]
    case "E_DATE": [("Install", "2024-02-28")]
    case "E_DATE_AMBIGUOUS": [("FOC Date", "2025-03-04")]
    case "E_BANDWIDTH": [("Speed", "100 Mbps")]
    case "E_INTEGER": [("Notice", "90"), ("Mos", "36")]
    case "E_RANGE": [("Notice", "60")]
    case "E_CODE": [("Status", "active")]
    case "E_FLAG": [("Auto Renew?", "yes")]
    case "E_REQUIRED", "E_KEY": [("Ckt ID / Ckt #", "MENDED.\(row)")]
    case "E_REFERENCE": [("Service", "DIA")]
    default: []
    }
  }

  /// Corrects the rows of some codes on the sheet to correct; the others are left, and one is mended wrongly.
  private func correct(_ path: String, only codes: Set<String>?, wrong: Bool = false) throws {
    var copy = try WorkbookCopy(path)
    var sheet = copy["Fix"]
    var isWrong = wrong
    for row in sheet.rows.indices.dropFirst() {
      let code = sheet.text(row, "_codes")
      if let codes, !codes.contains(code) { continue }
      if code == "E_RAGGED" { shift(&sheet, row) }
      if code == "E_DUP_KEY", sheet.text(row, "Monthly") == "999.99" { sheet.set(row, "_action", .text("skip")) }
      for (header, text) in Self.remedies(code, sheet.text(row, "_source_row")) {
        sheet.set(row, header, .text(isWrong ? "12O.00" : text))
        isWrong = false
      }
    }
    copy["Fix"] = sheet
    try copy.write(path)
  }

  private func shift(_ sheet: inout WorkbookCopy.Sheet, _ row: Int) {
    let cells = Self.shifted(sheet.rows[row].prefix(20).map(\.text), 19)
    for (column, text) in cells.enumerated() { sheet.rows[row][column] = .text(text) }
  }

  private func resaved(_ name: String) throws -> String {
    guard WorkbookCopy.hasOffice else { return name }
    let folder = sample.folder.file("office")
    makeFolder(folder)
    try WorkbookCopy.resave(sample.folder.file(name), into: folder)
    return "office/" + name
  }

  /// Two rounds: a person corrects most, one of them wrongly, then the rest. LibreOffice saves on the way where it is there.
  @Test(arguments: WorkbookCopy.hasOffice ? [false, true] : [false])
  func twoRoundsLeaveNoError(_ viaOffice: Bool) throws {
    let hops = try load()
    _ = try sample.plan(hops, changes: true)
    try sample.step("errors", Self.rejects)
    try commit()
    let first = "messy.csv.errors.xlsx"
    let tally = try errors(sample.folder.file(first))
    try Golden.check(tally, "Samples/messy/errors.txt")
    let codes = tally.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(Set(codes.map { $0[0] }).count >= 12)
    #expect(codes.allSatisfy { Int($0[1]) ?? 0 >= 5 })
    try correct(
      sample.folder.file(first),
      only: ["E_MONEY", "E_CURRENCY", "E_DATE", "E_CODE", "E_KEY", "E_RAGGED", "E_DUP_KEY", "E_REFERENCE", "E_FLAG"],
      wrong: true)
    let returned = viaOffice ? try resaved(first) : first
    let round = try sample.step("fix", [returned], expect: [3])
    #expect(round.stderr.contains("rows are rejected again"), "\(round.stderr)")
    try commit()
    let second = returned.dropLast(5) + "-2.xlsx"
    let left = try errors(sample.folder.file(String(second)))
    #expect(left.contains("E_MONEY 1 Monthly") && left.contains("E_REQUIRED 5"), "\(left)")
    #expect(!left.contains("E_RAGGED") && !left.contains("E_DUP_KEY") && !left.contains("E_REFERENCE"))
    try correct(sample.folder.file(String(second)), only: nil)
    let last = try sample.step("fix", [String(second)], expect: [2])
    #expect(!last.stderr.contains("rejected again"))
    try commit()
    // 300 rows, of which five repeat another with a price nobody wanted.
    #expect(try sample.rows("SELECT count(*) FROM circuits WHERE carrier_id IS NOT NULL") == [["295"]])
    #expect(try sample.rows("SELECT count(*) FROM circuits WHERE mrc_minor = 99999") == [["0"]])
    let log = try sample.step("audit", ["log", "--json"]).stdout
    #expect(log.split(separator: "\n").count { $0.contains("\"action\":\"correct\"") } == 2)
    #expect(log.contains(#""column":"Monthly","before":"call us","after":"12O.00""#))
    #expect(try sample.step("audit", ["verify"]).status == 0)
  }

  /// The sheet Errors as lines of code, count and column.
  private func errors(_ path: String) throws -> String {
    try WorkbookCopy(path)["Errors"].rows.dropFirst(2).map { row in
      [row[0].text, row[2].text, row[3].text].joined(separator: " ")
    }.joined(separator: "\n") + "\n"
  }

  @Test func duplicatesStandSideBySide() throws {
    _ = try sample.plan(try load(), changes: true)
    try sample.step("errors", Self.rejects)
    let sheet = try WorkbookCopy(sample.folder.file("messy.csv.errors.xlsx"))["Duplicates"]
    let rows = sheet.rows.dropFirst(2).map { $0.map(\.text) }
    #expect(rows.count == 5)
    for row in rows {
      #expect(row[2] == "several rows" && row[4] == "mrc" && row[6] == "999.99" && row[5] != row[6], "\(row)")
    }
  }

  /// A row may be several records: the plan and the workbook say how many of each were refused.
  @Test func rowsAndRecordsAreCountedApart() throws {
    let plan = try sample.step("diff", ["--run", try load().run], expect: [2]).stdout
    #expect(
      plan.contains(
        "Note: 75 rows of the source were rejected and are not in this plan: 70 before they became records, 5 as 20 records"
      ), "\(plan.prefix(600))")
    #expect(plan.contains(", 75 rows rejected.\n"))
    try sample.step("errors", Self.rejects)
    let readMe = try WorkbookCopy(sample.folder.file("messy.csv.errors.xlsx"))["Read me"]
    let said = readMe.rows.first { $0.count > 2 && $0[1].text == "  rejected" }?[2].text
    #expect(said == "75 (70 before they became records; of the other 5 the database refused 20 records)")
  }

  @Test func theSameRejectsGiveTheSameBytes() throws {
    _ = try sample.plan(try load(), changes: true)
    try sample.step("errors", Self.rejects + ["-o", "one.xlsx", "--as-of", "2026-11-21"])
    let one = try WorkbookCopy(sample.folder.file("one.xlsx"))
    #expect(one["Fix"].rows.count == 86)
    // Only the instructions name the file.
    try sample.step("errors", Self.rejects + ["-o", "three/one.xlsx", "--as-of", "2026-11-21"], expect: [1])
    makeFolder(sample.folder.file("three"))
    try sample.step("errors", Self.rejects + ["-o", "three/one.xlsx", "--as-of", "2026-11-21"])
    #expect(try readFile(sample.folder.file("one.xlsx")) == readFile(sample.folder.file("three/one.xlsx")))
  }

  @Test func whatIsNoWorkbookOfOursIsRefused() throws {
    try sample.step("fix", ["messy.csv"], expect: [65])
    try sample.step("fix", ["nowhere.xlsx"], expect: [66])
    try sample.step("export", ["circuits", "-o", "other.xlsx"])
    let refused = try sample.step("fix", ["other.xlsx"], expect: [65])
    #expect(refused.stderr.contains("no workbook of trunkline errors"))
    try sample.step("errors", [], expect: [66])
    try sample.step("errors", ["messy.csv"], expect: [64])
  }
}
