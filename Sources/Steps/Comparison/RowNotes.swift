import Records

/// What is to be said of some keys of a file: all are counted, the first twenty are named.
struct RowNotes {
  private static let named = 20
  private(set) var count = 0
  private var lines: [String] = []

  mutating func add(_ line: @autoclosure () -> String) {
    count += 1
    if lines.count < Self.named { lines.append(line()) }
  }

  var json: JSON { .array(lines.map { .string($0) }) }
}
