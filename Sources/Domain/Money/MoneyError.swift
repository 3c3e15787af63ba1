/// Why a text is not an amount, or why a calculation with amounts has no result.
package enum MoneyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No digits, or words that are no currency: `-`, `n/a`, `TBD`, `ICB`, `12abc`, nothing at all.
  case notANumber
  /// `1.234` or `1,234` alone: a decimal mark must be declared or proven by the column.
  case ambiguous
  /// Groups that are not of three digits, mixed separators, or a sign stated twice.
  case malformed
  /// More decimals than the currency has, and not only zeros.
  case tooPrecise(exponent: Int)
  /// Outside of what 64 bits of minor units hold.
  case overflow
  /// The text names another currency than the one expected; in a calculation, two operands differ.
  case currencyMismatch(found: Currency, expected: Currency)
  /// Neither the text nor the caller names a currency.
  case currencyMissing
  /// Three letters or a sign stand where a currency is expected, and none is known by it.
  case currencyUnknown
  /// A currency in a text that was to hold none.
  case currencyUnexpected
  /// Weights are empty, negative or sum to zero.
  case badWeights

  package var description: String {
    switch self {
    case .notANumber: "not an amount"
    case .ambiguous: "the separator may be a decimal mark or a thousands separator"
    case .malformed: "the digits, separators or signs do not form an amount"
    case .tooPrecise(let exponent): "more than \(exponent) decimals"
    case .overflow: "the amount is too large"
    case .currencyMismatch(let found, let expected): "currency \(found.code) where \(expected.code) is expected"
    case .currencyMissing: "no currency is given"
    case .currencyUnknown: "the currency is not known"
    case .currencyUnexpected: "a currency where a bare number is expected"
    case .badWeights: "the weights are empty, negative or sum to zero"
    }
  }
}
