import TestSupport
import Testing

/// What people are told of tables that are not quite right, by the built executables.
struct MessageTests {
  private let sample: SampleDatabase

  init() throws { sample = try SampleDatabase() }

  private func write(_ text: String, _ name: String) throws {
    try writeFile(Array(text.utf8), sample.folder.file(name))
  }

  private func map(_ table: String, _ reading: String, expect: Set<Int32>) throws -> (Outcome, rejects: String) {
    try write(table, "a.csv")
    try write(
      "name: rows\nversion: 1\nentity: circuit\ndefaults: {currency: USD, \(reading)}\ncolumns: {Carrier: circuit.carrier, "
        + "Circuit: circuit.carrier_circuit_id, MRC: circuit.mrc, Installed: circuit.installed_on}\n", "m.yaml")
    let rows = try sample.step("extract", ["a.csv"]).output
    let outcome = try sample.step("map", ["--mapping", "m.yaml", "--rejects", "r.jsonl"], stdin: rows, expect: expect)
    return (outcome, expect == [3] ? try sample.folder.read("r.jsonl") : "")
  }

  private static let head = "Carrier,Circuit,MRC,Installed\n"

  /// Dots make dates day first by custom only: a person who says month first is believed, unless a row proves otherwise.
  @Test func datesWithDotsAreReadAsTheMappingSays() throws {
    let dotted = Self.head + "Lumen,A1,1.00,03.04.2025\nLumen,A2,1.00,05.06.2025\n"
    #expect(try map(dotted, "decimal: point, dates: mdy", expect: [0]).0.stdout.contains("2025-03-04"))
    #expect(try map(dotted, "decimal: point, dates: dmy", expect: [0]).0.stdout.contains("2025-04-03"))
    let proven = try map(dotted + "Lumen,A3,1.00,25.06.2025\n", "decimal: point, dates: mdy", expect: [3])
    #expect(proven.rejects.contains("the column proves dmy in row 4 (25.06.2025)"), "\(proven.rejects)")
  }

  @Test func aProofIsNamedByItsRow() throws {
    let table = Self.head + "Lumen,A1,5.00,\nLumen,A2,\"1,200.50\",\n"
    let rejects = try map(table, "decimal: comma", expect: [3]).rejects
    #expect(rejects.contains("the column proves a decimal point in row 2"), "\(rejects)")
  }

  @Test func aCalculatedPriceIsToBeRounded() throws {
    let rejects = try map(Self.head + "Lumen,A1,12.34567,\nLumen,A2,5.00,\n", "decimal: point", expect: [3]).rejects
    #expect(rejects.contains("round it to 2 decimals"), "\(rejects)")
  }

  @Test func aTableWithoutRowsIsSaidToBeOne() throws {
    try write(Self.head, "a.csv")
    let rows = try sample.step("extract", ["a.csv"])
    #expect(rows.stderr.contains("the table has columns and no row") && rows.stderr.contains("W_NO_ROWS"))
    _ = try map(Self.head, "decimal: point", expect: [0])
    let staged = try sample.step(
      "stage", stdin: sample.step("map", ["--mapping", "m.yaml"], stdin: rows.output).output)
    let plan = try sample.step("diff", stdin: staged.output).stdout
    #expect(plan.contains("There is no row in a.csv") && plan.contains("nothing was compared"), "\(plan)")
  }

  @Test func ofManyContradictingRowsTenAreNamed() throws {
    let many = (1...40).map { "Lumen,A1,\($0).00,\n" }.joined()
    let mapped = try map(Self.head + many, "decimal: point", expect: [0]).0
    let staged = try sample.step("stage", stdin: mapped.output)
    let plan = try sample.step("diff", stdin: staged.output, expect: [2]).stdout
    #expect(plan.contains("rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 30 more of the file"), "\(plan)")
    #expect(!plan.contains("rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"), "\(plan)")
  }
}
