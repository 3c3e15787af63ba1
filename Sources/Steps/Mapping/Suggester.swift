import Domain
package import Model

/// Proposes what each column of a table is, from its heading, its values, and the columns beside it.
///
/// Nothing is guessed: a column is accepted where its heading is known, no second meaning is near and its values agree.
/// The same table gives the same proposal; the order of columns matters only where two of one name are the two ends.
package struct Suggester: Sendable {
  /// From here on a candidate may be taken; below it is only named.
  package static let accepted = 90
  /// By how much the best must lead the second.
  static let margin = 2
  /// Tables of more columns are not what people send: their headings are compared as they stand, not word by word.
  private static let readableColumns = 1000

  package let entity: Entity
  private let vocabulary: Vocabulary
  private let shelf: MappingShelf?
  /// What people said of single headings before.
  private let learned: [String: LearnedRule]
  private let currency: String?

  /// `shelf` lends what people decided about the same headings before; `currency` is that of amounts that name none.
  package init(_ entity: Entity, shelf: MappingShelf? = nil, currency: String? = nil) {
    self.entity = entity
    vocabulary = Vocabulary(entity)
    self.shelf = shelf
    learned = shelf?.learned(entity) ?? [:]
    self.currency = currency
  }

  package func propose(_ table: SourceTable) -> TableProposal {
    let match = HeaderMatch(vocabulary: vocabulary, readsWords: table.columns.count <= Self.readableColumns)
    let keys = table.signature.keys
    let base = base(of: table)
    let known = learned.merging(base?.rules ?? [:]) { _, own in own }
    let columns = table.columns.enumerated().map { index, column in
      judge(index, column, ColumnReader(match: match, column: column), known[keys[index]])
    }
    var judgement = TableJudgement(columns)
    judgement.settle()
    return TableProposal(
      table: table, entity: entity, currency: currency, base: base?.spec, columns: judgement.columns)
  }

  /// The saved mapping that the table is, or nearly is.
  private func base(of table: SourceTable) -> SavedMapping? {
    switch try? shelf?.find(table, entity: entity) {
    case .fits(let saved), .moved(let saved, _): saved
    case .unknown, nil: nil
    }
  }

  private func judge(
    _ index: Int, _ column: SourceTable.Column, _ reader: ColumnReader, _ learned: LearnedRule?
  ) -> ColumnProposal {
    var (candidates, vetoes) = reader.candidates()
    var decision: ColumnDecision?
    if let learned, let target = learned.rule.target {
      candidates.removeAll { $0.meaning == .target(target) }
      if !vetoes.contains(where: { $0.meaning == .target(target) }) {
        let known = Candidate(meaning: .target(target), score: 100, why: "as in \(learned.path)")
        candidates.insert(known, at: 0)
        decision = .accepted(known)
      }
    } else if let learned {
      decision = .ignored(reason: "as in \(learned.path)")
    }
    return ColumnProposal(
      index: index, column: column, candidates: Array(candidates.prefix(3)), vetoes: vetoes,
      decision: decision ?? Self.decide(column, candidates, vetoes), kept: learned?.rule)
  }

  private static func decide(
    _ column: SourceTable.Column, _ candidates: [Candidate], _ vetoes: [Veto]
  ) -> ColumnDecision {
    if let reason = Bookkeeping.reason(column.name, column) { return .ignored(reason: reason) }
    guard let best = candidates.first else {
      return .abstained(reason: vetoes.first?.reason ?? "nothing known is called so")
    }
    guard best.score >= accepted else {
      return .abstained(reason: vetoes.first?.reason ?? "not certain enough")
    }
    if candidates.count > 1, best.score - candidates[1].score < margin { return .abstained(reason: "two meanings fit") }
    if let home = best.meaning.home {
      return .ignored(reason: "belongs to \(home), which the inventory does not keep yet")
    }
    return .accepted(best)
  }
}

/// A proposed mapping of one table, column by column.
package struct TableProposal: Sendable {
  package let table: SourceTable
  package let entity: Entity
  /// Of amounts that name none.
  let currency: String?
  /// The mapping saved for a table like this: what it says beside its columns is kept.
  let base: MappingSpec?
  package internal(set) var columns: [ColumnProposal]

  /// Headings that a person has to decide about, in order.
  package var unplaced: [String] {
    columns.filter {
      switch $0.decision {
      case .abstained, .proposed: true
      case .accepted, .ignored: false
      }
    }.map(\.header)
  }

  /// What somebody who may err says of an undecided column; answers why not where the proposal refuses it.
  ///
  /// The target must exist, no accepted column may have it, and the values must agree. It stays a proposal, marked with
  /// `by` (`provider/model`), until a person agrees: no certainty of its maker makes it more.
  package mutating func adopt(_ target: Target, for index: Int, by: String, score: Int) -> String? {
    guard columns.indices.contains(index), columns[index].isAbstained else { return "the column is not undecided" }
    let meaning = Meaning.target(target)
    if let taken = columns.first(where: { $0.accepted?.meaning == meaning }) {
      return "\"\(taken.header)\" is that already"
    }
    if let reason = ValueEvidence(columns[index].column).veto(meaning) { return reason }
    let candidate = Candidate(meaning: meaning, score: score, why: "proposed by \(by)")
    columns[index].decision = .proposed(candidate, by: by)
    return nil
  }
}
