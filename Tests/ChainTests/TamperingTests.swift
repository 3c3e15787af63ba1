import Records
import SQL
import TestSupport
import Testing
import Warehouse

/// What was approved is what is committed: anything altered in between is refused, and nothing is written.
@Suite struct TamperingTests {
  /// One alteration of an approved change set, in SQL, and the statuses that may answer it.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let sql: [String]
    var statuses: [Int32] = [5, 6]
    var testDescription: String { name }

    init(_ name: String, _ sql: String..., statuses: [Int32] = [5, 6]) {
      self.name = name
      self.sql = sql
      self.statuses = statuses
    }
  }

  static let cases = [
    Case("fields", "UPDATE change_items SET fields = replace(fields, '11000', '11001') WHERE change_set = 2"),
    Case(
      "fields of both", "UPDATE change_items SET fields = replace(fields, '10000', '9000') WHERE change_set = 2",
      "UPDATE change_groups SET before_minor = before_minor - 1000 WHERE change_set = 2"),
    Case("action", "UPDATE change_items SET action = 5 WHERE change_set = 2 AND action = 2"),
    Case("action to delete", "UPDATE change_items SET action = 3 WHERE change_set = 2 AND action = 2"),
    Case("key", "UPDATE change_items SET nkey = 'lumen/AA2' WHERE change_set = 2 AND nkey = 'lumen/AA1'"),
    Case("base version", "UPDATE change_items SET base_version = base_version + 1 WHERE change_set = 2"),
    Case("item gone", "DELETE FROM change_items WHERE change_set = 2 AND action = 1"),
    Case(
      "staged of another", "UPDATE change_items SET staged = (SELECT min(id) FROM staging_rows) WHERE change_set = 2"),
    Case("staged rows gone", "DELETE FROM staging_rows"),
    Case("staged gone", "UPDATE change_items SET staged = NULL WHERE change_set = 2"),
    Case("sum", "UPDATE change_groups SET after_minor = after_minor + 1 WHERE change_set = 2"),
    Case("sum before", "UPDATE change_groups SET before_minor = before_minor + 1 WHERE change_set = 2"),
    Case("items of a sum", "UPDATE change_groups SET items = items + 1 WHERE change_set = 2"),
    Case("currency of a sum", "UPDATE change_groups SET currency = 'EUR' WHERE change_set = 2 AND field = 'mrc'"),
    Case(
      "kind of a sum", "UPDATE change_groups SET kind = 'new' WHERE change_set = 2 AND field = 'nrc'",
      "DELETE FROM change_groups WHERE change_set = 2 AND kind = 'overwrite'"),
    Case("groups gone", "DELETE FROM change_groups WHERE change_set = 2"),
    Case(
      "groups and acts gone", "DELETE FROM change_groups WHERE change_set = 2",
      "DELETE FROM approvals WHERE change_set = 2 AND scope <> 'rest'"),
    Case("digest of acts", "UPDATE approvals SET digest = replace(digest, 'a', 'b') WHERE change_set = 2"),
    Case("stated", "UPDATE approvals SET stated = 'USD 1.00' WHERE change_set = 2 AND scope = 'mrc'"),
    Case("acts gone", "DELETE FROM approvals WHERE change_set = 2"),
    Case("act of nobody", "UPDATE approvals SET principal = 'nobody@x' WHERE change_set = 2"),
    Case("verdict", "UPDATE approvals SET verdict = 'rejected' WHERE change_set = 2"),
    Case("digest", "UPDATE change_sets SET digest = replace(digest, 'a', 'b') WHERE id = 2"),
    Case(
      "digest of set and acts", "UPDATE change_sets SET digest = replace(digest, 'a', 'b') WHERE id = 2",
      "UPDATE approvals SET digest = replace(digest, 'a', 'b') WHERE change_set = 2"),
    Case("lineage", "UPDATE change_sets SET lineage = 'ff' WHERE id = 2"),
    Case("rejected", "UPDATE change_sets SET state = 'rejected' WHERE id = 2"),
    Case(
      "counts", "UPDATE change_sets SET summary = replace(summary, '\"create\":', '\"create\":1') WHERE id = 2",
      statuses: [1, 5, 6]),
  ]

  /// One update of a charge and one new circuit, approved, as CS-0002.
  static func approved(_ store: TestStore) throws -> Chain {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,100.00,USD,SO-1,12,one", "Lumen,AA/2,200.00,USD,,,two"])
    let planned = try chain.plan(
      ["Lumen,AA/1,110.00,USD,SO-1,12,one", "Lumen,AA/3,7.00,USD,,,new"], options: "--out second.plan")
    guard planned.status == 2 else { throw ChainFailure("plan", planned) }
    try chain.approve(2)
    return chain
  }

  @Test(arguments: TestStore.available, cases) func anAlteredPlanIsRefused(_ store: TestStore, _ each: Case) throws {
    let chain = try Self.approved(store)
    let set = "SELECT * FROM change_sets"
    let rest = ["change_items", "change_groups", "approvals", "staging_rows"].map { "SELECT * FROM \($0)" }
    let original = try ([set] + rest).map { Set(try chain.database.rows($0).map { "\($0)" }) }
    for line in each.sql { try chain.database.run(line) }
    let altered = try ([set] + rest).map { Set(try chain.database.rows($0).map { "\($0)" }) }
    #expect(altered != original, "the alteration changed nothing")
    let before = try chain.counts()
    let contents = try chain.contents()
    let outcome = try chain.commit(2)
    #expect(each.statuses.contains(outcome.status), "\(outcome.status) \(outcome.stdout) \(outcome.stderr)")
    #expect(try chain.counts() == before)
    #expect(try chain.contents() == contents)
    #expect(try chain.mrc("lumen/AA1") == 10_000)
  }

  /// The digest covers what people were shown.
  @Test func alteredChangesNoLongerHaveTheirDigest() throws {
    let chain = try Self.approved(.sqlite)
    try chain.database.run("UPDATE change_items SET fields = replace(fields, '11000', '11001') WHERE change_set = 2")
    let outcome = try chain.commit(2)
    #expect(outcome.status == 5)
    #expect(outcome.stderr.contains("no longer have the digest"), "\(outcome.stderr)")
  }

  /// The sums that people stated are made again from the rows, even where the seal in the log was forged with them.
  @Test func sumsThatAreNotOfTheRowsAreRefused() throws {
    let chain = try Self.approved(.sqlite)
    try chain.database.run("DELETE FROM change_groups WHERE change_set = 2")
    try chain.database.run("DELETE FROM approvals WHERE change_set = 2")
    let sums = try chain.commit(2)
    #expect(sums.status == 5, "\(sums.stdout) \(sums.stderr)")
    #expect(sums.stderr.contains("its sums were altered since it was proposed"), "\(sums.stderr)")
    let warehouse = try OpenWarehouse(chain.database)
    try chain.database.run("DELETE FROM audit_log WHERE change_set = 2")
    try warehouse.logProposal(2, origins: try warehouse.itemsProof(of: 2).origins, at: "2026-11-21T00:00:00Z")
    try chain.approve(2)
    let outcome = try chain.commit(2)
    #expect(outcome.status == 5, "\(outcome.stdout) \(outcome.stderr)")
    #expect(outcome.stderr.contains("sums that were approved are not those of its rows"), "\(outcome.stderr)")
    #expect(try chain.mrc("lumen/AA1") == 10_000)
  }

  /// Bits of hashes and staged values, which SQL cannot flip on both databases alike.
  @Test(arguments: TestStore.available, ["payload", "row_hash"])
  func aFlippedBitIsRefused(_ store: TestStore, _ column: String) throws {
    var random = SplitMix64()
    let chain = try Self.approved(store)
    let contents = try chain.contents()
    let table = column == "payload" ? "staging_rows" : "change_items"
    let own = column == "payload" ? "id" : "change_set = 2 AND seq"
    let rows = try chain.database.rows(
      "SELECT \(column == "payload" ? "id" : "seq"), \(column) FROM \(table)"
        + (column == "payload" ? "" : " WHERE change_set = 2"))
    for row in rows {
      let bytes = row[1].blob ?? []
      for _ in 0..<8 {
        var altered = bytes
        altered[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        try chain.database.run("UPDATE \(table) SET \(column) = $1 WHERE \(own) = $2", [.blob(altered), row[0]])
        let outcome = try chain.commit(2)
        #expect(outcome.status == 5, "\(bytes) \(altered) seed \(random.seed): \(outcome.stdout) \(outcome.stderr)")
        #expect(try chain.contents() == contents, "seed \(random.seed)")
        try chain.database.run("UPDATE \(table) SET \(column) = $1 WHERE \(own) = $2", [.blob(bytes), row[0]])
      }
    }
    #expect(try chain.commit(2).status == 0)
  }

  @Test func aFlippedBitOfAPlanFileIsRefused() throws {
    var random = SplitMix64()
    let chain = try Self.approved(.sqlite)
    let bytes = try readFile(chain.folder.file("second.plan"))
    let before = try chain.counts()
    let seal = bytes.dropLast().lastIndex(of: 10) ?? 0
    let places = (0..<60).map { _ in Int.random(in: 0..<bytes.count, using: &random) } + Array(seal..<bytes.count)
    for place in places {
      var altered = bytes
      altered[place] ^= 1 << UInt8.random(in: 0..<7, using: &random)
      try chain.folder.write(altered, to: "altered.plan")
      let outcome = try chain.sh("trunkline-commit altered.plan")
      #expect(
        outcome.status == 5,
        "byte \(place) \(bytes[place]) to \(altered[place]), seed \(random.seed): \(outcome.stdout)")
      #expect(try chain.counts() == before)
    }
    for cut in [0, 1, bytes.count / 2, seal, seal + 1, bytes.count - 1] {
      try chain.folder.write(Array(bytes[..<cut]), to: "altered.plan")
      let outcome = try chain.sh("trunkline-commit altered.plan")
      #expect(outcome.status == 5, "cut at \(cut): \(outcome.stdout) \(outcome.stderr)")
    }
    #expect(try chain.counts() == before)
    #expect(try chain.sh("trunkline-commit second.plan").status == 0)
  }

  @Test(arguments: TestStore.available) func verifyNamesWhatWasChangedByOtherMeans(_ store: TestStore) throws {
    let chain = try Self.approved(store)
    #expect(try chain.commit(2).status == 0)
    #expect(try chain.verify().status == 0)
    try chain.database.run("UPDATE circuits SET mrc_minor = 1 WHERE nkey = 'lumen/AA2'")
    var found = try chain.verify()
    #expect(found.status == 2)
    #expect(found.stdout.contains("lumen/AA2"), "\(found.stdout)")
    #expect(!found.stdout.contains("lumen/AA1"))
    try chain.database.run("UPDATE circuits SET mrc_minor = 20000 WHERE nkey = 'lumen/AA2'")
    #expect(try chain.verify().status == 0)
    try chain.database.run("DELETE FROM audit_log WHERE seq = 4")
    found = try chain.verify()
    #expect(found.status == 2)
    #expect(found.stdout.contains("audit entry 4"), "\(found.stdout)")
  }
}
