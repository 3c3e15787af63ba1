import Domain
import Model
import Records

extension Binding {
  /// Where each property of an entity's stream comes from, said once.
  func provenance(of entity: String) -> JSON {
    var members: [JSON.Member] = []
    for property in WireShape(Inventory.entity(entity) ?? Inventory.entities[0]).properties {
      let found = plan.parts.filter { $0.entity.name == entity }.compactMap { source(of: property.name, in: $0) }
      guard let first = found.first else { continue }
      let columns = found.map(\.column).filter { !$0.isEmpty }.joined(separator: ", ")
      members.append(
        JSON.Member(
          property.name,
          .fields([("col", .string(columns)), ("method", .string(first.method)), ("conf", .number("1.0"))])))
    }
    return .object(members)
  }

  private func source(of name: String, in part: PartPlan) -> (column: String, method: String)? {
    guard let index = part.shape.properties.firstIndex(where: { $0.name == name }) else { return nil }
    let slot = part.firstSlot + index
    if let rule = rules.first(where: { $0.slot == slot }) {
      return rule.column == nil ? ("", "constant") : (rule.header, "header")
    }
    if let rule = rules.first(where: { $0.upSlot == slot }) { return (rule.header, "derived") }
    if let copy = part.copies.first(where: { $0.to == slot }) {
      let owner = plan.parts.first { copy.from >= $0.firstSlot && copy.from < $0.firstSlot + $0.prefixes.count }
      let column = owner.flatMap { source(of: $0.shape.properties[copy.from - $0.firstSlot].name, in: $0) }?.column
      return (column ?? "", "derived")
    }
    switch part.derivation {
    case .contract where name == "kind", .term where name == "seq": return ("", "default")
    case .carrier where name == "slug": return (header("name", part), "derived")
    case .endpoint where name == "key", .customer where name == "key":
      let columns = rules.filter { $0.part == plan.parts.firstIndex { $0.firstSlot == part.firstSlot } }.map(\.header)
      return (columns.joined(separator: ", "), "derived")
    default: return slot == part.currencySlot && rules.contains { hasMoney($0, part) } ? ("", "default") : nil
    }
  }

  private func hasMoney(_ rule: BoundRule, _ part: PartPlan) -> Bool {
    rule.reader.type == .money && rule.slot >= part.firstSlot && rule.slot < part.firstSlot + part.prefixes.count
  }

  private func header(_ field: String, _ part: PartPlan) -> String {
    rules.first { $0.slot == part.slot(field) }?.header ?? ""
  }

  /// One line per column: what becomes of it, and how it is read.
  var explanation: [String] {
    table.columns.indices.map { column in
      guard let rule = rules.first(where: { $0.column == column }) else {
        return "\(table.columns[column].name): ignored"
      }
      let part = plan.parts[rule.part]
      let role = part.role.isEmpty ? "" : "." + part.role
      var line =
        "\(rule.header): \(part.entity.singular)\(role).\(part.shape.properties[rule.slot - part.firstSlot].name)"
      if rule.reader.type == .money {
        line += ", decimal \(rule.reader.reading.mark?.rawValue ?? "as each value proves")"
      }
      if rule.reader.type == .date {
        line += ", dates \(rule.reader.reading.order?.rawValue ?? "as each value proves")"
      }
      return line
    }
  }
}

extension MappingSpec {
  /// What SCHEMA says of the mapping: `diff` needs mode, limit and policies.
  var summary: JSON {
    let missing = onMissing.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value.rawValue)) }
    return .fields([
      ("name", .string(name)), ("version", .int(version)), ("sha256", .string(sha256)),
      ("mode", .string(mode.rawValue)),
      ("entity", .string(entity.name)), ("max_deletes", maxDeletes.map { .int($0) } ?? .null),
      ("on_missing", .fields(missing)),
    ])
  }
}
