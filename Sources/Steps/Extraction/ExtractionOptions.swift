package import CSV
import Records

/// What a person said about a table instead of leaving it to be detected.
package struct ExtractionOptions: Equatable, Sendable {
  /// What begins a line that is no part of the table.
  package enum Comment: Equatable, Sendable {
    /// `#`, where the line does not have the table's number of cells.
    case detected
    case none
    case byte(UInt8)
  }

  /// What stands below the table.
  package enum Footer: Equatable, Sendable {
    case detected
    /// Every row below the header is data, totals too.
    case none
    /// The first row that is no data, counted from 1.
    case from(Int)
  }

  package var hints = CSVHints()
  package var header = TableShape.Header.detected
  package var comment = Comment.detected
  package var footer = Footer.detected
  /// Which table of the file, counted from 1; nil for the largest one near its beginning.
  package var table: Int?
  /// What was said, by the names of the options and as it was said: who reads the file again says the same.
  private(set) var said: [JSON.Member] = []
  private static let names = [
    "encoding", "delimiter", "quote", "header-row", "comment", "footer", "table", "convert",
  ]

  package init() {}

  /// Reads the texts of options by their names; nil leaves the choice to the file.
  package init(_ value: (String) -> String?) throws(ExtractionError) {
    for name in Self.names {
      // A flag is said only when it is on.
      if let text = value(name), text != "false" { said.append(JSON.Member(name, .string(text))) }
    }
    if let text = value("encoding") { hints.encoding = try Self.encoding(text) }
    if let text = value("delimiter") { hints.delimiter = try Self.delimiter(text) }
    if let text = value("quote") { hints.quote = try Self.quote(text) }
    if let text = value("header-row") { header = try Self.header(text) }
    if let text = value("comment") { comment = try Self.comment(text) }
    if let text = value("footer") { footer = try Self.footer(text) }
    if let text = value("table") {
      guard let number = Int(text), (1...100).contains(number) else {
        throw .option(name: "table", value: text, allowed: "a number from 1 to 100")
      }
      table = number
    }
  }

  private static func encoding(_ text: String) throws(ExtractionError) -> CSVEncoding {
    let aliases = [
      "utf8": "utf-8", "cp1252": "windows-1252", "latin1": "iso-8859-1", "latin-1": "iso-8859-1",
      "latin9": "iso-8859-15", "latin-9": "iso-8859-15", "cp850": "ibm850", "cp1250": "windows-1250",
      "cp1251": "windows-1251", "mac": "macintosh", "macroman": "macintosh", "sjis": "shift_jis",
      "shift-jis": "shift_jis",
      "euc-kr": "cp949", "gbk": "gb18030", "gb2312": "gb18030",
    ]
    let name = text.lowercased()
    if let encoding = CSVEncoding(rawValue: aliases[name] ?? name) { return encoding }
    let allowed = CSVEncoding.allCases.map(\.rawValue).joined(separator: ", ")
    throw .option(name: "encoding", value: text, allowed: "one of \(allowed)")
  }

  private static func delimiter(_ text: String) throws(ExtractionError) -> [UInt8] {
    let names: [String: [UInt8]] = ["tab": [9], "\\t": [9], "comma": [0x2C], "semicolon": [0x3B], "pipe": [0x7C]]
    if let bytes = names[text] { return bytes }
    let bytes = Array(text.utf8)
    if (1...4).contains(bytes.count), bytes.allSatisfy({ $0 < 0x80 && ![0, 10, 13, 0x22].contains($0) }) {
      return bytes
    }
    throw .option(
      name: "delimiter", value: text, allowed: "one to four ASCII characters or tab, comma, semicolon, pipe")
  }

  private static func quote(_ text: String) throws(ExtractionError) -> UInt8 {
    if text == "none" { return CSVDialect.noQuote }
    if let byte = character(text) { return byte }
    throw .option(name: "quote", value: text, allowed: "one ASCII character, or none")
  }

  private static func comment(_ text: String) throws(ExtractionError) -> Comment {
    if text == "none" { return .none }
    if let byte = character(text) { return .byte(byte) }
    throw .option(name: "comment", value: text, allowed: "one ASCII character, or none")
  }

  private static func character(_ text: String) -> UInt8? {
    let bytes = Array(text.utf8)
    return bytes.count == 1 && bytes[0] > 0x20 && bytes[0] < 0x7F ? bytes[0] : nil
  }

  private static func header(_ text: String) throws(ExtractionError) -> TableShape.Header {
    if text == "none" { return .none }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    if (1...2).contains(ends.count), ends.allSatisfy({ $0 >= 1 }), let first = ends.first, let last = ends.last,
      first <= last, last - first < 3
    {
      return .rows(first...last)
    }
    throw .option(
      name: "header-row", value: text, allowed: "a row number from 1, two as 3-4 (at most three rows), or none")
  }

  private static func footer(_ text: String) throws(ExtractionError) -> Footer {
    if text == "none" { return .none }
    if let row = Int(text), row >= 1 { return .from(row) }
    throw .option(name: "footer", value: text, allowed: "the first row below the data, or none")
  }

  /// Part of a run's id: the same text for the same choices.
  var identity: String {
    let header =
      switch header {
      case .detected: "detected"
      case .none: "none"
      case .rows(let rows): rows.count == 1 ? "\(rows.lowerBound)" : "\(rows.lowerBound)-\(rows.upperBound)"
      }
    let delimiter = hints.delimiter?.map { String($0) }.joined(separator: ",") ?? "detected"
    var words = [hints.encoding?.rawValue ?? "detected", delimiter, header]
    if let quote = hints.quote { words.append("quote=\(quote)") }
    if comment != .detected { words.append("comment=\(comment)") }
    if footer != .detected { words.append("footer=\(footer)") }
    if let table { words.append("table=\(table)") }
    return words.joined(separator: " ")
  }
}
