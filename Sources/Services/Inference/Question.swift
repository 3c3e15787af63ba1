package import Records

/// What a model is asked, whoever answers.
package struct Question: Sendable {
  /// A-Z, a-z, 0-9 and `_`, at most 64.
  package let name: String
  /// Ours alone; nothing of the user's data stands in it.
  package let instructions: String
  /// All of the user's data that leaves, redacted already.
  package let data: JSON
  /// What the answer is bound to: objects, arrays, texts, `enum`, `$ref` into `$defs`.
  package let schema: JSON
  /// What the rules alone say, for `deterministic`.
  package let rules: JSON

  package init(name: String, instructions: String, data: JSON, schema: JSON, rules: JSON) {
    self.name = name
    self.instructions = instructions
    self.data = data
    self.schema = schema
    self.rules = rules
  }
}

/// An answer that holds to the question's schema.
package struct Answer: Equatable, Sendable {
  package let value: JSON
  /// As the server names it, which may be longer than what was asked for; shown, never stored.
  package let model: String
  /// How the schema was handed over: `json_schema`, `json_object`, `tool`, `rules`.
  package let form: String
}

/// What would be sent, without the key.
package struct Preview: Equatable, Sendable {
  /// `POST https://...`
  package let line: String
  package let headers: [String]
  package let body: String
}

/// Somebody who answers questions.
package protocol Provider: Sendable {
  var name: ProviderName { get }
  var model: String { get }
  /// The request, and the one it is replaced by where a server does not know its form; none where nothing leaves.
  func preview(_ question: Question) -> [Preview]
  /// Asks once; every answer is checked against the schema here.
  func answer(_ question: Question) throws(InferenceFailure) -> Answer
}

/// The providers there are, as settings name them.
package enum ProviderName: String, CaseIterable, Sendable {
  case openai, anthropic
  case compatible = "openai-compatible"
  case deterministic

  /// Where it is asked unless told otherwise.
  package var standardEndpoint: String? {
    switch self {
    case .openai: "https://api.openai.com/v1"
    case .anthropic: "https://api.anthropic.com/v1"
    case .compatible, .deterministic: nil
    }
  }
}

/// Answers with what the rules say; nothing leaves the machine.
package struct RuleProvider: Provider {
  package let name = ProviderName.deterministic
  package let model = "rules"

  package init() {}

  package func preview(_ question: Question) -> [Preview] { [] }

  package func answer(_ question: Question) throws(InferenceFailure) -> Answer {
    if let problem = SchemaCheck.problem(question.rules, question.schema) { throw .offSchema(problem) }
    return Answer(value: question.rules, model: model, form: "rules")
  }
}
