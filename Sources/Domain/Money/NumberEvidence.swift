/// What the values of a column prove about its decimal mark; fixed size, fed one text at a time.
package struct NumberEvidence: Sendable {
  package enum Verdict: Hashable, Sendable {
    case point
    case comma
    /// Separators were seen, but each may be a decimal mark or a thousands separator.
    case ambiguous
    /// No separator was seen, or no number.
    case none
    /// Two rows prove different marks; a column is never decided row by row.
    case conflict(rowA: Int, rowB: Int)
  }

  /// Texts that are numbers, with or without a currency.
  package private(set) var numbers = 0
  /// Texts that are neither numbers nor blank.
  package private(set) var others = 0
  package private(set) var blanks = 0
  private var undecided = 0
  private var pointRow = -1
  private var commaRow = -1

  package init() {}

  /// Feeds one value; `row` is what a conflict names.
  package mutating func add(_ bytes: Bytes, row: Int) {
    if addDigits(bytes) { return }
    if TextBytes.isBlank(bytes) {
      blanks += 1
      return
    }
    guard let amount = try? AmountText(bytes) else {
      others += 1
      return
    }
    let groups = DigitGroups(amount.digits)
    let proof = groups.proof()
    if !groups.isWellFormed(as: proof) {
      others += 1
      return
    }
    numbers += 1
    switch proof {
    case .none: break
    case .ambiguous: undecided += 1
    case .point: if pointRow < 0 { pointRow = row }
    case .comma: if commaRow < 0 { commaRow = row }
    }
  }

  /// Digits alone prove nothing and need no look at anything else.
  private mutating func addDigits(_ bytes: Bytes) -> Bool {
    if bytes.isEmpty || !bytes.allSatisfy(TextBytes.isDigit) { return false }
    numbers += 1
    return true
  }

  /// The first row that proves the mark of the verdict; nil where none does.
  package var proofRow: Int? { pointRow >= 0 ? pointRow : commaRow >= 0 ? commaRow : nil }

  /// The answer so far.
  package var verdict: Verdict {
    if pointRow >= 0, commaRow >= 0 { return .conflict(rowA: min(pointRow, commaRow), rowB: max(pointRow, commaRow)) }
    if pointRow >= 0 { return .point }
    if commaRow >= 0 { return .comma }
    return undecided > 0 ? .ambiguous : .none
  }
}
