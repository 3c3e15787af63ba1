import CLI
import Comparison
import Opening
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(RevertCommand.spec, explain: RevertCommand.explain) { try RevertCommand.run($0) }
  }
}

/// Proposes the change set that undoes another.
enum RevertCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-revert", summary: "propose the change set that undoes a committed one", usage: "CS [options]",
      arguments: [Argument("change set", "the committed change set, as CS-0001")],
      options: [
        .database, .asOf, .output("out", "FILE.plan", "save the plan as a file with the same digest"),
        .value("format", "FORMAT", "how the plan is printed", choices: ["text", "json"], fallback: "text"),
        .flag("json", "the same as --format json"), .flag("all", "show every change, not the first 20 of each kind"),
        .value("as", "PRINCIPAL", "act as this user; in a test database only", hasTwin: false),
      ],
      examples: [.init("trunkline revert CS-0002", "propose to undo it; then approve and commit as usual")],
      exits: [.changes, .stale, .noInput, .temporary])
  }

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as RevertError: Failure(.stale, error.message, hint: error.hint)
    case let error as PlanError: Failure(.failed, error.message, hint: error.hint)
    default: Opening.explain(error)
    }
  }

  static func run(_ invocation: Invocation) throws -> ExitStatus {
    let warehouse = try Opening.warehouse(invocation)
    let options = PlanOptions(
      principal: try Who.proposer(warehouse, actsAs: invocation.value("as")), now: Clock.instant(),
      asOf: try Who.asOf(invocation))
    let set = try Reverter(warehouse, options).revert(invocation.arguments[0])
    try PlanOutput(warehouse, set, invocation).write()
    return .changes
  }
}
