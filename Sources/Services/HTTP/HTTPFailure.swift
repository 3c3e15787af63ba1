/// Why there is no answer; never holds a header or a body, so never a key.
package enum HTTPFailure: Error, Equatable, Sendable {
  /// `--offline`: nothing was opened.
  case offline(host: String)
  /// The address itself is wrong.
  case address(String)
  /// Plain HTTP to another machine.
  case plainText(host: String)
  /// libcurl is not installed, or would not start.
  case library
  /// The host was not found, or nobody listens there.
  case unreachable(host: String, String)
  /// The certificate is not trusted, or belongs to another host.
  case certificate(host: String, String)
  /// The connection broke before the answer was whole.
  case broken(host: String, String)
  case timedOut(host: String, milliseconds: Int)
  /// More bytes than the limit; the rest was not read.
  case tooLarge(host: String, limit: Int)
  /// The server points elsewhere; nothing was sent there.
  case redirected(host: String, to: String)
  /// The server asks to wait longer than the client is willing to.
  case busy(host: String, seconds: Int)

  package var message: String {
    switch self {
    case .offline(let host): "offline: nothing was sent to \(host)"
    case .address(let reason): reason
    case .plainText(let host): "plain http to \(host) would show keys and data to others on the way"
    case .library: "libcurl is not installed, or would not start"
    case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
    case .certificate(let host, let reason): "the certificate of \(host) is not trusted: \(reason)"
    case .broken(let host, let reason): "the connection to \(host) broke: \(reason)"
    case .timedOut(let host, let milliseconds): "\(host) did not answer within \(milliseconds) ms"
    case .tooLarge(let host, let limit): "the answer of \(host) is longer than \(limit) bytes"
    case .redirected(let host, let to): "\(host) redirects to \(to), where nothing was sent"
    case .busy(let host, let seconds): "\(host) asks to wait \(seconds) s"
    }
  }

  package var hint: String? {
    switch self {
    case .offline: "leave out --offline (and TRUNKLINE_OFFLINE)"
    case .address: nil
    case .plainText: "use https://; plain http is for this machine only (localhost, 127.0.0.1)"
    case .library: "install libcurl4 (apt-get install libcurl4)"
    case .unreachable: "check the endpoint, the network and ai.proxy"
    case .certificate: "name the authority that signed it with ai.ca_file; checking cannot be turned off"
    case .broken, .busy: "try again later"
    case .timedOut: "try again, or raise ai.timeout"
    case .tooLarge: "check that the endpoint is the right one"
    case .redirected: "set the endpoint to the right address"
    }
  }

  /// True where the same request may go well later.
  package var isTemporary: Bool {
    switch self {
    case .unreachable, .broken, .timedOut, .busy: true
    default: false
    }
  }
}
