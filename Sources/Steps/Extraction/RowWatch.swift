import CSV

/// What a row of a file is when it is no record, beside damage.
package enum RowRole: String, Sendable, CaseIterable {
  case blank, preamble, header, units, comment, sep
  /// Sums of other rows.
  case total
  /// Text below a table, or the foot of a page.
  case footer
  /// A line drawn in characters.
  case rule
  /// The header once more, as at the top of each page.
  case repeatedHeader = "repeated_header"
  /// Part of a table that was not chosen.
  case otherTable = "other_table"
}

/// Follows a table to its end and says which of its rows are no records.
///
/// Rows that might be none are held until what comes after them is known: a footer is one only at the end. At most
/// `room` rows are held; the oldest is then a record.
package struct RowWatch {
  package static let room = 64

  let shape: TableShape
  private var held: [Held] = []
  private(set) var sums: RowSums
  /// The first row of the next table, when one begins; what follows it is not looked at.
  package private(set) var nextTable: ShapeRow?

  /// A row, whether a gap stands above it, and whether it sums up rows above.
  private struct Held {
    let row: ShapeRow
    let afterGap: Bool
    let isTotal: Bool
  }

  /// What became of a row that was held.
  package struct Settled {
    package let row: ShapeRow
    /// nil for a record.
    package let role: RowRole?
    /// Whether it is a record that is labelled as a sum.
    package var isDoubtful = false
  }

  package init(_ shape: TableShape) {
    self.shape = shape
    sums = RowSums(shape.profiles)
  }

  package var holds: Bool { !held.isEmpty }

  /// Whether a row has to be held, by how many of its cells are filled.
  func isSparse(filled: Int) -> Bool { shape.typical > 1 && filled * 2 <= shape.typical }

  /// Whether the row has to be held because of what it says.
  func isSuspect(_ row: ShapeRow, afterGap: Bool) -> Bool {
    isSparse(filled: row.filled) || afterGap || row.extent > shape.extent || row.isRule
      || shape.heads.contains { row.repeats($0) } || ShapeWords.isTotal(row.firstText)
      || row.totalLabel != nil
      || (held.last.map { $0.row.extent == row.extent && row.extent != shape.extent } ?? false)
  }

  /// Takes a row that may be none of the table's; gives what is decided by it.
  package mutating func hold(_ row: ShapeRow, afterGap: Bool) -> [Settled] {
    if held.isEmpty, shape.heads.contains(where: { row.repeats($0) }) {
      return [Settled(row: row, role: .repeatedHeader)]
    }
    let isTotal = isTotal(row)
    held.append(Held(row: row, afterGap: afterGap, isTotal: isTotal))
    if isTotal { sums.endGroup() } else { sums.add(row) }
    if held.count > 1, isOtherHeader(at: held.count - 2, atEnd: false) { return settle(atEnd: false) }
    if held.count <= Self.room { return [] }
    let oldest = held.removeFirst()
    return [settled(oldest, role(oldest))]
  }

  /// Takes note of a row that is a record for sure.
  @inline(__always)
  mutating func pass(_ reader: borrowing CSVReader) { sums.add(reader) }
  mutating func pass(_ row: ShapeRow) { sums.add(row) }

  /// Decides what was held, once a row that is surely a record follows, or nothing does.
  package mutating func settle(atEnd: Bool) -> [Settled] {
    defer { held.removeAll() }
    let other = held.indices.first { isOtherHeader(at: $0, atEnd: atEnd) }
    var first = other ?? held.count
    if other != nil {
      // Its title stands right above it.
      while first > 0, !held[first].afterGap, held[first - 1].row.filled == 1 { first -= 1 }
      nextTable = held[first].row
    }
    let foot = atEnd || other != nil ? footStart(held[..<first]) : first
    return held.indices.map { index in
      if index >= first { return Settled(row: held[index].row, role: .otherTable) }
      return settled(held[index], role(held[index]) ?? (index >= foot ? .footer : nil))
    }
  }

  private func settled(_ held: Held, _ role: RowRole?) -> Settled {
    Settled(row: held.row, role: role, isDoubtful: role == nil && isDoubtful(held.row))
  }

  /// Where the run of footer rows at the end begins.
  private func footStart(_ own: ArraySlice<Held>) -> Int {
    var start = own.endIndex
    while start > own.startIndex, isFoot(own[start - 1]) { start -= 1 }
    return start
  }

  /// Follows a sample, for the table that comes next.
  mutating func read(_ rows: [ShapeRow]) {
    var gap = false
    for row in rows where nextTable == nil { take(row, &gap) }
    if nextTable == nil { _ = settle(atEnd: true) }
  }

  /// Follows a row without asking what became of it.
  mutating func take(_ row: ShapeRow, _ gap: inout Bool) {
    if row.isBlank {
      gap = true
    } else {
      if isSuspect(row, afterGap: gap) {
        _ = hold(row, afterGap: gap)
      } else {
        _ = settle(atEnd: false)
        pass(row)
      }
      gap = false
    }
  }

  // MARK: What a row is

  /// What is no record wherever it stands.
  private func role(_ held: Held) -> RowRole? {
    let row = held.row
    if row.isRule { return .rule }
    if shape.heads.contains(where: { row.repeats($0) }) { return .repeatedHeader }
    if held.isTotal { return .total }
    guard row.filled == 1, shape.typical >= 3 else { return nil }
    let text = ShapeWords.folded(row.firstText)
    if shape.titles.contains(text) { return .preamble }
    let isShort = row.cells.count < shape.extent
    return ShapeWords.isEnding(text) && (isShort || held.afterGap) && !row.looks.contains(.code) ? .footer : nil
  }

  private func isFoot(_ held: Held) -> Bool {
    let row = held.row
    if role(held) != nil { return true }
    if shape.typical < 2 { return held.afterGap && (ShapeWords.isEnding(row.firstText) || row.look(0) == .prose) }
    if isBareTotal(row) { return true }
    let isShort = row.cells.count < shape.extent
    if row.filled == 1 {
      if row.look(0) == .prose || ShapeWords.isEnding(row.firstText) { return true }
      return row.look(0) == .word && (held.afterGap || isShort) && shape.typical >= 3
    }
    // `Prepared by,Jane` under a wider table.
    let isPair = row.filled == 2 && row.extent <= 3 && shape.typical >= 4
    return isPair && row.look(0).isWord && (held.afterGap || isShort || row.text(0).hasSuffix(":"))
  }

  /// Figures under figures, without the names that every other row begins with.
  private func isBareTotal(_ row: ShapeRow) -> Bool {
    guard row.filled * 2 <= shape.typical, let first = shape.profiles.first, first.isAlwaysFilled, row.look(0) == .blank
    else { return false }
    return row.looks.indices.allSatisfy { column in
      let look = row.looks[column]
      return look == .blank || (look == .number && column < shape.profiles.count && shape.profiles[column].isNumbers)
    }
  }

  /// Whether another table begins here: names of columns that are not this one's, and rows of that kind below.
  private func isOtherHeader(at index: Int, atEnd: Bool) -> Bool {
    let (row, gap) = (held[index].row, held[index].afterGap || (index > 0 && held[index - 1].row.filled == 1))
    let isOtherWidth = row.cells.count != shape.extent || row.extent != shape.extent
    guard gap || isOtherWidth, row.filled >= 2, row.words == row.filled, role(held[index]) == nil else {
      return false
    }
    let columns = row.looks.indices.filter { row.looks[$0] != .blank }
    if Set(columns.map { row.folds[$0] }).count < columns.count || columns.count < row.extent - 1 { return false }
    let named = columns.count { ShapeWords.namesColumn(row.text($0)) }
    guard named * 2 > columns.count || (named == columns.count && named >= 2) else { return false }
    let contrasts = columns.count { $0 < shape.profiles.count && shape.profiles[$0].isData }
    let isFollowed = index + 1 < held.count && held[index + 1].row.extent == row.extent && !held[index + 1].afterGap
    if isOtherWidth, isFollowed { return gap || columns.count >= 3 }
    return gap && contrasts >= 2 && (!atEnd || isFollowed)
  }
}
