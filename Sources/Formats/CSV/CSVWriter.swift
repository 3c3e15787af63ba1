import Glibc

/// Writes records as RFC 4180 has them, quoting only the cells that need it.
///
/// Text is UTF-8. The descriptor is borrowed and not closed; `flush` must be called at the end. A reader with the same
/// dialect gives back the same cells, except where the guard put an apostrophe.
package struct CSVWriter: ~Copyable {
  private let descriptor: Int32
  private let delimiter: UInt8
  private let quote: UInt8
  private let escape: UInt8?
  private let newline: [UInt8]
  private let formulas: CSVFormulaGuard
  private var buffer: [UInt8] = []
  private var cellsInRow = 0
  private var lastCellEmpty = false
  private static let flushAt = 64 << 10

  package init(descriptor: Int32, dialect: CSVDialect = CSVDialect(), formulas: CSVFormulaGuard = .off) {
    self.descriptor = descriptor
    self.formulas = formulas
    delimiter = dialect.delimiter
    quote = dialect.quote
    escape = dialect.escape
    newline =
      switch dialect.newline {
      case .lf, .mixed: [lineFeed]
      case .crlf: [carriageReturn, lineFeed]
      case .cr: [carriageReturn]
      case .lfcr: [lineFeed, carriageReturn]
      }
    buffer.reserveCapacity(Self.flushAt * 2)
  }

  /// Adds a cell to the row.
  package mutating func cell(_ bytes: UnsafeBufferPointer<UInt8>) {
    if cellsInRow > 0 { buffer.append(delimiter) }
    cellsInRow += 1
    lastCellEmpty = bytes.isEmpty
    let guarded = formulas == .apostrophe && FormulaGuard.isNeeded(bytes)
    let quoted = needsQuotes(bytes)
    if quoted { buffer.append(quote) }
    if guarded { buffer.append(UInt8(ascii: "'")) }
    if quoted {
      for byte in bytes {
        if byte == quote || byte == escape { buffer.append(byte) }
        buffer.append(byte)
      }
      buffer.append(quote)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  /// Adds a cell to the row.
  package mutating func cell(_ text: String) {
    var text = text
    text.withUTF8 { cell($0) }
  }

  /// Ends the row; a row of one empty cell is written as `""`, so that it is not a blank line.
  package mutating func endRow() throws(CSVError) {
    if cellsInRow == 1 && lastCellEmpty { buffer.append(contentsOf: [quote, quote]) }
    buffer.append(contentsOf: newline)
    cellsInRow = 0
    if buffer.count >= Self.flushAt { try flush() }
  }

  /// Hands all rows so far to the descriptor.
  package mutating func flush() throws(CSVError) {
    let failure = buffer.withUnsafeBufferPointer { writeAll($0) }
    if let failure { throw .write(errno: failure) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func writeAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = write(descriptor, base + done, bytes.count - done)
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  /// A byte order mark is quoted, since at the start of a file it would not be text.
  private func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
    return bytes.contains { $0 == delimiter || $0 == quote || $0 == lineFeed || $0 == carriageReturn }
  }
}
