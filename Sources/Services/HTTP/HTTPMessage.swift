/// One request; its body is sent as it stands.
package struct HTTPRequest: Sendable {
  package let endpoint: Endpoint
  /// Beyond the endpoint's own path.
  package let path: String
  /// Names and values, in order; control characters in them are refused.
  package let headers: [(name: String, value: String)]
  /// A request with a body is a POST, one without a GET.
  package let body: [UInt8]

  package init(
    _ endpoint: Endpoint, path: String, headers: [(name: String, value: String)], body: [UInt8] = []
  ) {
    self.endpoint = endpoint
    self.path = path
    self.headers = headers
    self.body = body
  }

  package var method: String { body.isEmpty ? "GET" : "POST" }
  package var address: String { endpoint.text(appending: path) }
}

/// A whole answer, whatever its status.
package struct HTTPResponse: Equatable, Sendable {
  package let status: Int
  package let body: [UInt8]
  /// How long the server asks to wait, in seconds; 0 when it does not.
  package let retryAfter: Int
  /// How many times the request was sent.
  package var attempts = 1
}
