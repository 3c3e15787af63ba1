import CLI
import Comparison
import Glibc
import Opening
import Records
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(DiffCommand.spec, explain: DiffCommand.explain) { try DiffCommand.run($0) }
  }
}

/// Staged against committed: a change set, shown as a plan.
enum DiffCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-diff", summary: "staged against committed: a plan of what would change", usage: "[options]",
      options: [
        .database, .asOf,
        .value("run", "RUN", "the run to compare (default: the one whose STATE comes through the pipe)"),
        .output("out", "FILE.plan", "save the plan as a file with the same digest"),
        .value("format", "FORMAT", "how the plan is printed", choices: ["text", "json"], fallback: "text"),
        .flag("json", "the same as --format json"),
        .flag("all", "show every change, not the first 20 of each kind"),
        .value(
          "take", "SOURCE", "where the source repeats a value that somebody changed since, take the source's",
          choices: ["source"], hasTwin: false),
        .value("as", "PRINCIPAL", "act as this user; in a test database only", hasTwin: false),
      ],
      examples: [
        .init("trunkline stage < records.jsonl | trunkline diff --out lumen.plan", "plan what was just staged"),
        .init("trunkline diff --run 3f2a9c01d4e5b678-1 --json", "the same plan again, for a program"),
      ],
      exits: [.changes, .blocked, .stale, .noInput, .temporary])
  }

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as WireError: Failure(.failed, error.message, hint: error.hint)
    case let error as PlanError: Failure(status(error), error.message, hint: error.hint)
    default: Opening.explain(error)
    }
  }

  private static func status(_ error: PlanError) -> ExitStatus {
    switch error {
    case .moved: .stale
    case .tooManyDeletes: .blocked
    case .overflow, .unreadable, .unordered: .failed
    case .alreadyPlanned: .stale
    }
  }

  static func run(_ invocation: Invocation) throws -> ExitStatus {
    // The stream is read to its final STATE before the database is opened.
    var names = invocation.values("run")
    if names.isEmpty {
      names = try runs()
      if names.isEmpty {
        invocation.console.nothingArrived()
        return .done
      }
    }
    let warehouse = try Opening.warehouse(invocation)
    var options = PlanOptions(
      principal: try Who.proposer(warehouse, actsAs: invocation.value("as")), now: Clock.instant(),
      asOf: try Who.asOf(invocation))
    options.takeSource = invocation.value("take") == "source"
    let planner = Planner(warehouse, options)
    var status = ExitStatus.done
    for name in names {
      let run = try warehouse.run(named: name)
      switch try planner.plan(run) {
      case .none(let run): try none(run, warehouse, invocation)
      case .changes(let set):
        try PlanOutput(warehouse, set, invocation).write()
        status = .changes
      }
    }
    return status
  }

  /// The runs named by the final STATEs on standard input; none for an empty input.
  private static func runs() throws -> [String] {
    guard !Console.isTerminal(STDIN_FILENO) else { throw WarehouseError.ambiguousRun }
    var reader = StreamReader(descriptor: STDIN_FILENO)
    var names: [String] = []
    while let event = try reader.next() {
      if case .end = event, let name = reader.lastRun["run"]?.text { names.append(name) }
    }
    return names
  }

  private static func none(_ run: Run, _ warehouse: OpenWarehouse, _ invocation: Invocation) throws {
    let source = run.sources.items.map { source in
      let digest = source["src"]?.text ?? ""
      return (source["file"]?.text ?? "the stream") + " (" + digest.prefix(19) + ")"
    }
    if invocation.flag("json") || invocation.value("format") == "json" {
      let counts = JSON.fields([
        ("v", .int(1)), ("type", .string("plan")), ("id", .null), ("run", .string(run.name)), ("changes", .int(0)),
        ("applyable", .bool(false)), ("complete", .bool(true)), ("errored", .bool(false)),
        ("withheld", .optional(Withholding(run)?.rawValue)),
      ])
      return try invocation.console.out(counts.line + "\n")
    }
    if warehouse.isTest { try invocation.console.out("TEST DATABASE: scripted approvals are accepted here\n") }
    let what = source.isEmpty ? "the records of run \(run.name)" : source.joined(separator: ", ")
    if run.counts["in"]?.int == 0, run.counts["rejected_before"]?.int ?? 0 == 0 {
      try invocation.console.out("No changes. There is no row in \(what): nothing was compared.\n")
      if let withheld = Withholding(run) { try invocation.console.out("Note: \(withheld.sentence)\n") }
      return
    }
    let rejected = RejectedCounts(run).rows
    try invocation.console.out(
      rejected == 0
        ? "No changes. The database already matches \(what).\n"
        : "No changes. The database already matches what was accepted of \(what); \(rejected == 1 ? "1 row was" : "\(rejected) rows were") rejected.\n"
    )
    if let withheld = Withholding(run) { try invocation.console.out("Note: \(withheld.sentence)\n") }
  }
}
