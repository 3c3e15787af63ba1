package import CSV

/// What a person said about a table instead of leaving it to be detected.
package struct ExtractionOptions: Equatable, Sendable {
  /// Which row names the columns.
  package enum Header: Equatable, Sendable {
    case detected
    case none
    /// Counted from 1 over all rows of the file.
    case row(Int)
  }

  package var encoding: CSVEncoding?
  package var delimiter: UInt8?
  package var header = Header.detected

  package init() {}

  /// Reads the texts of options; nil leaves the choice to the file.
  package init(encoding: String?, delimiter: String?, headerRow: String?) throws(ExtractionError) {
    if let encoding { self.encoding = try Self.encoding(encoding) }
    if let delimiter { self.delimiter = try Self.delimiter(delimiter) }
    if let headerRow { header = try Self.header(headerRow) }
  }

  private static func encoding(_ text: String) throws(ExtractionError) -> CSVEncoding {
    let aliases = ["utf8": "utf-8", "cp1252": "windows-1252", "latin1": "iso-8859-1", "latin-1": "iso-8859-1"]
    let name = text.lowercased()
    if let encoding = CSVEncoding(rawValue: aliases[name] ?? name) { return encoding }
    let allowed = CSVEncoding.allCases.map(\.rawValue).joined(separator: ", ")
    throw .option(name: "encoding", value: text, allowed: "one of \(allowed)")
  }

  private static func delimiter(_ text: String) throws(ExtractionError) -> UInt8 {
    let names: [String: UInt8] = ["tab": 9, "\\t": 9, "comma": 0x2C, "semicolon": 0x3B, "pipe": 0x7C]
    if let byte = names[text] { return byte }
    let bytes = Array(text.utf8)
    if bytes.count == 1, bytes[0] < 0x80, ![0, 10, 13, 0x22].contains(bytes[0]) { return bytes[0] }
    throw .option(name: "delimiter", value: text, allowed: "one ASCII character or tab, comma, semicolon, pipe")
  }

  private static func header(_ text: String) throws(ExtractionError) -> Header {
    if text == "none" { return .none }
    if let row = Int(text), row >= 1 { return .row(row) }
    throw .option(name: "header-row", value: text, allowed: "a row number from 1, or none")
  }

  /// Part of a run's id: the same text for the same choices.
  var identity: String {
    let row =
      switch header {
      case .detected: "detected"
      case .none: "none"
      case .row(let row): String(row)
      }
    return "\(encoding?.rawValue ?? "detected") \(delimiter.map { String($0) } ?? "detected") \(row)"
  }
}
