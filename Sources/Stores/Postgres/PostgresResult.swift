import CPostgres
import SQL

/// Owner of what the server answered to one command.
final class PostgresResult {
  let handle: OpaquePointer
  let rowCount: Int32
  let columnCount: Int32

  init(_ handle: OpaquePointer) {
    self.handle = handle
    rowCount = tl_PQntuples(handle)
    columnCount = tl_PQnfields(handle)
  }

  deinit { tl_PQclear(handle) }

  /// Rows changed, 0 for commands that change none.
  var changed: Int {
    guard columnCount == 0 || command.hasPrefix("SELECT") == false else { return 0 }
    return tl_PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0
  }

  /// The command tag, as `COMMIT` or `INSERT 0 1`.
  var command: String { tl_PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

  /// The five characters of the error code.
  var state: String? { field(0x43) }

  var message: String { field(0x4D) ?? "the server gave no reason" }

  private func field(_ code: Int32) -> String? {
    tl_PQresultErrorField(handle, code).map { String(cString: $0) }
  }
}

/// A place among the rows of a result, with access to the cells there.
class PostgresRow: Row {
  private(set) var result: PostgresResult?
  private var row: Int32 = -1
  private var blobs: [Int] = []
  /// Length of a blob decoded from hex where it lay; -1 before.
  private var decoded: [Int] = []

  final func show(_ result: PostgresResult?) {
    self.result = result
    row = -1
    blobs = []
    guard let result else { return }
    let count = Int(result.columnCount)
    blobs = (0..<count).filter { tl_PQftype(result.handle, Int32($0)) == TypeID.bytea }
    decoded = Array(repeating: -1, count: count)
  }

  /// Moves on; false after the last row of the result.
  final func advance() -> Bool {
    guard let result, row + 1 < result.rowCount else { return false }
    row += 1
    for column in blobs { decoded[column] = -1 }
    return true
  }

  final var columnCount: Int { Int(result?.columnCount ?? 0) }

  final func columnName(_ column: Int) -> String {
    guard let result, let name = tl_PQfname(result.handle, Int32(column)) else { return "" }
    return String(cString: name)
  }

  final func isNull(_ column: Int) -> Bool {
    guard let result else { return true }
    return tl_PQgetisnull(result.handle, row, Int32(column)) == 1
  }

  final func int(_ column: Int) -> Int64 {
    let text = bytes(column)
    if text.count == 1, text[0] == UInt8(ascii: "t") { return 1 }
    return integer(text) ?? 0
  }

  final func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard let result, let start = tl_PQgetvalue(result.handle, row, Int32(column)) else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    let bytes = UnsafeMutableRawPointer(start).assumingMemoryBound(to: UInt8.self)
    var count = Int(tl_PQgetlength(result.handle, row, Int32(column)))
    if blobs.contains(column), !isNull(column) {
      if decoded[column] < 0 { decoded[column] = decodeHex(bytes, count) }
      count = decoded[column]
    }
    return UnsafeBufferPointer(start: bytes, count: count)
  }

  final func value(_ column: Int) -> SQLValue {
    guard let result, !isNull(column) else { return .null }
    switch tl_PQftype(result.handle, Int32(column)) {
    case TypeID.int8, TypeID.int4, TypeID.int2, TypeID.oid, TypeID.bool: return .int(int(column))
    case TypeID.bytea: return .blob(blob(column))
    // The sum of integers is a numeric.
    case TypeID.numeric: return integer(bytes(column)).map { .int($0) } ?? .text(text(column))
    default: return .text(text(column))
    }
  }
}

/// A whole number in decimal digits; nil for anything else, or one of more than 64 bits.
private func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
  let negative = text.first == UInt8(ascii: "-")
  let digits = text[(negative ? 1 : 0)...]
  if digits.isEmpty { return nil }
  var value: Int64 = 0
  for byte in digits {
    let digit = Int64(byte) - 0x30
    guard digit >= 0, digit <= 9 else { return nil }
    let (tens, lost) = value.multipliedReportingOverflow(by: 10)
    let (sum, spilled) = tens.subtractingReportingOverflow(digit)
    if lost || spilled { return nil }
    value = sum
  }
  if negative { return value }
  return value == .min ? nil : -value
}

/// Turns `\x00ff...` into bytes where it lies; the result is their number.
private func decodeHex(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
  func nibble(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit &- 0x30 : (digit | 0x20) &- 0x57 }
  let length = max(0, (count - 2) / 2)
  for index in 0..<length {
    bytes[index] = nibble(bytes[2 + 2 * index]) << 4 | nibble(bytes[3 + 2 * index])
  }
  return length
}
