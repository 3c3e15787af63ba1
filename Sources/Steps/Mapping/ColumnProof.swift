import Domain

/// What the first pass proved of a whole column, against which single texts are read.
struct ColumnProof {
  /// The decimal mark that the column's amounts prove.
  var mark: DecimalMark?
  /// Two rows prove different orders of day and month, so that no row decides for itself.
  var datesContradict = false

  init() {}

  init(_ column: SourceTable.Column) {
    mark = column.mark
    datesContradict = column.dateWord == "conflict"
  }

  /// Whether `1.200` read with a decimal point might be 1200: nothing in the column proves the mark that was said.
  func isDoubtful(_ text: Bytes, mark said: DecimalMark?, exponent: Int) -> Bool {
    guard let said, said != mark, exponent < 3, Self.mayHoldGroups(text), holds(said, text) else { return false }
    var evidence = NumberEvidence()
    evidence.add(text, row: 1)
    return evidence.verdict == .ambiguous
  }

  private func holds(_ mark: DecimalMark, _ text: Bytes) -> Bool { text.contains(mark == .point ? 0x2E : 0x2C) }

  /// Whether three digits may follow a last separator; says yes too often.
  @inline(__always)
  static func mayHoldGroups(_ text: Bytes) -> Bool {
    let last = text[text.count - 1]
    if last &- 0x30 > 9 { return true }
    guard text.count >= 5 else { return false }
    let separator = text[text.count - 4]
    return separator == 0x2E || separator == 0x2C
  }

  /// Whether a date of numbers stands in a column that contradicts itself.
  func isContradicted(_ text: Bytes) -> Bool {
    guard datesContradict else { return false }
    var evidence = DateEvidence()
    evidence.add(text, row: 1)
    return evidence.verdict != .order(.ymd) && evidence.dates > 0
  }
}
