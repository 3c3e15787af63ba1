import Model
import Records
import SQL
import TestSupport
import Testing

@testable import Approval
@testable import Warehouse

/// What was read from documents is approved value by value, each with its quote.
@Suite struct ItemApprovalTests {
  /// Two orders: of each a name, a term and a monthly charge.
  private func chain(_ store: TestStore, profile: String = "test") throws -> Chain {
    let chain = try Chain(store, profile: profile)
    let papers: [PaperStream] = [.order(), .order("SO-2", months: 24, mrc: 99_000, circuit: "AA/2", digit: "b")]
    let planned = try chain.planPapers(papers)
    guard planned.status == 2 else { throw ChainFailure("plan", planned) }
    return chain
  }

  private func items(_ chain: Chain) throws -> [ItemScope] {
    let warehouse = try OpenWarehouse(chain.database)
    return try warehouse.requirements(of: warehouse.changeSet("1")).compactMap { requirement in
      if case .item(let item) = requirement.scope { item } else { nil }
    }
  }

  @Test(arguments: TestStore.available) func eachValueHasItsOwnAct(_ store: TestStore) throws {
    let chain = try chain(store)
    let items = try items(chain)
    #expect(items.map(\.field).sorted() == [.mrc, .mrc, .term, .term])
    #expect(Set(items.map(\.quote)).count == 4)
    #expect(try chain.acts(1).count == 5, "and one for the rest")
  }

  @Test(arguments: TestStore.available) func everyItemIsNeeded(_ store: TestStore) throws {
    let chain = try chain(store)
    let acts = try chain.acts(1)
    for missing in acts {
      try chain.database.run("DELETE FROM approvals")
      for act in acts where act != missing { #expect(try chain.sh(act).status == 0) }
      let refused = try chain.commit(1)
      #expect(refused.status == 6, "without \(missing): \(refused.stdout)")
      #expect(try chain.serial() == 0)
    }
    try chain.database.run("DELETE FROM approvals")
    try chain.land(1)
    #expect(try chain.database.firstInt("SELECT count(*) FROM contract_lines WHERE mrc_minor = 99000") == 1)
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func aFieldOfADocumentIsNotApprovedByItsTotal(_ store: TestStore) throws {
    let chain = try chain(store)
    for words in ["--field mrc --total \"USD 2,240.00\"", "--field term --total 2"] {
      let refused = try chain.sh("trunkline-approve 1 \(words)")
      #expect(refused.status == 64, "\(refused.stdout)")
      #expect(refused.stderr.contains("value by value") && refused.stderr.contains("trunkline review CS-0001"))
    }
    #expect(try chain.sh("trunkline-approve 1 --all-but-mandatory").status == 0)
    let refused = try chain.commit(1)
    #expect(refused.status == 6 && refused.stderr.contains("mrc of item"), "\(refused.stderr)")
  }

  @Test(arguments: TestStore.available) func whatIsNoItemIsSaid(_ store: TestStore) throws {
    let chain = try chain(store)
    #expect(try chain.sh("trunkline-approve 1 --item 999").stderr.contains("has no item 999"))
    let other = try #require((1...9).first { number in try !items(chain).contains { $0.number == number } })
    #expect(try chain.sh("trunkline-approve 1 --item \(other)").stderr.contains("needs no approval of its own"))
    #expect(try chain.sh("trunkline-approve 1 --item x").status == 64)
    #expect(try chain.sh("trunkline-approve 1 --item 1 --all-but-mandatory").status == 64)
    let table = try Chain(store)
    #expect(try table.plan(["Lumen,R/1,77.00,USD,SO-1,12,r"]).status == 2)
    let refused = try table.sh("trunkline-approve 1 --item 1")
    #expect(refused.status == 64 && refused.stderr.contains("was read from tables"), "\(refused.stderr)")
  }

  /// The log says which value was approved with which words of which page.
  @Test(arguments: TestStore.available) func theLogHoldsValueAndQuote(_ store: TestStore) throws {
    let chain = try chain(store)
    let item = try #require(try items(chain).first { $0.field == .mrc })
    let done = try chain.sh("trunkline-approve 1 --item \(item.number)")
    #expect(done.stdout.contains("so-1.pdf, page 2") && done.stdout.contains("\"USD 1250.00 monthly\""), "\(done)")
    let stated = "mrc USD 1,250.00, currency USD; page 2 of so-1.pdf: \"USD 1250.00 monthly\""
    let log = try chain.sh("trunkline-changes log 1").stdout
    #expect(log.contains("approved mrc of item \(item.number)") && log.contains("page 2 of so-1.pdf"), "\(log)")
    let body = try chain.database.firstText("SELECT body FROM audit_log WHERE action = 'approve'") ?? ""
    #expect(body.contains(item.quote) && body.contains("USD 1250.00 monthly"), "\(body) \(stated)")
    #expect(try chain.sh("trunkline-approve 1 --item \(item.number)").stdout.contains("before"))
  }

  static let forgeries = [
    "UPDATE approvals SET stated = 'mrc USD 1.00' WHERE scope LIKE 'item/%/mrc/%'",
    "UPDATE approvals SET scope = 'rest', kind = '' WHERE scope LIKE 'item/%/term/%'",
    "UPDATE approvals SET method = 'tty' WHERE scope LIKE 'item/%/mrc/%'",
    "UPDATE approvals SET items = 2 WHERE scope LIKE 'item/%/mrc/%'",
  ]

  @Test(arguments: TestStore.available, forgeries)
  func actsThatWereAlteredDoNotCount(_ store: TestStore, _ sql: String) throws {
    let chain = try chain(store)
    try chain.approve(1)
    try chain.database.script(sql)
    let refused = try chain.commit(1)
    #expect(refused.status == 6, "\(sql): \(refused.stdout)")
  }

  /// An act for one item, copied to another, is about another quote.
  @Test(arguments: TestStore.available) func anActDoesNotCountForAnotherItem(_ store: TestStore) throws {
    let chain = try chain(store)
    let items = try items(chain).filter { $0.field == .mrc }
    try #require(items.count == 2)
    for act in try chain.acts(1) where !act.hasSuffix("--item \(items[1].number)") {
      #expect(try chain.sh(act).status == 0)
    }
    let scope = ApprovalScope.item(items[1]).word
    try chain.database.run(
      "UPDATE approvals SET scope = $1 WHERE scope = $2",
      [.text(scope), .text(ApprovalScope.item(items[0]).word)])
    #expect(try chain.commit(1).status == 6)
  }

  @Test(arguments: TestStore.available, ["role = 'read_only'", "role = 'agent'", "role = 'sales'", "active = 0"])
  func othersAreNotPermitted(_ store: TestStore, _ user: String) throws {
    let chain = try chain(store)
    let number = try #require(try items(chain).first?.number)
    try chain.database.run("UPDATE users SET \(user)")
    let refused = try chain.sh("trunkline-approve 1 --item \(number)")
    #expect(refused.status == 77, "\(refused.stderr)")
    #expect(!refused.stdout.contains("monthly") && !refused.stderr.contains("monthly"))
  }

  @Test(arguments: TestStore.available) func whoProposedItDoesNotApproveItWhereAnotherCould(_ store: TestStore) throws {
    let chain = try chain(store)
    let number = try #require(try items(chain).first?.number)
    try chain.database.run(
      "INSERT INTO users (id, nkey, run_no, email, login, role, active)"
        + " SELECT max(id) + 1, 'cfo@x', 0, 'cfo@x', 'cfo', 'finance', 1 FROM users")
    let refused = try chain.sh("trunkline-approve 1 --item \(number)")
    #expect(refused.status == 6 && refused.stderr.contains("four eyes"), "\(refused.stderr)")
    #expect(try chain.sh("trunkline-approve 1 --item \(number) --as cfo").status == 0)
  }

  @Test(arguments: TestStore.available) func noScriptApprovesInAStandardDatabase(_ store: TestStore) throws {
    let chain = try chain(store, profile: "standard")
    let number = try #require(try items(chain).first?.number)
    for line in ["trunkline-approve 1 --item \(number)", "yes | trunkline-approve 1 --item \(number)"] {
      let refused = try chain.sh(line)
      #expect(refused.status == 6 && refused.stderr.contains("a person's act"), "\(refused.stderr)")
    }
    #expect(try chain.sh("trunkline-approve 1", ["TRUNKLINE_APPROVE_ITEM": "\(number)"]).status == 64)
    #expect(try chain.database.firstInt("SELECT count(*) FROM approvals") == 0)
  }

  /// At a terminal the person reads value, page and quote before they confirm.
  @Test func aPersonConfirmsWhatTheQuoteSays() throws {
    let chain = try chain(.sqlite, profile: "standard")
    try chain.database.run("UPDATE users SET login = $1", [.text(ApprovalTerminal.login)])
    let number = try #require(try items(chain).first { $0.field == .term }?.number)
    func approve(_ answer: String) throws -> (status: Int32, screen: String) {
      try ApprovalTerminal.run(
        "trunkline-approve", ["CS-0001", "--item", "\(number)"],
        environment: ["TRUNKLINE_DB=sqlite:\(chain.store.place)"], prompt: "type yes to confirm: ", answer: answer)
    }
    let refused = try approve("y")
    #expect(refused.status == 6)
    for part in ["term_months  (none) -> 36", "so-1.pdf, page 2", "\"a term of 36 months\"", "0.93", "W_COMPUTED"] {
      #expect(refused.screen.contains(part), "\(part) is not on the screen: \(refused.screen)")
    }
    #expect(try approve("yes").status == 0)
    let set = try OpenWarehouse(chain.database).changeSet("1")
    #expect(try OpenWarehouse(chain.database).approvals(of: set).map(\.method) == [.terminal])
  }

  /// A sum with more rows than approved values is stated as well, so that nothing enters beside the quotes.
  @Test(arguments: TestStore.available) func aSumBesideTheQuotesIsApprovedToo(_ store: TestStore) throws {
    let chain = try chain(store)
    try chain.land(1)
    var order = PaperStream.order()
    order.records = order.records.filter { $0.stream == "contract_lines" }
    order.records[0] = PaperStream.Record(
      stream: "contract_lines",
      members: order.records[0].members.filter { $0.0 != "currency" } + [("currency", .string("EUR"))],
      quotes: order.records[0].quotes)
    let planned = try chain.planPapers([order])
    try #require(planned.status == 2, "\(planned.stderr)")
    let warehouse = try OpenWarehouse(chain.database)
    let scopes = try warehouse.requirements(of: warehouse.changeSet("2")).map(\.scope)
    #expect(scopes.contains(.group(.mrc, .overwrite)), "\(scopes)")
    try chain.land(2)
  }
}
