import Domain
import Records
import Workbooks

/// The first sheet: what happened, and three steps.
struct ReadMeSheet {
  let facts: ErrorWorkbook.Facts
  let sheet: WorkbookSheet

  func write(_ fix: borrowing FixSheet) throws(WorkbookError) {
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
      try sheet.height(of: row, step.count > 125 ? 32 : 18)
      row += 1
    }
    row += 1
    for (style, text) in colours {
      try sheet.text(row, 1, "", style)
      try sheet.text(row, 2, text, .text.wrapped().indented())
      row += 1
    }
    sheet.protect()
    try sheet.print(footer: "&P of &N")
  }

  private func lines(_ fix: borrowing FixSheet) -> [(String, String)] {
    var lines = [("Rows on the sheet Fix", String(fix.count))]
    let words: [(FaultyRow.Status, String)] = [
      (.rejected, "rejected"), (.duplicate, "contradicting another row"), (.stub, "referring to a stub"),
      (.warning, "accepted with a warning"),
    ]
    for (status, text) in words {
      guard let count = fix.counts[status] else { continue }
      lines.append(("  " + text, String(count) + (status == .rejected ? staged(count) : "")))
    }
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

  /// Of rejected rows, how many were refused before they were records: of the others records were refused, which are more.
  private func staged(_ rows: Int) -> String {
    guard let counts = facts.findings?.counts, let records = counts["rejected"]?.int, records > 0,
      let refused = counts["rejected_rows"]?.int, rows > refused
    else { return "" }
    return " (\(rows - refused) before they became records; of the other \(refused) the database refused"
      + " \(records) \(records == 1 ? "record" : "records"))"
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
