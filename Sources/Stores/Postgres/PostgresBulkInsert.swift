import Glibc
import SQL

/// Rows as COPY text, given to the server a block at a time, each block as a COPY of its own.
///
/// Between two blocks the connection is free for queries. Source of the format: COPY, "Text Format".
final class PostgresBulkInsert: BulkInsert {
  private static let block = 1 << 20
  private let database: PostgresDatabase
  private let sql: String
  private let width: Int
  private var column = 0
  private var rows = 0
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  private var rowStart = 0
  private var holdsNUL = false

  init(_ database: PostgresDatabase, table: String, columns: [(name: String, kind: ColumnKind)]) throws {
    _ = try database.connected()
    let dialect = database.dialect
    let names = columns.map { dialect.quoted($0.name) }.joined(separator: ", ")
    self.database = database
    sql = "COPY \(dialect.quoted(table)) (\(names)) FROM STDIN"
    width = columns.count
    capacity = Self.block + Self.block / 4
    buffer = .allocate(capacity: capacity)
  }

  deinit { buffer.deallocate() }

  func int(_ value: Int64) {
    startCell(room: 20)
    var rest = value.magnitude
    var digits: Int = value < 0 ? 2 : 1
    var bound: UInt64 = 10
    while rest >= bound {
      digits += 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    if value < 0 { buffer[count] = UInt8(ascii: "-") }
    count += digits
    var end = count
    repeat {
      end -= 1
      buffer[end] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    } while rest > 0
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    startCell(room: 2 * bytes.count)
    var end = count
    for byte in bytes {
      if byte >= 0x20, byte != 0x5C {
        buffer[end] = byte
        end += 1
      } else {
        end = escape(byte, at: end)
      }
    }
    count = end
  }

  private func escape(_ byte: UInt8, at end: Int) -> Int {
    let letter: UInt8
    switch byte {
    case 0x09: letter = UInt8(ascii: "t")
    case 0x0A: letter = UInt8(ascii: "n")
    case 0x0D: letter = UInt8(ascii: "r")
    case 0x5C: letter = 0x5C
    default:
      if byte == 0 { holdsNUL = true }
      buffer[end] = byte
      return end + 1
    }
    buffer[end] = 0x5C
    buffer[end + 1] = letter
    return end + 2
  }

  func text(_ string: String) {
    var string = string
    string.withUTF8 { text($0) }
  }

  func blob(_ bytes: UnsafeBufferPointer<UInt8>) {
    startCell(room: 3 + 2 * bytes.count)
    buffer[count] = 0x5C
    buffer[count + 1] = 0x5C
    buffer[count + 2] = UInt8(ascii: "x")
    var end = count + 3
    for byte in bytes {
      buffer[end] = hexDigit(byte >> 4)
      buffer[end + 1] = hexDigit(byte & 15)
      end += 2
    }
    count = end
  }

  func blob(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { blob($0) } }

  func null() {
    startCell(room: 2)
    buffer[count] = 0x5C
    buffer[count + 1] = UInt8(ascii: "N")
    count += 2
  }

  func endRow() throws {
    let failure = refusal()
    column = 0
    holdsNUL = false
    if let failure {
      count = rowStart
      throw failure
    }
    reserve(1)
    buffer[count] = 0x0A
    count += 1
    rows += 1
    rowStart = count
    if count >= Self.block { try flush() }
  }

  @discardableResult func finish() throws -> Int {
    if column != 0 { throw SQLFailure(.other, "the last row was not ended", sql: sql) }
    try flush()
    return rows
  }

  private func refusal() -> SQLFailure? {
    if holdsNUL { return SQLFailure(.constraint, "text holds a NUL character", sql: sql) }
    return column == width ? nil : SQLFailure(.other, "\(width) cells are expected, \(column) given", sql: sql)
  }

  private func flush() throws {
    if count == 0 { return }
    let block = UnsafeBufferPointer(start: UnsafePointer(buffer), count: count)
    count = 0
    rowStart = 0
    try database.copy(sql, block)
  }

  @inline(__always) private func startCell(room: Int) {
    reserve(room + 1)
    if column > 0 {
      buffer[count] = 0x09
      count += 1
    }
    column += 1
  }

  @inline(__always) private func reserve(_ room: Int) {
    if count + room > capacity { grow(room) }
  }

  private func grow(_ room: Int) {
    capacity = max(2 * capacity, count + room)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = larger
  }
}

@inline(__always)
private func hexDigit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble }
