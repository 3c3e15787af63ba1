import CLI
import Testing

/// The executables themselves, as a shell sees them.
@Suite struct ProcessTests {
  @Test func showsOrigins() throws {
    let file = try Scratch(file: "currency: EUR\ndb_password: env:NOT_READ\nmap:\n  max_rejects: 5\n")
    let words = ["config", "show", "--config", file.path, "--tenant", "ops"]
    let child = try Child.run("trunkline", words, environment: ["TRUNKLINE_LOG": "json"])
    #expect(child.status == 0 && child.err == "")
    let lines = child.out.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains(["currency", "EUR", "\(file.path):1"]))
    #expect(lines.contains(["db_password", "env:NOT_READ", "\(file.path):2"]))
    #expect(lines.contains(["map.max_rejects", "5", "\(file.path):4"]))
    #expect(lines.contains(["tenant", "ops", "--tenant"]))
    #expect(lines.contains(["log", "json", "environment", "TRUNKLINE_LOG"]))
    #expect(lines.contains(["documents", "-", "default"]))
    #expect(lines.count == Settings.all.count)
  }

  @Test func showsOriginsAsJSON() throws {
    let child = try Child.run("trunkline-config", ["show", "--json"], environment: ["TRUNKLINE_TENANT": "a\"b"])
    #expect(child.out.contains(#"{"key":"tenant","value":"a\"b","origin":"environment","place":"TRUNKLINE_TENANT"}"#))
    #expect(child.out.contains(#"{"key":"documents","value":null,"origin":"default"}"#))
  }

  @Test func aReaderThatLeftIsAQuietEnd() throws {
    for program in ["trunkline", "trunkline-config"] {
      let child = try Child.run(program, ["--help"], output: .brokenPipe)
      #expect(child.status == 0 && child.err == "", "\(program)")
    }
  }

  @Test func aFullDiskIsAFailure() throws {
    let child = try Child.run("trunkline-config", ["show"], output: .full)
    #expect(child.status == 1)
    #expect(child.err == "trunkline-config: error: standard output: cannot write: no space left on device\n")
  }

  @Test func aClosedOutputIsAFailure() throws {
    let child = try Child.run("trunkline-config", ["show"], output: .closed)
    #expect(child.status == 1)
    #expect(child.err == "trunkline-config: error: standard output: cannot write: bad file descriptor\n")
  }

  @Test(arguments: [
    (["conifg"], 64, "trunkline: error: unknown verb \"conifg\"\ntrunkline: hint: did you mean \"config\"?\n"),
    (["--db"], 64, "trunkline: error: unknown option --db\ntrunkline: hint: a verb comes first; see trunkline help\n"),
    (["config"], 64, "trunkline-config: error: missing show\ntrunkline-config: hint: see trunkline config --help\n"),
    (
      ["config", "show", "--tennat", "x"], 64,
      "trunkline-config: error: unknown option --tennat\ntrunkline-config: hint: did you mean \"--tenant\"?\n"
    ),
    (
      ["extract", "--rejects", "/dev/full", "x.csv"], 64,
      """
      trunkline-extract: error: --rejects /dev/full: a device, a pipe or a folder, not a file
      trunkline-extract: hint: give the name of a file, there or new; rows and plans written to it must not get lost

      """
    ),
    (
      ["completions", "tcsh"], 64,
      "trunkline: error: no completions for these words\ntrunkline: hint: trunkline completions bash|zsh|fish\n"
    ),
  ])
  func refusals(_ words: [String], _ status: Int32, _ message: String) throws {
    let child = try Child.run("trunkline", words)
    #expect(child.status == status)
    #expect(child.err == message)
    #expect(child.out == "")
  }

  @Test func everyMistakeOfAFileIsALine() throws {
    let file = try Scratch(file: "tenat: x\nlog: xml\n")
    let child = try Child.run("trunkline-config", ["show", "--config", file.path])
    #expect(child.status == 78)
    #expect(
      child.err.replacing(file.path, with: "F") == """
        trunkline-config: error: F:1:1: unknown key "tenat" (did you mean "tenant"?)
        trunkline-config: error: F:2:6: log: "xml" is not known here (one of text, json)

        """)
  }

  @Test func aPasswordOnTheCommandLineIsRefusedUnrepeated() throws {
    let child = try Child.run("trunkline", ["config", "show", "--db=postgres://me:hunter2@db/x"])
    #expect(child.status == 78)
    #expect(child.err.contains("db_password: env:NAME") && !child.err.contains("hunter2") && child.out == "")
  }

  @Test func helpAndVersion() throws {
    #expect(try Child.run("trunkline").out == Verbs.page)
    #expect(try Child.run("trunkline", ["help"]).out == Verbs.page)
    #expect(try Child.run("trunkline", ["--version"]).out == "trunkline \(Program.version)\n")
    let help = try Child.run("trunkline", ["help", "config"]).out
    #expect(help.hasPrefix("trunkline-config: settings in force"))
    #expect(try Child.run("trunkline-config", ["--help"]).out == help)
    #expect(try Child.run("trunkline-config", ["--version"]).out == "trunkline-config \(Program.version)\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAskTheExecutables(_ shell: String) throws {
    let child = try Child.run("trunkline", ["completions", shell])
    #expect(child.status == 0)
    #expect(child.out.contains(shell == "fish" ? "-l currency" : "--currency"))
    for verb in Verbs.all { #expect(child.out.contains(verb.name)) }
  }
}
