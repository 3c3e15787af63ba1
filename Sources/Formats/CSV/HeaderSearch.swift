/// Finds the row that names the columns: the first as wide as the rows after it, of mostly distinct words.
struct HeaderSearch {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let table: SampleTable
  private let quote: UInt8
  /// How many filled rows may stand above a table.
  private static let depth = 40

  /// The position of the header among the sampled rows, nil when the first full row is already data.
  private(set) var header: Int?
  private(set) var firstData: Int
  private(set) var secondHeader = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ table: SampleTable, quote: UInt8) {
    self.bytes = bytes
    self.table = table
    self.quote = quote
    firstData = table.rows.count
    search()
  }

  private mutating func search() {
    let filled = table.rows.indices.filter { !table.rows[$0].isBlank && !table.rows[$0].isComment }
    for (rank, index) in filled.prefix(Self.depth).enumerated() {
      let row = table.rows[index]
      guard fits(row.cells.count) else { continue }
      let traits = Traits(bytes, row, quote: quote)
      if traits.namesColumns {
        accept(index, rank, filled, traits)
        return
      }
      // A row padded to the table's width with empty cells is a title; any other is data without a header.
      if traits.filled * 2 >= row.cells.count || table.width < 3 { break }
    }
    firstData = filled.first { table.rows[$0].cells.count == table.width } ?? table.rows.count
  }

  /// One name may be missing at the end of a wide header.
  private func fits(_ width: Int) -> Bool {
    width == table.width || (table.width >= 4 && width == table.width - 1)
  }

  /// A first row with gaps above a full row of words, with data below, is a row of group names.
  private mutating func accept(_ index: Int, _ rank: Int, _ filled: [Int], _ traits: Traits) {
    header = index
    firstData = rank + 1 < filled.count ? filled[rank + 1] : table.rows.count
    guard traits.filled < table.rows[index].cells.count, rank + 2 < filled.count else { return }
    let second = Traits(bytes, table.rows[filled[rank + 1]], quote: quote)
    let third = Traits(bytes, table.rows[filled[rank + 2]], quote: quote)
    guard second.filled == table.width, second.dataLike == 0, third.dataLike > 0 else { return }
    header = filled[rank + 1]
    firstData = filled[rank + 2]
    secondHeader = true
  }

  /// What can be said of a row's cells without knowing what they mean.
  private struct Traits {
    var width: Int
    var filled = 0
    var dataLike = 0
    var distinct: Set<[UInt8]> = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ row: SampleTable.Row, quote: UInt8) {
      width = row.cells.count
      for range in row.cells {
        let text = bytes[range].filter { $0 != quote && !isWhite($0) }.map(lowered)
        if text.isEmpty { continue }
        filled += 1
        distinct.insert(text)
        if Self.isDataLike(text) { dataLike += 1 }
      }
    }

    var namesColumns: Bool {
      filled * 2 >= width && filled > 0 && dataLike * 5 <= filled && distinct.count * 5 >= filled * 3
    }

    /// A number, date, amount, address or identifier: a digit comes first, or half of the characters are digits.
    private static func isDataLike(_ text: [UInt8]) -> Bool {
      let digits = text.count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      if digits == 0 { return false }
      let lead = text.first { $0 < 0x80 && ![0x24, 0x2B, 0x2D, 0x28, 0x2E, 0x23].contains($0) } ?? 0
      return (lead >= UInt8(ascii: "0") && lead <= UInt8(ascii: "9")) || digits * 2 >= text.count
    }
  }
}
