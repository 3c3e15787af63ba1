/// A rule by which a recurring charge rises while a contract runs (documents.md 4.5, model.md 2.5).
package struct Escalation: Hashable, Sendable {
  package enum Rule: Hashable, Sendable {
    /// The price is fixed for the term, and the contract says so.
    case noEscalator
    case fixedPercent(Percent)
    /// By the change of a price index, held between a least and a greatest step.
    case cpi(index: String, floor: Percent?, cap: Percent?)
    /// By the percentage or by the change of the index, whichever is more.
    case greaterOf(Percent, index: String, cap: Percent?)
    /// To what the carrier then asks: nobody knows it today.
    case thenCurrentRate
    case step([Step])
    case fixedAmount(Money)
  }

  /// From `month` of the term on, from 1, the first price is raised by `percent` in all.
  package struct Step: Hashable, Sendable {
    package let month: Int
    package let percent: Percent

    package init(month: Int, percent: Percent) {
      self.month = month
      self.percent = percent
    }
  }

  package let rule: Rule
  /// Months from the first day of the term to the first step, at least 1.
  package let firstAfterMonths: Int
  /// Months between steps, at least 1; nil for a single step.
  package let everyMonths: Int?
  /// Whether a step raises the last price; otherwise the first.
  package let isCompounding: Bool

  package init(_ rule: Rule, firstAfterMonths: Int = 12, everyMonths: Int? = 12, isCompounding: Bool = true) {
    self.rule = rule
    self.firstAfterMonths = max(1, firstAfterMonths)
    self.everyMonths = everyMonths.map { max(1, $0) }
    self.isCompounding = isCompounding
  }

  package var kind: EscalatorKind {
    switch rule {
    case .noEscalator: .noEscalator
    case .fixedPercent: .fixedPercent
    case .cpi: .cpi
    case .greaterOf: .greaterOf
    case .thenCurrentRate: .thenCurrentRate
    case .step: .step
    case .fixedAmount: .fixedAmount
    }
  }

  /// Steps taken by the time month `month` of the term is billed.
  package func steps(before month: Int) -> Int {
    guard month > firstAfterMonths else { return 0 }
    return everyMonths.map { (month - firstAfterMonths - 1) / $0 + 1 } ?? 1
  }

  /// What `price` has become in a month of the term, from 1; nil where only the carrier can know.
  ///
  /// Each step is rounded to the minor unit, half to even, as it is billed. `index` is what the index is taken to change
  /// by at each step.
  package func price(of price: Money, inMonth month: Int, index: Percent) throws(MoneyError) -> Money? {
    switch rule {
    case .noEscalator: return price
    case .thenCurrentRate: return steps(before: month) == 0 ? price : nil
    case .step(let steps):
      let reached = steps.filter { $0.month <= month }.max { $0.month < $1.month }
      return try Self.raised(price, by: reached?.percent ?? .none, times: 1)
    case .fixedAmount(let amount):
      return try price.adding(amount.scaled(by: Int64(steps(before: month)), over: 1))
    case .fixedPercent(let percent): return try raised(price, by: percent, inMonth: month)
    case .cpi(_, let floor, let cap):
      let floored = max(floor ?? index, index)
      return try raised(price, by: min(cap ?? floored, floored), inMonth: month)
    case .greaterOf(let percent, _, let cap):
      let greater = max(percent, index)
      return try raised(price, by: min(cap ?? greater, greater), inMonth: month)
    }
  }

  private func raised(_ price: Money, by percent: Percent, inMonth month: Int) throws(MoneyError) -> Money {
    let count = steps(before: month)
    if !isCompounding { return try Self.raised(price, by: percent, times: count) }
    var price = price
    for _ in 0..<count { price = try Self.raised(price, by: percent, times: 1) }
    return price
  }

  private static func raised(_ price: Money, by percent: Percent, times: Int) throws(MoneyError) -> Money {
    try price.scaled(by: Int64(10_000 + percent.hundredths * times), over: 10_000)
  }
}
