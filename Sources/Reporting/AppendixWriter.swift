import Workbooks

/// Writes the sheets that explain the others: where every record came from, and what every column means.
struct AppendixWriter {
  let report: BoundReport
  let footer: String
  private static let provenance: [(caption: String, width: Int)] = [
    ("Report row", 24), ("Entity", 16), ("Key", 50), ("Change set", 12), ("Action", 12), ("File", 34),
    ("Sheet of file", 16),
    ("Row of file", 11), ("Run", 22), ("Column of report ← column of file", 90),
  ]
  private static let dictionary: [(caption: String, width: Int)] = [
    ("Sheet", 20), ("Column", 26), ("Meaning", 60), ("Unit", 34), ("Kept in", 50), ("Shown as", 12),
  ]

  /// Answers how many rows were written.
  func writeProvenance(_ sheet: WorkbookSheet, _ lineage: consuming Lineage, _ sheets: [WrittenSheet]) throws -> Int {
    let header = 3
    try writeTop(
      sheet, ReservedSheet.provenance,
      "the file, row and column behind every cell; a record changed by several files has a row for each",
      Self.provenance, header)
    var row = header + 1
    try lineage.each { line in
      let name = sheets[line.sheet].prepared.name
      let shown = "\(name), row \(line.row)"
      if row < DataSheetWriter.largestTable {
        try sheet.link(row, 0, to: name, CellPlace(row: line.row - 1, column: 0), text: shown)
      } else {
        try sheet.text(row, 0, shown)
      }
      let texts = [line.entity, line.key, line.changeSet, line.action, line.file, line.sourceSheet]
      for (offset, text) in texts.enumerated() where !text.isEmpty { try sheet.text(row, offset + 1, text) }
      if let source = line.sourceRow { try sheet.number(row, 7, DecimalNumber(source), CellStyle(number: "0")) }
      try sheet.text(row, 8, line.run, .text.indented())
      try sheet.text(row, 9, line.columns, .text.wrapped())
      // Not every program fits the height of wrapped rows by itself.
      let lines = (line.columns.count + 84) / 85
      if lines > 1 { try sheet.height(of: row, lines * 13 + 2) }
      row += 1
    }
    let count = row - header - 1
    if count == 0 {
      try sheet.text(row, 0, "every row of this report names its own file, row and column", SheetLook.note)
      row += 1
    }
    try finish(sheet, Self.provenance, header...(row - 1), "tblProvenance")
    return count
  }

  func writeDictionary(_ sheet: WorkbookSheet) throws -> Int {
    let header = 3
    try writeTop(
      sheet, ReservedSheet.dictionary, "what every column means, and the parameters of this report", Self.dictionary,
      header)
    var row = header + 1
    for prepared in report.sheets {
      for column in prepared.columns {
        let texts = [prepared.name, column.caption, column.doc, column.unit, column.origin, column.format.rawValue]
        for (place, text) in texts.enumerated() { try sheet.text(row, place, text, .text) }
        row += 1
      }
    }
    for parameter in parameters {
      for (place, text) in ["(parameter)", parameter.name, parameter.value, "", parameter.origin, "text"].enumerated() {
        try sheet.text(row, place, text, .text)
      }
      row += 1
    }
    try finish(sheet, Self.dictionary, header...(row - 1), "tblDictionary")
    return row - header - 1
  }

  private var parameters: [(name: String, value: String, origin: String)] {
    var lines = [("as_of", "\(report.request.asOf) UTC", "--as-of, else today")]
    if let since = report.request.scope.since { lines.append(("since", since, "--since")) }
    lines.append(("definition", report.request.definition.digest, "SHA-256 of the definition"))
    for prepared in report.sheets where prepared.definition.entity != nil {
      let filter = prepared.definition.filter.map(\.text)
      let deleted = filter.contains { $0.hasPrefix("deleted") } ? [] : ["deleted = no"]
      lines.append(("filter of \(prepared.name)", (filter + deleted).joined(separator: " and "), "filter"))
    }
    return lines
  }

  private func writeTop(
    _ sheet: WorkbookSheet, _ title: String, _ note: String, _ columns: [(caption: String, width: Int)], _ header: Int
  ) throws {
    try sheet.text(0, 0, title, SheetLook.title)
    try sheet.height(of: 0, 24)
    try sheet.link(1, 0, to: ReservedSheet.cover, CellPlace(row: 0, column: 0), text: "← Cover")
    try sheet.text(1, 1, note, SheetLook.note)
    for (column, definition) in columns.enumerated() {
      try sheet.text(header, column, definition.caption, SheetLook.header)
      try sheet.width(of: column...column, definition.width)
    }
  }

  private func finish(
    _ sheet: WorkbookSheet, _ columns: [(caption: String, width: Int)], _ rows: ClosedRange<Int>, _ table: String
  ) throws {
    if sheet.canHoldTables, rows.count > 1 {
      try sheet.table(
        table, rows: rows, columns: columns.map { TableColumn(header: $0.caption, style: SheetLook.header) })
    } else {
      try sheet.autofilter(rows: rows, columns: columns.count)
    }
    sheet.freeze(row: rows.lowerBound + 1, column: 1)
    try sheet.allowNumbersAsText(
      "A\(rows.lowerBound + 1):\(CellPlace(row: rows.upperBound, column: columns.count - 1))")
    try sheet.print(footer: footer, repeating: rows.lowerBound...rows.lowerBound)
  }
}
