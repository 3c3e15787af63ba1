import Glibc

/// Where in a file the ZIP archive lies, found by its end record.
struct ZipExtent {
  /// Bytes before the archive, which do not belong to it.
  private(set) var start = 0
  private(set) var end = 0
  private(set) var entries = 0
  private(set) var hasTrailingBytes = false

  private static let endRecord = 22
  private static let tail = 65_536 + endRecord

  /// Nil when no end record stands within the last 64 KiB.
  init?(descriptor: Int32, size: Int) throws(SpreadsheetError) {
    let count = min(size, Self.tail)
    let bytes = try readBytes(descriptor, at: size - count, count: count)
    var at = bytes.count - Self.endRecord
    while at >= 0 {
      if bytes[at] == 0x50, bytes[at + 1] == 0x4B, bytes[at + 2] == 5, bytes[at + 3] == 6,
        try take(bytes, at, descriptor, size)
      {
        return
      }
      at -= 1
    }
    return nil
  }

  private mutating func take(_ bytes: [UInt8], _ at: Int, _ descriptor: Int32, _ size: Int) throws(SpreadsheetError)
    -> Bool
  {
    let position = size - bytes.count + at
    end = position + Self.endRecord + number(bytes, at + 20, 2)
    if end > size { return false }
    hasTrailingBytes = end < size
    entries = number(bytes, at + 10, 2)
    let (length, offset) = (number(bytes, at + 12, 4), number(bytes, at + 16, 4))
    if let wide = try wideEntries(descriptor, before: position) {
      entries = wide
      return true
    }
    start = position - length - offset
    if start < 0 { return false }
    if entries == 0 { return true }
    return try readBytes(descriptor, at: position - length, count: 4) == [0x50, 0x4B, 1, 2]
  }

  /// The number of entries in the ZIP64 end record, nil when there is none.
  private func wideEntries(_ descriptor: Int32, before position: Int) throws(SpreadsheetError) -> Int? {
    guard position >= 20 else { return nil }
    let locator = try readBytes(descriptor, at: position - 20, count: 20)
    guard locator.count == 20, locator.starts(with: [0x50, 0x4B, 6, 7]) else { return nil }
    let place = number(locator, 8, 7)
    guard place < position else { return nil }
    let record = try readBytes(descriptor, at: place, count: 40)
    guard record.count == 40, record.starts(with: [0x50, 0x4B, 6, 6]) else { return nil }
    return number(record, 32, 7)
  }

  private func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
  }
}

/// Bytes of the file at a place, fewer when it ends before.
func readBytes(_ descriptor: Int32, at offset: Int, count: Int) throws(SpreadsheetError) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  var done = 0
  while done < count {
    let got = bytes.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress! + done, count - done, off_t(offset + done))
    }
    if got < 0, errno == EINTR { continue }
    if got < 0 { throw .read(errno: errno) }
    if got == 0 { break }
    done += got
  }
  bytes.removeLast(count - done)
  return bytes
}
