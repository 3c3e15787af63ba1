import CLI
import Glibc
import Testing

@Suite struct SecretTests {
  @Test(arguments: [
    ("postgres://me:secret@db.example/x", true),
    ("postgres://me:se/cr@t@db.example/x", true),
    ("postgresql://me@db.example/x?password=secret", true),
    ("postgresql://db.example/x?sslmode=require&sslpassword=secret", true),
    ("postgres://me@db.example:5432/x", false),
    ("postgres://db.example:5432/x", false),
    ("postgres://me:@db.example/x", false),
    ("postgres://db.example/x?password=", false),
    ("sqlite:trunkline.db", false),
    ("USD 6,950.00", false),
    ("a:b@c", false),
  ])
  func inlinePasswords(_ text: String, _ expected: Bool) {
    #expect(Secret.inlinePassword(in: text) == expected)
  }

  @Test func aReferenceIsNotALiteral() {
    #expect(Secret.Reference("env:PGPASSWORD") == .environment("PGPASSWORD"))
    #expect(Secret.Reference("file:/run/secrets/db") == .file("/run/secrets/db"))
    for literal in ["hunter2", "env:", "file:", "ENV:X", ""] { #expect(Secret.Reference(literal) == nil) }
  }

  @Test func fromTheEnvironment() throws {
    let invocation = try invoke(["circuits"], ["TRUNKLINE_DB_PASSWORD": "env:THE_PASSWORD", "THE_PASSWORD": "s3"])
    #expect(try invocation.databasePassword() == "s3")
    #expect(try invoke(["circuits"]).databasePassword() == nil)
    let unset = try invoke(["circuits"], ["TRUNKLINE_DB_PASSWORD": "env:THE_PASSWORD"])
    #expect(try #require(throws: Failure.self) { try unset.databasePassword() }.status == .configuration)
    let literal = try invoke(["circuits"], ["TRUNKLINE_DB_PASSWORD": "hunter2"])
    let failure = try #require(throws: Failure.self) { try literal.databasePassword() }
    #expect(failure.status == .configuration)
    #expect(!"\(failure)".contains("hunter2"))
  }

  @Test(arguments: [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o666, false)])
  func aFileOthersCanReadIsRefused(_ mode: mode_t, _ accepted: Bool) throws {
    let file = try Scratch(file: "s3 cret\n", mode: mode)
    if accepted {
      #expect(try Secret.read(.file(file.path), environment: Environment([:])) == "s3 cret")
    } else {
      let failure = try #require(throws: Failure.self) {
        try Secret.read(.file(file.path), environment: Environment([:]))
      }
      #expect(
        failure
          == Failure(
            .configuration, "others can read this secret", place: file.path, hint: "chmod 600 \(file.path)"))
    }
  }

  @Test func emptyAndMissingSecretsAreRefused() throws {
    let empty = try Scratch(file: "\n", mode: 0o600)
    for path in [empty.path, "/nonexistent/secret", "/dev/null"] {
      #expect(throws: Failure.self) { try Secret.read(.file(path), environment: Environment([:])) }
    }
  }
}
