import Glibc

/// Small files read whole: settings, mappings, report definitions, secrets.
package enum InputFile {
  /// All bytes; status 66 when absent or unreadable, 78 beyond the limit.
  package static func read(
    _ path: String, limit: Int = 4 << 20, checking check: (Int32) throws(Failure) -> Void = { (_) throws(Failure) in }
  ) throws(Failure) -> [UInt8] {
    guard let bytes = try readIfPresent(path, limit: limit, checking: check) else {
      throw Failure(.noInput, "no such file", place: path)
    }
    return bytes
  }

  /// Nil when there is no such file.
  package static func readIfPresent(
    _ path: String, limit: Int = 4 << 20, checking check: (Int32) throws(Failure) -> Void = { (_) throws(Failure) in }
  ) throws(Failure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw Failure(.noInput, SystemError.text(errno), place: path)
    }
    defer { close(descriptor) }
    try check(descriptor)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(.noInput, SystemError.text(errno), place: path) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw Failure(.configuration, "more than \(limit) bytes", place: path) }
    }
  }
}

/// The system's words for an error number.
package enum SystemError {
  /// Lower case at the start, as messages are written.
  package static func text(_ number: Int32) -> String {
    guard let words = strerror(number) else { return "error \(number)" }
    let text = String(cString: words)
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
