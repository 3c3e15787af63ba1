import CSV
import Testing

@Suite struct CSVWriterTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "+1"), ("-12.50", "-12.50"), ("-1.200 %", "-1.200 %"), ("-2-3", "'-2-3"),
    ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("-1e5", "-1e5"), ("-1e", "'-1e"), ("-", "'-"), ("＝1", "'＝1"),
    ("plain", "plain"), ("+1 555 0100", "+1 555 0100"), ("+1;cmd", "'+1;cmd"), ("", ""), ("é=", "é="),
    ("'=1", "''=1"), ("'plain", "'plain"), ("''@x", "'''@x"), ("'-1.5", "'-1.5"),
  ])
  func formulasAreDisarmedAndNumbersAreNot(_ cell: String, _ expected: String) throws {
    let file = UnnamedFile()
    var writer = CSVWriter(descriptor: file.descriptor, formulas: .apostrophe)
    writer.cell("id")
    writer.cell(cell)
    try writer.endRow()
    try writer.flush()
    #expect(String(decoding: file.contents(), as: UTF8.self) == "id,\(expected)\n")
    let back = Array(expected.utf8).withUnsafeBufferPointer { Array(FormulaGuard.removed(from: $0)) }
    #expect(String(decoding: back, as: UTF8.self) == cell)
  }

  @Test func onlyCellsThatNeedQuotesGetThem() throws {
    let file = UnnamedFile()
    var writer = CSVWriter(descriptor: file.descriptor, dialect: CSVDialect(newline: .crlf), formulas: .apostrophe)
    for cell in ["plain", "a,b", "say \"hi\"", "two\nlines", " space ", "=1,2", ""] { writer.cell(cell) }
    try writer.endRow()
    writer.cell("")
    try writer.endRow()
    try writer.flush()
    let expected = "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\", space ,\"'=1,2\",\r\n\"\"\r\n"
    #expect(String(decoding: file.contents(), as: UTF8.self) == expected)
  }

  @Test func aClosedDescriptorIsAnError() {
    var writer = CSVWriter(descriptor: -1)
    writer.cell("x")
    #expect(throws: CSVError.write(errno: 9)) { try writer.flush() }
  }
}
