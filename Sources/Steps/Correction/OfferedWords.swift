import Workbooks

/// A list of words at cells, and what is said to somebody who types another.
struct OfferedWords {
  /// What the cells are for.
  enum Purpose { case field, action, decision }

  private let words: [String]
  private let purpose: Purpose

  init(_ words: [String], _ purpose: Purpose) {
    self.words = words
    self.purpose = purpose
  }

  /// Only an action is refused: a field may be blank or `#N/A`, and the mapping may learn a word.
  private var alert: ListAlert {
    switch purpose {
    case .field:
      ListAlert(
        title: "Not a word of the list",
        text:
          "The row is refused again unless the mapping knows this word. Choose one of the list; leave the cell blank"
          + " to keep what is in the database, or write #N/A to clear it. Keep what you typed?",
        isRefused: false)
    case .action:
      ListAlert(
        title: "No action of this name",
        text: "Choose fix (or leave the cell blank), skip or accept-as-is. Anything else you want to say belongs under"
          + " \(FixColumns.comment).",
        isRefused: true)
    case .decision:
      ListAlert(
        title: "Not one of the guesses",
        text: "Any target of a mapping is taken (docs/mappings.md lists them), such as endpoint.a.city, or ignore;"
          + " fix refuses what is none. Keep what you typed?",
        isRefused: false)
    }
  }

  /// The words stand in a row of their own on a hidden sheet, since a rule holds no more than 255 characters.
  func offer(
    at column: Int, of sheet: WorkbookSheet, rows: ClosedRange<Int>, _ lists: WorkbookSheet, _ list: Int
  ) throws(WorkbookError) {
    for (place, word) in words.enumerated() { try lists.text(list, place, word) }
    let first = CellPlace(row: list, column: 0).absolute
    let end = CellPlace(row: list, column: words.count - 1).absolute
    try sheet.offered(rows: rows, column: column, source: "=\(lists.reference)!\(first):\(end)", alert)
  }
}
