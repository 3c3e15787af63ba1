import Records

/// How often each code was met in each column, and where first.
struct ErrorTally {
  struct Entry {
    let code: String
    let column: String
    let severity: Issue.Severity
    /// Of the code, whatever the row.
    let meaning: String
    let remedy: String
    /// The first case.
    let example: String
    /// Of the sheet to correct, from 0.
    let firstRow: Int
    var count = 0
  }

  private(set) var entries: [String: Entry] = [:]

  mutating func add(_ issue: Issue, row: Int) {
    let key = issue.code + "\u{1F}" + issue.field
    if entries[key] == nil {
      let general = CodeMeaning.of(issue.code)
      entries[key] = Entry(
        code: issue.code, column: issue.field, severity: issue.severity, meaning: general?.meaning ?? issue.message,
        remedy: general?.remedy ?? issue.hint,
        example: issue.value.isEmpty ? issue.message : "\(issue.value): \(issue.message)", firstRow: row)
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
