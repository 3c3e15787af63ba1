import Model
import SQL
import TestSupport
import Testing

@testable import Warehouse

/// `trunkline approve` in a standard database, as the person who runs the tests.
@Suite struct ApprovalTerminalTests {
  private func fixture() throws -> ApprovalFixture {
    let fixture = try ApprovalFixture(.sqlite, profile: "standard")
    try fixture.database.run("UPDATE users SET login = $1", [.text(ApprovalTerminal.login)])
    try fixture.propose([
      ApprovalFixture.group(.mrc, .new, "USD", after: 695_000),
      ApprovalFixture.group(.mrc, .overwrite, "USD", after: 100),
    ])
    return fixture
  }

  private func approve(
    _ fixture: ApprovalFixture, _ words: [String], _ prompt: String, _ answer: String
  ) throws -> (status: Int32, screen: String) {
    try ApprovalTerminal.run(
      "trunkline-approve", ["CS-0001"] + words, environment: ["TRUNKLINE_DB=sqlite:\(fixture.store.place)"],
      prompt: prompt, answer: answer)
  }

  @Test func aPersonConfirmsWhatIsOnTheScreen() throws {
    let fixture = try fixture()
    let new = ["--field", "mrc", "--total", "USD 6,950.00"]
    let refused = try approve(fixture, new, "type yes to confirm: ", "y")
    #expect(refused.status == 6 && refused.screen.contains("not confirmed"))
    let taken = try approve(fixture, new, "type yes to confirm: ", "yes")
    #expect(taken.status == 0 && taken.screen.contains("USD: 2 rows, USD 0.00 -> USD 6,950.00"), "\(taken.screen)")
    let overwrites = ["--field", "mrc", "--overwrites", "--total", "USD 1"]
    let named = try approve(fixture, overwrites, "type CS-0001 to confirm: ", "yes")
    #expect(named.status == 6)
    #expect(try approve(fixture, overwrites, "type CS-0001 to confirm: ", "CS-0001").status == 0)
    let set = try fixture.warehouse.changeSet("CS-0001")
    #expect(try fixture.warehouse.approvals(of: set).map(\.method) == [.terminal, .terminal])
    #expect(try fixture.warehouse.missingApprovals(for: set).map(\.requirement.scope) == [.rest])
  }

  @Test(arguments: [
    (["--all-but-mandatory"], 6, "a person's act"), (["--all-but-mandatory", "--as", "exec@x"], 77, "--profile test"),
    (["--field", "mrc", "--total", "USD 1"], 6, "the USD total stated"), (["--item", "3"], 64, "was read from tables"),
    (["--field", "mrc", "--all-but-mandatory"], 64, "one act at a time"),
  ])
  func withoutATerminalNothingIsApproved(_ words: [String], _ status: Int32, _ message: String) throws {
    let fixture = try fixture()
    let environment = ["TRUNKLINE_DB": "sqlite:\(fixture.store.place)"]
    let outcome = try run("trunkline-approve", ["CS-0001"] + words, environment: environment)
    #expect(outcome.status == status && outcome.stderr.contains(message), "\(outcome.stderr)")
    #expect(try fixture.warehouse.approvals(of: fixture.warehouse.changeSet("1")).isEmpty)
  }
}
