import CLI
import Glibc
import Testing

@Suite struct PrecedenceTests {
  @Test func flagThenEnvironmentThenFileThenDefault() throws {
    let file = try Scratch(file: "tenant: ops\ndb: sqlite:file.db\n")
    let variables = ["TRUNKLINE_DB": "sqlite:env.db", "TRUNKLINE_CONFIG": file.path]
    let all = try invoke(["circuits", "--db", "sqlite:flag.db"], variables)
    #expect(all.resolved("db") == Resolved(values: ["sqlite:flag.db"], source: .flag("--db")))
    let noFlag = try invoke(["circuits"], variables)
    #expect(noFlag.resolved("db") == Resolved(values: ["sqlite:env.db"], source: .environment("TRUNKLINE_DB")))
    let fileOnly = try invoke(["circuits", "--config", file.path])
    #expect(fileOnly.resolved("db") == Resolved(values: ["sqlite:file.db"], source: .file(file.path, line: 2)))
    #expect(try fileOnly.setting("tenant")?.source == .file(file.path, line: 1))
    let nothing = try invoke(["circuits"])
    #expect(nothing.resolved("db") == Resolved(values: ["sqlite:trunkline.db"], source: .fallback))
    #expect(nothing.resolved("header-row") == nil)
  }

  @Test func twins() throws {
    let invocation = try invoke(
      ["circuits"],
      [
        "TRUNKLINE_SAMPLE__HEADER_ROW": "7", "TRUNKLINE_SAMPLE__SHEET": "a, b\nc", "TRUNKLINE_SAMPLE__EXPLAIN": "1",
        "TRUNKLINE_SAMPLE__ALL": "false", "TRUNKLINE_SAMPLE__FORMAT": "",
      ])
    #expect(invocation.value("header-row") == "7")
    #expect(invocation.values("sheet") == ["a, b", "c"])
    #expect(invocation.flag("explain"))
    #expect(!invocation.flag("all"))
    #expect(invocation.value("format") == "text")
  }

  @Test func anActOfAPersonHasNoTwin() throws {
    #expect(try invoke(["circuits"], ["TRUNKLINE_SAMPLE__TOTAL": "USD 1"]).values("total").isEmpty)
  }

  @Test(arguments: [
    ("TRUNKLINE_SAMPLE__FORMAT", "jsn", "environment TRUNKLINE_SAMPLE__FORMAT: \"jsn\" is not known here"),
    ("TRUNKLINE_SAMPLE__EXPLAIN", "yes", "environment TRUNKLINE_SAMPLE__EXPLAIN: \"yes\" is not true or false"),
    ("TRUNKLINE_DB", "postgres://u:hunter2@h/d", "environment TRUNKLINE_DB: holds a password"),
    ("TRUNKLINE_LOG", "xml", "environment TRUNKLINE_LOG: \"xml\" is not known here"),
  ])
  func wrongVariables(_ name: String, _ value: String, _ message: String) throws {
    let failure = try #require(throws: Failure.self) { try invoke(["circuits"], [name: value]) }
    #expect(failure.status == .configuration)
    #expect(failure.message == message)
    #expect(failure.hint?.contains("hunter2") != true)
  }

  @Test func sixMistakesSixLines() throws {
    let file = try Scratch(
      file: """
        db: postgres://u:hunter2@h/d
        db_password: hunter2
        tenat: ops
        log: xml
        extract:
          encodign: utf-8
        as_of: 2025-02-30
        """)
    let error = try #require(throws: (any Error).self) { try invoke(["circuits", "--config", file.path]) }
    let lines = "\(error)".split(separator: "\n")
    #expect(
      lines.map { $0.replacing(file.path, with: "F") } == [
        "F:1:5: db: holds a password (leave it out of the URL and set db_password: env:NAME or file:PATH in trunkline.yaml)",
        "F:2:14: db_password: a secret is given by reference, not written out (write env:NAME or file:PATH)",
        "F:3:1: unknown key \"tenat\" (did you mean \"tenant\"?)",
        "F:4:6: log: \"xml\" is not known here (one of text, json)",
        "F:6:3: unknown key \"encodign\" (did you mean \"encoding\"?)",
        "F:7:8: as_of: \"2025-02-30\" is not a date like 2025-12-31",
      ])
  }

  @Test func aNamedFileMustExist() throws {
    let failure = try #require(throws: Failure.self) { try invoke(["circuits", "--config", "/nonexistent/t.yaml"]) }
    #expect(failure.status == .noInput)
  }

  /// Every setting can be given by a file and by its variable, and names differ.
  @Test func settingsAreDistinct() {
    let names = Settings.all.map { Settings.environmentName($0.key) }
    #expect(Set(names).count == names.count)
    #expect(Settings.environmentName("extract.header-row") == "TRUNKLINE_EXTRACT__HEADER_ROW")
    #expect(Settings.environmentName("db_password") == "TRUNKLINE_DB_PASSWORD")
  }
}
