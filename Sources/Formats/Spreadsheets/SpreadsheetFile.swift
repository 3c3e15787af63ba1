import Glibc

/// A workbook, XLSX or ODS, opened from its content whatever it is called.
///
/// Reads parts by position from the descriptor, which is borrowed and has to stay open. Nothing is unpacked to disk but
/// long string tables, into a file without a name.
package final class SpreadsheetFile {
  package enum Kind: String, Sendable { case xlsx, ods }

  package let kind: Kind
  package let sheets: [SpreadsheetSheet]
  /// What was odd about the container (W_ZIP).
  package let notes: [SpreadsheetNote]
  private let archive: ZipArchive
  private let workbook: WorkbookPart?
  private let temporary: String
  private let limits: SpreadsheetLimits
  private var strings: SharedStrings?
  private var styles: StyleTable?

  /// `temporary` is the folder for long string tables.
  package init(
    descriptor: Int32, temporary: String, limits: SpreadsheetLimits = SpreadsheetLimits()
  ) throws(SpreadsheetError) {
    self.limits = limits
    self.temporary = temporary
    archive = try Container.open(descriptor, limits)
    notes = archive.notes
    switch try Container.kind(of: archive) {
    case .workbook(let part):
      kind = .xlsx
      let book = try WorkbookPart(archive, part: part)
      sheets = book.sheets
      workbook = book
      if !sheets.contains(where: { $0.content == .cells }) {
        throw .part(name: part, reason: "the workbook has no worksheet, only charts or macros")
      }
    case .openDocument:
      kind = .ods
      sheets = try ODSContents.sheets(archive)
      workbook = nil
    }
  }

  /// Whether the first bytes, or the last, are those of a ZIP archive or an OLE2 container.
  package static func isContainer(descriptor: Int32) throws(SpreadsheetError) -> Bool {
    try Container.recognises(descriptor)
  }

  /// A reader at the first row of a sheet; several may be open at a time.
  package func reader(of sheet: SpreadsheetSheet) throws(SpreadsheetError) -> SheetReader {
    guard sheet.content == .cells else {
      throw .part(name: "sheet \"\(sheet.name)\"", reason: "holds no cells, it is a \(sheet.content) sheet")
    }
    guard let workbook else {
      return try SheetReader(archive.part("content.xml"), sheet: sheet, limits: limits)
    }
    guard let part = workbook.parts[sheet.number - 1] else {
      throw .part(name: "sheet \"\(sheet.name)\"", reason: "the workbook names no part for it")
    }
    guard archive.contains(part) else {
      throw .part(name: "sheet \"\(sheet.name)\"", reason: "its part \(part) is missing")
    }
    return try SheetReader(
      archive.part(part), sheet: sheet, strings: loadedStrings(workbook), styles: loadedStyles(workbook),
      uses1904: workbook.uses1904, limits: limits)
  }

  private func loadedStyles(_ workbook: WorkbookPart) throws(SpreadsheetError) -> StyleTable {
    if let styles { return styles }
    guard let part = workbook.styles, archive.contains(part) else { return StyleTable() }
    let loaded = try StyleTable(archive, part: part)
    styles = loaded
    return loaded
  }

  private func loadedStrings(_ workbook: WorkbookPart) throws(SpreadsheetError) -> SharedStrings {
    if let strings { return strings }
    let part = workbook.strings ?? ""
    let loaded = SharedStrings(part: part, limits: limits, temporary: temporary)
    if archive.contains(part) {
      let sink = SharedStringSink(loaded, limit: limits.cellCharacters)
      let stream = try XMLStream(archive.part(part), limits: limits, sink)
      while try stream.run() {}
    }
    try loaded.finish()
    strings = loaded
    return loaded
  }
}
