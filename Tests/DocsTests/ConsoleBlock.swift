import TestSupport

/// Lines of a console as a reader sees them: `$ command`, `> its further lines`, then what it prints.
struct ConsoleBlock {
  struct Entry: Equatable {
    let command: [String]
    /// A line `...` stands for any number of lines, `...` within a line for any text.
    let output: [String]
  }

  let entries: [Entry]

  init(_ lines: [String]) {
    var entries: [Entry] = []
    var command: [String] = []
    var output: [String] = []
    func close() { if !command.isEmpty { entries.append(Entry(command: command, output: output)) } }
    for line in lines {
      if line.hasPrefix("$ ") {
        close()
        (command, output) = ([String(line.dropFirst(2))], [])
      } else if line.hasPrefix("> "), output.isEmpty {
        command.append(String(line.dropFirst(2)))
      } else {
        output.append(line)
      }
    }
    close()
    self.entries = entries
  }

  /// The block as it should read: where the printed lines agree, they stay as they are written.
  func run(in folder: String) throws -> [String] {
    try entries.flatMap { entry -> [String] in
      let command = entry.command.joined(separator: "\n")
      let printed = try shell("{ \(command)\n} 2>&1", environment: Self.environment, folder: folder).stdout
      var lines = printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      let agrees = Self.matches(lines[...], entry.output[...])
      return ["$ " + entry.command[0]] + entry.command.dropFirst().map { "> " + $0 }
        + (agrees
          ? entry.output
          : lines.map { line in
            entry.output.first { $0 != "..." && Self.matches(line, $0) } ?? line
          })
    }
  }

  /// Nothing of the machine, the person or the day shows in what is printed.
  private static let environment = [
    "TRUNKLINE_NOW": "2026-06-01T09:00:00Z", "TZ": "UTC", "LC_ALL": "C", "NO_COLOR": "1", "COLUMNS": "120",
    "TRUNKLINE_DB": "sqlite:trunkline.db",
  ]

  static func matches(_ lines: ArraySlice<String>, _ pattern: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return lines.isEmpty }
    if first == "..." {
      return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], pattern.dropFirst()) }
    }
    guard let line = lines.first, matches(line, first) else { return false }
    return matches(lines.dropFirst(), pattern.dropFirst())
  }

  static func matches(_ line: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "...", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count > 1 else { return line == pattern }
    guard line.hasPrefix(parts[0]) else { return false }
    var rest = line.dropFirst(parts[0].count)
    for part in parts[1..<(parts.count - 1)] {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
