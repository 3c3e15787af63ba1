import CSV
import Domain
import Model
import Records
import SQL
package import Warehouse
import Workbooks

extension ReportRequest {
  /// Writes the workbook and answers its warnings; the file is whole under its name or was never there.
  ///
  /// All of it shows one state of the database. The same state, definition, day, tenant and principal give the same bytes.
  package func writeWorkbook(_ warehouse: OpenWarehouse, to path: String) throws -> [String] {
    try reading(warehouse) { report in
      for sheet in report.sheets where sheet.rowCount > Self.mostRows {
        throw ReportError.tooManyRows(sheet: sheet.name, count: sheet.rowCount)
      }
      let isStreaming = report.sheets.contains { $0.rowCount > DataSheetWriter.largestTable }
      let workbook = try Workbook(
        path: path,
        properties: Workbook.Properties(
          title: definition.title, subject: "as of \(asOf) UTC, \(report.facts.changeSet)", author: principal,
          createdDay: Int(asOf.day)), isStreaming: isStreaming)
      try write(report, to: workbook)
      try workbook.close()
      return workbook.losses.warnings
    }
  }

  /// Binds the report within one read transaction; a refusal of the file's library becomes a `ReportError`.
  func reading<Result>(_ warehouse: OpenWarehouse, _ body: (BoundReport) throws -> Result) throws -> Result {
    do {
      return try warehouse.database.reading { try body(BoundReport(self, warehouse)) }
    } catch let error as WorkbookError {
      throw ReportError.notWritten(error.description)
    }
  }

  /// What is left of a sheet's 1,048,576 rows below titles and totals.
  private static let mostRows = 1_048_000

  private func write(_ report: BoundReport, to workbook: Workbook) throws {
    let footer = FooterText.footer(report.facts)
    let cover = try workbook.addSheet(ReservedSheet.cover)
    let sheets = try report.sheets.map { try workbook.addSheet($0.name) }
    let provenance = try workbook.addSheet(ReservedSheet.provenance)
    let dictionary = try workbook.addSheet(ReservedSheet.dictionary)
    var lineage = Lineage(report.sheets, report.warehouse.database, report.runs)
    var written: [WrittenSheet] = []
    for (place, prepared) in report.sheets.enumerated() {
      let writer = DataSheetWriter(sheet: sheets[place], prepared: prepared, asOf: asOf.description, footer: footer)
      let entities = prepared.rows.entities
      written.append(
        try writer.write(tableName: Self.tableName(prepared.name, place)) { records, row in
          lineage.note(records, entities, sheet: place, row: row)
        })
    }
    let appendix = AppendixWriter(report: report, footer: footer)
    let lines = try appendix.writeProvenance(provenance, lineage, written)
    let words = try appendix.writeDictionary(dictionary)
    let index =
      report.sheets.map { ($0.name, Optional($0.rowCount), $0.note) } + [
        (ReservedSheet.provenance, lines, "file, row and column behind every cell"),
        (ReservedSheet.dictionary, words, "meaning of every column, and parameters"),
      ]
    try CoverWriter(
      sheet: cover, report: report, checks: TieCheck.checks(written), index: index, footer: footer
    ).write(workbook)
  }

  /// `tblCircuits`; letters outside ASCII are left out, and the place keeps it unlike the others.
  private static func tableName(_ name: String, _ place: Int) -> String {
    let letters = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return "tbl\(letters)_\(place + 1)"
  }
}

extension ReportRequest {
  /// Names of the sheets a CSV may be made of.
  package var sheetNames: [String] { definition.sheets.map(\.name) }

  /// Writes one sheet (the first, unless named) as CSV with a header; text that would run as a formula gets an apostrophe,
  /// and control characters are shown as escapes.
  package func writeCSV(_ warehouse: OpenWarehouse, sheet name: String?, to path: String) throws {
    let named = name.map { name in definition.sheets.first { $0.name == name } } ?? definition.sheets.first
    guard let sheet = named else { throw ReportError.noSuchSheet(name ?? "", known: sheetNames) }
    var dialect = CSVDialect()
    dialect.newline = .crlf
    do {
      try Durable.write(to: path) { file in
        var writer = CSVWriter(descriptor: file, dialect: dialect, formulas: .apostrophe)
        for column in sheet.columns { writer.cell(column.caption) }
        try writer.endRow()
        try warehouse.database.reading {
          try rows(of: sheet, warehouse, RunIndex(warehouse)).each { cells, _ in
            for cell in cells { writer.cell(shown(cell)) }
            try writer.endRow()
          }
        }
        try writer.flush()
      }
    } catch let error as WorkbookError {
      throw ReportError.notWritten(error.description)
    } catch let error as CSVError {
      throw ReportError.notWritten("\(path): \(error.message)")
    }
  }

  /// Control characters of a text other than line ends, which could drive a terminal that shows the file, stand as escapes.
  private func shown(_ cell: ReportCell) -> String {
    guard case .text(let text) = cell else { return cell.csv }
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.map { VisibleText.of(String(decoding: $0, as: UTF8.self)) }.joined(separator: "\n")
  }

  /// Writes all sheets as one JSON object; amounts are exact text.
  package func writeJSON(_ warehouse: OpenWarehouse, to path: String) throws {
    try reading(warehouse) { report in
      var bytes = Array("{\"title\":\(JSON.quote(definition.title)),\"about\":\(about(report).line),\"sheets\":[".utf8)
      for (place, sheet) in report.sheets.enumerated() {
        let columns = sheet.columns.map {
          JSON.fields([("caption", .string($0.caption)), ("kept_in", .string($0.origin))])
        }
        bytes += Array((place == 0 ? "\n" : ",\n").utf8)
        bytes += Array("{\"name\":\(JSON.quote(sheet.name)),\"columns\":\(JSON.array(columns).line),\"rows\":[".utf8)
        var isFirst = true
        try sheet.rows.each { cells, _ in
          bytes += Array(((isFirst ? "\n" : ",\n") + JSON.array(cells.map(\.json)).line).utf8)
          isFirst = false
        }
        bytes += Array("],\"totals\":\(totals(sheet).line)}".utf8)
      }
      bytes += Array("\n]}\n".utf8)
      try Durable.write(bytes, to: path)
    }
  }

  func about(_ report: BoundReport) -> JSON {
    .fields([
      ("tenant", .string(tenant)), ("as_of", .string(asOf.description)),
      ("change_set", .string(report.facts.changeSet)),
      ("run", .string(report.facts.run)), ("serial", .int(report.facts.serial)),
      ("lineage", .string(report.facts.lineage)),
      ("definition", .string(definition.digest)), ("audit_head", .string(report.facts.auditHead)),
      ("sensitivity", .string(report.facts.sensitivity.rawValue)), ("test", .bool(report.facts.isTest)),
    ])
  }

  func totals(_ sheet: PreparedSheet) -> JSON {
    var totals: [JSON] = []
    for (column, definition) in sheet.columns.enumerated() {
      for (currency, sum) in (sheet.totals.sums[column] ?? [:]).sorted(by: { $0.key < $1.key }) {
        totals.append(
          .fields([
            ("column", .string(definition.caption)), ("currency", .string(currency)),
            ("sum", .string(TieCheck.number(sum, currency).text)),
          ]))
      }
    }
    return .array(totals)
  }
}
