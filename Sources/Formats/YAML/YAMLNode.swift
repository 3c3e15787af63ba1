/// One value of a YAML file with the place where it was written; nothing is typed until a reader asks.
///
/// `no`, `1e3`, `0755` and `~` are the text they look like: there is no implicit typing.
package struct YAMLNode: Sendable, Equatable {
  /// What was written: text, a list, or keys with values in the order of the file.
  package enum Kind: Sendable, Equatable {
    case scalar(String, quoted: Bool)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  package let kind: Kind
  /// 1-based.
  package let line: Int
  /// 1-based, in characters.
  package let column: Int

  package init(kind: Kind, line: Int, column: Int) {
    self.kind = kind
    self.line = line
    self.column = column
  }

  /// The text of a scalar, else nil.
  package var text: String? {
    if case .scalar(let text, _) = kind { text } else { nil }
  }

  /// True for a key with nothing after its colon, and for an empty file.
  package var isEmpty: Bool { kind == .scalar("", quoted: false) }

  /// `true` or `false` without quotes; everything else (yes, on, True) is nil.
  package var bool: Bool? {
    switch kind {
    case .scalar("true", quoted: false): true
    case .scalar("false", quoted: false): false
    default: nil
    }
  }

  /// Decimal digits with at most a leading minus, without quotes or leading zeros; everything else is nil.
  package var int: Int? {
    guard case .scalar(let text, quoted: false) = kind else { return nil }
    guard let value = Int(text), String(value) == text else { return nil }
    return value
  }

  /// The value under a key of a mapping, nil when there is none.
  package subscript(_ key: String) -> YAMLNode? {
    guard case .mapping(let entries) = kind else { return nil }
    return entries.first { $0.key.text == key }?.value
  }

  /// How this node is named in a message: `text`, `a list` or `a mapping`.
  package var noun: String {
    switch kind {
    case .scalar: isEmpty ? "nothing" : "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A key, always a scalar, with its value.
package struct YAMLEntry: Sendable, Equatable {
  package let key: YAMLNode
  package let value: YAMLNode

  package init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }
}

/// Why a text is not one plain YAML document, and where.
package struct YAMLError: Error, Equatable, CustomStringConvertible {
  package let line: Int
  package let column: Int
  package let message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  package var description: String { "\(line):\(column): \(message)" }
}
