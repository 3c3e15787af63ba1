import Domain
import Records
import Workbooks

/// The sheets beside the one to correct: what is wrong how often, and what should be known before approving the rest.
struct SideSheets {
  let facts: ErrorWorkbook.Facts
  let fix: WorkbookSheet

  private static let heading = CellStyle.text.bold().filled(0xD9E1F2).bordered()
  private static let toFill = CellStyle.text.filled(0xFFF2CC).bordered()
  private static let wrapped = CellStyle.text.wrapped()

  private func head(_ sheet: WorkbookSheet, _ columns: [(name: String, width: Int)], note: String) throws(WorkbookError)
  {
    try sheet.text(0, 0, note, .text.italic())
    for (index, column) in columns.enumerated() {
      try sheet.width(of: index...index, column.width)
      try sheet.text(1, index, column.name, Self.heading)
    }
    sheet.freeze(row: 2, column: 0)
    try sheet.print(footer: "&A, page &P of &N", repeating: 1...1)
  }

  func errors(_ tally: ErrorTally, _ sheet: WorkbookSheet) throws(WorkbookError) {
    try head(
      sheet,
      [
        ("Code", 20), ("Severity", 9), ("Rows", 8), ("Column", 20), ("First on Fix", 12), ("What it means", 42),
        ("First case", 36), ("How to fix", 46), ("Explained in", 22),
      ], note: "The most frequent first: one remedy often clears many rows.")
    for (index, entry) in tally.sorted.enumerated() {
      let row = index + 2
      try wrap(
        row, of: sheet,
        [
          (5, entry.meaning, 42), (6, entry.example, 36), (7, entry.remedy, 46),
          (8, "docs/rejects.md, \(entry.code)", 22),
        ])
      try sheet.text(row, 0, entry.code)
      try sheet.text(row, 1, entry.severity.rawValue)
      try sheet.number(row, 2, DecimalNumber(Int64(entry.count)))
      try sheet.text(row, 3, entry.column, CellStyle.text.indented())
      try sheet.link(
        row, 4, to: FixColumns.sheet, CellPlace(row: entry.firstRow, column: 0), text: "row \(entry.firstRow + 1)")
    }
  }

  /// Writes texts that may take several lines, and makes their row high enough.
  private func wrap(
    _ row: Int, of sheet: WorkbookSheet, _ cells: [(column: Int, text: String, width: Int)]
  ) throws(WorkbookError) {
    try sheet.height(of: row, 14 * (cells.map { Self.lines($0.text, width: $0.width) }.max() ?? 1))
    for cell in cells { try sheet.text(row, cell.column, cell.text, Self.wrapped) }
  }

  /// How many lines a text takes in a column, since no program finds the height of a row by itself.
  private static func lines(_ text: String, width: Int) -> Int {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Words do not fill their lines to the end.
    return min(parts.reduce(0) { $0 + 1 + $1.count * 10 / (width * 9) }, 12)
  }

  /// `lists` has room for words from its row `used` on.
  func unmapped(_ sheet: WorkbookSheet, _ lists: WorkbookSheet, after used: Int) throws(WorkbookError) {
    let known = facts.targets.isKnown
    try head(
      sheet,
      [
        (FixColumns.unmappedColumn, 28), ("Filled cells", 12), ("Samples", 44), ("Why nothing is taken from it", 30),
        ("Best guess", 30), ("Score", 8), (FixColumns.decision, 30),
      ],
      note: known
        ? "Columns whose values go nowhere. To take one, write its target under Decision (ignore leaves it out for good):"
          + " fix writes that into the mapping."
        : "Which columns are mapped is not known: no mapping was named.")
    var row = 2
    for column in facts.source.columns {
      guard let reason = facts.targets.omission(column.name) else { continue }
      let guesses = facts.guesses[column.name] ?? []
      let guess = guesses.first.map { $0.isReachable ? $0.target : "\($0.target), which has no place yet" }
      try wrap(
        row, of: sheet,
        [
          (0, column.name, 28), (2, column.samples.prefix(5).joined(separator: " | "), 44), (3, reason, 30),
          (4, guess ?? "", 30),
        ])
      try sheet.number(row, 1, DecimalNumber(Int64(column.filled)), CellStyle.integer.aligned(.left))
      if let best = guesses.first {
        try sheet.number(row, 5, DecimalNumber(Int64(best.score)))
      }
      sheet.blank(row, 6, Self.toFill)
      let words = guesses.filter(\.isReachable).map(\.target) + ["ignore"]
      try OfferedWords(words, .decision).offer(at: 6, of: sheet, rows: row...row, lists, used + row - 2)
      row += 1
    }
    if known, row == 2 { try sheet.text(2, 0, "none") }
  }

  /// One line per field that differs: what each row of the file says, and what is committed, side by side.
  func duplicates(_ sheet: WorkbookSheet) throws(WorkbookError) {
    let most = facts.findings?.duplicates.map(\.rows.count).max() ?? 1
    let shown = min(max(most, 1), 8)
    try head(
      sheet,
      [("Record", 12), ("Key", 36), ("Where", 17), ("Rows of the file", 16), ("Field", 18)]
        + (1...shown).map { ("Row \($0) says", 20) } + [("The database says", 20), ("What to do", 46)],
      note: facts.findings == nil
        ? Self.unknown : "Rows that describe one record, and rows that change a committed one.")
    var row = 2
    for duplicate in facts.findings?.duplicates ?? [] {
      for difference in duplicate.differences {
        var cells = [(1, duplicate.key, 36), (3, duplicate.rowList, 16), (6 + shown, advice(duplicate), 46)]
        for (place, value) in difference.values.prefix(shown).enumerated() { cells.append((5 + place, value, 20)) }
        if duplicate.isCommitted { cells.append((5 + shown, difference.committed, 20)) }
        try wrap(row, of: sheet, cells)
        try sheet.text(row, 0, duplicate.entity)
        try sheet.text(row, 2, duplicate.rows.count > 1 ? "several rows" : "file and database")
        try sheet.text(row, 4, difference.field)
        row += 1
      }
    }
    if facts.findings != nil, row == 2 { try sheet.text(2, 0, "none") }
  }

  private func advice(_ duplicate: RunFindings.Duplicate) -> String {
    duplicate.rows.count > 1
      ? "none is taken: on the sheet Fix keep the right row and set _action of the others to skip"
      : "the plan shows it as an update: approve it, or reject the item to keep the database's value"
  }

  private static let unknown = "Not known: the run is in no database that could be opened (name it with --db)."

  func stubs(_ sheet: WorkbookSheet) throws(WorkbookError) {
    try head(
      sheet,
      [
        ("Record", 12), ("Key", 36), ("Nearest known", 36), ("Likeness", 10), ("Referred to", 12), ("First row", 10),
        ("What to do", 50),
      ], note: facts.findings == nil ? Self.unknown : "Records that are referred to and described nowhere.")
    var row = 2
    for stub in facts.findings?.stubs ?? [] {
      let advice =
        stub.isProbablySlip
        ? "if the nearest is meant, correct the amber cells on the sheet Fix; else approve the stub"
        : "approve it as a stub and complete it later, or correct the name in the source"
      try wrap(row, of: sheet, [(1, stub.key, 36), (2, stub.nearest, 36), (6, advice, 50)])
      try sheet.text(row, 0, stub.entity)
      if stub.likeness > 0 {
        try sheet.number(row, 3, DecimalNumber(minor: Int64(stub.likeness), exponent: 2), CellStyle(number: "0%"))
      }
      try sheet.number(row, 4, DecimalNumber(Int64(stub.references)))
      if let first = stub.rows.first { try sheet.number(row, 5, DecimalNumber(Int64(first))) }
      row += 1
    }
    if facts.findings != nil, row == 2 {
      try sheet.text(2, 0, "none that was taken; what is refused for its reference (E_REFERENCE) is on the sheet Fix")
    }
  }

  /// A page of records that nobody has to correct; the rest is for the screen.
  private static let printedRecords = 28

  func accepted(_ sheet: WorkbookSheet) throws(WorkbookError) {
    let all = facts.findings?.staged ?? 0
    let shown = facts.findings?.accepted.count ?? 0
    let contradictory = facts.findings?.contradictory ?? 0
    try head(
      sheet, [("Row of the file", 16), ("Record", 18), ("Key", 76), ("Action", 12)],
      note: facts.findings == nil
        ? Self.unknown
        : "\(all) records were staged by run \(facts.findings?.run ?? "")"
          + (contradictory > 0 ? "; \(contradictory) of them contradict each other and are in no plan" : "")
          + (shown < all ? "; the first \(shown) of them" : "")
          + (shown > Self.printedRecords ? "; \(Self.printedRecords) go to paper:" : ":"))
    try sheet.printArea(rows: 0...min(shown, Self.printedRecords) + 1, columns: 4)
    var contradicted: [String: Set<String>] = [:]
    for (index, record) in (facts.findings?.accepted ?? []).enumerated() {
      if contradicted[record.entity] == nil {
        contradicted[record.entity] = facts.findings?.contradicted(record.entity) ?? []
      }
      try sheet.number(index + 2, 0, DecimalNumber(Int64(record.row)))
      try sheet.text(index + 2, 1, record.entity, CellStyle.text.indented())
      try sheet.text(index + 2, 2, record.key)
      let isIn = contradicted[record.entity]?.contains(record.key) != true
      try sheet.text(index + 2, 3, isIn ? record.action : "none")
    }
  }
}
