import Model
import YAML

/// One step from a record to another: along a reference, or to one of the records that refer to it.
struct PathStep: Equatable {
  enum Way: Equatable {
    case reference(column: String)
    /// `by` refers back; of several the one with the greatest `order` counts.
    case latest(by: String, order: String?)
    /// Of an agreement and its amendments, or of their lines for one circuit, the newest that holds on the report's day.
    case inForce
  }

  let name: String
  let entity: String
  let way: Way

  /// Records a report may step to that no reference names: the term of a contract, the fee of a term, what amends it.
  private static let chosen: [(from: String, step: PathStep)] = [
    ("contracts", PathStep(name: "in_force", entity: "contracts", way: .inForce)),
    ("contract_lines", PathStep(name: "in_force", entity: "contract_lines", way: .inForce)),
    ("contracts", PathStep(name: "term", entity: "contract_terms", way: .latest(by: "contract_id", order: "seq"))),
    ("contract_terms", PathStep(name: "etf", entity: "etf_formulas", way: .latest(by: "term_id", order: nil))),
  ]

  static func steps(from entity: Entity) -> [PathStep] {
    let references = entity.fields.compactMap { field in
      field.reference.map { PathStep(name: field.name, entity: $0, way: .reference(column: field.columnName)) }
    }
    return references + chosen.filter { $0.from == entity.name }.map(\.step)
  }
}

/// A value of a record or of one it leads to: `circuit.mrc`, `carrier.name`, `contract.term.ends_on`.
struct FieldPath {
  /// What is found at the end; all but fields are said of the record itself.
  enum End {
    case field(Field)
    case key, deleted, stub, version, changeSet, run, sourceRow

    fileprivate static let words: [(String, End)] = [
      ("key", .key), ("deleted", .deleted), ("stub", .stub), ("version", .version), ("change_set", .changeSet),
      ("run", .run), ("source_row", .sourceRow),
    ]
  }

  let text: String
  let steps: [PathStep]
  /// The entity the end belongs to.
  let entity: Entity
  let end: End

  /// Why a path leads nowhere.
  struct Fault: Error {
    let message: String
    let hint: String?
  }

  /// `text` may begin with the entity's own singular: `circuit.mrc` and `mrc` are the same of circuits.
  init(_ text: String, from base: Entity) throws(Fault) {
    var words = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if words.count > 1, words[0] == base.singular { words.removeFirst() }
    var entity = base
    var steps: [PathStep] = []
    for word in words.dropLast() {
      let known = PathStep.steps(from: entity)
      guard let step = known.first(where: { $0.name == word }), let next = Inventory.entity(step.entity) else {
        throw Fault(
          message: "\"\(text)\": a \(entity.singular) leads to no \"\(word)\"",
          hint: Suggestion.hint(for: word, in: known.map(\.name)) ?? "it leads to "
            + known.map(\.name).joined(separator: ", "))
      }
      steps.append(step)
      entity = next
    }
    let last = words[words.count - 1]
    if let field = entity.field(last) ?? entity.field(target: last) {
      guard field.reference == nil else {
        throw Fault(
          message: "\"\(text)\" is a reference, which has no value of its own",
          hint: "name one of its fields: \(text).\(Self.face(of: field))")
      }
      end = .field(field)
    } else if let word = End.words.first(where: { $0.0 == last }) {
      end = word.1
    } else {
      throw Fault(
        message: "\"\(text)\": a \(entity.singular) has no field \"\(last)\"", hint: Self.hint(last, text, entity))
    }
    self.text = text
    self.steps = steps
    self.entity = entity
  }

  private static func face(of field: Field) -> String {
    let target = field.reference.flatMap { Inventory.entity($0) }
    return target?.field("name") != nil ? "name" : target?.key.last?.field ?? "key"
  }

  private static func hint(_ word: String, _ text: String, _ entity: Entity) -> String? {
    let known = entity.fields.filter { $0.reference == nil }.map(\.name) + End.words.map(\.0)
    if let near = Suggestion.nearest(word, in: known) {
      return "did you mean \"\(text.dropLast(word.count))\(near)\"?"
    }
    return "its fields: " + known.joined(separator: ", ")
  }

  var field: Field? {
    if case .field(let field) = end { return field }
    return nil
  }

  /// The steps as text, which names the joined record: empty for the record itself.
  var route: String { steps.map(\.name).joined(separator: ".") }

  /// Two paths with the same target, however they are written.
  func isSame(as other: FieldPath) -> Bool { steps == other.steps && name == other.name }

  /// Which field of the record at `route` this value is read from or reached through, by its place.
  ///
  /// The city of a circuit's A end is also due to the circuit's own reference to that end.
  func field(at route: String, of record: Entity) -> Int? {
    if route == self.route { return field.flatMap { record.index(of: $0.name) } }
    let depth = route.isEmpty ? 0 : route.split(separator: ".").count
    guard depth < steps.count, route == steps[..<depth].map(\.name).joined(separator: ".") else { return nil }
    return record.index(of: steps[depth].name)
  }

  /// The end's name: `mrc`, `key`.
  var name: String {
    switch end {
    case .field(let field): field.name
    case .key: "key"
    case .deleted: "deleted"
    case .stub: "stub"
    case .version: "version"
    case .changeSet: "change_set"
    case .run: "run"
    case .sourceRow: "source_row"
    }
  }

  /// Whether the end is said only of the record a row stands for.
  var isOfRow: Bool {
    switch end {
    case .field, .key: false
    default: true
    }
  }

  /// The path of the currency of this amount.
  func currencyPath(from base: Entity) -> FieldPath? {
    guard field?.type == .money, let currency = entity.currencyField else { return nil }
    return try? FieldPath((steps.map(\.name) + [currency.name]).joined(separator: "."), from: base)
  }

  /// The formats its values may be shown in; the first is the default.
  var formats: [ColumnFormat] {
    switch end {
    case .key: return [.id, .text]
    case .deleted, .stub: return [.flag]
    case .version, .run, .sourceRow: return [.integer]
    case .changeSet: return [.id, .text]
    case .field(let field):
      switch field.type {
      case .money: return [.money]
      case .date: return [.date]
      case .bandwidth: return [.bandwidth, .integer]
      case .flag: return [.flag]
      case .degrees: return [.degrees]
      case .integer: return [.integer, .id, .text]
      case .text: return [.text, .id]
      case .code, .currency, .reference: return [.text, .id]
      }
    }
  }

  /// What people read above the column, where the definition says nothing.
  var caption: String {
    let words = (steps.last.map { [$0.name] } ?? []) + [name]
    let text = words.joined(separator: " ").split(separator: "_").joined(separator: " ")
    let acronyms: Set<String> = [
      "mrc", "nrc", "po", "gl", "etf", "ban", "noc", "foc", "lata", "clli", "usoc", "id", "asn",
    ]
    let cased = text.split(separator: " ").map { acronyms.contains(String($0)) ? $0.uppercased() : String($0) }
    let joined = cased.joined(separator: " ")
    return joined.prefix(1).uppercased() + joined.dropFirst()
  }

  /// One sentence for the dictionary: what it means and where it is kept.
  var doc: String {
    switch end {
    case .field(let field): field.doc
    case .key: "Natural key of the \(entity.singular)"
    case .deleted: "Whether the record is deleted"
    case .stub: "Whether nothing but the key is known"
    case .version: "How often the record has changed"
    case .changeSet: "Change set that touched the record last"
    case .run: "Run that touched the record last"
    case .sourceRow: "Row of the source that touched the record last"
    }
  }

  var unit: String {
    guard let field else { return "" }
    switch field.type {
    case .money: return "currency of the row"
    case .bandwidth: return "kbps, shown as Mbps or Gbps"
    case .date: return "day"
    case .degrees: return "degrees"
    case .integer: return field.name.hasSuffix("months") ? "months" : field.name.hasSuffix("days") ? "days" : "number"
    case .code(let list): return "one of " + list.joined(separator: ", ")
    case .currency: return "ISO 4217"
    default: return ""
    }
  }
}
