import CSV

/// The first rows of a table as shapes, bounded in rows, cells and bytes.
struct TableSample {
  private static let rows = 400
  private static let cells = 200_000
  private static let bytes = 1 << 20

  private(set) var rows: [ShapeRow] = []
  private(set) var comments: Set<Int> = []
  /// Bytes of each sampled row, blank ones left out.
  private(set) var lengths: [Int] = []

  /// Reads from the file's beginning and keeps rows from `start` on.
  init(
    _ source: borrowing SourceFile, _ dialect: CSVDialect, comment: CommentMark, from start: Int = 1
  ) throws(ExtractionError) {
    try source.rewind()
    do throws(CSVError) {
      try read(CSVReader(descriptor: source.descriptor, dialect: dialect), comment, start)
    } catch {
      throw .table(path: source.path, error)
    }
  }

  private mutating func read(
    _ reader: consuming CSVReader, _ comment: CommentMark, _ start: Int
  ) throws(CSVError) {
    var cells = 0
    var bytes = 0
    while rows.count < Self.rows, cells < Self.cells, bytes < Self.bytes, try reader.next() {
      if reader.row < start { continue }
      if comment.marks(reader) {
        comments.insert(reader.row)
        continue
      }
      rows.append(Self.shape(reader))
      cells += reader.cellCount
      bytes += reader.raw.count
      if !rows[rows.count - 1].isBlank { lengths.append(reader.raw.count) }
    }
  }

  static func shape(_ reader: borrowing CSVReader) -> ShapeRow {
    var cells: [ShapeCell] = []
    cells.reserveCapacity(reader.cellCount)
    for index in 0..<reader.cellCount { cells.append(ShapeCell(RepairedText.string(reader.cell(index)))) }
    return ShapeRow(number: reader.row, cells: cells)
  }
}

/// Which lines are comments.
struct CommentMark {
  private let byte: UInt8?
  /// A line with this many cells is a row of the table; 0 when a person named the mark.
  private let width: Int
  /// Rows up to here are comments whatever their width, where they begin with the mark.
  private var head = 0

  init(_ option: ExtractionOptions.Comment, width: Int) {
    switch option {
    case .detected:
      byte = width > 1 ? UInt8(ascii: "#") : nil
      self.width = width
    case .none:
      byte = nil
      self.width = 0
    case .byte(let given):
      byte = given
      self.width = 0
    }
  }

  @inline(__always)
  func marks(_ reader: borrowing CSVReader) -> Bool {
    guard let byte, let first = reader.raw.first, first == byte else { return false }
    return reader.cellCount != width || reader.row <= head
  }

  /// Looks at the lines that the file begins with: of several with the mark, only the last may be a header.
  mutating func readHead(_ source: borrowing SourceFile, _ dialect: CSVDialect) throws(ExtractionError) {
    guard let byte, width > 0 else { return }
    try source.rewind()
    do throws(CSVError) {
      var reader = CSVReader(descriptor: source.descriptor, dialect: dialect, chunk: 16 << 10)
      var last = 0
      var before = 0
      while try reader.next(), reader.isBlank || reader.raw[0] == byte {
        if reader.isBlank { continue }
        before = last
        last = reader.row
      }
      head = reader.row > last && reader.cellCount == width ? before : last
    } catch {
      throw .table(path: source.path, error)
    }
  }
}
