import Spreadsheets
import TestSupport
import Testing

/// Workbooks made to break their reader: each is refused in words, or read for what it is.
struct HostileSheetTests {
  private static let sheet = "xl/worksheets/sheet1.xml"
  private static let row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
  private static let book = TestBook([.init(row)], strings: ["<t>a</t>"])

  private func with(_ part: String, _ text: String?) -> [UInt8] {
    var book = Self.book
    book[part] = text
    return book.bytes
  }

  @Test(arguments: [
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels", "_rels/.rels",
  ])
  func aDocumentTypeIsRefusedInEveryPart(_ part: String) throws {
    let text = try #require(Self.book[part])
    for type in [
      "<!DOCTYPE x>", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
      "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;\">]>",
    ] {
      #expect(refusal(with(part, type + text)).hasPrefix("E_DTD: part \(part)"))
    }
  }

  @Test(arguments: [
    ("not XML at all", "E_XML"), ("", "E_XML"), ("<worksheet><sheetData>", "E_XML"), ("<a></b>", "E_XML"),
    ("<worksheet>&nbsp;</worksheet>", "E_XML"), ("<worksheet a=\"1\" a=\"2\"/>", "E_XML"),
    ("<?xml version=\"1.0\" encoding=\"ebcdic\"?><worksheet/>", "E_XML"), ("<worksheet>\u{1}</worksheet>", "E_XML"),
    (String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65), "E_XML"),
    (String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64), "accepted"),
    ("<worksheet " + String(repeating: "a", count: 3 << 20) + "=\"\"/>", "E_XML"),
    ("<worksheet><!--" + String(repeating: "-a", count: 3 << 20) + "--></worksheet>", "E_XML"),
    (
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"
        + "<![CDATA[]]></t></is></c></row></sheetData></worksheet>", "accepted"
    ),
  ])
  func aSheetOfOddXML(_ text: String, _ code: String) {
    #expect(refusal(with(Self.sheet, text)).hasPrefix(code))
  }

  @Test func badUTF8IsRefusedAndUTF16Read() throws {
    var entries = Self.book.entries
    entries[4] = ZipBytes.Entry(Self.sheet, Array("<worksheet>".utf8) + [0xFF] + Array("</worksheet>".utf8))
    #expect(refusal(ZipBytes(entries).bytes).hasPrefix("E_XML"))
    let text = "<worksheet><sheetData>\(Self.row)</sheetData></worksheet>"
    entries[4] = ZipBytes.Entry(Self.sheet, [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    #expect(try ReadBook(ZipBytes(entries).bytes).cells == [["A1 number 1"]])
  }

  @Test func prefixesAndOtherNamespacesAreRead() throws {
    let text =
      "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:dimension ref=\"A1:XFD1048576\"/><x:sheetData>"
      + "<x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    #expect(try ReadBook(with(Self.sheet, text)).cells == [["A1 number 1"]])
  }

  @Test(arguments: [
    ("<row r=\"99999999\"><c r=\"ZZZZZ99999999\"><v>1</v></c></row>", "E_REF"),
    ("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "E_REF"),
    ("<row r=\"1048577\"><c><v>1</v></c></row>", "E_REF"), ("<row r=\"0\"><c><v>1</v></c></row>", "E_REF"),
    ("<row r=\"-1\"/>", "E_REF"), ("<row r=\"x\"/>", "E_REF"), ("<row r=\"1\"><c r=\"1A\"/></row>", "E_REF"),
    ("<row r=\"1\"><c r=\"A1B\"/></row>", "E_REF"), ("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "E_REF"),
    ("<row r=\"2\"/><row r=\"1\"/>", "E_REF"), ("<row r=\"1\"/><row r=\"1\"/>", "E_REF"),
    ("<row r=\"99999999999999999999\"/>", "E_REF"),
    ("<row>" + String(repeating: "<c/>", count: 16_385) + "</row>", "E_REF"),
    (
      "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>", "accepted"
    ),
    ("<row><c s=\"99999\"><v>1</v></c><c s=\"-5\"><v>1</v></c><c s=\"x\"><v>1</v></c></row>", "accepted"),
  ])
  func placesOutsideOfASheet(_ rows: String, _ code: String) {
    #expect(refusal(TestBook([.init(rows)]).bytes).hasPrefix(code))
  }

  @Test func aRowAndATableOfTextsAreBounded() {
    var limits = SpreadsheetLimits()
    limits.rowBytes = 10_000
    let text = String(repeating: "x", count: 600)
    let rows = "<row>" + String(repeating: "<c t=\"s\"><v>0</v></c>", count: 20) + "</row>"
    let strings = Array(repeating: "<t>\(text)</t>", count: 50)
    let bytes = TestBook([.init(rows)], strings: strings).bytes
    #expect(refusal(bytes) == "accepted")
    #expect(refusal(bytes, limits).hasPrefix("E_TOO_LARGE: sheet \"S\", row 1"))
    limits = SpreadsheetLimits()
    limits.sharedStrings = 49
    #expect(refusal(bytes, limits) == "E_BOMB: part xl/sharedStrings.xml: more than 49 shared texts")
    limits = SpreadsheetLimits()
    limits.sharedBytes = 20_000
    #expect(refusal(bytes, limits) == "E_BOMB: part xl/sharedStrings.xml: shared texts of more than 20000 bytes")
    limits = SpreadsheetLimits()
    limits.fileBytes = 100
    #expect(refusal(bytes, limits).hasPrefix("E_TOO_LARGE: the file has"))
  }

  @Test func aPartThatUnpacksWithoutEndIsStopped() {
    var entries = Self.book.entries
    let head = "<worksheet><sheetData>\(Self.row)"
    entries[4] = ZipBytes.Entry(Self.sheet, head: head, byte: 0x20, count: 4 << 20, tail: "</sheetData></worksheet>")
    #expect(refusal(ZipBytes(entries).bytes) == "accepted")
    var limits = SpreadsheetLimits()
    (limits.ratio, limits.ratioFrom) = (100, 1 << 20)
    #expect(refusal(ZipBytes(entries).bytes, limits).hasPrefix("E_BOMB: part \(Self.sheet)"))
    limits = SpreadsheetLimits()
    limits.partBytes = 1 << 20
    #expect(refusal(ZipBytes(entries).bytes, limits).hasPrefix("E_BOMB: part \(Self.sheet)"))
  }

  @Test(arguments: [
    ("xl/worksheets/sheet1.xml", "E_PART: sheet \"S\": its part xl/worksheets/sheet1.xml is missing"),
    ("xl/workbook.xml", "E_PART: xl/workbook.xml: the workbook part is missing"),
    ("xl/_rels/workbook.xml.rels", "E_PART: sheet \"S\": the workbook names no part for it"),
    ("xl/styles.xml", "accepted"), ("xl/sharedStrings.xml", "accepted"), ("_rels/.rels", "accepted"),
  ])
  func aPartIsMissing(_ part: String, _ outcome: String) { #expect(refusal(with(part, nil)) == outcome) }

  @Test func workbooksWithoutSheetsAreRefused() throws {
    #expect(refusal(TestBook([]).bytes) == "E_PART: xl/workbook.xml: the workbook has no sheets")
    let related = try #require(Self.book["xl/_rels/workbook.xml.rels"])
    let chart = related.split(separator: "/worksheet\"").joined(separator: "/chartsheet\"")
    #expect(
      refusal(with("xl/_rels/workbook.xml.rels", chart)).hasPrefix(
        "E_PART: xl/workbook.xml: the workbook has no worksheet"))
    #expect(
      refusal(with("xl/workbook.xml", "<styleSheet/>"))
        == "E_PART: xl/workbook.xml: holds <styleSheet> instead of a workbook")
  }
}
