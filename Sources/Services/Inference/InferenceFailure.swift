package import HTTP

/// Why a question has no answer; never holds a key, and of the server's words only a bounded part.
package enum InferenceFailure: Error, Equatable, Sendable {
  case http(HTTPFailure)
  /// 401 or 403; what the server says is not shown, since it may repeat the key.
  case keyRefused(host: String, status: Int)
  /// Any other status than 200, with the server's own words.
  case status(host: String, Int, String)
  /// The body is no UTF-8, no JSON, or not what the service documents.
  case unexpected(String)
  /// What the model wrote is no JSON.
  case notJSON
  /// JSON, but not of the schema.
  case offSchema(String)
  /// The model or the service declined.
  case refused(String)
  /// The answer ended at the token limit.
  case cut

  package var message: String {
    switch self {
    case .http(let failure): failure.message
    case .keyRefused(let host, let status): "\(host) refused the key (status \(status))"
    case .status(let host, let status, let words):
      "\(host) answered with status \(status)" + (words.isEmpty ? "" : ": \(words)")
    case .unexpected(let reason): "the answer is not one of this provider: \(reason)"
    case .notJSON: "the model's answer is not JSON"
    case .offSchema(let problem): "the model's answer is not of the schema: \(problem)"
    case .refused(let words): "the model declined" + (words.isEmpty ? "" : ": " + Self.bounded(words))
    case .cut: "the model's answer was cut off at the token limit"
    }
  }

  package var hint: String? {
    switch self {
    case .http(let failure): failure.hint
    case .keyRefused: "check the key that ai.key names, and that it belongs to this provider"
    case .status(_, 404, _): "check ai.endpoint and ai.model"
    case .status(_, let status, _):
      RetryPolicy.isTemporary(status) ? "try again later" : "check ai.provider, ai.endpoint and ai.model"
    case .unexpected: "check that ai.provider and ai.form are what the endpoint speaks"
    case .notJSON, .offSchema: "the model does not hold to schemas; try another, or run trunkline ai test"
    case .refused: nil
    case .cut: "raise ai.max_tokens"
    }
  }

  /// True where the same question may go well later.
  package var isTemporary: Bool {
    switch self {
    case .http(let failure): failure.isTemporary
    case .status(_, let status, _): RetryPolicy.isTemporary(status)
    default: false
    }
  }

  /// A server that does not know how the schema was handed over; some report their own validation as a fault (500).
  var isAboutTheForm: Bool {
    guard case .status(_, let status, let words) = self else { return false }
    return status == 400 || status == 422 || (status == 500 && words.contains("response_format"))
  }

  /// At most 200 characters.
  static func bounded(_ words: String) -> String {
    words.count <= 200 ? words : words.prefix(200) + "..."
  }
}
