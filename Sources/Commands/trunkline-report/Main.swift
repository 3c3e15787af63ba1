import CLI
import Opening
import Reporting
import SQL
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(spec, explain: explain) { invocation in
      let kind = try ReportKind(invocation.arguments[0])
      let plan = try ReportPlan(kind, invocation)
      for warning in try plan.write(Opening.warehouse(invocation)) { invocation.console.warning(warning) }
      return .done
    }
  }

  /// Errors of the report itself, then those of the database.
  @Sendable nonisolated static func explain(_ error: any Error) -> Failure? {
    guard let error = error as? ReportError else { return Opening.explain(error) }
    switch error {
    case .noSuchSheet, .outsideCalendar: return Failure(.usage, error.message, hint: error.hint)
    case .inconsistent, .notWritten, .tooManyRows: return Failure(.failed, error.message, hint: error.hint)
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-report", summary: "workbooks of the inventory and of changes",
      usage: "KIND --out FILE [options]",
      arguments: [Argument("KIND", "inventory or changes")],
      options: [
        .database, .output("out", "FILE", short: "o", "the file to write; one of that name is replaced as a whole"),
        .asOf,
        .value(
          "definition", "FILE", "the report's definition (default: Reports/KIND.yaml, see reports in trunkline.yaml)"),
        .value("change-set", "CS", "changes: only this change set, as CS-0001"),
        .value("since", "DATE", "changes: only change sets made on this day or later"),
        .setting("report.format", "xlsx|csv|json|html"),
        .value("sheet", "NAME", "csv: which sheet (default: the first)"), .tenant,
      ],
      examples: [
        .init(
          "trunkline report inventory --out inventory.xlsx", "circuits, contracts, carriers, sites and sums by currency"
        ),
        .init("trunkline report changes --change-set CS-0001 --out cs-0001.xlsx", "one change set, field by field"),
        .init(
          "trunkline report inventory --format csv --sheet Summary --out summary.csv", "one sheet for another program"),
      ],
      exits: [.noInput, .temporary, .notPermitted],
      notes: [
        "the same database, definition, day and tenant give the same bytes; the cover says whether everything adds up;",
        "a definition with mistakes is refused with the line of each (exit 78)",
      ])
  }
}
