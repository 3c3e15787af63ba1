import Glibc
import TestSupport
import Testing

/// `scripts/install` on machines that lack something, played by programs of the same names.
@Suite struct InstallTests {
  /// A folder that is the whole PATH: the tools the script needs, and stand-ins for those that change the machine.
  private struct Machine {
    let folder: TemporaryFolder
    var calls: String { (try? folder.read("calls")) ?? "" }

    /// Packages are missing until `apt-get install` ran, where it `helps`.
    init(root: Bool, sudo: Bool?, swift: String? = "6.3.1", missing: Bool = true, helps: Bool = true) throws {
      folder = try TemporaryFolder()
      _ = try shell("mkdir \(folder.file("bin"))")
      for tool in ["bash", "env", "dirname", "sed", "sort", "head", "dpkg", "cat", "touch", "true"] {
        let found = try shell("type -P \(tool)").stdout.split(separator: "\n").first.map(String.init) ?? ""
        _ = try shell("ln -s \(found) \(folder.file("bin"))/\(tool)")
      }
      let installed = missing ? "[ -e \(folder.file("installed")) ] || exit 1; " : ""
      try script("dpkg-query", "\(installed)echo 'installed 99.0'")
      try script("id", "echo \(root ? 0 : 1000)")
      try script(
        "apt-get",
        "echo \"apt-get $*\" >> \(folder.file("calls")); "
          + (helps ? "case $1 in install) touch \(folder.file("installed"));; esac" : "true"))
      if let sudo {
        try script(
          "sudo",
          "[ $1 = -n ] || exit 1; shift; \(sudo ? "echo sudo >> \(folder.file("calls")); exec \"$@\"" : "exit 1")")
      }
      if let swift { try script("swift", "echo 'Swift version \(swift) (swift-\(swift)-RELEASE)'") }
    }

    func script(_ name: String, _ body: String) throws {
      let path = try folder.write("#!/bin/bash\n\(body)\n", to: "bin/\(name)")
      chmod(path, 0o755)
    }

    func install() throws -> Outcome {
      try run("\(repositoryRoot)/scripts/install", [], environment: ["PATH": folder.file("bin")])
    }
  }

  @Test func withoutRootOrSudoTheOneLineIsPrinted() throws {
    for sudo in [nil, false] as [Bool?] {
      let machine = try Machine(root: false, sudo: sudo)
      let outcome = try machine.install()
      #expect(outcome.status == 78, "\(outcome.stderr)")
      let line = try #require(outcome.stderr.split(separator: "\n").last)
      #expect(
        line.hasPrefix("install: hint: run as root: apt-get update && apt-get install -y --no-install-recommends "))
      #expect(line.contains(" libsqlite3-dev ") && line.contains(" libyaml-dev"), "\(line)")
      #expect(machine.calls == "", "nothing was run: \(machine.calls)")
    }
  }

  @Test func throughSudoWhatIsMissingIsInstalled() throws {
    let machine = try Machine(root: false, sudo: true)
    let outcome = try machine.install()
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let calls = machine.calls.split(separator: "\n")
    // It first asks whether sudo works without a password.
    #expect(calls.dropLast() == ["sudo", "sudo", "apt-get update -q", "sudo"], "\(calls)")
    #expect(calls.last?.hasPrefix("apt-get install -y --no-install-recommends pkg-config ") == true, "\(calls)")
  }

  @Test func asRootNoSudoIsAsked() throws {
    let machine = try Machine(root: true, sudo: true)
    #expect(try machine.install().status == 0)
    #expect(!machine.calls.contains("sudo") && machine.calls.contains("apt-get install"), "\(machine.calls)")
    // The second time there is nothing to do, and nothing is said.
    let again = try machine.install()
    #expect(again.status == 0 && again.stdout == "" && again.stderr == "")
    #expect(machine.calls.split(separator: "\n").count == 2)
  }

  @Test func whatAptDoesNotHaveIsNamed() throws {
    let machine = try Machine(root: true, sudo: nil, helps: false)
    let outcome = try machine.install()
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("install: error: still missing or too old: pkg-config "), "\(outcome.stderr)")
  }

  @Test func aFailureOfAptIsNotPassedOver() throws {
    let machine = try Machine(root: true, sudo: nil)
    try machine.script("apt-get", "exit 100")
    #expect(try machine.install().status == 100)
  }

  @Test(
    arguments: [(nil, "no swift on the PATH"), ("5.10", "swift 5.10 is too old: 6.3 or later")] as [(String?, String)])
  func theToolchainIsAskedFor(_ version: String?, _ message: String) throws {
    let machine = try Machine(root: true, sudo: nil, swift: version, missing: false)
    let outcome = try machine.install()
    #expect(outcome.status == 78)
    #expect(outcome.stderr.contains("install: error: " + message), "\(outcome.stderr)")
    #expect(outcome.stderr.contains("install: hint: ") && machine.calls == "")
  }

  @Test func anotherSystemIsToldSo() throws {
    let machine = try Machine(root: true, sudo: nil)
    unlink(machine.folder.file("bin") + "/dpkg-query")
    let outcome = try machine.install()
    #expect(outcome.status == 78 && outcome.stderr.contains("this is not a Debian system"), "\(outcome.stderr)")
  }
}
