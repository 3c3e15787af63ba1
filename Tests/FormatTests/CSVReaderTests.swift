import CSV
import Testing

@Suite struct CSVReaderTests {
  @Test(arguments: CSVReader.Scanning.allCases, [1, 3, 64, 4096])
  func cellsAreUnquotedAndRowsAndLinesCounted(_ scanning: CSVReader.Scanning, _ chunk: Int) {
    let text = "id,note\r\n1,\"Zayo\r\nGroup\r\nLLC\"\r\n\r\n2,\"a \"\"firm\"\" b\"\r\n3,\n"
    let file = ReadFile(text, scanning: scanning, chunk: chunk)
    #expect(file.error == nil)
    #expect(
      file.texts == [["id", "note"], ["1", "Zayo\r\nGroup\r\nLLC"], [""], ["2", "a \"firm\" b"], ["3", ""]])
    #expect(file.records.map(\.row) == [1, 2, 3, 4, 5])
    #expect(file.records.map(\.line) == [1, 2, 5, 6, 7])
    #expect(file.tally.crlf == 4 && file.tally.lf == 1 && file.tally.hasMixedLineEnds)
  }

  @Test(arguments: CSVReader.Scanning.allCases)
  func aQuoteOutOfPlaceIsKeptAndFlagged(_ scanning: CSVReader.Scanning) {
    let text = "1,5\" pipe,x\n2,\"Zayo\" Inc,y\n3,\"ok\",z\n4,\"a,b\" c,d\n"
    let file = ReadFile(text, scanning: scanning)
    #expect(
      file.texts == [
        ["1", "5\" pipe", "x"], ["2", "\"Zayo\" Inc", "y"], ["3", "ok", "z"], ["4", "\"a,b\" c", "d"],
      ])
    #expect(file.records.map(\.irregular) == [true, true, false, true])
    #expect(file.tally.irregularQuotes == 3)
  }

  @Test(arguments: CSVReader.Scanning.allCases, [1, 64])
  func anUnclosedQuoteNamesTheLineItOpenedOn(_ scanning: CSVReader.Scanning, _ chunk: Int) {
    let file = ReadFile("a,b\n1,\"x\ny\"\n2,\"Zayo,1G\n3,Lumen\n4,BT\n", scanning: scanning, chunk: chunk)
    #expect(file.error == .unterminatedQuote(line: 4, row: 3))
    #expect(file.texts == [["a", "b"], ["1", "x\ny"]])
  }

  @Test(arguments: CSVReader.Scanning.allCases)
  func aQuoteThatRunsPastTheRecordLimitIsAnUnclosedQuote(_ scanning: CSVReader.Scanning) {
    let bytes = Array("a,b\n1,\"".utf8) + [UInt8](repeating: 0x78, count: 5000)
    let limits = CSVLimits(recordBytes: 1000)
    let quoted = ReadFile(bytes + Array("\"\n".utf8), limits: limits, scanning: scanning, chunk: 100)
    #expect(quoted.error == .unterminatedQuote(line: 2, row: 2))
    let plain = ReadFile([UInt8](repeating: 0x78, count: 5000), limits: limits, scanning: scanning, chunk: 100)
    #expect(plain.error == .recordTooLong(line: 1, row: 1, limit: 1000))
  }

  @Test(arguments: CSVReader.Scanning.allCases)
  func tooManyColumnsStopTheReader(_ scanning: CSVReader.Scanning) {
    let limits = CSVLimits(columns: 100)
    let even = [UInt8](repeating: 0x2C, count: 99)
    #expect(ReadFile(even + [0x0A], limits: limits, scanning: scanning).rows.first?.count == 100)
    let file = ReadFile(Array("a\n".utf8) + even + [0x2C, 0x0A], limits: limits, scanning: scanning)
    #expect(file.error == .tooManyColumns(line: 2, limit: 100))
    let unended = ReadFile([UInt8](repeating: 0x2C, count: 100), limits: limits, scanning: scanning)
    #expect(unended.error == .tooManyColumns(line: 1, limit: 100))
  }

  @Test(arguments: [
    ("a,b\n\r1,2\n\r", CSVNewline.lfcr), ("a,b\r1,2\r", .cr), ("a,b\r1,2", .mixed), ("a,b\n1,2\r", .lf),
    ("a,b\r\n1,2", .crlf),
  ])
  func everyLineEndEndsARecord(_ text: String, _ newline: CSVNewline) {
    for chunk in 1...8 {
      let file = ReadFile(text, CSVDialect(newline: newline), chunk: chunk)
      #expect(file.texts == [["a", "b"], ["1", "2"]])
      #expect(file.records.map(\.line) == [1, 2])
    }
  }

  @Test func damagedTextIsFlaggedWithItsOffsetAndKept() {
    let bytes = Array("id,city\n1,M".utf8) + [0xFC] + Array("nchen\n2,Z\0rich\n3,Köln\n".utf8)
    let file = ReadFile(bytes)
    #expect(file.records.map(\.invalidAt) == [nil, 11, nil, nil])
    #expect(file.records.map(\.hasNUL) == [false, false, true, false])
    #expect(file.rows[1][1].contains(0xFC) && file.rows[2][1].contains(0))
    #expect(file.tally.nul == 1 && file.tally.invalidUTF8 == 1)
  }

  @Test(arguments: [[0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFF]] as [[UInt8]])
  func illFormedUTF8IsFound(_ bytes: [UInt8]) {
    #expect(ReadFile(Array("é,".utf8) + bytes + [0x0A]).records.first?.invalidAt == 3)
  }

  @Test func otherEncodingsBecomeUTF8() {
    let latin: [UInt8] = [0x4D, 0xFC, 0x2C, 0x80, 0x0A]
    #expect(ReadFile(latin, CSVDialect(encoding: .windows1252), chunk: 1).texts == [["Mü", "€"]])
    #expect(ReadFile(latin, CSVDialect(encoding: .latin1), chunk: 1).texts == [["Mü", "\u{80}"]])
    let lone: [UInt8] = [0x00, 0xD8, 0x2C, 0x00, 0x61, 0x00, 0x0A, 0x00]
    let file = ReadFile(lone, CSVDialect(encoding: .utf16LittleEndian), chunk: 1)
    #expect(file.records.first?.invalidAt == 0)
    #expect(file.rows.first?.last == [0x61])
    let odd = ReadFile([0x00, 0x61, 0x00], CSVDialect(encoding: .utf16BigEndian))
    #expect(odd.records.first?.invalidAt == 1)
  }

  @Test func marksAndSepLineAreSteppedOver() {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array("sep=;\r\nA;B\r\n".utf8)
    for chunk in [1, 2, 100] {
      let file = ReadFile(bytes, CSVDialect(delimiter: 0x3B, sepLine: true), chunk: chunk)
      #expect(file.texts == [["A", "B"]])
      #expect(file.records.first?.row == 2 && file.records.first?.line == 2)
    }
  }

  @Test func backslashEscapesOnlyQuotesAndItself() {
    let file = ReadFile(#"1,"Zayo \"Metro\" C:\\x\n",2"# + "\n", CSVDialect(escape: 0x5C))
    #expect(file.texts == [["1", #"Zayo "Metro" C:\x\n"#, "2"]])
  }

  @Test func longRecordsGrowTheWindowAndKeepTheirBytes() {
    let long = [UInt8](repeating: 0x79, count: 3 << 20)
    let bytes = Array("a,\"".utf8) + long + Array("\n\"\"\",c\nd,e\n".utf8)
    let file = ReadFile(bytes)
    #expect(file.error == nil)
    #expect(file.rows.first == [[0x61], long + [0x0A, 0x22], [0x63]])
    #expect(file.records.map(\.line) == [1, 3])
  }
}
