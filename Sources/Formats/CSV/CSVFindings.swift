/// Something about a file that its reader should be told, with a code that programs can test.
package struct CSVNote: Sendable, Equatable {
  package let code: String
  package let text: String

  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}

/// What a bounded sample of a file says about the whole.
///
/// Row numbers count every record of the file from 1, blank ones and a `sep=` line too, as `CSVReader.row` does.
package struct CSVFindings: Sendable, Equatable {
  package internal(set) var dialect = CSVDialect()
  /// How many cells most rows have.
  package internal(set) var width = 0
  /// The header cells in order, as written; empty when `dialect.headerRow` is nil.
  package internal(set) var header: [String] = []
  /// The first row that is data; one past the sampled rows when there is none.
  package internal(set) var firstDataRow = 1
  /// Rows above the table that are neither blank nor comments: titles, dates of creation and the like.
  package internal(set) var preambleRows: [Int] = []
  /// Rows above the first data row without a byte, or of white space alone.
  package internal(set) var blankRows: [Int] = []
  /// Rows above the first data row that begin with `#` and do not fit the table.
  package internal(set) var commentRows: [Int] = []
  /// Records seen in full; the findings rest on these.
  package internal(set) var sampledRows = 0
  package internal(set) var notes: [CSVNote] = []

  package func has(_ code: String) -> Bool { notes.contains { $0.code == code } }
}
