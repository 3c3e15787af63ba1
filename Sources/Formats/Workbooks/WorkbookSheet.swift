import CXLSXWriter
import Glibc

/// One cell's place, counted from 0; `description` is its name: `B7`.
package struct CellPlace: Hashable, Sendable, CustomStringConvertible {
  package let row: Int
  package let column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  package var description: String { Self.columnName(column) + String(row + 1) }

  /// `$B$7`.
  package var absolute: String { "$\(Self.columnName(column))$\(row + 1)" }

  /// `A` of 0, `AA` of 26.
  package static func columnName(_ column: Int) -> String {
    var name = ""
    var rest = column + 1
    while rest > 0 {
      name = String(Unicode.Scalar(UInt8(65 + (rest - 1) % 26))) + name
      rest = (rest - 1) / 26
    }
    return name
  }
}

/// One sheet; rows and columns count from 0.
///
/// In a streaming workbook rows are written in order. No binary number is taken, so none can be infinite.
package final class WorkbookSheet {
  package let name: String
  let workbook: Workbook
  let handle: UnsafeMutablePointer<lxw_worksheet>
  private var links = 0
  private static let longestText = 32_767
  private static let cutMark = " [cut]"

  init(name: String, workbook: Workbook, handle: UnsafeMutablePointer<lxw_worksheet>) {
    self.name = name
    self.workbook = workbook
    self.handle = handle
  }

  /// The sheet's name as formulas have it: `'Billing accounts'`.
  package var reference: String { Self.quoted(name) }

  package static func quoted(_ name: String) -> String {
    "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// Text that stays text whatever it begins with; longer than 32,767 characters it is cut and marked.
  package func text(_ row: Int, _ column: Int, _ text: String, _ style: CellStyle = .text) throws(WorkbookError) {
    if text.isEmpty { return blank(row, column, style) }
    let fitting = fit(text)
    try written(worksheet_write_string(handle, line(row), place(column), fitting, workbook.format(style)), row)
  }

  /// A number; with more than 15 digits it is written as text, which is counted.
  package func number(_ row: Int, _ column: Int, _ value: DecimalNumber, _ style: CellStyle = .integer)
    throws(WorkbookError)
  {
    guard value.fits else {
      workbook.losses.numbersAsText += 1
      return try text(row, column, value.text, .text.aligned(.right))
    }
    try written(worksheet_write_number(handle, line(row), place(column), value.double, workbook.format(style)), row)
  }

  /// A real date; `day` counts from 1970-01-01 and lies in 1900-03-01 ... 9999-12-31, else it becomes text by the caller.
  package func date(_ row: Int, _ column: Int, day: Int, _ style: CellStyle = .date) throws(WorkbookError) {
    try written(
      worksheet_write_number(handle, line(row), place(column), Double(day + 25_569), workbook.format(style)), row)
  }

  /// A cell with nothing but its style.
  package func blank(_ row: Int, _ column: Int, _ style: CellStyle) {
    worksheet_write_blank(handle, line(row), place(column), workbook.format(style))
  }

  /// A live formula with the value that programs which do not recalculate will show.
  package func formula(
    _ row: Int, _ column: Int, _ formula: String, cached: DecimalNumber, _ style: CellStyle = .integer
  ) throws(WorkbookError) {
    let value = cached.fits ? cached.double : 0
    try written(
      worksheet_write_formula_num(handle, line(row), place(column), formula, workbook.format(style), value), row)
  }

  package func formula(
    _ row: Int, _ column: Int, _ formula: String, cached: String, _ style: CellStyle = .plain
  ) throws(WorkbookError) {
    try written(
      worksheet_write_formula_str(handle, line(row), place(column), formula, workbook.format(style), cached), row)
  }

  /// A link to a cell of this workbook.
  package func link(
    _ row: Int, _ column: Int, to sheet: String, _ target: CellPlace, text: String, _ style: CellStyle = .text
  ) throws(WorkbookError) {
    try link(row, column, url: "internal:\(Self.quoted(sheet))!\(target)", text: text, style)
  }

  /// A link to a file (`external:invoices/7.pdf`) or address; beyond 65,530 on a sheet it is written as text.
  package func link(
    _ row: Int, _ column: Int, url: String, text: String, _ style: CellStyle = .text
  ) throws(WorkbookError) {
    let format = style.colored(0x0563C1).underlined()
    guard links < 65_530, url.utf16.count <= 2079 else {
      workbook.losses.linksAsText += 1
      return try self.text(row, column, text, style)
    }
    links += 1
    let shown = fit(text)
    try written(
      worksheet_write_url_opt(handle, line(row), place(column), url, workbook.format(format), shown, nil), row)
  }

  /// A note that shows when the pointer rests on the cell, about 50 letters wide and at least seven lines high.
  package func comment(_ row: Int, _ column: Int, _ text: String, lines: Int = 0) throws(WorkbookError) {
    let note = fit(text)
    var options = lxw_comment_options()
    options.x_scale = 2.5
    options.y_scale = Double(max(lines, 7)) * 0.23
    try workbook.check(worksheet_write_comment_opt(handle, line(row), place(column), note, &options), "a comment")
  }

  private func fit(_ text: String) -> String {
    guard text.utf8.count > Self.longestText, text.utf16.count > Self.longestText else { return text }
    workbook.losses.truncatedTexts += 1
    var kept = String.UnicodeScalarView()
    var length = Self.cutMark.utf16.count
    for scalar in text.unicodeScalars {
      length += scalar.value > 0xFFFF ? 2 : 1
      if length > Self.longestText { break }
      kept.append(scalar)
    }
    return String(kept) + Self.cutMark
  }

  private func written(_ code: lxw_error, _ row: Int) throws(WorkbookError) {
    if code == LXW_NO_ERROR { return }
    if row >= 1_048_576 { throw .tooManyRows(sheet: name) }
    try workbook.check(code, "a cell in row \(row + 1) of \(name)")
  }

  func line(_ row: Int) -> lxw_row_t { lxw_row_t(clamping: row) }

  func place(_ column: Int) -> lxw_col_t { lxw_col_t(clamping: column) }
}
