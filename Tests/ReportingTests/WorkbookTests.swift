import Reporting
import SQL
import TestSupport
import Testing
import Warehouse

/// The workbooks of the sample inventory, looked at from outside.
@Suite struct WorkbookTests {
  let fixture: InventoryFixture
  let folder: TemporaryFolder

  init() throws {
    fixture = try InventoryFixture()
    folder = try TemporaryFolder()
  }

  private func write(_ definition: ReportDefinition, _ name: String) throws -> WorkbookFile {
    let path = folder.file(name)
    let warnings = try InventoryFixture.request(definition).writeWorkbook(fixture.warehouse, to: path)
    #expect(warnings.isEmpty)
    return WorkbookFile(path: path)
  }

  @Test(arguments: ["inventory", "changes"]) func sameInputSameBytes(_ name: String) throws {
    let definition = try InventoryFixture.definition(name)
    let first = try readFile(write(definition, "a.xlsx").path)
    let second = try readFile(write(definition, "b.xlsx").path)
    #expect(first == second)
    #expect(first.starts(with: [0x50, 0x4B]))
    #expect(try run("ls", ["-A", folder.path]).stdout == "a.xlsx\nb.xlsx\n", "nothing else is left in the folder")
  }

  @Test func timeZoneAndLocaleChangeNothing() throws {
    var digests: Set<String> = []
    for (number, environment) in [
      ["TZ": "UTC", "LC_ALL": "C"], ["TZ": "Pacific/Auckland", "LC_ALL": "de_DE.UTF-8"],
      ["TZ": "America/Los_Angeles", "LANG": "ar_EG.UTF-8"],
    ].enumerated() {
      let out = folder.file("\(number).xlsx")
      let outcome = try run(
        "trunkline-report",
        [
          "inventory", "--db", "sqlite:\(fixture.store.place)", "--out", out, "--as-of", "2025-03-31", "--definition",
          "\(repositoryRoot)/Reports/inventory.yaml",
        ], environment: environment)
      #expect(outcome.status == 0 && outcome.stdout.isEmpty, "\(outcome.stderr)")
      digests.insert(try run("sha256sum", [out]).stdout.split(separator: " ").first.map(String.init) ?? "")
    }
    #expect(digests.count == 1)
  }

  @Test func aChangedCaptionChangesTheWorkbook() throws {
    let text = try String(decoding: readFile("\(repositoryRoot)/Reports/inventory.yaml"), as: UTF8.self)
    let changed = text.replacing("caption: Circuit\n", "caption: Circuit number\n")
    #expect(changed != text)
    let before = try write(InventoryFixture.definition(text: text), "before.xlsx")
    let after = try write(InventoryFixture.definition(text: changed), "after.xlsx")
    #expect(try readFile(before.path) != readFile(after.path))
    if WorkbookFile.canBeRead {
      #expect(try !before.part("xl/sharedStrings.xml").contains("Circuit number"))
      #expect(try after.part("xl/sharedStrings.xml").contains("Circuit number"))
    }
  }

  private static let amounts = """
    title: T
    sheets:
      - name: Circuits
        entity: circuits
        columns: [circuit.key, circuit.currency, {field: circuit.mrc, total: true}, circuit.notes, circuit.installed_on]
        sort: [circuit.currency]
    """

  /// Rows 3 to 6 hold the totals, row 7 the header; the amounts stand below it, by currency.
  /// A sheet too wide to be read on one page goes on over several, each with the columns that name the row.
  @Test(.enabled(if: WorkbookFile.canBeRead)) func aWideSheetPrintsOverSeveralPages() throws {
    let book = try write(InventoryFixture.definition("inventory"), "wide.xlsx")
    let setup = try book.sheet(2).split(separator: "<pageSetup ").last?.prefix { $0 != ">" } ?? ""
    #expect(setup.contains("orientation=\"landscape\"") && setup.contains("fitToHeight=\"0\""), "\(setup)")
    #expect(setup.contains("fitToWidth=\"2\"") || setup.contains("fitToWidth=\"3\""), "\(setup)")
    #expect(try book.part("xl/workbook.xml").contains(">Circuits!$A:$B,Circuits!$"))
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func cellsHoldTheExactAmounts() throws {
    let xml = try write(InventoryFixture.definition(text: Self.amounts), "m.xlsx").sheet(2)
    let amounts = (8...13).map { WorkbookFile.value(of: "C\($0)", in: xml) ?? "" }
    #expect(amounts == ["1200.5", "-50.25", "350000", "0.01", "2450", "0"])
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func totalsAreOnePerCurrencyAndFollowTheFilter() throws {
    let xml = try write(InventoryFixture.definition(text: Self.amounts), "t.xlsx").sheet(2)
    #expect((4...6).map { WorkbookFile.value(of: "C\($0)", in: xml) } == ["1150.25", "350000", "2450.01"])
    let formula = try #require(WorkbookFile.formula(of: "C4", in: xml))
    #expect(
      formula == "SUMPRODUCT(SUBTOTAL(109,OFFSET($C$8,ROW($C$8:$C$13)-ROW($C$8),0)),--($B$8:$B$13=&quot;EUR&quot;))"
        || formula == "SUMPRODUCT(SUBTOTAL(109,OFFSET($C$8,ROW($C$8:$C$13)-ROW($C$8),0)),--($B$8:$B$13=\"EUR\"))")
    #expect(WorkbookFile.value(of: "C3", in: xml) == nil, "no total mixes currencies")
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func anAmountWithoutACurrencyIsInNoTotal() throws {
    try fixture.warehouse.database.run("UPDATE circuits SET currency = NULL WHERE id IN (1, 2)", [])
    let file = try write(InventoryFixture.definition(text: Self.amounts), "n.xlsx")
    let xml = try file.sheet(2)
    #expect((4...6).map { WorkbookFile.value(of: "C\($0)", in: xml) } == ["1150.25", "350000", "0.01"])
    #expect(WorkbookFile.value(of: "C3", in: xml) == nil)
    #expect(try file.part("xl/sharedStrings.xml").contains("245000 minor units of no currency"))
    #expect(try !file.sheet(1).contains("FAIL</v>"))
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func oneCurrencyIsAPlainSubtotal() throws {
    let text = Self.amounts.replacing("    sort:", "    filter: [currency = USD]\n    sort:")
    let xml = try write(InventoryFixture.definition(text: text), "o.xlsx").sheet(2)
    #expect(WorkbookFile.formula(of: "C4", in: xml) == "SUBTOTAL(109,$C$6:$C$8)")
    #expect(WorkbookFile.value(of: "C4", in: xml) == "2450.01")
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func textLikeAFormulaStaysText() throws {
    let file = try write(InventoryFixture.definition(text: Self.amounts), "f.xlsx")
    let cell = try #require(WorkbookFile.element(of: "D11", in: file.sheet(2)))
    #expect(cell.contains("t=\"s\"") && !cell.contains("<f>"))
    #expect(try file.part("xl/sharedStrings.xml").contains("=HYPERLINK("))
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func datesAreRealDatesWhereSpreadsheetsHaveThem() throws {
    let xml = try write(InventoryFixture.definition(text: Self.amounts), "d.xlsx").sheet(2)
    #expect(WorkbookFile.value(of: "E12", in: xml) == "44256", "2021-03-01")
    #expect(WorkbookFile.element(of: "E11", in: xml)?.contains("t=\"s\"") == true, "1900-01-02 is text")
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func theCoverSaysWhereItComesFromAndThatItAddsUp() throws {
    let file = try write(InventoryFixture.definition("inventory"), "c.xlsx")
    let strings = try file.part("xl/sharedStrings.xml")
    for text in [
      "TEST DATABASE", "CONFIDENTIAL", "acme", "2025-03-31 UTC", "CS-0002", "00bb00bb00bb00bb-1", "0123456789abcdef",
      "ana@example.test", "2: cafe",
    ] {
      #expect(strings.contains(text), "\(text) is on the cover")
    }
    #expect(try file.part("xl/workbook.xml").contains("<definedName name=\"TieOut_OK\">"))
    let cover = try file.sheet(1)
    #expect(!cover.contains("FAIL</v>") && cover.contains("PASS</v>"))
  }

  @Test func anOrdinaryDatabaseHasNoTestBanner() throws {
    let ordinary = try InventoryFixture(profile: "standard")
    let request = try InventoryFixture.request(InventoryFixture.definition("inventory"))
    try request.writeJSON(ordinary.warehouse, to: folder.file("o.json"))
    try request.writeJSON(fixture.warehouse, to: folder.file("t.json"))
    #expect(try folder.read("o.json").contains("\"test\":false"))
    #expect(try folder.read("t.json").contains("\"test\":true"))
  }

  /// MRC of circuit 1 was last set by the second file; the rest of it still comes from the first.
  @Test(.enabled(if: WorkbookFile.canBeRead)) func everyCellLeadsBackToAFileAndRow() throws {
    let definition = try InventoryFixture.definition(
      text: "title: T\nsheets:\n  - name: S\n    entity: circuits\n    columns:\n      - circuit.carrier_circuit_id\n"
        + "      - circuit.currency\n      - circuit.mrc\n      - contract.number\n")
    let file = try write(definition, "p.xlsx")
    let strings = try file.part("xl/sharedStrings.xml")
    for text in ["MRC ← New price", "Carrier circuit ID ← Circuit ID", "MRC ← Monthly", "Contract number ← Agreement"] {
      #expect(strings.contains(text), "\(text)")
    }
    #expect(strings.contains("prices.xlsx") && strings.contains("inventory.csv"))
  }

  @Test func aSheetBeyondFifteenDigitsSaysSo() throws {
    let large: Int64 = 9_007_199_254_740_993
    try fixture.warehouse.database.run("UPDATE circuits SET mrc_minor = $1 WHERE id = 1", [.int(large)])
    let request = try InventoryFixture.request(InventoryFixture.definition(text: Self.amounts))
    let warnings = try request.writeWorkbook(fixture.warehouse, to: folder.file("l.xlsx"))
    #expect(!warnings.isEmpty && warnings.allSatisfy { $0.contains("more than 15 digits were written as text") })
    try request.writeCSV(fixture.warehouse, sheet: nil, to: folder.file("l.csv"))
    #expect(try folder.read("l.csv").contains(",USD,90071992547409.93,"))
    if WorkbookFile.canBeRead {
      #expect(try WorkbookFile(path: folder.file("l.xlsx")).sheet(1).contains("FAIL</v>"))
    }
  }
}
