/// The rows of a sample as one dialect cuts them.
struct SampleTable {
  struct Row {
    var number: Int
    var bytes: Range<Int>
    /// Cells as ranges into the sample, quotes and escapes included.
    var cells: [Range<Int>]
    var isBlank: Bool
    var isComment: Bool
  }

  private(set) var rows: [Row] = []
  private(set) var irregular = 0
  /// Cells that begin with a space, as after the comma of a sentence.
  private(set) var spaced = 0
  /// Cells that begin with a typographic quotation mark.
  private var smart = 0
  private(set) var tally = CSVTally()
  /// Where a quote was opened and not closed before the end of the sample.
  private(set) var unterminated: (row: Int, offset: Int)?
  private(set) var tooManyColumns = false
  /// The width most rows have; the width met first wins a tie.
  private(set) var width = 0
  /// Rows of that width.
  private(set) var even = 0

  /// `limit` bounds the rows looked at; comments do not count.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, whole: Bool, columns: Int, rows limit: Int
  ) {
    var machine = RecordMachine(dialect)
    var cells = CellTable(limit: columns, gap: dialect.separator.count)
    var start = 0
    var comments = 0
    while start < bytes.count && rows.count - comments < limit {
      machine.restart()
      cells.count = 0
      let rest = UnsafeBufferPointer(rebasing: bytes[start...])
      switch machine.run(rest, atEnd: whole, into: &cells) {
      case .record(let end, let next, let ending):
        add(bytes, start: start, end: end, cells)
        if rows[rows.count - 1].isComment { comments += 1 }
        if machine.irregular { irregular += 1 }
        tally.count(ending)
        start += next
      case .unterminated(let offset):
        unterminated = (rows.count + 1, start + offset)
        start = bytes.count
      case .tooManyColumns:
        tooManyColumns = true
        start = bytes.count
      case .needsMore:
        if rows.isEmpty && cells.count == 0 && rest.first == dialect.quote { unterminated = (1, start) }
        start = bytes.count
      }
    }
    measure()
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, end: Int, _ cells: borrowing CellTable) {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(cells.count)
    for index in 0..<cells.count {
      let range = start + cells.start(index)..<start + Int(cells.ends[index])
      if index > 0, range.count > 1, bytes[range.lowerBound] == 0x20 { spaced += 1 }
      if bytes[range].starts(with: [0xE2, 0x80, 0x9C]) { smart += 1 }
      ranges.append(range)
    }
    let content = bytes[start..<start + end]
    rows.append(
      Row(
        number: rows.count + 1, bytes: start..<start + end, cells: ranges, isBlank: content.allSatisfy(isWhite),
        isComment: content.first == UInt8(ascii: "#")))
  }

  private mutating func measure() {
    if rows.allSatisfy({ $0.isBlank || $0.isComment }) { for index in rows.indices { rows[index].isComment = false } }
    var counts: [Int: Int] = [:]
    for row in rows where !row.isBlank && !row.isComment { counts[row.cells.count, default: 0] += 1 }
    for row in rows where !row.isBlank && !row.isComment {
      let count = counts[row.cells.count] ?? 0
      if count > even {
        even = count
        width = row.cells.count
      }
    }
  }

  /// Leaves out a `sep=` line, which no one counts as part of the table.
  mutating func dropFirstRow() {
    if rows.isEmpty { return }
    rows.removeFirst()
    width = 0
    even = 0
    measure()
  }

  var filledRows: Int { rows.count { !$0.isBlank && !$0.isComment } }

  /// How well the dialect fits, from 0 to 1: rows of one width, many cells, no misplaced quote, no cell of prose.
  var fitness: Double {
    guard width > 1, even > 0 else { return 0 }
    let filled = Double(filledRows)
    let cells = Double(even * (width - 1))
    var score = Double(even) / filled * (1 - 0.8 / Double(width))
    score -= 0.5 * Double(irregular) / filled
    if smart < rows.count { score -= 0.4 * min(1, Double(spaced) / cells) }
    if let first = rows.first(where: { !$0.isBlank && !$0.isComment }), first.cells.count != width { score *= 0.8 }
    if unterminated != nil { score *= 0.5 }
    return max(0, score)
  }
}
