import Glibc

/// Reads the records of a delimited file one after the other in bounded memory.
///
/// Every record is given, blank ones too; how many cells it should have is the caller's to decide. Cells and `raw` point
/// into the reader's memory and hold until the next call of `next`. The descriptor is borrowed, read from where it
/// stands, and not closed. Byte order marks at the start are stepped over.
///
///     var reader = CSVReader(descriptor: fd, dialect: CSVDialect())
///     while try reader.next() { use(reader.row, reader.cell(0)) }
package struct CSVReader: ~Copyable {
  /// How records are found; both ways give the same records.
  package enum Scanning: Sendable, CaseIterable {
    /// Whole blocks at once, byte by byte only where a record needs it.
    case blocks
    /// Every byte in turn.
    case bytes
  }

  /// Which of all records of the file this is, blank ones and a `sep=` line counted, from 1.
  package private(set) var row = 0
  /// The physical line on which the record begins, from 1.
  package private(set) var line = 0
  /// Whether a quote stood where RFC 4180 has none; the cell holds it as written (W_QUOTE).
  package private(set) var hasIrregularQuote = false
  /// Whether text follows a closing quote of the record: where one cell ends is then a guess.
  package private(set) var hasBrokenQuote = false
  /// Whether the record goes over several lines.
  package private(set) var spansLines = false
  package private(set) var hasNUL = false
  /// The text offset of the first byte that is not UTF-8, in bytes; nil when the record is sound.
  ///
  /// In a UTF-8 file this is the offset in the file; otherwise it counts bytes of the text turned into UTF-8.
  package private(set) var invalidUTF8At: Int?
  package private(set) var tally = CSVTally()

  private let dialect: CSVDialect
  /// The bytes between cells.
  package var separator: [UInt8] { dialect.separator }
  private let limits: CSVLimits
  private let byBlocks: Bool
  private var input: ByteInput
  private var cells: CellTable
  private var scan: BlockScan
  private var machine: RecordMachine
  private var start = 0
  private var length = 0
  private var nextStart = 0
  private var nextLine = 1
  private var formsKnown = false
  private var begun = false

  /// `chunk` is how much is asked of read(2) at a time.
  package init(
    descriptor: Int32, dialect: CSVDialect, limits: CSVLimits = CSVLimits(), scanning: Scanning = .blocks,
    chunk: Int = 256 << 10
  ) {
    self.dialect = dialect
    self.limits = limits
    byBlocks =
      scanning == .blocks && dialect.escape == nil && dialect.newline != .cr && dialect.newline != .lfcr
      && dialect.delimiterTail.isEmpty
    input = ByteInput(descriptor: descriptor, encoding: dialect.encoding, chunk: chunk)
    cells = CellTable(limit: limits.columns, gap: dialect.separator.count)
    scan = BlockScan(dialect)
    machine = RecordMachine(dialect)
  }

  /// Goes to the next record; false when there is none.
  package mutating func next() throws(CSVError) -> Bool {
    if !begun { try begin() }
    return try advance()
  }

  package var cellCount: Int { cells.count }

  /// Whether the line is empty; a line of delimiters or of white space is not.
  package var isBlank: Bool { length == 0 }

  /// Where the record begins in the text, in bytes.
  package var offset: Int { input.offset + start }

  /// The record as written, as UTF-8, without its line end.
  package var raw: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: input.bytes + start, count: length)
  }

  /// The text of a cell without its quotes; `index` is below `cellCount`.
  @inline(__always)
  package func cell(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(index >= 0 && index < cells.count)
    let from = cells.start(index)
    let bytes = input.bytes + start + from
    let count = Int(cells.ends[index]) - from
    if count == 0 || bytes[0] != dialect.quote { return UnsafeBufferPointer(start: bytes, count: count) }
    return quotedCell(index, UnsafeBufferPointer(start: bytes, count: count), at: from)
  }

  /// Whether the cell stands in quotes, so that an empty one can be told from a missing one.
  package func isQuoted(_ index: Int) -> Bool {
    precondition(index >= 0 && index < cells.count)
    if formsKnown { return cells.forms[index] != CellTable.Form.plain.rawValue }
    let from = cells.start(index)
    return Int(cells.ends[index]) > from && input.bytes[start + from] == dialect.quote
  }

  /// Escapes are undone into scratch memory at the cell's own place in the record, so asking twice does no harm.
  private func quotedCell(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, at from: Int
  ) -> UnsafeBufferPointer<UInt8> {
    if formsKnown && cells.forms[index] == CellTable.Form.plain.rawValue { return bytes }
    let inner = UnsafeBufferPointer(rebasing: bytes[1..<(bytes.count - 1)])
    let clean =
      formsKnown
      ? cells.forms[index] == CellTable.Form.quoted.rawValue
      : memchr(input.bytes + start + from + 1, Int32(dialect.quote), inner.count) == nil
    if clean { return inner }
    let target = input.scratch + from
    let count = unescape(inner, quote: dialect.quote, escape: dialect.escape, to: target)
    return UnsafeBufferPointer(start: target, count: count)
  }

  private mutating func begin() throws(CSVError) {
    begun = true
    while input.count < 3 && !input.atEnd { _ = try input.refill(keeping: 0) }
    var marks = 0
    while true {
      while input.count < marks + 3 && !input.atEnd { _ = try input.refill(keeping: 0) }
      guard input.count >= marks + 3, input.bytes[marks] == 0xEF, input.bytes[marks + 1] == 0xBB,
        input.bytes[marks + 2] == 0xBF
      else { break }
      marks += 3
    }
    nextStart = marks
    scan.restart(at: marks)
    if dialect.sepLine { _ = try advance() }
  }

  private mutating func advance() throws(CSVError) -> Bool {
    start = nextStart
    cells.count = 0
    length = 0
    hasIrregularQuote = false
    hasBrokenQuote = false
    hasNUL = false
    invalidUTF8At = nil
    guard byBlocks else { return try advanceByBytes() }
    var innerSeen = false
    while true {
      while scan.ends != 0 {
        let bit = UInt64(truncatingIfNeeded: scan.ends.trailingZeroBitCount)
        let below = scan.ends & (0 &- scan.ends)
        scan.ends ^= below
        cells.ends[cells.count] = UInt32(truncatingIfNeeded: scan.base &+ Int(bit) &- start)
        cells.count &+= 1
        if scan.newlines & below != 0 {
          if scan.inner & (below &- 1) != 0 { innerSeen = true }
          scan.inner &= ~(below &- 1)
          try finishBlockRecord(innerSeen: innerSeen)
          return true
        }
      }
      if cells.count > limits.columns { throw .tooManyColumns(line: nextLine, limit: limits.columns) }
      if scan.inner != 0 {
        innerSeen = true
        scan.inner = 0
      }
      if scan.spoiled { return try advanceByBytes() }
      let known = input.count - scan.next
      if known >= 64 {
        scan.load(input.bytes, count: 64)
      } else if !input.atEnd {
        try refill()
      } else if known > 0 {
        scan.load(input.bytes, count: known)
      } else {
        return try advanceByBytes()
      }
    }
  }

  private mutating func refill() throws(CSVError) {
    if input.count - start > limits.recordBytes { throw tooLong() }
    let moved = try input.refill(keeping: start)
    start -= moved
    scan.shift(by: moved)
  }

  private func tooLong() -> CSVError {
    var machine = RecordMachine(dialect)
    var scratch = CellTable(limit: limits.columns, gap: dialect.separator.count)
    let known = UnsafeBufferPointer(start: UnsafePointer(input.bytes) + start, count: input.count - start)
    let outcome = machine.run(known, atEnd: false, into: &scratch)
    if outcome == .needsMore, machine.insideQuotes {
      return .unterminatedQuote(line: nextLine + lines(before: machine.quoteOffset), row: row + 1)
    }
    return .recordTooLong(line: nextLine, row: row + 1, limit: limits.recordBytes)
  }

  private func lines(before count: Int) -> Int {
    countLineEnds(UnsafeBufferPointer(start: input.bytes + start, count: count), newline: dialect.newline)
  }

  @inline(__always)
  private mutating func finishBlockRecord(innerSeen: Bool) throws(CSVError) {
    if cells.count > limits.columns { throw .tooManyColumns(line: nextLine, limit: limits.columns) }
    let end = Int(cells.ends[cells.count - 1])
    length = end
    if end > 0 && input.bytes[start + end - 1] == carriageReturn {
      length = end - 1
      cells.ends[cells.count - 1] = UInt32(truncatingIfNeeded: length)
      tally.crlf &+= 1
    } else {
      tally.lf &+= 1
    }
    formsKnown = false
    nextStart = start + end + 1
    try finish(lineEnds: 1, inner: innerSeen ? lines(before: length) : 0)
  }

  private mutating func advanceByBytes() throws(CSVError) -> Bool {
    cells.count = 0
    machine.restart()
    while start == input.count && !input.atEnd { try refill() }
    if start == input.count { return false }
    while true {
      let known = UnsafeBufferPointer(start: UnsafePointer(input.bytes) + start, count: input.count - start)
      switch machine.run(known, atEnd: input.atEnd, into: &cells) {
      case .needsMore:
        try refill()
      case .tooManyColumns:
        throw .tooManyColumns(line: nextLine, limit: limits.columns)
      case .unterminated(let offset):
        throw .unterminatedQuote(line: nextLine + lines(before: offset), row: row + 1)
      case .record(let end, let next, let ending):
        length = end
        nextStart = start + next
        hasIrregularQuote = machine.irregular
        if machine.irregular { tally.irregularQuotes += 1 }
        hasBrokenQuote = machine.broken
        if machine.broken { tally.breaksQuote(in: row + 1) }
        tally.count(ending)
        formsKnown = true
        scan.restart(at: nextStart)
        try finish(lineEnds: ending == .endOfFile ? 0 : 1, inner: lines(before: end))
        return true
      }
    }
  }

  @inline(__always)
  private mutating func finish(lineEnds: Int, inner: Int) throws(CSVError) {
    if length > limits.recordBytes {
      throw .recordTooLong(line: nextLine, row: row + 1, limit: limits.recordBytes)
    }
    row &+= 1
    line = nextLine
    nextLine &+= lineEnds &+ inner
    spansLines = inner > 0
    if mayHoldOddBytes(UnsafePointer(input.bytes) + start, count: length) { checkText() }
  }

  private mutating func checkText() {
    if length > 0 && memchr(input.bytes + start, 0, length) != nil {
      hasNUL = true
      tally.nul += 1
    }
    if let at = firstInvalidUTF8(raw) {
      invalidUTF8At = input.offset + start + at
      tally.invalidUTF8 += 1
    }
  }
}

/// What a reader met so far, in records.
package struct CSVTally: Sendable, Equatable {
  package internal(set) var lf = 0
  package internal(set) var crlf = 0
  package internal(set) var cr = 0
  package internal(set) var lfcr = 0
  package internal(set) var irregularQuotes = 0
  /// Records with text after a closing quote.
  package private(set) var brokenQuotes = 0
  /// The first of them; 0 when there is none.
  package private(set) var firstBrokenQuote = 0
  package internal(set) var nul = 0
  package internal(set) var invalidUTF8 = 0

  package init() {}

  /// Whether records end in more than one way (W_EOL).
  package var hasMixedLineEnds: Bool { [lf, crlf, cr, lfcr].count { $0 > 0 } > 1 }

  mutating func breaksQuote(in row: Int) {
    if brokenQuotes == 0 { firstBrokenQuote = row }
    brokenQuotes += 1
  }

  mutating func count(_ ending: RecordMachine.Ending) {
    switch ending {
    case .lf: lf += 1
    case .crlf: crlf += 1
    case .cr: cr += 1
    case .lfcr: lfcr += 1
    case .endOfFile: break
    }
  }
}
