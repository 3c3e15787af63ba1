import Glibc

/// A folder of its own for one test, deleted with its last reference.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    guard let template = strdup("\(base)/trunkline-test.XXXXXX") else { throw SystemFailure("strdup", base) }
    defer { free(template) }
    guard mkdtemp(template) != nil else { throw SystemFailure("mkdtemp", base) }
    path = String(cString: template)
  }

  deinit {
    _ = try? run("/bin/rm", ["-rf", "--", path])
  }

  /// The path of a file in the folder, which need not exist.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and gives its path.
  @discardableResult package func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  @discardableResult package func write(_ bytes: [UInt8], to name: String) throws -> String {
    try writeFile(bytes, file(name))
    return file(name)
  }

  package func read(_ name: String) throws -> String {
    String(decoding: try readFile(file(name)), as: UTF8.self)
  }
}
