/// How the bytes of a file become text.
package enum CSVEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// UTF-8 that was taken for Windows-1252 and encoded once more; only what decodes twice is changed.
  case utf8Twice = "utf-8-twice"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case utf32LittleEndian = "utf-32le"
  case utf32BigEndian = "utf-32be"
  case windows1252 = "windows-1252"
  case latin1 = "iso-8859-1"
  case latin9 = "iso-8859-15"
  case ibm850 = "ibm850"
  case macintosh
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
  case shiftJIS = "shift_jis"
  case eucJP = "euc-jp"
  case korean = "cp949"
  case chinese = "gb18030"
  case big5

  /// What iconv(3) calls it.
  var iconvName: String {
    switch self {
    case .windows1252: "CP1252"
    case .windows1250: "CP1250"
    case .windows1251: "CP1251"
    case .shiftJIS: "CP932"
    case .korean: "UHC"
    default: rawValue.uppercased()
    }
  }
}

/// What ends the records of a file, as far as a sample shows it.
///
/// A reader takes LF, CR LF and CR as record ends whatever stands here; only `lfcr` changes what it does, since a CR
/// after an LF would be a blank row otherwise.
package enum CSVNewline: String, Sendable, CaseIterable {
  case lf, crlf, cr, lfcr, mixed
}

/// The choices a writer of a delimited file made, and which a reader must know.
package struct CSVDialect: Sendable, Equatable {
  package var delimiter: UInt8
  /// What follows the first byte of a delimiter of several, such as `||`.
  package var delimiterTail: [UInt8] = []
  /// `noQuote` when quotation marks are text like any other.
  package var quote: UInt8
  package var encoding: CSVEncoding
  package var newline: CSVNewline
  /// The byte that escapes a quote inside a quoted cell, beside the doubled quote; nil for RFC 4180.
  package var escape: UInt8?
  /// Whether the first row is a spreadsheet's `sep=;` line; a reader counts that row and steps over it.
  package var sepLine: Bool

  /// All bytes that stand between two cells.
  package var separator: [UInt8] {
    get { [delimiter] + delimiterTail }
    set {
      delimiter = newValue.first ?? delimiter
      delimiterTail = Array(newValue.dropFirst())
    }
  }

  /// A byte that no text has.
  package static let noQuote: UInt8 = 0xFF

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\""), encoding: CSVEncoding = .utf8,
    newline: CSVNewline = .lf, escape: UInt8? = nil, sepLine: Bool = false
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.encoding = encoding
    self.newline = newline
    self.escape = escape
    self.sepLine = sepLine
  }
}

/// What a person said of a file instead of leaving it to be detected.
package struct CSVHints: Sendable, Equatable {
  package var encoding: CSVEncoding?
  /// One byte or up to four.
  package var delimiter: [UInt8]?
  package var quote: UInt8?

  package init(encoding: CSVEncoding? = nil, delimiter: [UInt8]? = nil, quote: UInt8? = nil) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.quote = quote
  }
}

/// Bounds that keep a hostile file from taking the memory of the machine.
package struct CSVLimits: Sendable, Equatable {
  /// Bytes of one record as UTF-8.
  package var recordBytes: Int
  /// Cells of one record; the default is the width of a spreadsheet.
  package var columns: Int

  package init(recordBytes: Int = 8 << 20, columns: Int = 16_384) {
    self.recordBytes = recordBytes
    self.columns = columns
  }
}

let lineFeed: UInt8 = 0x0A
let carriageReturn: UInt8 = 0x0D
