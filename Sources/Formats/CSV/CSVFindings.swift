/// Something about a file that its reader should be told, with a code that programs can test.
package struct CSVNote: Sendable, Equatable {
  package let code: String
  package let text: String

  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}

/// What a bounded sample of a file says about the whole.
package struct CSVFindings: Sendable, Equatable {
  package internal(set) var dialect = CSVDialect()
  /// How many cells most rows have.
  package internal(set) var width = 0
  package internal(set) var notes: [CSVNote] = []

  package init(width: Int = 0, notes: [CSVNote] = []) {
    self.width = width
    self.notes = notes
  }

  package func has(_ code: String) -> Bool { notes.contains { $0.code == code } }
}
