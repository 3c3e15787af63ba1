package import Model
package import SQL

/// Records a plan would delete, and who still refers to them: what is referred to stays.
///
/// A record goes only when every live record that refers to it goes as well, or is changed to refer elsewhere. Memory is
/// one bit per record that goes, and a few names per record that has to stay.
package struct Departures {
  /// One field of one record, by entity number and id.
  private struct Place: Hashable {
    let entity: Int
    let id: Int64
    let field: Int
  }

  private struct Keepers {
    var names: [String] = []
    var count = 0

    mutating func add(_ name: String, limit: Int) {
      if names.contains(name) { return }
      count += 1
      if names.count < limit { names.append(name) }
    }
  }

  /// Names given of each record's referrers; the rest are counted.
  private static let named = 3
  private var leaving: [Int: IDSet] = [:]
  private var moved: Set<Place> = []
  private var kept: [Int: [Int64: Keepers]] = [:]

  package init() {}

  /// Adds a record that would be deleted.
  package mutating func insert(_ entity: Entity, _ id: Int64) { leaving[entity.number, default: IDSet()].insert(id) }

  /// Notes that the plan gives a field of a record another value, so that what it refers to now does not count.
  package mutating func move(_ entity: Entity, _ id: Int64, field: Int) {
    moved.insert(Place(entity: entity.number, id: id, field: field))
  }

  /// Finds what has to stay. Referring records come after the ones they refer to in Model order, so one pass from its end
  /// settles all; only records that refer to their own kind are looked at again.
  package mutating func settle(_ database: any Database) throws {
    for entity in Inventory.entities.reversed() where leaving[entity.number] != nil {
      var staying: Set<Int64> = []
      while true {
        var found: Set<Int64> = []
        try eachReference(to: entity, database) { target, _ in
          if leaving[entity.number]?.contains(target) == true { found.insert(target) }
        }
        for id in found { leaving[entity.number]?.remove(id) }
        staying.formUnion(found)
        if found.isEmpty || !entity.references.contains(entity.name) { break }
      }
      if staying.isEmpty { continue }
      var keepers: [Int64: Keepers] = [:]
      try eachReference(to: entity, database) { target, name in
        if staying.contains(target) { keepers[target, default: Keepers()].add(name, limit: Self.named) }
      }
      kept[entity.number] = keepers
    }
  }

  /// Each live record that stays and keeps its reference to one of the entity: the target's id and the record's name.
  private func eachReference(
    to entity: Entity, _ database: any Database, _ body: (Int64, String) -> Void
  ) throws {
    for referrer in Inventory.entities {
      for (field, declared) in referrer.fields.enumerated() where declared.reference == entity.name {
        let column = database.dialect.quoted(declared.columnName)
        let cursor = try database.cursor(
          "SELECT id, nkey, \(column) FROM \(referrer.name) WHERE deleted_at IS NULL AND \(column) IS NOT NULL"
            + " ORDER BY nkey")
        while try cursor.next() {
          let place = Place(entity: referrer.number, id: cursor.int(0), field: field)
          if leaving[referrer.number]?.contains(place.id) == true || moved.contains(place) { continue }
          body(cursor.int(2), "\(referrer.singular) \(cursor.text(1))")
        }
      }
    }
  }

  /// `circuit lumen/AA1 and 2 more still refer to it`; nil for a record that may go.
  package func reason(_ entity: Entity, _ id: Int64) -> String? {
    guard let keepers = kept[entity.number]?[id] else { return nil }
    let more = keepers.count - keepers.names.count
    let names = keepers.names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    return names + (keepers.count == 1 ? " still refers to it" : " still refer to it")
  }
}

/// A set of ids, which count from 1: one bit each.
private struct IDSet {
  private var bits: [UInt64] = []

  mutating func insert(_ id: Int64) {
    let word = Int(id >> 6)
    if word >= bits.count { bits.append(contentsOf: repeatElement(0, count: word - bits.count + 1)) }
    bits[word] |= 1 << UInt64(id & 63)
  }

  mutating func remove(_ id: Int64) {
    if contains(id) { bits[Int(id >> 6)] &= ~(1 << UInt64(id & 63)) }
  }

  func contains(_ id: Int64) -> Bool {
    let word = Int(id >> 6)
    return id >= 0 && word < bits.count && bits[word] & (1 << UInt64(id & 63)) != 0
  }
}
