import Glibc
import Records
import TestSupport
import Testing

/// Workbooks through the executable: the same streams as from any table, and no harm beyond the one file.
struct WorkbookTests {
  private static let header =
    "<row><c t=\"inlineStr\"><is><t>Circuit ID</t></is></c>"
    + "<c t=\"inlineStr\"><is><t>MRC</t></is></c><c t=\"inlineStr\"><is><t>Installed</t></is></c></row>"

  private static func rows(_ count: Int, _ name: String = "HE") -> String {
    header
      + (1...count).map {
        "<row><c t=\"inlineStr\"><is><t>\(name)-\($0)</t></is></c><c s=\"1\"><v>1250.1000000000001</v></c>"
          + "<c s=\"2\"><v>\(45_350 + $0)</v></c></row>"
      }.joined()
  }

  private static func book(_ sheets: TestBook.Sheet...) -> [UInt8] {
    TestBook(sheets, formats: ["[$USD] #,##0.00", "yyyy-mm-dd"]).bytes
  }

  private struct Extracted {
    let outcome: Outcome
    let lines: [JSON]

    init(_ arguments: [String], _ bytes: [UInt8], _ folder: TemporaryFolder) throws {
      let path = try folder.write(bytes, to: "book.xlsx")
      outcome = try run("trunkline-extract", ["--rejects", folder.file("r.jsonl")] + arguments + [path])
      lines = outcome.stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }
    }

    var sheets: [String] { lines.compactMap { $0["x-origin"]?["sheet"]?.text } }

    /// The objects of the records as they are written.
    var records: [String] {
      outcome.stdout.split(separator: "\n").compactMap { line in
        guard let start = line.firstRange(of: "\"record\":"), let end = line.firstRange(of: ",\"row\":") else {
          return nil
        }
        return String(line[start.upperBound..<end.lowerBound])
      }
    }
  }

  @Test func aSheetBecomesRecordsThatLeadBackToItsCells() throws {
    let read = try Extracted([], Self.book(.init(Self.rows(2), name: "West")), TemporaryFolder())
    #expect(read.outcome.status == 0, "\(read.outcome.stderr)")
    #expect(
      read.records == [
        #"{"Circuit ID":"HE-1","MRC":"USD 1250.10","Installed":"2024-02-29"}"#,
        #"{"Circuit ID":"HE-2","MRC":"USD 1250.10","Installed":"2024-03-01"}"#,
      ])
    #expect(read.lines.compactMap { $0["row"]?.int } == [2, 3])
    #expect(read.lines[0]["x-columns"]?.items.compactMap { $0["column"]?.text } == ["A", "B", "C"])
    #expect(read.lines[0]["x-table"]?["kind"]?.text == "xlsx")
    #expect(read.lines[0]["x-columns"]?.items[1]["decimal"]?.text == "point")
    #expect(read.lines[0]["x-columns"]?.items[2]["dates"]?.text == "ymd")
  }

  @Test(arguments: [
    ([], ["East"]), (["West"], ["West"]), (["west"], ["West"]), (["1"], ["West"]), (["all"], ["West", "East"]),
    (["*est"], ["West"]), (["?ast", "Old"], ["East", "Old"]), (["3"], ["Old"]),
  ])
  func sheetsAreChosen(_ words: [String], _ names: [String]) throws {
    let bytes = Self.book(
      .init(Self.rows(2), name: "West"), .init(Self.rows(3), name: "East"),
      .init(Self.rows(9), name: "Old", state: "hidden"))
    let read = try Extracted(words.flatMap { ["--sheet", $0] }, bytes, TemporaryFolder())
    #expect(read.sheets == names, "\(read.outcome.stderr)")
    #expect(read.lines.count { $0["value"]?["run"]?["final"] != nil } == names.count)
    #expect(Set(read.lines.compactMap { $0["x-run"]?.text }).count == names.count)
    if words.isEmpty {
      #expect(read.outcome.stderr.contains("not read: West") && read.outcome.stderr.contains("W_SHEETS"))
      #expect(read.outcome.stderr.contains("hidden and not read: Old") && read.outcome.stderr.contains("W_HIDDEN"))
    }
  }

  @Test func aSheetThatIsNotThereIsNamedWithThoseThatAre() throws {
    let read = try Extracted(["--sheet", "Nort*"], Self.book(.init(Self.rows(2), name: "West")), TemporaryFolder())
    #expect(read.outcome.status == 1 && read.outcome.output.isEmpty)
    #expect(read.outcome.stderr.contains("no sheet is called \"Nort*\" (E_SHEET)"))
    #expect(read.outcome.stderr.contains("\"West\""))
  }

  @Test func whatIsOddOnASheetIsSaidOnce() throws {
    let odd =
      "<row><c t=\"inlineStr\"><is><t>HE-9</t></is></c><c t=\"e\"><v>#N/A</v></c><c s=\"2\"><v>9999999</v></c></row>"
      + "<row><c><v>12345678901234567890</v></c><c><f>1+1</f></c></row>"
    let read = try Extracted([], Self.book(.init(Self.rows(3) + odd)), TemporaryFolder())
    for code in ["W_XLERR", "W_DATE_RANGE", "W_PREC", "W_NO_RESULT"] { #expect(read.outcome.stderr.contains(code)) }
    #expect(read.outcome.stderr.contains("the first is B5 (#N/A)"))
    #expect(
      read.records.suffix(2) == [
        #"{"Circuit ID":"HE-9","Installed":"9999999"}"#, #"{"Circuit ID":"12345678901234567890"}"#,
      ])
  }

  @Test func cellsMergedOverRowsOfDataAreSaid() throws {
    let merges = "<mergeCells count=\"1\"><mergeCell ref=\"A3:A4\"/></mergeCells>"
    let read = try Extracted([], Self.book(.init(Self.rows(3), after: merges)), TemporaryFolder())
    #expect(
      read.outcome.stderr.contains("merged, the first in row 3") && read.records.count == 3, "\(read.outcome.stderr)")
  }

  /// The more sheets a workbook lists, the fewer are read to find the largest, and the note says so.
  @Test func aWorkbookOfThousandsOfSheetsIsReadInItsTime() throws {
    let sheets = (1...1500).map { TestBook.Sheet(Self.rows($0 == 20 ? 2 : 1), name: "S\($0)") }
    let read = try Extracted([], TestBook(sheets, strings: []).bytes, TemporaryFolder())
    #expect(read.outcome.stderr.contains("S20 is taken, the largest of the first 33"), "\(read.outcome.stderr)")
  }

  @Test func aCellThatSpoilsItsRowIsRejectedWithItsPlace() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 40_000)
    let spoiled =
      "<row><c t=\"s\"><v>7</v></c><c><v>1</v></c><c><v>1</v></c></row>"
      + "<row><c t=\"inlineStr\"><is><t>HE-8</t></is></c><c t=\"inlineStr\"><is><t>\(long)</t></is></c><c><v>1</v></c></row>"
      + "<row><c t=\"inlineStr\"><is><t>HE-9</t></is></c><c><v>1</v></c><c><v>1</v></c><c r=\"DA7\"><v>1</v></c></row>"
    let read = try Extracted(
      [], Self.book(.init(Self.rows(3) + spoiled + Self.rows(3).dropFirst(Self.header.count))), folder)
    #expect(read.outcome.status == 3, "\(read.outcome.stderr)")
    let rejects = try folder.read("r.jsonl")
    for words in [
      "S!A5 refers to a text that is not in the workbook", "S!B6 holds more than 32767 characters",
      "S!DA7 stands beside the table of 3 columns",
    ] {
      #expect(rejects.contains(words), "\(rejects)")
    }
    #expect(read.records.count == 6)
  }

  @Test func percentagesAndDecimalsAreBeyondDoubt() throws {
    let rows =
      "<row>" + ["a", "b", "c"].map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
      + "<row><c s=\"1\"><v>0.035</v></c><c><v>1.234</v></c><c s=\"2\"><v>1.5</v></c></row>"
      + "<row><c s=\"1\"><v>-1.2</v></c><c><v>12</v></c><c s=\"2\"><v>-0.25</v></c></row>"
      + "<row><c s=\"1\"><v>0.0005</v></c><c><v>0.5</v></c><c s=\"2\"><v>1000</v></c></row>"
    let bytes = TestBook([.init(rows)], formats: ["0.00%", "0.000"]).bytes
    let read = try Extracted([], bytes, TemporaryFolder())
    #expect(
      read.records == [
        #"{"a":"3.5%","b":"1.2340","c":"1.5000"}"#, #"{"a":"-120%","b":"12","c":"-0.2500"}"#,
        #"{"a":"0.05%","b":"0.5","c":"1000.0000"}"#,
      ])
  }

  @Test func titlesMergedHeadersAndTotalsAreFoundAsInAnyTable() throws {
    func text(_ words: String?...) -> String {
      "<row>" + words.map { $0.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" } ?? "<c/>" }.joined() + "</row>"
    }
    let data = (1...6).map {
      "<row><c t=\"inlineStr\"><is><t>HE-\($0)</t></is></c><c t=\"inlineStr\"><is><t>Denver</t></is></c>"
        + "<c t=\"inlineStr\"><is><t>CO</t></is></c><c><v>\($0).5</v></c></row>"
    }.joined()
    let rows =
      text("Inventory of the west") + "<row/>" + text(nil, "Location A", nil, "Charges")
      + text("Circuit", "City", "State", "MRC")
      + data + text("Total", nil, nil, "21")
    let bytes = TestBook([
      .init(rows, after: "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B3:C3\"/></mergeCells>")
    ]).bytes
    let read = try Extracted([], bytes, TemporaryFolder())
    #expect(
      read.lines[0]["x-columns"]?.items.compactMap { $0["name"]?.text }
        == ["Circuit", "Location A / City", "Location A / State", "Charges / MRC"])
    let counts = read.lines.last?["value"]?["run"]
    #expect(counts?["in"]?.int == 11 && counts?["accepted"]?.int == 6)
    #expect(
      counts?["skipped"]?.members.map { "\($0.name) \($0.value.int ?? 0)" }
        == ["blank 1", "header 2", "preamble 1", "total 1"])
  }

  @Test func aBadWorkbookAmongOthersHurtsOnlyItself() throws {
    let folder = try TemporaryFolder()
    let good = Self.book(.init(Self.rows(2)))
    try folder.write(good, to: "a.xlsx")
    try folder.write(Array(good.prefix(good.count / 2)), to: "b.xlsx")
    try folder.write([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 500), to: "c.csv")
    try folder.write("id,city\n1,Paris\n", to: "d.xlsx")
    let outcome = try run("trunkline-extract", ["a.xlsx", "b.xlsx", "c.csv", "d.xlsx"], folder: folder.path)
    #expect(outcome.status == 10)
    #expect(outcome.stderr.contains("b.xlsx: the ZIP archive is cut short") && outcome.stderr.contains("E_ZIP"))
    #expect(outcome.stderr.contains("c.csv: the workbook is protected by a password (E_PASSWORD)"))
    #expect(outcome.stdout.split(separator: "\n").count { $0.contains(#""final":true"#) } == 2)
  }

  /// The reader is bound from outside so tightly that the system ends it: the command says so and goes on.
  @Test func aReaderThatIsEndedIsSaidAndTheOthersGoOn() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.book(.init(Self.rows(3000))), to: "a.xlsx")
    try folder.write("id,city\n1,Paris\n", to: "b.csv")
    let outcome = try shell("ulimit -f 8; trunkline-extract a.xlsx b.csv", folder: folder.path)
    #expect(outcome.status == 10, "\(outcome.stderr)")
    #expect(
      outcome.stderr.contains("the reader of workbooks") && outcome.stderr.contains("E_READER"), "\(outcome.stderr)")
    #expect(outcome.stdout.split(separator: "\n").count { $0.contains(#""final":true"#) } == 1)
  }

  @Test func aWorkbookOnStandardInputGivesTheSameRecords() throws {
    let folder = try TemporaryFolder()
    let bytes = Self.book(.init(Self.rows(5)))
    let file = try Extracted([], bytes, folder)
    let piped = try run("trunkline-extract", ["-"], stdin: bytes)
    #expect(piped.stdout.split(separator: "\n").filter { $0.contains("RECORD") }.count == file.records.count)
    #expect(try Extracted([], bytes, folder).outcome.output == file.outcome.output)
  }

  @Test func cellsTooFarApartAreRefusedWithoutFillingTheGaps() throws {
    let far = (2...1500).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
    let read = try Extracted([], Self.book(.init(Self.header + far)), TemporaryFolder())
    #expect(read.outcome.status == 1 && read.outcome.stderr.contains("stand too far apart"), "\(read.outcome.stderr)")
    let lone = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>9</v></c></row>"
    let one = try Extracted([], Self.book(.init(Self.rows(3) + lone)), TemporaryFolder())
    #expect(one.outcome.status == 3 && one.records.count == 3, "\(one.outcome.stderr)")
  }

  private static let hasOffice = access("/usr/bin/soffice", X_OK) == 0

  @Test func anOldWorkbookIsRefusedWithTheWayOut() throws {
    let folder = try TemporaryFolder()
    let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 1016)
    let path = try folder.write(
      ole + "Workbook".utf8.flatMap { [$0, 0] } + Array(repeating: 0, count: 4000), to: "a.xls")
    let refused = try run("trunkline-extract", [path])
    #expect(refused.status == 1 && refused.stderr.contains("this is an XLS workbook of Excel 97 to 2003 (E_TYPE)"))
    #expect(refused.stderr.contains("--convert"))
    let alone = try run("trunkline-extract", ["--convert", path], environment: ["PATH": folder.path])
    #expect(alone.status == 1 && alone.stderr.contains("no soffice is on the PATH (E_CONVERT)"))
  }

  @Test(.enabled(if: hasOffice, "LibreOffice is not here"))
  func anOldWorkbookIsConvertedWhenAsked() throws {
    let folder = try TemporaryFolder()
    try folder.write("Circuit ID,MRC\nHE-1,1250.5\nHE-2,12.5\nHE-3,830\n", to: "book.csv")
    let made = try run(
      "/usr/bin/soffice",
      [
        "--headless", "-env:UserInstallation=file://\(folder.path)/profile", "--convert-to", "xls", "--outdir",
        folder.file("old"), folder.file("book.csv"),
      ])
    #expect(made.status == 0, "\(made.stderr)")
    let outcome = try run("trunkline-extract", ["--convert", folder.file("old/book.xls")])
    #expect(outcome.status == 0 && outcome.stderr.contains("W_CONVERTED"), "\(outcome.stderr)")
    #expect(outcome.stdout.contains(#"{"Circuit ID":"HE-1","MRC":"1250.5"}"#))
    #expect(outcome.stdout.contains(#""file":"book.xls""#))
  }

  /// What LibreOffice started ends with it, and a signal ends both: nothing goes on, and no folder stays.
  @Test(arguments: [("exit 0", 1), ("wait", 143)] as [(String, Int32)], ["TERM", "HUP", "QUIT"])
  func aConversionLeavesNothingBehind(_ end: (last: String, status: Int32), _ signal: String) throws {
    let (last, status) = end
    let folder = try TemporaryFolder()
    let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 1016)
    try folder.write(ole + "Workbook".utf8.flatMap { [$0, 0] } + Array(repeating: 0, count: 4000), to: "a.xls")
    try folder.write("#!/bin/sh\nsleep 300 &\necho $! > started.txt\nmv started.txt child\n\(last)\n", to: "soffice")
    let ended = try shell(
      "chmod +x soffice; mkdir tmp; PATH=$PWD:$PATH TMPDIR=$PWD/tmp env --default-signal=TERM,HUP,QUIT trunkline-extract --convert a.xls"
        + " > out 2> err & p=$!; until [ -e child ]; do sleep 0.01; done; [ '\(last)' = 'exit 0' ] || kill -\(signal) $p;"
        + " wait $p; s=$?; ls tmp; state=$(cut -d' ' -f3 /proc/$(cat child)/stat 2>/dev/null); echo ${state:-gone}; exit $s",
      folder: folder.path)
    #expect(
      ended.status == status && ["gone\n", "Z\n", "X\n"].contains(ended.stdout), "\(ended.stdout)\(ended.stderr)")
  }

  @Test func anEmptyWorkbookIsNoInput() throws {
    let read = try Extracted([], Self.book(.init("<row/>", name: "A"), .init("", name: "B")), TemporaryFolder())
    #expect(read.outcome.status == 66 && read.outcome.stderr.contains("no cell is filled on A, B (E_EMPTY)"))
  }
}
