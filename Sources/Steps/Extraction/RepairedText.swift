import Records

/// Text of which every byte that is not UTF-8 is read as Windows-1252, for people to look at; never a replacement sign.
enum RepairedText {
  static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    if Validity.isUTF8(bytes) { return String(decoding: bytes, as: UTF8.self) }
    var text = ""
    var index = 0
    while index < bytes.count {
      let length = (1...4).first { length in
        index + length <= bytes.count
          && Validity.isUTF8(UnsafeBufferPointer(rebasing: bytes[index..<(index + length)]))
      }
      if let length {
        text += String(decoding: bytes[index..<(index + length)], as: UTF8.self)
        index += length
      } else {
        text.unicodeScalars.append(windows1252(bytes[index]))
        index += 1
      }
    }
    return text
  }

  static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    byte & 0xE0 == 0x80 ? Unicode.Scalar(upper[Int(byte & 0x1F)]) ?? "?" : Unicode.Scalar(byte)
  }

  /// 0x80 to 0x9F as the WHATWG Encoding Standard maps them.
  private static let upper: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
}
