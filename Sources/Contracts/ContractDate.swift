package import Domain

/// When something begins or ends, as surely as the contract says it.
package enum ContractDate: Equatable, Sendable {
  case day(CalendarDate)
  /// Part of a date, as written: `March 2014`, `[]/[]/2020`.
  case partial(String)
  /// Depends on what the contract does not say: `the date of the last signature`.
  case relative(String)
  /// Until someone ends it.
  case perpetual
  /// Blacked out, as written: `[***]`.
  case redacted(String)

  /// The day, nil where a person has to find it.
  package var day: CalendarDate? {
    if case .day(let day) = self { day } else { nil }
  }
}
