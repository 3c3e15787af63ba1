import HTTP
import Synchronization
import TestSupport
import Testing

typealias Reply = LoopbackServer.Reply

/// Waits that were asked for instead of being waited for.
final class Waits: Sendable {
  private let list = Mutex<[Int]>([])
  var all: [Int] { list.withLock { $0 } }

  /// A client that takes the middle of every jitter and does not sleep.
  var client: HTTPClient {
    var client = HTTPClient()
    client.retry.jitter = { $0 / 2 }
    client.retry.pause = { milliseconds in self.list.withLock { $0.append(milliseconds) } }
    return client
  }
}

@Suite struct HTTPClientTests {
  private func post(_ server: LoopbackServer, _ client: HTTPClient) throws -> HTTPResponse {
    try client.send(
      HTTPRequest(
        Endpoint(server.address + "/v1"), path: "/ask", headers: [("Content-Type", "text/plain"), ("X-Key", "k")],
        body: Array("hello".utf8)))
  }

  private func failure(_ reply: Reply, _ client: HTTPClient = Waits().client) throws -> HTTPFailure? {
    let server = try LoopbackServer(reply)
    return #expect(throws: HTTPFailure.self) { try post(server, client) }
  }

  @Test func whatIsSentIsWhatWasGiven() throws {
    let server = try LoopbackServer(.json("{}"))
    let response = try post(server, HTTPClient())
    #expect(response.status == 200 && response.body == Array("{}".utf8) && response.attempts == 1)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /v1/ask HTTP/1.1")
    #expect(request.body == "hello")
    let names = request.headers.compactMap { $0.split(separator: ":").first?.lowercased() }.sorted()
    #expect(names == ["accept", "content-length", "content-type", "host", "user-agent", "x-key"])
    #expect(request.header("User-Agent") == "trunkline" && request.header("X-Key") == "k")
  }

  @Test func aRequestWithoutBodyIsAGet() throws {
    let server = try LoopbackServer(.json("[1]"))
    _ = try HTTPClient().send(HTTPRequest(Endpoint(server.address), path: "/models", headers: []))
    #expect(server.requests.map(\.line) == ["GET /models HTTP/1.1"])
  }

  @Test(arguments: [429, 500, 502, 503, 504, 529])
  func aBusyServerIsAskedAgain(_ status: Int) throws {
    let server = try LoopbackServer([.json("no", status: status), .json("no", status: status), .json("yes")])
    let waits = Waits()
    let response = try post(server, waits.client)
    #expect(response.status == 200 && response.attempts == 3)
    #expect(waits.all == [375, 750])
    #expect(Set(server.requests.map(\.body)) == ["hello"])
  }

  @Test func attemptsEnd() throws {
    let server = try LoopbackServer(.json("no", status: 503))
    #expect(try post(server, Waits().client).status == 503)
    #expect(server.requests.count == 3)
  }

  @Test(arguments: [400, 401, 403, 404, 422])
  func aRefusalIsFinal(_ status: Int) throws {
    let server = try LoopbackServer(.json("no", status: status))
    let waits = Waits()
    #expect(try post(server, waits.client).status == status)
    #expect(server.requests.count == 1 && waits.all.isEmpty)
  }

  @Test func retryAfterIsHonoured() throws {
    let busy = Reply(429, headers: ["Retry-After: 7"])
    let server = try LoopbackServer([busy, .json("yes")])
    let waits = Waits()
    #expect(try post(server, waits.client).status == 200)
    #expect(waits.all == [7000])
  }

  @Test(arguments: ["21", "86400", "Wed, 01 Jan 2199 00:00:00 GMT"])
  func aWaitTooLongIsNotWaitedFor(_ value: String) throws {
    let waits = Waits()
    let failure = try failure(Reply(429, headers: ["Retry-After: \(value)"]), waits.client)
    guard case .busy(_, let seconds) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(seconds > 20 && waits.all.isEmpty)
  }

  @Test func jitterStaysInItsHalf() {
    var policy = RetryPolicy()
    policy.jitter = { _ in 0 }
    #expect(policy.wait(after: 1, retryAfter: 0) == 250)
    policy.jitter = { $0 }
    #expect(policy.wait(after: 1, retryAfter: 0) == 500)
    #expect(policy.wait(after: 40, retryAfter: 0) == policy.longestWait)
    #expect(policy.wait(after: 1, retryAfter: 30) == 30_000)
    #expect(policy.wait(after: 1, retryAfter: .max) > policy.longestWait)
    #expect((0..<200).allSatisfy { _ in (250...500).contains(RetryPolicy().wait(after: 1, retryAfter: 0)) })
  }

  @Test func aBodyTooLongIsCutOff() throws {
    var client = Waits().client
    client.limit = 1000
    let failure = try failure(Reply(body: [UInt8](repeating: 0x20, count: 1001)), client)
    guard case .tooLarge(_, 1000) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    let server = try LoopbackServer(Reply(body: [UInt8](repeating: 0x20, count: 1000)))
    #expect(try post(server, client).body.count == 1000)
  }

  @Test(arguments: [Reply(body: [1, 2, 3], manner: .cut(2)), Reply(manner: .closed)])
  func aBrokenAnswerIsTriedAgainAndReported(_ reply: Reply) throws {
    let server = try LoopbackServer(reply)
    let failure = #expect(throws: HTTPFailure.self) { try post(server, Waits().client) }
    guard case .broken = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(server.requests.count == 3)
  }

  @Test func silenceEnds() throws {
    var client = Waits().client
    client.timeout = 150
    let server = try LoopbackServer(Reply(manner: .silent))
    let failure = #expect(throws: HTTPFailure.self) { try post(server, client) }
    #expect(failure == .timedOut(host: "127.0.0.1:\(server.port)", milliseconds: 150))
    #expect(server.requests.count == 1)
  }

  @Test func nobodyThere() throws {
    let server = try LoopbackServer(Reply())
    let request = HTTPRequest(try Endpoint("http://127.0.0.2:\(server.port)"), path: "/x", headers: [], body: [1])
    let waits = Waits()
    let failure = #expect(throws: HTTPFailure.self) { try waits.client.send(request) }
    guard case .unreachable = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(waits.all.count == 2)
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func redirectsAreNotFollowed(_ status: Int) throws {
    let elsewhere = try LoopbackServer(.json("stolen"))
    let target = "\(elsewhere.address)/v1/ask?key=k"
    let server = try LoopbackServer(Reply(status, headers: ["Location: \(target)"]))
    let failure = #expect(throws: HTTPFailure.self) { try post(server, Waits().client) }
    #expect(failure == .redirected(host: "127.0.0.1:\(server.port)", to: "another address"))
    #expect(elsewhere.requests.isEmpty && server.requests.count == 1)
  }

  @Test func offlineOpensNothing() throws {
    let server = try LoopbackServer(.json("{}"))
    var client = Waits().client
    client.isOffline = true
    let failure = #expect(throws: HTTPFailure.self) { try post(server, client) }
    #expect(failure == .offline(host: "127.0.0.1:\(server.port)"))
    #expect(server.requests.isEmpty)
  }

  @Test func aKeyWithALineBreakIsRefused() throws {
    let server = try LoopbackServer(.json("{}"))
    let request = HTTPRequest(
      try Endpoint(server.address), path: "/x", headers: [("X-Key", "k\r\nHost: evil.example")], body: [1])
    let failure = #expect(throws: HTTPFailure.self) { try HTTPClient().send(request) }
    #expect(failure?.message.contains("evil") == false && server.requests.isEmpty)
  }

  @Test func theNamedProxyIsUsed() throws {
    let server = try LoopbackServer(.json("{}"))
    let proxy = try LoopbackServer(.json("{}"))
    var client = HTTPClient()
    client.proxy = proxy.address
    let request = HTTPRequest(
      try Endpoint("https://provider.example"), path: "/v1/ask", headers: [("X-Key", "secret")], body: [1])
    #expect(throws: HTTPFailure.self) { try client.send(request) }
    #expect(server.requests.isEmpty)
    #expect(proxy.requests.first?.line == "CONNECT provider.example:443 HTTP/1.1")
  }

  /// It may be plain text with the key in it.
  @Test func whatGoesToThisMachineTakesNoProxy() throws {
    let server = try LoopbackServer(.json("{}"))
    let proxy = try LoopbackServer(.json("{}"))
    var client = HTTPClient()
    client.proxy = proxy.address
    _ = try post(server, client)
    #expect(proxy.requests.isEmpty && server.requests.count == 1)
  }

  /// A certificate nobody signed is refused, and taken once its file is named.
  @Test func tlsIsVerified() throws {
    let folder = try TemporaryFolder()
    let (key, certificate) = (folder.file("key.pem"), folder.file("certificate.pem"))
    let made = try run(
      "openssl",
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        + ["-keyout", key, "-out", certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
    try #require(made.status == 0, "\(made.stderr)")
    let server = try BackgroundProgram(
      "openssl", ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"])
    var port: Substring?
    while port == nil, let line = server.line() {
      if line.hasPrefix("ACCEPT") { port = line.split(separator: ":").last }
    }
    defer { withExtendedLifetime(server) {} }
    let number = try #require(port)
    var client = Waits().client
    for host in ["localhost", "127.0.0.1"] {
      let request = HTTPRequest(try Endpoint("https://\(host):\(number)"), path: "/", headers: [])
      client.authorities = nil
      let refused = #expect(throws: HTTPFailure.self) { try client.send(request) }
      guard case .certificate = refused else {
        Issue.record("\(host): \(String(describing: refused))")
        return
      }
      client.authorities = certificate
      if host == "localhost" {
        #expect(try client.send(request).status == 200)
      } else {
        #expect(throws: HTTPFailure.self, "the name is not in the certificate") { try client.send(request) }
      }
    }
  }
}
