import Model
import TestSupport
import Testing

/// Every sample reaches commit on both databases, and is then known: the same files again change nothing.
@Suite struct SampleTests {
  @Test(arguments: TestStore.available, ["Samples/entities", "Samples/seed"])
  func reachesCommitAndPlansEmptyAgain(_ store: TestStore, _ folder: String) throws {
    let chain = try SampleChain(store)
    let tables = try SampleChain.tables(in: folder)
    #expect(tables.count > 5)
    for table in tables {
      let plan = try chain.plan(table)
      #expect(plan.hasChanges, "\(table.source) adds nothing")
      #expect(!plan.text.contains("conflict"), "\(table.source):\n\(plan.text)")
      try chain.approveAndCommit(plan.text)
    }
    for table in tables {
      let plan = try chain.plan(table)
      #expect(!plan.hasChanges, "\(table.source) again:\n\(plan.text)")
    }
    _ = try chain.line("trunkline audit verify", expecting: [0])
  }

  @Test func everyEntityHasASample() throws {
    let sources = try SampleChain.tables(in: "Samples/entities").map { table in
      String(table.source.split(separator: "/").last?.split(separator: ".").first ?? "")
    }
    for entity in Inventory.entities where entity.name != "circuits" {
      #expect(sources.contains(entity.name), "no sample of \(entity.name)")
    }
    #expect(sources.contains("0-source"))
  }

  /// The circuit export at every hop, as files to read. The digest of the change set is part of the plan.
  @Test func theHopsAreTheRecordedOnes() throws {
    let chain = try SampleChain(.sqlite)
    let circuits = "Samples/circuits"
    let extract = "trunkline extract '\(repositoryRoot)/\(circuits)/0-source.csv'"
    let map = "trunkline map --mapping '\(repositoryRoot)/\(circuits)/mapping.yaml'"
    let rows = try chain.line(extract, expecting: [0])
    let records = try chain.line("\(extract) | \(map)", expecting: [0])
    let plan = try chain.line("\(extract) | \(map) | trunkline stage | trunkline diff --all", expecting: [2])
    // The base names the database, which is a new one each time.
    let lines = plan.stdout.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("Base ") }
    for (text, file) in [
      (rows.stdout, "1-extract.jsonl"), (records.stdout, "2-map.jsonl"), (lines.joined(separator: "\n"), "3-diff.txt"),
    ] {
      #expect(throws: Never.self) { try Golden.check(text, "\(circuits)/\(file)") }
    }
  }

  @Test func actsAreReadFromAPlan() {
    let plan = """
      Needs an approval of its own, by a person at a terminal:
        mrc  new  1 row  EUR 0.00 -> EUR 1,150.00
        mrc  new  23 rows  USD 0.00 -> USD 40,631.85
        mrc  overwrites  1 row  USD 830.00 -> USD 905.00
        term  new  22 rows

      Saved change set CS-0001
      """
    #expect(
      SampleChain.acts(plan) == [
        "--field mrc --total 'EUR 1,150.00' --total 'USD 40,631.85'", "--field mrc --overwrites --total 'USD 905.00'",
        "--field term --total '22'",
      ])
  }
}
