import Records
import YAML

/// What rests on a coloured cell: the reason, the remedy, the words that are allowed, and what else may be done.
struct CellNote {
  /// Of a note's box, in letters.
  private static let width = 48
  let text: String

  /// `words` are those the cell may hold; `mayBeBlank` says that the row is taken without the cell.
  init(_ issue: Issue, words: [String], mayBeBlank: Bool) {
    var lines = ["\(issue.code): \(issue.message)"]
    if !issue.hint.isEmpty { lines.append("What to do: " + issue.hint) }
    if !words.isEmpty {
      lines.append("Allowed: " + words.joined(separator: ", "))
      if let near = Suggestion.nearest(issue.value, in: words) { lines.append("Suggestion: " + near) }
    }
    if let other = Self.other(issue, mayBeBlank) { lines.append("Or: " + other) }
    text = lines.joined(separator: "\n")
  }

  /// Ways out that the hint does not name; a row with a warning was taken and needs none.
  private static func other(_ issue: Issue, _ mayBeBlank: Bool) -> String? {
    guard issue.severity != .warn else { return nil }
    var ways: [String] = []
    if mayBeBlank, !issue.hint.contains("blank") {
      ways.append("leave the cell blank (the field stays as it is in the database)")
    }
    if !issue.hint.contains("skip") { ways.append("set _action to skip (the row is not loaded)") }
    return ways.isEmpty ? nil : ways.joined(separator: ", or ")
  }

  /// How many lines the text takes in its box.
  var lines: Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { $0 + $1.count / Self.width + 1 }
  }
}
