import Model

/// What columns decide about each other: two ends of one name, two columns for one field, a lone speed.
struct TableJudgement {
  private(set) var columns: [ColumnProposal]

  init(_ columns: [ColumnProposal]) { self.columns = columns }

  mutating func settle() {
    pairEnds()
    pairFromTo()
    refuseRivals()
    takeLoneSpeed()
  }

  private static let endpoints = "endpoints"

  /// Two columns of one name that name no end are the A end, then the Z end.
  private mutating func pairEnds() {
    var groups: [String: [Int]] = [:]
    for (index, column) in columns.enumerated() {
      guard let target = column.accepted?.meaning.target, target.entity == Self.endpoints, target.role == "a",
        HeaderSide(HeaderTokens.split(column.header)).role == nil
      else { continue }
      groups[SourceTable.normalized(column.header), default: []].append(index)
    }
    for group in groups.values.sorted(by: { $0[0] < $1[0] }) where group.count == 2 {
      guard let target = columns[group[0]].accepted?.meaning.target else { continue }
      let other = Target(entity: target.entity, role: "z", field: target.field)
      if columns.contains(where: { $0.accepted?.meaning == .target(other) }) { continue }
      for (index, (target, word)) in zip(group, [(target, "first"), (other, "second")]) {
        guard let candidate = columns[index].accepted else { continue }
        accept(index, target, candidate.score, "\(candidate.why), the \(word) of two")
      }
    }
  }

  /// `From` and `To` side by side are the two ends where their values are places.
  private mutating func pairFromTo() {
    let words: [(String, String)] = [
      ("from", "to"), ("von", "nach"), ("origin", "destination"), ("source", "destination"),
    ]
    for (first, second) in words {
      let found = [first, second].compactMap { word in
        columns.firstIndex { HeaderTokens.split($0.header) == [word] && $0.isAbstained }
      }
      guard found.count == 2, found.allSatisfy({ isPlace(columns[$0].column) }) else { continue }
      for (index, role) in zip(found, ["a", "z"]) {
        guard let name = Inventory.entity(Self.endpoints)?.index(of: "name") else { continue }
        accept(index, Target(entity: Self.endpoints, role: role, field: name), 91, "\"\(first)\" beside \"\(second)\"")
      }
    }
  }

  private func isPlace(_ column: SourceTable.Column) -> Bool {
    let evidence = ValueEvidence(column)
    return !column.samples.isEmpty && !evidence.isDates && !evidence.isNumbers
  }

  /// Of several columns with one target the clearly best has it; where none is, a person decides.
  private mutating func refuseRivals() {
    var groups: [Target: [Int]] = [:]
    for (index, column) in columns.enumerated() {
      if let target = column.accepted?.meaning.target { groups[target, default: []].append(index) }
    }
    for (_, group) in groups where group.count > 1 {
      let scores = group.map { columns[$0].accepted?.score ?? 0 }.sorted(by: >)
      let winner =
        scores[0] - scores[1] >= Suggester.margin ? group.first { columns[$0].accepted?.score == scores[0] } : nil
      let rivals = winner.map { [$0] } ?? Array(group.prefix(3))
      for index in group where index != winner {
        let names = rivals.filter { $0 != index }.map { "\"\(columns[$0].header)\"" }.joined(separator: " and ")
        columns[index].decision = .abstained(
          reason: winner == nil ? "\(names) may be it as well" : "\(names) is that already")
      }
    }
  }

  /// A port's speed is the circuit's where the table names no other.
  private mutating func takeLoneSpeed() {
    guard let circuits = Inventory.entity("circuits"), let commit = circuits.index(of: "commit"),
      let port = circuits.index(of: "port")
    else { return }
    let asCommit = Target(entity: "circuits", role: "", field: commit)
    let asPort = Target(entity: "circuits", role: "", field: port)
    let ports = columns.indices.filter { columns[$0].accepted?.meaning == .target(asPort) }
    let isNamed = columns.contains { $0.candidates.first?.meaning == .target(asCommit) }
    guard ports.count == 1, !isNamed, let candidate = columns[ports[0]].accepted else { return }
    accept(ports[0], asCommit, candidate.score, candidate.why + ", the only speed")
  }

  private mutating func accept(_ index: Int, _ target: Target, _ score: Int, _ why: String) {
    let candidate = Candidate(meaning: .target(target), score: score, why: why)
    let others = columns[index].candidates.filter { $0.meaning != candidate.meaning }
    columns[index] = ColumnProposal(
      index: columns[index].index, column: columns[index].column, candidates: [candidate] + others.prefix(2),
      vetoes: columns[index].vetoes, decision: .accepted(candidate))
  }
}
