import Records
import TestSupport
import Testing

/// Files made to break a reader: refused with a code or read whole, within bounds of memory and of processor time.
struct HostileTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// The refusal, or a warning; empty for a file that is read without a word.
    let code: String
    var records = 0
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ code: String, records: Int = 0) {
      self.init(name, bytes: Array(text.utf8), code, records: records)
    }

    init(_ name: String, bytes: [UInt8], _ code: String, records: Int = 0) {
      self.name = name
      self.bytes = bytes
      self.code = code
      self.records = records
    }
  }

  private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  static let structure: [Case] = [
    Case("nothing", "", "E_EMPTY"), Case("line ends", "\r\n\r\n\n\r", "E_EMPTY"), Case("spaces", " \t \n ", "E_EMPTY"),
    Case("mark alone", bytes: [0xEF, 0xBB, 0xBF], "E_EMPTY"),
    Case("utf-16 mark alone", bytes: [0xFF, 0xFE], "E_EMPTY"),
    Case("delimiters alone", many(",", 100_000), "E_COLUMNS"),
    Case("wide header", (0..<20_000).map { "c\($0)" }.joined(separator: ",") + "\n", "E_COLUMNS"),
    Case("wide row", "a,b\n1,2\n" + many("x,", 20_000) + "\n", "E_COLUMNS"),
    Case("quotes alone", many("\"", 300_001), "E_QUOTE"), Case("open quote", "a,b\n1,\"2\n3,4\n", "E_QUOTE"),
    Case("open quote far down", "a,b\n" + many("1,2\n", 50_000) + "1,\"2\n" + many("3,4\n", 10), "E_QUOTE"),
    Case("one endless line", many("x", 2_000_000), "E_DELIM"),
    Case("one endless cell", "a,b\n1,\"" + many("x", 9_000_000) + "\"\n", "E_QUOTE"),
    Case("one endless row", "a,b\n1,2\n3," + many("y", 9_000_000) + "\n", "E_TOO_LARGE"),
    Case("large cell", "a,b\n1," + many("y", 3_000_000) + "\n", "", records: 1),
    Case("fixed width", "NAME    CITY   \nAnn     Rome   \nBob     Oslo   \n", "E_DELIM"),
    Case("words", "it was a dark and stormy night\nthe rain fell in torrents\n", "", records: 1),
    Case("nested quotes", "a,b\n1,\"x \"\"y\"\" z\"\n", "", records: 1),
    Case("stray quotes", "a,b\n1,x \"y\" z\n2,5\" pipe\n", "", records: 2),
    Case("text after quote", "a,b\n1,\"x\" y\n", "W_QUOTE", records: 1),
    Case("lf cr", "a,b\n\r1,2\n\r", "W_EOL", records: 1), Case("cr", "a,b\r1,2\r", "", records: 1),
    Case("mixed ends", "a,b\r\n1,2\n3,4\r", "W_EOL", records: 2), Case("no end", "a,b\n1,2", "", records: 1),
    Case("form feeds", "a,b\n1,2\u{0C}\n\u{0C}3,4\n", "", records: 2),
    Case("row of nothing", "a,b\n" + many(",\n", 50_000) + "1,2\n", "", records: 1),
    Case("blank lines", "a,b\n" + many("\n", 200_000) + "1,2\n", "", records: 1),
    Case("totals alone", "a,b\n" + many("Total,5\n", 20_000), "W_FOOTER"),
    Case("headers alone", many("Circuit ID,Carrier,MRC\n", 20_000), "W_FOOTER"),
    Case("held rows", "id,a,b,c,d,e\n1,2,3,4,5,6\n" + many("x,,,,,\n", 20_000) + "1,2,3,4,5,6\n", "", records: 20_002),
    Case(
      "growing rows", (1...1500).map { (0..<$0 % 40).map { "\($0)" }.joined(separator: ",") + "\n" }.joined(),
      "W_RAGGED", records: -1),
    Case("many tables", many("Site,Phone\nRome,555-0100\nOslo,555-0101\n\n", 500), "W_FOOTER", records: -1),
    Case("comments alone", many("# x,y\n", 10_000) + "a,b\n1,2\n", "", records: 1),
    Case("sep that lies", "sep=;\na,b\n1,2\n3,4\n", "W_DELIM", records: 2),
    Case("spaces behind delimiters", "a, b, c\n1, \"x, y\", 2\n3, z, 4\n", "W_DELIM", records: 2),
    Case("doubled apostrophes", "a,b,c\n1,'x, y',2\n3,'it''s',4\n5,'z',6\n", "", records: 3),
    Case("sign of the end", "a,b\r\n1,2\r\n\u{1A}", "", records: 1),
    Case("amounts cut in two", "a,b,c\n1,x,1,250.00\n2,y,3,100.00\n", "W_RAGGED", records: 2),
    Case("one text a line", many("a\n", 100_000), "W_FOOTER"),
    Case("sep alone", "sep=;\n", "E_EMPTY"), Case("sep of quotes", "sep=\"\na,b\n1,2\n", "", records: 1),
    Case("long names", many("n", 60_000) + ",b\n1,2\n", "", records: 1),
    Case(
      "same names",
      (0..<5_000).map { _ in "name" }.joined(separator: ",") + "\n" + (0..<5_000).map { "\($0)" }.joined(separator: ",")
        + "\n", "W_HEADER", records: 1),
  ]

  static let kinds: [Case] = [
    Case("tiff", bytes: [0x49, 0x49, 0x2A, 0, 8, 0], "E_TYPE"),
    Case("png", bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "E_TYPE"),
    Case("jpeg", bytes: [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], "E_TYPE"), Case("gif", "GIF89a", "E_TYPE"),
    Case("rtf", "{\\rtf1 x}", "E_TYPE"),
    Case("elf", bytes: [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0], "E_TYPE"),
    Case("noise", bytes: (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) }, "E_TYPE"),
    Case("zstd", bytes: [0x28, 0xB5, 0x2F, 0xFD, 0, 0], "E_TYPE"),
    Case("xz", bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], "E_TYPE"),
    Case("gzip", bytes: [0x1F, 0x8B, 8, 0] + [UInt8](repeating: 7, count: 60) + [0, 1, 0, 0], "E_TYPE"),
    Case("gzip bomb", bytes: [0x1F, 0x8B, 8, 0] + [UInt8](repeating: 7, count: 9000) + [0, 0, 0, 6], "E_BOMB"),
    Case("html", "<html><body><table><tr><td>1</td></tr></table></body></html>", "E_TYPE"),
    Case("piece of html", "<table><tr><td>1</td></tr></table>", "E_TYPE"),
    Case("page saved as a mail", "MIME-Version: 1.0\nContent-Type: multipart/related\n", "E_TYPE"),
    Case("json", " [{\"id\": 1, \"mrc\": 2}]\n", "E_TYPE"), Case("json lines", "{\"id\":1}\n{\"id\":2}\n", "E_TYPE"),
    Case("rar", bytes: [0x52, 0x61, 0x72, 0x21, 0x1A, 7, 0] + [UInt8](repeating: 0x41, count: 90), "E_TYPE"),
    Case("parquet", bytes: Array("PAR1".utf8) + [UInt8](repeating: 0x41, count: 90), "E_TYPE"),
    Case("sylk", "ID;PWXL;N;E\nC;Y1;X1;K\"a\"\nE\n", "E_TYPE"),
    Case("xml", "<?xml version=\"1.0\"?><a/>", "E_TYPE"),
    Case("damaged pdf", "%PDF-1.4\n1 0 obj\n", "E_TYPE"),
    Case("sqlite", bytes: Array("SQLite format 3".utf8) + [0, 0], "E_TYPE"),
  ]

  static let text: [Case] = [
    Case("cut utf-8", bytes: Array("a,b\n1,é\n2,x".utf8) + [0xC3], "W_MIXED_ENC", records: 1),
    Case("overlong", bytes: Array("a,b\n1,é\n2,".utf8) + [0xC0, 0xAF, 0x0A], "W_MIXED_ENC", records: 1),
    Case("surrogate", bytes: Array("a,b\n1,é\n2,".utf8) + [0xED, 0xA0, 0x80, 0x0A], "W_MIXED_ENC", records: 1),
    Case(
      "odd utf-16", bytes: [0xFF, 0xFE] + Array("a,b\n1,2\n3,4\n".utf16).flatMap { [UInt8($0 & 0xFF), 0] } + [0x31], "",
      records: 2),
    Case(
      "lone surrogate",
      bytes: [0xFF, 0xFE] + [0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0, 0x31, 0, 0x2C, 0, 0x00, 0xD8, 0x0A, 0], "", records: 0),
    Case("nul tail", bytes: Array("a,b\n1,2\n".utf8) + [UInt8](repeating: 0, count: 40), "W_NUL", records: 1),
    Case("nul inside", "a,b\n1,x\0y\n3,4\n", "W_NUL", records: 1),
    Case("escape codes", "a,b\n\u{1B}[31m1\u{1B}[0m,2\n", "W_CONTROL", records: 1),
    Case("right to left", "a,b\n\u{202E}1,2\n", "W_CONTROL", records: 1),
    Case("isolates", "a,b\n1,\u{2066}2\u{2069}\n", "W_CONTROL", records: 1),
    Case("utf-32 unmarked", bytes: "a,b\n1,2\n".utf8.flatMap { [$0, 0, 0, 0] }, "", records: 1),
    Case("utf-32 reversed", bytes: "a,b\n1,2\n".utf8.flatMap { [0, 0, 0, $0] }, "", records: 1),
    Case("zero width", "a,b\n1\u{200B},2\n", "W_SPACE", records: 1),
    Case("full-width formula", "a,b\n1,＝1+1\n", "W_FORMULA", records: 1),
    Case("tab formula", "a,b\n1,\"\t=1\"\n", "W_FORMULA", records: 1),
    Case("emoji", "a,b\n1,👩‍👩‍👧‍👦\n", "", records: 1), Case("long digits", "a,b\n12345678901234567890,2\n", "", records: 1),
  ]

  @Test(arguments: structure + kinds + text)
  func fileIsReadOrRefused(_ file: Case) throws {
    let folder = try TemporaryFolder()
    let found = try Table(folder.write(file.bytes, to: "in.csv"))
    #expect([0, 1, 3, 66].contains(found.status), "\(file.name): \(found.status) \(found.errors.prefix(400))")
    if file.code.hasPrefix("E_") {
      #expect(
        found.errors.contains("(\(file.code))") && found.rows.isEmpty, "\(file.name): \(found.errors.prefix(300))")
    } else {
      #expect(
        found.balanced && (file.records < 0 || found.rows.count == file.records), "\(file.name): \(found.rows.count)")
      #expect(file.code.isEmpty || found.notes.contains(file.code), "\(file.name): \(found.notes)")
    }
  }

  /// A person sees no control character of a file, whatever it holds.
  @Test func explanationsShowNoControlCharacters() throws {
    let text = "\u{1B}[31mid,n\u{202E}ame\n\u{1B}]0;x\u{07}1,\u{9B}2J\n2,x\n"
    let outcome = try run("trunkline-extract", ["--explain", "-"], stdin: Array(text.utf8))
    #expect(outcome.status == 0 && !outcome.stdout.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}
