import Domain
package import Model
package import YAML

/// What a mapping file says becomes of each column, as far as a person who corrects cells has to know.
package struct ColumnTargets: Sendable {
  private struct Target: Sendable {
    let entity: String
    let field: Field
  }

  /// Header text to its target; nil for a column that is left out.
  private let fields: [String: Target?]
  private let ignoresOthers: Bool
  private let translated: [String: [String]]
  /// Headers of columns whose cells the mapping wants filled, or fills itself.
  private let demanded: Set<String>
  /// What a row is, if the mapping says so.
  package let entity: String?

  /// Knows nothing: no list is offered, no column counts as unmapped.
  package static let unknown = ColumnTargets(
    fields: [:], ignoresOthers: false, translated: [:], demanded: [], entity: nil)

  private init(
    fields: [String: Target?], ignoresOthers: Bool, translated: [String: [String]], demanded: Set<String>,
    entity: String?
  ) {
    self.entity = entity
    self.demanded = demanded
    self.fields = fields
    self.ignoresOthers = ignoresOthers
    self.translated = translated
  }

  package init(_ mapping: YAMLNode) {
    let main = mapping["entity"]?.text.flatMap { Inventory.entity(singular: $0) }
    var fields: [String: Target?] = [:]
    var translated: [String: [String]] = [:]
    var ignoresOthers = false
    var demanded: Set<String> = []
    if case .mapping(let entries)? = mapping["columns"]?.kind {
      for entry in entries {
        guard let header = entry.key.text else { continue }
        let target = entry.value.text ?? entry.value["to"]?.text ?? ""
        if header == "*" {
          ignoresOthers = true
        } else {
          fields[header] = .some(target == "ignore" ? nil : Self.target(target, main))
        }
        if entry.value["required"]?.text == "true" || entry.value["default"] != nil { demanded.insert(header) }
        if case .mapping(let words)? = entry.value["enum"]?.kind { translated[header] = words.compactMap(\.key.text) }
      }
    }
    self.init(
      fields: fields, ignoresOthers: ignoresOthers, translated: translated, demanded: demanded, entity: main?.singular)
  }

  private static func target(_ text: String, _ main: Entity?) -> Target? {
    let words = text.split(separator: ".").map(String.init)
    guard let last = words.last, let entity = words.count > 1 ? Inventory.entity(singular: words[0]) : main,
      let field = entity.field(target: last)
    else { return nil }
    return Target(entity: entity.singular, field: field)
  }

  package var isKnown: Bool { !fields.isEmpty }

  package func field(_ header: String) -> Field? { fields[header]??.field }

  /// Whether a row is taken without a cell of this column: it names no record, nothing demands it, and no amount hangs on it.
  func mayBeBlank(_ header: String) -> Bool {
    guard let target = fields[header] ?? nil else { return false }
    return !target.field.required && target.field.type != .currency && !demanded.contains(header)
  }

  /// Whether an issue that names a field of the inventory (`endpoint.city` of another record than the row's), or a kind of
  /// record, is about this column.
  func isMeant(_ header: String, by name: String) -> Bool {
    guard let target = fields[header] ?? nil else { return false }
    if let dot = name.firstIndex(of: ".") {
      return target.entity == name[..<dot] && target.field.name == name[name.index(after: dot)...]
    }
    return target.field.name == name || target.field.wireName == name || target.field.reference == name
      || target.entity == name && target.field.required
  }

  /// Why no value of the column is taken; nil for a column that is mapped or of which nothing is known.
  package func omission(_ header: String) -> String? {
    guard isKnown else { return nil }
    switch fields[header] {
    case .some(.some): return nil
    case .some(.none): return "the mapping says ignore"
    case .none: return ignoresOthers ? "left out by \"*\": ignore of the mapping" : "the mapping does not name it"
    }
  }

  /// The words a cell of the column may hold, those the mapping translates first; empty where there is no list.
  package func words(_ header: String) -> [String] {
    let own = translated[header] ?? []
    switch field(header)?.type {
    case .code(let list): return own + list
    case .flag: return own + ["yes", "no"]
    default: return own
    }
  }
}
