import CSV
import Testing

@Suite struct CSVSnifferTests {
  @Test(arguments: [
    ("Circuit ID;MRC;Install Date\n1;1.250,50;01.02.2024\n2;99,00;25.06.2024\n", ";"),
    ("Circuit ID\tAddress\n1\t5 Main St, Denver, CO\n2\t7 Elm St, Dallas, TX\n", "\t"),
    ("id|mrc\n1|2\n", "|"),
    ("id,note\n1,\"a;b;c\"\n2,\"d;e;f\"\n", ","),
    ("sep=;\r\nA;B\r\n1;2\r\n", ";"),
    ("A^B\n1^2\n3^4\n", "^"),
    ("sep=~\nA~B\n1~2\n", "~"),
  ])
  func theDelimiterIsFound(_ text: String, _ delimiter: Character) throws {
    #expect(try sniff(text).dialect.delimiter == delimiter.asciiValue)
  }

  @Test(arguments: ["||", "|~|", "::"])
  func delimitersOfSeveralBytesAreFound(_ separator: String) throws {
    let text = "id\(separator)a b\(separator)\"x\(separator)y\"\n1\(separator)a|b:c\(separator)z\n"
    let dialect = try sniff(text).dialect
    #expect(dialect.separator == Array(separator.utf8))
    for chunk in [1, 3, 4096] {
      #expect(ReadFile(Array(text.utf8), dialect, chunk: chunk).texts[1] == ["1", "a|b:c", "z"])
    }
  }

  @Test func apostrophesMayEncloseCells() throws {
    let text = "'id','name'\n'1','Zayo, Inc'\n'2','BT'\n"
    let dialect = try sniff(text).dialect
    #expect(dialect.quote == UInt8(ascii: "'"))
    #expect(ReadFile(Array(text.utf8), dialect).texts[1] == ["1", "Zayo, Inc"])
    #expect(try sniff("id,name\n1,O'Brien\n2,'tis\n").dialect.quote == UInt8(ascii: "\""))
  }

  @Test(arguments: [CSVEncoding.shiftJIS, .utf32BigEndian, .ibm850, .utf8Twice])
  func chunksOfAnySizeDecodeAlike(_ encoding: CSVEncoding) {
    let bytes: [UInt8] =
      switch encoding {
      case .shiftJIS: Array("id,x\n1,".utf8) + [0x93, 0x8C, 0x83, 0x5C, 0x81] + Array("\n2,z".utf8)
      case .utf32BigEndian:
        "id,x\n1,é😀\n".unicodeScalars.flatMap {
          [0, UInt8($0.value >> 16), UInt8($0.value >> 8 & 0xFF), UInt8($0.value & 0xFF)]
        }
      case .ibm850: Array("id,x\n1,".utf8) + [0x81, 0x84] + Array("\n".utf8)
      default: Array("id,x\n1,TÃ©lÃ©com “é”\n".utf8)
      }
    let whole = ReadFile(bytes, CSVDialect(encoding: encoding))
    #expect(whole.records.count >= 2)
    for chunk in [1, 2, 3, 7] { #expect(ReadFile(bytes, CSVDialect(encoding: encoding), chunk: chunk) == whole) }
  }

  @Test func sepLineCountsAsARowAndNotAsThePreamble() throws {
    let findings = try sniff("sep=;\r\nA;B;C\r\n1;2;3\r\n")
    #expect(findings.dialect.sepLine && findings.width == 3 && findings.dialect.newline == .crlf)
  }

  @Test func backslashEscapesAreFoundOnlyWhereTheyHelp() throws {
    #expect(try sniff("id,n,x\n1,\"Zayo \\\"Metro\\\"\",1G\n").dialect.escape == 0x5C)
    #expect(try sniff("id,path,x\n1,\"C:\\\",1G\n2,\"D:\\\",1G\n").dialect.escape == nil)
  }

  @Test func encodingsAreFoundAndDoubtIsSaid() throws {
    let table = "Circuit ID,Carrier\n1,Zayo\n2,Lumen\n"
    let little = table.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = table.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try sniff([0xFF, 0xFE] + little).dialect.encoding == .utf16LittleEndian)
    #expect(try sniff([0xFE, 0xFF] + big).dialect.encoding == .utf16BigEndian)
    #expect(try sniff(little).dialect.encoding == .utf16LittleEndian)
    #expect(try sniff(big).dialect.encoding == .utf16BigEndian)
    let cp1252 = Array("id,city\n1,M".utf8) + [0xFC] + Array("nchen\n".utf8)
    let guess = try sniff(cp1252)
    #expect(guess.dialect.encoding == .windows1252 && guess.has("W_ENCODING"))
    let mixed = try sniff(Array("id,city\n0,Zürich\n1,M".utf8) + [0xFC] + Array("nchen\n".utf8))
    #expect(mixed.dialect.encoding == .utf8 && mixed.has("W_MIXED_ENC"))
    let marks = try sniff([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array(table.utf8))
    #expect(marks.has("W_BOM") && marks.width == 2)
    let cut = Array("id,city\n1,Köln\n2,K".utf8) + [0xC3]
    #expect(try sniff(cut, whole: false).dialect.encoding == .utf8)
  }

  @Test(
    arguments: [
      ([], "E_EMPTY"), ([0xEF, 0xBB, 0xBF], "E_EMPTY"), (Array(" \r\n\t\r\n".utf8), "E_EMPTY"),
      (Array("%PDF-1.4\n".utf8), "E_TYPE"), ([0x50, 0x4B, 3, 4, 20], "E_TYPE"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], "E_TYPE"), (Array("\n <!DOCTYPE html><p>".utf8), "E_TYPE"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], "E_TYPE"), ([1, 2, 3, 4, 5, 6, 7, 8], "E_TYPE"),
      (Array("A   B\n1   2\n".utf8), "E_DELIM"),
      ([UInt8](repeating: 0x61, count: 5000), "E_DELIM"), ([UInt8](repeating: 0x2C, count: 100_000), "E_COLUMNS"),
      (Array("a,b\n1,\"x,y\n2,z,w\n".utf8), "E_QUOTE"), ([UInt8](repeating: 0x22, count: 50_001), "E_QUOTE"),
    ] as [([UInt8], String)])
  func whatIsNoTableIsRefused(_ bytes: [UInt8], _ code: String) {
    var found: CSVError?
    do throws(CSVError) { _ = try sniff(bytes) } catch { found = error }
    #expect(found?.code == code)
    #expect(found?.message.isEmpty == false && found?.hint.isEmpty == false)
  }

  @Test func anUnclosedQuoteNamesItsLine() {
    #expect(throws: CSVError.unterminatedQuote(line: 2, row: 2)) {
      try sniff("Circuit ID,Carrier,Bandwidth\n1,\"Zayo,1G\n2,Lumen,1G\n3,BT,1G\n")
    }
  }

  @Test(arguments: ["n\n1\n2\n", "flag\nY\nN\nY\n"])
  func cellsOfOneLetterAreNoGap(_ text: String) throws {
    #expect(try sniff(text).width == 1)
  }

  @Test func oneColumnOfPlainLinesIsATable() throws {
    let findings = try sniff("Account\n12345678901234567890\n83100012345\n")
    #expect(findings.width == 1 && findings.notes.isEmpty)
    #expect(try sniff("Remark\nsent, on time\nlate\nlost\n").has("W_DELIM"))
  }

  @Test func samplesStopAtTheirBound() throws {
    var bytes = Array("id,mrc\n".utf8)
    while bytes.count < CSVSniffer.sampleBytes + 100 { bytes += Array("1234567,99.50\n".utf8) }
    let file = UnnamedFile(bytes + Array("\"never closed".utf8))
    let findings = try CSVSniffer().sniff(descriptor: file.descriptor)
    #expect(findings.width == 2 && findings.notes.isEmpty)
  }
}
