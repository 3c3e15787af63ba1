package import Model

/// A place a column or constant may fill: `entity[.role].field`.
package struct Target: Hashable, Sendable {
  package let entity: String
  /// Empty where the entity has no roles, and for the main entity.
  package let role: String
  /// Place of the field in `Entity.fields`.
  package let field: Int
  /// Which part of the referred natural key, where the field is a reference whose key has several.
  package let part: Int

  package init(entity: String, role: String, field: Int, part: Int = 0) {
    self.entity = entity
    self.role = role
    self.field = field
    self.part = part
  }

  /// As written in a mapping file.
  package func text(main: Entity) -> String {
    guard let entity = Inventory.entity(entity) else { return "" }
    if !Self.isSettable(entity.fields[field]) {
      let part = WireShape(entity).properties.first { $0.field == field && $0.part == self.part }
      return ([entity.singular] + (role.isEmpty ? [] : [role]) + [part?.name ?? ""]).joined(separator: ".")
    }
    var name = entity.fields[field].name
    let short = entity.singular + "_"
    if name.hasPrefix(short), entity.field(String(name.dropFirst(short.count))) == nil {
      name = String(name.dropFirst(short.count))
    }
    return ([entity.singular] + (role.isEmpty ? [] : [role]) + [name]).joined(separator: ".")
  }

  /// Every target that a mapping of `main` may name, in Model order.
  package static func all(of main: Entity) -> [Target] {
    Inventory.entities.flatMap { entity -> [Target] in
      let roles = entity.roles.isEmpty || entity.name == main.name ? [""] : entity.roles
      return roles.flatMap { role in
        entity.fields.indices.filter { isSettable(entity.fields[$0]) }
          .map { Target(entity: entity.name, role: role, field: $0) }
      }
    }
  }

  /// nil when the text names no settable field.
  package static func parse(_ text: String, main: Entity) -> Target? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1: return make(main, "", parts[0], main)
    case 2:
      guard let entity = Inventory.entity(singular: parts[0]) else { return nil }
      return make(entity, "", parts[1], main)
    case 3:
      guard let entity = Inventory.entity(singular: parts[0]), entity.roles.contains(parts[1]) else { return nil }
      return make(entity, parts[1], parts[2], main)
    default: return nil
    }
  }

  private static func make(_ entity: Entity, _ role: String, _ name: String, _ main: Entity) -> Target? {
    guard (!entity.roles.isEmpty && entity.name != main.name) == !role.isEmpty else { return nil }
    if let field = entity.field(target: name), let index = entity.index(of: field.name), isSettable(field) {
      return Target(entity: entity.name, role: role, field: index)
    }
    guard let part = WireShape(entity).property(name), entity.fields[part.field].reference != nil else { return nil }
    return Target(entity: entity.name, role: role, field: part.field, part: part.part)
  }

  /// A reference is given whole by one cell only where the referred key has one part; else part by part.
  private static func isSettable(_ field: Field) -> Bool {
    guard let referred = field.reference.flatMap({ Inventory.entity($0) }) else { return true }
    return KeyLeaf.leaves(of: referred).count == 1
  }
}
