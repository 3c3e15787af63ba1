import CLI
import Testing

@Suite struct ParserTests {
  struct Reading: Sendable {
    let words: [String]
    var values: [String: [String]] = [:]
    var arguments = ["circuits"]
  }

  @Test(arguments: [
    Reading(words: ["circuits"]),
    Reading(words: ["circuits", "--header-row", "3"], values: ["header-row": ["3"]]),
    Reading(words: ["--header-row=3", "circuits"], values: ["header-row": ["3"]]),
    Reading(words: ["-r", "3", "circuits"], values: ["header-row": ["3"]]),
    Reading(words: ["-r3", "circuits"], values: ["header-row": ["3"]]),
    Reading(words: ["--header-row=", "circuits"], values: ["header-row": [""]]),
    Reading(words: ["--header-row=a=b", "circuits"], values: ["header-row": ["a=b"]]),
    Reading(words: ["--header-row", "-1", "circuits"], values: ["header-row": ["-1"]]),
    Reading(words: ["-ea", "circuits"], values: ["explain": ["true"], "all": ["true"]]),
    Reading(words: ["-er3", "circuits"], values: ["explain": ["true"], "header-row": ["3"]]),
    Reading(words: ["-t", "USD 1", "--total=EUR 2", "circuits"], values: ["total": ["USD 1", "EUR 2"]]),
    Reading(words: ["circuits", "-", "a.csv"], arguments: ["circuits", "-", "a.csv"]),
    Reading(words: ["circuits", "--", "--explain", "--"], arguments: ["circuits", "--explain", "--"]),
    Reading(words: ["circuits", "", "-e"], values: ["explain": ["true"]], arguments: ["circuits", ""]),
  ])
  func words(_ reading: Reading) throws {
    let invocation = try invoke(reading.words)
    #expect(invocation.arguments == reading.arguments)
    for name in ["header-row", "total", "explain", "all", "sheet"] {
      #expect(invocation.values(name) == reading.values[name] ?? [], "\(name)")
    }
  }

  private static let asking = CommandSpec(
    name: "trunkline-asking", summary: "asks", usage: "[words]",
    arguments: [Argument("WORD", "anything", isRequired: false, isRepeatable: true)],
    options: [.choice("ai", "[WHO]", "whom to ask", choices: ["one", "two"], bare: "whoever")], examples: [])

  /// An option with choices and a value of its own takes the next word only where that is one of them.
  @Test(arguments: [
    (["--ai"], ["whoever"], []), (["--ai", "one"], ["one"], []), (["--ai=two"], ["two"], []),
    (["--ai", "three"], ["whoever"], ["three"]), (["a", "--ai", "--quiet"], ["whoever"], ["a"]), (["one"], [], ["one"]),
  ])
  func choicesMayStandAlone(_ words: [String], _ values: [String], _ arguments: [String]) throws {
    let variables = Environment(["TRUNKLINE_ASKING__AI": "two"])
    let invocation = try Program.invocation(Self.asking, words: words, environment: variables)
    #expect(invocation.values("ai") == values, "no variable gives it")
    #expect(invocation.arguments == arguments)
  }

  @Test func aChoiceThatIsNoneIsRefused() {
    let failure = #expect(throws: Failure.self) {
      try Program.invocation(Self.asking, words: ["--ai=three"], environment: Environment([:]))
    }
    #expect(failure?.status == .usage)
  }

  struct Refusal: Sendable {
    let words: [String]
    let message: String
    var hint: String? = "see trunkline sample --help"
    var status = ExitStatus.usage
  }

  @Test(arguments: [
    Refusal(
      words: ["circuits", "--heder-row=3"], message: "unknown option --heder-row",
      hint: "did you mean \"--header-row\"?"),
    Refusal(words: ["circuits", "--zzzzz"], message: "unknown option --zzzzz"),
    Refusal(
      words: ["circuits", "--as-of", "2026-11-21"], message: "unknown option --as-of",
      hint: "trunkline sample takes it as a setting, for every program of a pipe at once: "
        + "export TRUNKLINE_AS_OF=..., or as_of: ... in trunkline.yaml"),
    Refusal(words: ["circuits", "-z"], message: "unknown option -z"),
    Refusal(words: ["circuits", "-ez"], message: "unknown option -z"),
    Refusal(words: ["circuits", "--explain=yes"], message: "option --explain takes no value"),
    Refusal(words: ["circuits", "--header-row"], message: "option --header-row needs a value: --header-row N"),
    Refusal(
      words: ["circuits", "--header-row", "--explain"], message: "option --header-row needs a value before --explain"),
    Refusal(words: [], message: "missing KIND"),
    Refusal(
      words: ["circuit"], message: "\"circuit\" is not one of circuits, contracts", hint: "did you mean \"circuits\"?"),
    Refusal(
      words: ["circuits", "--format", "jsn"], message: "--format: \"jsn\" is not known here",
      hint: "did you mean \"json\"?"),
    Refusal(
      words: ["circuits", "--db", "postgres://me:hunter2@db/x"],
      message: "an argument holds a password, which others can read in the process list",
      hint: "leave it out of the URL and set db_password: env:NAME or file:PATH in trunkline.yaml",
      status: .configuration),
  ])
  func refusals(_ refusal: Refusal) throws {
    let failure = try #require(throws: Failure.self) { try invoke(refusal.words) }
    #expect(failure.status == refusal.status)
    #expect(failure.message == refusal.message)
    #expect(failure.hint == refusal.hint)
    #expect(!failure.message.contains("hunter2"))
  }

  @Test func excessArgumentsAreRefused() throws {
    let spec = CommandSpec(name: "trunkline-one", summary: "", usage: "A", arguments: [Argument("A", "")], examples: [])
    let failure = try #require(throws: Failure.self) {
      try Program.invocation(spec, words: ["a", "b"], environment: Environment([:]))
    }
    #expect(failure.message == "unexpected argument \"b\"")
  }

  @Test func lastValueCounts() throws {
    #expect(try invoke(["circuits", "-r1", "-r2"]).value("header-row") == "2")
  }

  @Test func wholeNumbers() throws {
    #expect(try invoke(["circuits", "-r", "12"]).integer("header-row") == 12)
    #expect(try invoke(["circuits"]).integer("header-row") == nil)
    let failure = try #require(throws: Failure.self) { try invoke(["circuits", "-r", "x"]).integer("header-row") }
    #expect(failure.status == .usage)
  }
}
