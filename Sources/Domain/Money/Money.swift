/// An exact amount: whole minor units of one currency, never a float.
///
/// `description` prints `USD -1,234.50`, `plain` prints `-1234.50`; both read back with `mark: .point` to the same value.
package struct Money: Hashable, Sendable {
  package let minor: Int64
  package let currency: Currency

  /// The most minor units that an amount of one record may have, either side of zero: beyond it is a slip of the hand, and
  /// a few such amounts would overflow every sum they enter.
  package static let mostMinor: UInt64 = 999_999_999_999_999

  package var isPlausible: Bool { minor.magnitude <= Self.mostMinor }

  @inline(__always)
  package init(minor: Int64, currency: Currency) {
    self.minor = minor
    self.currency = currency
  }

  /// Reads an amount as people and carriers write it.
  ///
  /// `currency` is the default where the text names none; where it names one, they must agree (`$` agrees with every
  /// dollar). Negative are `-5`, `5-`, `(5)`, `5 CR` and U+2212. With `mark` nil the decimal mark must be proven by the
  /// text itself, else `.ambiguous`.
  @inline(__always)
  package static func parse(_ text: Bytes, mark: DecimalMark?, currency: Currency?) throws(MoneyError) -> Money {
    if let currency, let minor = plainMinor(text, mark: mark, exponent: currency.exponent) {
      return Money(minor: minor, currency: currency)
    }
    return try parseSlowly(text, mark: mark, currency: currency)
  }

  /// Reads an amount without a currency, for callers that know the column's exponent; `.currencyUnexpected` if it has one.
  @inline(__always)
  package static func parseMinor(_ text: Bytes, mark: DecimalMark?, exponent: Int) throws(MoneyError) -> Int64 {
    if let minor = plainMinor(text, mark: mark, exponent: exponent) { return minor }
    return try parseMinorSlowly(text, mark: mark, exponent: exponent)
  }

  /// `-?digits` with at most `exponent` decimals and at most 18 digits; nil for anything else, right or wrong.
  @inline(__always)
  static func plainMinor(_ text: Bytes, mark: DecimalMark?, exponent: Int) -> Int64? {
    guard let base = text.baseAddress else { return nil }
    let count = text.count
    var index = base[0] == 0x2D ? 1 : 0
    let isNegative = index == 1
    if count - index > 19 || count == index { return nil }
    let start = index
    var value: Int64 = 0
    while index < count {
      let digit = base[index] &- 0x30
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    let whole = index - start
    if whole == 0 || whole > 15 { return nil }
    var missing = exponent
    if index < count {
      guard base[index] == (mark == .comma ? 0x2C : 0x2E) else { return nil }
      let decimals = count - index - 1
      if decimals == 0 || decimals > exponent || (mark == nil && decimals == 3) { return nil }
      index += 1
      while index < count {
        let digit = base[index] &- 0x30
        if digit > 9 { return nil }
        value = value &* 10 &+ Int64(digit)
        index += 1
      }
      missing -= decimals
    }
    if whole + exponent > 18 { return nil }
    while missing > 0 {
      value = value &* 10
      missing -= 1
    }
    return isNegative ? 0 &- value : value
  }

  @inline(never)
  private static func parseSlowly(_ text: Bytes, mark: DecimalMark?, currency: Currency?) throws(MoneyError) -> Money {
    let amount = try AmountText(text)
    let named = try amount.sign?.currency(expected: currency)
    guard let chosen = named ?? currency else { throw .currencyMissing }
    if let currency, chosen != currency { throw .currencyMismatch(found: chosen, expected: currency) }
    let minor = try DigitGroups(amount.digits)
      .minor(mark: mark, exponent: chosen.exponent, isNegative: amount.isNegative)
    return Money(minor: minor, currency: chosen)
  }

  @inline(never)
  private static func parseMinorSlowly(_ text: Bytes, mark: DecimalMark?, exponent: Int) throws(MoneyError) -> Int64 {
    let amount = try AmountText(text)
    if amount.sign != nil { throw .currencyUnexpected }
    return try DigitGroups(amount.digits).minor(mark: mark, exponent: exponent, isNegative: amount.isNegative)
  }
}
