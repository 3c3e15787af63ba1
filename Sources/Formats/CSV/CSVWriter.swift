import Glibc

/// What a writer does with text that a spreadsheet would run as a formula (OWASP CSV injection, CWE-1236).
package enum CSVFormulaGuard: Sendable {
  /// Every cell is written as it is.
  case off
  /// An apostrophe goes before text that begins like a formula and is not a number.
  case apostrophe
}

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
    let guarded = formulas == .apostrophe && startsFormula(bytes)
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

/// Whether a spreadsheet would take the text as a formula: = + - @ TAB CR or a full-width twin first, and not a number.
package func startsFormula(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = bytes.first else { return false }
  switch first {
  case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, carriageReturn: return true
  case UInt8(ascii: "+"), UInt8(ascii: "-"): return !isSignedNumber(bytes)
  case 0xEF:
    // U+FF1D, U+FF0B, U+FF0D and U+FF20 are the full-width = + - and @.
    guard bytes.count >= 3, bytes[1] == 0xBC else { return false }
    return [0x9D, 0x8B, 0x8D, 0xA0].contains(bytes[2])
  default: return false
  }
}

/// A sign, then digits with points, commas and spaces, an exponent or a percent sign; arithmetic such as `-2-3` is not.
private func isSignedNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var digits = 0
  var index = 1
  while index < bytes.count {
    switch bytes[index] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: " "): break
    case UInt8(ascii: "%"): return digits > 0 && index == bytes.count - 1
    case UInt8(ascii: "e"), UInt8(ascii: "E"): return digits > 0 && isExponent(bytes, from: index + 1)
    default: return false
    }
    index += 1
  }
  return digits > 0
}

private func isExponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
  var index = start
  if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
  return index < bytes.count && bytes[index...].allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
}
