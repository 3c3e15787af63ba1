import CSV
import Digest
import Domain
package import Records

/// The first pass over a table: its digest, dialect, columns and the evidence of each.
package struct TableSurvey {
  /// SHA-256 of the file.
  package let digest: String
  /// All rows of the file, with header, blank rows and the `sep=` line.
  package private(set) var rows = 0
  /// Rows that are records or rejects.
  package private(set) var dataRows = 0
  let choice: DialectChoice
  let kinds: RowKinds
  let file: String
  /// The id of the run: the same for the same bytes and options.
  package let run: String
  /// How many files the command was given: a reader may stop early only at the one and only.
  package var sources = 1
  private(set) var columns: [ColumnEvidence] = []

  package init(_ source: borrowing SourceFile, _ options: ExtractionOptions) throws(ExtractionError) {
    file = source.name
    digest = try source.digest()
    run = String(SHA256.hex(of: "extract\n\(digest)\n\(options.identity)\n").prefix(16))
    choice = try DialectChoice(source, options)
    let headers = try Self.headers(source, choice)
    kinds = RowKinds(choice, options, columns: headers.count)
    let properties = propertyNames(headers)
    columns = zip(headers, properties).map { ColumnEvidence(name: $0, property: $1) }
    try source.rewind()
    do throws(CSVError) { try scan(source.descriptor) } catch { throw .table(path: source.path, error) }
    if !source.isUnchanged { throw .changed(path: source.path, begun: false) }
  }

  /// What a person should know of the file, with codes.
  package var notes: [(code: String, text: String)] { choice.findings.notes.map { ($0.code, $0.text) } }

  /// The header's texts, blank ones up to the width of the table.
  private static func headers(
    _ source: borrowing SourceFile, _ choice: DialectChoice
  ) throws(ExtractionError) -> [String] {
    var texts: [String] = []
    if let row = choice.dialect.headerRow {
      try source.rewind()
      var seen = 0
      do throws(CSVError) {
        var reader = CSVReader(descriptor: source.descriptor, dialect: choice.dialect)
        while reader.row < row, try reader.next() {}
        seen = reader.row
        if seen == row { texts = (0..<reader.cellCount).map { RepairedText.string(reader.cell($0)) } }
      } catch {
        throw .table(path: source.path, error)
      }
      if seen < row { throw .noHeaderRow(path: source.path, row: row, rows: seen) }
    }
    return texts + Array(repeating: "", count: max(0, choice.findings.width - texts.count))
  }

  private mutating func scan(_ descriptor: Int32) throws(CSVError) {
    var reader = CSVReader(descriptor: descriptor, dialect: choice.dialect)
    while try reader.next() {
      switch kinds.kind(reader) {
      case .record: if look(reader) { dataRows += 1 }
      case .ragged, .encoding, .nul: dataRows += 1
      case .blank, .preamble, .header, .comment: break
      }
    }
    rows = reader.row
  }

  /// Whether any cell is filled.
  @inline(__always)
  private mutating func look(_ reader: borrowing CSVReader) -> Bool {
    let row = reader.row
    var found = false
    columns.withUnsafeMutableBufferPointer { columns in
      for index in 0..<reader.cellCount {
        let cell = reader.cell(index)
        if isBlankCell(cell) { continue }
        found = true
        columns[index].filled &+= 1
        if columns[index].filled <= ColumnEvidence.sampled {
          columns[index].sample(cell, row: row)
        } else if columns[index].watchesDates || columns[index].watchesNumbers {
          columns[index].watch(cell, row: row)
        }
      }
    }
    return found
  }

  /// The SCHEMA of the table's records.
  package var schema: SchemaMessage {
    let text = JSON.fields([("type", .array([.string("null"), .string("string")]))])
    var message = SchemaMessage(
      stream: TableStream.stream, keyProperties: [], properties: columns.map { JSON.Member($0.property, text) })
    let header = choice.dialect.headerRow.map { JSON.int($0) } ?? .null
    message.run = run
    message.origin = .fields([
      ("src", .string("sha256:" + digest)), ("file", .string(file)), ("header_row", header),
      ("of", .int(sources)),
    ])
    message.table = .fields([
      ("kind", .string("csv")), ("delimiter", .string(delimiter)), ("encoding", .string(dialect.encoding.rawValue)),
      ("newline", .string(dialect.newline.rawValue)), ("header_row", header), ("rows", .int(rows)),
      ("data_rows", .int(dataRows)), ("columns", .int(columns.count)),
      (
        "notes",
        .array(choice.findings.notes.map { .fields([("code", .string($0.code)), ("text", .string($0.text))]) })
      ),
    ])
    message.columns = .array(columns.map(\.json))
    return message
  }

  var dialect: CSVDialect { choice.dialect }
  var delimiter: String { String(Character(UnicodeScalar(dialect.delimiter))) }
}
