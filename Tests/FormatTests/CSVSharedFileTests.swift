import CSV
import Glibc
import TestSupport
import Testing

private func contents(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY)
  if descriptor < 0 { return nil }
  defer { close(descriptor) }
  var all: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count <= 0 { return all }
    all += chunk[..<count]
  }
}

@Suite(.enabled(if: sharedTables() != nil, "the shared tables are not here"))
struct CSVSharedFileTests {
  /// Rows as the csv-spectrum truth files have them, but for the two that are known to be wrong.
  @Test(arguments: [
    ("simple", [["a", "b", "c"], ["1", "2", "3"]]), ("simple_crlf", [["a", "b", "c"], ["1", "2", "3"]]),
    ("empty", [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    ("empty_crlf", [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    ("escaped_quotes", [["a", "b"], ["1", "ha \"ha\" ha"], ["3", "4"]]),
    ("quotes_and_newlines", [["a", "b"], ["1", "ha \n\"ha\" \nha"], ["3", "4"]]),
    ("newlines", [["a", "b", "c"], ["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]),
    ("utf8", [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "ʤ"]]),
    ("json", [["key", "val"], ["1", "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}"]]),
    (
      "comma_in_quotes",
      [["first", "last", "address", "city", "zip"], ["John", "Doe", "120 any st.", "Anytown, WW", "08123"]]
    ),
  ])
  func csvSpectrumIsReadAsItsTruthSays(_ name: String, _ rows: [[String]]) throws {
    let bytes = try #require(contents("\(sharedTables() ?? "")/csv-spectrum/csvs/\(name).csv"))
    let findings = try sniff(bytes)
    #expect(ReadFile(bytes, findings.dialect).texts == rows)
  }

  /// Every hostile file is either refused with the code it asks for or read to its end.
  @Test(arguments: [
    ("empty.csv", "E_EMPTY"), ("only_whitespace.csv", "E_EMPTY"), ("bom_only.csv", "E_EMPTY"),
    ("binary_png.csv", "E_TYPE"), ("pdf_named.csv", "E_TYPE"),
    ("zip_of_csv.xlsx", "E_TYPE"), ("encrypted_stub.xlsx", "E_TYPE"),
    ("unterminated_quote.csv", "E_QUOTE"), ("quotes_bomb.csv", "E_QUOTE"), ("million_columns.csv", "E_COLUMNS"),
    ("all_delims.csv", "E_COLUMNS"), ("one_line_no_eol_2mb.csv", "E_DELIM"), ("fixed_width.txt", "E_DELIM"),
    ("multichar_delim.csv", "W_DELIM"), ("double_bom.csv", "W_BOM"), ("latin9_euro.csv", "W_ENCODING"),
    ("cp850_dos.csv", "W_ENCODING"), ("mixed_utf8_cp1252.csv", "W_MIXED_ENC"), ("nul_bytes.csv", ""),
    ("mixed_eol.csv", ""), ("lfcr.csv", ""), ("ragged_short.csv", ""),
    ("ragged_long.csv", ""), ("no_header.csv", ""), ("blank_headers.csv", ""),
    ("quote_then_text.csv", ""), ("utf16le_bom.csv", ""), ("backslash_escape.csv", ""), ("cr_only.csv", ""),
    ("embedded_newlines.csv", ""), ("semicolon_decimal_comma.csv", ""), ("tab.tsv", ""), ("pipe.txt", ""),
    ("sep_line.csv", ""), ("leading_zeros.csv", ""),
  ])
  func hostileFilesGetTheirCode(_ name: String, _ code: String) throws {
    let path = "\(sharedTables() ?? "")/bad/\(name)"
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    do throws(CSVError) {
      let findings = try CSVSniffer().sniff(descriptor: descriptor)
      #expect(code.isEmpty ? findings.notes.isEmpty : findings.has(code), "\(findings.notes)")
      let file = ReadFile(contents(path) ?? [], findings.dialect)
      #expect(file.error == nil && file.records.count >= 2)
    } catch {
      #expect(error.code == code)
    }
  }
}
