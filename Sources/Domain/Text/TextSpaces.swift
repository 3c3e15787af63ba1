extension TextBytes {
  /// The number of bytes of the white-space character at `index`, 0 when there is none.
  @usableFromInline
  static func spaceWidth(_ text: Bytes, at index: Int) -> Int {
    let byte = text[index]
    if byte == 0x20 || byte &- 0x09 < 5 { return 1 }
    if byte < 0x80 { return 0 }
    if byte == 0xC2 {
      return index + 1 < text.count && (text[index + 1] == 0xA0 || text[index + 1] == 0x85) ? 2 : 0
    }
    guard index + 2 < text.count else { return 0 }
    return isWideSpace(byte, text[index + 1], text[index + 2]) ? 3 : 0
  }

  /// The number of bytes of the white-space character that ends at `end`, 0 when there is none.
  static func spaceWidth(_ text: Bytes, before end: Int, from start: Int) -> Int {
    let byte = text[end - 1]
    if byte == 0x20 || byte &- 0x09 < 5 { return 1 }
    if byte < 0x80 { return 0 }
    if end - start >= 2, text[end - 2] == 0xC2, byte == 0xA0 || byte == 0x85 { return 2 }
    if end - start >= 3, isWideSpace(text[end - 3], text[end - 2], byte) { return 3 }
    return 0
  }

  private static func isWideSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE2, 0x80): third <= 0x8D || third == 0xAF || third == 0xA8 || third == 0xA9
    case (0xE2, 0x81): third == 0x9F || third == 0xA0
    case (0xE3, 0x80), (0xE1, 0x9A): third == 0x80
    case (0xEF, 0xBB): third == 0xBF
    default: false
    }
  }
}
