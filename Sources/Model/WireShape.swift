/// One property of an entity's record on the wire: a field of its own, or one part of a natural key it refers to.
package struct WireProperty: Sendable {
  package let name: String
  /// Place of the field in `Entity.fields`.
  package let field: Int
  /// Place of the part within the referred key; 0 for a field of its own.
  package let part: Int
  /// How the part is normalised within a key; `exact` for a field of its own.
  package let normal: KeyNormal
  /// The entity whose own key the part belongs to: `carriers` for a carrier's slug, wherever it is nested.
  package let owner: String
  /// The type of the value.
  package let type: FieldType
}

/// How an entity's records look on the wire: references are flattened into the parts of the natural key they name.
package struct WireShape: Sendable {
  package let entity: Entity
  package let properties: [WireProperty]
  /// How many parts each field has, by place in `Entity.fields`.
  package let partCounts: [Int]
  package let keyProperties: [String]

  package init(_ entity: Entity) {
    self.entity = entity
    var properties: [WireProperty] = []
    var counts: [Int] = []
    for (index, field) in entity.fields.enumerated() {
      let parts = Self.properties(of: field, at: index, in: entity)
      counts.append(parts.count)
      properties += parts
    }
    self.properties = properties
    partCounts = counts
    let keyFields = entity.key.compactMap { entity.index(of: $0.field) }
    keyProperties = keyFields.flatMap { key in properties.filter { $0.field == key }.map(\.name) }
  }

  private static func properties(of field: Field, at index: Int, in entity: Entity) -> [WireProperty] {
    guard let target = field.reference.flatMap({ Inventory.entity($0) }) else {
      return [
        WireProperty(name: field.wireName, field: index, part: 0, normal: .exact, owner: entity.name, type: field.type)
      ]
    }
    let leaves = KeyLeaf.leaves(of: target)
    return leaves.enumerated().map { part, leaf in
      let name = leaves.count == 1 ? field.name : field.name + "_" + leaf.path
      return WireProperty(
        name: name, field: index, part: part, normal: leaf.normal, owner: leaf.owner, type: leaf.type)
    }
  }

  package func property(_ name: String) -> WireProperty? { properties.first { $0.name == name } }
}

/// A part of a natural key that is no reference: what is left when every reference in a key is replaced by its own key.
package struct KeyLeaf: Sendable {
  /// The fields that lead to it, joined by `_`.
  package let path: String
  package let owner: String
  package let field: String
  package let normal: KeyNormal
  package let type: FieldType

  package static func leaves(of entity: Entity) -> [KeyLeaf] {
    entity.key.flatMap { part -> [KeyLeaf] in
      guard let field = entity.field(part.field) else { return [] }
      guard let target = field.reference.flatMap({ Inventory.entity($0) }) else {
        return [KeyLeaf(path: field.name, owner: entity.name, field: field.name, normal: part.normal, type: field.type)]
      }
      let nested = leaves(of: target)
      return nested.map { leaf in
        KeyLeaf(
          path: nested.count == 1 ? field.name : field.name + "_" + leaf.path, owner: leaf.owner, field: leaf.field,
          normal: leaf.normal, type: leaf.type)
      }
    }
  }
}
