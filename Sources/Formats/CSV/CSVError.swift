/// Why a file cannot be read as a delimited table.
package enum CSVError: Error, Equatable, Sendable {
  /// There is no byte, only a byte order mark, or only white space.
  case empty(bytes: Int)
  /// The first bytes are those of another format, named here.
  case notDelimited(kind: String)
  /// A compressed file that says of itself that it grows more than a table does.
  case bomb(bytes: Int, unpacked: Int)
  /// An encoding that this system does not know.
  case encoding(name: String)
  /// No byte among comma, semicolon, tab and pipe cuts the rows evenly.
  case noDelimiter
  case tooManyColumns(line: Int, limit: Int)
  /// A quote was opened at `line` and not closed before the end of the file or the record limit.
  case unterminatedQuote(line: Int, row: Int)
  case recordTooLong(line: Int, row: Int, limit: Int)
  case read(errno: Int32)
  case write(errno: Int32)

  package var code: String {
    switch self {
    case .empty: "E_EMPTY"
    case .notDelimited: "E_TYPE"
    case .bomb: "E_BOMB"
    case .encoding: "E_ENCODING"
    case .noDelimiter: "E_DELIM"
    case .tooManyColumns: "E_COLUMNS"
    case .unterminatedQuote: "E_QUOTE"
    case .recordTooLong: "E_TOO_LARGE"
    case .read: "E_READ"
    case .write: "E_WRITE"
    }
  }

  /// The failure in words, lower case, without a full stop.
  package var message: String {
    switch self {
    case .empty(0): "the file is empty (0 bytes)"
    case .empty(let bytes): "the file has no rows (\(bytes) bytes of byte order mark or white space)"
    case .notDelimited(let kind): "this is \(kind), not a delimited table"
    case .bomb(let bytes, let unpacked):
      "this is a gzip archive of \(bytes) bytes that unpacks to \(unpacked): more than 200 for one"
    case .encoding(let name): "the text is encoded as \(name), which this system cannot read"
    case .noDelimiter: "no delimiter found: neither comma, semicolon, tab nor pipe cuts the rows evenly"
    case .tooManyColumns(let line, let limit): "line \(line): more than \(limit) columns"
    case .unterminatedQuote(let line, let row): "line \(line): the quote opened here is never closed (row \(row))"
    case .recordTooLong(let line, let row, let limit): "line \(line): row \(row) is longer than \(limit) bytes"
    case .read(let errno): "cannot read: error \(errno)"
    case .write(let errno): "cannot write: error \(errno)"
    }
  }

  /// What to do about it, lower case, without a full stop.
  package var hint: String {
    switch self {
    case .empty: "ask the sender for the file again, or check the export's filter"
    case .notDelimited(let kind) where kind.contains("archive"):
      "unpack it, then read the table inside: zcat FILE | trunkline extract - for gzip"
    case .notDelimited(let kind) where kind.contains("HTML") || kind.contains("web page"):
      "open it in a spreadsheet program and save it as XLSX or CSV"
    case .notDelimited(let kind) where kind.contains("image"):
      "put it into a PDF, as with img2pdf photo.jpg -o photo.pdf, and give that to trunkline extract and trunkline ocr"
    case .notDelimited: "export the table as CSV, or name the file by what it is"
    case .bomb: "ask the sender for the table itself"
    case .encoding: "save the file as UTF-8"
    case .noDelimiter: "name the delimiter, or export fixed-width text as CSV"
    case .tooManyColumns: "check the delimiter and the line ends"
    case .unterminatedQuote: "close the quote on that line, or double it if it is part of the text"
    case .recordTooLong: "check the line ends and the quotes on that line"
    case .read, .write: "check the disk and the permissions"
    }
  }
}
