import Model

/// Everything one column may mean: its heading against the vocabulary, then its values against that.
struct ColumnReader {
  let match: HeaderMatch
  let column: SourceTable.Column

  /// Below it a meaning is too far off for its veto to be worth a word.
  private static let worthRuling = 72

  private struct Scored {
    var candidate: Candidate
    let isWhole: Bool
    let isDoubtful: Bool
  }

  /// Best first; equals in Model order, so that nothing depends on chance.
  func candidates() -> ([Candidate], [Veto]) {
    let evidence = ValueEvidence(column)
    var kept: [Scored] = []
    var vetoes: [(Candidate, Veto)] = []
    for scored in headings() {
      let candidate = scored.candidate
      if let reason = evidence.veto(candidate.meaning) {
        guard candidate.score >= Self.worthRuling else { continue }
        vetoes.append((candidate, Veto(meaning: candidate.meaning, reason: reason)))
      } else {
        kept.append(scored)
      }
    }
    promote(&kept, evidence)
    return (kept.map(\.candidate).sorted(by: Self.isBefore), vetoes.sorted { Self.isBefore($0.0, $1.0) }.map(\.1))
  }

  /// A heading of several meanings of which the values prove one, and leave no other standing.
  private func promote(_ kept: inout [Scored], _ evidence: ValueEvidence) {
    let rivals = kept.indices.filter { kept[$0].isWhole }
    guard rivals.count == 1, kept[rivals[0]].isDoubtful else { return }
    let found = kept[rivals[0]].candidate
    guard evidence.proves(found.meaning) else { return }
    kept[rivals[0]].candidate = Candidate(
      meaning: found.meaning, score: 92, why: found.why + ", and the values agree")
  }

  private static func isBefore(_ left: Candidate, _ right: Candidate) -> Bool {
    left.score != right.score ? left.score > right.score : left.meaning.order < right.meaning.order
  }

  // MARK: The heading

  /// What is left of `Far End Name` speaks of the site.
  private static let heads: [[String]] = [["name"], ["id"], ["code"], ["number"]]

  private func headings() -> [Scored] {
    let words = HeaderTokens.split(column.name)
    var best: [Meaning: Scored] = [:]
    var isStripped = false
    func variantCounts(_ place: Vocabulary.Place) -> Bool { !isStripped || units.allows(place.fieldName) }
    func take(_ hit: HeaderMatch.Hit, role: String, _ score: Int, _ side: String = "") {
      let meaning = hit.place.meaning(role: role)
      guard variantCounts(hit.place), score >= 45, score > best[meaning]?.candidate.score ?? 0 else { return }
      best[meaning] = Scored(
        candidate: Candidate(meaning: meaning, score: score, why: hit.why + side), isWhole: hit.isWhole,
        isDoubtful: hit.isDoubtful)
    }
    let units = HeaderUnits(words)
    let bare = units.rest
    for (variant, cost) in bare == words || bare.isEmpty ? [(words, 0)] : [(words, 0), (bare, 1)] {
      isStripped = cost > 0
      let side = HeaderSide(variant)
      for hit in match.hits(side.isPlain ? side.rest : variant, isPlace: false).values {
        if side.isPlain, hit.place != .elsewhere("vlan"), hit.place != .elsewhere("xconnect_id") { continue }
        take(hit, role: "", hit.score - cost)
      }
      if let role = side.role {
        let isBare = side.rest.isEmpty || Self.heads.contains(side.rest)
        let rest = isBare ? ["site"] + side.rest : side.rest
        let cap = isBare && !side.isPlain ? 70 : 100
        for hit in match.hits(rest, isPlace: true).values {
          take(hit, role: role, min(hit.score - cost, cap), ", \(role.uppercased()) end")
        }
      } else {
        for hit in match.hits(variant, isPlace: true).values {
          take(hit, role: "a", hit.score - cost - 2, ", no end named")
        }
      }
    }
    return Array(best.values)
  }
}

extension Vocabulary.Place {
  var fieldName: String {
    switch self {
    case .field(let entity, let field, _): Inventory.entity(entity)?.fields[field].name ?? ""
    case .elsewhere(let name): name
    }
  }

  func meaning(role: String) -> Meaning {
    switch self {
    case .field(let entity, let field, _): .target(Target(entity: entity, role: role, field: field))
    case .elsewhere(let name): .elsewhere(name)
    }
  }
}

extension Meaning {
  /// Model order, then the order of the known fields.
  fileprivate var order: (Int, Int, String) {
    switch self {
    case .target(let target): (Inventory.entity(target.entity)?.number ?? 0, target.field, target.role)
    case .elsewhere(let name):
      (1000, Inventory.knownElsewhere.firstIndex { $0.name == name } ?? 0, "")
    }
  }

  var type: FieldType? {
    switch self {
    case .target(let target): Inventory.entity(target.entity)?.fields[target.field].type
    case .elsewhere(let name): Inventory.knownElsewhere.first { $0.name == name }?.type
    }
  }

  var shape: ValueShape? {
    switch self {
    case .target(let target):
      Inventory.entity(target.entity).flatMap { Inventory.words($0, $0.fields[target.field])?.shape }
    case .elsewhere(let name): Inventory.knownElsewhere.first { $0.name == name }?.words.shape
    }
  }
}

extension ValueEvidence {
  /// Why the values cannot be this; nil where they can.
  func veto(_ meaning: Meaning) -> String? {
    guard let type = meaning.type else { return nil }
    let isPlaceName = meaning.target.map { $0.entity == "endpoints" && meaning.shape == .label } ?? false
    return veto(type, meaning.shape, isPlaceName: isPlaceName)
  }

  func proves(_ meaning: Meaning) -> Bool { meaning.type.map { proves($0, meaning.shape) } ?? false }
}
