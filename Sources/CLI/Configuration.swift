import YAML

/// What a settings file holds, checked whole against `Settings`.
package struct Configuration: Sendable {
  /// One key's text and its line.
  package struct Entry: Equatable, Sendable {
    package let text: String
    package let line: Int
  }

  /// As it is named in messages.
  package let path: String
  package let entries: [String: Entry]

  /// No file.
  package static let none = Configuration(path: "trunkline.yaml", entries: [:])

  private init(path: String, entries: [String: Entry]) {
    self.path = path
    self.entries = entries
  }

  /// Reads a file's bytes; throws all its mistakes at once.
  init(path: String, bytes: [UInt8]) throws(SpecMistakes) {
    self.path = path
    let root = try SpecReader.parse(file: path, bytes: bytes)
    var reader = SpecReader(file: path)
    var entries: [String: Entry] = [:]
    let sections = Set(Settings.all.compactMap { Self.section(of: $0.key) })
    let top = Settings.all.map(\.key).filter { Self.section(of: $0) == nil }
    let fields = reader.mapping(root, allowed: top + sections.sorted())
    for (name, node) in fields {
      if sections.contains(name) {
        let known = Settings.all.map(\.key).filter { Self.section(of: $0) == name }
        let inner = reader.mapping(node, allowed: known.map { String($0.dropFirst(name.count + 1)) })
        for (leaf, value) in inner { entries["\(name).\(leaf)"] = Self.entry("\(name).\(leaf)", value, &reader) }
      } else {
        entries[name] = Self.entry(name, node, &reader)
      }
    }
    try reader.finish()
    self.entries = entries
  }

  private static func section(of key: String) -> String? {
    let parts = key.split(separator: ".")
    return parts.count == 2 ? String(parts[0]) : nil
  }

  private static func entry(_ key: String, _ node: YAMLNode, _ reader: inout SpecReader) -> Entry? {
    guard let setting = Settings.named(key), let text = reader.string(node) else { return nil }
    if let problem = setting.problem(with: text) {
      reader.mistake(at: node, "\(key): \(problem.message)", hint: problem.hint)
      return nil
    }
    return Entry(text: text, line: node.line)
  }
}

extension Setting {
  /// What is wrong with a text for this setting; never repeats a secret.
  func problem(with text: String) -> (message: String, hint: String?)? {
    if kind == .secret || kind == .key, Secret.Reference(text) == nil {
      return ("a secret is given by reference, not written out", "write env:NAME or file:PATH")
    }
    if Secret.inlinePassword(in: text) { return ("holds a password", Secret.advice) }
    if !choices.isEmpty, !choices.contains(text) {
      let near = Suggestion.hint(for: text, in: choices) ?? "one of " + choices.joined(separator: ", ")
      return ("\"\(text)\" is not known here", near)
    }
    return shape.flatMap { $0.accepts(text) ? nil : ("\"\(text)\" is not \($0.noun)", nil) }
  }

  private var shape: (noun: String, accepts: (String) -> Bool)? {
    switch kind {
    case .text, .path, .secret, .key: nil
    case .flag: ("true or false", { $0 == "true" || $0 == "false" })
    case .integer: ("a whole number", { Int($0) != nil })
    case .date: ("a date like 2025-12-31", { Clock.date($0) != nil })
    case .currency:
      ("three capital letters like EUR", { $0.utf8.count == 3 && $0.utf8.allSatisfy { (0x41...0x5A).contains($0) } })
    }
  }
}

extension Option {
  /// Refuses a value outside the choices or against its setting's kind: status 64 for a flag, 78 otherwise.
  func check(_ value: String, from source: ValueSource) throws(Failure) {
    var isFlag = false
    if case .flag = source { isFlag = true }
    let setting = key.flatMap { Settings.named($0) }
    let probe = Setting(key ?? long, setting?.kind ?? (kind == .flag ? .flag : .text), help, choices: choices)
    guard let problem = probe.problem(with: value) else { return }
    let secret = Secret.inlinePassword(in: value)
    throw Failure(
      isFlag && !secret ? .usage : .configuration, "\(source): \(problem.message)", hint: problem.hint)
  }
}
