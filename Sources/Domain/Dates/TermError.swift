/// Why a text is not a contract term.
package enum TermError: Error, Hashable, Sendable, CustomStringConvertible {
  case notATerm
  /// Days, weeks, or a fraction of a year that is no number of months.
  case notWholeMonths
  /// Zero, or more than 100 years.
  case outOfRange

  package var description: String {
    switch self {
    case .notATerm: "not a term"
    case .notWholeMonths: "not a whole number of months"
    case .outOfRange: "a term is 1 to 1200 months, or month to month"
    }
  }
}
