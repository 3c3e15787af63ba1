import CLI
import Glibc
import Opening
import Records
import Staging
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(StageCommand.spec, explain: StageCommand.explain) { try StageCommand.run($0) }
  }
}

/// Canonical records from standard input into the staging area.
enum StageCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-stage", summary: "canonical records into the staging area of a run", usage: "[options]",
      options: [
        .database, .asOf,
        .output("rejects", "FILE", "rejected records, with reasons (default: rejects-stage-RUN.jsonl)"),
        .flag("accept-unsealed", "take a foreign tap's stream, whose end nobody vouches for"),
        .value("as", "PRINCIPAL", "act as this user; in a test database only", hasTwin: false),
      ],
      examples: [
        .init(
          "trunkline extract inv.csv | trunkline map --mapping Mappings/circuit-inventory.yaml | trunkline stage",
          "stage a file")
      ],
      exits: [.rejects, .temporary, .notPermitted])
  }

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as WireError: Failure(.failed, error.message, hint: error.hint)
    case let error as StageError: Failure(.failed, error.message, hint: error.hint)
    default: Opening.explain(error)
    }
  }

  static func run(_ invocation: Invocation) throws -> ExitStatus {
    let warehouse = try Opening.warehouse(invocation)
    var options = StageOptions(
      principal: try Who.proposer(warehouse, actsAs: invocation.value("as")), now: Clock.instant(),
      asOf: try Who.asOf(invocation), temporary: invocation.environment["TMPDIR"] ?? "/tmp")
    options.rejects = invocation.value("rejects")
    options.willWrite = { Interrupt.removeOnSignal($0) }
    options.acceptsUnsealed = invocation.flag("accept-unsealed")
    let result = try Stager(warehouse, options).run(input: STDIN_FILENO)
    try report(result, invocation.console)
    return result.counts.rejected > 0 ? .rejects : .done
  }

  /// Prints the final STATE that `diff` reads, and what a person should know.
  private static func report(_ result: StageResult, _ console: Console) throws {
    guard let run = result.run else { return console.nothingArrived() }
    for (type, count) in result.unknownTypes.sorted(by: { $0.key < $1.key }) {
      console.warning("\(count) messages of the unknown type \"\(type)\" were left out")
    }
    if let path = result.rejectsPath {
      if let kept = result.keptRejects { console.note("an earlier \(path) was kept as \(kept)") }
      console.warning(
        "\(result.counts.rejected) of \(result.counts.input) records rejected",
        hint: "the reasons are in \(path); to correct them in a workbook: trunkline errors \(path)")
    }
    let extra = [
      JSON.Member("run_no", .int(run.number)), JSON.Member("run", .string(run.name)),
      JSON.Member("staged", .fields(result.staged.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })),
      JSON.Member("unchanged", .int(result.unchanged)), JSON.Member("stubs", .int(result.stubs.count)),
      JSON.Member("loaded_before", .bool(result.loadedBefore != nil)),
    ]
    do {
      try write(result.counts, extra)
    } catch {
      throw error == .output(errno: EPIPE) ? BrokenPipe() : error
    }
  }

  private static func write(_ counts: StreamCounts, _ extra: [JSON.Member]) throws(WireError) {
    var writer = StreamWriter(descriptor: STDOUT_FILENO)
    try writer.finish(counts, extra: extra)
  }
}
