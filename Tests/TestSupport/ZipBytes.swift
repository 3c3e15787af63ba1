/// A ZIP archive built byte by byte, so that tests can build broken ones as well.
package struct ZipBytes {
  package struct Entry {
    package var name: String
    package var packed: [UInt8]
    package var method: UInt16 = 0
    package var checksum: UInt32
    package var size: Int
    package var flags: UInt16 = 0

    /// Stored as it is.
    package init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      packed = bytes
      size = bytes.count
      checksum = crc32(bytes)
    }

    package init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    /// `head`, then `count` times `byte`, then `tail`, deflated to about a hundredth.
    package init(_ name: String, head: String, byte: UInt8, count: Int, tail: String) {
      let bytes = Array(head.utf8) + Array(repeating: byte, count: count) + Array(tail.utf8)
      self.init(name, bytes)
      var bits = BitWriter()
      bits.deflate(Array(head.utf8), run: byte, count: count, tail: Array(tail.utf8))
      packed = bits.bytes
      method = 8
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package var bytes: [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let name = Array(entry.name.utf8)
      let common =
        little(20, 2) + little(Int(entry.flags), 2) + little(Int(entry.method), 2) + little(0, 2) + little(33, 2)
        + little(Int(entry.checksum), 4) + little(entry.packed.count, 4) + little(entry.size, 4) + little(name.count, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 12) + little(out.count, 4) + name
      // After the common part a local header has the length of its extra field, a central one five more fields.
      out += [0x50, 0x4B, 3, 4] + common + little(0, 2) + name + entry.packed
    }
    let start = out.count
    out += directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(entries.count, 2) + little(entries.count, 2)
    return out + little(directory.count, 4) + little(start, 4) + little(0, 2)
  }
}

private func little(_ number: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc: UInt32 = 0xFFFF_FFFF
  let table = (0..<256).map { index -> UInt32 in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1) }
  }
  for byte in bytes { crc = crc >> 8 ^ table[Int((crc ^ UInt32(byte)) & 0xFF)] }
  return ~crc
}

/// Deflate with the fixed codes of RFC 1951: literals, and matches of 258 bytes one byte back.
private struct BitWriter {
  var bytes: [UInt8] = []
  private var held: UInt64 = 0
  private var count = 0

  mutating func deflate(_ head: [UInt8], run byte: UInt8, count: Int, tail: [UInt8]) {
    put(1, 1)
    put(1, 2)
    for literal in head + [byte] { code(Int(literal)) }
    let matches = (count - 1) / 258
    for _ in 0..<matches {
      code(285)
      reversed(0, 5)
    }
    for _ in 0..<(count - 1 - matches * 258) { code(Int(byte)) }
    for literal in tail { code(Int(literal)) }
    code(256)
    put(0, 7)
  }

  private mutating func code(_ symbol: Int) {
    switch symbol {
    case ..<144: reversed(0x30 + symbol, 8)
    case ..<256: reversed(0x190 + symbol - 144, 9)
    case ..<280: reversed(symbol - 256, 7)
    default: reversed(0xC0 + symbol - 280, 8)
    }
  }

  private mutating func reversed(_ value: Int, _ width: Int) {
    for bit in (0..<width).reversed() { put(value >> bit & 1, 1) }
  }

  private mutating func put(_ value: Int, _ width: Int) {
    held |= UInt64(value) << UInt64(count)
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: held))
      held >>= 8
      count -= 8
    }
  }
}
