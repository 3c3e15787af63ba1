/// Why a text is not a calendar date.
package enum DateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not of any known form.
  case notADate
  /// Day and month cannot be told apart: an order must be declared or proven by the column.
  case ambiguous
  /// Of a known form, but there is no such day, or the year is outside 1900...2199.
  case outOfRange
  /// The declared order makes no date of it, another order does.
  case contradictsOrder(DateOrder)
  /// A time of day other than midnight follows.
  case hasTime
  /// A bare number as spreadsheets store dates; it is never taken as one unasked (`CalendarDate(excelSerial:)`).
  case excelSerial(Int)

  package var description: String {
    switch self {
    case .notADate: "not a date"
    case .ambiguous: "day and month cannot be told apart"
    case .outOfRange: "there is no such day between 1900 and 2199"
    case .contradictsOrder(let order): "not a date in the order \(order.rawValue)"
    case .hasTime: "a time of day where a date is expected"
    case .excelSerial(let serial): "the number \(serial) may be a spreadsheet's date"
    }
  }
}
