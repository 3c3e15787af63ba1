import CXLSXWriter
import Glibc

/// The paper a sheet is printed on; raw values are those of the file format.
package enum Paper: UInt8, Sendable {
  case a3 = 8
  case a4 = 9
}

/// A table's column: its header, and what its total row shows.
package struct TableColumn: Sendable {
  package enum Total: Sendable {
    case none
    case label(String)
    /// A SUBTOTAL that follows the filters, with the value we computed.
    case sum(DecimalNumber)
  }

  package let header: String
  package let total: Total
  package let style: CellStyle

  package init(header: String, total: Total = .none, style: CellStyle = .plain) {
    self.header = header
    self.total = total
    self.style = style
  }
}

extension WorkbookSheet {
  /// Makes rows `first`...`last` (header and, with `hasTotals`, total row included) a table with filters.
  ///
  /// Refused in a streaming workbook: use `autofilter` there.
  package func table(
    _ name: String, rows: ClosedRange<Int>, columns: [TableColumn], hasTotals: Bool = false
  ) throws(WorkbookError) {
    let keeper = TableOptions(name, columns, hasTotals, workbook)
    try workbook.check(
      keeper.add(to: handle, line(rows.lowerBound), line(rows.upperBound), place(columns.count - 1)), "table \(name)")
  }

  /// Filter buttons on a header row without a table.
  package func autofilter(rows: ClosedRange<Int>, columns: Int) throws(WorkbookError) {
    try workbook.check(
      worksheet_autofilter(handle, line(rows.lowerBound), 0, line(rows.upperBound), place(columns - 1)), "a filter")
  }

  /// Keeps the rows above `row` and the columns left of `column` in sight.
  package func freeze(row: Int, column: Int) { worksheet_freeze_panes(handle, line(row), place(column)) }

  /// In characters of the usual font.
  package func width(of columns: ClosedRange<Int>, _ width: Int) throws(WorkbookError) {
    try workbook.check(
      worksheet_set_column(handle, place(columns.lowerBound), place(columns.upperBound), Double(width), nil), "a width")
  }

  /// In points.
  package func height(of row: Int, _ points: Int) throws(WorkbookError) {
    try workbook.check(worksheet_set_row(handle, line(row), Double(points), nil), "a height")
  }

  /// One text across several cells of a row.
  package func merged(_ row: Int, columns: ClosedRange<Int>, _ text: String, _ style: CellStyle) throws(WorkbookError) {
    try workbook.check(
      worksheet_merge_range(
        handle, line(row), place(columns.lowerBound), line(row), place(columns.upperBound), text,
        workbook.format(style)), "merged cells")
  }

  /// Cells of these rows take one of the words, offered as a list.
  package func choices(rows: ClosedRange<Int>, column: Int, _ words: [String]) throws(WorkbookError) {
    var copies: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    let code = copies.withUnsafeMutableBufferPointer { list in
      var rule = lxw_data_validation()
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      rule.value_list = list.baseAddress
      return worksheet_data_validation_range(
        handle, line(rows.lowerBound), place(column), line(rows.upperBound), place(column), &rule)
    }
    try workbook.check(code, "a list of choices")
  }

  /// Cells look like `style` where the formula, written for the first cell, is true; sorting keeps it.
  package func rule(
    rows: ClosedRange<Int>, columns: ClosedRange<Int>, formula: String, _ style: CellStyle
  ) throws(WorkbookError) {
    let text = strdup(formula)
    defer { free(text) }
    var rule = lxw_conditional_format()
    rule.type = UInt8(LXW_CONDITIONAL_TYPE_FORMULA.rawValue)
    rule.value_string = text
    rule.format = workbook.differenceFormat(style)
    try workbook.check(
      worksheet_conditional_format_range(
        handle, line(rows.lowerBound), place(columns.lowerBound), line(rows.upperBound), place(columns.upperBound),
        &rule), "a conditional format")
  }

  /// Landscape, as many pages wide as said, with a footer; `repeating` rows and the first `columns` come again on every page.
  package func print(
    footer: String, repeating rows: ClosedRange<Int>? = nil, columns: Int = 0, pagesWide: Int = 1, paper: Paper = .a4
  ) throws(WorkbookError) {
    worksheet_set_landscape(handle)
    worksheet_set_paper(handle, paper.rawValue)
    worksheet_fit_to_pages(handle, UInt16(pagesWide), 0)
    worksheet_set_margins(handle, 0.4, 0.4, 0.6, 0.6)
    try workbook.check(worksheet_set_footer(handle, footer), "the footer \(footer)")
    if let rows {
      try workbook.check(worksheet_repeat_rows(handle, line(rows.lowerBound), line(rows.upperBound)), "repeated rows")
    }
    if columns > 0 {
      try workbook.check(worksheet_repeat_columns(handle, place(0), place(columns - 1)), "repeated columns")
    }
  }

  /// Only these rows and the first `columns` go to paper.
  package func printArea(rows: ClosedRange<Int>, columns: Int) throws(WorkbookError) {
    try workbook.check(
      worksheet_print_area(handle, line(rows.lowerBound), place(0), line(rows.upperBound), place(columns - 1)),
      "a print area")
  }

  /// False in a streaming workbook.
  package var canHoldTables: Bool { !workbook.isStreaming }

  package func hideGridlines() { worksheet_gridlines(handle, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue)) }

  /// `0xRRGGBB`.
  package func tabColor(_ color: UInt32) { worksheet_set_tab_color(handle, color) }

  /// Text that looks like a number stays text without a green corner in these cells.
  package func allowNumbersAsText(_ range: String) throws(WorkbookError) {
    try workbook.check(
      worksheet_ignore_errors(handle, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), range), "an exception")
  }
}

extension Workbook {
  func differenceFormat(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
    let format = newFormat()
    if let format { style.applyDifference(to: format) }
    return format
  }
}

/// The C strings and structs of one table, alive for the call that copies them.
private final class TableOptions {
  private var strings: [UnsafeMutablePointer<CChar>?] = []
  private let columns: UnsafeMutablePointer<lxw_table_column>
  private let pointers: UnsafeMutablePointer<UnsafeMutablePointer<lxw_table_column>?>
  private let count: Int
  private var options = lxw_table_options()

  init(_ name: String, _ columns: [TableColumn], _ hasTotals: Bool, _ workbook: Workbook) {
    count = columns.count
    self.columns = .allocate(capacity: max(1, columns.count))
    pointers = .allocate(capacity: columns.count + 1)
    pointers.initialize(repeating: nil, count: columns.count + 1)
    for (index, column) in columns.enumerated() {
      (self.columns + index).initialize(to: record(column, workbook))
      pointers[index] = self.columns + index
    }
    options.name = keep(name)
    options.columns = pointers
    options.total_row = hasTotals ? 1 : 0
    options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
    options.style_type_number = 15
  }

  deinit {
    for string in strings { free(string) }
    columns.deallocate()
    pointers.deallocate()
  }

  func add(to sheet: UnsafeMutablePointer<lxw_worksheet>, _ first: lxw_row_t, _ last: lxw_row_t, _ column: lxw_col_t)
    -> lxw_error
  {
    worksheet_add_table(sheet, first, 0, last, column, &options)
  }

  private func record(_ column: TableColumn, _ workbook: Workbook) -> lxw_table_column {
    var record = lxw_table_column()
    record.header = keep(column.header)
    record.header_format = workbook.format(column.style)
    switch column.total {
    case .none: break
    case .label(let text): record.total_string = keep(text)
    case .sum(let value):
      record.total_function = UInt8(LXW_TABLE_FUNCTION_SUM.rawValue)
      record.total_value = value.fits ? value.double : 0
    }
    return record
  }

  private func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
    let copy = strdup(text)
    strings.append(copy)
    return copy
  }
}
