import TestSupport
import Testing

/// Samples/circuits: the data at every hop, as the executables leave it.
struct HopTests {
  private static let folder = "Samples/circuits"
  private static let sheets = ["Circuits", "Contracts & terms", "Carriers", "Endpoints", "Billing accounts", "Summary"]

  @Test func everyHopIsAsRecorded() throws {
    let sample = try SampleDatabase()
    let root = "\(repositoryRoot)/\(Self.folder)"
    let mapping = root + "/mapping.yaml"
    let hops = try sample.stage(root + "/0-source.csv", mapping)
    check(String(decoding: hops.extracted, as: UTF8.self), "1-extract.jsonl")
    check(String(decoding: hops.mapped, as: UTF8.self), "2-map.jsonl")
    check(hops.staged.stdout, "3-stage.json")
    let plan = try sample.plan(hops, changes: true)
    check(try text(sample, hops), "4-plan.txt")
    check(plan.stdout, "4-plan.jsonl")
    let approved = try sample.approve(plan)
    check(approved.transcript, "5-approvals.txt")
    check(Self.withoutHash(try sample.step("commit", [approved.set]).stdout), "6-receipt.txt")
    for sheet in Self.sheets {
      check(try sample.sheet(sheet), "7-report/" + Self.file(of: sheet))
    }

    let changed = try sample.stage(root + "/changed.csv", mapping)
    check(try text(sample, changed), "changed-plan.txt")
    let second = try sample.approve(try sample.plan(changed, changes: true))
    try sample.step("commit", [second.set])
    check(try sample.step("revert", [second.set], expect: [0, 2]).stdout, "reverted-plan.txt")
  }

  private func text(_ sample: SampleDatabase, _ hops: Hops) throws -> String {
    try sample.step("diff", ["--run", hops.run, "--as-of", "2026-11-21", "--all"], expect: [2]).stdout
  }

  /// The file of a sheet: `contracts-terms.csv`.
  static func file(of sheet: String) -> String {
    sheet.lowercased().filter { $0.isLetter || $0 == " " }.split(separator: " ").joined(separator: "-") + ".csv"
  }

  /// The audit chain starts with the login of whoever runs the tests: its hashes differ from machine to machine.
  static func withoutHash(_ receipt: String) -> String {
    receipt.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("  audit entry") ? String(line.prefix { $0 != "," }) : String(line)
    }.joined(separator: "\n")
  }

  private func check(_ text: String, _ file: String) { Self.check(text, "\(Self.folder)/\(file)") }

  /// Every hop is looked at, also behind one that differs.
  static func check(_ text: String, _ file: String) {
    do {
      try Golden.check(text, file)
    } catch {
      Issue.record(error)
    }
  }
}
