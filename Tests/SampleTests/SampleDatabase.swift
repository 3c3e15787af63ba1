import Records
import SQL
import TestSupport

/// A step that ended with another exit status than the sample promises.
struct StepFailure: Error, CustomStringConvertible {
  let description: String
}

/// What one file became on its way to a plan.
struct Hops {
  let extracted: [UInt8]
  let mapped: [UInt8]
  let staged: Outcome

  /// The name of the run, as `stage` says it.
  var run: String { Hops.final(staged.stdout)?["run"]?.text ?? "" }

  /// The final STATE of a stream.
  static func final(_ stream: String) -> JSON? {
    stream.split(separator: "\n").last.flatMap { JSON.parse(String($0)) }?["value"]?["run"]
  }
}

/// A database the samples are brought into by the built executables, at a fixed time.
struct SampleDatabase {
  static let mail = "first@operator.example"
  let folder: TemporaryFolder
  let database: TestDatabase
  private let environment: [String: String]

  init(_ store: TestStore = .sqlite, profile: String = "test") throws {
    folder = try TemporaryFolder()
    database = try store.make()
    environment = [
      "TRUNKLINE_DB": store == .sqlite ? "sqlite:" + database.place : database.place,
      "TRUNKLINE_NOW": "2026-11-21T00:00:00Z",
    ]
    var options = ["--profile", profile, "--email", Self.mail]
    if profile == "test" { options += ["--lineage", "00000000000000000000000000000007"] }
    try step("init", options)
  }

  /// Runs one step in the database's own folder; every exit status but those expected is an error.
  @discardableResult
  func step(_ verb: String, _ arguments: [String] = [], stdin: [UInt8] = [], expect: Set<Int32> = [0]) throws -> Outcome
  {
    let outcome = try TestSupport.run(
      "trunkline-" + verb, arguments, stdin: stdin, environment: environment, folder: folder.path)
    if expect.contains(outcome.status) { return outcome }
    throw StepFailure(
      description: "\(verb) \(arguments) ended with \(outcome.status)\n\(outcome.stdout.suffix(600))\(outcome.stderr)")
  }

  /// A line of shell in the database's own folder, whatever its exit status.
  func shell(_ line: String) throws -> Outcome {
    try TestSupport.shell(line, environment: environment, folder: folder.path)
  }

  /// A file through extract, map and stage.
  func stage(_ table: String, _ mapping: String) throws -> Hops {
    let extracted = try step("extract", [table]).output
    let mapped = try step("map", ["--mapping", mapping, "--as-of", "2026-11-21"], stdin: extracted).output
    return Hops(
      extracted: extracted, mapped: mapped, staged: try step("stage", ["--as-of", "2026-11-21"], stdin: mapped))
  }

  /// The plan of a staged run as lines of JSON; `changes` says which exit status is right.
  func plan(_ hops: Hops, changes: Bool) throws -> Outcome {
    try step("diff", ["--json", "--run", hops.run, "--as-of", "2026-11-21"], expect: [changes ? 2 : 0])
  }

  /// Performs every act a plan needs, with the sums the plan gives; answers what was typed and printed.
  @discardableResult
  func approve(_ plan: Outcome) throws -> (set: String, transcript: String) {
    let lines = plan.stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }
    let set = lines.first?["id"]?.text ?? ""
    var transcript = ""
    func perform(_ act: [String]) throws {
      let typed = act.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
      transcript += "$ trunkline approve \(set) \(typed)\n" + (try step("approve", [set] + act).stdout)
    }
    for act in Self.acts(lines.last?["groups"]?.items ?? []) { try perform(act) }
    if !transcript.contains("nothing is left to approve") { try perform(["--all-but-mandatory"]) }
    return (set, transcript)
  }

  private static func acts(_ groups: [JSON]) -> [[String]] {
    var acts: [[String]] = []
    for field in ["mrc", "nrc", "etf", "term", "access", "financial"] {
      for kind in ["new", "overwrite"] {
        let own = groups.filter {
          $0["field"]?.text == field && $0["kind"]?.text == kind && $0["mandatory"]?.bool == true
        }
        if own.isEmpty { continue }
        let money = own.filter { $0["currency"]?.text?.utf8.count == 3 }
        var totals = money.map { "\($0["currency"]?.text ?? "") \(amount($0["after_minor"]?.int ?? 0))" }
        if money.count < own.count {
          totals.append(String(own.reduce(0) { $0 + ($1["items"]?.int ?? 0) }))
        }
        acts.append(["--field", field] + (kind == "new" ? [] : ["--overwrites"]) + totals.flatMap { ["--total", $0] })
      }
    }
    return acts
  }

  private static func amount(_ minor: Int) -> String {
    let cents = minor.magnitude % 100
    return (minor < 0 ? "-" : "") + "\(minor.magnitude / 100)." + (cents < 10 ? "0" : "") + "\(cents)"
  }

  /// A file from its bytes to the receipt.
  @discardableResult
  func load(_ table: String, _ mapping: String) throws -> (hops: Hops, plan: Outcome) {
    let hops = try stage(table, mapping)
    let plan = try plan(hops, changes: true)
    try step("commit", [try approve(plan).set])
    return (hops, plan)
  }

  /// A sheet of the inventory's report as CSV, reckoned from a day.
  func sheet(_ name: String, asOf day: String = "2026-11-21") throws -> String {
    try step(
      "report",
      [
        "inventory", "--definition", "\(repositoryRoot)/Reports/inventory.yaml", "--as-of", day, "--format", "csv",
        "--sheet", name, "--out", "sheet.csv",
      ])
    return try folder.read("sheet.csv")
  }

  /// Rows of a query, each cell as text.
  func rows(_ sql: String) throws -> [[String]] {
    let connection = try database.connect()
    defer { connection.close() }
    return try connection.rows(sql).map { row in
      row.map { value in
        switch value {
        case .null: ""
        case .int(let number): String(number)
        case .text(let text): text
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        }
      }
    }
  }
}
