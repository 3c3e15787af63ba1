/// The readings that the three parts of a date allow.
struct DateParts {
  private let text: DateText

  init(_ text: DateText) { self.text = text }

  /// Whether the parts tell their order by themselves: a month's name or a year of four digits in front.
  var isSelfEvident: Bool { text.hasName || text.parts.0.digits == 4 }

  var isDotted: Bool { text.isDotted }

  /// The one date the parts mean.
  func date(order: DateOrder?) throws(DateError) -> CalendarDate {
    if isSelfEvident { return try selfEvidentDate() }
    if let order {
      if let date = date(in: order) { return date }
      let others = DateOrder.allCases.contains { $0 != order && date(in: $0) != nil }
      throw others ? .contradictsOrder(order) : .outOfRange
    }
    if text.isDotted, text.parts.2.digits == 4, let date = date(in: .dmy) { return date }
    return try provenDate()
  }

  /// The date in one order; nil when there is none.
  func date(in order: DateOrder) -> CalendarDate? {
    let (a, b, c) = text.parts
    return switch order {
    case .ymd: Self.make(a, b, c)
    case .dmy: Self.make(c, b, a)
    case .mdy: Self.make(c, a, b)
    }
  }

  private func provenDate() throws(DateError) -> CalendarDate {
    let dayFirst = date(in: .dmy)
    let monthFirst = date(in: .mdy)
    if let dayFirst, let monthFirst {
      if dayFirst == monthFirst { return dayFirst }
      throw .ambiguous
    }
    guard let date = dayFirst ?? monthFirst ?? date(in: .ymd) else { throw .outOfRange }
    return date
  }

  private func selfEvidentDate() throws(DateError) -> CalendarDate {
    let (a, b, c) = text.parts
    let date: CalendarDate?
    if a.isName {
      date = Self.make(c, a, b)
    } else if a.digits == 4 {
      date = Self.make(a, b, c)
    } else {
      date = Self.make(c, b, a)
    }
    guard let date else { throw .outOfRange }
    return date
  }

  private static func make(_ year: DateText.Part, _ month: DateText.Part, _ day: DateText.Part) -> CalendarDate? {
    if year.isName || day.isName || day.digits > 2 || (!month.isName && month.digits > 2) { return nil }
    switch year.digits {
    case 4: return CalendarDate(year: year.value, month: month.value, day: day.value)
    case 2:
      let century = year.value < 70 ? 2000 : 1900
      return CalendarDate(year: century + year.value, month: month.value, day: day.value)
    default: return nil
    }
  }
}
