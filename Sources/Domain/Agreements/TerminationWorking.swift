/// An amount before its one rounding, in units of 1/3,000,000,000,000 of the minor unit: percents and thirtieths are exact.
struct ExactAmount: Comparable {
  static let perMinor: Int128 = 3_000_000_000_000
  static let zero = ExactAmount(units: 0)

  var units: Int128

  init(units: Int128) { self.units = units }

  /// Only of plausible amounts, so that no product or sum of a term's months overflows.
  init(_ money: Money) throws(TerminationError) {
    guard money.isPlausible else { throw .amount(.overflow) }
    units = Int128(money.minor) * Self.perMinor
  }

  static func < (left: ExactAmount, right: ExactAmount) -> Bool { left.units < right.units }
  static func + (left: ExactAmount, right: ExactAmount) -> ExactAmount {
    ExactAmount(units: left.units + right.units)
  }

  func times(_ percent: Percent) -> ExactAmount { ExactAmount(units: units * Int128(percent.hundredths) / 10_000) }
  func times(_ numerator: Int, over denominator: Int) -> ExactAmount {
    ExactAmount(units: units * Int128(numerator) / Int128(denominator))
  }

  func rounded(_ currency: Currency) throws(TerminationError) -> Money {
    guard let minor = Int64(exactly: Rounding.halfEven(units, over: Self.perMinor)) else { throw .amount(.overflow) }
    return Money(minor: minor, currency: currency)
  }
}

/// One node's amount while a formula is worked out: a range, what is open, and how it is written.
struct WorkedAmount {
  var low: ExactAmount
  var high: ExactAmount
  var open: Set<TerminationPart> = []
  var text: String

  init(_ amount: ExactAmount, _ text: String) {
    low = amount
    high = amount
    self.text = text
  }

  init(low: ExactAmount, high: ExactAmount, open: Set<TerminationPart> = [], _ text: String) {
    self.low = low
    self.high = high
    self.open = open
    self.text = text
  }

  static func joined(_ parts: [WorkedAmount], _ text: String, _ pick: ([ExactAmount]) -> ExactAmount) -> WorkedAmount {
    WorkedAmount(
      low: pick(parts.map(\.low)), high: pick(parts.map(\.high)),
      open: parts.reduce(into: []) { $0.formUnion($1.open) },
      text)
  }
}

/// Works a formula out for a service that ends on one day.
struct TerminationWorking {
  let facts: TerminationFacts
  let remaining: RemainingTerm
  /// Discount a year of what is due in later months.
  var yearly: Percent = .none

  func worked(_ fee: TerminationFee) throws(TerminationError) -> WorkedAmount {
    switch fee {
    case .noFee: return WorkedAmount(.zero, "no fee")
    case .unknown:
      let all = try stream { _ in .whole }
      return WorkedAmount(low: .zero, high: all.high, "between nothing and all that remains (\(all.text))")
    case .percentOfRemainingMRC(let percent): return try stream { _ in percent }
    case .tieredPercent(let tiers, let basis): return try tiered(tiers, basis)
    case .percentOfRemainingCommitment(let percent): return try commitment(percent, withFollowing: true)
    case .shortfall(let percent): return try commitment(percent, withFollowing: false)
    case .fixedAmount(let amount): return try fixed(amount, amount.description)
    case .declining(let first, let step, let months): return try declining(first, step, months)
    case .buyoutTable(let rows):
      let month = max(1, remaining.month)
      guard let row = rows.filter({ $0.through >= month }).min(by: { $0.through < $1.through }) else {
        return WorkedAmount(.zero, "nothing after month \(rows.map(\.through).max() ?? 0)")
      }
      return try fixed(row.amount, "\(row.amount) to month \(row.through)")
    case .part(let part, let percent): return try priced(part, percent)
    case .monthsOfMRC(let count):
      guard let price = try facts.price(inMonth: max(1, remaining.month)) else { return unknownPrice(count) }
      return WorkedAmount(try exact(price).times(count, over: 1), "\(Self.months(count)) x \(price)")
    case .freeBuyout(let goal, let fee): return try freeBuyout(goal, fee)
    case .presentValue(let fee, let yearly):
      var discounted = self
      discounted.yearly = yearly
      var found = try discounted.worked(fee)
      found.text = "(\(found.text)), discounted by \(yearly) a year"
      return found
    case .limited(let fee, let floor, let cap): return try limited(fee, floor, cap)
    case .byPhase(let before, let after): return try worked(facts.isInstalled ? after : before)
    case .sumOfParts(let parts):
      return try joined(parts, " + ", "") { $0.reduce(.zero, +) }
    case .lesserOf(let parts): return try joined(parts, ") and (", "the lesser of (") { $0.min() ?? .zero }
    case .greaterOf(let parts): return try joined(parts, ") and (", "the greater of (") { $0.max() ?? .zero }
    }
  }

  private func joined(
    _ parts: [TerminationFee], _ between: String, _ before: String, _ pick: ([ExactAmount]) -> ExactAmount
  ) throws(TerminationError) -> WorkedAmount {
    var all: [WorkedAmount] = []
    for part in parts { all.append(try worked(part)) }
    let text = before + all.map(\.text).joined(separator: between) + (before.isEmpty ? "" : ")")
    return WorkedAmount.joined(all, text, pick)
  }

  func exact(_ money: Money) throws(TerminationError) -> ExactAmount {
    if money.currency != facts.mrc.currency {
      throw .amount(.currencyMismatch(found: money.currency, expected: facts.mrc.currency))
    }
    return try ExactAmount(money)
  }

  private func fixed(_ money: Money, _ text: String) throws(TerminationError) -> WorkedAmount {
    WorkedAmount(try exact(money), text)
  }

  private func unknownPrice(_ count: Int) -> WorkedAmount {
    WorkedAmount(.zero, "\(Self.months(count)) at a price only the carrier knows")
  }

  private func priced(_ part: TerminationPart, _ percent: Percent) throws(TerminationError) -> WorkedAmount {
    guard let amount = facts.parts[part] else {
      return WorkedAmount(low: .zero, high: .zero, open: [part], "\(part.words) (amount not given)")
    }
    let share = percent == .whole ? "" : " x \(percent)"
    return WorkedAmount(try exact(amount).times(percent), "\(part.words) \(amount)\(share)")
  }

  private func declining(_ first: Money, _ step: Money, _ months: Int) throws(TerminationError) -> WorkedAmount {
    let elapsed = max(0, remaining.month - 1) / max(1, months)
    let fallen = try exact(first).units - exact(step).units * Int128(elapsed)
    return WorkedAmount(ExactAmount(units: max(0, fallen)), "\(first) - \(elapsed) x \(step)")
  }

  private func freeBuyout(_ goal: Money, _ fee: TerminationFee) throws(TerminationError) -> WorkedAmount {
    let otherwise = try worked(fee)
    guard let spent = facts.spent else {
      return WorkedAmount(
        low: .zero, high: otherwise.high, open: otherwise.open, "\(otherwise.text), free after \(goal)")
    }
    if try exact(spent) >= exact(goal) { return WorkedAmount(.zero, "free: \(spent) of \(goal) spent") }
    return otherwise
  }

  private func limited(_ fee: TerminationFee, _ floor: Money?, _ cap: Money?) throws(TerminationError) -> WorkedAmount {
    var found = try worked(fee)
    if let floor {
      let least = try exact(floor)
      (found.low, found.high) = (max(found.low, least), max(found.high, least))
      found.text = "at least \(floor): \(found.text)"
    }
    if let cap {
      let most = try exact(cap)
      (found.low, found.high) = (min(found.low, most), min(found.high, most))
      found.text = "at most \(cap): \(found.text)"
    }
    return found
  }

  static func months(_ count: Int) -> String { count == 1 ? "1 month" : "\(count) months" }
}
