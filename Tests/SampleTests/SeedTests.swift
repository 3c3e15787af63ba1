import TestSupport
import Testing

/// `trunkline seed`: the sample of every renewal state, by the same path as any file.
struct SeedTests {
  private let options = ["--samples", "\(repositoryRoot)/Samples/seed"]

  @Test(arguments: TestStore.available)
  func theSecondTimeChangesNothing(_ store: TestStore) throws {
    let sample = try SampleDatabase(store)
    let first = try sample.step("seed", options)
    #expect(first.stdout.contains("was approved by script and committed"))
    #expect(try sample.rows("SELECT count(*) FROM circuits") == [["8"]])
    #expect(try sample.rows("SELECT count(*) FROM endpoints") == [["10"]])
    #expect(try sample.rows("SELECT count(*) FROM lifecycle_events") == [["15"]])
    #expect(try sample.rows("SELECT count(*) FROM etf_formulas") == [["2"]])
    #expect(try sample.step("seed", options).stdout.contains("No changes."))
    #expect(try sample.rows("SELECT count(*) FROM change_sets") == [["1"]])
  }

  @Test(arguments: TestStore.available)
  func aStandardDatabaseStopsAtThePlan(_ store: TestStore) throws {
    let sample = try SampleDatabase(store, profile: "standard")
    try sample.step("seed", options, expect: [2])
    #expect(try sample.rows("SELECT count(*) FROM circuits") == [["0"]])
    #expect(try sample.rows("SELECT count(*) FROM approvals") == [["0"]])
  }
}
