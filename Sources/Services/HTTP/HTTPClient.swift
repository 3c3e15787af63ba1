import CCurl

/// Sends requests to one kind of service; TLS is always verified and no redirect is ever followed.
///
/// No proxy but the one named here is used, whatever the environment says; no cookies, no `.netrc`, no compression.
package struct HTTPClient: Sendable {
  /// Every request fails before anything is opened.
  package var isOffline = false
  /// Milliseconds to a connection, TLS included.
  package var connectTimeout = 10_000
  /// Milliseconds to the whole answer.
  package var timeout = 60_000
  /// Most bytes of an answer.
  package var limit = 1 << 20
  /// A PEM file of authorities in place of the system's.
  package var authorities: String?
  /// `http://host:port`.
  package var proxy: String?
  package var retry = RetryPolicy()

  package init() {}

  /// The answer of any status; 429 and 5xx only once the attempts are used up.
  package func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
    let host = request.endpoint.authority
    if isOffline { throw .offline(host: host) }
    for header in request.headers where (header.name + header.value).utf8.contains(where: { $0 < 0x20 }) {
      throw .address("a header or key holds a line break or another control character")
    }
    var attempt = 1
    while true {
      let outcome = Result { () throws(HTTPFailure) in try exchange(request) }
      guard attempt < retry.attempts, let asked = Self.askedWait(outcome) else {
        var response = try outcome.get()
        response.attempts = attempt
        return response
      }
      let wait = retry.wait(after: attempt, retryAfter: asked)
      if wait > retry.longestWait { throw .busy(host: host, seconds: asked) }
      retry.pause(wait)
      attempt += 1
    }
  }

  /// Seconds the server asks to wait before another attempt, nil where none is worth it.
  private static func askedWait(_ outcome: Result<HTTPResponse, HTTPFailure>) -> Int? {
    switch outcome {
    case .failure(.unreachable), .failure(.broken): 0
    case .success(let response) where RetryPolicy.isTemporary(response.status): response.retryAfter
    case .failure, .success: nil
    }
  }

  private func exchange(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
    guard CurlLibrary.isReady, var handle = CurlHandle() else { throw .library }
    let answer = BoundedBytes(limit: limit)
    try configure(&handle, request)
    let code = handle.perform(body: request.body, into: answer)
    guard code == CURLE_OK else { throw failure(code, handle, answer, request.endpoint.authority) }
    let status = handle.long(CURLINFO_RESPONSE_CODE)
    if (300..<400).contains(status) {
      throw .redirected(host: request.endpoint.authority, to: Self.host(of: handle.text(CURLINFO_REDIRECT_URL)))
    }
    return HTTPResponse(status: status, body: answer.bytes, retryAfter: handle.size(CURLINFO_RETRY_AFTER))
  }

  private func configure(_ handle: inout CurlHandle, _ request: HTTPRequest) throws(HTTPFailure) {
    var isTaken = handle.set(CURLOPT_URL, request.address)
    isTaken = handle.set(CURLOPT_PROTOCOLS_STR, request.endpoint.scheme) && isTaken
    // What goes to this machine may be in plain text and must not reach another on its way.
    let proxy = request.endpoint.isThisMachine ? "" : proxy ?? ""
    isTaken = handle.set(CURLOPT_PROXY, proxy) && handle.set(CURLOPT_NOPROXY, "") && isTaken
    isTaken = handle.set(CURLOPT_SSL_VERIFYPEER, 1) && handle.set(CURLOPT_SSL_VERIFYHOST, 2) && isTaken
    isTaken = handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)) && isTaken
    if let authorities { isTaken = handle.set(CURLOPT_CAINFO, authorities) && isTaken }
    isTaken = handle.set(CURLOPT_FOLLOWLOCATION, 0) && handle.set(CURLOPT_NOSIGNAL, 1) && isTaken
    isTaken = handle.set(CURLOPT_CONNECTTIMEOUT_MS, connectTimeout) && isTaken
    isTaken = handle.set(CURLOPT_TIMEOUT_MS, timeout) && isTaken
    isTaken = handle.set(CURLOPT_USERAGENT, "trunkline") && isTaken
    isTaken = handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)) && isTaken
    isTaken = handle.set(headers: request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"]) && isTaken
    guard isTaken else { throw .library }
  }

  private func failure(
    _ code: CURLcode, _ handle: borrowing CurlHandle, _ answer: BoundedBytes, _ host: String
  ) -> HTTPFailure {
    let reason = CurlHandle.explanation(of: code)
    switch code {
    case CURLE_WRITE_ERROR where answer.isOverflown: return .tooLarge(host: host, limit: limit)
    case CURLE_OPERATION_TIMEDOUT:
      let isConnected = handle.size(CURLINFO_PRETRANSFER_TIME_T) > 0
      return isConnected ? .timedOut(host: host, milliseconds: timeout) : .unreachable(host: host, reason)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
      return .unreachable(host: host, reason)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM:
      return .certificate(host: host, reason)
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .address(reason)
    default: return .broken(host: host, reason)
    }
  }

  /// Only the host of where a server points: the rest may hold anything.
  private static func host(of location: String) -> String {
    (try? Endpoint(location)).map(\.authority) ?? "another address"
  }
}
