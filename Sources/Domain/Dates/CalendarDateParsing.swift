extension CalendarDate {
  /// Reads exactly `yyyy-mm-dd`; nil for anything else.
  @inline(__always)
  package static func parseISO(_ text: Bytes) -> CalendarDate? {
    guard text.count == 10, let base = UnsafeRawPointer(text.baseAddress) else { return nil }
    // Eight bytes "yyyy-mm-" and the two of the day; each digit byte must be 0x30...0x39.
    let head = UInt64(littleEndian: base.loadUnaligned(as: UInt64.self))
    let tail = UInt16(littleEndian: base.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    guard head & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    let digits = head & 0x00FF_FF00_FFFF_FFFF ^ 0x0030_3000_3030_3030
    let last = tail ^ 0x3030
    let tooHigh = (digits &+ 0x0006_0600_0606_0606) | digits
    guard tooHigh & 0x00F0_F000_F0F0_F0F0 == 0, (last &+ 0x0606 | last) & 0xF0F0 == 0 else { return nil }
    let year =
      Int(digits & 15) * 1000 + Int(digits >> 8 & 15) * 100 + Int(digits >> 16 & 15) * 10 + Int(digits >> 24 & 15)
    let month = Int(digits >> 40 & 15) * 10 + Int(digits >> 48 & 15)
    return CalendarDate(year: year, month: month, day: Int(last & 15) * 10 + Int(last >> 8 & 15))
  }

  /// Reads a date as people and systems write it.
  ///
  /// `yyyy-mm-dd`, `yyyy/m/d`, `yyyymmdd`, `4.3.2024`, `4 Mar 2024`, `March 4, 2024`, `04-MAR-24`, numbers in the given
  /// order, each also followed by a time at midnight. English, German and French months. Two-digit years: 00-69 are
  /// 2000s, 70-99 are 1900s. With `order` nil a date of numbers must be proven by a part above 12, by equal parts or by
  /// points (`4.3.2024` is day first), else `.ambiguous`.
  package static func parse(_ untrimmed: Bytes, order: DateOrder?) throws(DateError) -> CalendarDate {
    if let date = parseISO(untrimmed) { return date }
    let text = try MidnightText.cut(TextBytes.trim(untrimmed))
    if let date = parseISO(text) { return date }
    if text.count <= 8, !text.isEmpty, text.allSatisfy(TextBytes.isDigit) { return try parseDigits(text) }
    guard let parts = DateText(text) else { throw .notADate }
    return try DateParts(parts).date(order: order)
  }

  /// `yyyymmdd`; five digits may be a spreadsheet's serial number.
  private static func parseDigits(_ text: Bytes) throws(DateError) -> CalendarDate {
    let number = text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    if text.count == 5, CalendarDate(excelSerial: number) != nil { throw .excelSerial(number) }
    if text.count != 8 { throw .notADate }
    guard let date = CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100) else {
      throw .outOfRange
    }
    return date
  }
}
