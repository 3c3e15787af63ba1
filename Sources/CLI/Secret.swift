import Glibc

/// Passwords are named, never written out: `env:NAME` or `file:PATH`.
package enum Secret {
  /// Where a secret lies.
  package enum Reference: Equatable, Sendable, CustomStringConvertible {
    case environment(String)
    case file(String)

    /// Nil for anything that is not a reference, a literal password above all.
    package init?(_ text: String) {
      if text.hasPrefix("env:"), text.utf8.count > 4 {
        self = .environment(String(text.dropFirst(4)))
      } else if text.hasPrefix("file:"), text.utf8.count > 5 {
        self = .file(String(text.dropFirst(5)))
      } else {
        return nil
      }
    }

    package var description: String {
      switch self {
      case .environment(let name): "env:\(name)"
      case .file(let path): "file:\(path)"
      }
    }
  }

  static let advice = "leave it out of the URL and set db_password: env:NAME or file:PATH in trunkline.yaml"

  /// The secret itself; a file must be closed to group and others, its last line break is dropped. Status 78.
  package static func read(_ reference: Reference, environment: Environment) throws(Failure) -> String {
    switch reference {
    case .environment(let name):
      if let value = environment[name] { return value }
      throw Failure(.configuration, "the variable \(name), named by \(reference), is not set")
    case .file(let path):
      let bytes = try InputFile.read(path, limit: 64 << 10) { (descriptor) throws(Failure) in
        try checkPrivacy(of: path, descriptor)
      }
      let line = bytes.last == 0x0A ? bytes.dropLast() : bytes[...]
      guard !line.isEmpty else { throw Failure(.configuration, "the secret is empty", place: path) }
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// What may be shown of a key: its last four characters, of a short one none, or that it cannot be read.
  package static func tail(_ reference: Reference, environment: Environment) -> String {
    guard let key = try? read(reference, environment: environment) else { return "not readable" }
    return "..." + (key.utf8.count < 16 ? "" : String(key.suffix(4)))
  }

  private static func checkPrivacy(of path: String, _ descriptor: Int32) throws(Failure) {
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.configuration, "a secret is read from a plain file only", place: path)
    }
    guard info.st_mode & 0o077 == 0 else {
      throw Failure(.configuration, "others can read this secret", place: path, hint: "chmod 600 \(path)")
    }
  }

  /// True for `scheme://user:password@...` and for a `password=` parameter of a URL.
  package static func inlinePassword(in text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let scheme = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) else { return false }
    let rest = bytes[(scheme + 3)...]
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    // A raw slash in the password ends the authority early, so the whole remainder is searched for user:x@ as well.
    for part in [authority, rest.prefix { $0 != UInt8(ascii: "?") }] {
      if let at = part.lastIndex(of: UInt8(ascii: "@")), let colon = part[..<at].firstIndex(of: UInt8(ascii: ":")),
        colon + 1 < at
      {
        return true
      }
    }
    guard let query = rest.firstIndex(of: UInt8(ascii: "?")) else { return false }
    return rest[(query + 1)...].split(separator: UInt8(ascii: "&")).contains { parameter in
      ["password=", "sslpassword="].contains { parameter.starts(with: $0.utf8) && parameter.count > $0.utf8.count }
    }
  }

  /// The refusal of a password in plain sight, without repeating it.
  static func refusal(of what: String, given text: String) -> Failure {
    Failure(.configuration, "\(what) holds a password, which others can read in the process list", hint: advice)
  }
}
