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
