import Glibc

/// The wall clock, read here and nowhere else; always UTC, so that `TZ` changes nothing.
package enum Clock {
  /// A proleptic Gregorian day.
  package typealias Day = (year: Int, month: Int, day: Int)

  /// The day everything is reckoned from: the command's `--as-of` (by any way it is set), else today in UTC.
  package static func asOf(_ invocation: Invocation) throws(Failure) -> Day {
    if let text = try invocation.setting("as_of")?.values.last, let day = date(text) { return day }
    return today(environment: invocation.environment)
  }

  /// Today in UTC.
  package static func today(environment: Environment = .process) -> Day {
    date(String(instant(environment: environment).prefix(10))) ?? civil(days: seconds() / 86_400)
  }

  /// Now as RFC 3339 in whole seconds, `2025-12-31T23:59:59Z`; `TRUNKLINE_NOW` in that form stands in for it in tests.
  package static func instant(environment: Environment = .process) -> String {
    if let given = environment["TRUNKLINE_NOW"], isInstant(given) { return given }
    let now = seconds()
    let day = civil(days: now / 86_400)
    let rest = now % 86_400
    return "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))T"
      + "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
  }

  /// Seconds of a clock that never jumps, for rates and waits.
  package static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// A day written `YYYY-MM-DD` that exists, else nil.
  package static func date(_ text: String) -> Day? {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      bytes[range].reduce(0 as Int?) { sum, byte in
        guard let sum, (0x30...0x39).contains(byte) else { return nil }
        return sum * 10 + Int(byte - 0x30)
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    guard year >= 1, (1...12).contains(month), day >= 1, day <= length(of: month, year) else { return nil }
    return (year, month, day)
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  private static func isInstant(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z") else { return false }
    return date(String(text.prefix(10))) != nil
  }

  private static func seconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return max(0, time.tv_sec)
  }

  /// The day a number of days after 1970-01-01 (Hinnant's `civil_from_days`, for non-negative counts).
  static func civil(days: Int) -> Day {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension Environment {
  /// The variables of this process.
  package static let process = Environment { name in getenv(name).map { String(cString: $0) } }
}
