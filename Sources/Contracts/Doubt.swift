/// Why a value needs a second look: the codes that `Evidence.doubts` carries (docs/rejects.md).
package enum Doubt: String, CaseIterable, Sendable {
  /// A number in words and the figure beside it differ.
  case wordFigure = "W_WORD_FIGURE"
  /// Numbers of a date that read day first and month first.
  case dateOrder = "W_DATE_ORDER"
  /// A day that follows from another date and a number of months, and is not written.
  case computed = "W_COMPUTED"
  /// Two dates and the months between them do not agree.
  case termMismatch = "W_TERM_MISMATCH"
  /// The same thing is said twice, differently.
  case contradiction = "W_CONTRADICTION"
  /// Depends on what the contract does not say.
  case relative = "W_RELATIVE"
  /// Only part of it is written.
  case partial = "W_PARTIAL"
  /// Blacked out.
  case redacted = "W_REDACTED"
  /// The lines do not add up to the total that is written.
  case sumMismatch = "W_SUM_MISMATCH"
  /// More than one unit, and nothing says whether the price is for one or for all.
  case quantity = "W_QUANTITY"
  /// No currency stands beside the amount.
  case currencyAssumed = "W_CURRENCY_ASSUMED"
  /// The contract has prices in more than one currency.
  case twoCurrencies = "W_TWO_CURRENCIES"
  /// A fee is due on early termination, and its formula was not understood.
  case unknownFormula = "W_UNKNOWN_FORMULA"
  /// Recognised from a picture; a number of it needs a sum or a second place that says the same.
  case recognised = "W_RECOGNISED"
  /// The words it was found by stand elsewhere as well.
  case repeated = "W_QUOTE_REPEATED"
  /// The paper gives orders to programs that read it; the passage was passed over.
  case addressed = "W_ADDRESSED"
}
