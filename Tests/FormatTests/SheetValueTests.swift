import Spreadsheets
import TestSupport
import Testing

/// What a cell of an XLSX sheet reads as.
struct SheetValueTests {
  @Test(arguments: [
    ("<c r=\"A1\"><v>45355</v></c>", "A1 number 45355"),
    ("<c r=\"A1\"><v>1250.1000000000001</v></c>", "A1 number 1250.1"),
    ("<c r=\"A1\"><v>0.30000000000000004</v></c>", "A1 number 0.3"),
    ("<c r=\"A1\"><v>2.9999999999999996</v></c>", "A1 number 3"),
    ("<c r=\"A1\"><v>8.31000123456E11</v></c>", "A1 number 831000123456"),
    ("<c r=\"A1\"><v>12345678901234567890</v></c>", "A1 number 12345678901234567890 [precision]"),
    ("<c r=\"A1\"><v>1.2345678901234567E+19</v></c>", "A1 number 12345678901234600000 [precision]"),
    ("<c r=\"A1\"><v>999999999999999</v></c>", "A1 number 999999999999999"),
    ("<c r=\"A1\"><v>1E+300</v></c>", "A1 number 1E+300 [precision]"),
    ("<c r=\"A1\"><v>-4.5000E-3</v></c>", "A1 number -0.0045"),
    ("<c r=\"A1\"><v>-0.0</v></c>", "A1 number 0"), ("<c r=\"A1\"><v>0010</v></c>", "A1 number 10"),
    ("<c r=\"A1\"><v>12.50</v></c>", "A1 number 12.5"), ("<c r=\"A1\"><v>.5</v></c>", "A1 number 0.5"),
    ("<c r=\"A1\"><v>1e999</v></c>", "A1 error 1e999"), ("<c r=\"A1\"><v>NaN</v></c>", "A1 error NaN"),
    ("<c r=\"A1\" t=\"b\"><v>1</v></c>", "A1 boolean TRUE"), ("<c r=\"A1\" t=\"b\"><v>0</v></c>", "A1 boolean FALSE"),
    ("<c r=\"A1\" t=\"e\"><v>#N/A</v></c>", "A1 error #N/A"),
    ("<c r=\"A1\" t=\"d\"><v>2024-03-04</v></c>", "A1 date 2024-03-04"),
    ("<c r=\"A1\" t=\"d\"><v>2024-03-04T00:00:00.000Z</v></c>", "A1 date 2024-03-04"),
    ("<c r=\"A1\" t=\"d\"><v>2024-03-04T13:45</v></c>", "A1 dateTime 2024-03-04T13:45:00"),
    ("<c r=\"A1\" t=\"d\"><v>soon</v></c>", "A1 text soon"),
    ("<c r=\"A1\" t=\"str\"><f>A2&amp;\"x\"</f><v>abc</v></c>", "A1 text abc [formula]"),
    ("<c r=\"A1\"><f>1+1</f><v>2</v></c>", "A1 number 2 [formula]"),
    ("<c r=\"A1\"><f>NOW()</f></c>", "A1 blank  [formula]"),
    ("<c r=\"A1\" t=\"inlineStr\"><is><t>a_x000D_b_x005F_x000D_</t></is></c>", "A1 text a\rb_x000D_"),
    ("<c r=\"A1\" t=\"inlineStr\"><is><t>_xD83D__xDE00_ _xZZZZ_ _x00</t></is></c>", "A1 text 😀 _xZZZZ_ _x00"),
    ("<c r=\"A1\" t=\"inlineStr\"><is><t> cut </t></is></c>", "A1 text cut"),
    ("<c r=\"A1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> kept </t></is></c>", "A1 text  kept "),
    (
      "<c r=\"A1\" t=\"inlineStr\"><is><r><t xml:space=\"preserve\">ri </t></r><r><rPr><b/></rPr><t>ch</t></r>"
        + "<rPh sb=\"0\" eb=\"1\"><t>not this</t></rPh></is></c>", "A1 text ri ch"
    ),
    ("<c r=\"A1\" t=\"inlineStr\"><is><t><![CDATA[a<b & c]]></t></is></c>", "A1 text a<b & c"),
    ("<c r=\"A1\" t=\"inlineStr\"><is><t>1.</t></is><v>01.</v></c>", "A1 text 1."),
  ])
  func aCellReadsAs(_ cell: String, _ text: String) throws {
    #expect(try cells("<row r=\"1\">\(cell)</row>") == [text])
  }

  @Test func blanksAreNotGiven() throws {
    let rows =
      "<row r=\"1\"><c r=\"A1\"/><c r=\"B1\"><v></v></c><c r=\"C1\" t=\"s\"><v></v></c><c r=\"D1\" t=\"str\"><v/></c>"
      + "</row><row r=\"2\"/><row r=\"7\"><c r=\"C7\"><v>1</v></c></row>"
    #expect(try cells(rows) == ["C7 number 1"])
  }

  @Test func placesMayBeLeftOutAndCellsMayComeInAnyOrder() throws {
    #expect(
      try cells("<row><c><v>1</v></c><c><v>2</v></c></row><row><c r=\"B4\"><v>3</v></c><c><v>4</v></c></row>")
        == ["A1 number 1", "B1 number 2", "B4 number 3", "C4 number 4"])
    let mixed = try ReadBook(
      TestBook([
        .init(
          "<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>4</v></c><c r=\"B1\"><v>2</v></c></row>"
        )
      ]).bytes)
    #expect(mixed.cells == [["A1 number 1", "B1 number 2", "C1 number 4"]])
    #expect(mixed.tallies[0].repeated.place == "C1")
  }

  @Test func sharedStringsAreReadWithTheirRunsAndWithoutPhonetics() throws {
    let strings = [
      "<t>plain</t>", "<r><t>ri</t></r><r><rPr><i/></rPr><t>ch</t></r>",
      "<t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>かんじ</t></rPh><phoneticPr fontId=\"1\"/>", "<t/>", "<t> x_x0041_ </t>",
    ]
    let row = (0..<5).map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
    #expect(
      try cells("<row>\(row)<c t=\"s\"><v>5</v></c><c t=\"s\"><v>-1</v></c></row>", strings: strings) == [
        "A1 text plain", "B1 text rich", "C1 text 漢字", "E1 text xA", "F1 brokenText 5", "G1 brokenText -1",
      ])
  }

  /// A table that outgrows memory goes to a file; the cells are the same.
  @Test func sharedStringsBeyondMemoryReadTheSame() throws {
    var random = SplitMix64()
    let texts = (0..<3000).map { "\($0) " + String(repeating: "x", count: Int(random.next() % 200)) }
    let rows = (0..<4000).map { _ in "<row><c t=\"s\"><v>\(random.next() % 3000)</v></c></row>" }.joined()
    let bytes = TestBook([.init(rows)], strings: texts.map { "<t>\($0)</t>" }).bytes
    var small = SpreadsheetLimits()
    small.sharedInMemory = 1000
    #expect(try ReadBook(bytes, small).cells == ReadBook(bytes).cells, "seed \(random.seed)")
    #expect(try ReadBook(bytes).cells[0].count == 4000)
  }

  @Test func tooLongATextIsCutAndMarked() throws {
    let long = String(repeating: "ä", count: 32_768)
    let read = try cells(
      "<row><c t=\"inlineStr\"><is><t>\(long)</t></is></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>",
      strings: ["<t>\(long)</t>", "<t>\(long.dropFirst())</t>"])
    let kept = String(long.dropFirst())
    #expect(read == ["A1 tooLong \(kept)", "B1 tooLong \(kept)", "C1 text \(kept)"])
  }

  @Test func sheetsAreListedWithTheirState() throws {
    let row = "<row><c><v>1</v></c></row>"
    let book = try ReadBook(
      TestBook([
        .init(row, name: "Circuits"), .init(row, name: "Old", state: "hidden"),
        .init(row, name: "Meta &amp; more", state: "veryHidden"),
      ]).bytes)
    #expect(book.kind == .xlsx)
    #expect(book.sheets.map(\.name) == ["Circuits", "Old", "Meta & more"])
    #expect(book.sheets.map(\.number) == [1, 2, 3])
    #expect(book.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden])
    #expect(book.cells.count == 3)
  }

  @Test func mergedRangesAndHiddenRowsAreTold() throws {
    let book = try ReadBook(
      TestBook([
        .init(
          "<row hidden=\"1\"><c><v>1</v></c></row>",
          after: "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"B2:A1\"/><mergeCell ref=\"C1\"/>"
            + "<mergeCell ref=\"A1:ZZZZ9\"/></mergeCells>")
      ]).bytes)
    #expect(book.merges == [["A1:XFD1048576", "A1:B2"]])
    #expect(book.tallies[0].hiddenRows == 1)
  }
}
