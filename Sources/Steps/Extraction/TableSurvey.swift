import CSV
import Digest
package import Records

/// The first pass over a table: its digest, dialect, columns and the evidence of each.
package struct TableSurvey {
  /// SHA-256 of the file.
  package let digest: String
  let file: String
  /// The id of the run: the same for the same bytes and options.
  package let run: String
  /// How many files the command was given: a reader may stop early only at the one and only.
  package var sources = 1
  let choice: TableChoice
  let scan: TableScan

  package init(_ source: borrowing SourceFile, _ options: ExtractionOptions) throws(ExtractionError) {
    file = source.name
    digest = try source.digest()
    run = String(SHA256.hex(of: "extract\n\(digest)\n\(options.identity)\n").prefix(16))
    choice = try TableChoice(source, options)
    let shape = choice.shape
    let width = max(shape.names.count, choice.tables.count > 1 ? shape.extent : choice.findings.width)
    let names = shape.names + Array(repeating: "", count: width - shape.names.count)
    let properties = propertyNames(names)
    let columns = zip(names, properties).map { ColumnEvidence(name: $0, property: $1) }
    let first = choice.tables.prefix(choice.index).first?.start ?? .max
    let kinds = RowKinds(shape, options, comment: choice.comment, firstTable: first, columns: columns.count)
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

  /// All rows of the file, with header, blank rows and the `sep=` line.
  package var rows: Int { scan.rows }
  /// Rows that are records or rejects.
  package var dataRows: Int { scan.dataRows }
  var columns: [ColumnEvidence] { scan.columns }
  var kinds: RowKinds { scan.kinds }
  var dialect: CSVDialect { choice.dialect }
  var delimiter: String { String(decoding: dialect.separator, as: UTF8.self) }
  /// The last of the rows that name the columns.
  private var headerRow: JSON { choice.shape.headerRows.last.map { .int($0) } ?? .null }

  /// The SCHEMA of the table's records.
  package var schema: SchemaMessage {
    let text = JSON.fields([("type", .array([.string("null"), .string("string")]))])
    var message = SchemaMessage(
      stream: TableStream.stream, keyProperties: [], properties: columns.map { JSON.Member($0.property, text) })
    message.run = run
    message.origin = .fields([
      ("src", .string("sha256:" + digest)), ("file", .string(file)), ("header_row", headerRow),
      ("of", .int(sources)),
    ])
    var table: [(String, JSON)] = [
      ("kind", .string("csv")), ("delimiter", .string(delimiter)), ("encoding", .string(dialect.encoding.rawValue)),
      ("newline", .string(dialect.newline.rawValue)), ("header_row", headerRow),
    ]
    if choice.shape.headerRows.count > 1 {
      table.append(("header_rows", .array(choice.shape.headerRows.map { .int($0) })))
    }
    table += [("rows", .int(rows)), ("data_rows", .int(dataRows)), ("columns", .int(columns.count))]
    if tableCount > 1 { table += [("table", .int(choice.index + 1)), ("tables", .int(tableCount))] }
    let notes = notes.map { JSON.fields([("code", .string($0.code)), ("text", .string($0.text))]) }
    table.append(("notes", .array(notes)))
    message.table = .fields(table)
    message.columns = .array(columns.map(\.json))
    return message
  }

  /// Tables seen; those behind the next one are not looked for.
  var tableCount: Int { max(choice.tables.count, choice.index + (scan.nextTable == nil ? 1 : 2)) }
}
