/// The inventory, declared once: tables, wire, validation, diff and documentation all follow from it.
///
/// Order is dependency order ("Model order"): a record refers only to entities before it, or to its own. To add a field,
/// add one line with the next free number of its entity.
package enum Inventory {
  package static let entities: [Entity] = [
    documents, carriers, carrierAliases, serviceTypes, billingAccounts, customers, endpoints, contracts, contractTerms,
    escalators, etfFormulas, circuits, contractLines, lifecycleEvents, users,
  ]

  package static func entity(_ name: String) -> Entity? { byName[name] }

  package static func entity(singular: String) -> Entity? { entities.first { $0.singular == singular } }

  /// By table or by one record's name: `circuits` or `circuit`.
  package static func entity(either name: String) -> Entity? { entity(name) ?? entity(singular: name) }

  package static func entity(number: Int) -> Entity? { entities.first { $0.number == number } }

  private static let byName = Dictionary(uniqueKeysWithValues: entities.map { ($0.name, $0) })

  /// Raised with every change of a declaration; migrations lead from one to the next.
  package static let version = 2
}
