import CSV

/// Running sums of a table's columns of figures, beside which a row that may be a sum is held.
///
/// Evidence, never money: an amount is read as ten-thousandths by its last decimal mark alone, and sums may wrap.
struct RowSums: Sendable {
  private static let most = 6
  private let columns: [Int]
  /// Of the rows since the last sum, and of all.
  private var group: [Int]
  private var all: [Int]
  private var groupRows = 0
  private var allRows = 0

  init(_ profiles: [ColumnProfile]) {
    columns = Array(profiles.indices.filter { profiles[$0].isNumbers }.prefix(Self.most))
    group = [Int](repeating: 0, count: columns.count)
    all = group
  }

  @inline(__always)
  mutating func add(_ reader: borrowing CSVReader) {
    for index in columns.indices where columns[index] < reader.cellCount {
      add(Self.amount(reader.cell(columns[index])) ?? 0, to: index)
    }
    count()
  }

  mutating func add(_ row: ShapeRow) {
    for index in columns.indices { add(Self.amount(row.text(columns[index])) ?? 0, to: index) }
    count()
  }

  /// The rows that follow belong to another sum.
  mutating func endGroup() {
    for index in group.indices { group[index] = 0 }
    groupRows = 0
  }

  /// Whether an amount of the row is the sum of two rows or more above it.
  func areMet(by row: ShapeRow) -> Bool {
    columns.indices.contains { index in
      guard let amount = Self.amount(row.text(columns[index])), amount != 0 else { return false }
      return (groupRows > 1 && amount == group[index]) || (allRows > 1 && amount == all[index])
    }
  }

  @inline(__always)
  private mutating func add(_ amount: Int, to index: Int) {
    group[index] &+= amount
    all[index] &+= amount
  }

  @inline(__always)
  private mutating func count() {
    groupRows += 1
    allRows += 1
  }

  private static func amount(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { amount($0) }
  }

  /// Three digits behind a mark are thousands.
  @inline(__always)
  private static func amount(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var (value, digits, places) = (0, 0, -1)
    var isNegative = false
    for byte in text {
      if byte &- 0x30 < 10 {
        value = value &* 10 &+ Int(byte &- 0x30)
        digits += 1
        if places >= 0 { places += 1 }
      } else if byte == 0x2E || byte == 0x2C {
        places = 0
      } else if byte == 0x2D || byte == 0x28 {
        isNegative = true
      }
    }
    if places == 3 { places = 0 }
    guard digits > 0, digits < 15, places <= 4 else { return nil }
    for _ in max(0, places)..<4 { value = value &* 10 }
    return isNegative ? -value : value
  }
}
