import Records

/// How often each code was met in each column, and where first.
struct ErrorTally {
  struct Entry {
    let code: String
    let column: String
    let severity: Issue.Severity
    let meaning: String
    let remedy: String
    let example: String
    /// Of the sheet to correct, from 0.
    let firstRow: Int
    var count = 0
  }

  private(set) var entries: [String: Entry] = [:]

  mutating func add(_ issue: Issue, row: Int) {
    let key = issue.code + "\u{1F}" + issue.field
    if entries[key] == nil {
      entries[key] = Entry(
        code: issue.code, column: issue.field, severity: issue.severity, meaning: issue.message, remedy: issue.hint,
        example: issue.value, firstRow: row)
    }
    entries[key]?.count += 1
  }

  /// The most frequent first: one remedy often clears many rows.
  var sorted: [Entry] {
    entries.values.sorted { left, right in
      if left.count != right.count { return left.count > right.count }
      return (left.code, left.column) < (right.code, right.column)
    }
  }
}
