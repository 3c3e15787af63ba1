import CBytes

/// CRC-32C (Castagnoli), the check every stream carries over its own bytes.
package struct CRC32C {
  package private(set) var value: UInt32 = 0

  package init() {}

  package mutating func update(_ base: UnsafePointer<UInt8>, count: Int) {
    value = tl_crc32c(value, base, count)
  }

  /// Eight lower-case hexadecimal digits.
  package var hex: String {
    Hex.encode((0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) })
  }
}
