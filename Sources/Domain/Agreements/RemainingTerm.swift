/// The part of a term that is left on the day a service ends, counted from the term's first day (model.md 2.1).
package struct RemainingTerm: Equatable, Sendable {
  /// How a month that has begun is counted; contracts differ, and a carrier's bill shows which.
  package enum Convention: String, CaseIterable, Sendable {
    /// Only months that are left whole.
    case fullMonths = "full_months"
    /// The rest of the running month too, by days of thirty.
    case days30 = "days_30"
  }

  /// Whole months left.
  package let months: Int
  /// Thirtieths of the running month that are left, 0...30.
  package let thirtieths: Int
  /// The month of the term, from 1, in which the service ends; 0 before the first day.
  package let month: Int
  /// Of the whole term.
  package let termMonths: Int

  /// nil when the days are outside the calendar; a service that ends after the term leaves nothing.
  package init?(start: CalendarDate, term: Term, ending day: CalendarDate, convention: Convention) {
    guard start.adding(months: term.months) != nil else { return nil }
    termMonths = term.months
    var begun = 0
    while begun < term.months, let next = start.adding(months: begun), next < day { begun += 1 }
    if day < start { begun = 0 }
    month = begun
    months = term.months - begun
    guard convention == .days30, begun > 0, let end = start.adding(months: begun), day < end else {
      thirtieths = 0
      return
    }
    thirtieths = min(30, day.days(until: end))
  }

  /// The months of the term still to be billed, with how many thirtieths of each.
  package var shares: [(month: Int, thirtieths: Int)] {
    let rest = (month..<termMonths).map { (month: $0 + 1, thirtieths: 30) }
    return thirtieths > 0 && month > 0 ? [(month: month, thirtieths: thirtieths)] + rest : rest
  }
}
