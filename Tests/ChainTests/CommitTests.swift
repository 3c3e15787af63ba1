import Records
import SQL
import TestSupport
import Testing

/// A commit happens once, whole, with its approvals, on the base it was planned against, or not at all.
@Suite struct CommitTests {
  static let rows = ["Lumen,AA/1,100.00,USD,SO-1,12,one", "Lumen,AA/2,200.00,USD,SO-1,12,two", "Zayo,ZZ/1,5,EUR,,,x"]

  @Test(arguments: TestStore.available) func aMissingActIsExit6(_ store: TestStore) throws {
    let chain = try Chain(store)
    #expect(try chain.plan(Self.rows).status == 2)
    var before = try chain.counts()
    let acts = try chain.acts(1)
    #expect(acts.count == 3)
    for act in acts {
      let early = try chain.commit(1)
      #expect(early.status == 6, "\(early.stdout) \(early.stderr)")
      #expect(early.stderr.contains("is not approved"))
      #expect(try chain.counts() == before)
      #expect(try chain.sh(act).status == 0)
      before["audit_log", default: 0] += 1
    }
    #expect(try chain.commit(1).status == 0)
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func aWrongTotalIsExit6(_ store: TestStore) throws {
    let chain = try Chain(store)
    #expect(try chain.plan(Self.rows).status == 2)
    let before = try chain.counts()
    for total in [
      "--field mrc --total 'USD 300.01' --total 'EUR 5.00'", "--field mrc --total 'USD 300.00'",
      "--field mrc --total 'USD 300.00' --total 'EUR 5.00' --total 'GBP 0.00'", "--field term --total 2",
      "--field term --total 0",
    ] {
      let outcome = try chain.sh("trunkline-approve 1 " + total)
      #expect(outcome.status == 6, "\(total): \(outcome.stdout) \(outcome.stderr)")
      #expect(try chain.counts() == before, "\(total)")
    }
  }

  /// The first plan against an empty database cannot take effect a second time, by name, by file, or staged twice.
  @Test(arguments: TestStore.available) func theSecondCommitIsANotice(_ store: TestStore) throws {
    let chain = try Chain(store)
    #expect(try chain.plan(Self.rows, options: "--out first.plan").status == 2)
    try chain.table(Self.rows, "again.csv")
    let second = try chain.sh("trunkline-extract again.csv | \(Chain.map) | \(Chain.stage) | trunkline-diff")
    #expect(second.status == 2)
    try chain.approve(2)
    try chain.land(1)
    let before = try chain.counts()
    for name in ["CS-0001", "first.plan", "1"] {
      let again = try chain.sh("trunkline-commit " + name)
      #expect(again.status == 0)
      #expect(again.stdout.contains("nothing was done"), "\(again.stdout)")
      #expect(try chain.counts() == before)
    }
    let stale = try chain.commit(2)
    #expect(stale.status == 5, "\(stale.stderr)")
    #expect(try chain.serial() == 1)
  }

  /// Eight processes at once (fifty in a long campaign), all of one change set.
  @Test(arguments: TestStore.available) func concurrentCommitsHaveOneEffect(_ store: TestStore) throws {
    let chain = try Chain(store)
    #expect(try chain.plan(Self.rows).status == 2)
    try chain.approve(1)
    let outcomes = try Self.race(chain, Array(repeating: 1, count: soak > 20 ? 50 : 8))
    #expect(outcomes.count { $0.contains("Committed CS-0001") } == 1, "\(outcomes)")
    for outcome in outcomes {
      // Done, done before, or the database was busy.
      #expect(outcome.hasPrefix("0 ") || outcome.hasPrefix("75 "), "\(outcome)")
    }
    #expect(try chain.serial() == 1)
    #expect(try chain.database.firstInt("SELECT count(*) FROM audit_log WHERE action = 'commit'") == 1)
    #expect(try chain.verify().status == 0)
  }

  /// Two change sets that change one row, four processes each: one wins, the other is stale.
  @Test(arguments: TestStore.available) func concurrentRivalsHaveOneWinner(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    try Self.stageRivals(chain, "Lumen,AA/1,110.00,USD,,,", "Lumen,AA/1,120.00,USD,,,")
    let outcomes = try Self.race(chain, [2, 3, 2, 3, 2, 3, 2, 3])
    #expect(outcomes.count { $0.contains("Committed CS-") } == 1, "\(outcomes)")
    let wins = try #require(outcomes.first { $0.contains("Committed CS-") }).contains("CS-0002") ? 0 : 1
    for (place, outcome) in outcomes.enumerated() {
      let expected = place % 2 == wins ? "0 " : "5 "
      #expect(outcome.hasPrefix(expected) || outcome.hasPrefix("75 "), "\(outcome)")
    }
    #expect(try chain.serial() == 2)
    #expect(try chain.mrc("lumen/AA1") == (wins == 0 ? 11_000 : 12_000))
    #expect(try chain.verify().status == 0)
  }

  /// Exit status and first words of each of the commits, started at once.
  private static func race(_ chain: Chain, _ sets: [Int]) throws -> [String] {
    let jobs = sets.enumerated().map { place, set in
      "(trunkline-commit \(set) > out\(place) 2>&1; echo $? > rc\(place)) &"
    }
    _ = try chain.sh(jobs.joined(separator: " ") + " wait")
    return try sets.indices.map { place in
      try chain.folder.read("rc\(place)").split(separator: "\n")[0] + " " + chain.folder.read("out\(place)")
    }
  }

  /// Two approved change sets, CS-0002 and CS-0003, planned at the same serial.
  private static func stageRivals(_ chain: Chain, _ first: String, _ second: String) throws {
    for row in [first, second] {
      guard try chain.plan([row]).status == 2 else { throw ChainFailure("rival", try chain.plan([row])) }
      try chain.approve(try chain.newest())
    }
  }

  @Test(arguments: TestStore.available) func aStalePlanIsRefusedByRow(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    try Self.stageRivals(chain, "Lumen,AA/1,110.00,USD,,,", "Lumen,AA/1,,,,,other words")
    #expect(try chain.commit(2).status == 0)
    let before = try chain.counts()
    let contents = try chain.contents()
    let stale = try chain.commit(3)
    #expect(stale.status == 5, "\(stale.stderr)")
    #expect(stale.stderr.contains("changed since"), "\(stale.stderr)")
    #expect(stale.stderr.contains("circuit lumen/AA1  notes  by CS-0002"), "\(stale.stderr)")
    let who = try chain.database.firstText("SELECT email FROM users") ?? "?"
    #expect(stale.stderr.contains(who), "\(stale.stderr)")
    #expect(try chain.counts() == before)
    #expect(try chain.contents() == contents)
  }

  /// What is stale is not approved either, and the same rows and people are named; it can still be looked at and rejected.
  @Test(arguments: TestStore.available) func aStalePlanIsNotApproved(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    #expect(try chain.plan(["Lumen,AA/1,,,,,other words"]).status == 2)
    try Self.stageRivals(chain, "Lumen,AA/1,110.00,USD,,,", "Lumen,AA/2,210.00,USD,,,")
    #expect(try chain.commit(3).status == 0)
    let before = try chain.counts()
    let stale = try chain.sh("trunkline-approve 2 --all-but-mandatory")
    #expect(stale.status == 5, "\(stale.stderr)")
    #expect(stale.stderr.contains("1 of the 1 records it changes has changed since"), "\(stale.stderr)")
    #expect(stale.stderr.contains("\n  circuit lumen/AA1  notes  by CS-0003"), "\(stale.stderr)")
    #expect(try chain.counts() == before)
    // The rival touches another row.
    try chain.approve(4)
    #expect(try chain.sh("trunkline-changes show CS-0002").status == 0)
    #expect(try chain.sh("trunkline-approve 2 --reject").status == 0)
  }

  @Test(arguments: TestStore.available) func otherRowsMayHaveMoved(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    try Self.stageRivals(chain, "Lumen,AA/1,110.00,USD,,,", "Lumen,AA/2,210.00,USD,,,")
    #expect(try chain.commit(2).status == 0)
    let other = try chain.commit(3)
    #expect(other.status == 0, "\(other.stderr)")
    #expect(try chain.mrc("lumen/AA1") == 11_000)
    #expect(try chain.mrc("lumen/AA2") == 21_000)
    #expect(try chain.verify().status == 0)
  }

  /// A run staged before a commit may have left out rows that have moved since: it is not planned at all.
  @Test(arguments: TestStore.available) func aRunOfAnEarlierSerialIsNotPlanned(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.table(Self.rows)
    let staged = try chain.sh([Chain.extract, Chain.map, Chain.stage].joined(separator: " | "))
    try chain.load(["Zayo,ZZ/9,1,USD,,,"])
    let before = try chain.counts()
    let planned = try chain.sh("trunkline-diff", stdin: staged.output)
    #expect(planned.status == 5, "\(planned.stderr)")
    #expect(try chain.counts() == before)
  }
}
