import Model
import Workbooks

/// Where a written sheet's rows and columns lie, for the formulas of other sheets.
struct WrittenSheet {
  let prepared: PreparedSheet
  /// First and last row of data, counted from 0; an empty sheet has one blank row.
  let rows: ClosedRange<Int>
  /// What was added up while the rows were written, apart from the database's own sums.
  let sums: SheetTotals
  /// Cells that are not empty in the first column.
  let filled: Int

  /// `'Circuits'!$F$7:$F$90`.
  func range(_ column: Int) -> String {
    let first = CellPlace(row: rows.lowerBound, column: column).absolute
    let last = CellPlace(row: rows.upperBound, column: column).absolute
    return "\(WorkbookSheet.quoted(prepared.name))!\(first):\(last)"
  }
}

/// Writes one data sheet: title, totals, header, rows; a table where it fits.
struct DataSheetWriter {
  let sheet: WorkbookSheet
  let prepared: PreparedSheet
  let asOf: String
  let footer: String

  static let titleRows = 2
  /// Tables end here, and totals of several currencies stop following the filters: both become slow.
  static let largestTable = 20_000

  private var headerRow: Int { Self.titleRows + 1 + prepared.totals.currencies.count }
  private var firstRow: Int { headerRow + 1 }
  private var lastRow: Int { firstRow + max(1, prepared.rowCount) - 1 }

  /// `noting` is told of every row's records and its row, counted from 1.
  func write(tableName: String, noting: ([ShownRecord], Int) -> Void) throws -> WrittenSheet {
    try writeTop()
    try writeHeader()
    var sums = SheetTotals()
    var filled = 0
    var row = firstRow
    let styles = prepared.columns.map { SheetLook.style($0.format) }
    try prepared.rows.each { cells, records in
      for (column, cell) in cells.enumerated() { try sheet.write(row, column, cell, styles[column]) }
      add(cells, to: &sums)
      if cells[0] != .empty { filled += 1 }
      noting(records, row + 1)
      row += 1
    }
    if row - firstRow != prepared.rowCount {
      throw ReportError.inconsistent(sheet: prepared.name, expected: prepared.rowCount, found: row - firstRow)
    }
    try finish(tableName)
    return WrittenSheet(prepared: prepared, rows: firstRow...lastRow, sums: sums, filled: filled)
  }

  private func add(_ cells: [ReportCell], to sums: inout SheetTotals) {
    for (column, definition) in prepared.columns.enumerated() where definition.isTotal {
      switch cells[column] {
      case .money(let minor, let exponent):
        // What does not fit a cell is text there, which no formula adds: the check must show it.
        guard DecimalNumber(minor: minor, exponent: exponent).fits else { continue }
        sums.add(minor, column, definition.currency.map { cells[$0].csv } ?? "")
      case .integer(let value), .bandwidth(let value): sums.add(value, column, "")
      default: break
      }
    }
  }

  // MARK: Above the rows

  private func writeTop() throws {
    try sheet.text(0, 0, prepared.name, SheetLook.title)
    try sheet.height(of: 0, 24)
    try sheet.link(1, 0, to: ReservedSheet.cover, CellPlace(row: 0, column: 0), text: "← Cover")
    let note = prepared.note.isEmpty ? "as of \(asOf) UTC" : "as of \(asOf) UTC · \(prepared.note)"
    if prepared.columns.count > 1 { try sheet.text(1, 1, note, SheetLook.note) }
    try writeTotals(Self.titleRows, currency: "", label: nil)
    for (offset, currency) in prepared.totals.currencies.enumerated() {
      try writeTotals(
        Self.titleRows + 1 + offset, currency: currency, label: "Total \(currency)\(scopeOfTotals(currency))")
    }
  }

  /// Says where a total is that of all rows, whatever is filtered.
  private func scopeOfTotals(_ currency: String) -> String {
    let isSlow = prepared.rowCount > Self.largestTable && prepared.totals.currencies.count > 1
    return isSlow ? " (all rows)" : " (rows shown)"
  }

  private func writeTotals(_ row: Int, currency: String, label: String?) throws {
    if let label {
      try sheet.text(row, 0, label, SheetLook.total)
    } else {
      try sheet.formula(
        row, 0, "=\"Rows shown: \"&SUBTOTAL(103,\(local(0)))", cached: "Rows shown: \(prepared.rowCount)",
        SheetLook.total)
    }
    for (column, definition) in prepared.columns.enumerated() where column > 0 {
      let isSummed = prepared.totals.sums[column]?[currency] != nil
      guard definition.isTotal, isSummed else {
        sheet.blank(row, column, SheetLook.total)
        continue
      }
      let cached = number(prepared.totals.sum(column, currency), currency)
      try sheet.formula(
        row, column, totalFormula(column, currency), cached: cached,
        SheetLook.total(currency.isEmpty ? SheetLook.style(definition.format) : .money(exponent: cached.exponent)))
    }
  }

  private func number(_ minor: Int64, _ currency: String) -> DecimalNumber {
    TieCheck.number(minor, currency)
  }

  /// A SUBTOTAL where the column has one currency; else one that counts only the rows of the currency.
  private func totalFormula(_ column: Int, _ currency: String) -> String {
    let range = local(column)
    guard !currency.isEmpty, let place = prepared.columns[column].currency, prepared.totals.currencies.count > 1 else {
      return "=SUBTOTAL(109,\(range))"
    }
    let codes = local(place)
    if prepared.rowCount > Self.largestTable { return "=SUMIF(\(codes),\"\(currency)\",\(range))" }
    let first = CellPlace(row: firstRow, column: column).absolute
    return "=SUMPRODUCT(SUBTOTAL(109,OFFSET(\(first),ROW(\(range))-ROW(\(first)),0)),--(\(codes)=\"\(currency)\"))"
  }

  private func local(_ column: Int) -> String {
    CellPlace(row: firstRow, column: column).absolute + ":" + CellPlace(row: lastRow, column: column).absolute
  }

  private func writeHeader() throws {
    for (column, definition) in prepared.columns.enumerated() {
      try sheet.text(headerRow, column, definition.caption, SheetLook.header(definition.format))
      try sheet.width(of: column...column, definition.width)
    }
    try sheet.height(of: headerRow, 30)
  }

  // MARK: Around the rows

  private func finish(_ tableName: String) throws {
    let rows = headerRow...lastRow
    if sheet.canHoldTables {
      try sheet.table(
        tableName, rows: rows,
        columns: prepared.columns.map { TableColumn(header: $0.caption, style: SheetLook.header($0.format)) })
    } else {
      try sheet.autofilter(rows: rows, columns: prepared.columns.count)
    }
    sheet.freeze(row: firstRow, column: min(prepared.freeze, prepared.columns.count))
    try colorStates()
    let last = CellPlace(row: lastRow, column: prepared.columns.count - 1)
    try sheet.allowNumbersAsText("\(CellPlace(row: firstRow, column: 0)):\(last)")
    try print(keys: min(prepared.freeze, prepared.columns.count))
  }

  /// Some 260 characters fit a page of A3 in letters that can be read: what is wider goes on over further pages, each with
  /// the columns that name the row.
  private func print(keys: Int) throws {
    let width = prepared.columns.reduce(0) { $0 + $1.width }
    let repeated = prepared.columns.prefix(keys).reduce(0) { $0 + $1.width }
    let room = max(260 - repeated, 60)
    let pages = width > 260 ? max(1, (width - repeated + room - 1) / room) : 1
    try sheet.print(
      footer: footer, repeating: headerRow...headerRow, columns: pages > 1 ? keys : 0, pagesWide: pages,
      paper: width > 150 ? .a3 : .a4)
  }

  private func colorStates() throws {
    guard let column = prepared.stateColumn else { return }
    let cell = "$\(CellPlace.columnName(column))\(firstRow + 1)"
    for state in SheetLook.states where isPossible(state.word, column) {
      try sheet.rule(
        rows: firstRow...lastRow, columns: column...column, formula: "=\(cell)=\"\(state.word)\"", state.style)
    }
  }

  /// Only the words a code can be are coloured; states of builtins take any.
  private func isPossible(_ word: String, _ column: Int) -> Bool {
    guard case .code(let list)? = prepared.definition.columns[column].path?.field?.type else { return true }
    return list.contains(word)
  }
}
