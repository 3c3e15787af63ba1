/// The months that remain, each at its own price and share.
extension TerminationWorking {
  /// A run of months with one price and one share.
  private struct Run {
    var months: Int
    var thirtieths: Int
    let price: Money
    let percent: Percent

    var text: String {
      var count = TerminationWorking.months(months)
      if thirtieths > 0 { count = months > 0 ? "\(months) \(thirtieths)/30 months" : "\(thirtieths)/30 month" }
      return "\(count) remain x \(price) x \(percent)"
    }
  }

  /// Every month to come by the share of its number in the term. A price that only the carrier knows counts as the last known.
  func stream(_ share: (Int) -> Percent) throws(TerminationError) -> WorkedAmount {
    var total = ExactAmount.zero
    var runs: [Run] = []
    var last = facts.mrc
    var isGuessed = false
    for (index, (month, thirtieths)) in remaining.shares.enumerated() {
      let price = try facts.price(inMonth: month)
      isGuessed = isGuessed || price == nil
      last = price ?? last
      let percent = share(month)
      total = total + discounted(try exact(last).times(percent).times(thirtieths, over: 30), by: index)
      let (whole, part) = thirtieths == 30 ? (1, 0) : (0, thirtieths)
      if let run = runs.last, run.price == last, run.percent == percent {
        runs[runs.count - 1].months += whole
        runs[runs.count - 1].thirtieths += part
      } else {
        runs.append(Run(months: whole, thirtieths: part, price: last, percent: percent))
      }
    }
    var text = runs.isEmpty ? "0 months remain" : runs.map(\.text).joined(separator: " + ")
    if isGuessed { text += " (at the price before the carrier sets a new one)" }
    return WorkedAmount(total, text)
  }

  func tiered(_ tiers: [TerminationFee.Tier], _ basis: TerminationFee.TierBasis) throws(TerminationError)
    -> WorkedAmount
  {
    func percent(_ month: Int) -> Percent { tiers.first { $0.holds(month) }?.percent ?? .none }
    let ended = percent(max(1, remaining.month))
    return try stream { month in basis == .monthEnded ? ended : percent(month) }
  }

  /// What is missing of this period's commitment, and where asked the whole of those that follow.
  func commitment(_ percent: Percent, withFollowing: Bool) throws(TerminationError) -> WorkedAmount {
    guard let commitment = facts.commitment else { throw .commitmentMissing }
    let amount = try exact(commitment.amount)
    let missing = max(.zero, ExactAmount(units: amount.units - (try exact(commitment.spent)).units))
    let running = (max(1, remaining.month) - 1) / commitment.everyMonths
    let all = (remaining.termMonths + commitment.everyMonths - 1) / commitment.everyMonths
    let following = withFollowing ? max(0, all - running - 1) : 0
    let isOver = remaining.month >= remaining.termMonths && remaining.months == 0 && remaining.thirtieths == 0
    if isOver, withFollowing { return WorkedAmount(.zero, "the term is over") }
    var text = "(\(commitment.amount) - \(commitment.spent))"
    if following > 0 { text = "(\(text) + \(following) x \(commitment.amount))" }
    return WorkedAmount((missing + amount.times(following, over: 1)).times(percent), "\(text) x \(percent)")
  }

  /// By the monthly factor 1 / (1 + share / 12), to nine decimals a month.
  private func discounted(_ amount: ExactAmount, by months: Int) -> ExactAmount {
    if yearly == .none { return amount }
    let one: Int128 = 1_000_000_000
    var factor = one
    for _ in 0..<months {
      factor = Rounding.halfEven(factor * 120_000, over: Int128(120_000 + yearly.hundredths))
    }
    return ExactAmount(units: Rounding.halfEven(amount.units * factor, over: one))
  }
}

extension TerminationPart {
  package var words: String {
    switch self {
    case .thirdParty: "third-party charges"
    case .construction: "construction costs"
    case .nrc: "non-recurring charges"
    case .unpaidNRC: "unpaid non-recurring charges"
    case .waivedNRC: "waived non-recurring charges"
    case .credits: "credits given"
    }
  }
}

extension TerminationFee {
  /// What ending the service on `day` costs: `day` is the first without it; rounded once, half to even.
  package func estimate(ending day: CalendarDate, _ facts: TerminationFacts) throws(TerminationError)
    -> TerminationEstimate
  {
    guard
      let remaining = RemainingTerm(
        start: facts.start, term: facts.term, ending: day, convention: facts.convention)
    else { throw .outsideCalendar }
    let found = try TerminationWorking(facts: facts, remaining: remaining).worked(self)
    let low = try found.low.rounded(facts.mrc.currency)
    let high = try found.high.rounded(facts.mrc.currency)
    let result = low == high ? "\(high)" : "\(low) to \(high)"
    return TerminationEstimate(
      low: low, high: high, open: found.open.sorted { $0.rawValue < $1.rawValue },
      working: "terminated on \(day): \(found.text) = \(result)")
  }
}
