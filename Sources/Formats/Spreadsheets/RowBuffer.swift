import Glibc

/// One row being filled and then read, in memory that is kept for the next.
struct RowBuffer: ~Copyable {
  /// From 1.
  var row = 0
  /// How many more rows are the same as this one.
  var repeats = 0
  private(set) var cells: UnsafeMutablePointer<SheetCell>
  private(set) var count = 0
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  var used = 0
  private var cellCapacity = 64
  private var capacity = 4096
  private var isSorted = true
  var tally = SheetTally()

  init() {
    cells = .allocate(capacity: cellCapacity)
    bytes = .allocate(capacity: capacity)
  }

  deinit {
    cells.deallocate()
    bytes.deallocate()
  }

  mutating func clear() {
    count = 0
    used = 0
    repeats = 0
    isSorted = true
  }

  @inline(__always)
  mutating func append(_ text: UnsafeRawPointer, _ length: Int) {
    if used &+ length > capacity { grow(to: used + length) }
    memcpy(bytes + used, text, length)
    used &+= length
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if used == capacity { grow(to: used + 1) }
    bytes[used] = byte
    used &+= 1
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { if let base = $0.baseAddress { append(base, $0.count) } }
  }

  /// Takes white space from both ends of the bytes from `start` on.
  mutating func trim(from start: Int) {
    while used > start, isSpace(bytes[used - 1]) { used -= 1 }
    var first = start
    while first < used, isSpace(bytes[first]) { first += 1 }
    if first == start { return }
    memmove(bytes + start, bytes + first, used - first)
    used -= first - start
  }

  private mutating func grow(to need: Int) {
    capacity = max(capacity * 2, need)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = larger
  }

  /// Adds a cell whose text is the bytes from `start` to the end.
  @inline(__always)
  mutating func add(column: Int, _ kind: SheetCell.Kind, _ flags: SheetCell.Flags, format: UInt16, start: Int) {
    add(
      SheetCell(
        column: Int32(truncatingIfNeeded: column), kind: kind, flags: flags, format: format,
        start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: used &- start)))
  }

  @inline(__always)
  mutating func add(_ cell: SheetCell) {
    if count == cellCapacity { growCells() }
    if count > 0, cells[count &- 1].column >= cell.column { isSorted = false }
    cells[count] = cell
    count &+= 1
    if cell.kind.rawValue >= SheetCell.Kind.error.rawValue || cell.kind == .blank || !cell.flags.isEmpty { note(cell) }
  }

  private mutating func growCells() {
    let larger = UnsafeMutablePointer<SheetCell>.allocate(capacity: cellCapacity * 2)
    larger.update(from: cells, count: count)
    cells.deallocate()
    cells = larger
    cellCapacity *= 2
  }

  private mutating func note(_ cell: SheetCell) {
    let column = Int(cell.column)
    if cell.kind == .error {
      let text = String(decoding: text(of: cell).prefix(40), as: UTF8.self)
      tally.errors.add(row: row, column: column, text: text)
    }
    if cell.kind == .blank { tally.uncalculated.add(row: row, column: column) }
    if cell.flags.contains(.formula) { tally.formulas += 1 }
    if cell.flags.contains(.precision) {
      let text = String(decoding: text(of: cell).prefix(40), as: UTF8.self)
      tally.precision.add(row: row, column: column, text: text)
    }
    if cell.flags.contains(.dateRange) {
      let text = String(decoding: text(of: cell).prefix(40), as: UTF8.self)
      tally.dateRange.add(row: row, column: column, text: text)
    }
  }

  @inline(__always)
  func text(of cell: SheetCell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + Int(cell.start), count: Int(cell.length))
  }

  /// Puts the cells in the order of columns; of two at one place the later counts.
  mutating func finish() {
    if isSorted { return }
    let order = (0..<count).sorted {
      cells[$0].column == cells[$1].column ? $0 < $1 : cells[$0].column < cells[$1].column
    }
    let sorted = order.map { cells[$0] }
    count = 0
    for cell in sorted {
      if count > 0, cells[count - 1].column == cell.column {
        tally.repeated.add(row: row, column: Int(cell.column))
        count -= 1
      }
      cells[count] = cell
      count += 1
    }
    isSorted = true
  }
}
