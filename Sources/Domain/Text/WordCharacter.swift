import CUTF8Proc

/// Letters and digits of any script, as names and addresses use them.
enum WordCharacter {
  /// The bytes of the letter or digit at `index`, 0 when there is none.
  static func width(_ text: Bytes, at index: Int) -> Int {
    let byte = text[index]
    if byte < 0x80 { return TextBytes.isAlphanumeric(byte) ? 1 : 0 }
    var point: Int32 = -1
    let width = utf8proc_iterate(text.baseAddress.map { $0 + index }, text.count - index, &point)
    guard width > 0, point >= 0 else { return 0 }
    let category = UInt32(utf8proc_category(point).rawValue)
    let isLetter = (UTF8PROC_CATEGORY_LU.rawValue...UTF8PROC_CATEGORY_LO.rawValue).contains(category)
    let isNumber = (UTF8PROC_CATEGORY_ND.rawValue...UTF8PROC_CATEGORY_NO.rawValue).contains(category)
    return isLetter || isNumber ? Int(width) : 0
  }
}
