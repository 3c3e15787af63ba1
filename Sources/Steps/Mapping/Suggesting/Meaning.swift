package import Model

/// What a column may hold: a target of the mapping, or a field that no entity has a place for yet.
package enum Meaning: Hashable, Sendable {
  case target(Target)
  /// By its name in `Inventory.knownElsewhere`.
  case elsewhere(String)

  /// `circuit.mrc`, or `invoice_number`.
  package func text(main: Entity) -> String {
    switch self {
    case .target(let target): target.text(main: main)
    case .elsewhere(let name): name
    }
  }

  package var target: Target? {
    if case .target(let target) = self { return target }
    return nil
  }

  /// "an invoice", where the inventory has no place for it.
  var home: String? {
    guard case .elsewhere(let name) = self else { return nil }
    return Inventory.knownElsewhere.first { $0.name == name }?.home
  }
}

/// One thing a column may mean, and why.
package struct Candidate: Equatable, Sendable {
  package let meaning: Meaning
  /// Of 100; from `Suggester.accepted` on a candidate may be taken.
  package let score: Int
  package let why: String

  package init(meaning: Meaning, score: Int, why: String) {
    self.meaning = meaning
    self.score = score
    self.why = why
  }
}

/// A meaning the heading allows and the values do not.
package struct Veto: Equatable, Sendable {
  package let meaning: Meaning
  package let reason: String
}

/// What becomes of a column.
package enum ColumnDecision: Equatable, Sendable {
  /// Certain enough to be used.
  case accepted(Candidate)
  /// Certainly nothing for the inventory: bookkeeping of the sheet, empty, or a field without a place.
  case ignored(reason: String)
  /// A person has to say.
  case abstained(reason: String)
  /// Somebody who may err (`provider/model`) says so: a person has to agree.
  case proposed(Candidate, by: String)
}

/// One column of the table with everything that was thought about it.
package struct ColumnProposal: Sendable {
  /// Place in the table, from 0.
  package let index: Int
  package let column: SourceTable.Column
  /// At most three, best first; none that the values rule out.
  package let candidates: [Candidate]
  package let vetoes: [Veto]
  package internal(set) var decision: ColumnDecision
  /// What a saved mapping says of the same heading beyond its target.
  var kept: ColumnRule?

  package var header: String { column.name }
  package var samples: [String] { column.samples }

  package var isAbstained: Bool {
    if case .abstained = decision { return true }
    return false
  }

  var accepted: Candidate? {
    if case .accepted(let candidate) = decision { return candidate }
    return nil
  }
}
