import Records
import TestSupport
import Testing

/// Samples/entities: a table for every entity, in an order in which each finds what it refers to.
struct EntityTests {
  /// How an entity's rows are told apart: in its sample, and in the database.
  private static let keys: [String: (entity: String, captions: [String], sql: String)] = [
    "documents.csv": ("documents", ["SHA-256", "File Name"], "SELECT sha256, filename FROM documents"),
    "carriers.csv": ("carriers", ["Carrier", "Legal Name"], "SELECT name, legal_name FROM carriers"),
    "carrier_aliases.csv": (
      "carrier_aliases", ["Alias", "Carrier"],
      "SELECT a.alias, c.name FROM carrier_aliases a JOIN carriers c ON c.id = a.carrier_id"
    ),
    "service_types.csv": ("service_types", ["Code", "Name"], "SELECT code, name FROM service_types"),
    "billing_accounts.csv": (
      "billing_accounts", ["Carrier", "BAN", "Account Name"],
      "SELECT c.name, b.ban, b.name FROM billing_accounts b JOIN carriers c ON c.id = b.carrier_id"
    ),
    "customers.csv": ("customers", ["Customer Number", "Customer"], "SELECT external_ref, name FROM customers"),
    "endpoints.csv": ("endpoints", ["Site", "Address", "CLLI"], "SELECT name, street, clli FROM endpoints"),
    "contracts.csv": (
      "contracts", ["Carrier", "Contract Number", "Contract Kind", "Effective Date"],
      "SELECT c.name, k.number, k.kind, k.effective_on FROM contracts k JOIN carriers c ON c.id = k.carrier_id"
    ),
    "contract_terms.csv": (
      "contract_terms", ["Contract Number", "Seq", "Term Start", "Notice Days"],
      """
      SELECT k.number, t.seq, t.starts_on, t.notice_days FROM contract_terms t JOIN contracts k ON k.id = t.contract_id
      """
    ),
    "escalators.csv": (
      "escalators", ["Contract Number", "Seq", "Escalator", "First Increase"],
      """
      SELECT k.number, t.seq, e.kind, e.first_on FROM escalators e JOIN contract_terms t ON t.id = e.term_id
        JOIN contracts k ON k.id = t.contract_id
      """
    ),
    "etf_formulas.csv": (
      "etf_formulas", ["Contract Number", "Seq", "ETF", "Clause"],
      """
      SELECT k.number, t.seq, e.kind, e.text_quote FROM etf_formulas e JOIN contract_terms t ON t.id = e.term_id
        JOIN contracts k ON k.id = t.contract_id
      """
    ),
    "0-source.csv": (
      "circuits", ["Carrier", "Circuit ID"],
      "SELECT c.name, x.carrier_circuit_id FROM circuits x JOIN carriers c ON c.id = x.carrier_id"
    ),
    "contract_lines.csv": (
      "contract_lines", ["Contract Number", "Line", "Line Circuit ID", "What", "Qty"],
      """
      SELECT k.number, l.line_no, coalesce(l.circuit_text, ''), l.description, l.quantity FROM contract_lines l
        JOIN contracts k ON k.id = l.contract_id
      """
    ),
    "lifecycle_events.csv": (
      "lifecycle_events", ["Circuit ID", "Event", "Date", "Details"],
      """
      SELECT x.carrier_circuit_id, e.kind, e.occurred_on, e.detail FROM lifecycle_events e
        JOIN circuits x ON x.id = e.circuit_id
      """
    ),
    "users.csv": ("users", ["Mail", "Role", "Full Name"], "SELECT email, role, display_name FROM users"),
  ]

  @Test(arguments: TestStore.available)
  func everyEntityIsCommittedAndPlansEmptyAfterwards(_ store: TestStore) throws {
    let sample = try SampleDatabase(store)
    let folder = "\(repositoryRoot)/Samples/entities"
    let order = String(decoding: try readFile(folder + "/order.txt"), as: UTF8.self).split(separator: "\n")
    #expect(order.count == Self.keys.count)
    for line in order {
      let files = line.split(separator: " ").map { "\(folder)/\($0)" }
      let name = String(files[0].split(separator: "/").last ?? "")
      let key = try #require(Self.keys[name])
      let table = try Table(sample: "Samples/entities/\(line.split(separator: " ")[0])")
      let (hops, plan) = try sample.load(files[0], files[1])
      let counts = try #require(Hops.final(String(decoding: hops.mapped, as: UTF8.self)))
      #expect(counts["in"]?.int == table.rows.count, "\(name)")
      #expect(counts["accepted"]?.int == table.rows.count, "\(name)")
      let items = plan.stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }
      #expect(items.count { $0["entity"]?.text == key.entity } == table.rows.count, "\(name)")
      let committed = Set(try sample.rows(key.sql))
      for row in table.rows {
        let cells = key.captions.map { table.cell(row, $0) }
        #expect(committed.contains(cells), "\(name): \(cells)")
      }
      _ = try sample.plan(try sample.stage(files[0], files[1]), changes: false)
    }
    // All of them again: what a later sample added took nothing from an earlier one.
    for line in order {
      let files = line.split(separator: " ").map { "\(folder)/\($0)" }
      _ = try sample.plan(try sample.stage(files[0], files[1]), changes: false)
    }
    #expect(try sample.step("audit", ["verify"]).status == 0)
  }

  @Test(arguments: TestStore.available)
  func oneRowFeedsSeveralEntities(_ store: TestStore) throws {
    let sample = try SampleDatabase(store)
    let folder = "\(repositoryRoot)/Samples/circuits"
    try sample.load(folder + "/0-source.csv", folder + "/mapping.yaml")
    let table = try Table(sample: "Samples/circuits/0-source.csv")
    func distinct(_ captions: [String]) -> Int {
      Set(table.rows.map { row in captions.map { table.cell(row, $0) } }).count
    }
    let places = table.rows.flatMap { row in
      [["A Address", "", "A City", "A Zip"], ["Z Address", "Z Suite", "Z City", "Z Zip"]].map { captions in
        captions.map { table.cell(row, $0) }
      }
    }
    let expected = [
      "circuits": table.rows.count, "carriers": distinct(["Carrier"]), "service_types": distinct(["Service"]),
      "billing_accounts": distinct(["Carrier", "Account Number"]), "contracts": distinct(["Carrier", "Contract"]),
      "contract_terms": distinct(["Carrier", "Contract"]),
      "endpoints": Set(places.filter { !$0.allSatisfy(\.isEmpty) }).count,
    ]
    for (entity, count) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(try sample.rows("SELECT count(*) FROM \(entity)") == [[String(count)]], "\(entity)")
    }
  }
}
