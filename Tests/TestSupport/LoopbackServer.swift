import Glibc
import Synchronization

/// A web server on 127.0.0.1 for one test: it answers as it was told, in order, and keeps what it was sent.
///
/// Once the replies are used up the last one is repeated. It serves one connection at a time and closes it after each
/// answer. It listens until the tests end: no other test may be given its port.
package final class LoopbackServer: Sendable {
  /// What came in, as it came.
  package struct Request: Sendable {
    /// `POST /v1/messages HTTP/1.1`
    package let line: String
    package let headers: [String]
    package let body: String

    package func header(_ name: String) -> String? {
      headers.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
  }

  /// What goes out.
  package struct Reply: Sendable {
    /// How much of it: all, only so many bytes of the body, nothing but the end of the connection, or nothing at all.
    package enum Manner: Sendable {
      case whole
      case cut(Int)
      case closed, silent
    }

    let status: Int
    let headers: [String]
    let body: [UInt8]
    let manner: Manner

    package init(
      _ status: Int = 200, headers: [String] = ["Content-Type: application/json"], body: [UInt8] = [],
      manner: Manner = .whole
    ) {
      (self.status, self.headers, self.body, self.manner) = (status, headers, body, manner)
    }

    package static func json(_ text: String, status: Int = 200) -> Reply { Reply(status, body: Array(text.utf8)) }
  }

  package let port: Int
  private let received: Received

  private final class Received: Sendable {
    let requests = Mutex<[Request]>([])
    let replies: [Reply]

    init(_ replies: [Reply]) { self.replies = replies }
  }

  package init(_ replies: [Reply]) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isOpen else { throw SystemFailure("listen", "127.0.0.1") }
    port = Int(UInt16(bigEndian: address.sin_port))
    received = Received(replies)
    try Self.serve(descriptor, received)
  }

  package convenience init(_ reply: Reply) throws { try self.init([reply]) }

  package var address: String { "http://127.0.0.1:\(port)" }
  /// Everything that was asked so far.
  package var requests: [Request] { received.requests.withLock { $0 } }

  private final class Argument: Sendable {
    let descriptor: Int32
    let received: Received

    init(_ descriptor: Int32, _ received: Received) { (self.descriptor, self.received) = (descriptor, received) }
  }

  /// A thread of its own.
  private static func serve(_ descriptor: Int32, _ received: Received) throws {
    let argument = Unmanaged.passRetained(Argument(descriptor, received))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        let argument = Unmanaged<Argument>.fromOpaque(raw).takeRetainedValue()
        while true {
          let connection = accept(argument.descriptor, nil, nil)
          if connection < 0 { return nil }
          LoopbackServer.answer(connection, argument.received)
          close(connection)
        }
      }, argument.toOpaque())
    guard code == 0 else { throw SystemFailure("pthread_create", "", code: code) }
    pthread_detach(thread)
  }

  private static func answer(_ connection: Int32, _ received: Received) {
    signal(SIGPIPE, SIG_IGN)
    guard let request = read(connection) else { return }
    let index = received.requests.withLock { requests in
      requests.append(request)
      return requests.count - 1
    }
    guard let reply = index < received.replies.count ? received.replies[index] : received.replies.last else { return }
    let head = ["HTTP/1.1 \(reply.status) told", "Content-Length: \(reply.body.count)", "Connection: close"]
    let start = Array((head + reply.headers).joined(separator: "\r\n").utf8) + Array("\r\n\r\n".utf8)
    switch reply.manner {
    case .whole: write(start + reply.body, connection)
    case .cut(let count): write(start + reply.body.prefix(count), connection)
    case .closed: return
    case .silent:
      var byte: UInt8 = 0
      while Glibc.read(connection, &byte, 1) > 0 {}
    }
  }

  private static func write(_ bytes: [UInt8], _ connection: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(connection, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
    shutdown(connection, Int32(SHUT_WR))
    var byte: UInt8 = 0
    while Glibc.read(connection, &byte, 1) > 0 {}
  }

  /// Head and body of one request; nil when the client says nothing.
  private static func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var wanted = Int.max
    var head: [String] = []
    var start = 0
    while bytes.count < wanted {
      let count = Glibc.read(connection, &block, block.count)
      if count <= 0 { return nil }
      bytes += block[..<count]
      if head.isEmpty, let end = self.end(ofHead: bytes) {
        head = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
        let length = head.first { $0.lowercased().hasPrefix("content-length:") }?.split(separator: " ").last
        start = end + 4
        wanted = start + (length.flatMap { Int($0) } ?? 0)
      }
    }
    let body = String(decoding: bytes[start...], as: UTF8.self)
    return Request(line: head[0], headers: Array(head.dropFirst()), body: body)
  }

  private static func end(ofHead bytes: [UInt8]) -> Int? {
    let mark: [UInt8] = [13, 10, 13, 10]
    return bytes.indices.first { bytes[$0...].starts(with: mark) }
  }
}
