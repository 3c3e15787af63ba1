/// What ending a contract early costs, as an expression that computes (documents.md 4.5, model.md 2.5).
package indirect enum TerminationFee: Hashable, Sendable {
  /// Ending early is free.
  case noFee
  /// There is a fee, and its formula is not understood: anything up to all that remains.
  case unknown
  /// A share of every month's recurring charge from the end of service to the end of the term.
  case percentOfRemainingMRC(Percent)
  /// Shares that differ by the month of the term.
  case tieredPercent([Tier], by: TierBasis)
  /// A share of the commitment that is not yet met, of this period and of all that follow.
  case percentOfRemainingCommitment(Percent)
  /// A share of the commitment of the running period that is not met.
  case shortfall(Percent)
  case fixedAmount(Money)
  /// An amount that falls by `step` with every `months` of the term that have passed, to nothing.
  case declining(from: Money, step: Money, months: Int)
  /// An amount by the month in which the service ends; nothing after the last row.
  case buyoutTable([BuyoutRow])
  /// Something charged besides, whose amount is not in the formula.
  case part(TerminationPart, Percent)
  /// So many months' recurring charge.
  case monthsOfMRC(Int)
  case sumOfParts([TerminationFee])
  case lesserOf([TerminationFee])
  case greaterOf([TerminationFee])
  /// Free once this much has been spent under the contract.
  case freeBuyout(after: Money, otherwise: TerminationFee)
  /// Months to come count less, by this share a year divided by twelve a month.
  case presentValue(TerminationFee, yearly: Percent)
  /// Never less than `floor` nor more than `cap`.
  case limited(TerminationFee, floor: Money?, cap: Money?)
  /// One formula before the service is installed, another from then on.
  case byPhase(beforeInstallation: TerminationFee, after: TerminationFee)

  /// Months `from` to `through` of the term, from 1; nil is the term's last.
  package struct Tier: Hashable, Sendable {
    package let from: Int
    package let through: Int?
    package let percent: Percent

    package init(from: Int, through: Int?, percent: Percent) {
      self.from = from
      self.through = through
      self.percent = percent
    }

    package func holds(_ month: Int) -> Bool { month >= from && month <= through ?? .max }
  }

  package enum TierBasis: String, CaseIterable, Sendable {
    /// Each month to come has the share of its own tier.
    case monthBilled = "billed"
    /// All months to come have the share of the tier in which the service ends.
    case monthEnded = "ended"
  }

  package struct BuyoutRow: Hashable, Sendable {
    /// The last month of the term, from 1, in which this amount is due.
    package let through: Int
    package let amount: Money

    package init(through: Int, amount: Money) {
      self.through = through
      self.amount = amount
    }
  }
}

/// A charge that a termination clause adds and that other papers put a number on.
package enum TerminationPart: String, CaseIterable, Sendable {
  /// What another carrier charges for ending its part.
  case thirdParty = "third_party"
  case construction
  /// The non-recurring charges of the order.
  case nrc
  case unpaidNRC = "unpaid_nrc"
  case waivedNRC = "waived_nrc"
  /// Credits and discounts given so far.
  case credits
}

extension TerminationFee {
  /// The name of the outermost node: of the formula where charges are added to it, of the later phase where there are two.
  package var kind: TerminationFeeKind {
    switch self {
    case .noFee: .noFee
    case .unknown: .unknown
    case .percentOfRemainingMRC: .percentOfRemainingMRC
    case .tieredPercent: .tieredPercent
    case .percentOfRemainingCommitment: .percentOfRemainingCommitment
    case .shortfall: .shortfall
    case .fixedAmount: .fixedAmount
    case .declining: .declining
    case .buyoutTable: .buyoutTable
    case .part(.nrc, _), .part(.unpaidNRC, _), .part(.waivedNRC, _): .nrcRecapture
    case .part(.credits, _): .creditClawback
    case .part, .monthsOfMRC, .sumOfParts: chargesAdded?.formula.kind ?? .sumOfParts
    case .lesserOf: .lesserOf
    case .greaterOf: .greaterOf
    case .freeBuyout: .freeBuyout
    case .presentValue: .presentValue
    case .limited(let fee, _, _): fee.kind
    case .byPhase(let before, let after): after == .unknown ? before.kind : after.kind
    }
  }

  /// A charge that stands beside a formula: a part, or a number of months.
  package var isCharge: Bool {
    switch self {
    case .part, .monthsOfMRC: true
    default: false
    }
  }

  /// What a sum is apart from the charges added to it, and those charges; nil for anything else.
  package var chargesAdded: (formula: TerminationFee, charges: [TerminationFee])? {
    guard case .sumOfParts(let parts) = self, let first = parts.first, parts.count > 1, !first.isCharge,
      parts.dropFirst().allSatisfy(\.isCharge)
    else { return nil }
    return (first, Array(parts.dropFirst()))
  }

  /// The fee and what it is made of, outermost first.
  package var nodes: [TerminationFee] {
    switch self {
    case .sumOfParts(let parts), .lesserOf(let parts), .greaterOf(let parts): [self] + parts.flatMap(\.nodes)
    case .freeBuyout(_, let fee), .presentValue(let fee, _), .limited(let fee, _, _): [self] + fee.nodes
    case .byPhase(let before, let after): [self] + before.nodes + after.nodes
    default: [self]
    }
  }
}
