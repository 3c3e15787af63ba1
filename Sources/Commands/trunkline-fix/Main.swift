import CLI
import Correction
import Glibc
import Opening
import Records
import Warehouse

@main struct Main {
  nonisolated static func main() {
    if let status = BookChild.status(CommandLine.arguments) { exit(status) }
    Program.main(FixCommand.spec, explain: FixCommand.explain) { invocation in
      let session = try FixSession(invocation)
      return try session.run()
    }
  }
}

/// A corrected workbook back into the chain.
enum FixCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-fix", summary: "a corrected workbook back through map, stage and diff",
      usage: "FILE.errors.xlsx [options]",
      arguments: [Argument("FILE", "the workbook of trunkline errors, corrected and saved as XLSX")],
      options: [
        .database,
        .value("mapping", "FILE|auto", "the mapping (default: the one that refused the rows); auto as map has it"),
        .value("entity", "NAME", "what a row is, where the mapping does not say"),
        .flag("stream", "print the corrected rows as map takes them, and run nothing"), .asOf,
        .value("as", "PRINCIPAL", "act as this user; in a test database only", hasTwin: false),
      ],
      examples: [
        .init("trunkline fix inv.csv.errors.xlsx", "the plan of what was corrected, and a workbook of what is left"),
        .init("trunkline fix inv.csv.errors.xlsx --stream | trunkline map --mapping m.yaml > rows.jsonl", "by hand"),
      ],
      exits: [.changes, .rejects, .badData, .noInput, .temporary, .notPermitted],
      notes: [
        "3 when rows are rejected again: they are in the next workbook; else the exit status of diff;",
        "65 when the workbook is not taken, and nothing was done: each cell in the way is named",
      ])
  }

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as CorrectionError: Failure(.badData, error.message, hint: error.hint)
    case let error as WireError: Failure(.failed, error.message, hint: error.hint)
    default: Opening.explain(error)
    }
  }
}
