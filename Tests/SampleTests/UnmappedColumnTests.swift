import Records
import TestSupport
import Testing

/// Columns that a mapping leaves out: guessed at in the workbook, decided there, and taken from then on.
struct UnmappedColumnTests {
  private let sample: SampleDatabase

  init() throws {
    sample = try SampleDatabase()
    let carriers = "\(repositoryRoot)/Samples/entities/carriers"
    try sample.load(carriers + ".csv", carriers + ".yaml")
    try write(
      "name: rows\nversion: 1\nentity: circuit\ndefaults: {currency: USD, decimal: point}\ncolumns:\n"
        + "  Carrier: circuit.carrier\n  Circuit: circuit.carrier_circuit_id\n  MRC: circuit.mrc\n  \"*\": ignore\n",
      "m.yaml")
    try write("Carrier,Circuit,MRC,NRC,Odd\nLumen,A1,abc,7.00,x\nLumen,A2,1.00,8.00,y\n", "a.csv")
    let rows = try sample.step("extract", ["a.csv"]).output
    try sample.step("map", ["--mapping", "m.yaml", "--rejects", "r.jsonl"], stdin: rows, expect: [3])
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
  }

  private func write(_ text: String, _ name: String) throws {
    try writeFile(Array(text.utf8), sample.folder.file(name))
  }

  private func decide(_ decisions: [(row: Int, target: String)]) throws {
    var copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    copy["Fix"].set(1, "MRC", .text("10.00"))
    for decision in decisions {
      var row = copy["Unmapped columns"].rows[decision.row]
      while row.count < 7 { row.append(.blank) }
      row[6] = .text(decision.target)
      copy["Unmapped columns"].rows[decision.row] = row
    }
    try copy.write(sample.folder.file("d.xlsx"))
  }

  @Test func aColumnIsGuessedAt() throws {
    let sheet = try WorkbookCopy(sample.folder.file("d.xlsx"))["Unmapped columns"]
    #expect(sheet.rows[1].map(\.text).suffix(3) == ["Best guess", "Score", "Decision"])
    #expect(
      sheet.rows[2].map(\.text).prefix(6) == ["NRC", "2", "7.00 | 8.00", sheet.rows[2][3].text, "circuit.nrc", "100"])
    #expect(sheet.rows[3].first?.text == "Odd")
  }

  @Test func aDecisionIsInTheMappingAndInThePlan() throws {
    try decide([(2, "circuit.nrc"), (3, "ignore")])
    let outcome = try sample.step("fix", ["d.xlsx"], expect: [2])
    #expect(outcome.stdout.contains("nrc"), "\(outcome.stdout)")
    #expect(outcome.stderr.contains("m.yaml now has the decisions about \"NRC\", \"Odd\""), "\(outcome.stderr)")
    #expect(outcome.stderr.contains("an earlier m.yaml was kept as m.yaml.1"))
    let mapping = try sample.folder.read("m.yaml")
    #expect(mapping.contains("\n  \"NRC\": circuit.nrc\n") && mapping.contains("\n  \"Odd\": ignore\n"))
    let log = try sample.step("audit", ["log", "--json"]).stdout
    #expect(log.contains("\"kind\":\"map\"") && log.contains("\"after\":\"circuit.nrc\""))
  }

  @Test func aDecisionThatIsNoTargetChangesNothing() throws {
    let before = try sample.folder.read("m.yaml")
    try decide([(2, "circuit.nrcc")])
    let refused = try sample.step("fix", ["d.xlsx"], expect: [65])
    #expect(refused.stderr.contains("nrcc") && refused.stderr.contains("is no target"), "\(refused.stderr)")
    #expect(try sample.folder.read("m.yaml") == before)
  }

  /// What the workbook says was accepted is what the plan compared.
  @Test func countsOfTheWorkbookAreThoseOfThePlan() throws {
    try write("Carrier,Circuit,MRC\nLumen,A1,1.00\nLumen,A1,2.00\nLumen,A2,3.00\nLumen,A3,abc\n", "b.csv")
    let rows = try sample.step("extract", ["b.csv"]).output
    let mapped = try sample.step("map", ["--mapping", "m.yaml", "--rejects", "s.jsonl"], stdin: rows, expect: [3])
      .output
    let run = Hops.final(try sample.step("stage", stdin: mapped).stdout)?["run"]?.text ?? ""
    try sample.step("diff", ["--run", run], expect: [2])
    try sample.step("errors", ["s.jsonl", "--run", run, "-o", "e.xlsx"])
    let copy = try WorkbookCopy(sample.folder.file("e.xlsx"))
    let facts = Dictionary(
      copy["Read me"].rows.filter { $0.count > 2 }.map { ($0[1].text, $0[2].text) },
      uniquingKeysWith: { first, _ in first })
    #expect(facts["  contradicting, in no plan"] == "2", "\(facts)")
    #expect(
      (Int(facts["Records accepted meanwhile"] ?? "") ?? 0) - 2 == Int(facts["  compared by the plan"] ?? ""),
      "\(facts)")
    let accepted = copy["Accepted"].rows.dropFirst(2).map { $0.map(\.text) }
    #expect(accepted.filter { $0[3] == "none" }.map { $0[0] } == ["2", "3"], "\(accepted)")
    #expect(accepted.contains { $0[0] == "4" && $0[3] == "create" })
  }
}
