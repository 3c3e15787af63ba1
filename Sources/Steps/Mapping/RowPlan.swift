import Domain
import Model

/// How a record's missing key parts are made of its other values.
enum KeyDerivation { case none, carrier, endpoint, customer, contract, term }

/// One record that a source row gives: its entity, where its values stand, and what its references are copied from.
struct PartPlan {
  let entity: Entity
  let role: String
  let isMain: Bool
  let shape: WireShape
  let firstSlot: Int
  /// `"name":` of each property.
  let prefixes: [[UInt8]]
  let derivation: KeyDerivation
  /// Slots of key fields that cells must give, or that are derived from cells.
  let ownKeys: [Int]
  /// Slots of key parts that refer to other records.
  let referenceKeys: [Int]
  let currencySlot: Int?
  /// Slot by slot what references are copied from, and the record it belongs to.
  var copies: [(to: Int, from: Int, part: Int)] = []
  /// Slots that say something of the record beyond its key and currency.
  private(set) var values: [Int] = []
  /// Slots of key parts that must hold a letter or digit.
  let identifiers: [Int]
  /// Slots of the cells a key is derived of, in the order its rule names them.
  let sources: [Int]
  /// The slot of a key part that is derived or has a default; 0 where there is none.
  let derived: Int

  init(entity: Entity, role: String, isMain: Bool, firstSlot: Int) {
    self.entity = entity
    self.role = role
    self.isMain = isMain
    self.firstSlot = firstSlot
    shape = WireShape(entity)
    prefixes = shape.properties.map { Array("\"\($0.name)\":".utf8) }
    derivation = Self.derivation(of: entity)
    let fixed: Set<String> = derivation == .contract ? ["kind"] : derivation == .term ? ["seq"] : []
    var own: [Int] = []
    var references: [Int] = []
    for (index, property) in shape.properties.enumerated() {
      let field = entity.fields[property.field]
      guard entity.key.contains(where: { $0.field == field.name }), !fixed.contains(field.name) else { continue }
      let optional = entity.key.contains { $0.field == field.name && $0.normal.mayBeAbsent }
      if field.reference != nil {
        references.append(firstSlot + index)
      } else if !optional {
        own.append(firstSlot + index)
      }
    }
    let properties = shape.properties
    let slot = { (name: String) in firstSlot + (properties.firstIndex { entity.fields[$0.field].name == name } ?? 0) }
    identifiers = entity.key.filter { $0.normal == .circuitID }.map { slot($0.field) }
    sources = Self.sources(derivation).map(slot)
    derived = Self.derivedField(derivation).map(slot) ?? 0
    ownKeys = own
    referenceKeys = references
    currencySlot = shape.properties.firstIndex { $0.type == .currency }.map { firstSlot + $0 }
  }

  private static func derivation(of entity: Entity) -> KeyDerivation {
    switch entity.name {
    case "carriers": .carrier
    case "endpoints": .endpoint
    case "customers": .customer
    case "contracts": .contract
    case "contract_terms": .term
    default: .none
    }
  }

  /// Called once all copies are known.
  mutating func settle() {
    let other = Set(ownKeys + referenceKeys + copies.map(\.to) + [currencySlot ?? -1, derived])
    values = (firstSlot..<firstSlot + prefixes.count).filter { !other.contains($0) }
  }

  private static func sources(_ derivation: KeyDerivation) -> [String] {
    switch derivation {
    case .none, .contract, .term: []
    case .carrier: ["name"]
    case .endpoint: ["clli", "suite", "street", "city", "state", "postal", "country", "name"]
    case .customer: ["external_ref", "name", "street", "city", "state", "postal", "country"]
    }
  }

  private static func derivedField(_ derivation: KeyDerivation) -> String? {
    switch derivation {
    case .none: nil
    case .carrier: "slug"
    case .endpoint, .customer: "key"
    case .contract: "kind"
    case .term: "seq"
    }
  }

  func slot(_ field: String) -> Int {
    firstSlot + (shape.properties.firstIndex { entity.fields[$0.field].name == field } ?? 0)
  }

  /// The slot of the property a target fills.
  func slot(field: Int, part: Int = 0) -> Int {
    firstSlot + (shape.properties.firstIndex { $0.field == field && $0.part == part } ?? 0)
  }
}

/// All records of a row in Model order, with every value's place decided once.
struct RowPlan {
  private(set) var parts: [PartPlan] = []
  let slotCount: Int
  let main: Int

  init(_ spec: MappingSpec) throws(MappingError) {
    let targets = (spec.columns + spec.constants).compactMap(\.target)
    var firstSlot = 0
    var main = 0
    for entity in Inventory.entities {
      let isMain = entity.name == spec.entity.name
      for role in isMain || entity.roles.isEmpty ? [""] : entity.roles {
        let used = targets.contains { $0.entity == entity.name && $0.role == role }
        guard isMain || used else { continue }
        if isMain { main = parts.count }
        parts.append(PartPlan(entity: entity, role: role, isMain: isMain, firstSlot: firstSlot))
        firstSlot += parts[parts.count - 1].shape.properties.count
      }
    }
    slotCount = firstSlot
    self.main = main
    let explicit = Set(targets)
    for index in parts.indices {
      connect(index, explicit)
      parts[index].settle()
    }
    try check(explicit)
  }

  func index(of target: Target) -> Int? {
    parts.firstIndex { $0.entity.name == target.entity && $0.role == target.role }
  }

  /// Decides what each reference without a cell of its own is copied from.
  private mutating func connect(_ index: Int, _ explicit: Set<Target>) {
    let part = parts[index]
    for (number, field) in part.entity.fields.enumerated() {
      guard let referred = field.reference, referred != part.entity.name,
        !explicit.contains(where: { $0.entity == part.entity.name && $0.role == part.role && $0.field == number })
      else { continue }
      let own = part.shape.properties.indices.filter { part.shape.properties[$0].field == number }
      if let number = parts.firstIndex(where: { $0.entity.name == referred && Self.fits($0, field.name) }) {
        let source = parts[number]
        for (slot, key) in zip(own, source.shape.keyProperties) {
          guard let at = source.shape.properties.firstIndex(where: { $0.name == key }) else { continue }
          parts[index].copies.append((part.firstSlot + slot, source.firstSlot + at, number))
        }
      } else if own.count == 1, let slot = sameReference(field.name, referred, explicit) {
        parts[index].copies.append((part.firstSlot + own[0], slot, -1))
      }
    }
  }

  private static func fits(_ part: PartPlan, _ field: String) -> Bool {
    part.role.isEmpty || field.hasPrefix(part.role + "_")
  }

  /// The cell another record of the row has for the same reference: `contract.carrier` from `circuit.carrier`.
  private func sameReference(_ name: String, _ referred: String, _ explicit: Set<Target>) -> Int? {
    for part in [parts[main]] + parts {
      guard let field = part.entity.index(of: name), part.entity.fields[field].reference == referred else { continue }
      if explicit.contains(Target(entity: part.entity.name, role: part.role, field: field)) {
        return part.slot(field: field)
      }
    }
    return nil
  }

  /// Each record's key must be complete by cells, references and derivation.
  private func check(_ explicit: Set<Target>) throws(MappingError) {
    for part in parts {
      let copied = Set(part.copies.map(\.to))
      for slot in part.ownKeys + part.referenceKeys {
        let property = part.shape.properties[slot - part.firstSlot]
        let isGiven = explicit.contains(
          Target(entity: part.entity.name, role: part.role, field: property.field, part: property.part))
        let isDerived = [.carrier, .endpoint, .customer].contains(part.derivation)
        if !isGiven, !isDerived, !copied.contains(slot) {
          throw .incompleteKey(entity: part.entity.singular, field: part.entity.fields[property.field].name)
        }
      }
    }
  }
}
