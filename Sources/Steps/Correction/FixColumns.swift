/// The columns of the sheet to correct: those of the source, then ours.
package struct FixColumns: Sendable {
  package static let sheet = "Fix"
  package static let originals = "_original"
  package static let meta = "_meta"
  package static let lists = "_lists"
  package static let unmapped = "Unmapped columns"
  static let unmappedColumn = "Column"
  static let decision = "Decision"
  /// In the order in which their texts are sealed with the row's original cells.
  static let locked = ["_row_id", "_source_row", "_status", "_codes", "_message", "_hash"]
  /// The locked columns from left to right: why a row is here stands beside what a person writes about it.
  private static let shown = ["_message", "_codes", "_source_row", "_status", "_row_id", "_hash"]
  private static let lockedPlaces = locked.map { shown.firstIndex(of: $0) ?? 0 }
  /// What nobody reads on paper: the number of the row stands beside it.
  private static let unprinted = 2
  static let action = "_action"
  static let comment = "_comment"
  static let extra = "_extra"
  static let actions = ["fix", "skip", "accept-as-is"]

  package let headers: [String]
  let hasExtra: Bool

  init(headers: [String], hasExtra: Bool) {
    self.headers = headers
    self.hasExtra = hasExtra
  }

  var extraColumn: Int? { hasExtra ? headers.count : nil }
  /// What a person fills stands nearest to the cells of the source.
  var actionColumn: Int { headers.count + (hasExtra ? 1 : 0) }
  var commentColumn: Int { actionColumn + 1 }
  var firstLocked: Int { commentColumn + 1 }
  var codesColumn: Int { firstLocked + 3 }
  var count: Int { firstLocked + Self.locked.count }
  var printed: Int { count - Self.unprinted }

  /// By number: locked ones as they are sealed, which is not where they stand.
  var all: [String] { headers + (hasExtra ? [Self.extra] : []) + [Self.action, Self.comment] + Self.locked }

  /// Where a column is written.
  func place(_ column: Int) -> Int {
    column < firstLocked ? column : firstLocked + Self.lockedPlaces[column - firstLocked]
  }

  /// `R17`, which stays with the row however the sheet is sorted.
  static func rowID(_ row: Int) -> String { "R" + String(row) }
}
