import CSV

/// Which table of a file is taken, and where it begins.
struct TableChoice {
  let dialect: CSVDialect
  let findings: CSVFindings
  let comment: CommentMark
  let shape: TableShape
  /// The tables found before or instead of it, in order.
  let tables: [TableShape]
  /// The place of the chosen one among them.
  let index: Int
  /// Bytes below which a row is looked at closely.
  let shortRow: Int

  /// The text of a `sheet` is of our own making, so that nothing of it has to be guessed.
  init(
    _ source: borrowing SourceFile, _ options: ExtractionOptions, sheet: SheetTable?
  ) throws(ExtractionError) {
    do throws(CSVError) {
      if let sheet {
        findings = sheet.findings
      } else {
        findings = try CSVSniffer(hints: options.hints).sniff(descriptor: source.descriptor)
      }
    } catch {
      throw .table(path: source.path, error)
    }
    dialect = findings.dialect
    let isComment = sheet != nil && options.comment == .detected ? .none : options.comment
    var comment = CommentMark(isComment, width: findings.width)
    try comment.readHead(source, dialect)
    self.comment = comment
    var sample = try TableSample(source, dialect, comment: comment)
    let first = SampleTables(sample.rows, header: options.header, merged: sheet?.merged ?? [])
    var tables = first.tables
    let wanted = (options.table ?? 1) - 1
    while wanted >= tables.count, options.header == .detected,
      let next = try Self.next(source, dialect, comment, after: tables[tables.count - 1])
    {
      sample = try TableSample(source, dialect, comment: comment, from: next)
      tables += SampleTables(sample.rows, from: next).tables
    }
    guard wanted < tables.count else { throw .noTable(path: source.path, number: wanted + 1, tables: tables.count) }
    index = options.table == nil ? first.largest : wanted
    shape = tables[index]
    self.tables = tables
    let lengths = sample.lengths.sorted()
    shortRow = lengths.isEmpty ? 0 : lengths[lengths.count / 2] * 6 / 10
    if case .rows(let rows) = options.header, shape.headerRows.count < rows.count {
      throw .noHeaderRow(path: source.path, row: rows.upperBound, rows: try Self.count(source, dialect))
    }
  }

  private static func count(_ source: borrowing SourceFile, _ dialect: CSVDialect) throws(ExtractionError) -> Int {
    try source.rewind()
    do throws(CSVError) {
      var reader = CSVReader(descriptor: source.descriptor, dialect: dialect)
      while try reader.next() {}
      return reader.row
    } catch {
      throw .table(path: source.path, error)
    }
  }

  /// The row where the table after `shape` begins, looked for to the end of the file.
  private static func next(
    _ source: borrowing SourceFile, _ dialect: CSVDialect, _ comment: CommentMark, after shape: TableShape
  ) throws(ExtractionError) -> Int? {
    try source.rewind()
    do throws(CSVError) {
      var reader = CSVReader(descriptor: source.descriptor, dialect: dialect)
      var watch = RowWatch(shape)
      var gap = false
      while watch.nextTable == nil, try reader.next() {
        if reader.row < shape.firstDataRow || comment.marks(reader) { continue }
        watch.take(TableSample.shape(reader), &gap)
      }
      if watch.nextTable == nil { _ = watch.settle(atEnd: true) }
      return watch.nextTable?.number
    } catch {
      throw .table(path: source.path, error)
    }
  }
}
