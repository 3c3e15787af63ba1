import Testing

@testable import CLI

@Suite struct TextTests {
  @Test func helpPage() {
    #expect(
      HelpText.page(sample) == """
        trunkline-sample: circuits in, circuits out

        usage: trunkline sample [options] KIND FILE...

        arguments:
          KIND     what to read; one of circuits, contracts
          FILE...  a file, or - for standard input

        options:
              --db URL        the database: sqlite:FILE or postgres://... (default: sqlite:trunkline.db) [TRUNKLINE_DB]
          -r, --header-row N  the row that names the columns [TRUNKLINE_SAMPLE__HEADER_ROW]
              --format KIND   how to print; one of text, json (default: text) [TRUNKLINE_SAMPLE__FORMAT]
          -t, --total TEXT    an amount a person expects; may be repeated
              --sheet NAME    a sheet to read; may be repeated [TRUNKLINE_SAMPLE__SHEET]
          -e, --explain       say why [TRUNKLINE_SAMPLE__EXPLAIN]
          -a, --all           everything [TRUNKLINE_SAMPLE__ALL]

        common options:
          -q, --quiet          no progress, no notes [TRUNKLINE_QUIET]
              --log text|json  how messages are written; one of text, json (default: text) [TRUNKLINE_LOG]
              --config FILE    settings file (default: trunkline.yaml here, if there is one) [TRUNKLINE_CONFIG]
          -h, --help           show this help
              --version        show the version

        examples:
          # one file
          trunkline sample circuits a.csv

        amounts keep their currency

        exit status:
          0    done, or no changes
          1    failed
          3    done, with rejected records
          64   the command line was wrong
          78   the configuration is wrong
          130  interrupted (SIGINT), cleanly
          143  terminated (SIGTERM, SIGHUP, SIGQUIT), cleanly

        """)
  }

  /// The table of docs/exit-status.md, number for number.
  @Test func exitStatusIsComplete() {
    let numbers: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 64, 65, 66, 75, 77, 78, 130, 143]
    #expect(ExitStatus.allCases.map(\.rawValue) == numbers)
    #expect(Set(ExitStatus.allCases.map(\.meaning)).count == numbers.count)
    for status in ExitStatus.allCases {
      #expect(status.meaning.first?.isUppercase == false && !status.meaning.hasSuffix("."))
    }
  }

  @Test func messages() {
    let console = Console(program: "trunkline-map", now: { "2025-01-02T03:04:05Z" })
    #expect(
      console.rendered(.error, "no \u{1B}[31mmapping", place: "m.yaml:3:5", hint: "name one", status: .usage)
        == "trunkline-map: error: m.yaml:3:5: no \\u{1b}[31mmapping\ntrunkline-map: hint: name one\n")
    let json = Console(program: "trunkline-map", log: .json, now: { "2025-01-02T03:04:05Z" })
    #expect(
      json.rendered(.error, "no \"mapping\"\n\u{1}", place: "m.yaml:3:5", hint: "name one", status: .usage)
        == #"{"time":"2025-01-02T03:04:05Z","level":"error","program":"trunkline-map","place":"m.yaml:3:5","message":"no \"mapping\"\n\u0001","hint":"name one","status":64}"#
        + "\n")
  }

  @Test(arguments: [
    (["--log", "json", "--nope"], [:], true), (["--log=json"], [:], true), ([], ["TRUNKLINE_LOG": "json"], true),
    (["--", "--log=json"], [:], false), (["--log", "text"], ["TRUNKLINE_LOG": "json"], false), (["--log"], [:], false),
  ])
  func usageErrorsFollowTheLogOption(_ words: [String], _ environment: [String: String], _ json: Bool) {
    let console = Console.early(program: "x", words: words, environment: Environment(environment))
    #expect((console.log == .json) == json)
  }

  @Test func days() {
    #expect(Clock.civil(days: 0) == (1970, 1, 1))
    #expect(Clock.civil(days: 11_016) == (2000, 2, 29))
    #expect(Clock.civil(days: 20_454) == (2026, 1, 1))
    #expect(Clock.civil(days: 47_540) == (2100, 2, 28))
    #expect(Clock.civil(days: 47_541) == (2100, 3, 1))
    for text in ["2025-02-29", "2025-13-01", "2025-1-01", "2025-00-10", "0000-01-01", "2025-04-31", "2025-04-3O"] {
      #expect(Clock.date(text) == nil, "\(text)")
    }
    #expect(Clock.date("2024-02-29").map { $0 == (2024, 2, 29) } == true)
  }

  @Test func asOf() throws {
    let now = ["TRUNKLINE_NOW": "2025-03-04T05:06:07Z"]
    #expect(Clock.instant(environment: Environment(now)) == "2025-03-04T05:06:07Z")
    #expect(try Clock.asOf(invoke(["circuits"], now)) == (2025, 3, 4))
    #expect(try Clock.asOf(invoke(["circuits"], ["TRUNKLINE_AS_OF": "2024-02-29"])) == (2024, 2, 29))
    #expect(throws: Failure.self) { try invoke(["circuits"], ["TRUNKLINE_AS_OF": "2025-02-29"]).setting("as_of") }
    #expect(Clock.instant(environment: Environment(["TRUNKLINE_NOW": "soon"])).utf8.count == 20)
  }

  @Test func progressLine() {
    #expect(Progress.line(1_234_567, "records", total: nil, seconds: 2) == "1,234,567 records, 617,283/s")
    #expect(Progress.line(100, "records", total: 1000, seconds: 10) == "100 records, 10/s, 1:30 left")
    #expect(Progress.line(0, "records", total: 10, seconds: 0) == "0 records, 0/s")
  }

  @Test func verbs() {
    #expect(Set(Verbs.all.map(\.name)).count == Verbs.all.count)
    #expect(Verbs.unknown("cmmit").hint == "did you mean \"commit\"?")
    #expect(Verbs.unknown("teleport").hint == "see trunkline help")
    for verb in Verbs.all { #expect(Verbs.page.contains("\n  \(verb.name) ")) }
  }

  @Test func outlineSurvivesItsText() {
    let outline = Outline(sample)
    #expect(Outline(text: outline.text) == outline)
    #expect(Outline(text: "usage: something else\n") == nil)
    #expect(Outline(text: "") == nil)
  }

  @Test(arguments: Completions.Shell.allCases)
  func completionsNameEveryOption(_ shell: Completions.Shell) {
    let script = Completions.script(for: shell, [Outline(sample)])
    for option in sample.allOptions {
      #expect(script.contains(shell == .fish ? "-l \(option.long)" : "--\(option.long)"), "\(option.long)")
    }
    #expect(script.contains("circuits") && script.contains("sample"))
  }
}
