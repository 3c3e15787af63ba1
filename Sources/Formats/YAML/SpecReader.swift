/// One thing wrong in a file a person wrote, with the line to look at.
package struct Mistake: Error, Equatable, Sendable {
  package let line: Int
  package let column: Int
  package let message: String
  package let hint: String?

  package init(line: Int, column: Int, message: String, hint: String? = nil) {
    self.line = line
    self.column = column
    self.message = message
    self.hint = hint
  }
}

/// Everything wrong in one file, by line; never empty.
package struct SpecMistakes: Error, Equatable, CustomStringConvertible {
  package let file: String
  package let mistakes: [Mistake]

  package init(file: String, mistakes: [Mistake]) {
    self.file = file
    self.mistakes = mistakes
  }

  /// One line per mistake: `file:line:column: message (hint)`.
  package var description: String {
    mistakes.map { mistake in
      "\(file):\(mistake.line):\(mistake.column): \(mistake.message)" + (mistake.hint.map { " (\($0))" } ?? "")
    }.joined(separator: "\n")
  }
}

/// Reads mappings, reports and settings out of a tree and gathers every mistake before failing once.
///
/// Each accessor takes an optional node and answers nil for an absent one without complaint, so that absence is judged
/// in one place: the `required` list of `mapping`.
package struct SpecReader {
  package let file: String
  package private(set) var mistakes: [Mistake] = []

  package init(file: String) { self.file = file }

  /// The tree of a file's text, or its first syntax error as the one mistake.
  package static func parse(file: String, bytes: [UInt8]) throws(SpecMistakes) -> YAMLNode {
    do {
      return try YAMLNode.parse(bytes: bytes)
    } catch {
      let mistake = Mistake(line: error.line, column: error.column, message: error.message)
      throw SpecMistakes(file: file, mistakes: [mistake])
    }
  }

  /// Notes a mistake at a node.
  package mutating func mistake(at node: YAMLNode, _ message: String, hint: String? = nil) {
    mistakes.append(Mistake(line: node.line, column: node.column, message: message, hint: hint))
  }

  /// Throws everything noted so far, ordered by line.
  package func finish() throws(SpecMistakes) {
    guard !mistakes.isEmpty else { return }
    let ordered = mistakes.enumerated().sorted {
      ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
    }
    throw SpecMistakes(file: file, mistakes: ordered.map(\.element))
  }

  /// The values by key; a key outside `allowed` and an absent `required` one are mistakes.
  package mutating func mapping(
    _ node: YAMLNode?, allowed: [String], required: [String] = []
  ) -> [String: YAMLNode] {
    guard let node else { return [:] }
    var fields: [String: YAMLNode] = [:]
    for entry in entries(node) {
      guard let key = entry.key.text else { continue }
      if allowed.contains(key) {
        fields[key] = entry.value
      } else {
        let hint = Suggestion.hint(for: key, in: allowed) ?? "known keys: " + allowed.joined(separator: ", ")
        mistake(at: entry.key, "unknown key \"\(key)\"", hint: hint)
      }
    }
    for key in required where fields[key] == nil { mistake(at: node, "missing key \"\(key)\"") }
    return fields
  }

  /// Keys with values in the order of the file, for mappings whose keys are the writer's own names.
  package mutating func entries(_ node: YAMLNode?) -> [YAMLEntry] {
    guard let node, !node.isEmpty else { return [] }
    if case .mapping(let entries) = node.kind { return entries }
    mistake(at: node, "keys with values expected, not \(node.noun)")
    return []
  }

  /// The elements of a list; text or a mapping is a mistake.
  package mutating func sequence(_ node: YAMLNode?) -> [YAMLNode] {
    guard let node, !node.isEmpty else { return [] }
    if case .sequence(let elements) = node.kind { return elements }
    mistake(
      at: node, "a list expected, not \(node.noun)", hint: "write [\(node.text ?? "a, b")] or one \"- \" line each")
    return []
  }

  /// Text that is not empty.
  package mutating func string(_ node: YAMLNode?) -> String? {
    guard let node else { return nil }
    if let text = node.text, !text.isEmpty { return text }
    mistake(at: node, "text expected, not \(node.text == nil ? node.noun : "nothing")")
    return nil
  }

  /// A list of texts.
  package mutating func strings(_ node: YAMLNode?) -> [String] {
    sequence(node).compactMap { string($0) }
  }

  /// A whole number, within the bounds where given.
  package mutating func integer(_ node: YAMLNode?, in bounds: ClosedRange<Int>? = nil) -> Int? {
    guard let node else { return nil }
    guard let value = node.int else {
      mistake(at: node, "a whole number expected, not \(node.text.map { "\"\($0)\"" } ?? node.noun)")
      return nil
    }
    if let bounds, !bounds.contains(value) {
      mistake(at: node, "\(value) is outside \(bounds.lowerBound) to \(bounds.upperBound)")
      return nil
    }
    return value
  }

  /// `true` or `false`.
  package mutating func bool(_ node: YAMLNode?) -> Bool? {
    guard let node else { return nil }
    if let value = node.bool { return value }
    mistake(at: node, "true or false expected, not \(node.text.map { "\"\($0)\"" } ?? node.noun)")
    return nil
  }

  /// One of the given words, exactly.
  package mutating func choice(_ node: YAMLNode?, among words: [String]) -> String? {
    guard let node, let text = string(node) else { return nil }
    if words.contains(text) { return text }
    let hint = Suggestion.hint(for: text, in: words) ?? "one of " + words.joined(separator: ", ")
    mistake(at: node, "\"\(text)\" is not known here", hint: hint)
    return nil
  }
}
