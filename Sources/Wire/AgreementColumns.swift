package import Domain
import Records

/// A termination formula as the columns of `etf_formulas` (docs/data-model.md), and back to the same formula.
package struct TerminationFeeColumns: Equatable, Sendable {
  package var kind: TerminationFeeKind
  /// The formula as JSON: a list of tiers where it is a percentage of what remains, else its expression; nil where `kind` says all.
  package var tiers: String?
  /// Charges added to the formula, as a JSON list.
  package var addons: String?
  package var floor: Int64?
  package var cap: Int64?
  /// Of `floor` and `cap`.
  package var currency: Currency?

  package init(
    kind: TerminationFeeKind, tiers: String? = nil, addons: String? = nil, floor: Int64? = nil, cap: Int64? = nil,
    currency: Currency? = nil
  ) {
    self.kind = kind
    self.tiers = tiers
    self.addons = addons
    self.floor = floor
    self.cap = cap
    self.currency = currency
  }

  package init(_ fee: TerminationFee) {
    self.init(kind: fee.kind)
    var formula = fee
    if case .limited(let inner, let floor, let cap) = fee, let currency = (floor ?? cap)?.currency,
      (cap ?? floor)?.currency == currency
    {
      formula = inner
      (self.floor, self.cap, self.currency) = (floor?.minor, cap?.minor, currency)
    }
    if let sum = formula.chargesAdded {
      formula = sum.formula
      addons = JSON.array(sum.charges.map(\.json)).line
    }
    tiers = Self.tiers(formula)
  }

  private static func tiers(_ formula: TerminationFee) -> String? {
    switch formula {
    case .noFee, .unknown: return nil
    case .percentOfRemainingMRC(let percent):
      return JSON.array([TerminationFee.Tier(from: 1, through: nil, percent: percent).json]).line
    case .tieredPercent(let tiers, by: .monthBilled): return JSON.array(tiers.map(\.json)).line
    default: return formula.json.line
    }
  }

  /// nil where the columns do not make a formula.
  package var fee: TerminationFee? {
    guard var fee = formula else { return nil }
    if let addons {
      guard let charges = JSON.parse(addons).flatMap({ TerminationFee.fees($0) }) else { return nil }
      fee = .sumOfParts([fee] + charges)
    }
    if floor != nil || cap != nil {
      guard let currency else { return nil }
      fee = .limited(
        fee, floor: floor.map { Money(minor: $0, currency: currency) },
        cap: cap.map { Money(minor: $0, currency: currency) })
    }
    return fee.kind == kind ? fee : nil
  }

  private var formula: TerminationFee? {
    guard let tiers else { return kind == .noFee ? .noFee : kind == .unknown ? .unknown : nil }
    guard let json = JSON.parse(tiers) else { return nil }
    guard case .array = json else { return TerminationFee(json: json) }
    guard let all = TerminationFee.Tier.all(json) else { return nil }
    return kind == .percentOfRemainingMRC
      ? .percentOfRemainingMRC(all[0].percent) : .tieredPercent(all, by: .monthBilled)
  }
}

/// An escalation as the columns of `escalators` (docs/data-model.md), and back, given the first day of the term.
package struct EscalationColumns: Equatable, Sendable {
  package var kind: EscalatorKind
  /// The day of the first step.
  package var firstOn: CalendarDate
  /// Hundredths of a percent.
  package var rate: Int?
  package var index: String?
  package var floor: Int?
  package var cap: Int?
  package var everyMonths: Int?
  package var isCompounding: Bool
  /// JSON: steps as `[{"month":13,"pct":3}]`, an amount as `{"minor":5000,"currency":"USD"}`.
  package var steps: String?

  /// nil when the first step is past the end of the calendar.
  package init?(_ escalation: Escalation, start: CalendarDate) {
    guard let firstOn = start.adding(months: escalation.firstAfterMonths) else { return nil }
    self.firstOn = firstOn
    kind = escalation.kind
    everyMonths = escalation.everyMonths
    isCompounding = escalation.isCompounding
    switch escalation.rule {
    case .noEscalator, .thenCurrentRate: break
    case .fixedPercent(let percent): rate = percent.hundredths
    case .cpi(let index, let floor, let cap):
      (self.index, self.floor, self.cap) = (index, floor?.hundredths, cap?.hundredths)
    case .greaterOf(let percent, let index, let cap):
      (rate, self.index, self.cap) = (percent.hundredths, index, cap?.hundredths)
    case .step(let steps):
      let list = steps.map { JSON.fields([("month", .int($0.month)), ("pct", $0.percent.json)]) }
      self.steps = JSON.array(list).line
    case .fixedAmount(let amount): steps = amount.json.line
    }
  }

  /// nil where the columns do not make an escalation.
  package func escalation(start: CalendarDate) -> Escalation? {
    guard let months = (1...Term.longest).first(where: { start.adding(months: $0) == firstOn }), let rule else {
      return nil
    }
    return Escalation(rule, firstAfterMonths: months, everyMonths: everyMonths, isCompounding: isCompounding)
  }

  private var rule: Escalation.Rule? {
    func percent(_ hundredths: Int?) -> Percent? { hundredths.flatMap { Percent(hundredths: $0) } }
    switch kind {
    case .noEscalator: return .noEscalator
    case .thenCurrentRate: return .thenCurrentRate
    case .fixedPercent: return percent(rate).map { .fixedPercent($0) }
    case .cpi: return index.map { .cpi(index: $0, floor: percent(floor), cap: percent(cap)) }
    case .greaterOf:
      guard let percent = percent(rate), let index else { return nil }
      return .greaterOf(percent, index: index, cap: self.cap.flatMap { Percent(hundredths: $0) })
    case .step:
      let items = steps.flatMap { JSON.parse($0) }?.items ?? []
      let all = items.compactMap { item in
        item["month"]?.int.flatMap { month in
          Percent(json: item["pct"]).map { Escalation.Step(month: month, percent: $0) }
        }
      }
      return all.count == items.count && !all.isEmpty ? .step(all) : nil
    case .fixedAmount: return Money(json: steps.flatMap { JSON.parse($0) }).map { .fixedAmount($0) }
    }
  }
}
