import Asking
import CLI
import Inference

/// The provider `--ai` names, and whether it is really asked or what it would be sent only shown.
struct AskedProvider {
  enum Outcome {
    /// Nothing was sent.
    case unsent
    /// It was asked in vain; a warning has said why.
    case failed
    case answered(Answer)
  }

  let provider: any Provider
  private let invocation: Invocation
  /// False while the request is only shown.
  private let isSent: Bool

  /// Nil where nobody is to be asked; statuses 64 and 78 where the command line or the settings do not allow it.
  init?(_ invocation: Invocation) throws(Failure) {
    let isExplained = invocation.flag("explain")
    guard let named = invocation.value("ai") else {
      if invocation.flag("send") { throw Failure(.usage, "--send is for --ai --explain", hint: "add --ai") }
      return nil
    }
    for other in ["json", "save"] where isExplained && invocation.flag(other) {
      throw Failure(.usage, "--ai --explain prints for people, not --\(other)", hint: "leave one of them away")
    }
    self.invocation = invocation
    provider = try ProviderChoice.make(invocation, named: named == MapCommand.configured ? nil : named)
    isSent = !isExplained || invocation.flag("send")
  }

  /// `PROVIDER/MODEL`, as what it says is marked.
  var name: String { provider.name.rawValue + "/" + provider.model }

  /// Asks, and shows the request by `show` under `--explain`; `lost` says what is missing without an answer.
  func ask(
    _ question: Question, redactions: [Redactor.Finding: Int], lost: String, show: (String) throws -> Void
  ) throws -> Outcome {
    if invocation.flag("explain"), let text = try request(question, redactions) { try show(text) }
    guard isSent || provider.preview(question).isEmpty else { return .unsent }
    do throws(InferenceFailure) {
      return .answered(try provider.answer(question))
    } catch {
      let failure = ProviderChoice.failure(of: error)
      invocation.console.warning(lost + ": " + failure.message, hint: failure.hint)
      return .failed
    }
  }

  /// The request to the letter, without the key; nil where nothing leaves.
  private func request(_ question: Question, _ redactions: [Redactor.Finding: Int]) throws -> String? {
    let previews = provider.preview(question)
    guard let first = previews.first else { return nil }
    let key = try invocation.secret("ai.key")?.reference
    var lines = [
      (isSent ? "sent to " : "would be sent with --send to ") + "\(provider.name.rawValue), model \(provider.model):",
      first.line,
    ]
    lines += first.headers
    if let key { lines.append("and the key of \(key) (\(Secret.tail(key, environment: invocation.environment)))") }
    lines += ["", first.body, ""]
    let taken = Redactor.Finding.allCases.compactMap { finding in
      redactions[finding].map { "\($0) \(finding.rawValue)" }
    }
    lines.append("taken out before: " + (taken.isEmpty ? "nothing" : taken.joined(separator: ", ")))
    if previews.count > 1 {
      lines.append("should the server not know how the schema is handed over, the same is sent another way (ai.form)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
