/// The order of day, month and year in a date of numbers.
package enum DateOrder: String, Sendable, CaseIterable {
  case ymd
  case dmy
  case mdy
}
