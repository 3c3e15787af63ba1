import Records
import TestSupport
import Testing

/// Samples/contracts: papers at every hop, as the executables leave them.
///
/// What is recognised of the scan depends on the version of tesseract, so only its page without words is kept.
@Suite struct ContractHopTests {
  private static let folder = "Samples/contracts"
  /// The papers that go through every hop together.
  private static let whole = ["northline-master", "northline-order", "northline-amendment"]
  private static let sheets = ["Contracts & terms", "Contract lines"]

  @Test(arguments: AnswerSheet.names) func pagesAndRecordsAreAsRecorded(_ name: String) throws {
    let sample = try SampleDatabase()
    let pages = try sample.step("extract", ["--documents", "kept", PaperDesk.path("0-source/" + name)])
    check(pages.stdout, "1-extract/\(name).jsonl")
    if name.hasSuffix("-scan") { return }
    // No page of these needs recognition: they pass ocr as they are.
    let passed = try sample.step("ocr", ["--documents", "kept"], stdin: pages.output)
    #expect(passed.output == pages.output)
    check(try sample.step("map", ["--as-of", "2026-11-21"], stdin: passed.output).stdout, "2-map/\(name).jsonl")
  }

  @Test func everyHopToTheReportIsAsRecorded() throws {
    let desk = try PaperDesk()
    let sample = desk.sample
    let extracted = try sample.step("extract", Self.whole.map { PaperDesk.path("0-source/" + $0) })
    let mapped = try sample.step("map", ["--as-of", "2026-11-21"], stdin: extracted.output)
    let staged = try sample.step("stage", ["--as-of", "2026-11-21"], stdin: mapped.output)
    check(staged.stdout, "3-stage.json")
    let run = Hops.final(staged.stdout)?["run"]?.text ?? ""
    let options = ["--run", run, "--as-of", "2026-11-21"]
    check(try sample.step("diff", ["--json"] + options, expect: [2]).stdout, "4-plan.jsonl")
    check(try sample.step("diff", ["--all"] + options, expect: [2]).stdout, "4-plan.txt")
    let set = try desk.newest()
    check(try desk.approve(set), "5-approvals.txt")
    check(HopTests.withoutHash(try sample.step("commit", [set]).stdout), "6-receipt.txt")
    for sheet in Self.sheets { check(try sample.sheet(sheet), "7-report/\(HopTests.file(of: sheet))") }
    check(try desk.plan(["changed/northline-amendment"], " --as-of 2026-11-21").stdout, "changed-plan.txt")
  }

  private func check(_ text: String, _ file: String) { HopTests.check(text, "\(Self.folder)/\(file)") }
}
