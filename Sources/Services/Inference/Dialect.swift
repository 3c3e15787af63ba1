import Records

/// One way of handing a schema over.
struct Form {
  let name: String
  let body: JSON
}

/// How one service words questions and answers.
protocol Dialect: Sendable {
  /// Beyond the endpoint.
  var path: String { get }
  /// Header names and values that carry the key, or go along without one.
  func headers(key: String?) -> [(name: String, value: String)]
  /// The bodies to try, newest first; a later one only where the server does not know the form.
  func forms(_ question: Question, model: String, longest tokens: Int) -> [Form]
  /// The answer's value, from a body with status 200.
  func value(of body: JSON) throws(InferenceFailure) -> JSON
}

extension Dialect {
  /// The one JSON value a model wrote; what it thought aloud before, and a fence around, is dropped.
  func parse(_ text: String) throws(InferenceFailure) -> JSON {
    var rest = text[...]
    if let end = rest.lastIndex(after: "</think>") { rest = rest[end...] }
    rest = rest.trimmed
    if rest.hasPrefix("```"), rest.hasSuffix("```"), let line = rest.firstIndex(of: "\n") {
      rest = rest[rest.index(after: line)...].dropLast(3)
    }
    guard let value = JSON.parse(String(rest)) else { throw .notJSON }
    return value
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let head = drop { $0.isWhitespace }
    return head[..<(head.lastIndex { !$0.isWhitespace }.map { head.index(after: $0) } ?? head.endIndex)]
  }

  /// The place after the last occurrence of a mark.
  fileprivate func lastIndex(after mark: String) -> Index? {
    indices.last { self[$0...].hasPrefix(mark) }.map { index($0, offsetBy: mark.count) }
  }
}

/// OpenAI's Responses API with a strict schema; the service is asked not to keep the exchange.
struct ResponsesDialect: Dialect {
  let path = "/responses"

  func headers(key: String?) -> [(name: String, value: String)] {
    key.map { [("Authorization", "Bearer \($0)")] } ?? []
  }

  func forms(_ question: Question, model: String, longest tokens: Int) -> [Form] {
    let format: JSON = .fields([
      ("type", .string("json_schema")), ("name", .string(question.name)), ("strict", .bool(true)),
      ("schema", question.schema),
    ])
    let body: JSON = .fields([
      ("model", .string(model)), ("instructions", .string(question.instructions)),
      ("input", .string(question.data.line)), ("text", .fields([("format", format)])),
      ("max_output_tokens", .int(tokens)), ("store", .bool(false)),
    ])
    return [Form(name: "json_schema", body: body)]
  }

  func value(of body: JSON) throws(InferenceFailure) -> JSON {
    let content = (body["output"]?.items ?? []).filter { $0["type"]?.text == "message" }
      .flatMap { $0["content"]?.items ?? [] }
    if let words = content.first(where: { $0["type"]?.text == "refusal" })?["refusal"]?.text { throw .refused(words) }
    if body["status"]?.text == "incomplete" {
      let reason = body["incomplete_details"]?["reason"]?.text ?? ""
      if reason == "content_filter" { throw .refused(reason) }
      throw .cut
    }
    let text = content.filter { $0["type"]?.text == "output_text" }.compactMap { $0["text"]?.text }.joined()
    if text.isEmpty { throw .unexpected("no output_text") }
    return try parse(text)
  }
}

/// Anthropic's Messages API: the schema as the output's format, else as the input of the one tool there is.
struct MessagesDialect: Dialect {
  let path = "/messages"

  func headers(key: String?) -> [(name: String, value: String)] {
    [("anthropic-version", "2023-06-01")] + (key.map { [("X-Api-Key", $0)] } ?? [])
  }

  func forms(_ question: Question, model: String, longest tokens: Int) -> [Form] {
    let start: [(String, JSON)] = [
      ("model", .string(model)), ("max_tokens", .int(tokens)), ("system", .string(question.instructions)),
      (
        "messages",
        .array([.fields([("role", .string("user")), ("content", .string(question.data.line))])])
      ),
    ]
    let format: JSON = .fields([("type", .string("json_schema")), ("schema", question.schema)])
    let tool: JSON = .fields([
      ("name", .string(question.name)), ("description", .string("takes the answer")), ("input_schema", question.schema),
    ])
    let choice: JSON = .fields([("type", .string("tool")), ("name", .string(question.name))])
    return [
      Form(name: "json_schema", body: .fields(start + [("output_config", .fields([("format", format)]))])),
      Form(name: "tool", body: .fields(start + [("tools", .array([tool])), ("tool_choice", choice)])),
    ]
  }

  func value(of body: JSON) throws(InferenceFailure) -> JSON {
    let content = body["content"]?.items ?? []
    let text = content.filter { $0["type"]?.text == "text" }.compactMap { $0["text"]?.text }.joined()
    switch body["stop_reason"]?.text {
    case "refusal": throw .refused(text)
    case "max_tokens", "model_context_window_exceeded": throw .cut
    default: break
    }
    if let input = content.first(where: { $0["type"]?.text == "tool_use" })?["input"] { return input }
    if text.isEmpty { throw .unexpected("neither text nor tool_use") }
    return try parse(text)
  }
}

/// Chat completions as many servers speak them: MiniMax, Ollama, vLLM, llama.cpp.
struct ChatDialect: Dialect {
  let path = "/chat/completions"

  func headers(key: String?) -> [(name: String, value: String)] { ResponsesDialect().headers(key: key) }

  func forms(_ question: Question, model: String, longest tokens: Int) -> [Form] {
    let messages: JSON = .array([
      .fields([("role", .string("system")), ("content", .string(question.instructions))]),
      .fields([("role", .string("user")), ("content", .string(question.data.line))]),
    ])
    let named: JSON = .fields([
      ("name", .string(question.name)), ("strict", .bool(true)), ("schema", question.schema),
    ])
    let formats: [(String, JSON)] = [
      ("json_schema", .fields([("type", .string("json_schema")), ("json_schema", named)])),
      ("json_object", .fields([("type", .string("json_object")), ("schema", question.schema)])),
    ]
    return formats.map { name, format in
      Form(
        name: name,
        body: .fields([
          ("model", .string(model)), ("messages", messages), ("response_format", format), ("max_tokens", .int(tokens)),
          ("stream", .bool(false)),
        ]))
    }
  }

  func value(of body: JSON) throws(InferenceFailure) -> JSON {
    guard let choice = body["choices"]?.items.first else { throw .unexpected("no choices") }
    let message = choice["message"]
    if let words = message?["refusal"]?.text, !words.isEmpty { throw .refused(words) }
    switch choice["finish_reason"]?.text {
    case "content_filter": throw .refused("content_filter")
    case "length": throw .cut
    default: break
    }
    guard let text = message?["content"]?.text, !text.isEmpty else { throw .unexpected("no content") }
    return try parse(text)
  }
}
