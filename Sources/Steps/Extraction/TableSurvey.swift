import CSV
package import Records
import Spreadsheets

/// The first pass over a table: its digest, dialect, columns and the evidence of each.
package struct TableSurvey {
  /// How many files the command was given: what was loaded before is recognised only where it stands alone.
  package var sources: Int {
    get { origin.sources }
    set { origin.sources = newValue }
  }
  private var origin: TableOrigin
  let choice: TableChoice
  let scan: TableScan
  /// The sheet that the table stands on; nil for a delimited file.
  let sheet: SheetTable?

  /// Filled cells of a sheet that stand further to the right of its table are no columns of it.
  private static let beside = 64

  package init(
    _ source: borrowing SourceFile, digest: String, _ options: ExtractionOptions
  ) throws(ExtractionError) {
    try self.init(source, options, digest: digest, sheet: nil)
  }

  package init(_ sheet: SheetTable, _ options: ExtractionOptions) throws(ExtractionError) {
    try self.init(sheet.text, options, digest: sheet.digest, sheet: sheet)
  }

  private init(
    _ source: borrowing SourceFile, _ options: ExtractionOptions, digest: String, sheet: SheetTable?
  ) throws(ExtractionError) {
    self.sheet = sheet
    choice = try TableChoice(source, options, sheet: sheet)
    let shape = choice.shape
    origin = TableOrigin(
      digest: digest, file: source.name, sheet: sheet.map { ($0.sheet.name, $0.sheet.number) },
      headerRows: shape.headerRows, options: options)
    let usual = max(shape.names.count, shape.extent, 1)
    let isLone = sheet != nil && choice.findings.width > usual + Self.beside
    // Without a header nothing says how wide a row of a text file may be.
    let widest = shape.headerRows.isEmpty && sheet == nil ? shape.widest : 1
    let found = max(shape.names.count, choice.findings.width, widest)
    let width = choice.tables.count > 1 || isLone ? usual : found
    let names = shape.names + Array(repeating: "", count: width - shape.names.count)
    let properties = propertyNames(names)
    let columns = zip(names, properties).enumerated().map { index, name in
      ColumnEvidence(name: name.0, property: name.1, letters: sheet == nil ? nil : columnLetters(index))
    }
    let first = choice.tables.prefix(choice.index).first?.start ?? .max
    let kinds = RowKinds(
      shape, options, comment: choice.comment, firstTable: first, columns: columns.count,
      isSheet: sheet != nil)
    var scan = TableScan(choice, options, kinds, columns)
    try source.rewind()
    do throws(CSVError) {
      try scan.read(CSVReader(descriptor: source.descriptor, dialect: choice.dialect))
    } catch {
      throw .table(path: source.path, error)
    }
    self.scan = scan
    if !source.isUnchanged { throw .changed(path: source.path, begun: false) }
  }

  /// SHA-256 of the file.
  package var digest: String { origin.digest }
  var file: String { origin.file }
  /// The id of the run: the same for the same bytes and options.
  package var run: String { origin.run }
  /// All rows of the file, with header, blank rows and the `sep=` line.
  package var rows: Int { scan.rows }
  /// Rows that are records or rejects.
  package var dataRows: Int { scan.dataRows }
  var columns: [ColumnEvidence] { scan.columns }
  var kinds: RowKinds { scan.kinds }
  var dialect: CSVDialect { choice.dialect }
  var delimiter: String { String(decoding: dialect.separator, as: UTF8.self) }

  /// The SCHEMA of the table's records.
  package var schema: SchemaMessage {
    var message = origin.schema(columns.map(\.property))
    var table = format + [("header_row", origin.headerRow)] + origin.severalHeaderRows
    table += [("rows", .int(self.rows)), ("data_rows", .int(dataRows)), ("columns", .int(columns.count))]
    if tableCount > 1 { table += [("table", .int(choice.index + 1)), ("tables", .int(tableCount))] }
    let notes = notes.map { JSON.fields([("code", .string($0.code)), ("text", .string($0.text))]) }
    table.append(("notes", .array(notes)))
    message.table = .fields(table)
    message.columns = .array(columns.map(\.json))
    return message
  }

  /// How the table is written.
  private var format: [(String, JSON)] {
    if let sheet { return [("kind", .string(sheet.report.kind)), ("sheet", .int(sheet.sheet.number))] }
    return [
      ("kind", .string("csv")), ("delimiter", .string(delimiter)), ("encoding", .string(dialect.encoding.rawValue)),
      ("newline", .string(dialect.newline.rawValue)),
    ]
  }

  /// Tables seen; those behind the next one are not looked for.
  var tableCount: Int { max(choice.tables.count, choice.index + (scan.nextTable == nil ? 1 : 2)) }
}
