import Reporting
import SQL
import TestSupport
import Testing
import Warehouse

/// `trunkline-report` as a person or script runs it.
@Suite struct CommandTests {
  let fixture: InventoryFixture
  let folder: TemporaryFolder

  init() throws {
    fixture = try InventoryFixture()
    folder = try TemporaryFolder()
  }

  private func report(_ words: [String]) throws -> Outcome {
    try run("trunkline-report", words, environment: ["TRUNKLINE_NOW": "2025-03-31T12:00:00Z"], folder: folder.path)
  }

  @Test(arguments: [
    (["variance", "--out", "x.xlsx"], 64, "the report variance comes in a later version"),
    (["inventori", "--out", "x.xlsx"], 64, "there is no report \"inventori\""),
    (["inventory"], 64, "no file to write is named"),
    (["inventory", "--out", "x.xlsx", "--db", "sqlite:none.db"], 78, "there is no database at none.db"),
    (["inventory", "--out", "x.xlsx", "--db", "mysql://h/d"], 78, "is no database URL"),
    (["inventory", "--out", "x.xlsx", "--db", "sqlite:text.db"], 78, "not a database"),
    (["inventory", "--out", "x.xlsx", "--db", "sqlite:empty.db"], 78, "no trunkline tables"),
    (["inventory", "--out", "x.xlsx", "--definition", "none.yaml"], 66, "no such file"),
    (["inventory", "--out", "x.xlsx", "--definition", "bad.yaml"], 78, "bad.yaml:1:1: unknown key \"titel\""),
    (["inventory", "--out", "x.xlsx", "--change-set", "CS-0001"], 64, "belongs to the report changes"),
    (["changes", "--out", "x.csv", "--sheet", "Sum"], 64, "the report has no sheet \"Sum\""),
  ]) func everyRefusalHasItsStatus(_ words: [String], _ status: Int32, _ message: String) throws {
    try folder.write(String(repeating: "no database at all ", count: 100), to: "text.db")
    try folder.write("", to: "empty.db")
    try folder.write("titel: T\nsheets: []\n", to: "bad.yaml")
    let database = words.contains("--db") ? [] : ["--db", "sqlite:\(fixture.store.place)"]
    let outcome = try report(words + database)
    #expect(outcome.status == status && outcome.stderr.contains(message), "\(outcome.status): \(outcome.stderr)")
    #expect(outcome.stdout.isEmpty)
    #expect(try run("ls", ["-A", folder.path]).stdout == "bad.yaml\nempty.db\ntext.db\n", "nothing is left behind")
  }

  @Test func anUnknownChangeSetIsNoInput() throws {
    let outcome = try report([
      "changes", "--change-set", "CS-0099", "--out", "x.xlsx", "--db", "sqlite:\(fixture.store.place)",
    ])
    #expect(outcome.status == 66 && outcome.stderr.contains("no change set CS-0099"))
  }

  @Test func theNameOfTheFileSaysTheFormat() throws {
    let database = ["--db", "sqlite:\(fixture.store.place)"]
    #expect(try report(["inventory", "--out", "i.csv"] + database).status == 0)
    #expect(try folder.read("i.csv").hasPrefix("Circuit,Carrier,Status,"))
    #expect(try report(["inventory", "--out", "i.json"] + database).status == 0)
    #expect(try folder.read("i.json").contains("\"as_of\":\"2025-03-31\""))
  }

  /// Above 20,000 rows a sheet leaves memory as it is written: a filter instead of a table, totals all the same.
  @Test(.enabled(if: WorkbookFile.canBeRead)) func largeSheetsAreStreamed() throws {
    try fixture.warehouse.database.run(
      """
      WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 20200)
      INSERT INTO circuits (id, nkey, carrier_id, carrier_circuit_id, mrc_minor, currency, run_no)
      SELECT i, 'lumen/N' || i, 1, 'N' || i, i, CASE WHEN i % 2 = 0 THEN 'USD' ELSE 'EUR' END, 1 FROM n
      """, [])
    let definition = try InventoryFixture.definition(
      text: "title: T\nsheets:\n  - name: S\n    entity: circuits\n    columns:\n      - circuit.carrier_circuit_id\n"
        + "      - circuit.currency\n      - {field: circuit.mrc, total: true}\n")
    let path = folder.file("large.xlsx")
    #expect(try InventoryFixture.request(definition).writeWorkbook(fixture.warehouse, to: path).isEmpty)
    let file = WorkbookFile(path: path)
    let xml = try file.sheet(2)
    #expect(xml.contains("<autoFilter ") && !xml.contains("<tablePart"))
    let sum = (100...20200).filter { $0 % 2 == 1 }.reduce(0, +) + 120_050 - 5_025
    #expect(WorkbookFile.value(of: "C4", in: xml) == decimal(sum))
    #expect(WorkbookFile.formula(of: "C4", in: xml)?.hasPrefix("SUMIF(") == true)
    #expect(try !file.sheet(1).contains("FAIL</v>"))
  }

  private func decimal(_ minor: Int) -> String {
    var text = "\(minor / 100)." + (minor % 100 < 10 ? "0" : "") + "\(minor % 100)"
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
