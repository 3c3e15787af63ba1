package import Warehouse

/// Why an act of approval is not taken; nothing was written.
package enum ApprovalRefusal: Error, Equatable {
  /// What is in the database is not what was proposed.
  case tampered(set: String, what: String)
  /// Rows it touches have moved since it was planned.
  case stale(StaleSet)
  case rejected(set: String)
  case superseded(set: String, by: String)
  /// `isEdited`: they wrote the value in a review; else they proposed the set.
  case ownChange(principal: String, scope: String, isEdited: Bool = false)
  case role(principal: String, role: String, scope: String)
  /// No person is at a terminal.
  case noTerminal
  /// The typed confirmation was another.
  case unconfirmed(expected: String)
  case nothingOfKind(set: String, scope: String, other: String?)
  /// It was read from documents, and the field is approved value by value.
  case byItem(set: String, field: String)
  /// It was read from tables, which have no quotes.
  case notByItem(set: String)
  /// A known item needs no act of its own.
  case noItem(set: String, item: Int, isKnown: Bool)
  case noQuote(set: String, item: Int)
  case noTotal(scope: String, example: String)
  /// `unit` is a currency, or `rows`.
  case wrongTotal(unit: String, stated: String)
  case totalMissing(unit: String)
  case totalUnknown(unit: String)
  case totalTwice(unit: String)
  case unreadableTotal(text: String, why: String)

  /// What the refusal means to a script.
  package enum Kind: Sendable { case stale, unapproved, notPermitted, usage }

  package var kind: Kind {
    switch self {
    case .tampered, .stale: .stale
    case .role: .notPermitted
    case .noTotal, .totalTwice, .unreadableTotal, .byItem, .notByItem, .noItem: .usage
    default: .unapproved
    }
  }
}

extension ApprovalRefusal {
  package var message: String {
    switch self {
    case .tampered(let set, let what): "\(set) is not what was proposed: \(what)"
    case .stale(let stale): stale.message
    case .rejected(let set): "\(set) was rejected"
    case .superseded(let set, let by): "\(set) was reviewed, and \(by) took its place"
    case .ownChange(let principal, let scope, true):
      "four eyes: \(principal) wrote the \(scope) in a review and may not approve it"
    case .ownChange(let principal, let scope, false):
      "four eyes: \(principal) proposed this change set and may not approve its \(scope)"
    case .role(let principal, let role, let scope): "\(principal) (\(role)) may not approve \(scope)"
    case .noTerminal: "approving is a person's act: standard input and standard error must be a terminal"
    case .unconfirmed(let expected): "not confirmed: only \"\(expected)\" approves"
    case .nothingOfKind(let set, let scope, _): "\(set) has no \(scope) to approve"
    case .byItem(let set, let field):
      "\(set) was read from documents: its \(field) is approved value by value, each with its quote on the screen"
    case .notByItem(let set): "\(set) was read from tables: its mandatory fields are approved field by field"
    case .noItem(let set, let item, true): "item \(item) of \(set) needs no approval of its own"
    case .noItem(let set, let item, false): "\(set) has no item \(item)"
    case .noQuote(let set, let item): "item \(item) of \(set) has no quote, so nobody can say that its paper says so"
    case .noTotal(let scope, _): "no total is stated for \(scope)"
    case .wrongTotal("rows", let stated): "the row count stated, \(stated), is not that of the change set"
    case .wrongTotal(let unit, let stated): "the \(unit) total stated, \(stated), is not that of the change set"
    case .totalMissing("rows"): "no row count is stated, and the change set has rows without a currency"
    case .totalMissing(let unit): "the change set has \(unit) amounts too, and no \(unit) total is stated"
    case .totalUnknown("rows"): "a row count is stated where amounts are expected"
    case .totalUnknown(let unit): "a total in \(unit) is stated, and the change set has none in \(unit)"
    case .totalTwice(let unit): "two totals are stated for \(unit)"
    case .unreadableTotal(let text, let why): "cannot read the total \"\(text)\": \(why)"
    }
  }

  /// Lines that go with the message: the rows that moved.
  package var details: [String] {
    guard case .stale(let stale) = self else { return [] }
    return stale.moved.map(\.line)
  }

  package var hint: String {
    switch self {
    case .stale(let stale): stale.hint
    case .tampered: "somebody wrote to the database by other means; look at it with: trunkline audit verify"
    case .superseded(_, let by): "look at that one: trunkline review \(by)"
    case .rejected: "stage and diff the source again to propose it anew"
    case .ownChange: "ask another exec or finance user to approve it"
    case .role: "exec and finance approve money, fees and terms; exec approves access"
    case .noTerminal: "run it at a terminal, or in a database made with: trunkline init --profile test"
    case .unconfirmed: "nothing was recorded; run it again when you are sure"
    case .nothingOfKind(_, _, .some(let other)): "it has: \(other)"
    case .nothingOfKind: "see what it has with: trunkline changes show"
    case .byItem(let set, _): "trunkline review \(set), or one at a time: trunkline approve \(set) --item N"
    case .notByItem(let set): "trunkline approve \(set) --field FIELD --total TEXT"
    case .noItem(let set, _, true): "the rest is approved with: trunkline approve \(set) --all-but-mandatory"
    case .noItem(let set, _, false): "see its items with: trunkline review \(set)"
    case .noQuote(let set, _): "reject it (trunkline approve \(set) --reject), and enter the value by a table instead"
    case .noTotal(_, let example): "state what you expect it to be, as in: \(example)"
    case .wrongTotal, .totalMissing, .totalUnknown:
      "compare what you expect with: trunkline changes show, before you state it again"
    case .totalTwice: "state one total for each currency"
    case .unreadableTotal: "write money as \"USD 6,950.00\", and terms and fees as their number of rows"
    }
  }
}
