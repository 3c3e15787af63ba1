import Commitment
import Records
import SQL
import TestSupport
import Testing

@testable import Warehouse

/// What is written to the tables by other means is worth nothing, and is found.
@Suite struct ForgeryTests {
  private static let header =
    "INSERT INTO approvals (id, change_set, digest, principal, role, verdict, scope, kind, items, stated, method, reason, at)"

  /// CS-0002 with a new charge and an update, planned and not approved.
  private static func planned(_ store: TestStore, profile: String = "test") throws -> Chain {
    let chain = try Chain(store, profile: profile)
    if profile == "test" { try chain.load(["Lumen,AA/1,100.00,USD,SO-1,12,one"]) }
    let planned = try chain.plan(["Lumen,AA/1,100.00,USD,SO-1,12,uno", "Lumen,AA/3,7.00,USD,,,new"])
    guard planned.status == 2 else { throw ChainFailure("plan", planned) }
    return chain
  }

  /// Rows in `approvals` that say exactly what is missing, by the right person, and that no one ever did.
  @Test(arguments: TestStore.available) func anApprovalThatTheLogDoesNotKnowDoesNotCount(_ store: TestStore) throws {
    let chain = try Self.planned(store)
    let warehouse = try OpenWarehouse(chain.database)
    let set = try warehouse.changeSet("CS-0002")
    let who = try chain.database.firstText("SELECT email FROM users") ?? ""
    for (index, requirement) in try warehouse.requirements(of: set).enumerated() {
      try chain.database.run(
        Self.header + " VALUES ($1, 2, $2, $3, 'exec', 'approved', $4, $5, $6, $7, 'tty', '', '2026-11-21T00:00:00Z')",
        [
          .int(Int64(100 + index)), .text(set.digest), .text(who), .text(requirement.scope.word),
          .text(requirement.scope.kind), .int(Int64(requirement.items)), .text(requirement.statement),
        ])
    }
    let contents = try chain.contents()
    let refused = try chain.commit(2)
    #expect(refused.status == 6, "\(refused.stdout) \(refused.stderr)")
    #expect(refused.stderr.contains("the act of \(who) is not in the audit log"), "\(refused.stderr)")
    #expect(try chain.contents() == contents)
    let found = try chain.verify()
    #expect(found.status == 2 && found.stdout.contains("is not as the audit log has it"), "\(found.stdout)")
    // The real acts count beside them.
    try chain.approve(2)
    #expect(try chain.commit(2).status == 0)
  }

  /// An entry slipped into the log without its place in the chain is no better.
  @Test func anActSlippedIntoTheLogIsRefused() throws {
    let chain = try Self.planned(.sqlite)
    try chain.approve(2)
    try chain.database.run(
      "INSERT INTO audit_log SELECT seq + 1, at, principal, role, action, change_set, body, root, prev_hash, hash"
        + " FROM audit_log ORDER BY seq DESC LIMIT 1")
    let refused = try chain.commit(2)
    #expect(refused.status == 5, "\(refused.stdout)")
    #expect(refused.stderr.contains("the audit log does not hold: audit entry"), "\(refused.stderr)")
  }

  @Test(arguments: TestStore.available) func aDatabaseDoesNotBecomeATestDatabase(_ store: TestStore) throws {
    let chain = try Self.planned(store, profile: "standard")
    try chain.database.run("UPDATE db_meta SET value = 'test' WHERE name = 'profile'")
    let scripted = try chain.sh("trunkline-approve 1 --all-but-mandatory")
    #expect(scripted.status == 6, "\(scripted.stderr)")
    #expect(try chain.sh("trunkline-approve 1 --all-but-mandatory --as exec").status == 77)
    let found = try chain.verify()
    #expect(found.status == 2)
    #expect(found.stdout.contains("database: its profile is test, the audit log has it as standard"), "\(found.stdout)")
    #expect(!found.stdout.contains("TEST DATABASE"))
  }

  /// Who proposed a set decides who may approve it: an altered author is seen by approve and commit.
  @Test func anotherAuthorIsNoticedBeforeAnythingIsApproved() throws {
    let chain = try Self.planned(.sqlite)
    for sql in [
      "UPDATE change_sets SET author = 'ghost@x' WHERE id = 2",
      "UPDATE runs SET principal = 'ghost@x' WHERE run_no = 2",
    ] {
      try chain.database.run(sql)
      let refused = try chain.sh("trunkline-approve 2 --all-but-mandatory")
      #expect(refused.status == 5, "\(sql): \(refused.stderr)")
      #expect(refused.stderr.contains("altered since it was proposed"), "\(refused.stderr)")
    }
  }

  @Test(arguments: TestStore.available) func aRejectedSetStaysRejected(_ store: TestStore) throws {
    let chain = try Self.planned(store)
    try chain.approve(2)
    #expect(try chain.sh("trunkline-approve 2 --reject").status == 0)
    #expect(try chain.verify().status == 0)
    try chain.database.run("UPDATE change_sets SET state = 'proposed' WHERE id = 2")
    let refused = try chain.commit(2)
    #expect(
      refused.status == 6 && refused.stderr.contains("CS-0002 was rejected"), "\(refused.stdout) \(refused.stderr)")
    #expect(try chain.verify().stdout.contains("CS-0002: its state is proposed"))
  }

  /// One alteration in SQL, and how the finding about it begins.
  static let alterations = [
    ("UPDATE change_sets SET author = 'ghost@x' WHERE id = 1", "CS-0001: its author, title or summary"),
    ("UPDATE change_sets SET title = 'other.csv' WHERE id = 2", "CS-0002: its author, title or summary"),
    ("UPDATE change_sets SET summary = '{}' WHERE id = 1", "CS-0001: its author, title or summary"),
    ("UPDATE change_sets SET as_of = '1999-01-01' WHERE id = 1", "CS-0001: its author, title or summary"),
    ("UPDATE change_sets SET created_at = '1999' WHERE id = 1", "CS-0001: its author, title or summary"),
    ("UPDATE change_sets SET committed_by = 'ghost@x' WHERE id = 1", "CS-0001: who committed it"),
    ("UPDATE change_sets SET committed_at = '1999' WHERE id = 1", "CS-0001: who committed it"),
    ("UPDATE change_sets SET serial = 9 WHERE id = 1", "CS-0001: who committed it"),
    ("UPDATE change_items SET note = 'all is well' WHERE change_set = 2 AND seq = 1", "CS-0002: its items' notes"),
    ("UPDATE change_items SET source_row = 99 WHERE change_set = 1 AND seq = 2", "CS-0001: its items' notes"),
    ("UPDATE runs SET sources = '[]' WHERE run_no = 1", "CS-0001: its run"),
    ("UPDATE runs SET principal = 'ghost@x' WHERE run_no = 1", "CS-0001: its run"),
    ("UPDATE runs SET mapping = '{}' WHERE run_no = 1", "CS-0001: its run"),
    ("UPDATE run_columns SET source_column = 'Other' WHERE run_no = 1 AND field LIKE 'mrc%'", "CS-0001: its run"),
    ("UPDATE change_groups SET largest = '[]' WHERE change_set = 1", "CS-0001: its sums"),
    ("UPDATE circuits SET run_no = 7 WHERE nkey = 'lumen/AA1'", "circuit lumen/AA1: its run or source row"),
    ("UPDATE circuits SET source_row = 7 WHERE nkey = 'lumen/AA1'", "circuit lumen/AA1: its run or source row"),
    ("UPDATE users SET run_no = 1 WHERE id = 1", "user "),
    ("UPDATE db_meta SET value = 'standard' WHERE name = 'profile'", "database: its profile is standard"),
    ("UPDATE db_meta SET value = 'ff' WHERE name = 'lineage'", "database: its lineage is ff"),
    ("UPDATE db_meta SET value = '7' WHERE name = 'serial'", "database: its serial is 7"),
    ("DELETE FROM change_sets WHERE id = 2", "CS-0002: the audit log has its proposal"),
  ]

  @Test(arguments: TestStore.available) func verifyFindsEveryAlteration(_ store: TestStore) throws {
    let chain = try Self.planned(store)
    #expect(try chain.verify().status == 0)
    for (sql, finding) in Self.alterations {
      let words = sql.split(separator: " ")
      let table = words[0] == "DELETE" ? words[2] : words[1]
      try chain.database.run("CREATE TABLE kept AS SELECT * FROM \(table)")
      #expect(try chain.database.run(sql) > 0, "\(sql)")
      let found = try AuditVerification(OpenWarehouse(chain.database)).run(expect: nil).map(\.description)
      #expect(found.contains { $0.hasPrefix(finding) }, "\(sql): \(found)")
      try chain.database.run("DELETE FROM \(table)")
      try chain.database.run("INSERT INTO \(table) SELECT * FROM kept")
      try chain.database.run("DROP TABLE kept")
    }
    #expect(try chain.verify().status == 0)
  }

  @Test func findingsAreJSONWhereAskedFor() throws {
    let chain = try Self.planned(.sqlite)
    func lines(_ outcome: Outcome) -> [JSON] {
      outcome.stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }
    }
    let whole = try chain.sh("trunkline-audit verify --json")
    #expect(whole.status == 0 && lines(whole).count == 1 && whole.stdout.split(separator: "\n").count == 1)
    #expect(lines(whole).first?["holds"]?.bool == true && lines(whole).first?["head"]?.text?.count == 64)
    try chain.database.run("UPDATE change_sets SET title = 'x' WHERE id = 1")
    let torn = try chain.sh("trunkline-audit verify --json")
    #expect(torn.status == 2 && lines(torn).count == torn.stdout.split(separator: "\n").count)
    #expect(lines(torn).first?["place"]?.text == "CS-0001" && lines(torn).last?["holds"]?.bool == false)
  }
}
