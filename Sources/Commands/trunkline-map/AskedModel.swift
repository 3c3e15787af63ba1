import Asking
import CLI
import Inference
import Mapping
import Records

/// A model that is asked about what the rules leave undecided, once per table.
struct AskedModel {
  private let provider: any Provider
  private let invocation: Invocation
  /// False while the request is only shown.
  private let isSent: Bool

  /// Nil where nobody is to be asked; statuses 64 and 78 where the command line or the settings do not allow it.
  init?(_ invocation: Invocation) throws(Failure) {
    let isExplained = invocation.flag("explain")
    guard let named = invocation.value("ai") else {
      if invocation.flag("send") { throw Failure(.usage, "--send is for map suggest --ai --explain", hint: "add --ai") }
      return nil
    }
    for other in ["json", "save"] where isExplained && invocation.flag(other) {
      throw Failure(.usage, "--ai --explain prints for people, not --\(other)", hint: "leave one of them away")
    }
    self.invocation = invocation
    provider = try ProviderChoice.make(invocation, named: named == MapCommand.configured ? nil : named)
    isSent = !isExplained || invocation.flag("send")
  }

  /// Adds the model's proposals and says what was or would be sent; false where there was no answer.
  func ask(_ proposal: inout TableProposal, rows: [JSON]) throws -> Bool {
    guard let question = ColumnQuestion(proposal, rows: rows) else {
      invocation.console.note("every column is decided: nobody is asked")
      return true
    }
    if question.leftOut > 0 {
      invocation.console.warning("\(question.leftOut) undecided columns are not asked about: too many for one question")
    }
    if invocation.flag("explain") { try show(question) }
    let previews = provider.preview(question.question)
    guard isSent || previews.isEmpty else { return true }
    do throws(InferenceFailure) {
      let answer = try provider.answer(question.question)
      let by = provider.name.rawValue + "/" + provider.model
      for refusal in question.adopt(answer.value, by: by, into: &proposal) { invocation.console.note(refusal) }
      return true
    } catch {
      let failure = ProviderChoice.failure(of: error)
      invocation.console.warning("no proposals: " + failure.message, hint: failure.hint)
      return false
    }
  }

  private func show(_ question: ColumnQuestion) throws {
    let previews = provider.preview(question.question)
    guard let first = previews.first else { return }
    let key = try invocation.secret("ai.key")?.reference
    var lines = [
      (isSent ? "sent to " : "would be sent with --send to ") + "\(provider.name.rawValue), model \(provider.model):",
      first.line,
    ]
    lines += first.headers
    if let key { lines.append("and the key of \(key) (\(Secret.tail(key, environment: invocation.environment)))") }
    lines += ["", first.body, ""]
    let taken = Redactor.Finding.allCases.compactMap { finding in
      question.redactions[finding].map { "\($0) \(finding.rawValue)" }
    }
    lines.append("taken out before: " + (taken.isEmpty ? "nothing" : taken.joined(separator: ", ")))
    if previews.count > 1 {
      lines.append("should the server not know how the schema is handed over, the same is sent another way (ai.form)")
    }
    try invocation.console.out(lines.joined(separator: "\n") + "\n")
  }
}
