import Glibc
import TestSupport

/// A Markdown file of the repository.
struct Page {
  /// From the repository's root.
  let path: String
  let lines: [String]

  init(_ path: String) throws {
    self.path = path
    let text = String(decoding: try readFile(repositoryRoot + "/" + path), as: UTF8.self)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Every page a reader meets: the ones at the root and those of docs/.
  static func all() throws -> [Page] {
    try (markdown("") + markdown("docs/") + markdown("docs/decisions/")).map { try Page($0) }
  }

  private static func markdown(_ folder: String) -> [String] {
    guard let handle = opendir(repositoryRoot + "/" + folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".md") { names.append(folder + name) }
    }
    return names.sorted()
  }

  var text: String { lines.joined(separator: "\n") }

  /// The lines under a heading, up to the next of its level or above.
  func section(_ heading: String) -> [String]? {
    guard let start = lines.firstIndex(of: heading) else { return nil }
    let level = heading.prefix { $0 == "#" }.count
    let rest = lines[(start + 1)...]
    let end = rest.firstIndex { $0.hasPrefix("#") && $0.prefix { $0 == "#" }.count <= level && !inFence($0, rest) }
    return Array(rest[..<(end ?? rest.endIndex)])
  }

  private func inFence(_ line: String, _ lines: ArraySlice<String>) -> Bool {
    guard let index = lines.firstIndex(of: line) else { return false }
    return lines[..<index].count { $0.hasPrefix("```") } % 2 == 1
  }

  /// A fenced block that follows a comment: `<!-- run -->`, then the fence.
  struct Block {
    /// The words of the comment.
    let mark: [String]
    /// Place of the block's contents in the page's lines.
    let range: Range<Int>
    let lines: [String]
  }

  /// Blocks whose comment begins with a word.
  func blocks(_ word: String) -> [Block] {
    lines.indices.compactMap { index in
      let line = lines[index]
      guard line.hasPrefix("<!-- "), line.hasSuffix(" -->"), index + 1 < lines.count, lines[index + 1].hasPrefix("```")
      else { return nil }
      let words = line.dropFirst(5).dropLast(4).split(separator: " ").map(String.init)
      guard words.first == word, let end = lines[(index + 2)...].firstIndex(of: "```") else { return nil }
      return Block(mark: Array(words.dropFirst()), range: index + 2..<end, lines: Array(lines[index + 2..<end]))
    }
  }

  /// The page's text with the contents of blocks replaced.
  func replacing(_ changes: [(Range<Int>, [String])]) -> String {
    var lines = lines
    for (range, contents) in changes.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
      lines.replaceSubrange(range, with: contents)
    }
    return lines.joined(separator: "\n")
  }
}
