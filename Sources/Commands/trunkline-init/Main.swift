import CLI
import Opening
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(spec, explain: Opening.explain) { invocation in
      let founding = try founding(invocation)
      let warehouse = try OpenWarehouse.initialise(Opening.database(invocation, create: true), founding)
      try invocation.console.out(report(warehouse, founding, try invocation.setting("db")?.values.last ?? ""))
      return .done
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-init", summary: "a new database and its first user", usage: "[options]",
      options: [
        .database,
        .value(
          "profile", "NAME", "test: accepts scripted approvals and says so everywhere", choices: ["standard", "test"],
          fallback: "standard", hasTwin: false),
        .value("email", "ADDRESS", "mail address of the first user (default: LOGIN@localhost)"),
        .value(
          "role", "ROLE", "role of the first user", choices: Founding.roles, fallback: "exec"),
        .value("lineage", "HEX", "32 hexadecimal digits instead of random ones; only with --profile test"),
      ],
      examples: [
        .init("trunkline init --db sqlite:trunkline.db", "a file here, and you as its first user"),
        .init("trunkline init --db postgres://ops@db.example/trunkline --email ops@example.com", "tables on a server"),
        .init("trunkline init --db sqlite:try.db --profile test", "a database to try things in"),
      ],
      exits: [.temporary, .notPermitted],
      notes: [
        "the first user is the operating system's, and may approve alone until there is a second",
        "a database that has tables is refused with exit 78, and nothing is changed",
      ])
  }

  nonisolated private static func founding(_ invocation: Invocation) throws(Failure) -> Founding {
    let login = try Principal.osUser()
    let profile = invocation.value("profile") ?? "standard"
    let email = invocation.value("email") ?? "\(login)@localhost"
    guard email.split(separator: "@", omittingEmptySubsequences: false).count == 2, !email.hasPrefix("@"),
      !email.hasSuffix("@"), email.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw Failure(.usage, "\"\(email)\" is no mail address", hint: "write it as name@example.com") }
    return Founding(
      lineage: try lineage(invocation, profile), profile: profile, email: email, login: login,
      role: invocation.value("role") ?? "exec", now: Clock.instant(environment: invocation.environment))
  }

  nonisolated private static func lineage(_ invocation: Invocation, _ profile: String) throws(Failure) -> String {
    guard let given = invocation.value("lineage") else {
      return (hex(UInt64.random(in: .min ... .max)) + hex(UInt64.random(in: .min ... .max)))
    }
    guard profile == "test" else {
      throw Failure(.usage, "--lineage goes with --profile test", hint: "leave it out: it is drawn at random")
    }
    guard given.utf8.count == 32, given.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      throw Failure(
        .usage, "--lineage takes 32 lower-case hexadecimal digits", hint: "leave it out: it is drawn at random")
    }
    return given
  }

  nonisolated private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  nonisolated private static func report(_ warehouse: OpenWarehouse, _ founding: Founding, _ url: String) throws
    -> String
  {
    let banner = warehouse.isTest ? "TEST DATABASE: scripted approvals are accepted here\n" : ""
    return banner + """
      made a \(founding.profile) database, lineage \(founding.lineage.prefix(8)), serial \(try warehouse.serial())
      first user \(founding.email) (\(founding.role)), operating system user \(founding.login)
      next: trunkline extract FILE | trunkline map --mapping MAPPING | trunkline stage | trunkline diff

      """
  }
}
