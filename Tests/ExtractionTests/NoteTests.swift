import Records
import TestSupport
import Testing

/// Every warning of the first pass, said once with its code and with the place it comes from.
struct NoteTests {
  static func notes(_ bytes: [UInt8], _ options: [String] = []) throws -> [String] {
    let folder = try TemporaryFolder()
    let outcome = try run("trunkline-extract", options + ["--rejects", folder.file("r.jsonl"), "-"], stdin: bytes)
    let schema = try #require(outcome.stdout.split(separator: "\n").first.flatMap { JSON.parse(String($0)) })
    return (schema["x-table"]?["notes"]?.items ?? []).map { "\($0["code"]?.text ?? ""): \($0["text"]?.text ?? "")" }
  }

  @Test(arguments: [
    ("id,day\n1,01/02/2024\n2,03/04/2024\n", "W_DATE_AMBIG", "\"day\""),
    ("id,day\n1,2024-01-13\n2,03/04/2024\n", "W_DATE_AMBIG", "1 of 2 dates, first in row 3, reads"),
    ("id,day\n1,13/02/2024\n2,02/14/2024\n", "W_DATE_CONFLICT", "rows 2 and 3"),
    ("id,Install Date\n1,45355\n2,45356\n", "W_DATE_SERIAL", "2024-03-04"),
    ("id,mrc\n1,$5.00\n2,€6.00\n", "W_MONEY", "dollar (row 2), euro (row 3)"),
    ("id,mrc\n1,(5.00)\n2,6.00-\n", "W_MONEY", "5- (row 3), (5) (row 2)"),
    ("id,mrc\n1,1.234\n2,5.678\n", "W_MONEY", "decimal: point or comma"),
    ("account,mrc\n8.31E+11,5\n00123,6\n", "W_SCI", "8.31E+11"),
    ("account,mrc\n1234567890123450000,5\n00123,6\n", "W_PREC", "fifteenth"),
    ("id,city\n1,\u{A0}Rome\n2,Oslo\n", "W_SPACE", "row 2"), ("i\u{200B}d,city\n1,Rome\n2,Oslo\n", "W_SPACE", "name"),
    ("id,city\n1,“Rome”\n2,Oslo\n", "W_QUOTE", "typographic"), ("id,city\n1,\"Ro\"me\n2,Oslo\n", "W_QUOTE", "1 row"),
    ("id,city\n1,=1+1\n2,Oslo\n", "W_FORMULA", "=1+1"), ("id,city\n1\n2,Oslo\n", "W_RAGGED", "1 row with fewer"),
    ("id,city\n1,a,b\n2,Oslo\n", "W_RAGGED", "1 row with more"), ("id,city\n1,a\n2,Oslo\r\n", "W_EOL", "more than one"),
    ("id,city\n1,a\0b\n2,Oslo\n", "W_NUL", "1 row"), ("1,2024-01-01\n2,2024-01-02\n", "W_NO_HEADER", "col_1"),
    ("id,,city\n1,2,3\n", "W_BLANK_HEADER", "without a name"), ("id,id,city\n1,2,3\n4,5,6\n", "W_HEADER", "id, id_2"),
    ("a||b\n1||2\n3||4\n", "W_DELIM", "||"), ("id,mrc,x\n1,5,6\n\nTotal,5,6\n", "W_FOOTER", "1 total (row 4)"),
    ("id,city\n1,TÃ©lÃ©com\n", "W_MOJIBAKE", "utf-8-twice"),
  ])
  func everyWarningIsSaid(_ text: String, _ code: String, _ part: String) throws {
    let notes = try Self.notes(Array(text.utf8))
    #expect(notes.contains { $0.hasPrefix(code + ":") && $0.contains(part) }, "\(notes)")
  }

  @Test(arguments: [
    "id,day\n1,13/02/2024\n2,03/04/2024\n", "id,mrc\n1,-5.00\n2,6.00\n", "id,mrc\n1,\"1,234.50\"\n2,99.00\n",
    "account,name\n00123,Zayo \"Metro\"\n12345678901234567890,5\" pipe\n", "reading,x\n1.5E-3,a\n2.5E-3,b\n",
    "number,city\n45355,Rome\n45356,Oslo\n", "id,phone\n1,+1 555 0100\n2,-\n", "sep=;\r\nid;city\r\n1;Köln\r\n",
    "id,zip\n=\"001\",=\"07102\"\n=\"002\",=\"07103\"\n",
  ])
  func whatIsInOrderIsNotWarnedOf(_ text: String) throws {
    #expect(try Self.notes(Array(text.utf8)).isEmpty)
  }

  @Test(
    arguments: [
      ([0x81], "ibm850", "Mü"), ([0xFC], "windows-1252", "Mü"), ([0x9F], "macintosh", "Mü"),
    ] as [([UInt8], String, String)])
  func encodingsAreGuessedWithAnExample(_ umlaut: [UInt8], _ encoding: String, _ example: String) throws {
    let bytes = Array("id,city\n1,M".utf8) + umlaut + Array("nchen\n2,K".utf8) + umlaut + Array("ln\n".utf8)
    let notes = try Self.notes(bytes)
    #expect(notes.contains { $0.hasPrefix("W_ENCODING") && $0.contains(encoding) && $0.contains(example) }, "\(notes)")
  }

  /// City, and a word for a service, in the bytes of each encoding of the far east.
  @Test(
    arguments: [
      ([0x93, 0x8C, 0x8B, 0x9E, 0x89, 0xF1, 0x90, 0xFC], "shift_jis", "東京回線"),
      ([0xC5, 0xEC, 0xB5, 0xFE, 0xA5, 0xBD, 0xA5, 0xE9], "euc-jp", "東京ソラ"),
      ([0xD4, 0xC2, 0xB7, 0xD1, 0xBF, 0xAA, 0xCD, 0xA8], "gb18030", "月费开通"),
      ([0xA5, 0x78, 0xA5, 0x5F, 0xB9, 0x71, 0xB8, 0xF4], "big5", "台北電路"),
      ([0xBC, 0xAD, 0xBF, 0xEF, 0xC8, 0xB8, 0xBC, 0xB1], "cp949", "서울회선"),
    ] as [([UInt8], String, String)])
  func pairsOfBytesAreToldApart(_ word: [UInt8], _ encoding: String, _ text: String) throws {
    let notes = try Self.notes(Array("id,city\n1,".utf8) + word + Array("\n2,".utf8) + word + Array("\n".utf8))
    #expect(notes.contains { $0.contains("taken as \(encoding)") && $0.contains(text) }, "\(notes)")
  }

  /// What a column looks like is judged by the text that such a cell holds; the cell itself stays as it is.
  @Test func aTextKeptAsAFormulaIsEvidenceAsText() throws {
    let outcome = try run("trunkline-extract", ["-"], stdin: Array("id;mrc\n=\"001\";=\"1.200,50\"\n".utf8))
    #expect(outcome.stdout.contains(#""samples":["001"]"#) && outcome.stdout.contains(#""decimal":"comma""#))
    #expect(outcome.stdout.contains(#"{"id":"=\"001\"","mrc":"=\"1.200,50\""}"#), "\(outcome.stdout)")
  }

  @Test func doubtfulEncodingsAreReadAsNamed() throws {
    let euro = Array("id,mrc\n1,".utf8) + [0xA4] + Array("12\n".utf8)
    #expect(try Self.notes(euro).contains { $0.contains("iso-8859-15") && $0.contains("€12") })
    let japanese = Array("id,city\n1,".utf8) + [0x93, 0x8C, 0x8B, 0x9E, 0x83, 0x5C, 0x81, 0x5B] + Array("\n".utf8)
    #expect(try Self.notes(japanese).contains { $0.contains("shift_jis") && $0.contains("東京") })
    let wide = "id,city\n1,Köln\n".unicodeScalars.flatMap { [UInt8($0.value & 0xFF), UInt8($0.value >> 8), 0, 0] }
    let outcome = try run("trunkline-extract", ["-"], stdin: [0xFF, 0xFE, 0, 0] + wide)
    #expect(outcome.stdout.contains(#"{"id":"1","city":"Köln"}"#), "\(outcome.stderr)")
    let mixed = Array("id,city\n0,Zürich\n1,M".utf8) + [0xFC] + Array("nchen\n".utf8)
    #expect(try Self.notes(mixed).contains { $0.hasPrefix("W_MIXED_ENC") })
    #expect(
      try Self.notes([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array("id,x\n1,2\n".utf8)).contains {
        $0.hasPrefix("W_BOM")
      })
  }

  @Test func optionsOverrideTheDialect() throws {
    let bytes = Array("id;city\n1;M".utf8) + [0xFC] + Array("nchen\n".utf8)
    let outcome = try run("trunkline-extract", ["--encoding", "cp1252", "--delimiter", "semicolon", "-"], stdin: bytes)
    #expect(outcome.stdout.contains(#"{"id":"1","city":"München"}"#) && !outcome.stderr.contains("W_ENCODING"))
    let whole = try run("trunkline-extract", ["--delimiter", "tab", "-"], stdin: Array("id,x\n1,2\n".utf8))
    #expect(whole.stdout.contains(#"{"id,x":"1,2"}"#))
    let two = try run("trunkline-extract", ["--delimiter", "::", "-"], stdin: Array("id::a:b\n1::c:d\n".utf8))
    #expect(two.stdout.contains(#"{"id":"1","a:b":"c:d"}"#))
    let twice = try run(
      "trunkline-extract", ["--encoding", "utf-8-twice", "-"], stdin: Array("id,x\n1,TÃ©lÃ©com é\n".utf8))
    #expect(twice.stdout.contains("Télécom é"))
    for wrong in [
      ["--encoding", "klingon"], ["--delimiter", "abcde"], ["--quote", "ab"], ["--table", "0"], ["--footer", "x"],
    ] {
      #expect(try run("trunkline-extract", wrong + ["-"], stdin: bytes).status == 64)
    }
  }

  @Test func namesOfFilesMayComeFromStandardInput() throws {
    let folder = try TemporaryFolder()
    let names = try ["a.csv", "b.csv"].map { try folder.write("id,city\n\($0),Rome\n", to: $0) }
    let outcome = try run("trunkline-extract", ["--paths"], stdin: Array(names.joined(separator: "\n").utf8))
    #expect(outcome.status == 0 && outcome.stdout.split(separator: "\n").count { $0.contains(#""final":true"#) } == 2)
    #expect(try run("trunkline-extract", ["--paths", "-"], stdin: []).status == 64)
    #expect(try run("trunkline-extract", ["--paths"], stdin: Array("no-such.csv\n".utf8)).status == 66)
  }
}
