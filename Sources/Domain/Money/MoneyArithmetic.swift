extension Money {
  /// The sum; both must be of one currency.
  package func adding(_ other: Money) throws(MoneyError) -> Money {
    try checkCurrency(of: other)
    let (sum, overflowed) = minor.addingReportingOverflow(other.minor)
    if overflowed { throw .overflow }
    return Money(minor: sum, currency: currency)
  }

  /// The difference; both must be of one currency.
  package func subtracting(_ other: Money) throws(MoneyError) -> Money {
    try checkCurrency(of: other)
    let (difference, overflowed) = minor.subtractingReportingOverflow(other.minor)
    if overflowed { throw .overflow }
    return Money(minor: difference, currency: currency)
  }

  /// The amount times `numerator / denominator`, rounded once, half to even; `.overflow` also for a zero denominator.
  package func scaled(by numerator: Int64, over denominator: Int64) throws(MoneyError) -> Money {
    guard denominator != 0 else { throw .overflow }
    let exact = Int128(minor) * Int128(numerator)
    guard let rounded = Int64(exactly: Rounding.halfEven(exact, over: Int128(denominator))) else { throw .overflow }
    return Money(minor: rounded, currency: currency)
  }

  /// Shares in proportion to the weights whose sum is this amount exactly.
  ///
  /// Largest remainder: each share is cut towards zero, then the units left go to the largest remainders, the earlier
  /// of two equal ones first. A weight of zero gets nothing. `.badWeights` when empty, negative or all zero.
  package func allocate(weights: [Int64]) throws(MoneyError) -> [Money] {
    var total: Int128 = 0
    for weight in weights {
      if weight < 0 { throw .badWeights }
      total += Int128(weight)
    }
    if total == 0 { throw .badWeights }
    let magnitude = Int128(minor.magnitude)
    var shares = weights.map { magnitude * Int128($0) / total }
    let remainders = weights.map { magnitude * Int128($0) % total }
    let left = Int(magnitude - shares.reduce(0, +))
    let order = weights.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
    for index in order.prefix(left) { shares[index] += 1 }
    return shares.map { Money(minor: Int64(minor < 0 ? -$0 : $0), currency: currency) }
  }

  private func checkCurrency(of other: Money) throws(MoneyError) {
    if other.currency != currency { throw .currencyMismatch(found: other.currency, expected: currency) }
  }
}
