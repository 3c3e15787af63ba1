import Records
import Reporting
import SQL
import TestSupport
import Testing
import Warehouse

/// CSV and JSON of the same rows, and the changes in them.
@Suite struct ExportTests {
  let fixture: InventoryFixture
  let folder: TemporaryFolder

  init() throws {
    fixture = try InventoryFixture()
    folder = try TemporaryFolder()
  }

  private func csv(_ text: String) throws -> [String] {
    let request = try InventoryFixture.request(InventoryFixture.definition(text: text))
    try request.writeCSV(fixture.warehouse, sheet: nil, to: folder.file("out.csv"))
    return try folder.read("out.csv").split(separator: "\r\n").map(String.init)
  }

  private func sheet(_ lines: [String]) -> String {
    "title: T\nsheets:\n  - name: S\n    entity: circuits\n" + lines.map { "    \($0)\n" }.joined()
  }

  @Test func csvGuardsFormulasAndKeepsNumbers() throws {
    let rows = try csv(sheet(["columns: [circuit.carrier_circuit_id, circuit.currency, circuit.mrc, circuit.notes]"]))
    #expect(
      rows == [
        "Carrier circuit ID,Currency,MRC,Notes",
        "000987654321,USD,0.01,\"'=HYPERLINK(\"\"http://example.test\"\",\"\"x\"\")\"",
        "BCXX/000123,USD,2450.00,", "BCXX/000124,USD,0.00,moved to 000123", "OGYX/1,EUR,1200.50,+49 30 1234",
        "OGYX/2,EUR,-50.25,\"credit, \"\"agreed\"\"\"", "OGYX/3,JPY,350000,\"two\nlines\"",
      ])
  }

  /// Text that would drive a terminal or run in a browser stands as it can be read, in every form.
  @Test func hostileTextIsShownNotObeyed() throws {
    try fixture.warehouse.database.run(
      "UPDATE circuits SET notes = $1 WHERE id = 1",
      [.text("\u{1b}]0;x\u{7} <script>alert(\"1\")</script> & \u{202e}gpj")])
    let text = sheet(["columns: [circuit.key, circuit.currency, circuit.mrc, circuit.notes]"])
    let rows = try csv(text)
    #expect(rows.contains { $0.contains("\\u{1b}]0;x\\u{7} <script>") }, "\(rows)")
    let request = try InventoryFixture.request(InventoryFixture.definition(text: text))
    try request.writePage(fixture.warehouse, to: folder.file("out.html"))
    let page = try folder.read("out.html")
    #expect(page.contains("\\u{1b}]0;x\\u{7} &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; \\u{202e}gpj"))
    #expect(!page.contains("<script") && page.contains("default-src 'none'"))
    #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202e })
  }

  /// The page has the rows and sums of the CSV, a banner in a test database, and the same bytes every time.
  @Test func aPageHasEveryRowAndSum() throws {
    let text = sheet(["columns:", "  - circuit.key", "  - {field: circuit.mrc, total: true}", "  - circuit.currency"])
    let request = try InventoryFixture.request(InventoryFixture.definition(text: text))
    try request.writePage(fixture.warehouse, to: folder.file("a.html"))
    try request.writePage(fixture.warehouse, to: folder.file("b.html"))
    let page = try folder.read("a.html")
    #expect(try page == folder.read("b.html"))
    #expect(page.contains("TEST DATABASE"))
    #expect(page.components(of: "<tr><td>") == 6, "\(page)")
    #expect(page.contains("<td class=\"n\">2450.00</td>") && page.contains("total MRC USD 2450.01"), "\(page)")
  }

  @Test(arguments: [
    ("status in (active, suspended)", 4), ("status not in (active)", 3), ("mrc > 0", 4), ("mrc < 0", 1),
    ("installed_on < as_of", 6), ("installed_on >= 2024-01-01", 2), ("notes is empty", 1), ("notes is not empty", 5),
    ("carrier.name = Zayo", 3), ("commit >= 1Gbps", 2), ("deleted = yes", 0), ("contract.term.ends_on > as_of", 3),
    ("notes = 'moved to 000123'", 1),
  ]) func filtersKeepWhatTheySay(_ filter: String, _ count: Int) throws {
    let rows = try csv(sheet(["columns: [circuit.key]", "filter:", "  - \(filter)"]))
    #expect(rows.count == count + 1, "\(filter)")
  }

  @Test func deletedRecordsAreLeftOutUnlessAskedFor() throws {
    try fixture.warehouse.database.run("UPDATE circuits SET deleted_at = '2025-03-01T00:00:00Z' WHERE id = 4", [])
    #expect(try csv(sheet(["columns: [circuit.key]"])).count == 6)
    #expect(
      try csv(sheet(["columns: [circuit.key, circuit.deleted]", "filter: [deleted = yes]"])) == [
        "Key,Deleted", "zayo/OGYX1,yes",
      ])
  }

  @Test func theLatestTermIsTheOneShown() throws {
    let rows = try csv(sheet(["columns: [circuit.key, contract.term.months]", "filter: [carrier.slug = lumen]"]))
    #expect(rows.count == 4 && rows.dropFirst().allSatisfy { $0.hasSuffix(",36") })
  }

  @Test func groupsAddUpPerCurrency() throws {
    let rows = try csv(
      sheet([
        "group: [carrier.name, circuit.currency]", "columns:", "  - carrier.name", "  - circuit.currency",
        "  - {count: true, caption: Circuits, total: true}", "  - {field: circuit.mrc, sum: true, total: true}",
      ]))
    #expect(
      rows == ["Carrier name,Currency,Circuits,MRC", "Lumen,USD,3,2450.01", "Zayo,EUR,2,1150.25", "Zayo,JPY,1,350000"])
  }

  @Test func jsonHasEveryRowAndTheSameTotals() throws {
    let request = try InventoryFixture.request(InventoryFixture.definition("inventory"))
    try request.writeJSON(fixture.warehouse, to: folder.file("r.json"))
    let report = try #require(JSON.parse(try folder.read("r.json")))
    let circuits = try #require(report["sheets"]?.items.first { $0["name"]?.text == "Circuits" })
    #expect(circuits["rows"]?.items.count == InventoryFixture.circuits.count)
    let sums = circuits["totals"]?.items.filter { $0["column"]?.text == "MRC" }.map { $0["sum"]?.text }
    #expect(sums == ["1150.25", "350000", "2450.01"])
  }

  /// The staged rows are gone after a commit; what was created is the record with later changes taken back.
  @Test func aCreatedRecordIsShownAsItWasCreated() throws {
    let request = try InventoryFixture.request(InventoryFixture.definition("changes"), scope: ChangeScope(changeSet: 1))
    try request.writeCSV(fixture.warehouse, sheet: "Changes", to: folder.file("c.csv"))
    let rows = try folder.read("c.csv").split(separator: "\r\n").filter { $0.contains("lumen/BCXX000123,create") }
    #expect(rows.contains { $0.contains(",mrc,USD,,2300.00,2300.00,mrc,inventory.csv,2,Monthly,") })
    #expect(rows.contains { $0.contains(",carrier,,,lumen,,") })
    #expect(!rows.contains { $0.contains(",installed_on,") }, "it was set by the second change set")
  }

  /// Everything a report reads, asked of each database; amounts, dates, order and filters agree.
  @Test(arguments: TestStore.available) func bothDatabasesGiveTheSameReport(_ store: TestStore) throws {
    let other = try InventoryFixture(store)
    for name in ["inventory", "changes"] {
      let request = try InventoryFixture.request(InventoryFixture.definition(name))
      try request.writeJSON(fixture.warehouse, to: folder.file("sqlite.json"))
      try request.writeJSON(other.warehouse, to: folder.file("other.json"))
      #expect(try folder.read("sqlite.json") == folder.read("other.json"))
      _ = try request.writeWorkbook(other.warehouse, to: folder.file("other.xlsx"))
    }
    let text = sheet([
      "columns: [circuit.key]",
      "filter: [installed_on > 2020-01-01, installed_on <= as_of, stub = no, mrc > 0, 'status not in (planned)']",
    ])
    let request = try InventoryFixture.request(InventoryFixture.definition(text: text))
    try request.writeCSV(other.warehouse, sheet: nil, to: folder.file("f.csv"))
    #expect(try folder.read("f.csv") == "Key\r\nlumen/BCXX000123\r\nzayo/OGYX1\r\n")
  }

  @Test func oneChangeSetIsShownFieldByField() throws {
    let definition = try InventoryFixture.definition("changes")
    let request = try InventoryFixture.request(definition, scope: ChangeScope(changeSet: 2))
    try request.writeCSV(fixture.warehouse, sheet: "Changes", to: folder.file("c.csv"))
    #expect(
      try folder.read("c.csv").split(separator: "\r\n").dropFirst() == [
        "CS-0002,circuits,lumen/BCXX000123,update,mrc,USD,2300.00,2450.00,150.00,mrc,prices.xlsx,9,New price,00bb00bb00bb00bb-1,",
        "CS-0002,circuits,lumen/BCXX000123,update,installed_on,,,2021-03-01,,,prices.xlsx,9,,00bb00bb00bb00bb-1,",
      ])
    try request.writeCSV(fixture.warehouse, sheet: "Approvals", to: folder.file("a.csv"))
    #expect(
      try folder.read("a.csv").contains(
        "eva@example.test,exec,approved,mrc,overwrite,1,\"USD 2,450.00\",terminal,new prices"))
    try request.writeCSV(fixture.warehouse, sheet: "Receipts", to: folder.file("r.csv"))
    #expect(try folder.read("r.csv").contains("2,2025-02-03T09:00:00Z,eva@example.test,exec,commit,CS-0002,r2,cafe"))
  }

  @Test func aPeriodEndsWithTheDayOfTheReport() throws {
    let definition = try InventoryFixture.definition("changes")
    for (since, count) in [(nil, 2), ("2025-02-01", 1), ("2025-02-04", 0)] as [(String?, Int)] {
      let request = try InventoryFixture.request(definition, scope: ChangeScope(since: since))
      try request.writeCSV(fixture.warehouse, sheet: "Change sets", to: folder.file("s.csv"))
      #expect(try folder.read("s.csv").split(separator: "\r\n").count == count + 1)
    }
  }

  @Test func anUnknownSheetIsNamedWithTheKnownOnes() throws {
    let request = try InventoryFixture.request(InventoryFixture.definition("changes"))
    #expect(
      throws: ReportError.noSuchSheet("Sum", known: ["Change sets", "Impact", "Changes", "Approvals", "Receipts"])
    ) {
      try request.writeCSV(fixture.warehouse, sheet: "Sum", to: folder.file("x.csv"))
    }
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = Substring(self)
    while let found = rest.firstRange(of: part) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
