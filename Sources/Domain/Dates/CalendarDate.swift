/// A day of the proleptic Gregorian calendar from 1900-01-01 to 2199-12-31, without a time zone.
package struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  package let day: Int32

  @inline(__always)
  private init(unchecked day: Int32) { self.day = day }

  package static let earliest = CalendarDate(unchecked: -25_567)
  package static let latest = CalendarDate(unchecked: 84_005)

  /// Takes days since 1970-01-01; nil outside of the years 1900...2199.
  package init?(day: Int) {
    guard (Int(Self.earliest.day)...Int(Self.latest.day)).contains(day) else { return nil }
    self.day = Int32(day)
  }

  /// Nil when there is no such day or the year is outside 1900...2199.
  @inline(__always)
  package init?(year: Int, month: Int, day: Int) {
    guard year &- 1900 >= 0, year < 2200, month &- 1 >= 0, month <= 12, day &- 1 >= 0 else { return nil }
    guard day <= 28 || day <= Self.length(ofMonth: month, year: year) else { return nil }
    self.day = Self.dayNumber(year, month, day)
  }

  /// Takes a spreadsheet's serial number of the 1900 system; its false 29 February 1900 (60) is nil.
  package init?(excelSerial serial: Int) {
    if serial < 1 || serial == 60 || serial > 200_000 { return nil }
    self.init(day: serial - 25_569 + (serial < 60 ? 1 : 0))
  }

  package var year: Int { civil.year }
  package var month: Int { civil.month }
  package var dayOfMonth: Int { civil.day }

  /// Year, month and day of the month at once.
  package var civil: (year: Int, month: Int, day: Int) {
    // Days from 0000-03-01, then era, year of era and a month counted from March (H. Hinnant, chrono-compatible dates).
    let shifted = Int(day) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The date this many days later; nil past the ends of the calendar.
  package func adding(days: Int) -> CalendarDate? {
    let (sum, overflowed) = Int(day).addingReportingOverflow(days)
    return overflowed ? nil : CalendarDate(day: sum)
  }

  /// The same day of the month this many months later, the month's last day where it is shorter; nil past the ends.
  ///
  /// The clamp is anchored on this date: Jan 31 + 1 = Feb 28 and Jan 31 + 2 = Mar 31, but (Jan 31 + 1) + 1 = Mar 28. So
  /// a series is always counted from its first date, never step by step (model.md 2.1).
  package func adding(months: Int) -> CalendarDate? {
    guard (-3600...3600).contains(months) else { return nil }
    let from = civil
    let count = from.year * 12 + from.month - 1 + months
    let year = count / 12
    let month = count % 12 + 1
    return CalendarDate(year: year, month: month, day: min(from.day, Self.length(ofMonth: month, year: year)))
  }

  /// Whole days from this date to the other, negative when the other is earlier.
  package func days(until other: CalendarDate) -> Int { Int(other.day) - Int(day) }

  /// The number of days of a month 1...12.
  @inline(__always)
  package static func length(ofMonth month: Int, year: Int) -> Int {
    if month != 2 { return 30 + ((month + month >> 3) & 1) }
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  }

  @inline(__always)
  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year &- 1 : year
    let shiftedMonth = month <= 2 ? month &+ 9 : month &- 3
    let dayOfYear = (153 &* shiftedMonth &+ 2) / 5 &+ day &- 1
    let dayOfCalendar = 365 &* shiftedYear &+ shiftedYear / 4 &- shiftedYear / 100 &+ shiftedYear / 400 &+ dayOfYear
    return Int32(truncatingIfNeeded: dayOfCalendar &- 719_468)
  }

  @inline(__always)
  package static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.day < right.day }

  /// `yyyy-mm-dd`.
  package var description: String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { buffer in
      if let start = buffer.baseAddress { write(into: start) }
      return String(decoding: buffer, as: UTF8.self)
    }
  }

  /// Writes `yyyy-mm-dd`, ten bytes.
  package func write(into out: UnsafeMutablePointer<UInt8>) {
    let (year, month, day) = civil
    out[0] = UInt8(truncatingIfNeeded: year / 1000) + 0x30
    out[1] = UInt8(truncatingIfNeeded: year / 100 % 10) + 0x30
    out[2] = UInt8(truncatingIfNeeded: year / 10 % 10) + 0x30
    out[3] = UInt8(truncatingIfNeeded: year % 10) + 0x30
    out[4] = 0x2D
    out[5] = UInt8(truncatingIfNeeded: month / 10) + 0x30
    out[6] = UInt8(truncatingIfNeeded: month % 10) + 0x30
    out[7] = 0x2D
    out[8] = UInt8(truncatingIfNeeded: day / 10) + 0x30
    out[9] = UInt8(truncatingIfNeeded: day % 10) + 0x30
  }

  /// Appends `yyyy-mm-dd`.
  package func write(into out: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { buffer in
      if let start = buffer.baseAddress { write(into: start) }
      out.append(contentsOf: buffer)
    }
  }
}
