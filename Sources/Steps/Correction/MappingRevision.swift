import Records
import YAML

/// A mapping file with decisions about columns written into it; all else stays as a person wrote it.
package enum MappingRevision {
  /// Throws when the file is no mapping, or holds the column in a way that only a person can change.
  package static func text(of file: String, _ text: String, with decisions: [ColumnDecision]) throws -> String {
    var text = text
    for decision in decisions {
      let root = try SpecReader.parse(file: file, bytes: Array(text.utf8))
      guard case .mapping(let entries)? = root["columns"]?.kind, let first = entries.first else {
        throw CorrectionError.fixedMapping(file: file, column: decision.column)
      }
      let key = JSON.quote(decision.column)
      if let known = entries.first(where: { $0.key.text == decision.column }) {
        guard case .scalar(let old, quoted: false) = known.value.kind,
          let place = place(of: known.value, in: text), text[place...].hasPrefix(old), !old.isEmpty
        else { throw CorrectionError.fixedMapping(file: file, column: decision.column) }
        let end = text.index(place, offsetBy: old.count)
        text.replaceSubrange(place..<end, with: decision.target)
      } else if let place = place(of: first.key, in: text) {
        let isFlow = text[..<place].last { !$0.isWhitespace } == "{"
        let next = isFlow ? ", " : "\n" + String(repeating: " ", count: first.key.column - 1)
        text.insert(contentsOf: "\(key): \(decision.target)\(next)", at: place)
      }
    }
    return text
  }

  private static func place(of node: YAMLNode, in text: String) -> String.Index? {
    var line = 1
    var column = 1
    for index in text.unicodeScalars.indices {
      if line == node.line, column == node.column { return index }
      if text.unicodeScalars[index] == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return nil
  }
}
