package import Domain

/// How long a contract first binds.
package struct InitialTerm: Equatable, Sendable {
  /// The event its months are counted from (documents.md 4.1).
  package enum Start: String, Sendable {
    case effective
    case installation
    case billingStart = "billing_start"
    case lastSignature = "last_signature"
  }

  package var term: Term
  /// nil where the clause does not say it.
  package var start: Start?

  package init(_ term: Term, from start: Start? = nil) {
    self.term = term
    self.start = start
  }
}

/// What happens when the initial term ends.
package struct RenewalRule: Equatable, Sendable {
  package var kind: RenewalKind
  /// Months of each renewal; nil where the kind says it or the contract does not.
  package var months: Int?
  /// Whether it needs no one's act.
  package var isAutomatic: Bool

  package init(_ kind: RenewalKind, months: Int? = nil, isAutomatic: Bool = true) {
    self.kind = kind
    self.months = months
    self.isAutomatic = isAutomatic
  }
}

/// How and when one side says that it does not renew.
package struct NoticeRule: Equatable, Sendable {
  package enum Unit: String, Sendable {
    case days
    case months
  }

  /// At the latest this many units before the term ends.
  package var count: Int
  package var unit: Unit
  /// At the earliest this many days before the term ends.
  package var earliestDays: Int?
  package var isBusinessDays: Bool
  /// Whether the notice must have arrived by then, and not only been sent.
  package var isByReceipt: Bool
  package var method: NoticeMethod?

  package init(
    _ count: Int, _ unit: Unit = .days, earliestDays: Int? = nil, isBusinessDays: Bool = false,
    isByReceipt: Bool = false, method: NoticeMethod? = nil
  ) {
    self.count = count
    self.unit = unit
    self.earliestDays = earliestDays
    self.isBusinessDays = isBusinessDays
    self.isByReceipt = isByReceipt
    self.method = method
  }

  /// The fewest days that keep the deadline in any month of any year: 31 for a month, 184 for six, 7 for five business days.
  package var days: Int {
    switch unit {
    case .days: isBusinessDays ? (count * 7 + 4) / 5 : count
    // 30.6 days a month is the longest run of up to eleven, rounded up.
    case .months: count / 12 * 366 + (count % 12 * 306 + 9) / 10
    }
  }
}
