import TestSupport
import Testing

/// `trunkline map` without a mapping file, as an analyst meets it month after month.
@Suite struct SavedMappingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let head = "Ckt ID;Carrier;City;City;Monthly (EUR);Installed;Sales Rep;Row #\n"
  private static let rows =
    "DE-1;Telekom;Bonn;Köln;1.200,50;01.02.2025;Anna;1\nDE-2;Colt;Bonn;Ulm;900,00;28.04.2025;Bo;2\n"

  private func sh(_ line: String) throws -> Outcome {
    try shell(line, environment: ["TRUNKLINE_NOW": "2025-03-31T12:00:00Z"], folder: folder.path)
  }

  private func map(_ file: String) throws -> Outcome { try sh("trunkline extract \(file) | trunkline map --rejects r") }

  @Test func decidedOnceReadEveryMonth() throws {
    try folder.write(Self.head + Self.rows, to: "jan.csv")
    let first = try map("jan.csv")
    #expect(first.status == 78)
    #expect(first.stderr.contains("\"Sales Rep\" is undecided"))
    #expect(first.stdout.isEmpty)
    #expect(try map("jan.csv").stderr.contains("\"Sales Rep\" is undecided"), "a draft is read again, not written over")

    #expect(try sh("sed -i 's/Sales Rep: undecided/Sales Rep: ignore/' Mappings/*/*.yaml").status == 0)
    let decided = try map("jan.csv")
    #expect(decided.status == 0, "\(decided.stderr)")
    #expect(decided.stdout.contains(#""mrc_minor":120050"#))
    #expect(decided.stdout.contains(#""installed_on":"2025-02-01""#))
    #expect(decided.stdout.contains(#""city":"Köln""#))

    try folder.write(Self.head + "DE-3;Colt;Bonn;Ulm;5,00;03.04.2025;Bo;1\n", to: "anything at all.txt")
    let february = try map("'anything at all.txt'")
    #expect(february.status == 0, "\(february.stderr)")
    #expect(february.stderr.contains("by its headings"))
  }

  @Test func aChangedTableIsShownAndMappedAfresh() throws {
    try folder.write(Self.head + Self.rows, to: "jan.csv")
    _ = try map("jan.csv")
    _ = try sh("sed -i 's/Sales Rep: undecided/Sales Rep: ignore/' Mappings/*/*.yaml")
    let renamed = Self.head.split(separator: "Installed").joined(separator: "Live Date")
    try folder.write(renamed + Self.rows, to: "feb.csv")
    let refused = try map("feb.csv")
    #expect(refused.status == 78)
    #expect(refused.stderr.contains("\"Installed\" is now \"Live Date\""))
    #expect(refused.stderr.contains("trunkline map suggest --save"))

    let kept = try sh("trunkline extract feb.csv | trunkline map suggest --save")
    #expect(kept.status == 0 && kept.stdout.isEmpty, "\(kept.stderr)")
    let mapped = try map("feb.csv")
    #expect(mapped.status == 0, "what was decided in January holds: \(mapped.stderr)")
    #expect(try sh("trunkline extract feb.csv | trunkline map suggest --save").status == 78)
    let redone = try sh("trunkline extract feb.csv | trunkline map suggest --save --redo")
    #expect(redone.status == 0)
    #expect(try map("feb.csv").stderr.contains("\"Sales Rep\" is undecided"))
  }

  /// Programs that meet the same new headings at once all keep the one mapping, and go on.
  @Test func manyAtOnceKeepOneMapping() throws {
    try folder.write("Circuit ID,Carrier,MRC,Currency\nAA-1,Lumen,10.00,USD\n", to: "t.csv")
    let outcome = try sh(
      "trunkline extract t.csv > t.jsonl; for n in 1 2 3 4 5 6 7 8; do"
        + " (trunkline map --rejects r$n < t.jsonl > out$n 2> err$n; echo $? > status$n) & done; wait;"
        + " cat status?; ls Mappings/*; cat err?")
    #expect(outcome.stdout.hasPrefix(String(repeating: "0\n", count: 8)), "\(outcome.stdout)")
    #expect(outcome.stdout.split(separator: "\n").count { $0.hasSuffix(".yaml") } == 1, "\(outcome.stdout)")
    #expect(try sh("cmp out1 out8 && cat out1 | grep -c mrc_minor").status == 0)
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    try folder.write(Self.head + Self.rows, to: "jan.csv")
    let outcome = try sh("trunkline extract jan.csv | trunkline map --mappings jan.csv/x")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("cannot keep the mapping"))
  }

  /// What people and programs are shown, whole.
  @Test(arguments: [("", "proposal.yaml"), (" --explain", "explained.txt"), (" --json", "explained.jsonl")])
  func shown(_ option: String, _ golden: String) throws {
    let outcome = try sh(
      "trunkline extract \(repositoryRoot)/Samples/proposal/0-source.csv | trunkline map suggest\(option)")
    #expect(outcome.status == 0)
    #expect(
      option == " --json" || option.isEmpty || outcome.stdout.split(separator: "\n").allSatisfy { $0.count <= 80 })
    try Golden.check(outcome.stdout, "Samples/proposal/\(golden)")
  }
}
