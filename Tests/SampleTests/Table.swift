import TestSupport

/// A sample table read by the rules of RFC 4180 alone, to hold what the chain makes of it against.
struct Table {
  var header: [String]
  var rows: [[String]]

  /// From the repository's root.
  init(sample path: String) throws {
    self.init(String(decoding: try readFile("\(repositoryRoot)/\(path)"), as: UTF8.self))
  }

  init(_ text: String) {
    var all: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var wasQuote = false
    for character in text.unicodeScalars {
      if character == "\"" {
        // Two in a row within a quoted cell: the second opens it again, and is the cell's own.
        if wasQuote, !isQuoted { cell.append("\"") }
        wasQuote = isQuoted
        isQuoted.toggle()
        continue
      }
      wasQuote = false
      if isQuoted {
        cell.unicodeScalars.append(character)
      } else if character == "," || character == "\n" {
        row.append(cell)
        cell = ""
        if character == "\n" {
          all.append(row)
          row = []
        }
      } else if character != "\r" {
        cell.unicodeScalars.append(character)
      }
    }
    header = all.first ?? []
    rows = Array(all.dropFirst())
  }

  /// The cell of a row by the column's caption; empty where there is none.
  func cell(_ row: [String], _ caption: String) -> String {
    header.firstIndex(of: caption).map { row[$0] } ?? ""
  }

  /// Written in another dialect, every cell in quotes.
  func text(delimiter: String = ",", lineEnd: String = "\n") -> String {
    ([header] + rows).map { row in
      row.map { cell in
        "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      }.joined(separator: delimiter) + lineEnd
    }.joined()
  }
}
