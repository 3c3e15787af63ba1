import CSV
import Domain
import Spreadsheets

/// What was found out about a table, for a person to read.
package enum Explanation {
  package static func text(_ survey: TableSurvey) -> String {
    let dialect = survey.dialect
    var lines = ["file        \(VisibleText.of(survey.file))", "sha256      \(survey.digest)"]
    lines += survey.sheet.map(workbook) ?? text(dialect)
    lines.append("header row  \(header(survey.choice.shape.headerRows))")
    for role in RowRole.allCases where role != .header {
      guard let rows = survey.scan.skipped[role] else { continue }
      lines.append(padded(role) + TableSurvey.rows(rows.rows, of: rows.count))
    }
    lines.append("rows        \(survey.rows), of them data \(survey.dataRows)")
    lines += survey.notes.map { "note        \($0.code): \($0.text)" }
    lines.append("columns     \(survey.columns.count)")
    for (index, column) in survey.columns.enumerated() {
      lines.append("  \(column.letters ?? String(index + 1)) \(VisibleText.of(column.property))")
      lines.append("    " + evidence(column).joined(separator: ", "))
      if !column.samples.isEmpty { lines.append("    for example " + samples(column)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ dialect: CSVDialect) -> [String] {
    [
      "kind        delimited text",
      "encoding    \(dialect.encoding.rawValue)", "delimiter   \(name(dialect.separator))",
      "quote       \(dialect.quote == CSVDialect.noQuote ? "none" : String(Character(UnicodeScalar(dialect.quote))))",
      "line ends   \(dialect.newline.rawValue)",
    ]
  }

  private static func workbook(_ table: SheetTable) -> [String] {
    let sheets = table.report.sheets.map { sheet in
      let state = sheet.content != .cells ? " (\(sheet.content))" : sheet.visibility == .visible ? "" : " (hidden)"
      return "\(sheet.number) \(VisibleText.of(sheet.name))\(state)"
    }
    return [
      "kind        \(table.report.kind) workbook", "sheets      \(sheets.joined(separator: ", "))",
      "sheet       \(table.sheet.number) \(VisibleText.of(table.sheet.name))",
    ]
  }

  private static func name(_ delimiter: [UInt8]) -> String {
    switch delimiter {
    case [9]: "tab"
    case [0x2C]: "comma"
    case [0x3B]: "semicolon"
    case [0x7C]: "pipe"
    default: "'\(VisibleText.of(String(decoding: delimiter, as: UTF8.self)))'"
    }
  }

  private static func header(_ rows: [Int]) -> String {
    guard let first = rows.first, let last = rows.last else { return "none" }
    return first == last ? "\(first)" : "\(first)-\(last)"
  }

  private static func padded(_ role: RowRole) -> String {
    let word = role.rawValue.map { $0 == "_" ? " " : String($0) }.joined()
    return word + String(repeating: " ", count: max(1, 12 - word.count))
  }

  private static func evidence(_ column: ColumnEvidence) -> [String] {
    var parts = ["\(column.filled) filled"]
    let kinds = [
      ("integers", column.integers), ("decimals", column.decimals), ("dates", column.dateTexts),
      ("texts", column.texts),
    ]
    parts += kinds.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    if let dates = column.dateVerdict { parts.append("dates " + verdict(dates)) }
    if let decimal = column.decimalVerdict { parts.append("decimal mark " + verdict(decimal)) }
    return parts
  }

  private static func verdict(_ verdict: (word: String, rows: [Int])) -> String {
    let rows = verdict.rows.map { String($0) }.joined(separator: " and ")
    return verdict.rows.isEmpty ? verdict.word : "\(verdict.word) (\(verdict.rows.count == 1 ? "row" : "rows") \(rows))"
  }

  private static func samples(_ column: ColumnEvidence) -> String {
    column.samples.map { "\"" + VisibleText.of(String(decoding: $0, as: UTF8.self)) + "\"" }.joined(separator: ", ")
  }
}
