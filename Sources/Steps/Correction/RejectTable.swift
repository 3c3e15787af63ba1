package import CSV
import Records

/// Rejects as a CSV table: the original columns first, in their order and with their texts, then why.
///
/// It comes back as it is: `map` passes over our columns, whose names begin with an underscore, and takes off the apostrophe
/// that keeps a spreadsheet from running text as a formula.
package struct RejectTable: ~Copyable {
  /// What stands behind the original columns.
  package static let trailer = ["_row", "_status", "_codes", "_message", "_hint"]

  private var writer: CSVWriter
  private let hasExtra: Bool

  /// Writes the header; `hasExtra` adds a column for cells beyond the last one.
  package init(_ source: FaultySource, hasExtra: Bool, to descriptor: Int32) throws(CSVError) {
    writer = CSVWriter(descriptor: descriptor, formulas: .apostrophe)
    self.hasExtra = hasExtra
    for column in source.columns {
      writer.cell(RejectWriter.ownColumns.contains(column.name) ? column.property : column.name)
    }
    for name in Self.trailer + (hasExtra ? ["_value"] : []) { writer.cell(name) }
    try writer.endRow()
  }

  package mutating func write(_ row: FaultyRow) throws(CSVError) {
    for cell in row.cells { writer.cell(cell) }
    let message = row.issues.map { ($0.field.isEmpty ? "" : $0.field + ": ") + $0.message }.joined(separator: "; ")
    let hints = row.issues.map(\.hint).filter { !$0.isEmpty }.joined(separator: "; ")
    for cell in [String(row.row), row.status.rawValue, row.codes, message, hints] { writer.cell(cell) }
    // A row whose extra cell is blank is still one whose cells stand in the wrong columns.
    if hasExtra { writer.cell(row.isRagged && row.extra.isEmpty ? "(blank)" : row.extra) }
    try writer.endRow()
  }

  package mutating func finish() throws(CSVError) { try writer.flush() }
}
