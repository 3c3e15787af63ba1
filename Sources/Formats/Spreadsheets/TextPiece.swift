import Glibc

/// A text being gathered from its pieces, bounded, with the escapes of workbooks (`_x000D_`) undone at the end.
struct TextPiece {
  private var bytes: [UInt8] = []
  private var pieceStart = 0
  private var keepsSpace = false

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Begins one of the pieces.
  mutating func begin(keepsSpace: Bool) {
    self.keepsSpace = keepsSpace
    pieceStart = bytes.count
  }

  mutating func end() {
    if keepsSpace { return }
    while bytes.count > pieceStart, let last = bytes.last, isSpace(last) { bytes.removeLast() }
    let blank = bytes[pieceStart...].prefix { isSpace($0) }.count
    if blank > 0 { bytes.removeSubrange(pieceStart..<(pieceStart + blank)) }
  }

  /// Takes no more than could count: four bytes for each character that is allowed, and escapes of seven bytes.
  @inline(__always)
  mutating func append(_ text: UnsafePointer<CChar>, _ count: Int, limit: Int) {
    if bytes.count > limit * 7 { return }
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: text, count: count))
  }

  /// Undoes escapes; true when the text had to be cut.
  mutating func finish(limit: Int) -> Bool {
    var (whole, kept) = (0, 0)
    bytes.withUnsafeMutableBufferPointer { all in
      guard let base = all.baseAddress else { return }
      whole = TextEscapes.undo(base, count: all.count)
      kept = TextEscapes.cut(base, count: whole, limit: limit)
    }
    bytes.removeLast(bytes.count - kept)
    return kept < whole
  }

  func withBytes<E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> Void) throws(E) {
    try bytes.withUnsafeBufferPointer(body)
  }
}

enum TextEscapes {
  /// Turns `_x000D_` into the character it stands for, in place; gives the new length.
  @inline(__always)
  static func undo(_ bytes: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
    if count < 7 || memchr(bytes, 0x5F, count - 6) == nil { return count }
    return undoEach(bytes, count)
  }

  private static func undoEach(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    var (from, to) = (0, 0)
    while from < count {
      guard bytes[from] == 0x5F, let unit = unit(bytes, from, count) else {
        bytes[to] = bytes[from]
        (from, to) = (from + 1, to + 1)
        continue
      }
      from += 7
      var scalar = UInt32(unit)
      if unit & 0xFC00 == 0xD800, let low = self.unit(bytes, from, count), low & 0xFC00 == 0xDC00 {
        scalar = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF)
        from += 7
      }
      for byte in UTF8.encode(UnicodeScalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
        bytes[to] = byte
        to += 1
      }
    }
    return to
  }

  private static func unit(_ bytes: UnsafeMutablePointer<UInt8>, _ at: Int, _ count: Int) -> UInt16? {
    guard at + 7 <= count, bytes[at] == 0x5F, bytes[at + 1] == 0x78, bytes[at + 6] == 0x5F else { return nil }
    var value: UInt16 = 0
    for index in (at + 2)..<(at + 6) {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt16(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt16(byte & 0xDF - 0x37)
      default: return nil
      }
    }
    return value
  }

  /// How many of the bytes hold at most `limit` UTF-16 code units.
  @inline(__always)
  static func cut(_ bytes: UnsafeMutablePointer<UInt8>, count: Int, limit: Int) -> Int {
    if count <= limit { return count }
    var units = 0
    for index in 0..<count where bytes[index] & 0xC0 != 0x80 {
      units += bytes[index] >= 0xF0 ? 2 : 1
      if units > limit { return index }
    }
    return count
  }
}
