import Model

/// Records of a run of which nothing is taken and nothing is committed: what refers to one of them cannot be made either.
struct UntakenRecords: Equatable {
  /// Keys by the name of their entity.
  private var keys: [String: Set<String>] = [:]

  var isEmpty: Bool { keys.isEmpty }

  mutating func add(_ entity: Entity, _ key: String) { keys[entity.name, default: []].insert(key) }

  /// The first of them that a row refers to, as `contract acme/MSA-1/msa`.
  func owner(of row: borrowing StagedRow) -> String? {
    for (index, field) in row.entity.fields.enumerated() {
      guard let target = field.reference, let key = row.text(index), keys[target]?.contains(key) == true else {
        continue
      }
      return "\(Inventory.entity(either: target)?.singular ?? target) \(key)"
    }
    return nil
  }

  /// Entities whose records refer to others of their own, with those that `earlier` does not have.
  ///
  /// A record may come before the one it refers to only within such an entity.
  func added(since earlier: Self) -> [(entity: Entity, records: Self)] {
    Inventory.entities.compactMap { entity in
      guard entity.references.contains(entity.name), let own = keys[entity.name] else { return nil }
      let new = own.subtracting(earlier.keys[entity.name] ?? [])
      return new.isEmpty ? nil : (entity, Self(keys: [entity.name: new]))
    }
  }
}
