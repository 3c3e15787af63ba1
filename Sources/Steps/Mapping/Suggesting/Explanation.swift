import Model
package import Records

extension TableProposal {
  /// Why each column is what it is, for people, at most 80 letters wide.
  package var explanation: String {
    var lines: [String] = []
    for column in columns {
      lines.append(
        Self.fit("\(column.index + 1). \(column.header.isEmpty ? "(no heading)" : column.header)", indent: 0))
      if !column.samples.isEmpty {
        lines.append(Self.fit("values: " + column.samples.joined(separator: " | "), indent: 3))
      }
      for candidate in column.candidates {
        lines += Self.flow(
          "\(ColumnText.score(candidate.score)) \(candidate.meaning.text(main: entity)): \(candidate.why)", indent: 3)
      }
      for veto in column.vetoes.prefix(3) {
        lines += Self.flow("ruled out: \(veto.meaning.text(main: entity)), \(veto.reason)", indent: 3)
      }
      lines += Self.flow("-> " + Self.verdict(column.decision, entity), indent: 3)
    }
    let open = unplaced.count
    lines.append("\(columns.count - open) of \(columns.count) columns decided, \(open) left for a person")
    return lines.map(ColumnText.remark).joined(separator: "\n") + "\n"
  }

  private static func verdict(_ decision: ColumnDecision, _ entity: Entity) -> String {
    switch decision {
    case .accepted(let candidate): candidate.meaning.text(main: entity)
    case .ignored(let reason): "ignored: \(reason)"
    case .abstained(let reason): "undecided: \(reason)"
    case .proposed(let candidate, let by): "undecided: \(by) proposes \(candidate.meaning.text(main: entity))"
    }
  }

  /// One line, cut where it would be wider than 80.
  private static func fit(_ text: String, indent: Int) -> String {
    let text = String(repeating: " ", count: indent) + text
    return text.count <= 80 ? text : String(text.prefix(77)) + "..."
  }

  /// Lines of at most 80, broken between words; later ones stand further in.
  private static func flow(_ text: String, indent: Int) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > 80 {
        lines.append(line)
        line = String(repeating: " ", count: indent + 5) + word
      } else {
        line += (isEmpty ? "" : " ") + word
      }
      isEmpty = false
    }
    return (lines + [line]).map { fit($0, indent: 0) }
  }

  /// The same for programs.
  package var json: JSON {
    .fields([
      ("name", .string(name)), ("entity", .string(entity.singular)),
      ("columns", .array(columns.map { column in json(column) })),
    ])
  }

  private func json(_ column: ColumnProposal) -> JSON {
    var members: [(String, JSON)] = [
      ("index", .int(column.index)), ("header", .string(column.header)),
    ]
    switch column.decision {
    case .accepted(let candidate):
      members += [("decision", .string("accepted")), ("to", .string(candidate.meaning.text(main: entity)))]
    case .ignored(let reason): members += [("decision", .string("ignored")), ("reason", .string(reason))]
    case .abstained(let reason): members += [("decision", .string("undecided")), ("reason", .string(reason))]
    case .proposed(let candidate, let by):
      members += [
        ("decision", .string("proposed")), ("to", .string(candidate.meaning.text(main: entity))), ("by", .string(by)),
      ]
    }
    members.append(
      (
        "candidates",
        .array(
          column.candidates.map { candidate in
            .fields([
              ("field", .string(candidate.meaning.text(main: entity))),
              ("has_place", .bool(candidate.meaning.target != nil)), ("score", .int(candidate.score)),
              ("why", .string(candidate.why)),
            ])
          })
      ))
    members.append(
      (
        "vetoes",
        .array(
          column.vetoes.map {
            .fields([("field", .string($0.meaning.text(main: entity))), ("reason", .string($0.reason))])
          })
      ))
    return .fields(members)
  }
}
