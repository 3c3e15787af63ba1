import TestSupport
import Testing

/// Samples/workbook: a workbook with a cover, a title, two header rows, merged cells, an error and totals, hop by hop.
struct WorkbookSampleTests {
  private static let folder = "Samples/workbook"

  @Test func everyHopIsAsRecorded() throws {
    let sample = try SampleDatabase()
    let root = "\(repositoryRoot)/\(Self.folder)"
    let explained = try run("trunkline-extract", ["--explain", root + "/0-source.xlsx"])
    let hops = try sample.stage(root + "/0-source.xlsx", root + "/mapping.yaml")
    let plan = try sample.step("diff", ["--run", hops.run, "--as-of", "2026-11-21", "--all"], expect: [2])
    for (text, file) in [
      (explained.stdout, "1-explain.txt"), (String(decoding: hops.extracted, as: UTF8.self), "1-extract.jsonl"),
      (String(decoding: hops.mapped, as: UTF8.self), "2-map.jsonl"), (plan.stdout, "4-plan.txt"),
    ] {
      do { try Golden.check(text, "\(Self.folder)/\(file)") } catch { Issue.record(error) }
    }
  }
}
