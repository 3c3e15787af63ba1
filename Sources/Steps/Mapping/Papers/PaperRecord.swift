import Contracts
import Domain
import Model
import Pages
import Records

/// A record made of an agreement: its members, and the words on the page for each.
struct PaperRecord {
  let stream: String
  private(set) var members: [(name: String, value: JSON)] = []
  private(set) var provenance: [JSON.Member] = []
  var issues: [Issue] = []

  init(_ stream: String) { self.stream = stream }

  /// A value that is not there, and an empty text, leave the property out.
  mutating func put(_ name: String, _ value: JSON?, _ evidence: Evidence? = nil) {
    guard let value, value != .null, value.text?.isEmpty != true else { return }
    members.append((name, value))
    if let evidence { provenance.append(JSON.Member(name, evidence.json)) }
  }

  mutating func put(_ name: String, _ finding: Finding<String>?) {
    put(name, finding.map { .string($0.value) }, finding?.evidence)
  }

  mutating func put(_ name: String, _ finding: Finding<Money>?) {
    put(name, finding.map { .int($0.value.minor) }, finding?.evidence)
  }

  /// A day under the first name, anything else as it is written under the second.
  mutating func put(day: String, text: String, _ finding: Finding<ContractDate>?) {
    guard let finding else { return }
    switch finding.value {
    case .day(let date): put(day, .string(date.description), finding.evidence)
    case .partial(let words), .relative(let words), .redacted(let words):
      put(text, .string(words), finding.evidence)
    case .perpetual: put(text, .string("until someone ends it"), finding.evidence)
    }
  }

  func value(_ name: String) -> JSON? { members.first { $0.name == name }?.value }

  /// The parts of a reference to a contract.
  mutating func refer(to contract: ContractName, as name: String) {
    put(name + "_carrier", .string(contract.carrier))
    put(name + "_number", .string(contract.number))
    put(name + "_kind", .string(contract.kind.rawValue))
  }
}

/// The natural key of a contract.
struct ContractName {
  let carrier: String
  let number: String
  let kind: ContractKind
}

/// What one agreement of a document became.
struct PaperGroup {
  /// Of the document.
  let pages: ClosedRange<Int>
  var records: [PaperRecord] = []
}
