import CLI
import CSV
import Correction
import Opening
import Records
import Warehouse
import Workbooks

@main struct Main {
  nonisolated static func main() {
    Program.main(ErrorsCommand.spec, explain: ErrorsCommand.explain) { invocation in
      var session = try ErrorsSession(invocation)
      return try session.run()
    }
  }
}

/// Rejects and doubtful rows as a workbook to correct, or as CSV.
enum ErrorsCommand {
  static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-errors", summary: "rejected and doubtful rows as a workbook to correct",
      usage: "[REJECTS ...] [--run RUN] [options]",
      arguments: [
        Argument(
          "REJECTS", "files of rejects that extract, map and stage name", isRequired: false, isRepeatable: true)
      ],
      options: [
        .database,
        .value("run", "RUN", "the run whose warnings, duplicates and stubs to show (default: that of the rejects)"),
        .value(
          "source", "FILE", "the table itself, for rows refused after mapping (default: the file of its name here)"),
        .value(
          "mapping", "FILE", "the mapping, for lists of words and unmapped columns (default: that of the rejects)"),
        .flag("errors-only", "leave out rows that were taken with a warning"),
        .value(
          "format", "FORMAT", "xlsx or csv; csv holds the rows alone", choices: ["xlsx", "csv"], fallback: "xlsx"),
        .output("out", "FILE", short: "o", "the file to write (default: SOURCE.errors.xlsx or SOURCE.rejects.csv)"),
        .asOf,
      ],
      examples: [
        .init("trunkline errors rejects-4f1e0c9a7b2d3358.jsonl", "a workbook of what map refused"),
        .init("trunkline errors a.jsonl b.jsonl c.jsonl --source inv.csv -o inv.errors.xlsx", "of the whole chain"),
        .init("trunkline errors rejects-4f1e0c9a7b2d3358.jsonl --format csv", "a table that extract takes as it is"),
      ],
      exits: [.badData, .noInput, .temporary, .notPermitted],
      notes: ["correct the coloured cells and give the workbook back with: trunkline fix FILE.errors.xlsx"])
  }

  static func explain(_ error: any Error) -> Failure? {
    switch error {
    case let error as CorrectionError: Failure(status(error), error.message, hint: error.hint)
    case let error as WireError: Failure(.failed, error.message, hint: error.hint)
    case let error as WorkbookError: Failure(.failed, error.description)
    case let error as CSVError: Failure(.failed, error.message)
    default: Opening.explain(error)
    }
  }

  private static func status(_ error: CorrectionError) -> ExitStatus {
    switch error {
    case .unreadable, .nothing: .noInput
    case .notRejects, .tableForRejects, .workbookForRejects, .twoSources: .usage
    case .notReadable, .rejectsForWorkbook, .tableForWorkbook, .notOurs, .missingSheet, .missingColumns, .brokenSeal,
      .fixedMapping:
      .badData
    }
  }
}
