import CLI
import HTTP
import Inference
import Records
import TestSupport
import Testing

/// `trunkline ai test` and the settings it reads, as a person sees them.
@Suite struct CommandTests {
  static let colour = #"{"colour":"purple"}"#
  static let list = Reply.json(#"{"object":"list","data":[{"id":"other"},{"id":"m"}]}"#)

  private func test(
    _ name: ProviderName, _ replies: [Reply], _ more: [String: String] = [:], arguments: [String] = []
  ) throws -> (outcome: Outcome, server: LoopbackServer) {
    let server = try LoopbackServer(replies)
    let folder = try TemporaryFolder()
    var environment = [
      "TRUNKLINE_AI__PROVIDER": name.rawValue, "TRUNKLINE_AI__ENDPOINT": server.address + "/v1",
      "TRUNKLINE_AI__MODEL": "m", "TRUNKLINE_AI__KEY": "env:SOME_KEY", "SOME_KEY": "sk-test-0123456789abcdef",
    ]
    environment.merge(more) { $1 }
    return (try run("trunkline-ai", ["test"] + arguments, environment: environment, folder: folder.path), server)
  }

  @Test(arguments: ProviderTests.remote)
  func aModelThatWorks(_ name: ProviderName) throws {
    let (outcome, server) = try test(name, [Self.list, .json(ProviderTests.reply(name, Self.colour))])
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let lines = outcome.stdout.split(separator: "\n").map(String.init)
    #expect(
      lines.dropLast() == [
        "provider  \(name.rawValue)", "endpoint  \(server.address)/v1", "model     m (one of 2 at the endpoint)",
        "answered  m-2025-11-13", "key       env:SOME_KEY (...cdef)", "schema    kept, handed over as json_schema",
      ])
    #expect(lines.last?.hasPrefix("latency   ") == true)
    #expect(server.requests.count == 2)
    #expect(!(outcome.stdout + outcome.stderr).contains("sk-test-0123456789"))
  }

  @Test func statusesSayWhatIsWrong() throws {
    let text = ProviderTests.reply(.compatible, "purple")
    let other = ProviderTests.reply(.compatible, #"{"colour":"red"}"#)
    #expect(try test(.compatible, [Self.list, .json(text)]).outcome.status == 2)
    #expect(try test(.compatible, [Self.list, .json(other)]).outcome.status == 2)
    #expect(try test(.compatible, [.json("{}", status: 401)]).outcome.status == 77)
    #expect(try test(.compatible, [.json("{}", status: 404)]).outcome.status == 78)
    #expect(try test(.compatible, [Reply(302, headers: ["Location: http://127.0.0.1:1/"])]).outcome.status == 78)
    #expect(try test(.compatible, [Reply(429, headers: ["Retry-After: 900"])]).outcome.status == 75)
    let silent = try test(.compatible, [Reply(manner: .silent)], ["TRUNKLINE_AI__TIMEOUT": "1"])
    #expect(silent.outcome.status == 75 && silent.outcome.stderr.contains("did not answer within 1000 ms"))
  }

  @Test func anUnknownModelIsAnsweredWithThoseThereAre() throws {
    let refusal = Reply.json(#"{"error":{"message":"no such model"}}"#, status: 404)
    let (outcome, _) = try test(.compatible, [Self.list, refusal], arguments: ["--model", "nosuch"])
    #expect(outcome.status == 78)
    #expect(outcome.stderr.contains("status 404: no such model"))
    #expect(outcome.stderr.contains("hint: the endpoint lists other, m"))
  }

  /// Not even the library that could open a socket is loaded.
  @Test func offlineLoadsNoNetwork() throws {
    for (arguments, isLoaded) in [(["--offline"], false), ([], true)] {
      let (outcome, server) = try test(
        .compatible, [Self.list, .json(ProviderTests.reply(.compatible, Self.colour))], ["LD_DEBUG": "files"],
        arguments: arguments)
      #expect(outcome.status == (isLoaded ? 0 : 78))
      #expect(outcome.stderr.contains("libcurl.so.4") == isLoaded)
      #expect(server.requests.isEmpty == !isLoaded)
    }
  }

  @Test func theEnvironmentsProxyIsNotUsed() throws {
    let proxy = try LoopbackServer(.json("{}"))
    let replies = [Self.list, .json(ProviderTests.reply(.compatible, Self.colour))]
    let variables = ["http_proxy": proxy.address, "all_proxy": proxy.address, "HTTPS_PROXY": proxy.address]
    #expect(try test(.compatible, replies, variables).outcome.status == 0)
    #expect(proxy.requests.isEmpty)
  }

  @Test func whatIsMissingIsSaid() throws {
    let off = try test(.compatible, [Self.list], ["TRUNKLINE_AI__PROVIDER": "off"])
    #expect(off.outcome.status == 78 && off.outcome.stderr.contains("no model is set up to be asked"))
    let remote = ["TRUNKLINE_AI__ENDPOINT": "https://models.example/v1", "TRUNKLINE_AI__KEY": ""]
    #expect(try test(.compatible, [Self.list], remote).outcome.stderr.contains("no key is set for models.example"))
    let plain = try test(.compatible, [Self.list], ["TRUNKLINE_AI__ENDPOINT": "http://models.example/v1"])
    #expect(plain.outcome.status == 78 && plain.outcome.stderr.contains("plain http to models.example"))
    let literal = try test(.compatible, [Self.list], ["TRUNKLINE_AI__KEY": "sk-test-0123456789abcdef"])
    #expect(literal.outcome.status == 78 && !literal.outcome.stderr.contains("sk-test"))
    let unset = try test(.compatible, [Self.list], ["TRUNKLINE_AI__KEY": "env:NOWHERE"])
    #expect(unset.outcome.status == 78 && unset.server.requests.isEmpty)
    for number in ["0", "-1", "1000001"] {
      #expect(try test(.compatible, [Self.list], ["TRUNKLINE_AI__TIMEOUT": number]).outcome.status == 78)
    }
  }

  /// Who is named on the command line does not get the key that is set up for another.
  @Test func aKeyIsNotSentToAnotherProvider() throws {
    let replies = [Self.list, Reply.json(ProviderTests.reply(.compatible, Self.colour))]
    let named = ["--provider", "openai-compatible"]
    for words in [named, named + ["--key", "env:OTHER_KEY"], named + ["--key", "env:OTHER_KEY", "--model", "m"]] {
      let (outcome, server) = try test(.anthropic, replies, ["OTHER_KEY": "k"], arguments: words)
      #expect(outcome.status == 78 && server.requests.isEmpty)
      #expect(outcome.stderr.contains("is meant for anthropic, not for openai-compatible"))
    }
    let own = try LoopbackServer(replies)
    let words = named + ["--key", "env:OTHER_KEY", "--model", "m", "--endpoint", own.address + "/v1"]
    let (outcome, server) = try test(.anthropic, replies, ["OTHER_KEY": "other"], arguments: words)
    #expect(outcome.status == 0 && server.requests.isEmpty, "\(outcome.stderr)")
    #expect(own.requests.allSatisfy { $0.header("Authorization") == "Bearer other" } && own.requests.count == 2)
    let map = try shell(
      "trunkline-map suggest --ai openai </dev/null",
      environment: ["TRUNKLINE_AI__PROVIDER": "anthropic", "TRUNKLINE_AI__KEY": "env:OTHER_KEY", "OTHER_KEY": "k"])
    #expect(map.status == 78 && map.stderr.contains("ai.key (environment TRUNKLINE_AI__KEY) is meant for anthropic"))
  }

  @Test func theRulesNeedNoNetwork() throws {
    let (outcome, server) = try test(.deterministic, [Self.list], arguments: ["--offline"])
    #expect(outcome.status == 0 && outcome.stdout.hasPrefix("provider  deterministic"))
    #expect(server.requests.isEmpty)
  }

  @Test func configShowsFourCharactersOfAKey() throws {
    let folder = try TemporaryFolder()
    try folder.write("ai:\n  provider: anthropic\n  key: env:SOME_KEY\n", to: "trunkline.yaml")
    func shown(_ key: String) throws -> String {
      let outcome = try run("trunkline-config", ["show"], environment: ["SOME_KEY": key], folder: folder.path)
      #expect(outcome.status == 0, "\(outcome.stderr)")
      return outcome.stdout.split(separator: "\n").filter { $0.hasPrefix("ai.key ") }.joined()
    }
    #expect(
      try shown("sk-test-0123456789abcdef").split(separator: " ") == [
        "ai.key", "env:SOME_KEY", "(...cdef)", "trunkline.yaml:3",
      ])
    #expect(try shown("short-key").contains("env:SOME_KEY (...)"))
    #expect(try shown("").contains("env:SOME_KEY (not readable)"))
  }

  /// The settings name the providers there are, and no other.
  @Test func settingsKnowEveryProvider() {
    #expect(Settings.named("ai.provider")?.choices == ["off"] + ProviderName.allCases.map(\.rawValue))
  }
}
