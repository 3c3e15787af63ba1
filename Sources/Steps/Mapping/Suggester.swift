import Domain
package import Model
import YAML

/// A proposed mapping of a table, with what could not be placed.
package struct MappingProposal: Sendable {
  /// A complete mapping file, each column with its score and why.
  package let yaml: String
  /// Headers without a target, in order.
  package let unplaced: [String]
}

/// Proposes a mapping from headers and from what the first pass found in the columns.
package enum Suggester {
  /// From here on a match is taken; below it is only named in a comment.
  static let accepted = 90

  private struct Match {
    let target: Target
    let score: Int
    let why: String
  }

  /// The same table gives the same text.
  package static func propose(_ table: SourceTable, entity: Entity) -> MappingProposal {
    let candidates = candidates(of: entity)
    var matches: [Match?] = table.columns.map { best($0, candidates) }
    keepOnePerTarget(&matches)
    var lines = [
      "name: \(entity.singular)-suggested", "version: 1", "entity: \(entity.singular)", "mode: partial", "columns:",
    ]
    var unplaced: [String] = []
    for (column, match) in zip(table.columns, matches) {
      let name = "  " + YAMLWriter.quote(column.name) + ": "
      if let match, match.score >= accepted {
        lines.append("\(name){to: \(match.target.text(main: entity))}  # \(score(match.score)) \(match.why)")
      } else {
        unplaced.append(column.name)
        let guess = match.map { " \($0.target.text(main: entity)) (\(score($0.score)) \($0.why))" } ?? " none"
        lines.append("\(name)ignore  # ? best guess\(guess)")
      }
    }
    return MappingProposal(yaml: lines.joined(separator: "\n") + "\n", unplaced: unplaced)
  }

  private static func score(_ percent: Int) -> String {
    percent == 100 ? "1.00" : "0." + (percent < 10 ? "0" : "") + String(percent)
  }

  /// The main entity first, then what its records refer to and the terms of their contracts.
  private static func candidates(of main: Entity) -> [Target] {
    var names = main.references
    for name in main.references { names.formUnion(Inventory.entity(name)?.references ?? []) }
    if names.contains("contracts") || main.name == "contracts" { names.insert("contract_terms") }
    names.subtract([main.name, "documents"])
    let all = Target.all(of: main).filter { target in
      guard let field = Inventory.entity(target.entity)?.fields[target.field] else { return false }
      return field.reference == nil && (target.entity == main.name || names.contains(target.entity))
    }
    return all.filter { $0.entity == main.name } + all.filter { $0.entity != main.name }
  }

  private static func best(_ column: SourceTable.Column, _ candidates: [Target]) -> Match? {
    let (side, rest) = side(of: column.name)
    let header = SourceTable.normalized(column.name)
    var best: Match?
    for target in candidates {
      guard let entity = Inventory.entity(target.entity), !isVetoed(entity.fields[target.field].type, column) else {
        continue
      }
      let name = target.role.isEmpty ? header : SourceTable.normalized(rest)
      if !target.role.isEmpty, side != target.role { continue }
      let match = compare(name, target, entity)
      if match.score > best?.score ?? 0 { best = match }
    }
    return best
  }

  private static func compare(_ header: String, _ target: Target, _ entity: Entity) -> Match {
    let field = entity.fields[target.field]
    let side = target.role.isEmpty ? "" : ", \(target.role) side"
    if let first = field.synonyms.first, SourceTable.normalized(first) == header {
      return Match(target: target, score: 100, why: "name" + side)
    }
    let own = [entity.singular + field.name, field.synonyms.isEmpty ? field.name : field.wireName]
    for word in own + field.synonyms where SourceTable.normalized(word) == header {
      return Match(target: target, score: 95, why: "synonym \"\(word)\"" + side)
    }
    var nearest = 0
    for word in [field.name] + field.synonyms {
      let other = SourceTable.normalized(word)
      let longest = max(other.utf8.count, header.utf8.count, 1)
      nearest = max(nearest, 100 * (longest - Suggestion.distance(other, header)) / longest)
    }
    return Match(target: target, score: min(nearest, accepted - 5), why: "spelling" + side)
  }

  /// `a` or `z` when the header says which end it means, and the header without it.
  static func side(of header: String) -> (String?, String) {
    var words: [String] = []
    for scalar in header.lowercased().unicodeScalars {
      let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if !isWord {
        words.append("")
      } else if words.isEmpty {
        words = [String(scalar)]
      } else {
        words[words.count - 1].unicodeScalars.append(scalar)
      }
    }
    words.removeAll { $0.isEmpty }
    guard
      let at = [words.startIndex, words.endIndex - 1].first(where: {
        words.indices.contains($0) && ["a", "z", "b"].contains(words[$0])
      })
        ?? words.indices.first(where: { ["a", "z"].contains(words[$0]) })
    else { return (nil, header) }
    let side = words[at] == "a" ? "a" : "z"
    words.remove(at: at)
    words.removeAll { ["end", "side", "loc"].contains($0) }
    if words == ["location"] { words = ["site"] }
    if words.isEmpty { words = ["site"] }
    return (side, words.joined(separator: " "))
  }

  /// What the values cannot be, whatever the header says.
  private static func isVetoed(_ type: FieldType, _ column: SourceTable.Column) -> Bool {
    guard column.filled > 0, !column.kinds.isEmpty else { return false }
    let count = { (kind: String) in column.kinds[kind] ?? 0 }
    let half = column.filled / 2
    switch type {
    case .money, .degrees: return count("integer") + count("decimal") <= half
    case .date: return count("date") <= half
    case .bandwidth, .flag, .code, .currency: return count("date") > half
    default: return false
    }
  }

  /// Of two columns with one target the better match has it, the earlier of equals.
  private static func keepOnePerTarget(_ matches: inout [Match?]) {
    for index in matches.indices {
      guard let match = matches[index], match.score >= accepted else { continue }
      let isTaken = matches.indices.contains { other in
        guard other != index, let rival = matches[other], rival.target == match.target, rival.score >= accepted else {
          return false
        }
        return rival.score > match.score || (rival.score == match.score && other < index)
      }
      if isTaken { matches[index] = Match(target: match.target, score: accepted - 1, why: "another column has it") }
    }
  }
}
