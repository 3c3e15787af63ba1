/// The columns of the sheet to correct: those of the source, then ours.
package struct FixColumns: Sendable {
  package static let sheet = "Fix"
  package static let originals = "_original"
  package static let meta = "_meta"
  package static let lists = "_lists"
  package static let unmapped = "Unmapped columns"
  static let unmappedColumn = "Column"
  static let decision = "Decision"
  /// Locked, in order; their texts are sealed with the row's original cells.
  static let locked = ["_row_id", "_source_row", "_status", "_codes", "_message", "_hash"]
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
  var count: Int { firstLocked + Self.locked.count }

  var all: [String] { headers + (hasExtra ? [Self.extra] : []) + [Self.action, Self.comment] + Self.locked }

  /// `R17`, which stays with the row however the sheet is sorted.
  static func rowID(_ row: Int) -> String { "R" + String(row) }
}
