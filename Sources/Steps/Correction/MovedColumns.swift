/// Notices columns of the source whose texts came back in another order: sorted by themselves, away from their rows.
///
/// Texts are compared by sums of their digests, so that nothing is held of a row.
struct MovedColumns {
  private struct Sums {
    var count = 0
    var before: UInt64 = 0
    var after: UInt64 = 0
  }

  /// Fewer cells may be what somebody meant.
  private static let fewest = 5

  private var columns: [Sums]
  private var rows = 0

  init(columns: Int) { self.columns = Array(repeating: Sums(), count: columns) }

  /// Takes a row that came back: its texts as they were and as they are.
  mutating func add(_ original: [String], _ returned: [ReturnedCell?]) {
    rows += 1
    for (column, text) in original.enumerated() {
      let now = returned[column]?.text ?? ""
      if now == text { continue }
      columns[column].count += 1
      columns[column].before &+= Self.digest(text)
      columns[column].after &+= Self.digest(now)
    }
  }

  /// Columns of which most cells differ, and hold all the texts that stood in the others.
  var found: [(column: Int, cells: Int)] {
    columns.enumerated().compactMap { column, sums in
      sums.count >= Self.fewest && sums.count * 2 > rows && sums.before == sums.after ? (column, sums.count) : nil
    }
  }

  /// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
  private static func digest(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
