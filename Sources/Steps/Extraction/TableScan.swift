import CSV

/// The first pass over the rows of a chosen table: what each row is, and what its cells show.
struct TableScan {
  private(set) var kinds: RowKinds
  private(set) var columns: [ColumnEvidence]
  private(set) var rows = 0
  private(set) var dataRows = 0
  private(set) var tally = CSVTally()
  /// Rows with fewer cells than there are columns, and the first of them.
  private(set) var short = (count: 0, first: 0)
  /// Rows with more filled cells than there are columns, all rejected, and the first of them.
  private(set) var long = (count: 0, first: 0)
  /// Rows of each role, the first hundred by number.
  private(set) var skipped: [RowRole: (count: Int, rows: [Int])] = [:]
  /// Rows labelled as sums that are read as data, the first hundred by number.
  private(set) var labelled: (count: Int, rows: [Int]) = (0, [])
  private(set) var nextTable: ShapeRow?

  private var watch: RowWatch
  private let watches: Bool
  private let shortRow: Int
  private let headerStart: [UInt8]
  private let isNarrow: Bool
  private var gap = false

  init(_ choice: TableChoice, _ options: ExtractionOptions, _ kinds: RowKinds, _ columns: [ColumnEvidence]) {
    self.kinds = kinds
    self.columns = columns
    watch = RowWatch(choice.shape)
    watches = options.footer != .none
    shortRow = choice.shortRow
    isNarrow = columns.count <= 8
    headerStart = Array((choice.shape.heads.last?.text(0) ?? "").utf8)
  }

  mutating func read(_ reader: consuming CSVReader) throws(CSVError) {
    while try reader.next() {
      switch kinds.kind(reader) {
      case .record: take(reader)
      case .ragged:
        if needsLook(reader) {
          hold(reader)
        } else {
          damaged()
          noteLong(reader.row)
        }
      case .encoding, .nul, .quote: damaged()
      case .skipped(let role):
        if role == .blank, reader.row >= kinds.firstData { gap = true }
        skip(role, reader.row)
      }
    }
    settle(atEnd: true)
    rows = reader.row
    tally = reader.tally
  }

  private mutating func damaged() {
    settle(atEnd: false)
    dataRows += 1
    gap = false
  }

  private mutating func skip(_ role: RowRole, _ row: Int) {
    skipped[role, default: (0, [])].count += 1
    if skipped[role]!.rows.count < 100 { skipped[role]!.rows.append(row) }
  }

  @inline(__always)
  private mutating func take(_ reader: borrowing CSVReader) {
    if needsLook(reader) { return hold(reader) }
    if watch.holds { settle(atEnd: false) }
    if reader.cellCount < columns.count { noteShort(reader.row) }
    gap = false
    if watches, nextTable == nil { watch.pass(reader) }
    if look(reader) { dataRows += 1 } else { blank(reader.row) }
  }

  private mutating func blank(_ row: Int) {
    skip(.blank, row)
    gap = true
  }

  private mutating func noteShort(_ row: Int) {
    if short.count == 0 { short.first = row }
    short.count += 1
  }

  private mutating func noteLabelled(_ row: Int) {
    labelled.count += 1
    if labelled.rows.count < 100 { labelled.rows.append(row) }
  }

  private mutating func noteLong(_ row: Int) {
    if long.count == 0 { long.first = row }
    long.count += 1
  }

  /// Whether the row may be none of the table's, at a glance.
  @inline(__always)
  private func needsLook(_ reader: borrowing CSVReader) -> Bool {
    guard watches, nextTable == nil else { return false }
    if gap || reader.cellCount != columns.count || reader.raw.count < shortRow { return true }
    if isNarrow, hasBlank(reader) { return true }
    let first = reader.cell(0)
    guard let byte = first.first else { return true }
    return isHeaderStart(first) || isRuleStart(first, byte) || mayBeTotal(first) || hasLabel(reader)
  }

  /// Whether a cell behind the first may say `Total`.
  @inline(__always)
  private func hasLabel(_ reader: borrowing CSVReader) -> Bool {
    // A sum lacks cells, so that its row is somewhat shorter than others; of full ones only the first cells are read.
    let known = reader.raw.count < shortRow / 2 * 3 ? reader.cellCount : min(reader.cellCount, 5)
    for index in 1..<max(1, known) {
      let cell = reader.cell(index)
      guard cell.count <= 20, mayBeTotal(cell) else { continue }
      if ShapeWords.isTotalAlone(String(decoding: cell, as: UTF8.self)) { return true }
    }
    return false
  }

  private func hasBlank(_ reader: borrowing CSVReader) -> Bool {
    for index in 0..<reader.cellCount where isBlankCell(reader.cell(index)) { return true }
    return false
  }

  @inline(__always)
  private func isHeaderStart(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    cell.count == headerStart.count && cell.elementsEqual(headerStart)
  }

  /// Whether the first cell begins like a line drawn in characters.
  @inline(__always)
  private func isRuleStart(_ cell: UnsafeBufferPointer<UInt8>, _ byte: UInt8) -> Bool {
    guard cell.count > 2 else { return byte < 0x30 }
    return (byte == 0x2D || byte == 0x3D || byte == 0x2A || byte == 0x5F) && cell[1] == byte
  }

  /// Whether a cell begins like a label of a sum and says so.
  @inline(__always)
  private func mayBeTotal(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard cell.count > 2, cell.count <= 60 else { return false }
    let second = cell[1] | 0x20
    switch cell[0] | 0x20 {
    case 0x74: return (second == 0x6F || second == 0x65) && saysSum(cell)  // total, teilsumme
    case 0x73: return (second == 0x75 || second == 0x6F) && saysSum(cell)  // sum, subtotal, sous-total
    case 0x67: return (second == 0x65 || second == 0x72) && saysSum(cell)  // gesamt, grand total
    case 0x7A: return second == 0x77 && saysSum(cell)  // zwischensumme
    case 0x65, 0x69: return (second == 0x6E || second == 0x6D) && saysSum(cell)  // endsumme, insgesamt
    case 0x6F: return second == 0x76 && saysSum(cell)  // overall
    case 0x72: return (second == 0x65 || second == 0x75) && saysSum(cell)  // report total, running total
    case 0x6D: return second == 0x6F && saysSum(cell)  // montant total
    case 0x63, 0x61: return (second == 0x61 || second == 0x63) && saysSum(cell)  // carrier total, account total
    default: return false
    }
  }

  /// The letters that all labels of sums share: to-tal, sum, som-me, ge-sam-t, ove-rall.
  private func saysSum(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in 2..<cell.count {
      switch (cell[index - 2] | 0x20, cell[index - 1] | 0x20, cell[index] | 0x20) {
      case (0x74, 0x6F, 0x74), (0x73, 0x75, 0x6D), (0x73, 0x6F, 0x6D), (0x73, 0x61, 0x6D), (0x6F, 0x76, 0x65):
        return true
      default: break
      }
    }
    return false
  }

  private mutating func hold(_ reader: borrowing CSVReader) {
    let row = TableSample.shape(reader)
    if row.isBlank { return blank(reader.row) }
    defer { gap = false }
    if watch.isSuspect(row, afterGap: gap) {
      for settled in watch.hold(row, afterGap: gap) { accept(settled) }
      noteNext()
    } else {
      settle(atEnd: false)
      if nextTable != nil { return skip(.otherTable, row.number) }
      watch.pass(row)
      accept(RowWatch.Settled(row: row, role: nil))
    }
  }

  private mutating func settle(atEnd: Bool) {
    if !watch.holds { return }
    for settled in watch.settle(atEnd: atEnd) { accept(settled) }
    noteNext()
  }

  private mutating func noteNext() {
    guard nextTable == nil, let next = watch.nextTable else { return }
    nextTable = next
    kinds.end(at: next.number)
  }

  private mutating func accept(_ settled: RowWatch.Settled) {
    let row = settled.row
    if let role = settled.role {
      skip(role, row.number)
      if role != .otherTable { kinds.note(row.number, role) }
      return
    }
    dataRows += 1
    if settled.isDoubtful { noteLabelled(row.number) }
    if row.extent > columns.count { return noteLong(row.number) }
    if row.cells.count < columns.count { noteShort(row.number) }
    for index in 0..<min(row.cells.count, columns.count) where row.cells[index].kind != .blank {
      var text = row.cells[index].text
      text.withUTF8 { columns[index].take($0, row: row.number) }
    }
  }

  /// Whether any cell is filled.
  @inline(__always)
  private mutating func look(_ reader: borrowing CSVReader) -> Bool {
    let row = reader.row
    var found = false
    columns.withUnsafeMutableBufferPointer { columns in
      for index in 0..<min(reader.cellCount, columns.count) {
        let cell = reader.cell(index)
        if isBlankCell(cell) { continue }
        found = true
        columns[index].take(cell, row: row)
      }
    }
    return found
  }
}
