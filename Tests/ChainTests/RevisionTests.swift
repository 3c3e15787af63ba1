import Model
import Pages
import Records
import SQL
import TestSupport
import Testing

@testable import Warehouse

/// Edits and rejections of a review make another change set, and nothing gets past its approvals.
@Suite struct RevisionTests {
  private func chain(_ store: TestStore, profile: String = "test") throws -> Chain {
    let chain = try Chain(store, profile: profile)
    let planned = try chain.planPapers([.order(), .order("SO-2", months: 24, mrc: 99_000, circuit: "AA/2", digit: "b")])
    guard planned.status == 2 else { throw ChainFailure("plan", planned) }
    return chain
  }

  private func apply(_ chain: Chain, _ options: String = "") throws -> Outcome {
    try chain.sh("trunkline-review apply made.jsonl \(options)")
  }

  private func set(_ chain: Chain, _ number: Int) throws -> ChangeSet {
    try OpenWarehouse(chain.database).changeSet("\(number)")
  }

  private func left(_ chain: Chain, _ number: Int) throws -> [String] {
    let warehouse = try OpenWarehouse(chain.database)
    return try warehouse.missingApprovals(for: warehouse.changeSet("\(number)")).map(\.requirement.scope.title)
  }

  /// The term of SO-1 is 24 months instead of 36, the charge of SO-2 is wrong, the rest holds.
  private func decide(_ change: QuotedChange) -> ReviewFile.Verdict? {
    if change.isOf("term_months"), change.key.contains("SO-1") { return .edit([("term_months", "2 years")]) }
    if change.isOf("mrc"), change.key.contains("SO-2") { return .reject("another line's") }
    return .approve
  }

  @Test(arguments: TestStore.available) func aReviewWithAnEditMakesASuccessor(_ store: TestStore) throws {
    let chain = try chain(store)
    try ReviewFile(chain, set: "1", decide).write(chain)
    let done = try apply(chain)
    #expect(done.status == 0, "\(done.stderr)")
    for part in [
      "1 value edited, 1 rejected", "term_months  36 -> 24", "\"a term of 36 months\"", "another line's",
      "CS-0002 (sha256 ", "takes the place of CS-0001", "no approval of CS-0001 counts",
    ] { #expect(done.stdout.contains(part), "\(part): \(done.stdout)") }
    #expect(try set(chain, 1).state == .superseded)
    #expect(try left(chain, 2) == [], "whoever edits may confirm it all where nobody else could")
    let commit = try chain.commit(2)
    #expect(commit.status == 0, "\(commit.stderr)")
    let months = try chain.database.rows("SELECT term_months FROM contract_terms ORDER BY nkey").map { $0[0].int }
    #expect(months == [24, 24])
    let charges = try chain.database.rows("SELECT mrc_minor FROM contract_lines ORDER BY nkey").map { $0[0].int }
    #expect(charges == [125_000, nil], "one rejected value leaves the others")
    let verified = try chain.verify()
    #expect(verified.status == 0, "\(verified.stdout)")
  }

  @Test(arguments: TestStore.available) func theLogAndThePlanNameWhatWasEditedAndRejected(_ store: TestStore) throws {
    let chain = try chain(store)
    try ReviewFile(chain, set: "1", decide).write(chain)
    #expect(try apply(chain).status == 0)
    let entry = try chain.database.firstText("SELECT body FROM audit_log WHERE action = 'supersede'") ?? ""
    for part in ["CS-0002", "term_months", "\"before\":36,\"after\":24", "another line's", "\"before\":99000"] {
      #expect(entry.contains(part), "\(part): \(entry)")
    }
    let old = try chain.sh("trunkline-changes show 1").stdout
    #expect(old.contains("State      superseded by CS-0002"), "\(old)")
    let new = try chain.sh("trunkline-changes show 2").stdout
    for part in [
      "Replaces   CS-0001", "1 value edited in the review of CS-0001", "1 value rejected in the review of CS-0001",
      "USD 990.00: another line's", "W_EDITED",
    ] { #expect(new.contains(part), "\(part): \(new)") }
    let warehouse = try OpenWarehouse(chain.database)
    let written = try warehouse.quotedChanges(of: warehouse.changeSet("2")).filter { $0.editor != nil }
    #expect(written.count == 1 && written[0].isOf("term_months") && written[0].evidence?.quote == "a term of 36 months")
    #expect(written.first?.evidence?.page == 2 && written.first?.evidence?.confidence == 0)
  }

  /// An act is bound to the digest: what was approved of the old set counts for nothing.
  @Test(arguments: TestStore.available) func approvalsOfTheOldSetDoNotCarryOver(_ store: TestStore) throws {
    let chain = try chain(store)
    try chain.approve(1)
    #expect(try left(chain, 1) == [])
    try ReviewFile(chain, set: "1") { change in
      change.isOf("mrc") && change.key.contains("SO-1") ? .edit([("mrc", "USD 9,999.00")]) : nil
    }.write(chain)
    let done = try apply(chain)
    #expect(done.status == 0, "\(done.stderr)")
    #expect(try left(chain, 2).count == 4, "only the value that was written is confirmed by whoever wrote it")
    for number in [1, 2] {
      let refused = try chain.commit(Int64(number))
      #expect(refused.status == 6, "\(refused.stdout)")
    }
    #expect(try chain.commit(1).stderr.contains("CS-0002 took its place"))
    #expect(try chain.sh("trunkline-approve 1 --all-but-mandatory").stderr.contains("CS-0002 took its place"))
    #expect(try chain.sh("trunkline-review 1 --html out").stderr.contains("CS-0002 took its place"))
    #expect(try apply(chain).stderr.contains("CS-0002 took its place"))
    // Acts copied from the old set are about other content.
    try chain.database.run("UPDATE approvals SET change_set = 2")
    #expect(try chain.commit(2).status == 6)
  }

  static let forgeries = [
    "UPDATE change_sets SET state = 'proposed' WHERE id = 1",
    "UPDATE field_evidence SET method = 'sentence' WHERE method LIKE 'person:%'",
    "UPDATE field_evidence SET method = 'person:nobody@x' WHERE method LIKE 'person:%'",
    "UPDATE runs SET counts = replace(counts, 'another line', 'no line')",
  ]

  @Test(arguments: TestStore.available, forgeries)
  func whatIsAlteredAfterwardsIsSeen(_ store: TestStore, _ sql: String) throws {
    let chain = try chain(store)
    try ReviewFile(chain, set: "1", decide).write(chain)
    #expect(try apply(chain).status == 0)
    #expect(try chain.verify().status == 0)
    try chain.database.script(sql)
    #expect(try chain.verify().status != 0, "\(sql)")
    let number: Int64 = sql.contains("change_sets") ? 1 : 2
    let refused = try chain.commit(number)
    #expect(refused.status == 5 || refused.status == 6, "\(refused.stdout)")
    #expect(try chain.serial() == 0)
  }

  /// Files that were doctored, each refused as a whole with the reason.
  @Test func aDoctoredFileChangesNothing() throws {
    let chain = try chain(.sqlite)
    let good = try ReviewFile(chain, set: "1", decide)
    func isTerm(_ line: JSON) -> Bool { line["fields"]?.line == "[\"term_months\"]" }
    let cases: [(ReviewFile, String)] = [
      (good.altered("edited_value", .fields([("mrc", .string("USD 1.00"))])), "it has no value \"mrc\""),
      (good.altered("edited_value", .fields([("term_months", .string("soon"))])), "not a term"),
      (good.altered("edited_value", .fields([("term_months", .string("36"))])), "is what was read"),
      (good.altered("edited_value", .fields([("term_months", .string("1201"))])), "Term months \"1201\""),
      (good.altered("edited_value", .string("24")), "without an edited_value"),
      (good.altered("edited_value", .null), "without an edited_value"),
      (good.altered("ack", .bool(false)), "its quote was not shown"),
      (good.altered("seq", .int(99)), "does not have"),
      (good.altered("fields", .array([.string("mrc")])), "does not have"),
      (good.altered("quote", .string("0")), "another quote"),
      (good.altered("content_sha256", .string("0")), "content_sha256 differs"),
      (good.altered("verdict", .string("approve")), "has an edited value, and its verdict is approve"),
    ]
    for (file, why) in cases {
      try file.write(chain)
      let refused = try apply(chain)
      #expect(refused.status == 65, "\(why): \(refused.stdout)")
      #expect(refused.stderr.contains(why), "\(why): \(refused.stderr)")
      #expect(try set(chain, 1).state == .proposed)
      #expect(try chain.newest() == 1)
    }
    try ReviewFile(chain, set: "1") { change in
      change.isOf("number") ? .edit([("number", "SO-3")]) : nil
    }.write(chain)
    let key = try apply(chain)
    #expect(key.status == 65 && key.stderr.contains("part of the record's key"), "\(key.stderr)")
  }

  @Test(arguments: TestStore.available, ["agent", "read_only", "sales"])
  func othersCannotEdit(_ store: TestStore, _ role: String) throws {
    let chain = try chain(store)
    try ReviewFile(chain, set: "1", decide).write(chain)
    try chain.database.run("UPDATE users SET role = $1", [.text(role)])
    let refused = try apply(chain)
    #expect(refused.status == 77, "\(refused.stdout)")
    #expect(try set(chain, 1).state == .proposed && chain.newest() == 1)
  }

  @Test func noScriptEditsInAStandardDatabase() throws {
    let chain = try chain(.sqlite, profile: "standard")
    try ReviewFile(chain, set: "1", decide).write(chain)
    let refused = try chain.sh("yes CS-0001 | trunkline-review apply made.jsonl")
    #expect(refused.status == 6 && refused.stderr.contains("must be a terminal"), "\(refused.stderr)")
    #expect(try set(chain, 1).state == .proposed && chain.newest() == 1)
  }

  private func addColleague(_ chain: Chain) throws {
    try chain.database.run(
      "INSERT INTO users (id, nkey, run_no, email, login, role, active)"
        + " SELECT max(id) + 1, 'cfo@x', 0, 'cfo@x', 'cfo', 'finance', 1 FROM users")
  }

  /// Two people see every value: what one wrote, the other approves, also the one who proposed the set.
  @Test(arguments: TestStore.available) func whoWroteAValueDoesNotApproveItWhereAnotherCould(_ store: TestStore) throws
  {
    let chain = try chain(store)
    try addColleague(chain)
    try ReviewFile(chain, set: "1", decide).write(chain)
    let done = try apply(chain, "--as cfo")
    #expect(done.status == 0, "\(done.stderr)")
    #expect(done.stdout.contains("left to another who may approve, as you wrote it"), "\(done.stdout)")
    let missing = try left(chain, 2)
    #expect(missing.count == 1 && missing[0].hasPrefix("term of item"), "\(missing)")
    let number = missing[0].split(separator: " ").last ?? ""
    let own = try chain.sh("trunkline-approve 2 --item \(number) --as cfo")
    #expect(own.status == 6 && own.stderr.contains("wrote the term"), "\(own.stderr)")
    #expect(try chain.sh("trunkline-approve 2 --item \(number)").status == 0, "who proposed the set did not write this")
    #expect(try chain.commit(2).status == 0)
  }

  /// Who proposed a set cannot slip a value past the other by editing it, nor by a stream that names a writer.
  @Test(arguments: TestStore.available) func theProposersOwnEditsNeedTheOther(_ store: TestStore) throws {
    let chain = try chain(store)
    try addColleague(chain)
    try ReviewFile(chain, set: "1", decide).write(chain)
    let done = try apply(chain)
    #expect(done.status == 0, "\(done.stderr)")
    #expect(done.stdout.split(separator: "\n").filter { $0.contains("as you proposed it: item") }.count == 2)
    #expect(done.stdout.split(separator: "\n").filter { $0.contains("as you wrote it: item") }.count == 1)
    let missing = try left(chain, 2)
    #expect(missing.count == 3 && missing.allSatisfy { $0.contains(" of item ") }, "\(missing)")
    for scope in missing {
      let own = try chain.sh("trunkline-approve 2 --item \(scope.split(separator: " ").last ?? "")")
      #expect(own.status == 6 && own.stderr.contains("four eyes"), "\(own.stderr)")
    }
    #expect(try chain.commit(2).status == 6)
    var paper = PaperStream.order("SO-9", digit: "c")
    paper.method = "person:cfo@x"
    let staged = try chain.stagePapers([paper])
    #expect(staged.status == 3, "\(staged.stderr)")
    #expect(try chain.folder.read("rejects-stage.jsonl").contains("only a review writes that"))
  }

  /// A record cannot be without its key, and what belongs to it falls with it, by name.
  @Test(arguments: TestStore.available) func whatBelongsToARejectedRecordFallsWithIt(_ store: TestStore) throws {
    let chain = try chain(store)
    try ReviewFile(chain, set: "1") { change in
      change.isOf("number") && change.key.contains("SO-1") ? .reject("no such order") : .approve
    }.write(chain)
    let done = try apply(chain)
    #expect(done.status == 0, "\(done.stderr)")
    #expect(done.stdout.contains("1 rejected, 3 records left out"), "\(done.stdout)")
    #expect(done.stdout.contains("its number was rejected") && done.stdout.contains("which is left out"))
    #expect(try chain.commit(2).status == 0)
    #expect(try chain.database.firstInt("SELECT count(*) FROM contracts") == 1)
    #expect(try chain.database.firstInt("SELECT count(*) FROM contract_lines") == 1)
    #expect(try chain.verify().status == 0)
  }

  /// What an amount is in is half of the amount: who writes it wrote the amount, and the amount falls with it.
  @Test(arguments: TestStore.available) func aCurrencyTakesItsAmountsAlong(_ store: TestStore) throws {
    let chain = try chain(store)
    try addColleague(chain)
    try ReviewFile(chain, set: "1") { change in
      guard change.isOf("currency") else { return .approve }
      return change.key.contains("SO-1") ? .edit([("currency", "EUR")]) : .reject("no price is agreed")
    }.write(chain)
    let done = try apply(chain, "--as cfo")
    #expect(done.status == 0, "\(done.stderr)")
    for part in [
      "2 values edited, 2 rejected", "mrc  USD 1,250.00 -> EUR 1,250.00: its currency was edited",
      "mrc  USD 990.00: its currency was rejected",
    ] { #expect(done.stdout.contains(part), "\(part): \(done.stdout)") }
    let missing = try left(chain, 2)
    #expect(missing.count == 1 && missing[0].hasPrefix("mrc of item"), "\(missing)")
    let number = missing[0].split(separator: " ").last ?? ""
    let own = try chain.sh("trunkline-approve 2 --item \(number) --as cfo")
    #expect(own.status == 6 && own.stderr.contains("wrote the mrc"), "\(own.stderr)")
    #expect(try chain.commit(2).status == 6)
    #expect(try chain.sh("trunkline-approve 2 --item \(number)").status == 0)
    #expect(try chain.commit(2).status == 0)
    let rows = try chain.database.rows("SELECT mrc_minor, currency FROM contract_lines ORDER BY nkey")
    #expect(rows.map { $0[0].int } == [125_000, nil] && rows.map { $0[1].text } == ["EUR", nil])
    #expect(try !chain.verify().stdout.contains("CS-"), "nothing but the user that this test slipped in")
  }

  /// The successor stands when its decisions are to be kept; a folder that takes no file loses none of them.
  @Test func decisionsThatCannotBeKeptAreConfirmedAtOnce() throws {
    let chain = try chain(.sqlite)
    try ReviewFile(chain, set: "1", decide).write(chain)
    let blocked = try chain.sh("mkdir CS-0002.decisions.jsonl.partial && trunkline-review apply made.jsonl")
    #expect(blocked.status == 0, "\(blocked.stderr)")
    #expect(blocked.stderr.contains("the decisions about the other values cannot be kept"), "\(blocked.stderr)")
    #expect(try left(chain, 2) == [])
    #expect(try chain.commit(2).status == 0)
  }

  @Test func whereEverythingIsRejectedTheSetIs() throws {
    let chain = try chain(.sqlite)
    try ReviewFile(chain, set: "1") { _ in .reject("another company's") }.write(chain)
    let done = try apply(chain)
    #expect(done.status == 0 && done.stdout.contains("rejected CS-0001"), "\(done.stdout)")
    #expect(try set(chain, 1).state == .rejected && chain.newest() == 1)
  }

  /// The same papers again do not undo what a person decided.
  @Test(arguments: TestStore.available) func theSamePapersAgainAreAConflict(_ store: TestStore) throws {
    let chain = try chain(store)
    try ReviewFile(chain, set: "1", decide).write(chain)
    #expect(try apply(chain).status == 0)
    #expect(try chain.commit(2).status == 0)
    let again = try chain.planPapers([.order(), .order("SO-2", months: 24, mrc: 99_000, circuit: "AA/2", digit: "b")])
    #expect(again.stdout.contains("0 to add, 0 to change"), "\(again.stdout)\(again.stderr)")
    #expect(again.stdout.contains("the source says again what a review changed before CS-0002"), "\(again.stdout)")
    let newer = try chain.planPapers([.order(months: 48)])
    #expect(newer.stdout.contains("1 to change"), "a new version is no repetition: \(newer.stdout)")
  }

  /// Also what an earlier of several reviews changed stays changed.
  @Test func theSamePapersAfterTwoReviewsAreAConflict() throws {
    let chain = try chain(.sqlite)
    try ReviewFile(chain, set: "1") { change in
      change.isOf("term_months") && change.key.contains("SO-1") ? .edit([("term_months", "24")]) : nil
    }.write(chain)
    #expect(try apply(chain).status == 0)
    try ReviewFile(chain, set: "2") { change in
      change.isOf("mrc") && change.key.contains("SO-2") ? .reject("another line's") : .approve
    }.write(chain)
    #expect(try apply(chain).status == 0)
    #expect(try left(chain, 3) == [])
    #expect(try chain.commit(3).status == 0)
    let again = try chain.planPapers([.order()])
    #expect(again.stdout.contains("the source says again what a review changed before CS-0003"), "\(again.stdout)")
    #expect(again.stdout.contains("0 to add, 0 to change"), "\(again.stdout)\(again.stderr)")
  }

  /// Who asks for the source's word gets it as a proposal, and a review of another value of it does not lose that.
  @Test(arguments: TestStore.available) func aReviewKeepsThatTheSourceWasTaken(_ store: TestStore) throws {
    let chain = try chain(store)
    try chain.approve(1)
    #expect(try chain.commit(1).status == 0)
    var other = PaperStream.order(months: 48)
    other.mapping = "other-contracts"
    #expect(try chain.planPapers([other]).status == 2)
    try chain.approve(2)
    #expect(try chain.commit(2).status == 0)
    let papers = [PaperStream.order(), .order("SO-3", circuit: "AA/3", digit: "c")]
    let asked = try chain.planPapers(papers, "--take source")
    #expect(
      asked.stdout.contains("1 to change") && asked.stdout.contains("taken with --take source"), "\(asked.stdout)")
    try ReviewFile(chain, set: "3") { change in
      change.isOf("mrc") ? .edit([("mrc", "USD 1,300.00")]) : .approve
    }.write(chain)
    let done = try apply(chain)
    #expect(done.status == 0, "\(done.stderr)")
    #expect(try set(chain, 3).tookSource && set(chain, 4).tookSource && !set(chain, 2).tookSource)
    #expect(try chain.commit(4).status == 0)
    let months = try chain.database.rows("SELECT term_months FROM contract_terms ORDER BY nkey").map { $0[0].int }
    #expect(months == [36, 24, 36])
    let late = try chain.planPapers([other], "--take source")
    #expect(late.stdout.contains("1 to change"), "\(late.stdout)")
  }

  /// A review of a review: both writers are known, and the chain of sets is.
  @Test(arguments: TestStore.available) func aSuccessorIsReviewedAgain(_ store: TestStore) throws {
    let chain = try chain(store)
    try addColleague(chain)
    try ReviewFile(chain, set: "1") { change in
      change.isOf("term_months") && change.key.contains("SO-1") ? .edit([("term_months", "24")]) : nil
    }.write(chain)
    #expect(try apply(chain, "--as cfo").status == 0)
    try ReviewFile(chain, set: "2") { change in
      change.isOf("mrc") && change.key.contains("SO-1") ? .edit([("mrc", "1300.00")]) : nil
    }.write(chain)
    let second = try apply(chain)
    #expect(second.status == 0, "\(second.stderr)")
    let warehouse = try OpenWarehouse(chain.database)
    let run = try warehouse.run(number: warehouse.changeSet("3").runNumber)
    #expect(run?.revision?.editors.count == 2 && run?.revision?.of == 2)
    func number(_ field: String) throws -> Int {
      try #require(
        try warehouse.quotedChanges(of: warehouse.changeSet("3")).first { $0.isOf(field) && $0.editor != nil }?.number)
    }
    #expect(try chain.sh("trunkline-approve 3 --item \(number("term_months")) --as cfo").status == 6)
    #expect(try chain.sh("trunkline-approve 3 --item \(number("term_months"))").status == 0)
    #expect(try chain.sh("trunkline-approve 3 --item \(number("mrc"))").status == 6)
    #expect(try chain.sh("trunkline-approve 3 --item \(number("mrc")) --as cfo").status == 0)
    #expect(try !chain.verify().stdout.contains("CS-"), "nothing but the user that this test slipped in")
  }
}
