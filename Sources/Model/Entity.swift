/// A part of a natural key: one field, and how its text is brought to one form.
package struct KeyPart: Sendable {
  package let field: String
  package let normal: KeyNormal

  init(_ field: String, _ normal: KeyNormal = .exact) {
    self.field = field
    self.normal = normal
  }
}

/// What happens when a record refers to one that exists nowhere.
package enum MissingPolicy: String, Sendable {
  /// A record with nothing but its key is proposed, flagged as a stub.
  case stub
  /// The referring record is rejected.
  case error
}

/// One kind of record of the inventory: its table, its stream, its natural key and its fields.
package struct Entity: Sendable {
  /// Stable and never reused.
  package let number: Int
  /// Table and stream.
  package let name: String
  /// One record of it, in mapping targets and messages.
  package let singular: String
  package let doc: String
  package let key: [KeyPart]
  package let missing: MissingPolicy
  /// Mapping targets name a role between entity and field, as in `endpoint.a.street`; empty where there is only one.
  package let roles: [String]
  package let fields: [Field]
  /// Fields that a plan shows beside the key of a new record.
  package let headline: [String]
  /// The version of the inventory that brought it.
  package let since: Int

  init(
    _ number: Int, _ name: String, _ singular: String, _ doc: String, key: [KeyPart], missing: MissingPolicy = .error,
    roles: [String] = [], headline: [String] = ["name"], since: Int = 1, fields: [Field]
  ) {
    self.number = number
    self.name = name
    self.singular = singular
    self.doc = doc
    self.key = key
    self.missing = missing
    self.roles = roles
    self.fields = fields
    self.headline = headline
    self.since = since
  }

  package func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  package func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }

  /// The field's name in a mapping target: `term_months` of a term is also `term.months`.
  package func field(target: String) -> Field? {
    field(target) ?? field(singular + "_" + target)
  }

  package var currencyField: Field? { fields.first { $0.type == .currency } }

  /// Whether new records of the entity count in an approval or in the impact of a plan.
  package var hasTotals: Bool {
    name == "circuits" || name == "contracts" || fields.contains { $0.approval?.countsWhenNew == true }
  }

  /// Names of other entities that records of this one refer to.
  package var references: Set<String> { Set(fields.compactMap(\.reference)) }
}
