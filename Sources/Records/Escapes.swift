import Domain

/// The escapes of JSON strings: which bytes need one, writing it, and taking it away.
enum Escapes {
  @inline(__always)
  static func mask(_ word: UInt64) -> UInt64 {
    equal(word, 0x22) | equal(word, 0x5c) | below(word, 0x20)
  }

  @inline(__always)
  static func equal(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
  }

  @inline(__always)
  static func below(_ word: UInt64, _ limit: UInt8) -> UInt64 {
    (word &- 0x0101_0101_0101_0101 &* UInt64(limit)) & ~word & 0x8080_8080_8080_8080
  }

  /// Writes the escape of `character`, at most six bytes, and answers how many.
  static func write(_ character: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
    target[0] = 0x5c
    switch character {
    case 0x22, 0x5c: target[1] = character
    case 10: target[1] = 0x6e
    case 13: target[1] = 0x72
    case 9: target[1] = 0x74
    default:
      let digits: StaticString = "0123456789abcdef"
      target[1] = 0x75
      target[2] = 0x30
      target[3] = 0x30
      target[4] = digits.utf8Start[Int(character >> 4)]
      target[5] = digits.utf8Start[Int(character & 15)]
      return 6
    }
    return 2
  }

  /// Writes `source` without its escapes to `target`, which must hold as many bytes, and answers how many; nil for a bad
  /// escape or a lone surrogate.
  static func remove(_ source: Bytes, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    var index = 0
    var count = 0
    while index < source.count {
      let character = source[index]
      index += 1
      guard character == 0x5c else {
        target[count] = character
        count += 1
        continue
      }
      guard index < source.count else { return nil }
      let code = source[index]
      index += 1
      if code == 0x75 {
        guard let scalar = unicode(source, &index) else { return nil }
        for unit in String(Character(scalar)).utf8 {
          target[count] = unit
          count += 1
        }
      } else if let plain = single(code) {
        target[count] = plain
        count += 1
      } else {
        return nil
      }
    }
    return count
  }

  private static func single(_ code: UInt8) -> UInt8? {
    switch code {
    case 0x22, 0x5c, 0x2f: code
    case 0x6e: 10
    case 0x72: 13
    case 0x74: 9
    case 0x62: 8
    case 0x66: 12
    default: nil
    }
  }

  private static func unicode(_ source: Bytes, _ index: inout Int) -> Unicode.Scalar? {
    guard let first = hex4(source, index) else { return nil }
    index += 4
    guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) }
    guard index + 6 <= source.count, source[index] == 0x5c, source[index + 1] == 0x75,
      let second = hex4(source, index + 2), (0xdc00..<0xe000).contains(second)
    else { return nil }
    index += 6
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private static func hex4(_ source: Bytes, _ start: Int) -> UInt32? {
    guard start + 4 <= source.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      let digit = source[index]
      switch digit {
      case 0x30...0x39: value = value << 4 | UInt32(digit - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(digit - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(digit - 0x57)
      default: return nil
      }
    }
    return value
  }
}
