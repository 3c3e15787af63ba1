import Workbooks

/// Writes the first sheet: what this is, where it comes from, whether it adds up, and the way to the other sheets.
struct CoverWriter {
  let sheet: WorkbookSheet
  let report: BoundReport
  let checks: [TieCheck]
  let index: [(name: String, rows: Int?, note: String)]
  let footer: String
  private static let lastColumn = 5

  func write(_ workbook: Workbook) throws {
    sheet.hideGridlines()
    sheet.tabColor(SheetLook.navy)
    try sheet.width(of: 0...0, 46)
    try sheet.width(of: 1...4, 18)
    try sheet.width(of: 5...5, 40)
    var row = try writeBanners()
    row = try writeFacts(row + 1)
    row = try writeIndex(row + 1)
    try writeTieOut(row + 1, workbook)
    try sheet.print(footer: footer)
  }

  private func writeBanners() throws -> Int {
    try sheet.text(0, 0, report.request.definition.title, SheetLook.banner)
    for column in 1...Self.lastColumn { sheet.blank(0, column, SheetLook.banner) }
    try sheet.height(of: 0, 30)
    var row = 1
    if report.facts.isTest {
      try sheet.text(row, 0, "TEST DATABASE: approvals may be scripted; not for decisions", SheetLook.testBanner)
      for column in 1...Self.lastColumn { sheet.blank(row, column, SheetLook.testBanner) }
      row += 1
    }
    try sheet.text(row, 0, FooterText.banner(report.facts.sensitivity), SheetLook.sensitivity)
    return row + 1
  }

  private func writeFacts(_ start: Int) throws -> Int {
    let facts = report.facts
    let request = report.request
    let lines = [
      ("Tenant", request.tenant), ("As of", "\(request.asOf) UTC"),
      (request.scope.changeSet == nil ? "Newest change set" : "Change set", facts.changeSet), ("Run", facts.run),
      ("Database serial", String(facts.serial)), ("Lineage", facts.lineage),
      ("Source documents", String(facts.documents)), ("Made by", request.principal),
      ("Definition (SHA-256)", request.definition.digest), ("Audit head", facts.auditHead),
    ]
    for (offset, line) in lines.enumerated() {
      try sheet.text(start + offset, 0, line.0, SheetLook.label)
      try sheet.text(start + offset, 1, line.1, SheetLook.value)
    }
    return start + lines.count
  }

  // MARK: Tie-out

  private func writeTieOut(_ start: Int, _ workbook: Workbook) throws {
    try sheet.text(start, 0, "Tie-out", SheetLook.heading)
    for (column, caption) in ["Check", "Computed", "By formula", "Difference", "Result"].enumerated() {
      try sheet.text(start + 1, column, caption, column == 0 ? SheetLook.header : SheetLook.header.aligned(.right))
    }
    var row = start + 3
    try writeVerdict(start + 2, results: (start + 3)...(start + 2 + max(1, checks.count)), workbook)
    for check in checks {
      try write(check, row)
      row += 1
    }
    if checks.isEmpty {
      try sheet.text(row, 0, "nothing to add up in this report", SheetLook.note)
      row += 1
    }
    try colorResults(start + 2, results: (start + 3)...(row - 1))
  }

  private func write(_ check: TieCheck, _ row: Int) throws {
    let style = check.computed.exponent == 0 ? CellStyle.integer : .money(exponent: check.computed.exponent)
    try sheet.text(row, 0, check.what, .text)
    try sheet.number(row, 1, check.computed, style)
    try sheet.formula(row, 2, check.formula, cached: check.cached, style)
    let (computed, formula) = (CellPlace(row: row, column: 1), CellPlace(row: row, column: 2))
    try sheet.formula(
      row, 3, "=ROUND(\(computed)-\(formula),\(check.computed.exponent))", cached: check.difference, style)
    try sheet.formula(
      row, 4, "=IF(\(CellPlace(row: row, column: 3))=0,\"PASS\",\"FAIL\")", cached: check.passes ? "PASS" : "FAIL",
      CellStyle().bold().aligned(.center))
  }

  /// One cell for all checks, 1 or 0 shown as PASS or FAIL, under the name TieOut_OK.
  private func writeVerdict(_ row: Int, results: ClosedRange<Int>, _ workbook: Workbook) throws {
    try sheet.text(row, 0, "All checks (TieOut_OK)", CellStyle().bold())
    let first = CellPlace(row: results.lowerBound, column: 4).absolute
    let last = CellPlace(row: results.upperBound, column: 4).absolute
    let passes = checks.allSatisfy(\.passes)
    try sheet.formula(
      row, 4, "=IF(COUNTIF(\(first):\(last),\"PASS\")=\(checks.count),1,0)", cached: DecimalNumber(passes ? 1 : 0),
      CellStyle(number: "\"PASS\";;\"FAIL\"").bold().aligned(.center))
    let name = CellPlace(row: row, column: 4).absolute
    try workbook.define("TieOut_OK", "=\(WorkbookSheet.quoted(ReservedSheet.cover))!\(name)")
  }

  private func colorResults(_ verdict: Int, results: ClosedRange<Int>) throws {
    let name = CellPlace(row: verdict, column: 4).absolute
    let cell = CellPlace(row: results.lowerBound, column: 4)
    for (word, style) in [
      ("PASS", SheetLook.states[0].style), ("FAIL", CellStyle().bold().colored(0x9C0006).filled(0xFFC7CE)),
    ] {
      try sheet.rule(rows: results, columns: 4...4, formula: "=\(cell)=\"\(word)\"", style)
      try sheet.rule(rows: verdict...verdict, columns: 4...4, formula: "=\(name)=\(word == "PASS" ? 1 : 0)", style)
    }
  }

  private func writeIndex(_ start: Int) throws -> Int {
    try sheet.text(start, 0, "Sheets", SheetLook.heading)
    for (column, caption) in ["Sheet", "Rows", "What it shows"].enumerated() {
      try sheet.text(start + 1, column, caption, SheetLook.header)
    }
    for (offset, entry) in index.enumerated() {
      let row = start + 2 + offset
      try sheet.link(row, 0, to: entry.name, CellPlace(row: 0, column: 0), text: entry.name)
      if let rows = entry.rows { try sheet.number(row, 1, DecimalNumber(Int64(rows))) }
      try sheet.text(row, 2, entry.note, .plain)
    }
    return start + 2 + index.count
  }
}
