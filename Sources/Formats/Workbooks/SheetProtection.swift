import CXLSXWriter
import Glibc

extension WorkbookSheet {
  /// Only cells of unlocked styles can be edited; sorting, filtering, widths and deleting rows stay allowed. No password:
  /// it keeps people from slips, not from intent.
  package func protect() {
    var allowed = lxw_protection()
    allowed.format_columns = 1
    allowed.format_rows = 1
    allowed.delete_rows = 1
    allowed.sort = 1
    allowed.autofilter = 1
    worksheet_protect(handle, nil, &allowed)
  }

  /// Takes the sheet out of sight; a program's menu can show it again.
  package func hide() { worksheet_hide(handle) }

  /// What the cells of these columns look like where nothing is written.
  package func columns(_ columns: ClosedRange<Int>, width: Int, _ style: CellStyle) throws(WorkbookError) {
    try workbook.check(
      worksheet_set_column(
        handle, place(columns.lowerBound), place(columns.upperBound), Double(width), workbook.format(style)), "a width")
  }

  /// Offers the words found at `source` (`=Lists!$A$1:$A$9`) in these cells; who types another is told so.
  package func offered(
    rows: ClosedRange<Int>, column: Int, source: String, _ alert: ListAlert
  ) throws(WorkbookError) {
    let words: [String] = [source, alert.title, alert.text]
    let texts = words.map { strdup($0) }
    defer { for text in texts { free(text) } }
    var rule = lxw_data_validation()
    rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
    rule.value_formula = texts[0]
    rule.error_title = texts[1]
    rule.error_message = texts[2]
    let type = alert.isRefused ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING
    rule.error_type = UInt8(type.rawValue)
    try workbook.check(
      worksheet_data_validation_range(
        handle, line(rows.lowerBound), place(column), line(rows.upperBound), place(column), &rule), "a list of words")
  }
}

/// What a program says when a cell gets another word than the list has.
package struct ListAlert: Sendable {
  /// At most 32 characters.
  let title: String
  /// At most 255 characters.
  let text: String
  /// Whether the word is refused, or taken when the person insists.
  let isRefused: Bool

  package init(title: String, text: String, isRefused: Bool) {
    self.title = title
    self.text = text
    self.isRefused = isRefused
  }
}

extension Workbook {
  /// A named text beside title and author, which programs keep when they save the file.
  package func property(_ name: String, _ value: String) throws(WorkbookError) {
    try check(workbook_set_custom_property_string(handle, name, value), "the property \(name)")
  }

  /// The sheet shown when the file is opened.
  package func show(first sheet: WorkbookSheet) { worksheet_activate(sheet.handle) }
}
