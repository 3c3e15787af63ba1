import CSV

/// What a row of the file is, decided the same way in both passes.
struct RowKinds {
  enum Kind: Int { case record, blank, preamble, header, comment, ragged, encoding, nul }

  let columns: Int
  /// The first row that may be a record.
  private let firstData: Int
  private let headerRow: Int
  private let comments: Set<Int>

  init(_ choice: DialectChoice, _ options: ExtractionOptions, columns: Int) {
    self.columns = columns
    headerRow = choice.dialect.headerRow ?? 0
    comments = Set(choice.findings.commentRows.map { $0 - choice.shift })
    switch options.header {
    case .detected: firstData = max(choice.findings.firstDataRow - choice.shift, headerRow + 1)
    case .none: firstData = 1
    case .row(let row): firstData = row + 1
    }
  }

  /// A row of blank cells is found blank only by looking at its cells, which is the caller's.
  @inline(__always)
  func kind(_ reader: borrowing CSVReader) -> Kind {
    if reader.row < firstData { return above(reader) }
    if reader.isBlank { return .blank }
    if reader.hasNUL { return .nul }
    if reader.invalidUTF8At != nil { return .encoding }
    if reader.cellCount > columns { return .ragged }
    if reader.raw[0] == 0x23, reader.cellCount == 1, columns > 1 { return .comment }
    return .record
  }

  private func above(_ reader: borrowing CSVReader) -> Kind {
    if reader.row == headerRow { return .header }
    if reader.raw.allSatisfy({ isSpace($0) }) { return .blank }
    return comments.contains(reader.row) ? .comment : .preamble
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
