import Approval
import Model
import Records
import SQL
import TestSupport
import Testing

@testable import Warehouse

@Suite struct ApprovalTests {
  private typealias Fixture = ApprovalFixture

  private func act(
    _ fixture: ApprovalFixture, _ scope: ApprovalScope, _ totals: [String] = [], as name: String = "exec@x",
    method: ApprovalRecord.Method = .scripted, set: String = "CS-0001"
  ) throws {
    let approver = Approver(fixture.warehouse, as: try fixture.warehouse.user(named: name))
    let request = ApprovalRequest(set: set, act: .approve(scope), totals: totals)
    guard case .prepared(let prepared) = try approver.prepare(request) else { return }
    try approver.record(prepared, request, method: method, at: Fixture.now)
  }

  @Test(arguments: TestStore.available) func aSetIsCoveredByEachOfItsActsAndNoFewer(_ store: TestStore) throws {
    let fixture = try Fixture(store)
    let set = try fixture.propose(Fixture.money + [Fixture.group(.term, items: 24), Fixture.group(.nrc, .new, "USD")])
    func missing() throws -> [String] { try fixture.warehouse.missingApprovals(for: set).map(\.description) }
    let term = "term (24 rows): trunkline approve CS-0001 --field term --total 24"
    let rest = "rest (3 rows): trunkline approve CS-0001 --all-but-mandatory"
    let mrc = "mrc (4 rows): trunkline approve CS-0001 --field mrc --total \"EUR ...\" --total \"USD ...\""
    #expect(try missing() == [mrc, term, rest])
    try act(fixture, .group(.mrc, .new), ["USD 6,950.00", "EUR 5"])
    #expect(try missing() == [term, rest])
    try act(fixture, .rest)
    #expect(try missing() == [term])
    try act(fixture, .group(.term, .new), ["24"])
    #expect(try missing() == [])
  }

  @Test(arguments: [
    (["USD 6,950.01", "EUR 5"], ApprovalRefusal.wrongTotal(unit: "USD", stated: "USD 6,950.01")),
    (["USD 6950.00"], .totalMissing(unit: "EUR")),
    (["USD 6950", "EUR 5", "GBP 1"], .totalUnknown(unit: "GBP")),
    (["USD 6950", "USD 6950", "EUR 5"], .totalTwice(unit: "USD")),
    (["USD -6,950.00", "EUR 5"], .wrongTotal(unit: "USD", stated: "USD -6,950.00")),
    ([], .noTotal(scope: "mrc", example: "trunkline approve CS-0001 --field mrc --total \"USD 1,234.56\"")),
  ])
  func aWrongTotalIsRefused(_ totals: [String], _ refusal: ApprovalRefusal) throws {
    let fixture = try Fixture(.sqlite)
    try fixture.propose(Fixture.money)
    #expect(throws: refusal) { try act(fixture, .group(.mrc, .new), totals) }
    #expect(!refusal.message.contains("6,950.00,") || totals.contains("USD -6,950.00"))
    #expect(try fixture.warehouse.approvals(of: fixture.warehouse.changeSet("1")).isEmpty)
  }

  @Test func newValuesDoNotCoverOverwrites() throws {
    let fixture = try Fixture(.sqlite)
    let set = try fixture.propose([
      Fixture.group(.mrc, .new, "USD", after: -100), Fixture.group(.mrc, .overwrite, "USD", after: -100),
    ])
    try act(fixture, .group(.mrc, .new), ["USD -1.00"])
    let scopes = try fixture.warehouse.missingApprovals(for: set).map(\.requirement.scope)
    #expect(scopes == [.group(.mrc, .overwrite), .rest])
  }

  @Test(arguments: TestStore.available) func alteredItemsAreRefused(_ store: TestStore) throws {
    let fixture = try Fixture(store)
    try fixture.propose(Fixture.money)
    try fixture.database.run("UPDATE change_items SET row_hash = $1 WHERE seq = 2", [.blob([1])])
    #expect(
      throws: ApprovalRefusal.tampered(
        set: "CS-0001", what: "its changes no longer have the digest it was proposed with")
    ) { try act(fixture, .rest) }
  }

  @Test func theSameActTwiceIsRecordedOnce() throws {
    let fixture = try Fixture(.sqlite)
    let set = try fixture.propose([])
    try act(fixture, .rest)
    try act(fixture, .rest)
    #expect(try fixture.warehouse.approvals(of: set).count == 1)
    #expect(try fixture.warehouse.auditHead().seq == 3)
  }

  @Test func aRejectedSetIsNotApproved() throws {
    let fixture = try Fixture(.sqlite)
    try fixture.propose([])
    let approver = Approver(fixture.warehouse, as: try fixture.warehouse.user(named: "exec"))
    let request = ApprovalRequest(set: "CS-0001", act: .reject)
    guard case .prepared(let prepared) = try approver.prepare(request) else { throw WarehouseError.ambiguousRun }
    try approver.record(prepared, request, method: .scripted, at: Fixture.now)
    #expect(try fixture.warehouse.changeSet("CS-0001").state == .rejected)
    #expect(throws: ApprovalRefusal.rejected(set: "CS-0001")) { try act(fixture, .rest) }
  }

  @Test func noScriptActsOutsideATestDatabase() throws {
    let fixture = try Fixture(.sqlite, profile: "standard")
    let set = try fixture.propose([])
    #expect(throws: ApprovalRefusal.noTerminal) { try act(fixture, .rest) }
    let record = ApprovalRecord(
      digest: set.digest, principal: "exec@x", role: "exec", verdict: .approved, scope: .rest, items: 3, stated: "",
      method: .scripted, reason: "", at: Fixture.now)
    try fixture.warehouse.add(record, to: set)
    let objections = try fixture.warehouse.missingApprovals(for: set).flatMap(\.objections)
    #expect(objections == [.scripted(principal: "exec@x")])
    try act(fixture, .rest, method: .terminal)
    #expect(try fixture.warehouse.missingApprovals(for: set).isEmpty)
  }

  static let roles = ["exec", "finance", "network_eng", "operations", "pm", "sales", "read_only", "agent"]

  /// Who may act on what, by role and authorship, where two or more people may approve each field.
  @Test(arguments: ApprovalTests.roles, ApprovalField.allCases)
  func fourEyes(_ role: String, _ field: ApprovalField) throws {
    let fixture = try Fixture(.sqlite, roles: Self.roles.filter { $0 != "exec" })
    try fixture.add(user: "exec", name: "second")
    let currency = field.isMoney ? "USD" : ""
    let total = field.isMoney ? "USD 1.00" : "2"
    let mayField = field == .access ? role == "exec" : role == "exec" || role == "finance"
    for (id, isAuthor) in [(Int64(1), true), (2, false)] {
      let set = try fixture.propose(
        [Fixture.group(field, .overwrite, currency, after: 100)], author: isAuthor ? "\(role)@x" : "other@x", id: id)
      let scope = ApprovalScope.group(field, .overwrite)
      let expected = mayField && !isAuthor
      let isTaken = (try? act(fixture, scope, [total], as: "\(role)@x", set: set.name)) != nil
      #expect(isTaken == expected, "\(role) \(field) author \(isAuthor)")
      // The record alone, put there by other means, is worth no more.
      try fixture.warehouse.add(
        ApprovalRecord(
          digest: set.digest, principal: "\(role)@x", role: "exec", verdict: .approved, scope: scope, items: 2,
          stated: total, method: .terminal, reason: "", at: Fixture.now), to: set)
      let isMissing = try fixture.warehouse.missingApprovals(for: set).contains { $0.requirement.scope == scope }
      #expect(isMissing == !expected, "\(role) \(field) author \(isAuthor)")
      let rest = (try? act(fixture, .rest, as: "\(role)@x", set: set.name)) != nil
      #expect(rest == (role != "read_only" && role != "agent"))
    }
  }

  @Test func aloneTheAuthorMayApproveUntilThereIsASecond() throws {
    let fixture = try Fixture(.sqlite)
    let set = try fixture.propose([Fixture.group(.etf)])
    try act(fixture, .group(.etf, .new), ["2"])
    #expect(try fixture.warehouse.missingApprovals(for: set).map(\.requirement.scope) == [.rest])
    try fixture.add(user: "finance")
    let missing = try fixture.warehouse.missingApprovals(for: set)
    #expect(missing.first?.objections == [.author(principal: "exec@x")])
  }

  /// Who typed the values is an author of them, also where others corrected the rows again and planned them.
  @Test(arguments: ["exec@x", "EXEC"]) func whoCorrectedTheCellsDoesNotApproveThem(_ name: String) throws {
    for isEarlier in [false, true] {
      let fixture = try Fixture(.sqlite, roles: ["finance", "operations"])
      let own = JSON.fields([("file", .string("a.xlsx")), ("by", .string(name))])
      let origin = isEarlier ? JSON.fields([("corrects", own), ("by", .string("operations@x"))]) : own
      let run = try fixture.warehouse.addRun(
        id: "r", principal: "operations@x", createdAt: Fixture.now, asOf: "2026-11-21", sources: .array([origin]),
        mapping: .null, mode: "partial", title: "t", isSealed: true, state: "staged", counts: .null)
      #expect(run.number == 1)
      let set = try fixture.propose([Fixture.group(.term)], author: "operations@x")
      #expect(throws: ApprovalRefusal.self) { try act(fixture, .group(.term, .new), ["2"]) }
      try act(fixture, .group(.term, .new), ["2"], as: "finance@x")
      #expect(try fixture.warehouse.missingApprovals(for: set).map(\.requirement.scope) == [.rest])
    }
  }

  @Test func anActOfSomeoneWhoLeftDoesNotCount() throws {
    let fixture = try Fixture(.sqlite, roles: ["finance"])
    let set = try fixture.propose([Fixture.group(.term)])
    try act(fixture, .group(.term, .new), ["2"], as: "finance@x")
    try fixture.database.run("UPDATE users SET active = 0 WHERE email = 'finance@x'")
    let missing = try fixture.warehouse.missingApprovals(for: set)
    #expect(missing.first?.objections == [.gone(principal: "finance@x")])
  }

  /// Law: whatever the groups and whichever acts are done, what is missing is exactly the mandatory scopes not acted on.
  @Test func nothingIsCoveredWithoutItsAct() throws {
    var random = SplitMix64()
    for round in 0..<25 {
      let fixture = try Fixture(.sqlite)
      var groups: [ChangeGroup] = []
      for field in ApprovalField.allCases {
        for kind in ChangeGroup.Kind.allCases where Bool.random(using: &random) {
          let after = Int64.random(in: -1_000_000...1_000_000, using: &random)
          for currency in field.isMoney ? ["EUR", "JPY", "USD"] : [""] where currency != "JPY" || after > 0 {
            groups.append(Fixture.group(field, kind, currency, items: Int(after.magnitude % 90) + 1, after: after))
          }
        }
      }
      let set = try fixture.propose(groups)
      var expected = Set<ApprovalScope>(
        groups.filter { $0.kind == .overwrite || ![.nrc, .financial].contains($0.field) }
          .map { .group($0.field, $0.kind) })
      expected.insert(.rest)
      for requirement in try fixture.warehouse.requirements(of: set).shuffled(using: &random)
      where Bool.random(using: &random) {
        try act(fixture, requirement.scope, requirement.totals)
        expected.remove(requirement.scope)
      }
      let missing = Set(try fixture.warehouse.missingApprovals(for: set).map(\.requirement.scope))
      #expect(missing == expected, "seed \(random.seed) round \(round)")
    }
  }
}
