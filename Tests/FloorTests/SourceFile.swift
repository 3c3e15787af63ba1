import Glibc
import TestSupport

/// A file of the repository, with its code told apart from comments and string literals.
struct SourceFile: Sendable {
  /// From the repository's root.
  let path: String
  let text: String
  /// Lines with comments and the contents of string literals blanked out; as many as the file has.
  let code: [String]

  var name: String { String(path.split(separator: "/").last ?? "") }

  init(_ path: String) throws {
    self.path = path
    text = String(decoding: try readFile(repositoryRoot + "/" + path), as: UTF8.self)
    code = SourceFile.blank(text)
  }

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = SourceFile.blank(text)
  }

  /// Every file below a folder, by `git`-like recursion without hidden ones, in order.
  static func below(_ folder: String) -> [String] {
    guard let handle = opendir(repositoryRoot + "/" + folder) else { return [] }
    defer { closedir(handle) }
    var names: [(String, Bool)] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append((name, entry.pointee.d_type == UInt8(DT_DIR))) }
    }
    return names.sorted { $0.0 < $1.0 }.flatMap { name, isFolder in
      isFolder ? below("\(folder)/\(name)") : ["\(folder)/\(name)"]
    }
  }

  static func swift(_ folder: String) throws -> [SourceFile] {
    try below(folder).filter { $0.hasSuffix(".swift") }.map { try SourceFile($0) }
  }

  /// The words of a line of code.
  static func words(_ line: String) -> [Substring] {
    line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
  }

  var imports: [String] {
    code.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({ ["package", "internal", "private", "public"].contains($0) || $0.hasPrefix("@") })
      else { return nil }
      return words[words.count - 1].split(separator: ".").first.map(String.init)
    }
  }

  /// Each function, initialiser or accessor longer than `limit` lines: the line it starts on and its length.
  func longFunctions(over limit: Int) -> [(line: Int, length: Int)] {
    var found: [(Int, Int)] = []
    var depth = 0
    var open: [(depth: Int, line: Int)] = []
    var pending: Int?
    for (index, line) in code.enumerated() {
      if pending == nil, Self.startsFunction(line) { pending = index }
      for character in line {
        if character == "{" {
          if let start = pending {
            open.append((depth, start))
            pending = nil
          }
          depth += 1
        } else if character == "}" {
          depth -= 1
          if let last = open.last, last.depth == depth {
            open.removeLast()
            if index - last.line + 1 > limit { found.append((last.line + 1, index - last.line + 1)) }
          }
        }
      }
    }
    return found
  }

  private static func startsFunction(_ line: String) -> Bool {
    let trimmed = String(line.drop { $0 == " " })
    let modifiers: Set<Substring> = [
      "package", "private", "fileprivate", "internal", "static", "mutating", "borrowing", "consuming", "nonisolated",
      "override", "convenience", "required", "nonmutating", "isolated", "unsafe", "inlinable",
    ]
    let words = words(trimmed).drop { modifiers.contains($0) }
    guard let first = words.first else { return false }
    return first == "func" || first == "subscript" || (first == "init" && !trimmed.contains("self.init"))
      || first == "deinit"
  }

  private enum State { case code, line, block, string, multiline }

  private static func blank(_ text: String) -> [String] {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var state = State.code
    var hashes = 0
    var index = 0
    func sees(_ word: String) -> Bool { bytes[index...].starts(with: word.utf8) }
    while index < bytes.count {
      let byte = bytes[index]
      var width = 1
      if byte == 0x0A {
        if state == .line || state == .string { state = .code }
      } else {
        switch state {
        case .code:
          if sees("//") {
            state = .line
          } else if sees("/*") {
            state = .block
          } else if sees("\"\"\"") {
            state = .multiline
            width = 3
            hashes = trailingHashes(result)
          } else if byte == 0x22 {
            state = .string
            hashes = trailingHashes(result)
          }
        case .line: break
        case .block: if sees("*/") { (state, width) = (.code, 2) }
        case .string, .multiline:
          let quote = state == .string ? "\"" : "\"\"\""
          if sees(quote + String(repeating: "#", count: hashes)) {
            (state, width) = (.code, quote.utf8.count + hashes)
            result += Array(repeating: 0x20, count: width)
            index += width
            continue
          }
          if byte == 0x5C, hashes == 0, index + 1 < bytes.count, bytes[index + 1] != 0x0A { width = 2 }
        }
      }
      for offset in 0..<width {
        let kept = bytes[index + offset]
        result.append(kept == 0x0A || (state == .code && width == 1) ? kept : 0x20)
      }
      index += width
    }
    return String(decoding: result, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  private static func trailingHashes(_ bytes: [UInt8]) -> Int { bytes.reversed().prefix { $0 == 0x23 }.count }
}
