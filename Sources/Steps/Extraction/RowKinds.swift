import CSV

/// What a row of the file is, decided in the first pass and replayed in the second.
struct RowKinds {
  enum Kind: Equatable {
    case record
    case skipped(RowRole)
    /// More filled cells than columns.
    case ragged
    case encoding
    case nul
    /// A quotation mark that nobody closed took other rows into one cell.
    case quote
  }

  let columns: Int
  let firstData: Int
  private let comment: CommentMark
  private var above: [Int: RowRole] = [:]
  /// The first row of the table's block; what stands higher up belongs to other tables if there are any.
  private let start: Int
  private let othersAbove: Int
  /// Rows below the first data row that are no records, in order.
  private(set) var exceptions: [(row: Int, role: RowRole)] = []
  /// The first row of the next table.
  private(set) var end = Int.max
  /// The first row of a footer that a person named.
  private let footer: Int
  /// Columns of a text file that hold numbers.
  private let numbers: [Int]

  /// `firstTable` is where the first table of the file begins; rows from there to this table's start are another's.
  init(
    _ shape: TableShape, _ options: ExtractionOptions, comment: CommentMark, firstTable: Int, columns: Int,
    isSheet: Bool
  ) {
    numbers = isSheet ? [] : shape.profiles.indices.filter { $0 < columns && shape.profiles[$0].isNumbers }
    self.columns = columns
    self.comment = comment
    firstData = shape.firstDataRow
    start = shape.start
    othersAbove = firstTable
    for row in shape.headerRows { above[row] = .header }
    if let row = shape.unitsRow { above[row] = .units }
    if case .from(let row) = options.footer { footer = row } else { footer = .max }
  }

  mutating func note(_ row: Int, _ role: RowRole) { exceptions.append((row, role)) }
  mutating func end(at row: Int) { end = row }

  /// A row of blank cells is found blank only by looking at its cells, which is the caller's.
  @inline(__always)
  func kind(_ reader: borrowing CSVReader) -> Kind {
    if reader.row < firstData { return .skipped(roleAbove(reader)) }
    if reader.isBlank { return .skipped(.blank) }
    if reader.row >= end || reader.row >= footer { return .skipped(roleBelow(reader)) }
    if reader.hasNUL { return .nul }
    if reader.invalidUTF8At != nil { return .encoding }
    if comment.marks(reader) { return .skipped(.comment) }
    if reader.cellCount == 1, Self.endsFile(reader.raw) { return .skipped(.blank) }
    if reader.hasBrokenQuote, hasRows(reader) { return .quote }
    if reader.spansLines, areRows(reader) { return .quote }
    if reader.cellCount > columns, hasMore(reader) { return .ragged }
    return .record
  }

  /// Whether the row is the sign that ended files of DOS.
  private static func endsFile(_ row: UnsafeBufferPointer<UInt8>) -> Bool { row.count == 1 && row[0] == 0x1A }

  /// Whether a cell holds lines, one of them of as many cells as a row has.
  private func hasRows(_ reader: borrowing CSVReader) -> Bool {
    let mark = reader.separator
    guard columns > 1, let last = mark.last else { return false }
    for index in 0..<reader.cellCount {
      let lines = reader.cell(index).split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }
      if lines.count > 1, lines.contains(where: { $0.count { $0 == last } + 1 >= columns }) { return true }
    }
    return false
  }

  /// Whether every line of the record is by itself a row, of as many cells and with numbers where the others have some: a
  /// quotation mark that ends right before a delimiter took them into one cell.
  private func areRows(_ reader: borrowing CSVReader) -> Bool {
    guard columns > 2, !numbers.isEmpty, let mark = reader.separator.last else { return false }
    let lines = reader.raw.split { $0 == 0x0A || $0 == 0x0D }
    return lines.count > 1
      && lines.allSatisfy { line in
        let cells = line.split(separator: mark, omittingEmptySubsequences: false)
        return cells.count == columns && numbers.contains { Self.isNumber(cells[$0]) }
      }
  }

  /// Digits and what stands among those of an amount, quotation marks aside.
  private static func isNumber(_ cell: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var hasDigit = false
    for byte in cell {
      let isDigit = byte &- 0x30 < 10
      hasDigit = hasDigit || isDigit
      if !isDigit, !" \"'$+-.,()".utf8.contains(byte) { return false }
    }
    return hasDigit
  }

  private func hasMore(_ reader: borrowing CSVReader) -> Bool {
    for index in columns..<reader.cellCount where !isBlankCell(reader.cell(index)) { return true }
    return false
  }

  private func roleAbove(_ reader: borrowing CSVReader) -> RowRole {
    if let role = above[reader.row] { return role }
    if isBlank(reader) { return .blank }
    if comment.marks(reader) { return .comment }
    return reader.row >= othersAbove && reader.row < start ? .otherTable : .preamble
  }

  private func roleBelow(_ reader: borrowing CSVReader) -> RowRole {
    if isBlank(reader) { return .blank }
    return reader.row >= footer ? .footer : .otherTable
  }

  private func isBlank(_ reader: borrowing CSVReader) -> Bool {
    for index in 0..<reader.cellCount where !isBlankCell(reader.cell(index)) { return false }
    return true
  }
}

@inline(__always)
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

/// Whether a cell holds nothing but ASCII white space.
@inline(__always)
func isBlankCell(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
  if cell.isEmpty { return true }
  if cell[0] > 0x20 { return false }
  return cell.allSatisfy { isSpace($0) }
}
