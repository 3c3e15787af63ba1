import Digest
package import Domain
import Model
import Records
import Workbooks

/// The workbook in which a person corrects what was refused, sheet by sheet as docs/onboarding.md describes it.
///
/// The same rejects, run, mapping and day give the same bytes. Memory does not grow with the rows beyond a note per
/// offending cell.
package struct ErrorWorkbook {
  package struct Facts {
    package var source: FaultySource
    package var hasExtra = false
    package var targets = ColumnTargets.unknown
    package var findings: RunFindings?
    /// By the header of a column.
    package var guesses: [String: [ColumnGuess]] = [:]
    package var author = ""
    package var asOf: CalendarDate
    /// The name of the file being written, for the instructions.
    package var name = ""

    package init(source: FaultySource, asOf: CalendarDate) {
      self.source = source
      self.asOf = asOf
    }
  }

  package struct Result: Equatable, Sendable {
    package let rows: Int
    package let warnings: [String]
  }

  private let facts: Facts

  package init(_ facts: Facts) { self.facts = facts }

  /// `rows` hands every row to the closure it is given, in the order they are to stand.
  package func write(to path: String, rows: ((FaultyRow) throws -> Void) throws -> Void) throws -> Result {
    let workbook = try Workbook(
      path: path,
      properties: Workbook.Properties(
        title: "Rows to correct of \(facts.source.file)", subject: "as of \(facts.asOf)", author: facts.author,
        createdDay: Int(facts.asOf.day)), isStreaming: true)
    let readMe = try workbook.addSheet("Read me")
    let fix = try workbook.addSheet(FixColumns.sheet)
    let names = ["Errors", FixColumns.unmapped, "Duplicates", "Stubs", "Accepted"]
    var side: [String: WorkbookSheet] = [:]
    for name in names { side[name] = try workbook.addSheet(name) }
    let originals = try workbook.addSheet(FixColumns.originals)
    let lists = try workbook.addSheet(FixColumns.lists)
    let meta = try workbook.addSheet(FixColumns.meta)
    let columns = FixColumns(headers: facts.source.columns.map(\.name), hasExtra: facts.hasExtra)
    var sheet = try FixSheet(fix, originals, columns, facts.targets, comments: facts.source.comments)
    try rows { try sheet.write($0) }
    let lines = try sheet.finish(lists)
    let writer = SideSheets(facts: facts, fix: fix)
    if let errors = side["Errors"] { try writer.errors(sheet.tally, errors) }
    if let unmapped = side[FixColumns.unmapped] { try writer.unmapped(unmapped, lists, after: lines) }
    if let duplicates = side["Duplicates"] { try writer.duplicates(duplicates) }
    if let stubs = side["Stubs"] { try writer.stubs(stubs) }
    if let accepted = side["Accepted"] { try writer.accepted(accepted) }
    try ReadMeSheet(facts: facts, sheet: readMe).write(sheet)
    try writeMeta(meta, workbook, sheet)
    for hidden in [originals, lists, meta] {
      hidden.protect()
      hidden.hide()
    }
    workbook.show(first: readMe)
    try workbook.close()
    return Result(rows: sheet.count, warnings: workbook.losses.warnings)
  }

  /// What the workbook is about, twice: a sheet out of sight, and properties of the file.
  private func writeMeta(_ meta: WorkbookSheet, _ workbook: Workbook, _ sheet: borrowing FixSheet) throws {
    let mapping = facts.source.mapping
    let entries: [(String, String)] = [
      ("version", "1"), ("source", facts.source.origin.line),
      ("properties", JSON.array(facts.source.columns.map { .string($0.property) }).line),
      ("headers", JSON.array(facts.source.columns.map { .string($0.name) }).line),
      ("evidence", facts.source.evidence.line), ("mapping", mapping.line), ("run", mapping["run"]?.text ?? ""),
      ("model", String(Inventory.version)),
      ("as_of", facts.asOf.description), ("rows", String(sheet.count)),
      ("extra", facts.hasExtra ? "yes" : "no"), ("seal", WorkbookSeal.of(sheet.seals)),
    ]
    for (row, entry) in entries.enumerated() {
      try meta.text(row, 0, entry.0)
      for (index, piece) in FixSheet.pieces(entry.1).enumerated() { try meta.text(row, index + 1, piece) }
    }
    for name in ["version", "run", "seal"] {
      let value = entries.first { $0.0 == name }?.1 ?? ""
      if !value.isEmpty { try workbook.property("trunkline_" + name, value) }
    }
  }
}

/// The digest over all rows of a workbook, whatever their order.
enum WorkbookSeal {
  static func of(_ seals: [String]) -> String { SHA256.hex(of: seals.sorted().joined(separator: "\n")) }
}
