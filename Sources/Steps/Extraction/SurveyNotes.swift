import CSV

extension TableSurvey {
  /// What a person should know of the file, with codes.
  package var notes: [(code: String, text: String)] {
    (choice.findings.notes + textNotes + shapeNotes + columns.flatMap { ColumnNotes($0).notes }).map {
      ($0.code, $0.text)
    }
  }

  private var textNotes: [CSVNote] {
    if sheet != nil { return [] }
    let tally = scan.tally
    var notes: [CSVNote] = []
    if tally.hasMixedLineEnds {
      notes.append(CSVNote(code: "W_EOL", text: "rows end in more than one way"))
    } else if tally.lfcr > 0 {
      notes.append(CSVNote(code: "W_EOL", text: "rows end with LF CR"))
    }
    if tally.brokenQuotes > 0 {
      let rows = Self.count(tally.brokenQuotes, "row")
      let text = "\(rows) with text after a closing quote, kept as written, first row \(tally.firstBrokenQuote)"
      notes.append(CSVNote(code: "W_QUOTE", text: text))
    }
    if tally.nul > 0 {
      notes.append(CSVNote(code: "W_NUL", text: "\(Self.count(tally.nul, "row")) with NUL bytes, rejected"))
    }
    return notes
  }

  /// `MRC is there more than once: the columns are MRC, MRC_2`, for each such name.
  private var repeatedNames: String? {
    var properties: [String: [String]] = [:]
    var order: [String] = []
    for column in columns where !column.name.utf8.allSatisfy(isSpace) {
      if properties[column.name] == nil { order.append(column.name) }
      properties[column.name, default: []].append(column.property)
    }
    let repeated = order.compactMap { name -> String? in
      guard let own = properties[name], own.count > 1 else { return nil }
      return "\(name) is there more than once: the columns are \(own.joined(separator: ", "))"
    }
    return repeated.isEmpty ? nil : repeated.joined(separator: "; ")
  }

  /// Whether nearly all rows of a text have a cell more than the header has names.
  private var isWiderThanItsHeader: Bool {
    guard sheet == nil, !choice.shape.headerRows.isEmpty, dataRows > 0, let last = columns.last else { return false }
    return last.name.utf8.allSatisfy(isSpace) && last.filled * 10 >= dataRows * 9
  }

  /// The first cells of a sheet's data that are merged over several rows.
  private var mergedData: MergedCells? {
    sheet?.merged.filter { $0.rows.count > 1 && $0.rows.lowerBound >= choice.shape.firstDataRow }
      .min { $0.rows.lowerBound < $1.rows.lowerBound }
  }

  private var shapeNotes: [CSVNote] {
    let shape = choice.shape
    var notes: [CSVNote] = []
    if shape.headerRows.isEmpty {
      notes.append(CSVNote(code: "W_NO_HEADER", text: "no row names the columns; they are col_1, col_2 and so on"))
    } else if columns.contains(where: { $0.name.utf8.allSatisfy(isSpace) }) {
      notes.append(CSVNote(code: "W_BLANK_HEADER", text: "columns without a name"))
    }
    if dataRows == 0 {
      notes.append(CSVNote(code: "W_NO_ROWS", text: "the table has columns and no row: nothing will come of it"))
    }
    if let repeated = repeatedNames { notes.append(CSVNote(code: "W_HEADER", text: repeated)) }
    if scan.short.count > 0, sheet == nil {
      let rows = Self.count(scan.short.count, "row")
      notes.append(
        CSVNote(
          code: "W_RAGGED",
          text: "\(rows) with fewer cells than the \(columns.count) columns, first row \(scan.short.first)"))
    }
    if isWiderThanItsHeader {
      let text =
        "all rows go on beyond the header, as \(columns[columns.count - 1].property); "
        + "an amount such as 1,250.00 or 1250,00 without quotation marks is cut in two"
      notes.append(CSVNote(code: "W_RAGGED", text: text))
    }
    if let merged = mergedData {
      let text =
        "cells of several rows are merged, the first in row \(merged.rows.lowerBound): "
        + "only the first of their rows has the text"
      notes.append(CSVNote(code: "W_MERGE", text: text))
    }
    if scan.long.count > 0 {
      let rows = Self.count(scan.long.count, "row")
      notes.append(
        CSVNote(
          code: "W_RAGGED",
          text: "\(rows) with more cells than the \(columns.count) columns, rejected, first row \(scan.long.first)"))
    }
    if tableCount > 1 { notes.append(CSVNote(code: "W_TABLES", text: tablesText)) }
    let left: [RowRole] = [.total, .footer, .repeatedHeader]
    let parts = left.compactMap { role in
      scan.skipped[role].map { "\(Self.count($0.count, role.word)) (\(Self.rows($0.rows, of: $0.count)))" }
    }
    if !parts.isEmpty {
      notes.append(CSVNote(code: "W_FOOTER", text: "left out as no records: " + parts.joined(separator: ", ")))
    }
    if scan.labelled.count > 0 {
      let (count, rows) = scan.labelled
      let text = "\(Self.count(count, "row")) labelled as a sum, but read as data (\(Self.rows(rows, of: count)))"
      notes.append(CSVNote(code: "W_TOTAL", text: text))
    }
    return notes
  }

  private var tablesText: String {
    var names = choice.tables.enumerated().map { number, table in
      let rows = table.headerRows.isEmpty ? "from row \(table.firstDataRow)" : "header row \(table.headerRows[0])"
      return "table \(number + 1) (\(rows): \(Self.start(table.names)))"
    }
    if let next = scan.nextTable, choice.index + 1 == names.count {
      names.append("table \(names.count + 1) (row \(next.number): \(Self.start(next.cells.map(\.text))))")
    }
    return names.joined(separator: ", ") + "; table \(choice.index + 1) is taken: choose with --table"
  }

  private static func start(_ names: [String]) -> String {
    let filled = names.filter { !$0.utf8.allSatisfy(isSpace) }
    return filled.prefix(3).joined(separator: ", ") + (filled.count > 3 ? "..." : "")
  }

  static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// `row 3`, `rows 3, 4, 9`, with dots where there are more.
  static func rows(_ rows: [Int], of count: Int) -> String {
    let shown = rows.prefix(10).map { String($0) }.joined(separator: ", ")
    return (count == 1 ? "row " : "rows ") + shown + (count > 10 ? "..." : "")
  }
}

extension RowRole {
  /// In a sentence.
  var word: String {
    switch self {
    case .total: "total"
    case .footer: "footer row"
    case .repeatedHeader: "repeated header"
    case .otherTable: "row of another table"
    case .blank, .preamble, .header, .units, .comment, .sep, .rule: rawValue
    }
  }
}
