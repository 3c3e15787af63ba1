import Mapping
import Model
import Records
import Testing

struct SuggesterTests {
  private static let expected = [
    "carrier": "carrier.name", "circuit_id": "circuit.carrier_circuit_id", "account_number": "billing_account.ban",
    "service_type": "service_type.code", "bandwidth": "circuit.commit", "a_address": "endpoint.a.street",
    "a_city": "endpoint.a.city",
    "a_state": "endpoint.a.state", "a_postal": "endpoint.a.postal", "z_address": "endpoint.z.street",
    "z_city": "endpoint.z.city",
    "z_state": "endpoint.z.state", "z_postal": "endpoint.z.postal", "mrc": "circuit.mrc", "nrc": "circuit.nrc",
    "currency": "circuit.currency", "install_date": "circuit.installed_on", "term_months": "term.months",
    "term_end": "term.ends_on",
    "status": "circuit.status", "contract_id": "contract.number", "po_number": "circuit.po_number",
    "cost_center": "circuit.cost_center", "contact_email": "circuit.contact_email", "notes": "circuit.notes",
  ]

  private func propose(_ headers: [String], _ kinds: [String: String] = [:]) throws -> (MappingProposal, MappingSpec) {
    let circuit = try #require(Inventory.entity(singular: "circuit"))
    var schema = SchemaMessage(stream: "rows", keyProperties: [], properties: [])
    schema.columns = .array(
      headers.map {
        .fields([("name", .string($0)), ("filled", .int(9)), ("kinds", .fields([(kinds[$0] ?? "other", .int(9))]))])
      })
    let evidence = headers.map { kinds[$0] }
    if evidence.allSatisfy({ $0 == nil }) { schema.columns = .array(headers.map { .fields([("name", .string($0))]) }) }
    let proposal = Suggester.propose(SourceTable(schema), entity: circuit)
    return (proposal, try MappingFile.parse(file: "auto", bytes: Array(proposal.yaml.utf8)))
  }

  @Test func theBenchHeader() throws {
    let (proposal, spec) = try propose(Self.expected.keys.sorted())
    #expect(proposal.unplaced == [])
    for rule in spec.columns {
      #expect(rule.target?.text(main: spec.entity) == Self.expected[rule.header], "\(rule.header)")
    }
    #expect(spec.columns.count == 25)
  }

  @Test func valuesHaveAVeto() throws {
    let (proposal, _) = try propose(["mrc", "circuit_id"], ["mrc": "text", "circuit_id": "text"])
    #expect(proposal.unplaced == ["mrc"])
  }

  @Test(arguments: [
    ("A End City", "endpoint.a.city"), ("Location Z", "endpoint.z.name"), ("Z State", "endpoint.z.state"),
  ])
  func sides(_ header: String, _ target: String) throws {
    let (_, spec) = try propose([header])
    #expect(spec.columns.first?.target?.text(main: spec.entity) == target)
  }

  @Test func whatIsUnknownIsIgnoredAloud() throws {
    let (proposal, _) = try propose(["Sales Rep"])
    #expect(proposal.unplaced == ["Sales Rep"])
    #expect(proposal.yaml.contains("Sales Rep: ignore  # ? best guess"))
  }
}
