import Glibc
import Model
import Records
import SQL
import TestSupport
import Testing

@testable import Warehouse

/// `trunkline review` on a pseudo-terminal, and the way of its decisions into the database.
@Suite struct ReviewTerminalTests {
  private func chain(_ store: TestStore, profile: String = "standard") throws -> Chain {
    let chain = try Chain(store, profile: profile)
    let planned = try chain.planPapers([.order(), .order("SO-2", months: 24, circuit: "AA/2", digit: "b")])
    guard planned.status == 2 else { throw ChainFailure("plan", planned) }
    try chain.database.run("UPDATE users SET login = $1", [.text(ApprovalTerminal.login)])
    return chain
  }

  private static func environment(_ chain: Chain) -> [String] {
    let store = chain.store
    return [
      "TRUNKLINE_DB=" + (store.store == .sqlite ? "sqlite:" + store.place : store.place), "TERM=dumb", "NO_COLOR=1",
      "TRUNKLINE_NOW=2026-11-21T00:00:00Z",
    ]
  }

  private func file(_ chain: Chain) -> String { chain.folder.file("made.jsonl") }

  private func review(_ chain: Chain, _ keys: [PersonAtTerminal.Act]) throws -> PersonAtTerminal.Outcome {
    try PersonAtTerminal.run(
      "trunkline-review", ["CS-0001", "--decisions", file(chain)], environment: Self.environment(chain), acts: keys)
  }

  private func left(_ chain: Chain) throws -> [ApprovalScope] {
    let warehouse = try OpenWarehouse(chain.database)
    return try warehouse.missingApprovals(for: warehouse.changeSet("1")).map(\.requirement.scope)
  }

  /// Keys for a review of everything: the others at once, then each mandatory one, then away.
  private static let everything: [PersonAtTerminal.Act] =
    [.after("q leave", "A")] + (1...4).reversed().map { .after("\($0) mandatory left", "\rk") }
    + [.after("0 mandatory left", "q")]

  @Test(arguments: TestStore.available) func aPersonReviewsAndRecords(_ store: TestStore) throws {
    let chain = try chain(store)
    let done = try review(chain, Self.everything + [.after("to leave them in", "CS-0001\n")])
    #expect(done.status == 0, "\(done.screen)")
    #expect(done.screen.contains("\u{1b}[?1049l") && done.isRestored)
    #expect(try left(chain) == [], "\(done.screen)")
    let warehouse = try OpenWarehouse(chain.database)
    let acts = try warehouse.approvals(of: warehouse.changeSet("1"))
    #expect(acts.count == 5 && acts.allSatisfy { $0.method == .terminal })
    #expect(try chain.commit(1).status == 0)
    #expect(try chain.verify().status == 0)
  }

  @Test func decisionsAreKeptAtOnceAndTakenUpAgain() throws {
    let chain = try chain(.sqlite)
    let first = try review(
      chain, [.after("q leave", "k"), .after("approved: ", "q"), .after("to leave them in", "\n")])
    #expect(first.status == 0 && first.screen.contains("nothing was recorded"), "\(first.screen)")
    #expect(try left(chain).count == 5)
    let kept = try chain.folder.read("made.jsonl")
    #expect(kept.split(separator: "\n").count == 1 && kept.contains("\"ack\":true"))
    let second = try review(chain, [.after("3 mandatory left", "q"), .after("to leave them in", "CS-0001\n")])
    #expect(second.status == 0, "\(second.screen)")
    #expect(try left(chain).count == 4)
  }

  /// A signal ends it with the terminal as it was and every decision kept.
  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGSEGV]) func signalsPutTheTerminalBack(_ signal: Int32) throws {
    let chain = try chain(.sqlite)
    let ended = try review(chain, [.after("q leave", "k"), .signal("approved: ", signal)])
    #expect(ended.isRestored, "\(ended.screen)")
    #expect(ended.screen.contains("\u{1b}[?1049l"))
    #expect(ended.status != 0)
    #expect(try chain.folder.read("made.jsonl").split(separator: "\n").count == 1)
  }

  /// A value is written anew, another rejected; then the successor is confirmed in the same sitting, quote by quote.
  @Test(arguments: TestStore.available) func aPersonEditsAndRejects(_ store: TestStore) throws {
    let chain = try chain(store)
    let done = try review(
      chain,
      [
        .after("q leave", "A"), .after("4 mandatory left", "\re"), .after("Enter keeps it", "nonsense\n"),
        .after("not taken:", "e"), .after("Enter keeps it", "60\n"), .after("no reason", "the amendment\n"),
        .after("edited:", "\rr"), .after("why is", "another order\n"), .after("rejected:", "\rk"),
        .after("1 mandatory left", "\rk"), .after("0 mandatory left", "q"),
        .after("leave them in", "CS-0001\n"),
        .after("CS-0002.decisions.jsonl: ", "CS-0002\n"),
      ])
    #expect(done.status == 0, "\(done.screen)")
    for part in ["1 value edited, 1 rejected", "the amendment", "another order", "CS-0002 (sha256 "] {
      #expect(done.screen.contains(part), "\(part): \(done.screen)")
    }
    let warehouse = try OpenWarehouse(chain.database)
    #expect(try warehouse.changeSet("1").state == .superseded)
    #expect(try warehouse.missingApprovals(for: warehouse.changeSet("2")).isEmpty, "\(done.screen)")
    #expect(try warehouse.approvals(of: warehouse.changeSet("2")).allSatisfy { $0.method == .terminal })
    #expect(try chain.commit(2).status == 0)
    #expect(try chain.verify().status == 0)
  }

  @Test func withoutATerminalNothingIsReviewedOrApplied() throws {
    let chain = try chain(.sqlite)
    let refused = try chain.sh("trunkline-review CS-0001 < /dev/null")
    #expect(refused.status == 11 && refused.stderr.contains("--html"), "\(refused.stderr)")
    let made = try review(chain, Self.everything + [.after("to leave them in", "\n")])
    #expect(made.status == 0)
    for line in ["trunkline-review apply made.jsonl", "yes CS-0001 | trunkline-review apply made.jsonl"] {
      let refused = try chain.sh(line)
      #expect(refused.status == 6 && refused.stderr.contains("a person's act"), "\(refused.stderr)")
    }
    #expect(try chain.sh("trunkline-review apply made.jsonl --as x").status == 77)
    #expect(try left(chain).count == 5)
  }

  /// What a page or terminal saved enters by `apply`, as whoever runs it, whatever names the file has.
  @Test(arguments: TestStore.available) func aFileIsApplied(_ store: TestStore) throws {
    let chain = try chain(store)
    #expect(try review(chain, Self.everything + [.after("to leave them in", "\n")]).status == 0)
    let forged = try chain.folder.read("made.jsonl").split(separator: "\n").map { line in
      JSON.fields(
        (JSON.parse(String(line))?.members ?? []).map {
          ($0.name, $0.name == "principal" ? .string("somebody@else") : $0.value)
        }
      ).line + "\n"
    }.joined()
    try chain.folder.write(forged, to: "made.jsonl")
    func apply(_ answer: String) throws -> PersonAtTerminal.Outcome {
      try PersonAtTerminal.run(
        "trunkline-review", ["apply", file(chain)], environment: Self.environment(chain),
        acts: [.after("to record them: ", answer + "\n")])
    }
    let refused = try apply("yes")
    #expect(refused.status == 6)
    #expect(try left(chain).count == 5)
    #expect(refused.screen.contains("\"USD 1250.00 monthly\"") && refused.screen.contains("so-1.pdf, page 2"))
    let done = try apply("CS-0001")
    #expect(done.status == 0, "\(done.screen)")
    #expect(try left(chain) == [])
    let people = try chain.database.rows("SELECT DISTINCT principal FROM approvals").compactMap { $0[0].text }
    #expect(people.count == 1 && people != ["somebody@else"])
  }

  /// Lines that are not about these values as they stand stop the whole file.
  @Test func aFileThatDoesNotFitIsRefusedWhole() throws {
    let chain = try chain(.sqlite, profile: "test")
    #expect(try review(chain, Self.everything + [.after("to leave them in", "\n")]).status == 0)
    let good = try chain.folder.read("made.jsonl")
    for (old, new, why) in [
      ("\"ack\":true", "\"ack\":false", "whose quote was not shown"), ("CS-0001", "CS-0002", "no change set"),
      ("\"content_sha256\":\"", "\"content_sha256\":\"0", "content_sha256 differs"),
      ("\"quote\":\"", "\"quote\":\"0", "another quote"), ("\"seq\":", "\"seq\":9", "does not have"),
    ] {
      try chain.folder.write(good.replacing(old, new), to: "bad.jsonl")
      let refused = try chain.sh("trunkline-review apply bad.jsonl")
      #expect(refused.status == 65 || refused.status == 66, "\(old): \(refused.stdout)")
      #expect(refused.stderr.contains(why), "\(old): \(refused.stderr)")
      #expect(try chain.database.firstInt("SELECT count(*) FROM approvals") == 0)
    }
    try chain.folder.write("\n", to: "empty.jsonl")
    #expect(try chain.sh("trunkline-review apply empty.jsonl").stderr.contains("no decision is in it"))
    #expect(try chain.sh("trunkline-review apply none.jsonl").status == 66)
    #expect(try chain.sh("trunkline-review apply made.jsonl").status == 0, "a test database takes a script's word")
    #expect(try left(chain) == [])
  }

  @Test(arguments: ["agent", "read_only", "sales"]) func othersSeeNoPricesAndRecordNothing(_ role: String) throws {
    let chain = try chain(.sqlite, profile: "test")
    #expect(try review(chain, Self.everything + [.after("to leave them in", "\n")]).status == 0)
    try chain.database.run("UPDATE users SET role = $1", [.text(role)])
    #expect(try chain.sh("trunkline-review apply made.jsonl").status != 0)
    #expect(try chain.sh("trunkline-review CS-0001 --html out").status == 0)
    let page = try chain.folder.read("out/CS-0001.html")
    #expect(!page.contains("1,250.00") && !page.contains("1250.00 monthly") && page.contains("withheld"))
    #expect(page.contains("Service Order SO-1"), "what is no price stays")
    #expect(try chain.database.firstInt("SELECT count(*) FROM approvals") == 0)
  }

  @Test func thePageHasEveryValueAndSaysWhyAPictureIsMissing() throws {
    let chain = try chain(.sqlite)
    let made = try chain.sh("trunkline-review 1 --html out")
    #expect(made.status == 0 && made.stdout.contains("out/CS-0001.html"), "\(made.stderr)")
    let page = try chain.folder.read("out/CS-0001.html")
    #expect(page.contains("USD 1,250.00") && page.contains("USD 1250.00 monthly") && page.contains("0.93"))
    #expect(page.contains("The original is not in the folder of originals"))
    #expect(try chain.sh("trunkline-review 1 --html out").status == 0)
    #expect(try chain.folder.read("out/CS-0001.html") == page, "the same bytes again")
  }

  @Test func whatHasNoQuotesIsSaid() throws {
    let chain = try Chain(.sqlite)
    #expect(try chain.plan(["Lumen,R/1,77.00,USD,SO-1,12,r"]).status == 2)
    let refused = try chain.sh("trunkline-review 1 --html out")
    #expect(refused.status == 64 && refused.stderr.contains("was read from tables"), "\(refused.stderr)")
    try chain.land(1)
    #expect(try chain.sh("trunkline-review 1 --html out").stderr.contains("is committed"))
    #expect(try chain.sh("trunkline-review 9 --html out").status == 66)
    #expect(try chain.sh("trunkline-review apply").status == 64)
    #expect(try chain.sh("trunkline-review 1 2").status == 64)
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
