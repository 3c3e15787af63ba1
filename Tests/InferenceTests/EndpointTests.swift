import HTTP
import Testing

@Suite struct EndpointTests {
  @Test(arguments: [
    ("https://api.openai.com/v1", "/responses", "https://api.openai.com/v1/responses"),
    ("HTTPS://API.Example.com/v1/", "/x", "https://api.example.com/v1/x"),
    ("https://h.example/v1/chat/completions", "/chat/completions", "https://h.example/v1/chat/completions"),
    ("http://127.0.0.1:11434/v1", "/models", "http://127.0.0.1:11434/v1/models"),
    ("http://localhost", "", "http://localhost"),
    ("http://[::1]:8080/v1", "", "http://[::1]:8080/v1"),
  ])
  func whatIsAsked(_ text: String, _ tail: String, _ address: String) throws {
    #expect(try Endpoint(text).text(appending: tail) == address)
  }

  @Test(arguments: [
    "http://api.openai.com/v1", "http://10.0.0.5/v1", "http://127.0.0.1.evil.example/", "http://localhost.evil.example",
    "http://128.0.0.1", "http://127.0.0.256", "http://[::2]/",
  ])
  func plainHTTPIsForThisMachineOnly(_ text: String) {
    #expect(throws: HTTPFailure.self) { try Endpoint(text) }
  }

  @Test(arguments: [
    "", "api.openai.com", "ftp://h.example", "file:///etc/passwd", "https://", "https://user:pw@h.example",
    "https://k@h",
    "https://h.example/v1?key=secret", "https://h.example/#x", "https://h.example:0/", "https://h.example:99999",
    "https://h.example:8a", "https://h .example", "https://h.example\\@evil.example", "https://hé.example",
    "https://h.example/\r\nX: y", "https://h|x/",
  ])
  func refused(_ text: String) {
    #expect(throws: HTTPFailure.self) { try Endpoint(text) }
  }
}
