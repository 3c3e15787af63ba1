import CLI
import Comparison
import Domain
import Opening
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(spec, explain: Opening.explain) { invocation in
      let warehouse = try Opening.warehouse(invocation)
      let words = invocation.arguments
      guard let action = words.first, action != "list" else { return try list(warehouse, invocation.console) }
      guard words.count == 2 else {
        throw Failure(.usage, "no change set is named", hint: "see them with: trunkline changes list")
      }
      let set = try warehouse.changeSet(words[1])
      return action == "log" ? try log(warehouse, set, invocation.console) : try show(warehouse, set, invocation)
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-changes", summary: "change sets: list and show", usage: "[list|show CS|log CS] [options]",
      arguments: [
        Argument(
          "ACTION", "list them, show the plan of one, or log the decisions about one", isRequired: false,
          choices: ["list", "show", "log"]),
        Argument("CS", "the change set, as in CS-0001", isRequired: false),
      ],
      options: [
        .database,
        .flag(
          "all",
          "show every item of the plan, not the first 20 of each kind, and of documents every value with its source"),
      ],
      examples: [
        .init("trunkline changes", "all change sets, newest first"),
        .init("trunkline changes show CS-0001", "its plan, and what is still to approve"),
        .init("trunkline changes log CS-0001", "who decided what about it"),
      ],
      exits: [.noInput, .temporary])
  }

  nonisolated private static func list(_ warehouse: OpenWarehouse, _ console: Console) throws -> ExitStatus {
    try console.out(banner(warehouse))
    for set in try warehouse.changeSets() {
      let end = set.serial.map { "serial \($0)" } ?? "base \(set.baseSerial)"
      try console.out(
        "\(set.name)  \(set.state.rawValue)  \(set.createdAt.prefix(10))  \(set.author)  \(end)  \(set.title)\n")
    }
    return .done
  }

  nonisolated private static func log(
    _ warehouse: OpenWarehouse, _ set: ChangeSet, _ console: Console
  ) throws -> ExitStatus {
    try console.out(banner(warehouse))
    for record in try warehouse.approvals(of: set) {
      let stated = record.stated.isEmpty ? "" : "  \(VisibleText.of(record.stated))"
      let reason = record.reason.isEmpty ? "" : "  \(record.reason)"
      try console.out(
        "\(record.at)  \(record.principal) (\(record.role))  \(record.verdict.rawValue) \(record.scope.title)"
          + "  \(record.items) rows\(stated)  \(record.method.rawValue)\(reason)\n")
    }
    if let successor = try warehouse.acts(of: set).successor {
      try console.out("reviewed; what was edited and rejected: trunkline changes show \(successor)\n")
    }
    return .done
  }

  nonisolated private static func show(
    _ warehouse: OpenWarehouse, _ set: ChangeSet, _ invocation: Invocation
  ) throws -> ExitStatus {
    try PlanText(warehouse, set, limit: invocation.flag("all") ? nil : 20).write(invocation.console.out)
    return .done
  }

  nonisolated private static func banner(_ warehouse: OpenWarehouse) -> String {
    warehouse.isTest ? "TEST DATABASE: scripted approvals are accepted here\n" : ""
  }
}
