/// The address of a service: `https://host[:port]/path`, or plain `http` on this machine.
package struct Endpoint: Equatable, Sendable {
  package let scheme: String
  /// Lower case, without brackets around an IPv6 address.
  package let host: String
  /// Nil for the scheme's own.
  package let port: Int?
  /// Empty, or from the first slash on, without one at the end.
  package let path: String

  /// Refuses what could carry a secret (user, password, query, fragment) and plain HTTP to other machines.
  package init(_ text: String) throws(HTTPFailure) {
    guard text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) else {
      throw .address("an address holds neither spaces nor characters beyond ASCII")
    }
    let scheme =
      text.lowercased().hasPrefix("https://") ? "https" : text.lowercased().hasPrefix("http://") ? "http" : ""
    guard !scheme.isEmpty else { throw .address("an address begins with https://") }
    let rest = text.dropFirst(scheme.utf8.count + 3)
    guard !rest.contains(where: { "@?#\\".contains($0) }) else {
      throw .address("an address holds no user, no password, no query: keys are given by reference")
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    var path = String(rest[slash...])
    while path.hasSuffix("/") { path.removeLast() }
    guard let (host, port) = Self.authority(rest[..<slash]) else { throw .address("the host of the address is wrong") }
    if scheme == "http", !Self.isThisMachine(host) { throw .plainText(host: host) }
    (self.scheme, self.host, self.port, self.path) = (scheme, host.lowercased(), port, path)
  }

  /// `localhost`, 127.0.0.0/8 and ::1.
  package var isThisMachine: Bool { Self.isThisMachine(host) }

  /// `host` or `host:port`, as it is shown to people.
  package var authority: String { (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "") }

  /// The address with more of a path; a tail that is there already is not repeated.
  package func text(appending tail: String = "") -> String {
    "\(scheme)://\(authority)" + (path.hasSuffix(tail) ? path : path + tail)
  }

  private static func authority(_ text: Substring) -> (String, Int?)? {
    var host = text
    var port: Int?
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      guard host.allSatisfy({ $0.isHexDigit || ":.".contains($0) }) else { return nil }
      let tail = text[text.index(after: end)...]
      if !tail.isEmpty {
        guard tail.hasPrefix(":"), let number = number(tail.dropFirst()) else { return nil }
        port = number
      }
    } else {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      host = parts[0]
      guard host.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) }) else { return nil }
      if parts.count == 2 {
        guard let number = number(parts[1]) else { return nil }
        port = number
      }
    }
    return host.isEmpty ? nil : (String(host), port)
  }

  private static func number(_ text: Substring) -> Int? {
    guard text.allSatisfy({ $0.isNumber }), let number = Int(text), (1...65_535).contains(number) else { return nil }
    return number
  }

  private static func isThisMachine(_ host: String) -> Bool {
    if ["localhost", "::1"].contains(host.lowercased()) { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
