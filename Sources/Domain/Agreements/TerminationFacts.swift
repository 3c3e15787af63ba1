/// What a termination formula is applied to.
package struct TerminationFacts: Equatable, Sendable {
  /// A minimum that the customer promised to spend.
  package struct Commitment: Equatable, Sendable {
    package let amount: Money
    /// 1 for a monthly, 12 for an annual commitment.
    package let everyMonths: Int
    /// Spent in the running period.
    package let spent: Money

    package init(_ amount: Money, everyMonths: Int, spent: Money) {
      self.amount = amount
      self.everyMonths = max(1, everyMonths)
      self.spent = spent
    }
  }

  package var start: CalendarDate
  package var term: Term
  package var mrc: Money
  package var escalation: Escalation?
  /// What a price index is taken to change by at each step.
  package var index: Percent
  package var convention: RemainingTerm.Convention
  package var isInstalled: Bool
  package var commitment: Commitment?
  /// Spent under the whole contract; nil where it is not known.
  package var spent: Money?
  /// Charges that other papers put a number on.
  package var parts: [TerminationPart: Money]

  package init(
    start: CalendarDate, term: Term, mrc: Money, escalation: Escalation? = nil, index: Percent = .none,
    convention: RemainingTerm.Convention = .fullMonths, isInstalled: Bool = true, commitment: Commitment? = nil,
    spent: Money? = nil, parts: [TerminationPart: Money] = [:]
  ) {
    self.start = start
    self.term = term
    self.mrc = mrc
    self.escalation = escalation
    self.index = index
    self.convention = convention
    self.isInstalled = isInstalled
    self.commitment = commitment
    self.spent = spent
    self.parts = parts
  }

  /// The MRC in a month of the term, from 1; nil where only the carrier can know it.
  func price(inMonth month: Int) throws(TerminationError) -> Money? {
    guard let escalation else { return mrc }
    do throws(MoneyError) {
      return try escalation.price(of: mrc, inMonth: month, index: index)
    } catch { throw .amount(error) }
  }
}

/// Why a formula has no result for the facts.
package enum TerminationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The term goes past the end of the calendar.
  case outsideCalendar
  /// The formula is about a commitment and none is given.
  case commitmentMissing
  case amount(MoneyError)

  package var description: String {
    switch self {
    case .outsideCalendar: "the term goes past the end of the calendar"
    case .commitmentMissing: "the formula is about a minimum commitment, and none is known"
    case .amount(let error): error.description
    }
  }
}

/// What ending costs, as a range where the contract alone does not decide it.
package struct TerminationEstimate: Equatable, Sendable {
  package let low: Money
  /// At most this, without the charges that are `open`.
  package let high: Money
  /// Charges the formula names and nobody has put a number on, in order of their names; not in `low` and `high`.
  package let open: [TerminationPart]
  /// How it comes about: `terminated on 2027-03-15: 18 months remain x USD 2,450.00 x 50 % = USD 22,050.00`.
  package let working: String
}
