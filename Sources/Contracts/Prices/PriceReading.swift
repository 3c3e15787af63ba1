package import Domain

/// What an agreement says about money.
package struct PriceReading: Equatable, Sendable {
  package var lines: [PriceLine] = []
  package var totalMRC: Finding<Money>?
  package var totalNRC: Finding<Money>?
  package var minimumCommitment: Finding<MinimumCommitment>?
  package var escalations: [Finding<Escalation>] = []
  package var fee: Finding<TerminationFee>?
  /// Codes of what is doubtful about the prices as a whole, in order of their names.
  package var doubts: [String] = []

  package init() {}
}

/// What is sold on one line of an order, and for how much.
package struct PriceLine: Equatable, Sendable {
  /// From 1, in the order of the pages.
  package var number: Int
  package var circuitID: Finding<String>?
  package var description: Finding<String>?
  package var serviceType: Finding<String>?
  package var quantity: Finding<Int>?
  /// Of the whole line, all its units together.
  package var mrc: Finding<Money>?
  /// Of the whole line, all its units together.
  package var nrc: Finding<Money>?
  package var term: Finding<Term>?
  package var addressA: Finding<String>?
  package var addressZ: Finding<String>?
  package var bandwidth: Finding<Bandwidth>?
  /// Codes of what is doubtful about the line itself, as `W_REDACTED` where a price is blacked out.
  package var doubts: [String] = []

  package init(number: Int) { self.number = number }
}

/// What a customer promises to spend at least.
package struct MinimumCommitment: Equatable, Sendable {
  /// nil where the contract names the commitment and not its amount.
  package var amount: Money?
  /// 1 for a monthly, 12 for an annual commitment; nil for one over the whole term.
  package var everyMonths: Int?
  /// What the contract calls it: `AVC`, `Minimum Annual Revenue Commitment`.
  package var name: String
  /// Share of what is missing that is charged.
  package var shortfall: Percent?

  package init(_ amount: Money?, everyMonths: Int?, name: String, shortfall: Percent? = nil) {
    self.amount = amount
    self.everyMonths = everyMonths
    self.name = name
    self.shortfall = shortfall
  }
}
