import Approval
import CLI
import Commitment
import Glibc
import Opening
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(SeedCommand.spec, explain: SeedCommand.explain) { try SeedCommand.run($0) }
  }
}

/// Loads the sample inventory through the same steps as any file.
enum SeedCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-seed", summary: "load the sample inventory through the same steps as any file",
      usage: "[options]",
      options: [
        .database,
        .value("samples", "DIR", "folder with order.txt, the tables and their mappings (default: Samples/seed)"),
        .value("as", "PRINCIPAL", "act as this user; in a test database only", hasTwin: false),
      ],
      examples: [.init("trunkline seed --db sqlite:try.db", "plan the sample; in a test database also commit it")],
      exits: [.changes, .noInput, .temporary, .notPermitted],
      notes: ["outside a test database it stops at the plan: a person approves and commits it"])
  }

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as ApprovalRefusal: Failure(.unapproved, error.message, hint: error.hint)
    case let error as CommitError: Failure(.failed, error.message, hint: error.hint)
    default: Opening.explain(error)
    }
  }

  static func run(_ invocation: Invocation) throws -> ExitStatus {
    let warehouse = try Opening.warehouse(invocation)
    let user = warehouse.isTest ? try Who.user(invocation, warehouse, actsAs: invocation.value("as")) : nil
    let known = try warehouse.changeSets().first?.id ?? 0
    let status = try SeedChain.run(invocation, try tables(invocation))
    guard status == ExitStatus.changes.rawValue else {
      guard let status = ExitStatus(rawValue: status) else {
        throw Failure(.failed, "the chain ended with exit \(status)")
      }
      return status
    }
    guard let user, let set = try warehouse.changeSets().first, set.id > known else { return .changes }
    try approve(set, warehouse, user)
    let receipt = try Committer(warehouse, user: user, now: Clock.instant()).commit(set.name)
    try invocation.console.out(
      "\nTEST DATABASE: \(set.name) was approved by script and committed, serial \(receipt.serial)\n")
    return .done
  }

  /// Every act the set needs, with the sums it has: what only a test database accepts.
  private static func approve(_ set: ChangeSet, _ warehouse: OpenWarehouse, _ user: User) throws {
    let approver = Approver(warehouse, as: user)
    for requirement in try warehouse.requirements(of: set) {
      let act: ApprovalRequest.Act =
        switch requirement.scope {
        case .group(let field, let kind): .approve(.group(field, kind))
        default: .approve(.rest)
        }
      let request = ApprovalRequest(set: set.name, act: act, totals: requirement.totals, reason: "seed")
      if case .prepared(let prepared) = try approver.prepare(request) {
        try approver.record(prepared, request, method: .scripted, at: Clock.instant())
      }
    }
  }

  /// The tables of the sample and their mappings, in the order of order.txt.
  private static func tables(_ invocation: Invocation) throws -> [(table: String, mapping: String)] {
    let folders =
      invocation.value("samples").map { [$0] }
      ?? ["Samples/seed", Chain.besideProgram("../share/trunkline/Samples/seed")]
    guard let folder = folders.first(where: { access($0 + "/order.txt", R_OK) == 0 }) else {
      throw Failure(.noInput, "no sample at \(folders[0])", hint: "name its folder with --samples")
    }
    let order = String(decoding: try InputFile.read(folder + "/order.txt"), as: UTF8.self)
    return order.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.count == 2 ? (folder + "/" + words[0], folder + "/" + words[1]) : nil
    }
  }
}
