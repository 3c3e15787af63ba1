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
        ("Code", 20), ("Severity", 10), ("Rows", 8), ("Column", 24), ("First on Fix", 12), ("What it means", 46),
        ("Example", 36), ("How to fix", 56), ("Explained in", 36),
      ], note: "The most frequent first: one remedy often clears many rows.")
    for (index, entry) in tally.sorted.enumerated() {
      let row = index + 2
      let lines = [(entry.meaning, 46), (entry.example, 36), (entry.remedy, 56)].map { Self.lines($0.0, width: $0.1) }
      try sheet.height(of: row, 14 * (lines.max() ?? 1))
      try sheet.text(row, 0, entry.code)
      try sheet.text(row, 1, entry.severity.rawValue)
      try sheet.number(row, 2, DecimalNumber(Int64(entry.count)))
      try sheet.text(row, 3, entry.column, CellStyle.text.indented())
      try sheet.link(
        row, 4, to: FixColumns.sheet, CellPlace(row: entry.firstRow, column: 0), text: "row \(entry.firstRow + 1)")
      try sheet.text(row, 5, entry.meaning, Self.wrapped)
      try sheet.text(row, 6, entry.example, Self.wrapped)
      try sheet.text(row, 7, entry.remedy, Self.wrapped)
      try sheet.text(row, 8, "docs/rejects.md, \(entry.code)")
    }
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
        (FixColumns.unmappedColumn, 28), ("Filled cells", 12), ("Samples", 60), ("Why nothing is taken from it", 44),
        ("Best guess", 34), ("Score", 8), (FixColumns.decision, 34),
      ],
      note: known
        ? "Columns whose values go nowhere. To take one, write its target under Decision (ignore leaves it out for good):"
          + " fix writes that into the mapping."
        : "Which columns are mapped is not known: no mapping was named.")
    var row = 2
    for column in facts.source.columns {
      guard let reason = facts.targets.omission(column.name) else { continue }
      try sheet.text(row, 0, column.name)
      try sheet.number(row, 1, DecimalNumber(Int64(column.filled)))
      try sheet.text(row, 2, column.samples.prefix(5).joined(separator: " | "), CellStyle.text.indented())
      try sheet.text(row, 3, reason)
      let guesses = facts.guesses[column.name] ?? []
      if let best = guesses.first {
        try sheet.text(row, 4, best.isReachable ? best.target : "\(best.target), which has no place yet")
        try sheet.number(row, 5, DecimalNumber(Int64(best.score)))
      }
      sheet.blank(row, 6, Self.toFill)
      let words = guesses.filter(\.isReachable).map(\.target) + ["ignore"]
      try FixSheet.offer(words, at: 6, of: sheet, rows: row...row, lists, used + row - 2)
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
      [("Record", 16), ("Key", 36), ("Where", 22), ("Rows of the file", 18), ("Field", 20)]
        + (1...shown).map { ("Row \($0) says", 24) } + [("The database says", 24), ("What to do", 92)],
      note: facts.findings == nil
        ? Self.unknown : "Rows that describe one record, and rows that change a committed one.")
    var row = 2
    for duplicate in facts.findings?.duplicates ?? [] {
      for difference in duplicate.differences {
        try sheet.text(row, 0, duplicate.entity)
        try sheet.text(row, 1, duplicate.key)
        try sheet.text(row, 2, duplicate.rows.count > 1 ? "several rows" : "file and database")
        try sheet.text(row, 3, duplicate.rowList)
        try sheet.text(row, 4, difference.field)
        for (place, value) in difference.values.prefix(shown).enumerated() { try sheet.text(row, 5 + place, value) }
        if duplicate.isCommitted { try sheet.text(row, 5 + shown, difference.committed) }
        try sheet.text(row, 6 + shown, advice(duplicate))
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
        ("Record", 16), ("Key", 40), ("Nearest known", 40), ("Likeness", 10), ("Referred to", 12), ("First row", 10),
        ("What to do", 82),
      ], note: facts.findings == nil ? Self.unknown : "Records that are referred to and described nowhere.")
    var row = 2
    for stub in facts.findings?.stubs ?? [] {
      try sheet.text(row, 0, stub.entity)
      try sheet.text(row, 1, stub.key)
      try sheet.text(row, 2, stub.nearest)
      if stub.likeness > 0 {
        try sheet.number(row, 3, DecimalNumber(minor: Int64(stub.likeness), exponent: 2), CellStyle(number: "0%"))
      }
      try sheet.number(row, 4, DecimalNumber(Int64(stub.references)))
      if let first = stub.rows.first { try sheet.number(row, 5, DecimalNumber(Int64(first))) }
      try sheet.text(
        row, 6,
        stub.isProbablySlip
          ? "if the nearest is meant, correct the amber cells on the sheet Fix; else approve the stub"
          : "approve it as a stub and complete it later, or correct the name in the source", CellStyle.text.indented())
      row += 1
    }
    if facts.findings != nil, row == 2 {
      try sheet.text(2, 0, "none that was taken; what is refused for its reference (E_REFERENCE) is on the sheet Fix")
    }
  }

  func accepted(_ sheet: WorkbookSheet) throws(WorkbookError) {
    let all = facts.findings?.staged ?? 0
    let shown = facts.findings?.accepted.count ?? 0
    let contradictory = facts.findings?.contradictory ?? 0
    try head(
      sheet, [("Row of the file", 14), ("Record", 16), ("Key", 48), ("Action", 12)],
      note: facts.findings == nil
        ? Self.unknown
        : "\(all) records were staged by run \(facts.findings?.run ?? "")"
          + (contradictory > 0 ? "; \(contradictory) of them contradict each other and are in no plan" : "")
          + (shown < all ? "; the first \(shown) of them:" : ":"))
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

/// The first sheet: what happened, and three steps.
struct ReadMeSheet {
  let facts: ErrorWorkbook.Facts
  let sheet: WorkbookSheet

  func write(_ fix: FixSheet) throws(WorkbookError) {
    sheet.hideGridlines()
    try sheet.width(of: 0...0, 4)
    try sheet.width(of: 1...1, 30)
    try sheet.width(of: 2...2, 90)
    try sheet.text(0, 1, "Rows to correct of \(facts.source.file)", .text.bold().sized(16))
    var row = 2
    for (name, text) in lines(fix) {
      try sheet.text(row, 1, name, .text.bold())
      try sheet.text(row, 2, text, .text.wrapped())
      row += 1
    }
    row += 1
    for (index, step) in steps.enumerated() {
      try sheet.text(row, 0, "\(index + 1)", .text.bold().aligned(.right))
      try sheet.merged(row, columns: 1...2, step, .text.wrapped())
      try sheet.height(of: row, 32)
      row += 1
    }
    row += 1
    for (style, text) in colours {
      try sheet.text(row, 1, "", style)
      try sheet.text(row, 2, text, .text.wrapped())
      row += 1
    }
    sheet.protect()
    try sheet.print(footer: "&P of &N")
  }

  private func lines(_ fix: FixSheet) -> [(String, String)] {
    var lines = [("Rows on the sheet Fix", String(fix.count))]
    let words: [(FaultyRow.Status, String)] = [
      (.rejected, "rejected"), (.duplicate, "contradicting another row"), (.stub, "referring to a stub"),
      (.warning, "accepted with a warning"),
    ]
    for (status, text) in words { if let count = fix.counts[status] { lines.append(("  " + text, String(count))) } }
    if let findings = facts.findings {
      let accepted = findings.counts["accepted"]?.int ?? 0
      lines.append(("Records accepted meanwhile", String(accepted)))
      if findings.contradictory > 0 {
        lines.append(("  contradicting, in no plan", String(findings.contradictory)))
        lines.append(("  compared by the plan", String(accepted - findings.contradictory)))
      }
    }
    lines += [
      ("Source", "\(facts.source.file) (\(facts.source.digest.prefix(19)))"),
      ("Mapping", facts.source.mapping["name"]?.text ?? "not known"), ("As of", facts.asOf.description),
      ("Made by", facts.author),
    ]
    if fix.notes >= FixSheet.mostNotes {
      lines.append(
        ("Notes", "only the first \(FixSheet.mostNotes) cells have a note; the column _message has all reasons"))
    }
    return lines
  }

  private var steps: [String] {
    [
      "Go to the sheet Fix. Correct the red and amber cells; a note on each says what is wrong and what is allowed. "
        + "Cells of the source may be edited, grey cells are locked.",
      "In _action choose skip for a row that is not to be loaded, accept-as-is to hand a row on as it was, or leave it blank. "
        + "A deleted row stays rejected (some programs delete only once the sheet is unprotected). A blank cell leaves what is in the database, #N/A clears it. Say why in _comment.",
      "Save as XLSX, then run: trunkline fix \(facts.name)",
    ]
  }

  private var colours: [(CellStyle, String)] {
    [
      (CellStyle.text.filled(0xFFC7CE).bordered(), "red: the row is rejected until this is mended"),
      (CellStyle.text.filled(0xFFEB9C).bordered(), "amber: the row was taken; look at it"),
      (CellStyle.text.filled(0xE7E6E6).bordered(), "grey: ours, do not edit"),
    ]
  }
}
