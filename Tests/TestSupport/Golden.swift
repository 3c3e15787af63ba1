import Glibc

/// Texts held against a file of the repository that says what they have to be.
package enum Golden {
  /// The text differs from the file, or the file has just been recorded.
  package struct Mismatch: Error, CustomStringConvertible {
    package let description: String
  }

  /// Throws where `text` is not that of `file` (from the repository's root).
  ///
  /// With `TRUNKLINE_RECORD=1` a file that differs is rewritten, and the call throws all the same.
  package static func check(_ text: String, _ file: String) throws {
    let path = "\(repositoryRoot)/\(file)"
    let known = (try? readFile(path)).map { String(decoding: $0, as: UTF8.self) }
    if known == text { return }
    if getenv("TRUNKLINE_RECORD").map({ String(cString: $0) }) == "1" {
      makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
      try writeFile(Array(text.utf8), path)
      throw Mismatch(description: "\(file) has been recorded: look at the difference, then run again")
    }
    throw Mismatch(description: difference(text, known, file))
  }

  /// The first line that differs, from both sides.
  static func difference(_ text: String, _ known: String?, _ file: String) -> String {
    guard let known else { return "\(file) is missing (make record writes it)" }
    let now = text.split(separator: "\n", omittingEmptySubsequences: false)
    let then = known.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(now, then).enumerated().first { $1.0 != $1.1 }?.offset ?? min(now.count, then.count)
    func show(_ lines: [Substring]) -> String { line < lines.count ? String(lines[line]) : "(no such line)" }
    return "\(file):\(line + 1) differs\n  golden: \(show(then))\n  now:    \(show(now))"
  }
}
