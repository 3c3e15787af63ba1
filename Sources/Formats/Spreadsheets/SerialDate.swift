/// Days since the beginning of a workbook's calendar, as spreadsheets store dates, turned into ISO text.
enum SerialDate {
  /// What a number formatted as a date or time stands for.
  struct Text {
    let text: String
    let kind: SheetCell.Kind
    /// There is no such day.
    var isOutside = false
  }

  private static let day = 86_400_000
  private static let scale = 10_000_000_000

  /// Nil when the number is no day of the calendar; 29 february 1900, which the 1900 system has and the year had not,
  /// comes as text and marked.
  static func text(_ value: DecimalText, _ kind: NumberFormat.Kind, uses1904: Bool) -> Text? {
    guard let scaled = value.tenBillionths else { return nil }
    if kind == .duration { return duration(scaled) }
    if scaled < 0 { return nil }
    var days = scaled / scale
    var clock = (scaled % scale * day + scale / 2) / scale
    if clock == day {
      clock = 0
      days += 1
    }
    if kind == .time, days == 0 { return Text(text: time(clock), kind: .time) }
    let last = uses1904 ? 2_957_003 : 2_958_465
    let first = uses1904 ? 0 : 1
    guard days >= first, days <= last else { return nil }
    let isFalseLeapDay = !uses1904 && days == 60
    var text = isFalseLeapDay ? "1900-02-29" : date(days, uses1904)
    if clock != 0 { text += "T" + time(clock) }
    return Text(text: text, kind: clock == 0 ? .date : .dateTime, isOutside: isFalseLeapDay)
  }

  private static func date(_ serial: Int, _ uses1904: Bool) -> String {
    // Days from 0000-03-01, on which the 400-year cycle begins.
    let shifted = serial + (uses1904 ? 695_361 : serial < 60 ? 693_900 : 693_899)
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    return padded(year, 4) + "-" + padded(month < 10 ? month + 3 : month - 9, 2) + "-" + padded(dayOfMonth, 2)
  }

  private static func duration(_ scaled: Int) -> Text? {
    let size = scaled < 0 ? -scaled : scaled
    if size / scale > 2_958_465 { return nil }
    let clock = size / scale * day + (size % scale * day + scale / 2) / scale
    return Text(text: (scaled < 0 ? "-" : "") + time(clock), kind: .duration)
  }

  /// Milliseconds as `hh:mm:ss`, with a fraction only when there is one.
  static func time(_ clock: Int) -> String {
    let seconds = clock / 1000
    let text = padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
    return clock % 1000 == 0 ? text : text + "." + padded(clock % 1000, 3)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// The kind of an ISO text as workbooks hold it, with midnight and a final Z taken off; nil when it is none.
  static func iso(_ text: String) -> Text? {
    var bytes = Array(text.utf8)
    if bytes.last == 0x5A { bytes.removeLast() }
    if bytes.count <= 12, isClock(bytes[...]) { return Text(text: String(decoding: bytes, as: UTF8.self), kind: .time) }
    guard bytes.count >= 10, isDay(bytes[..<10]) else { return nil }
    let day = String(decoding: bytes[..<10], as: UTF8.self)
    if bytes.count == 10 { return Text(text: day, kind: .date) }
    guard bytes[10] == 0x54 || bytes[10] == 0x20, isClock(bytes[11...]) else { return nil }
    let clock = bytes[11...]
    if clock.allSatisfy({ $0 == 0x30 || $0 == 0x3A || $0 == 0x2E }) { return Text(text: day, kind: .date) }
    let seconds = clock.count == 5 ? Array(clock) + Array(":00".utf8) : Array(clock)
    return Text(text: day + "T" + String(decoding: seconds, as: UTF8.self), kind: .dateTime)
  }

  private static func isDay(_ bytes: ArraySlice<UInt8>) -> Bool { matches(bytes, "dddd-dd-dd") }

  private static func isClock(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.count == 5 { return matches(bytes, "dd:dd") }
    guard bytes.count >= 8, matches(bytes.prefix(8), "dd:dd:dd") else { return false }
    let fraction = bytes.dropFirst(8)
    return fraction.isEmpty || (fraction.first == 0x2E && fraction.dropFirst().allSatisfy { $0 &- 0x30 < 10 })
  }

  private static func matches(_ bytes: ArraySlice<UInt8>, _ shape: String) -> Bool {
    bytes.count == shape.utf8.count
      && zip(bytes, shape.utf8).allSatisfy { $1 == UInt8(ascii: "d") ? $0 &- 0x30 < 10 : $0 == $1 }
  }

  /// `PT37H30M00.5S`, with days before the T, as milliseconds.
  static func milliseconds(iso text: String) -> Int? {
    var (total, number, thousandths, digits) = (0, 0, 0, 0)
    var (inTime, inFraction) = (false, false)
    let isNegative = text.utf8.first == 0x2D
    guard text.utf8.dropFirst(isNegative ? 1 : 0).first == 0x50 else { return nil }
    for byte in text.utf8.dropFirst(isNegative ? 2 : 1) {
      switch byte {
      case 0x30...0x39:
        if inFraction {
          if digits < 3 { thousandths = thousandths * 10 + Int(byte - 0x30) }
          digits += 1
        } else if number < 1_000_000_000 {
          number = number * 10 + Int(byte - 0x30)
        }
      case 0x2E, 0x2C: inFraction = true
      case 0x54: inTime = true
      case 0x44, 0x48, 0x4D, 0x53:
        guard byte == 0x44 || inTime else { return nil }
        let unit = byte == 0x44 ? day : byte == 0x48 ? 3_600_000 : byte == 0x4D ? 60_000 : 1000
        for _ in digits..<max(digits, 3) { thousandths *= 10 }
        // The number has at most ten digits, so that only the sum may grow too large.
        let (sum, isTooLarge) = total.addingReportingOverflow(number * unit + (inFraction ? thousandths : 0))
        if isTooLarge { return nil }
        total = sum
        (number, thousandths, digits, inFraction) = (0, 0, 0, false)
      default: return nil
      }
    }
    return isNegative ? -total : total
  }
}
