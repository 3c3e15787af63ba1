import CSV
import Domain
import Glibc
import Spreadsheets

/// Runs the reader of workbooks where its end is not ours: on the descriptor of a workbook, a sheet's number or nil for
/// the list of sheets, into the descriptors of a text and of a report. Gives words on how it broke off, nil otherwise.
package typealias SheetReading = (_ source: Int32, _ sheet: Int?, _ text: Int32, _ report: Int32) -> String?

/// A sheet as delimited text, ready to be surveyed and streamed like any table.
package final class SheetTable {
  let text: SourceFile
  let sheet: SpreadsheetSheet
  let report: SheetReport
  /// What is to be known of the workbook's other sheets.
  fileprivate(set) var notes: [CSVNote] = []
  /// SHA-256 of the workbook.
  let digest: String

  /// What would have to be guessed of a text that is not our own.
  var findings: CSVFindings { CSVFindings(width: report.width, notes: report.notes + notes) }
  var merged: [MergedCells] {
    report.merges.map { MergedCells(rows: $0.top...$0.bottom, columns: $0.left...$0.right) }
  }

  fileprivate init(text: consuming SourceFile, sheet: SpreadsheetSheet, report: SheetReport, digest: String) {
    self.text = text
    self.sheet = sheet
    self.report = report
    self.digest = digest
  }

  package var name: String { sheet.name }
}

/// A workbook whose sheets are read one by one, each by a reader of its own.
package struct Workbook {
  private let source: Int32
  private let path: String
  private let digest: String
  private let temporary: String
  private let read: SheetReading
  /// What the workbook was converted to, to be closed with it.
  private let converted: Converted?

  private final class Converted {
    let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
  }

  /// An XLSX that another program made of `original`, whose name and digest it goes by; takes over the descriptor.
  package init(
    converted descriptor: Int32, of original: borrowing SourceFile, temporary: String, read: @escaping SheetReading
  ) throws(ExtractionError) {
    converted = Converted(descriptor)
    source = descriptor
    path = original.path
    digest = try original.digest()
    self.temporary = temporary
    self.read = read
  }

  /// Nil when the file is no workbook by its content, nor another container that workbooks come in.
  package init?(_ file: borrowing SourceFile, temporary: String, read: @escaping SheetReading) throws(ExtractionError) {
    do throws(SpreadsheetError) {
      if try !SpreadsheetFile.isContainer(descriptor: file.descriptor) { return nil }
    } catch {
      throw .system(call: "read", path: file.path, errno: EIO)
    }
    source = file.descriptor
    path = file.path
    digest = try file.digest()
    self.temporary = temporary
    self.read = read
    converted = nil
  }

  /// The sheets that were asked for; without a choice the one with most cells among those that can be seen.
  package func tables(_ choice: SheetChoice) throws(ExtractionError) -> [SheetTable] {
    let tables = try chosen(choice)
    if converted != nil {
      for table in tables {
        table.notes.append(CSVNote(code: "W_CONVERTED", text: "converted to XLSX by LibreOffice before it was read"))
      }
    }
    return tables
  }

  private func chosen(_ choice: SheetChoice) throws(ExtractionError) -> [SheetTable] {
    let sheets = try choice.sheets(listed(), path: path)
    if !choice.words.isEmpty {
      var tables: [SheetTable] = []
      for sheet in sheets { tables.append(try table(sheet)) }
      let filled = tables.filter { $0.report.cells > 0 }
      if filled.isEmpty { throw empty(sheets) }
      let empties = tables.filter { $0.report.cells == 0 }.map(\.sheet)
      if !empties.isEmpty {
        filled[0].notes = [CSVNote(code: "W_SHEETS", text: "sheets without a filled cell: \(Self.names(empties))")]
      }
      return filled
    }
    var largest: SheetTable?
    for sheet in sheets.prefix(Self.looked(of: sheets.count)) {
      let table = try table(sheet)
      if largest.map({ table.report.cells > $0.report.cells }) ?? true { largest = table }
    }
    guard let largest, largest.report.cells > 0 else { throw empty(sheets) }
    largest.notes = Self.others(largest)
    return [largest]
  }

  /// How many sheets are read to find the largest: each reading goes through the list of all of them.
  private static func looked(of count: Int) -> Int { max(5, min(100, 50_000 / max(1, count))) }

  private func empty(_ sheets: [SpreadsheetSheet]) -> ExtractionError {
    .workbook(
      path: path, code: "E_EMPTY", message: "no cell is filled on \(Self.names(sheets))",
      hint: "ask the sender for the file again, or choose another sheet with --sheet")
  }

  private func listed() throws(ExtractionError) -> [SpreadsheetSheet] {
    let text = try spool()
    defer { close(text) }
    return try report(nil, into: text).sheets
  }

  private func table(_ sheet: SpreadsheetSheet) throws(ExtractionError) -> SheetTable {
    let text = try spool()
    var spooled = SourceFile(adopting: text, path: path)
    let report = try report(sheet.number, into: text)
    try spooled.settle()
    return SheetTable(text: spooled, sheet: sheet, report: report, digest: digest)
  }

  private func spool() throws(ExtractionError) -> Int32 { try unnamedFile(in: temporary, for: path) }

  private func report(_ number: Int?, into text: Int32) throws(ExtractionError) -> SheetReport {
    let file = SourceFile(adopting: try spool(), path: path)
    let broken = read(source, number, text, file.descriptor)
    var bytes: [UInt8] = []
    try file.forEachBlock { block in
      bytes += block
      return bytes.count < 16 << 20
    }
    if let report = SheetReport(String(decoding: bytes, as: UTF8.self)), broken == nil || report.refusal != nil {
      guard let refusal = report.refusal else { return report }
      if refusal.isConvertible { throw .oldWorkbook(path: path, message: refusal.message) }
      throw .workbook(path: path, code: refusal.code, message: refusal.message, hint: refusal.hint)
    }
    throw .workbook(
      path: path, code: "E_READER", message: "the reader of workbooks \(broken ?? "left no report")",
      hint: "open the file in a spreadsheet program and save it as XLSX, or export the sheet as CSV")
  }

  /// Sheets that were not taken, by name.
  private static func others(_ table: SheetTable) -> [CSVNote] {
    let rest = table.report.sheets.filter { $0.number != table.sheet.number && $0.content == .cells }
    let hidden = rest.filter { $0.visibility != .visible }
    let visible = rest.filter { $0.visibility == .visible }
    var notes: [CSVNote] = []
    if table.sheet.visibility != .visible {
      notes.append(
        CSVNote(
          code: "W_HIDDEN", text: "sheet \(names([table.sheet])) is hidden; it is read because no other can be seen"))
    }
    if !visible.isEmpty {
      let looked = looked(of: visible.count + 1)
      let which = visible.count < looked ? "" : ", the largest of the first \(looked)"
      notes.append(
        CSVNote(
          code: "W_SHEETS",
          text: "sheet \(names([table.sheet])) is taken\(which); not read: \(names(visible)); choose with --sheet"))
    }
    if !hidden.isEmpty {
      notes.append(CSVNote(code: "W_HIDDEN", text: "hidden and not read: \(names(hidden)); choose with --sheet"))
    }
    return notes
  }

  private static func names(_ sheets: [SpreadsheetSheet]) -> String {
    sheets.prefix(10).map { VisibleText.of($0.name) }.joined(separator: ", ")
      + (sheets.count > 10 ? " and \(sheets.count - 10) more" : "")
  }
}
