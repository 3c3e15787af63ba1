import Spreadsheets
import TestSupport
import Testing

struct OpenDocumentTests {
  private func cells(_ row: String) throws -> [String] {
    try ReadBook(
      TestBook(openDocument: "<table:table table:name=\"S\"><table:table-row>\(row)</table:table-row></table:table>")
        .bytes
    )
    .cells[0]
  }

  @Test(arguments: [
    ("office:value-type=\"float\" office:value=\"1250.1000000000001\"", "1,250.10 €", "number 1250.1"),
    ("office:value-type=\"percentage\" office:value=\"0.03\"", "3%", "number 0.03"),
    ("office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"12.5\"", "12,50 €", "number 12.5"),
    ("office:value-type=\"date\" office:date-value=\"2024-03-04\"", "4. März", "date 2024-03-04"),
    ("office:value-type=\"date\" office:date-value=\"2024-03-04T13:45:00\"", "x", "dateTime 2024-03-04T13:45:00"),
    ("office:value-type=\"date\" office:date-value=\"99999-01-01\"", "x", "text 99999-01-01"),
    ("office:value-type=\"date\" office:date-value=\"soon\"", "x", "text soon"),
    ("office:value-type=\"time\" office:time-value=\"soon\"", "x", "text soon"),
    ("office:value-type=\"time\" office:time-value=\"PT13H45M00S\"", "13:45", "time 13:45:00"),
    ("office:value-type=\"time\" office:time-value=\"PT37H30M00.5S\"", "x", "duration 37:30:00.500"),
    ("office:value-type=\"boolean\" office:boolean-value=\"true\"", "WAHR", "boolean TRUE"),
    ("office:value-type=\"string\"", "text", "text text"),
    ("office:value-type=\"string\" office:string-value=\"exact\"", "shown", "text exact"),
    ("office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"", "#N/A", "error #N/A"),
    ("table:formula=\"of:=1\" office:value-type=\"float\" office:value=\"1\"", "1", "number 1 [formula]"),
  ])
  func aCellReadsAs(_ attributes: String, _ shown: String, _ text: String) throws {
    #expect(try cells("<table:table-cell \(attributes)><text:p>\(shown)</text:p></table:table-cell>") == ["A1 " + text])
  }

  /// A sum of hours beyond what a number holds is the text that the sheet shows.
  @Test func aTimeTooLongIsText() throws {
    let time = "P" + String(repeating: "9999999999D", count: 13)
    let cell =
      "<table:table-cell office:value-type=\"time\" office:time-value=\"\(time)\"><text:p>x</text:p></table:table-cell>"
    let read = try cells(cell)
    #expect(read.count == 1 && !read[0].hasPrefix("A1 time") && !read[0].hasPrefix("A1 duration"), "\(read)")
  }

  @Test func textsKeepTheirLinesAndSpacesAndLoseTheirNotes() throws {
    let cell =
      "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>a note</text:p></office:annotation>"
      + "<text:p>a<text:s text:c=\"3\"/>b <text:span>c\n   d</text:span><text:tab/>e</text:p><text:p>f<text:line-break/>g</text:p>"
      + "</table:table-cell>"
    #expect(try cells(cell) == ["A1 text a   b c d\te\nf\ng"])
  }

  @Test func repetitionIsCountedNotFilled() throws {
    let value = "office:value-type=\"float\" office:value=\"7\""
    let book = try ReadBook(
      TestBook(
        openDocument: "<table:table table:name=\"S\">"
          + "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"2\"/>"
          + "<table:table-cell table:number-columns-repeated=\"3\" \(value)/><table:covered-table-cell/></table:table-row>"
          + "<table:table-row-group><table:table-row table:number-rows-repeated=\"10\"><table:table-cell/></table:table-row>"
          + "</table:table-row-group><table:table-row><table:table-cell table:number-columns-spanned=\"2\" "
          + "table:number-rows-spanned=\"2\" \(value)/></table:table-row><table:table-row table:number-rows-repeated=\"1048563\">"
          + "<table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>"
      ).bytes)
    #expect(
      book.cells == [
        ["C1", "D1", "E1", "C2", "D2", "E2", "A13"].map { $0 + " number 7" }
      ])
    #expect(book.merges == [["A13:B14"]])
  }

  @Test func sheetsAreTellApart() throws {
    let styles =
      "<style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"true\"/></style:style>"
      + "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>"
    func table(_ name: String, _ style: String, _ value: Int) -> String {
      "<table:table table:name=\"\(name)\" table:style-name=\"\(style)\"><table:table-row><table:table-cell "
        + "office:value-type=\"float\" office:value=\"\(value)\"><draw:frame xmlns:draw=\"d\"><table:table><table:table-row>"
        + "<table:table-cell/></table:table-row></table:table></draw:frame></table:table-cell></table:table-row></table:table>"
    }
    let book = try ReadBook(
      TestBook(openDocument: table("Circuits", "ta1", 1) + table("Old", "ta2", 2), styles: styles).bytes)
    #expect(book.kind == .ods)
    #expect(book.sheets.map(\.name) == ["Circuits", "Old"])
    #expect(book.sheets.map(\.visibility) == [.visible, .hidden])
    #expect(book.cells == [["A1 number 1"], ["A1 number 2"]])
  }

  @Test(arguments: [
    ("table:number-rows-repeated=\"1048576\"", "table:number-columns-repeated=\"16384\"", "E_BOMB"),
    ("table:number-rows-repeated=\"1048577\"", "", "E_REF"), ("", "table:number-columns-repeated=\"16385\"", "E_REF"),
    ("table:number-rows-repeated=\"999999999999\"", "table:number-columns-repeated=\"999999999999\"", "E_REF"),
  ])
  func filledCellsAreNotRepeatedWithoutEnd(_ rows: String, _ columns: String, _ code: String) {
    let bytes = TestBook(
      openDocument: "<table:table table:name=\"S\"><table:table-row \(rows)><table:table-cell \(columns) "
        + "office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>"
    ).bytes
    #expect(refusal(bytes).hasPrefix(code))
  }

  @Test func otherDocumentsAndPasswordsAreRefused() {
    var text = TestBook(openDocument: "")
    text["mimetype"] = "application/vnd.oasis.opendocument.text"
    #expect(refusal(text.bytes) == "E_TYPE: this is an OpenDocument text file")
    var locked = TestBook(openDocument: "")
    locked["META-INF/manifest.xml"] =
      "<manifest><file-entry full-path=\"content.xml\"><encryption-data/></file-entry></manifest>"
    #expect(refusal(locked.bytes) == "E_PASSWORD: the workbook is protected by a password")
    #expect(refusal(TestBook(openDocument: "").bytes) == "E_PART: content.xml: the workbook has no sheets")
  }
}
