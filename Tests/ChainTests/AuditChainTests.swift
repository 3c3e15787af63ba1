import Commitment
import Records
import SQL
import TestSupport
import Testing

@testable import Warehouse

@Suite struct AuditChainTests {
  /// A log of ten entries: `init` and nine more.
  private func log(_ store: TestStore) throws -> ApprovalFixture {
    let fixture = try ApprovalFixture(store)
    for number in 2...10 {
      try fixture.warehouse.append(
        AuditEntry(
          at: ApprovalFixture.now, principal: "exec@x", role: "exec", action: "reject", changeSet: number,
          body: .fields([("n", .int(number))]), root: "r\(number)"))
    }
    return fixture
  }

  private func places(_ fixture: ApprovalFixture, expect: String? = nil) throws -> [String] {
    try AuditVerification(fixture.warehouse).run(expect: expect).map(\.place)
  }

  @Test(arguments: TestStore.available) func anUntouchedLogHolds(_ store: TestStore) throws {
    let fixture = try log(store)
    #expect(try places(fixture, expect: fixture.warehouse.auditHead().hash) == [])
    #expect(try fixture.warehouse.auditHead().seq == 10)
  }

  @Test(arguments: TestStore.available, [1, 2, 5, 9]) func aDeletedEntryIsNamed(_ store: TestStore, _ seq: Int64) throws
  {
    let fixture = try log(store)
    try fixture.database.run("DELETE FROM audit_log WHERE seq = $1", [.int(seq)])
    #expect(try places(fixture).first == "audit entry \(seq)")
  }

  static let changes = [
    "at = 'x'", "principal = 'x'", "role = 'x'", "action = 'x'", "change_set = 99", "body = '{}'", "root = 'x'",
    "prev_hash = 'x'", "hash = 'x'", "body = body || ' '",
  ]

  @Test(arguments: changes, [1, 4, 10]) func anAlteredEntryIsNamed(_ change: String, _ seq: Int64) throws {
    let fixture = try log(.sqlite)
    try fixture.database.run("UPDATE audit_log SET \(change) WHERE seq = $1", [.int(seq)])
    #expect(try places(fixture).first == "audit entry \(seq)")
  }

  @Test(arguments: TestStore.available) func entriesInAnotherOrderAreNamed(_ store: TestStore) throws {
    let fixture = try log(store)
    for (from, to) in [(4, 100), (7, 4), (100, 7)] as [(Int64, Int64)] {
      try fixture.database.run("UPDATE audit_log SET seq = $1 WHERE seq = $2", [.int(to), .int(from)])
    }
    #expect(try places(fixture).first == "audit entry 4")
  }

  @Test(arguments: TestStore.available) func aLogCutShortIsFoundByAHashKeptElsewhere(_ store: TestStore) throws {
    let fixture = try log(store)
    let anchor = try fixture.warehouse.auditHead().hash
    try fixture.database.run("DELETE FROM audit_log WHERE seq > 7")
    #expect(try places(fixture) == [])
    #expect(try places(fixture, expect: anchor) == ["audit log"])
  }

  @Test(arguments: TestStore.available) func rowsWrittenByOtherMeansAreNamed(_ store: TestStore) throws {
    let fixture = try ApprovalFixture(store)
    try fixture.database.run("UPDATE users SET role = 'finance' WHERE id = 1")
    #expect(try places(fixture) == ["user exec@x"])
    try fixture.database.run("UPDATE users SET role = 'exec' WHERE id = 1")
    #expect(try places(fixture) == [])
    try fixture.add(user: "finance")
    #expect(try places(fixture) == ["user finance@x"])
    try fixture.database.run("DELETE FROM users")
    #expect(try places(fixture) == ["user exec@x"])
  }

  @Test(arguments: TestStore.available) func aSetMarkedCommittedByHandIsNamed(_ store: TestStore) throws {
    let fixture = try ApprovalFixture(store)
    try fixture.propose([])
    try fixture.database.run("UPDATE change_sets SET state = 'committed', serial = 1 WHERE id = 1")
    let found = try places(fixture)
    #expect(found.prefix(2) == ["CS-0001", "database"] && found.contains("carrier carrier-1"))
  }
}
