import CLI
import Commitment
import Opening
import Records
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(CommitCommand.spec, explain: CommitCommand.explain) { try CommitCommand.run($0) }
  }
}

/// Applies an approved change set in one transaction.
enum CommitCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-commit", summary: "apply an approved change set: all of it, once, or nothing",
      usage: "CS|FILE.plan [options]",
      arguments: [Argument("change set", "CS-0001, or a plan file")],
      options: [
        .database, .value("as", "PRINCIPAL", "act as this user; in a test database only", hasTwin: false),
        .flag("json", "print the receipt as one line of JSON"),
      ],
      examples: [.init("trunkline commit CS-0001", "apply what was approved")],
      exits: [.stale, .unapproved, .noInput, .temporary, .notPermitted])
  }

  static func explain(_ error: any Error) -> Failure? {
    guard let error = error as? CommitError else { return Opening.explain(error) }
    let status: ExitStatus =
      switch error {
      case .rejected, .superseded, .unapproved: .unapproved
      case .otherLineage, .tampered, .stale, .orphans: .stale
      case .unbalanced, .reference: .failed
      }
    return Failure(status, error.message, hint: error.hint, details: error.details)
  }

  static func run(_ invocation: Invocation) throws -> ExitStatus {
    let warehouse = try Opening.warehouse(invocation)
    let user = try Who.user(invocation, warehouse, actsAs: invocation.value("as"))
    let name = try PlanOutput.name(invocation.arguments[0], warehouse)
    let receipt = try Committer(warehouse, user: user, now: Clock.instant()).commit(name)
    try print(receipt, warehouse, invocation)
    return .done
  }

  private static func print(_ receipt: Receipt, _ warehouse: OpenWarehouse, _ invocation: Invocation) throws {
    let console = invocation.console
    if invocation.flag("json") {
      let line = JSON.fields([
        ("change_set", .string(receipt.set.name)), ("digest", .string(receipt.set.digest)),
        ("serial", .int(receipt.serial)), ("counts", receipt.counts), ("audit_seq", .int(receipt.auditSequence)),
        ("audit_hash", .string(receipt.auditHash)), ("already", .bool(receipt.wasCommitted)),
      ]).line
      return try console.out(line + "\n")
    }
    if warehouse.isTest { try console.out("TEST DATABASE: scripted approvals are accepted here\n") }
    let set = receipt.set
    let by = "\(set.committedBy ?? "") at \(set.committedAt ?? "")"
    if receipt.wasCommitted {
      return try console.out("\(set.name) was committed before, by \(by): nothing was done.\n")
    }
    func count(_ name: String) -> Int { receipt.counts[name]?.int ?? 0 }
    try console.out(
      """
      Committed \(set.name) by \(by)
        \(count("create")) added, \(count("update")) changed, \(count("soft_delete")) deleted, \
      \(count("restore")) restored
        serial \(receipt.serial), sha256 \(set.digest)
        audit entry \(receipt.auditSequence), hash \(receipt.auditHash)

      """)
  }
}
