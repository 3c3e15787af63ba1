import HTTP
import Inference
import Records
import TestSupport
import Testing

/// Answers as each provider words them, right and wrong ones, and what exactly is asked.
@Suite struct ProviderTests {
  static let remote: [ProviderName] = [.openai, .anthropic, .compatible]

  static let question = Question(
    name: "probe", instructions: "Say which.", data: .fields([("word", .string("Straße \"1\"\n"))]),
    schema: .fields([
      ("type", .string("object")), ("properties", .fields([("pick", .fields([("$ref", .string("#/$defs/choice"))]))])),
      ("required", .array([.string("pick")])), ("additionalProperties", .bool(false)),
      ("$defs", .fields([("choice", .fields([("enum", .array([.string("left"), .string("right")]))]))])),
    ]), rules: .fields([("pick", .string("left"))]))

  /// A whole answer of a provider around what the model wrote.
  static func reply(_ name: ProviderName, _ text: String, ended: String? = nil) -> String {
    let text = JSON.quote(text)
    switch name {
    case .openai:
      let status =
        ended == nil
        ? #""completed","incomplete_details":null"# : #""incomplete","incomplete_details":{"reason":"\#(ended ?? "")"}"#
      return
        #"{"id":"resp_1","object":"response","created_at":1,"status":\#(status),"error":null,"model":"m-2025-11-13","output":[{"type":"reasoning","id":"rs_1","summary":[]},{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":\#(text)}]}],"usage":{"input_tokens":9,"output_tokens":5,"total_tokens":14}}"#
    case .anthropic:
      return
        #"{"id":"msg_1","type":"message","role":"assistant","model":"m-2025-11-13","content":[{"type":"thinking","thinking":"","signature":"x"},{"type":"text","text":\#(text)}],"stop_reason":"\#(ended ?? "end_turn")","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":5}}"#
    case .compatible, .deterministic:
      return
        #"{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m-2025-11-13","choices":[{"index":0,"message":{"role":"assistant","content":\#(text),"refusal":null},"logprobs":null,"finish_reason":"\#(ended ?? "stop")"}],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14}}"#
    }
  }

  static func provider(_ name: ProviderName, _ server: LoopbackServer, key: String? = "sk-test-0123456789abcdef") throws
    -> RemoteProvider
  {
    try #require(
      try RemoteProvider(
        name, endpoint: Endpoint(server.address + "/v1"), model: "m", key: key.map { APIKey($0) }, longest: 99,
        client: Waits().client))
  }

  private func ask(_ name: ProviderName, _ replies: [Reply]) throws -> (
    Result<Answer, InferenceFailure>, LoopbackServer
  ) {
    let server = try LoopbackServer(replies)
    let provider = try Self.provider(name, server)
    return (Result { () throws(InferenceFailure) in try provider.answer(Self.question) }, server)
  }

  private func failure(_ name: ProviderName, _ replies: Reply...) throws -> InferenceFailure? {
    if case .failure(let failure) = try ask(name, replies).0 { return failure }
    return nil
  }

  @Test(arguments: remote)
  func aGoodAnswer(_ name: ProviderName) throws {
    let (result, server) = try ask(name, [.json(Self.reply(name, #"{"pick":"right"}"#))])
    let answer = try result.get()
    #expect(answer.value == .fields([("pick", .string("right"))]))
    #expect(answer.model == "m-2025-11-13" && answer.form == "json_schema")
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    (
      ProviderName.openai, "POST /v1/responses HTTP/1.1", ["Authorization: Bearer sk-test-0123456789abcdef"],
      #"{"model":"m","instructions":"Say which.","input":"{\"word\":\"Straße \\\"1\\\"\\n\"}","text":{"format":{"type":"json_schema","name":"probe","strict":true,"schema":SCHEMA}},"max_output_tokens":99,"store":false}"#
    ),
    (
      .anthropic, "POST /v1/messages HTTP/1.1",
      ["anthropic-version: 2023-06-01", "X-Api-Key: sk-test-0123456789abcdef"],
      #"{"model":"m","max_tokens":99,"system":"Say which.","messages":[{"role":"user","content":"{\"word\":\"Straße \\\"1\\\"\\n\"}"}],"output_config":{"format":{"type":"json_schema","schema":SCHEMA}}}"#
    ),
    (
      .compatible, "POST /v1/chat/completions HTTP/1.1", ["Authorization: Bearer sk-test-0123456789abcdef"],
      #"{"model":"m","messages":[{"role":"system","content":"Say which."},{"role":"user","content":"{\"word\":\"Straße \\\"1\\\"\\n\"}"}],"response_format":{"type":"json_schema","json_schema":{"name":"probe","strict":true,"schema":SCHEMA}},"max_tokens":99,"stream":false}"#
    ),
  ])
  func theExactRequest(_ name: ProviderName, _ line: String, _ headers: [String], _ body: String) throws {
    let (_, server) = try ask(name, [.json(Self.reply(name, #"{"pick":"right"}"#))])
    let request = try #require(server.requests.first)
    let schema =
      ##"{"type":"object","properties":{"pick":{"$ref":"#/$defs/choice"}},"required":["pick"],"additionalProperties":false,"$defs":{"choice":{"enum":["left","right"]}}}"##
    let expected = body.split(separator: "SCHEMA").joined(separator: schema)
    #expect(request.line == line)
    #expect(request.body == expected)
    for header in headers { #expect(request.headers.contains(header)) }
    let preview = try #require(try Self.provider(name, server).preview(Self.question).first)
    #expect(preview.body == expected && preview.line == "POST \(server.address)" + line.split(separator: " ")[1])
    #expect(!preview.headers.joined().contains("sk-test"), "a preview shows no key")
  }

  @Test(arguments: remote)
  func withoutAKeyNoneIsSent(_ name: ProviderName) throws {
    let server = try LoopbackServer(.json(Self.reply(name, #"{"pick":"right"}"#)))
    _ = try Self.provider(name, server, key: nil).answer(Self.question)
    let request = try #require(server.requests.first)
    #expect(request.header("Authorization") == nil && request.header("x-api-key") == nil)
  }

  @Test(arguments: [ProviderName.anthropic, .compatible], [400, 422])
  func anOlderFormIsTriedOnce(_ name: ProviderName, _ status: Int) throws {
    let refusal = Reply.json(#"{"error":{"type":"invalid_request_error","message":"unknown field"}}"#, status: status)
    let text = Self.reply(name, #"{"pick":"left"}"#)
    let tool =
      #"{"type":"message","model":"m","content":[{"type":"tool_use","id":"t","name":"probe","input":{"pick":"left"}}],"stop_reason":"tool_use"}"#
    let (result, server) = try ask(name, [refusal, .json(name == .anthropic ? tool : text)])
    #expect(try result.get().form == (name == .anthropic ? "tool" : "json_object"))
    let bodies = server.requests.map(\.body)
    #expect(try bodies == Self.provider(name, server).preview(Self.question).map(\.body))
    let part =
      name == .anthropic
      ? #""tool_choice":{"type":"tool","name":"probe"}"# : #""response_format":{"type":"json_object","schema":{"#
    #expect(bodies.last?.contains(part) == true)
    let fault = Reply.json(#"{"error":{"message":"body, response_format, type: Input should be 'text'"}}"#, status: 500)
    let left = Reply.json(Self.reply(.compatible, #"{"pick":"left"}"#))
    #expect(try ask(.compatible, [fault, fault, fault, left]).0.get().form == "json_object")
    guard case .status(_, status, "unknown field")? = try failure(name, refusal) else {
      Issue.record("the last refusal is not the one reported")
      return
    }
  }

  @Test(arguments: remote)
  func whatIsNoAnswer(_ name: ProviderName) throws {
    func told(_ text: String) throws -> InferenceFailure? { try failure(name, .json(Self.reply(name, text))) }
    #expect(try told("I think it is left.") == .notJSON)
    #expect(try told(#"{"pick":"left""#) == .notJSON)
    #expect(try told(#"{"pick":"left","pick":"right"}"#) == .notJSON)
    #expect(try told(#"{"pick":"up"}"#) == .offSchema("pick is none of the choices"))
    #expect(try told(#"{"pick":1}"#) == .offSchema("pick is none of the choices"))
    #expect(try told(#"{}"#) == .offSchema("it lacks pick"))
    #expect(try told(#"["left"]"#) == .offSchema("it is no object"))
    #expect(try told(#"{"pick":"left","run":"rm"}"#) == .offSchema("it has run, which nobody asked for"))
  }

  @Test(arguments: remote)
  func thoughtsAndFencesAreDropped(_ name: ProviderName) throws {
    for text in [
      "<think>left? {\"pick\":\"left\"}</think>\n{\"pick\":\"right\"}", "```json\n{\"pick\":\"right\"}\n```",
    ] {
      let (result, _) = try ask(name, [.json(Self.reply(name, text))])
      #expect(try result.get().value == .fields([("pick", .string("right"))]))
    }
  }

  @Test(arguments: [(ProviderName.openai, "max_output_tokens"), (.anthropic, "max_tokens"), (.compatible, "length")])
  func anAnswerCutOff(_ name: ProviderName, _ ended: String) throws {
    #expect(try failure(name, .json(Self.reply(name, #"{"pick":"le"#, ended: ended))) == .cut)
  }

  @Test func aModelThatDeclines() throws {
    let openai =
      #"{"status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"I cannot."}]}]}"#
    #expect(try failure(.openai, .json(openai)) == .refused("I cannot."))
    #expect(try failure(.openai, .json(Self.reply(.openai, "", ended: "content_filter"))) == .refused("content_filter"))
    #expect(try failure(.anthropic, .json(Self.reply(.anthropic, "No.", ended: "refusal"))) == .refused("No."))
    let chat =
      #"{"choices":[{"message":{"role":"assistant","content":null,"refusal":"I cannot."},"finish_reason":"stop"}]}"#
    #expect(try failure(.compatible, .json(chat)) == .refused("I cannot."))
    #expect(
      try failure(.compatible, .json(Self.reply(.compatible, "", ended: "content_filter")))
        == .refused("content_filter"))
  }

  @Test(arguments: remote)
  func bodiesThatAreNoAnswer(_ name: ProviderName) throws {
    #expect(try failure(name, .json("<html>login</html>")) == .unexpected("it is not JSON"))
    #expect(try failure(name, .json("")) == .unexpected("it is not JSON"))
    let invalid = Reply(body: Array(#"{"model":"\#u{0}"}"#.utf8).map { $0 == 0 ? 0xFF : $0 })
    #expect(try failure(name, invalid) == .unexpected("its bytes are not UTF-8"))
    for empty in ["{}", "[]", "null", #"{"output":[],"content":[],"choices":[]}"#] {
      guard case .unexpected? = try failure(name, .json(empty)) else {
        Issue.record("\(name) takes \(empty)")
        return
      }
    }
    guard case .http(.broken)? = try failure(name, Reply(body: Array("{\"a\":1}".utf8), manner: .cut(3))) else {
      Issue.record("a truncated body is taken")
      return
    }
  }

  @Test(arguments: remote)
  func refusalsOfTheServer(_ name: ProviderName) throws {
    let leak = #"{"error":{"message":"Incorrect API key provided: sk-test-0123456789abcdef."}}"#
    for status in [401, 403] {
      let failure = try #require(try failure(name, .json(leak, status: status)))
      guard case .keyRefused(_, status) = failure else {
        Issue.record("\(failure)")
        return
      }
      #expect(!"\(failure) \(failure.message)".contains("sk-test"))
    }
    let failure = try #require(try failure(name, .json(leak, status: 404)))
    #expect(failure.message.hasSuffix("status 404: Incorrect API key provided: (key)."))
    #expect(!failure.isTemporary)
    for status in [429, 500, 503, 529] {
      #expect(try self.failure(name, .json("{}", status: status))?.isTemporary == true)
    }
  }

  @Test func longWordsOfAServerAreCut() throws {
    let words = String(repeating: "x", count: 5000)
    let failure = try failure(.compatible, .json(#"{"error":{"message":"\#(words)"}}"#, status: 404))
    #expect((failure?.message.count ?? 0) < 300)
  }

  @Test func modelsAreListed() throws {
    let server = try LoopbackServer([
      .json(#"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#), .json("{}", status: 404),
    ])
    let provider = try Self.provider(.compatible, server)
    #expect(try provider.models() == ["a", "b"])
    #expect(try provider.models() == nil)
    #expect(server.requests.map(\.line) == ["GET /v1/models HTTP/1.1", "GET /v1/models HTTP/1.1"])
  }

  @Test func theRulesAnswerForThemselves() throws {
    let provider = RuleProvider()
    #expect(try provider.answer(Self.question).value == Self.question.rules)
    #expect(provider.preview(Self.question).isEmpty)
  }

  @Test func aKeyNeverPrints() {
    let key = APIKey("sk-test-0123456789abcdef")
    #expect("\(key) \(String(reflecting: key)) \(String(describing: Optional(key)))".contains("sk-test") == false)
  }
}
