import Domain

/// A short fingerprint of free text within a natural key: FNV-1a of 64 bits, as 16 hexadecimal digits.
///
/// It tells two events of one kind and day apart; it is not a proof against forgery, which row hashes are.
enum KeyDigest {
  static func of(_ text: Bytes) -> [UInt8] {
    guard !text.isEmpty else { return [0x2d] }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01b3
    }
    let digits = Array("0123456789abcdef".utf8)
    return (0..<16).map { digits[Int(hash >> UInt64(60 - 4 * $0) & 15)] }
  }
}
