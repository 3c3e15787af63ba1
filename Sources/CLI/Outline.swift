/// What a completion script must know of a command; each executable prints its own on `--describe`.
package struct Outline: Sendable, Equatable {
  /// One option of it.
  package struct Item: Sendable, Equatable {
    package let long: String
    package let short: Character?
    package let takesValue: Bool
    package let choices: [String]
    package let help: String
  }

  /// The hidden option that asks for it.
  package static let request = "--describe"

  package let verb: String
  package let summary: String
  package let items: [Item]
  /// Words the first argument may be: `show` of `config`.
  package let words: [String]

  package init(_ spec: CommandSpec) {
    verb = spec.section
    summary = spec.summary
    items = spec.allOptions.map {
      Item(long: $0.long, short: $0.short, takesValue: $0.kind != .flag, choices: $0.choices, help: $0.help)
    }
    words = spec.arguments.first?.choices ?? []
  }

  /// A verb without options of its own.
  package init(verb: String, summary: String, words: [String] = []) {
    self.verb = verb
    self.summary = summary
    self.words = words
    items = []
  }

  /// Reads what `text` wrote; nil for anything else.
  package init?(text: String) {
    let rows = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = rows.first, head.count == 3 else { return nil }
    (verb, summary, words) = (head[0], head[1], Self.list(head[2]))
    var items: [Item] = []
    for row in rows.dropFirst() {
      guard row.count == 5 else { return nil }
      items.append(
        Item(
          long: row[0], short: row[1].first, takesValue: row[2] == "value", choices: Self.list(row[3]), help: row[4]))
    }
    self.items = items
  }

  /// Tab-separated lines: the verb, then one per option.
  package var text: String {
    let rows = items.map { item in
      [
        item.long, item.short.map { String($0) } ?? "", item.takesValue ? "value" : "flag",
        item.choices.joined(separator: ","), item.help,
      ]
    }
    return ([[verb, summary, words.joined(separator: ",")]] + rows)
      .map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
}
