package import CLI
import HTTP
package import Inference

/// Which model a command asks, from its settings; the only place where a key is read.
package enum ProviderChoice {
  /// Options that override settings, for a command that may ask; `prefix` keeps them apart from the command's own.
  package static func options(prefix: String = "") -> [Option] {
    let settings = [("ai.model", "NAME"), ("ai.endpoint", "URL"), ("ai.key", "REF")].compactMap { key, metavar in
      Settings.named(key).map { setting in
        Option.value(prefix + String(key.dropFirst("ai.".count)), metavar, setting.help, key: key)
      }
    }
    return settings + [.setting("offline", "")]
  }

  /// The provider of the settings, or the one that was named; status 78 where it is off or something is missing.
  package static func make(_ invocation: Invocation, named given: String? = nil) throws(Failure) -> any Provider {
    let configured = try invocation.setting("ai.provider")?.values.last
    guard let name = (given ?? configured).flatMap({ ProviderName(rawValue: $0) }) else {
      throw Failure(
        .configuration, "no model is set up to be asked",
        hint: "set ai.provider to \(ProviderName.allCases.map(\.rawValue).joined(separator: ", ")) (see docs/ai.md)")
    }
    try checkWhose(invocation, name)
    return try remote(invocation, name) ?? RuleProvider()
  }

  /// The key of one provider is not sent to another: who is named on the command line gets what stands there only.
  private static func checkWhose(_ invocation: Invocation, _ name: ProviderName) throws(Failure) {
    let variable = invocation.environment[Settings.environmentName("ai.provider")]
    let standing = variable ?? invocation.configuration.entries["ai.provider"]?.text
    guard let other = standing.flatMap({ ProviderName(rawValue: $0) }), other != name, name != .deterministic else {
      return
    }
    for key in ["ai.key", "ai.endpoint", "ai.model"] {
      guard let resolved = try invocation.setting(key) else { continue }
      if case .flag = resolved.source { continue }
      throw Failure(
        .configuration, "\(key) (\(resolved.source)) is meant for \(other.rawValue), not for \(name.rawValue)",
        hint: "give key, endpoint and model of \(name.rawValue) on the command line, or set ai.provider")
    }
  }

  /// A service over the network, with its key read; nil where nothing leaves.
  private static func remote(_ invocation: Invocation, _ name: ProviderName) throws(Failure) -> RemoteProvider? {
    if name == .deterministic { return nil }
    guard let model = try invocation.setting("ai.model")?.values.last else {
      throw Failure(.configuration, "no model is named", hint: "set ai.model, as \(name.rawValue) names it")
    }
    let given = try invocation.setting("ai.endpoint")?.values.last
    guard let address = given ?? name.standardEndpoint else {
      throw Failure(
        .configuration, "no endpoint is set", hint: "set ai.endpoint, for example http://127.0.0.1:11434/v1")
    }
    let endpoint = try endpoint(address)
    let key = try invocation.secret("ai.key").map { APIKey($0.text) }
    guard key != nil || endpoint.isThisMachine else {
      throw Failure(
        .configuration, "no key is set for \(endpoint.authority)", hint: "set ai.key to env:NAME or file:PATH")
    }
    return RemoteProvider(
      name, endpoint: endpoint, model: model, key: key, longest: try positive(invocation, "ai.max_tokens"),
      form: try invocation.setting("ai.form")?.values.last, client: try client(invocation))
  }

  private static func endpoint(_ address: String) throws(Failure) -> Endpoint {
    do {
      return try Endpoint(address)
    } catch {
      throw Failure(.configuration, "ai.endpoint: \(error.message)", hint: error.hint)
    }
  }

  private static func client(_ invocation: Invocation) throws(Failure) -> HTTPClient {
    var client = HTTPClient()
    client.isOffline = try invocation.setting("offline")?.values.last == "true"
    client.timeout = try positive(invocation, "ai.timeout") * 1000
    client.connectTimeout = try positive(invocation, "ai.connect_timeout") * 1000
    client.authorities = try invocation.setting("ai.ca_file")?.values.last
    client.proxy = try invocation.setting("ai.proxy")?.values.last
    return client
  }

  private static func positive(_ invocation: Invocation, _ key: String) throws(Failure) -> Int {
    let text = try invocation.setting(key)?.values.last ?? ""
    guard let number = Int(text), (1...1_000_000).contains(number) else {
      throw Failure(.configuration, "\(key): \"\(text)\" is not a number of 1 to 1000000")
    }
    return number
  }

  /// An answer that never came, as a failure of the command.
  package static func failure(of error: InferenceFailure) -> Failure {
    let status: ExitStatus =
      switch error {
      case .keyRefused: .notPermitted
      case .notJSON, .offSchema, .refused, .cut: .changes
      case .http, .status, .unexpected: error.isTemporary ? .temporary : .configuration
      }
    return Failure(status, error.message, hint: error.hint)
  }
}
