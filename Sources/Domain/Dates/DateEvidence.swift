/// What the values of a column prove about the order of its dates; fixed size, fed one text at a time.
package struct DateEvidence: Sendable {
  package enum Verdict: Hashable, Sendable {
    /// Proven, or no value depends on it (then `ymd`).
    case order(DateOrder)
    /// Dates of numbers read both ways, and none proves which is meant.
    case ambiguous
    /// Two rows prove different orders; a column is never decided row by row.
    case conflict(rowA: Int, rowB: Int)
    /// No date was seen, or more texts that are none.
    case notDates
  }

  /// Texts that are dates in at least one order.
  package private(set) var dates = 0
  /// Texts that are neither dates nor blank.
  package private(set) var others = 0
  package private(set) var blanks = 0
  /// Dates that read day first and month first.
  package private(set) var undecided = 0
  /// Where the first of those stands; -1 before one is met.
  package private(set) var undecidedRow = -1
  private var undecidedDotted = 0
  private var proofs: [3 of Int] = [-1, -1, -1]

  package init() {}

  /// Feeds one value; `row` is what a conflict names.
  package mutating func add(_ bytes: Bytes, row: Int) {
    if CalendarDate.parseISO(bytes) != nil {
      dates += 1
      return
    }
    let text = TextBytes.trim(bytes)
    if text.isEmpty {
      blanks += 1
      return
    }
    guard (6...40).contains(text.count), let date = try? MidnightText.cut(text) else {
      others += 1
      return
    }
    if CalendarDate.parseISO(date) != nil { dates += 1 } else { addParts(date, row) }
  }

  private mutating func addParts(_ text: Bytes, _ row: Int) {
    guard let split = DateText(text) else {
      if text.count == 8, (try? CalendarDate.parse(text, order: nil)) != nil { dates += 1 } else { others += 1 }
      return
    }
    let parts = DateParts(split)
    if parts.isSelfEvident {
      if (try? parts.date(order: nil)) == nil { others += 1 } else { dates += 1 }
      return
    }
    let dayFirst = parts.date(in: .dmy) != nil
    let monthFirst = parts.date(in: .mdy) != nil
    let yearFirst = parts.date(in: .ymd) != nil
    if !dayFirst, !monthFirst, !yearFirst {
      others += 1
      return
    }
    dates += 1
    switch (dayFirst, monthFirst) {
    case (true, true):
      if undecided == 0 { undecidedRow = row }
      undecided += 1
      if parts.isDotted { undecidedDotted += 1 }
    case (true, false): prove(1, row)
    case (false, true): prove(2, row)
    case (false, false): prove(0, row)
    }
  }

  private mutating func prove(_ order: Int, _ row: Int) {
    if proofs[order] < 0 { proofs[order] = row }
  }

  /// The first row that proves the order of the verdict; nil where no row does, as for dates with dots alone.
  package var proofRow: Int? { (0..<3).lazy.map { proofs[$0] }.first { $0 >= 0 } }

  /// The answer so far.
  package var verdict: Verdict {
    if dates == 0 || others > dates { return .notDates }
    let (yearFirst, dayFirst, monthFirst) = (proofs[0], proofs[1], proofs[2])
    if dayFirst >= 0, monthFirst >= 0 {
      return .conflict(rowA: min(dayFirst, monthFirst), rowB: max(dayFirst, monthFirst))
    }
    let other = max(dayFirst, monthFirst)
    if yearFirst >= 0, other >= 0 { return .conflict(rowA: min(yearFirst, other), rowB: max(yearFirst, other)) }
    if yearFirst >= 0 { return .order(.ymd) }
    if dayFirst >= 0 { return .order(.dmy) }
    if monthFirst >= 0 { return .order(.mdy) }
    if undecided == 0 { return .order(.ymd) }
    return undecided == undecidedDotted ? .order(.dmy) : .ambiguous
  }
}
