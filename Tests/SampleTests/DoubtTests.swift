import TestSupport
import Testing

/// Rows that were taken and still deserve a look: what they refer to is probably misspelt, or they change a committed record.
struct DoubtTests {
  private let sample: SampleDatabase

  init() throws {
    sample = try SampleDatabase()
    let carriers = "\(repositoryRoot)/Samples/entities/carriers"
    try sample.load(carriers + ".csv", carriers + ".yaml")
    let mapping = """
      name: doubts
      version: 1
      entity: circuit
      defaults: {currency: USD, decimal: point}
      columns: {Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, Monthly: circuit.mrc}
      """
    try writeFile(Array(mapping.utf8), sample.folder.file("mapping.yaml"))
  }

  /// Stages a table and answers its run.
  private func stage(_ table: String) throws -> Hops {
    try writeFile(Array(table.utf8), sample.folder.file("doubts.csv"))
    return try sample.stage("doubts.csv", "mapping.yaml")
  }

  @Test func aMisspeltCarrierIsShownWithTheNearestOneAndCorrected() throws {
    let hops = try stage("Carrier,Circuit,Monthly\nLumenn,X-1,10.00\nLumen,X-2,20.00\nNobody Ever Heard,X-3,30.00\n")
    _ = try sample.plan(hops, changes: true)
    try sample.step(
      "errors", ["--run", hops.run, "--source", "doubts.csv", "--mapping", "mapping.yaml", "-o", "d.xlsx"])
    var copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    let stubs = copy["Stubs"].rows.dropFirst(2).map { $0.prefix(3).map(\.text) }
    #expect(stubs.contains(["carrier", "lumenn", "lumen"]))
    #expect(stubs.contains { $0[1] == "nobody-ever-heard" && $0[2].isEmpty })
    var fix = copy["Fix"]
    #expect(fix.rows.count == 2 && fix.text(1, "_status") == "stub" && fix.text(1, "_source_row") == "2")
    // Untouched, a row that was taken already is not handed on again.
    let same = try sample.step("fix", ["d.xlsx"])
    #expect(same.stderr.contains("no row is handed on"))
    fix.set(1, "Carrier", .text("Lumen"))
    copy["Fix"] = fix
    try copy.write(sample.folder.file("d.xlsx"))
    let fixed = try sample.step("fix", ["d.xlsx", "--mapping", "mapping.yaml"], expect: [2])
    #expect(fixed.stdout.contains("lumen/X1") && !fixed.stdout.contains("lumenn"))
  }

  @Test func aCommittedRecordStandsBesideTheRowThatChangesIt() throws {
    let first = try stage("Carrier,Circuit,Monthly\nLumen,X-1,10.00\nLumen,X-2,20.00\n")
    try sample.step("commit", [try sample.approve(try sample.plan(first, changes: true)).set])
    let second = try stage("Carrier,Circuit,Monthly\nLumen,X-1,11.00\nLumen,X-2,20.00\n")
    try sample.step("errors", ["--run", second.run])
    let alone = try WorkbookCopy(sample.folder.file("doubts.csv.errors.xlsx"))
    #expect(alone["Duplicates"].rows.count == 3 && alone["Fix"].rows.count == 1)
    try sample.step("errors", ["--run", second.run, "--errors-only"], expect: [66])
    let bad = try stage("Carrier,Circuit,Monthly\nLumen,X-1,12.00\nLumen,X-2,20.00\nLumen,X-2,21.00\n")
    try sample.step("errors", ["--run", bad.run, "--source", "doubts.csv", "-o", "d.xlsx"])
    let copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    let rows = copy["Duplicates"].rows.dropFirst(2).map { $0.map(\.text) }
    let header = copy["Duplicates"].rows[1].map(\.text)
    let place = try #require(header.firstIndex(of: "The database says"))
    #expect(
      rows.contains { $0[1] == "lumen/X1" && $0[2] == "file and database" && $0[5] == "12.00" && $0[place] == "10.00" })
    #expect(copy["Fix"].rows.count >= 2)
  }

  /// What `stage` refuses stands in the source only: its sheet is read again.
  @Test func rowsRefusedAfterMappingComeOutOfAWorkbookAgain() throws {
    let mapping = """
      name: services
      version: 1
      entity: circuit
      columns: {Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, Service: circuit.service_type}
      on_missing: {service_type: error}
      """
    try writeFile(Array(mapping.utf8), sample.folder.file("mapping.yaml"))
    let rows = [["Carrier", "Circuit", "Service"], ["Lumen", "0048", "DIAA"], ["Lumen", "0049", ""]]
    try WorkbookCopy(rows, sheet: "Circuits").write(sample.folder.file("circuits.xlsx"))
    let extracted = try sample.step("extract", ["circuits.xlsx"]).output
    let mapped = try sample.step("map", ["--mapping", "mapping.yaml"], stdin: extracted).output
    try sample.step("stage", ["--rejects", "c.jsonl"], stdin: mapped, expect: [3])
    try sample.step("errors", ["c.jsonl"])
    let fix = try WorkbookCopy(sample.folder.file("circuits.xlsx.errors.xlsx"))["Fix"]
    #expect(fix.rows.count == 2 && fix.text(1, "_codes") == "E_REFERENCE")
    #expect(["Carrier", "Circuit", "Service"].map { fix.text(1, $0) } == rows[1])
  }
}
