package import CSV
import Glibc
package import Records

/// Why a file gave no records, or why its stream had to stop.
package enum ExtractionError: Error, Equatable, Sendable {
  case option(name: String, value: String, allowed: String)
  case notFound(path: String)
  case noFiles(path: String)
  case system(call: String, path: String, errno: Int32)
  case table(path: String, CSVError)
  case noHeaderRow(path: String, row: Int, rows: Int)
  case noTable(path: String, number: Int, tables: Int)
  /// A workbook, or a container that workbooks come in, that is not read.
  case workbook(path: String, code: String, message: String, hint: String)
  /// A workbook in a format that only another program reads.
  case oldWorkbook(path: String, message: String)
  case noSheet(path: String, word: String, sheets: [String])
  /// The original cannot be kept.
  case store(DocumentStore.Failure)
  /// The reader of PDFs is not there, or cannot write what it reads.
  case reader(path: String, String)
  /// The bytes are not those the first pass read; `begun` says that records had been written.
  case changed(path: String, begun: Bool)
  /// Standard output or the file of rejects cannot be written.
  case output(WireError)

  /// `E_...`, as in docs/rejects.md.
  package var code: String {
    switch self {
    case .option: "E_USAGE"
    case .notFound, .noFiles: "E_NO_INPUT"
    case .system: "E_READ"
    case .table(_, let error): error.code
    case .noHeaderRow: "E_HEADER"
    case .noTable: "E_TABLE"
    case .workbook(_, let code, _, _): code
    case .oldWorkbook: "E_TYPE"
    case .noSheet: "E_SHEET"
    case .reader: "E_READER"
    case .store: "E_WRITE"
    case .changed: "E_CHANGED"
    case .output: "E_WRITE"
    }
  }

  /// The file it is about.
  package var path: String? {
    switch self {
    case .notFound(let path), .noFiles(let path), .system(_, let path, _), .table(let path, _),
      .noHeaderRow(let path, _, _), .noTable(let path, _, _), .workbook(let path, _, _, _), .oldWorkbook(let path, _),
      .noSheet(let path, _, _), .reader(let path, _),
      .changed(let path, _):
      path
    case .store(let failure): failure.path
    case .option, .output: nil
    }
  }

  /// Lower case, without a full stop.
  package var message: String {
    switch self {
    case .option(let name, let value, let allowed): "--\(name) takes \(allowed), not \"\(value)\""
    case .notFound: "no such file"
    case .noFiles: "no files here"
    case .system(let call, _, let errno): "cannot \(call): \(String(cString: strerror(errno)))"
    case .table(_, let error): "\(error.message) (\(error.code))"
    case .noHeaderRow(_, let row, let rows): "row \(row) was to name the columns, the file has \(rows) rows (E_HEADER)"
    case .noTable(_, let number, let tables): "table \(number) was asked for, the file has \(tables) (E_TABLE)"
    case .workbook(_, let code, let message, _): "\(message) (\(code))"
    case .oldWorkbook(_, let message): "\(message) (E_TYPE)"
    case .noSheet(_, let word, _): "no sheet is called \"\(word)\" (E_SHEET)"
    case .store(let failure): failure.message
    case .reader(_, let words): "the reader of PDFs \(words) (E_READER)"
    case .changed: "the file changed while it was read (E_CHANGED)"
    case .output(let error): error.message
    }
  }

  /// What to do about it.
  package var hint: String {
    switch self {
    case .option: "see trunkline extract --help"
    case .notFound: "check the name; a glob that matches nothing stays as it is"
    case .noFiles: "name a folder with files in it; hidden files and folders inside are not read"
    case .system: "check the permissions and the disk"
    case .table(_, .noDelimiter):
      "name it with --delimiter; text in columns of fixed width: cut it in a spreadsheet program (Text to Columns), save as CSV"
    case .table(_, let error): error.hint
    case .noHeaderRow: "give --header-row a smaller number, or none"
    case .noTable: "see the tables with --explain"
    case .workbook(_, _, _, let hint): hint
    case .oldWorkbook: "save it as XLSX in a spreadsheet program, or give --convert where LibreOffice is installed"
    case .noSheet(_, _, let sheets): "the workbook has " + sheets.map { "\"\($0)\"" }.joined(separator: ", ")
    case .store(let failure): failure.hint
    case .reader: "install trunkline-pages beside trunkline-extract, and free space in TMPDIR"
    case .changed: "wait until its writer is done, then run again: nothing of this stream is taken"
    case .output(let error): error.hint
    }
  }

  /// True when the input is missing or holds nothing: exit status 66.
  package var isNoInput: Bool {
    switch self {
    case .notFound, .noFiles, .table(_, .empty): true
    case .workbook(_, let code, _, _): code == "E_EMPTY"
    case .option, .system, .table, .noHeaderRow, .noTable, .oldWorkbook, .noSheet, .reader, .store, .changed, .output:
      false
    }
  }
}
