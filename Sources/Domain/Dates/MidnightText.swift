/// The time of day behind a date: allowed when it is midnight, which says no more than the date does.
enum MidnightText {
  /// The text without its midnight; `.hasTime` for any other time.
  static func cut(_ text: Bytes) throws(DateError) -> Bytes {
    guard let colon = text.firstIndex(of: 0x3A) else { return text }
    var start = colon
    while start > 0, TextBytes.isDigit(text[start - 1]) { start -= 1 }
    guard start > 0, (1...2).contains(colon - start) else { throw .notADate }
    let separator = text[start - 1]
    let isMark = separator | 0x20 == 0x74
    guard isMark || TextBytes.spaceWidth(text, before: start, from: 0) > 0 else { throw .notADate }
    let time = Bytes(rebasing: text[start...])
    try check(time, hourDigits: colon - start)
    let date = TextBytes.trim(Bytes(rebasing: text[..<(isMark ? start - 1 : start)]))
    return date
  }

  private static func check(_ time: Bytes, hourDigits: Int) throws(DateError) {
    var isMidnight = true
    var index = 0
    while index < time.count, TextBytes.isDigit(time[index]) || time[index] == 0x3A || time[index] == 0x2E {
      if time[index] &- 0x31 < 9 { isMidnight = false }
      index += 1
    }
    let zone = TextBytes.trim(Bytes(rebasing: time[index...]))
    let isTwelve = hourDigits == 2 && time[0] == 0x31 && time[1] == 0x32
    let restIsZero = time[hourDigits..<index].allSatisfy { !($0 &- 0x31 < 9) }
    if isTwelve, restIsZero, isWord(zone, 0x61) { return }
    if !isMidnight || isWord(zone, 0x70) { throw .hasTime }
    let isZone = zone.isEmpty || isWord(zone, 0x61) || (zone.count == 1 && zone[0] | 0x20 == 0x7A) || isOffset(zone)
    if !isZone { throw .notADate }
  }

  /// `am` or `pm` by the first letter.
  private static func isWord(_ zone: Bytes, _ first: UInt8) -> Bool {
    zone.count == 2 && zone[0] | 0x20 == first && zone[1] | 0x20 == 0x6D
  }

  /// `+01:00`, `-0500`: the date is taken as written.
  private static func isOffset(_ zone: Bytes) -> Bool {
    guard (3...6).contains(zone.count), zone[0] == 0x2B || zone[0] == 0x2D else { return false }
    return zone.dropFirst().allSatisfy { TextBytes.isDigit($0) || $0 == 0x3A }
  }
}
