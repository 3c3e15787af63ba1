/// One of those who make the agreement.
package struct ContractParty: Equatable, Sendable {
  package enum Role: String, Sendable {
    case carrier
    case customer
    case other
  }

  /// With its legal form, as written.
  package var name: String
  package var role: Role
  /// What the contract calls it from there on: `Customer`.
  package var definedTerm: String?

  package init(name: String, role: Role = .other, definedTerm: String? = nil) {
    self.name = name
    self.role = role
    self.definedTerm = definedTerm
  }
}
