import Mapping
import Model
import Records
import Testing

/// A column for the suggester: its heading, and the values it holds.
struct Heading {
  let name: String
  var values: [String] = []
  var kind = "text"
  var extra: [(String, JSON)] = []

  init(_ name: String, _ values: [String] = [], kind: String = "text", _ extra: [(String, JSON)] = []) {
    self.name = name
    self.values = values
    self.kind = kind
    self.extra = extra
  }

  /// A member of `x-columns`; a heading without values is one nobody has looked into.
  func json(property: String) -> JSON {
    var members: [(String, JSON)] = [("name", .string(name)), ("property", .string(property))]
    if !values.isEmpty {
      members += [
        ("filled", .int(values.count)), ("kinds", .fields([(kind, .int(values.count))])),
        ("samples", .array(values.map { .string($0) })),
      ]
    }
    return .fields(members + extra)
  }
}

enum Proposals {
  static func table(_ columns: [Heading]) -> SourceTable {
    var schema = SchemaMessage(stream: "rows", keyProperties: [], properties: [])
    var seen: [String: Int] = [:]
    schema.columns = .array(
      columns.map { column in
        seen[column.name, default: 0] += 1
        let count = seen[column.name] ?? 1
        return column.json(property: count == 1 ? column.name : "\(column.name)_\(count)")
      })
    return SourceTable(schema)
  }

  static func of(_ columns: [Heading], entity: String = "circuit") throws -> TableProposal {
    Suggester(try #require(Inventory.entity(singular: entity))).propose(table(columns))
  }

  /// What was accepted or known, by heading; nil for undecided and bookkeeping columns.
  static func targets(_ columns: [Heading]) throws -> [String?] {
    let proposal = try of(columns)
    return proposal.columns.map { column in
      if case .accepted(let candidate) = column.decision { return candidate.meaning.text(main: proposal.entity) }
      return nil
    }
  }
}

struct SuggesterTests {
  private static let bench = [
    "carrier": "carrier.name", "circuit_id": "circuit.carrier_circuit_id", "account_number": "billing_account.ban",
    "service_type": "service_type.code", "bandwidth": "circuit.commit", "a_address": "endpoint.a.street",
    "a_city": "endpoint.a.city", "a_state": "endpoint.a.state", "a_postal": "endpoint.a.postal",
    "z_address": "endpoint.z.street", "z_city": "endpoint.z.city", "z_state": "endpoint.z.state",
    "z_postal": "endpoint.z.postal", "mrc": "circuit.mrc", "nrc": "circuit.nrc", "currency": "circuit.currency",
    "install_date": "circuit.installed_on", "term_months": "term.months", "term_end": "term.ends_on",
    "status": "circuit.status", "contract_id": "contract.number", "po_number": "circuit.po_number",
    "cost_center": "circuit.cost_center", "contact_email": "circuit.contact_email", "notes": "circuit.notes",
  ]

  @Test func theBenchHeader() throws {
    let proposal = try Proposals.of(Self.bench.keys.sorted().map { Heading($0) })
    #expect(proposal.unplaced == [])
    let spec = try MappingFile.parse(file: "auto", bytes: Array(proposal.yaml.utf8))
    for rule in spec.columns {
      #expect(rule.target?.text(main: spec.entity) == Self.bench[rule.header], "\(rule.header)")
    }
    #expect(spec.columns.count == 25)
  }

  @Test(arguments: [
    // English, as carriers and finance write it.
    ("ECCKT", "circuit.carrier_circuit_id"), ("Ckt ID / Ckt #", "circuit.carrier_circuit_id"),
    ("LCON", "circuit.contact_name"),
    ("BAN", "billing_account.ban"), ("PON", "circuit.order_number"), ("USOC", "circuit.usoc"),
    ("FOC Date", "circuit.foc_date"), ("MRC (USD)", "circuit.mrc"), ("Monthly $", "circuit.mrc"),
    ("One-Time Cost", "circuit.nrc"), ("Bandwith", "circuit.commit"), ("ISP", "carrier.name"),
    ("contractEndDate", "term.ends_on"), ("acct_no", "billing_account.ban"), ("Auto-Renew?", "term.auto_renew"),
    // German.
    ("Vertragsbeginn", "contract.effective_on"), ("Laufzeit (Monate)", "term.months"),
    ("Kündigungsfrist", "term.notice_days"),
    ("Kuendigungsfrist in Tagen", "term.notice_days"), ("Anschlussnummer", "circuit.carrier_circuit_id"),
    ("Leitungs-Nr.", "circuit.carrier_circuit_id"), ("monatl. Entgelt", "circuit.mrc"),
    ("Kostenstelle", "circuit.cost_center"),
    ("Anbieter", "carrier.name"), ("Vertrags-Nr.", "contract.number"), ("Bereitstellungsdatum", "circuit.installed_on"),
    ("Straße", "endpoint.a.street"), ("PLZ", "endpoint.a.postal"),
    // French.
    ("Date de début du contrat", "contract.effective_on"), ("Préavis (jours)", "term.notice_days"),
    ("Débit", "circuit.commit"), ("Débit montant", "circuit.up"), ("Fournisseur", "carrier.name"),
    ("Frais d'installation", "circuit.nrc"), ("N° de contrat", "contract.number"), ("Code postal", "endpoint.a.postal"),
    ("Durée d'engagement", "term.months"), ("Abonnement mensuel", "circuit.mrc"),
  ])
  func headings(_ heading: String, _ target: String) throws {
    #expect(try Proposals.targets([Heading(heading)]) == [target])
  }

  @Test(arguments: [
    "Row #", "#", "Checked by", "Geprüft von", "Last Modified", "Column1", "Spalte2", "Lfd. Nr.", "Selected",
    "Sales Rep",
    "Total", "Rate", "Code", "Amount", "Previous MRC", "MRC variance", "Invoice Number", "VLAN", "Due Date", "Tax",
    "Device Type", "Active?", "Asset Tag", "Interface",
  ])
  func noiseIsNeverMapped(_ heading: String) throws {
    #expect(try Proposals.targets([Heading(heading)]) == [nil])
  }

  @Test func whatHasNoPlaceIsNamed() throws {
    let proposal = try Proposals.of([Heading("Invoice Number"), Heading("Row #"), Heading("Sales Rep")])
    #expect(proposal.unplaced == ["Sales Rep"])
    #expect(proposal.yaml.contains("Invoice Number: ignore  # belongs to an invoice"))
    #expect(proposal.yaml.contains("\"Row #\": ignore  # bookkeeping of the sheet"))
    #expect(proposal.yaml.contains("Sales Rep: undecided  # decide: "))
  }
}

struct SideTests {
  @Test(arguments: [
    ("A End City", "endpoint.a.city"), ("Location Z", "endpoint.z.name"), ("Z State", "endpoint.z.state"),
    ("City_Z", "endpoint.z.city"), ("B-End Town", "endpoint.z.city"), ("Loc A", "endpoint.a.name"),
    ("Standort A", "endpoint.a.name"), ("A-Ende Ort", "endpoint.a.city"), ("Site A Address", "endpoint.a.street"),
    ("aEndPostalCode", "endpoint.a.postal"), ("ZLOC CLLI", "endpoint.z.clli"), ("Location A / City", "endpoint.a.city"),
    ("Far End Address", "endpoint.z.street"), ("Terminating City", "endpoint.z.city"),
    ("Adresse site B", "endpoint.z.street"),
    ("Site 2 ZIP", "endpoint.z.postal"), ("Extrémité B Ville", "endpoint.z.city"), ("Far End Name", "endpoint.z.name"),
  ])
  func named(_ heading: String, _ target: String) throws {
    #expect(try Proposals.targets([Heading(heading)]) == [target])
  }

  @Test func twoOfOneNameAreTheEndsInOrder() throws {
    let columns = ["City", "State", "City", "State"].map { Heading($0) }
    #expect(
      try Proposals.targets(columns) == ["endpoint.a.city", "endpoint.a.state", "endpoint.z.city", "endpoint.z.state"])
    #expect(try Proposals.targets(["City", "City", "City"].map { Heading($0) }) == [nil, nil, nil])
  }

  /// Town and City are one field of the model: which pair is looked at first does not depend on the hash of their names.
  @Test func twoPairsForOneFieldAreJudgedInTheirOrder() throws {
    #expect(
      try Proposals.targets(["City", "City", "Town", "Town"].map { Heading($0) })
        == ["endpoint.a.city", "endpoint.z.city", nil, nil])
    #expect(
      try Proposals.targets(["Town", "Town", "City", "City"].map { Heading($0) }) == [nil, "endpoint.z.city", nil, nil])
  }

  @Test func aNamedEndStandsBeforeAnUnnamedOne() throws {
    #expect(try Proposals.targets([Heading("Address"), Heading("A Address")]) == [nil, "endpoint.a.street"])
    #expect(
      try Proposals.targets([Heading("Address"), Heading("Z Address")]) == ["endpoint.a.street", "endpoint.z.street"])
  }

  @Test func anEndDateIsNoEnd() throws {
    #expect(
      try Proposals.targets([Heading("End Date"), Heading("Start Date")]) == ["term.ends_on", "contract.effective_on"])
  }
}

struct ValueVetoTests {
  @Test func aHeadingIsNotBelievedAgainstItsValues() throws {
    #expect(try Proposals.targets([Heading("mrc", ["TBD", "see order"])]) == [nil])
    #expect(try Proposals.targets([Heading("mrc", ["12.50", "8.00"], kind: "decimal")]) == ["circuit.mrc"])
    #expect(try Proposals.targets([Heading("Contract End Date", ["12", "36"], kind: "integer")]) == [nil])
    #expect(try Proposals.targets([Heading("Bandwidth", ["$12.00", "$9.00"], kind: "decimal")]) == [nil])
    #expect(try Proposals.targets([Heading("Account Number", ["Zayo", "Lumen"])]) == [nil])
  }

  @Test func valuesSettleAHeadingOfSeveralMeanings() throws {
    #expect(try Proposals.targets([Heading("Rate", ["100M", "1 Gbps"])]) == ["circuit.commit"])
    #expect(try Proposals.targets([Heading("Rate", ["0.0123", "0.0200"], kind: "decimal")]) == [nil])
    #expect(try Proposals.targets([Heading("Contact", ["a@b.example", "c@d.example"])]) == ["circuit.contact_email"])
    #expect(try Proposals.targets([Heading("Contact", ["Ann Lee", "Bo Ray"])]) == ["circuit.contact_name"])
    #expect(try Proposals.targets([Heading("Location", ["12 Main St", "9 Elm Ave"])]) == ["endpoint.a.street"])
    #expect(try Proposals.targets([Heading("Standort", ["Hauptstr. 5, Bonn", "Ringweg 12"])]) == ["endpoint.a.street"])
    #expect(try Proposals.targets([Heading("Location", ["Denver HQ", "Store 101"])]) == ["endpoint.a.name"])
    #expect(try Proposals.targets([Heading("State", ["active", "pending"])]) == ["circuit.status"])
    #expect(try Proposals.targets([Heading("State", ["CO", "TX"])]) == ["endpoint.a.state"])
  }

  @Test func aUnitMustBeTheFieldsOwn() throws {
    #expect(try Proposals.targets([Heading("Notice Period (Days)")]) == ["term.notice_days"])
    #expect(try Proposals.targets([Heading("Notice Period (Months)"), Heading("Term (Years)")]) == [nil, nil])
    #expect(try Proposals.targets([Heading("Durée d'engagement (mois)")]) == ["term.months"])
  }

  @Test func aLonePortSpeedIsTheSpeed() throws {
    #expect(try Proposals.targets([Heading("Port Speed")]) == ["circuit.commit"])
    #expect(try Proposals.targets([Heading("Port Speed"), Heading("CIR")]) == ["circuit.port", "circuit.commit"])
  }

  @Test func twoColumnsForOneFieldAreAPersonsChoice() throws {
    #expect(try Proposals.targets([Heading("Carrier Name"), Heading("Provider Name")]) == [nil, nil])
  }
}
