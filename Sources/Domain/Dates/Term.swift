/// A contract term in whole months; `monthToMonth` is the one of zero months.
package struct Term: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 0 means month to month: no commitment beyond the running month.
  package let months: Int

  package static let monthToMonth = Term(uncheckedMonths: 0)
  /// 100 years.
  package static let longest = 1200

  private init(uncheckedMonths months: Int) { self.months = months }

  /// Nil outside of 0...1200.
  package init?(months: Int) {
    guard (0...Self.longest).contains(months) else { return nil }
    self.months = months
  }

  package var isMonthToMonth: Bool { months == 0 }

  package static func < (left: Term, right: Term) -> Bool { left.months < right.months }

  /// `36 months`, `1 month`, `month to month`.
  package var description: String {
    switch months {
    case 0: "month to month"
    case 1: "1 month"
    default: "\(months) months"
    }
  }

  /// Reads `36`, `36 months`, `3 years`, `3-year`, `2.5 yrs`, `12 mo`, `36 Monate`, `3 Jahre`, `3 ans`, `MTM`.
  ///
  /// A bare number is months. A bare 0 is refused: it may mean month to month or unknown.
  package static func parse(_ text: Bytes) throws(TermError) -> Term {
    let text = TextBytes.trim(text)
    if text.isEmpty || text.count > 32 { throw .notATerm }
    if TermWords.monthToMonth[loosely: text] != nil { return .monthToMonth }
    var index = 0
    var value = 0
    var tenths = 0
    while index < text.count, TextBytes.isDigit(text[index]), index < 5 {
      value = value * 10 + Int(text[index] - 0x30)
      index += 1
    }
    if index == 0 { throw .notATerm }
    if index + 1 < text.count, text[index] == 0x2E || text[index] == 0x2C, TextBytes.isDigit(text[index + 1]) {
      tenths = Int(text[index + 1] - 0x30)
      index += 2
    }
    let unit = try unitMonths(Bytes(rebasing: text[index...]))
    let twelfths = value * unit * 10 + tenths * unit
    if twelfths % 10 != 0 { throw .notWholeMonths }
    guard twelfths > 0, let term = Term(months: twelfths / 10) else { throw .outOfRange }
    return term
  }

  private static func unitMonths(_ text: Bytes) throws(TermError) -> Int {
    if TextBytes.isBlank(text) { return 1 }
    if TextBytes.isDigit(text[0]) { throw .notATerm }
    guard let months = TermWords.units[loosely: text] else { throw .notATerm }
    if months == 0 { throw .notWholeMonths }
    return months
  }
}
