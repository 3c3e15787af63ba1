/// Turns UTF-16 or another encoding into UTF-8, chunk by chunk.
///
/// A surrogate without its twin becomes its three-byte form, and a byte that means nothing becomes 0xFF: neither is
/// UTF-8, so the record that holds it is flagged like any other with damaged text.
struct Transcoder: ~Copyable {
  /// Bytes of UTF-8 that one byte can become, at most.
  static let growth = 3
  /// Bytes that may be kept back from earlier chunks.
  static let slack = TwiceDecoder.room + 16

  private let encoding: CSVEncoding
  private var pendingByte: UInt8?
  private var pendingHigh: UInt32?
  private var system: SystemDecoder?
  private var twice = TwiceDecoder()

  /// Nil for UTF-8, which needs no change.
  init?(_ encoding: CSVEncoding) {
    if encoding == .utf8 { return nil }
    self.encoding = encoding
    switch encoding {
    case .utf8, .utf8Twice, .latin1, .windows1252, .utf16LittleEndian, .utf16BigEndian: system = nil
    default: system = SystemDecoder(encoding)
    }
  }

  /// Whether this system can read the encoding.
  static func reads(_ encoding: CSVEncoding) -> Bool {
    guard let transcoder = Transcoder(encoding) else { return true }
    return transcoder.system?.isOpen ?? true
  }

  /// Gives how many bytes were put to `target`, which needs room for `growth` times the input and `slack`.
  mutating func decode(
    _ source: UnsafeBufferPointer<UInt8>, atEnd: Bool, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var written = 0
    switch encoding {
    case .latin1:
      for byte in source { written += Self.put(UInt32(byte), target + written) }
    case .windows1252:
      for byte in source {
        let scalar = byte & 0xE0 == 0x80 ? Self.windows1252[Int(byte) - 0x80] : UInt32(byte)
        written += Self.put(scalar, target + written)
      }
    case .utf16LittleEndian, .utf16BigEndian:
      for byte in source {
        guard let first = pendingByte else {
          pendingByte = byte
          continue
        }
        pendingByte = nil
        let little = encoding == .utf16LittleEndian
        written += unit(UInt32(little ? byte : first) << 8 | UInt32(little ? first : byte), target + written)
      }
      if atEnd { written += finish(target + written) }
    case .utf8Twice: written = twice.decode(source, atEnd: atEnd, to: target)
    default: written = system?.decode(source, atEnd: atEnd, to: target) ?? 0
    }
    return written
  }

  private mutating func unit(_ unit: UInt32, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    var written = 0
    if let high = pendingHigh {
      pendingHigh = nil
      if unit & 0xFC00 == 0xDC00 {
        return Self.put(0x10000 + ((high & 0x3FF) << 10 | (unit & 0x3FF)), target)
      }
      written = Self.put(high, target)
    }
    if unit & 0xFC00 == 0xD800 {
      pendingHigh = unit
      return written
    }
    return written + Self.put(unit, target + written)
  }

  private mutating func finish(_ target: UnsafeMutablePointer<UInt8>) -> Int {
    var written = 0
    if let high = pendingHigh { written = Self.put(high, target) }
    if pendingByte != nil {
      target[written] = 0xFF
      written += 1
    }
    pendingHigh = nil
    pendingByte = nil
    return written
  }

  @inline(__always)
  private static func put(_ scalar: UInt32, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    if scalar < 0x80 {
      target[0] = UInt8(scalar)
      return 1
    }
    if scalar < 0x800 {
      target[0] = UInt8(0xC0 | scalar >> 6)
      target[1] = UInt8(0x80 | scalar & 0x3F)
      return 2
    }
    if scalar < 0x10000 {
      target[0] = UInt8(0xE0 | scalar >> 12)
      target[1] = UInt8(0x80 | scalar >> 6 & 0x3F)
      target[2] = UInt8(0x80 | scalar & 0x3F)
      return 3
    }
    target[0] = UInt8(0xF0 | scalar >> 18)
    target[1] = UInt8(0x80 | scalar >> 12 & 0x3F)
    target[2] = UInt8(0x80 | scalar >> 6 & 0x3F)
    target[3] = UInt8(0x80 | scalar & 0x3F)
    return 4
  }

  /// 0x80 to 0x9F as the WHATWG Encoding Standard maps them; the five unassigned bytes stay C1 controls.
  static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
}
