import Asking
import CLI
import HTTP
import Inference
import Records

/// One small question to a service, and what can be said of it afterwards.
struct Probe {
  private let provider: RemoteProvider
  private let invocation: Invocation

  init(_ provider: RemoteProvider, _ invocation: Invocation) {
    self.provider = provider
    self.invocation = invocation
  }

  private static let question = Question(
    name: "trunkline_probe", instructions: "Choose the word that names a colour. Answer with JSON only.",
    data: .fields([("words", .array([.string("copper"), .string("purple"), .string("router")]))]),
    schema: .fields([
      ("type", .string("object")),
      (
        "properties",
        .fields([
          (
            "colour",
            .fields([
              ("type", .string("string")),
              ("enum", .array([.string("copper"), .string("purple"), .string("router")])),
            ])
          )
        ])
      ),
      ("required", .array([.string("colour")])), ("additionalProperties", .bool(false)),
    ]), rules: .null)

  func run() throws -> ExitStatus {
    do {
      let known = try provider.models()
      let start = Clock.monotonic()
      let outcome = Result { () throws(InferenceFailure) in try provider.answer(Self.question) }
      let milliseconds = Int((Clock.monotonic() - start) * 1000)
      if let unknown = unknownModel(outcome, known) { throw unknown }
      try invocation.console.out(try report(try outcome.get(), known, milliseconds))
      return .done
    } catch let error as InferenceFailure {
      throw ProviderChoice.failure(of: error)
    }
  }

  private func report(_ answer: Answer, _ known: [String]?, _ milliseconds: Int) throws -> String {
    let reference = try invocation.secret("ai.key")?.reference
    let key = reference.map { "\($0) (\(Secret.tail($0, environment: invocation.environment)))" } ?? "none"
    let rows = [
      ("provider", provider.name.rawValue), ("endpoint", provider.endpoint.text()),
      ("model", provider.model + listed(known)), ("answered", answer.model), ("key", key),
      ("schema", "kept, handed over as \(answer.form)"), ("latency", "\(milliseconds) ms"),
    ]
    return rows.map { $0.0 + String(repeating: " ", count: 10 - $0.0.count) + printable($0.1) + "\n" }.joined()
  }

  private func listed(_ known: [String]?) -> String {
    guard let known else { return " (the endpoint has no list of models)" }
    return known.contains(provider.model)
      ? " (one of \(known.count) at the endpoint)" : " (not among the \(known.count) the endpoint lists)"
  }

  /// What a server says of itself must not drive a terminal.
  private func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(200).filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }))
  }

  /// A model nobody knows, with those the endpoint does.
  private func unknownModel(_ outcome: Result<Answer, InferenceFailure>, _ known: [String]?) -> Failure? {
    guard case .failure(let error) = outcome, case .status(_, let status, _) = error, [400, 404].contains(status),
      let known, !known.contains(provider.model)
    else { return nil }
    let some = known.prefix(10).map(printable).joined(separator: ", ")
    return Failure(.configuration, error.message, hint: "the endpoint lists \(some)\(known.count > 10 ? ", ..." : "")")
  }
}
