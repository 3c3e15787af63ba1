import Records
import TestSupport
import Testing

/// What people did by hand is not lost, the table is read again as it was read at first, and nothing is left lying about.
struct CorrectionCareTests {
  private let sample: SampleDatabase

  init() throws {
    sample = try SampleDatabase()
    let carriers = "\(repositoryRoot)/Samples/entities/carriers"
    try sample.load(carriers + ".csv", carriers + ".yaml")
    try write(
      "name: rows\nversion: 1\nentity: circuit\ndefaults: {currency: USD, decimal: point}\n"
        + "columns: {Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, MRC: circuit.mrc}\n", "m.yaml")
  }

  private func write(_ text: String, _ name: String) throws {
    try writeFile(Array(text.utf8), sample.folder.file(name))
  }

  private func refused(_ table: String) throws {
    try write(table, "a.csv")
    let rows = try sample.step("extract", ["a.csv"]).output
    try sample.step("map", ["--mapping", "m.yaml", "--rejects", "r.jsonl"], stdin: rows, expect: [3])
  }

  private func correct(_ workbook: String, _ text: String) throws {
    var copy = try WorkbookCopy(sample.folder.file(workbook))
    copy["Fix"].set(1, "MRC", .text(text))
    try copy.write(sample.folder.file(workbook))
  }

  @Test(arguments: ["xlsx", "csv"]) func aCorrectedFileIsKept(_ format: String) throws {
    try refused("Carrier,Circuit,MRC\nLumen,A1,abc\n")
    let arguments = ["r.jsonl", "--format", format, "-o", "d.\(format)"]
    try sample.step("errors", arguments)
    // The same again is the same file.
    #expect(try !sample.step("errors", arguments).stderr.contains("kept"))
    try write("corrected by hand", "d.\(format)")
    #expect(try sample.step("errors", arguments).stderr.contains("an earlier d.\(format) was kept as d.\(format).1"))
    #expect(try sample.folder.read("d.\(format).1") == "corrected by hand")
    #expect(try sample.folder.read("d.\(format)") != "corrected by hand")
  }

  @Test func aWrongFileIsToldWithTheWayOn() throws {
    try refused("Carrier,Circuit,MRC\nLumen,A1,abc\n")
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    let table = try sample.step("errors", ["a.csv"], expect: [64]).stderr
    #expect(table.contains("a.csv is a text file") && table.contains("trunkline extract a.csv | trunkline map"))
    let book = try sample.step("errors", ["d.xlsx"], expect: [64]).stderr
    #expect(book.contains("d.xlsx is a workbook") && book.contains("trunkline fix d.xlsx"))
    let rejects = try sample.step("fix", ["r.jsonl"], expect: [65]).stderr
    #expect(rejects.contains("r.jsonl holds rejects") && rejects.contains("trunkline errors r.jsonl"))
    let text = try sample.step("fix", ["a.csv"], expect: [65]).stderr
    #expect(text.contains("a.csv is a text file") && text.contains("save it as XLSX"))
    try WorkbookCopy([["Carrier"], ["Lumen"]], sheet: "S").write(sample.folder.file("other.xlsx"))
    #expect(try sample.step("fix", ["other.xlsx"], expect: [65]).stderr.contains("no workbook of trunkline errors"))
    try writeFile(Array("PK".utf8) + [3, 4, 1, 2, 3], sample.folder.file("cut.xlsx"))
    #expect(try sample.step("fix", ["cut.xlsx"], expect: [65]).stderr.contains("ZIP archive"))
  }

  /// Every option that says how to read a file is said again when it is read again.
  @Test func theTableIsReadAsItWasReadAtFirst() throws {
    let lines =
      "Carrier/Circuit/MRC\r\nLumen/A1/1.00\r\n\r\n\r\nCarrier/Circuit/MRC\r\n~ a remark/1/2\r\n"
      + "Lumen/'B'1'/20.00\r\nLumen/'B'1'/30.00\r\nZ\u{FC}rich/B2/5.00\r\nLumen/Total/55.00\r\n"
    try writeFile(lines.unicodeScalars.map { UInt8($0.value) }, sample.folder.file("a.csv"))
    let said = [
      "--delimiter", "/", "--encoding", "cp1252", "--quote", "none", "--header-row", "5", "--comment", "~", "--footer",
      "10",
    ]
    let rows = try sample.step("extract", said + ["a.csv"])
    #expect(rows.stdout.contains("\"read\":{\"encoding\":\"cp1252\",\"delimiter\":\"/\",\"quote\":\"none\""))
    let mapped = try sample.step("map", ["--mapping", "m.yaml"], stdin: rows.output).output
    let run = Hops.final(try sample.step("stage", stdin: mapped).stdout)?["run"]?.text ?? ""
    let told = try sample.step("errors", ["--run", run, "-o", "d.xlsx"]).stderr
    #expect(told.contains("2 rows to correct") && !told.contains("not in the table"))
    let copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    #expect(copy["Fix"].rows[1].prefix(3).map(\.text) == ["Lumen", "'B'1'", "20.00"])
    #expect(copy["_meta"].rows.contains { $0.first == .text("source") && $0[1].text.contains("\"footer\":\"10\"") })
  }

  /// Rows of a workbook of corrections stand in that workbook, which `fix` reads.
  @Test func rowsThatCameBackAreFoundInTheirWorkbook() throws {
    try refused("Carrier,Circuit,MRC\nLumen,A1,abc\nLumen,A1,def\n")
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    var copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    copy["Fix"].set(1, "MRC", .text("1.00"))
    copy["Fix"].set(2, "MRC", .text("2.00"))
    try copy.write(sample.folder.file("d.xlsx"))
    let rows = try sample.step("fix", ["d.xlsx", "--stream"]).output
    let mapped = try sample.step("map", ["--mapping", "m.yaml"], stdin: rows).output
    let run = Hops.final(try sample.step("stage", stdin: mapped).stdout)?["run"]?.text ?? ""
    try sample.step("errors", ["--run", run, "-o", "e.xlsx"])
    let next = try WorkbookCopy(sample.folder.file("e.xlsx"))
    #expect(next["Fix"].rows.dropFirst().map { $0[2].text } == ["1.00", "2.00"])
  }

  /// A row that waits for an answer waits with what was written beside it, and the log has it too.
  @Test func aCommentOnARowLeftAsItIsIsKept() throws {
    try refused("Carrier,Circuit,MRC\nLumen,A1,abc\nLumen,A2,def\nLumen,A3,ghi\n")
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    var copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    copy["Fix"].set(1, "_comment", .text("asked Bob, waits"))
    copy["Fix"].set(2, "MRC", .text("2.00"))
    copy["Fix"].set(3, "_action", .text("Skip "))
    try copy.write(sample.folder.file("d.xlsx"))
    let outcome = try sample.step("fix", ["d.xlsx"], expect: [3])
    #expect(outcome.stderr.contains("rows are rejected again: d-2.xlsx"), "\(outcome.stderr)")
    #expect(!outcome.stderr.contains("/map.jsonl"), "\(outcome.stderr)")
    var next = try WorkbookCopy(sample.folder.file("d-2.xlsx"))
    #expect(next["Fix"].rows.count == 2 && next["Fix"].text(1, "_comment") == "asked Bob, waits")
    let log = try sample.step("audit", ["log", "--json"]).stdout
    #expect(log.contains(#""kind":"note","row":2,"comment":"asked Bob, waits""#), "\(log)")
    next["Fix"].set(1, "MRC", .text("1.00"))
    try next.write(sample.folder.file("d-2.xlsx"))
    let last = try sample.step("fix", ["d-2.xlsx"], expect: [2]).stderr
    #expect(last.contains("no row is rejected: nothing is left to correct"), "\(last)")
  }

  @Test func whatMapSaysIsSaidAlsoWhenThePlanSucceeds() throws {
    try refused("Carrier,Circuit,MRC\nLumen,A1,abc\n")
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    try correct("d.xlsx", "5.00")
    try write(
      "name: rows\nversion: 1\nentity: circuit\ndefaults: {currency: USD, decimal: point}\n"
        + "columns: {Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, MRC: circuit.mrc, NRC: circuit.nrc}\n",
      "wide.yaml")
    let outcome = try sample.step("fix", ["d.xlsx", "--mapping", "wide.yaml"], expect: [2])
    #expect(outcome.stderr.contains("the table lacks columns of the mapping: NRC"))
  }

  @Test func correctionsBeforeTheFirstPlanIsCommittedAreSaidSo() throws {
    try write("Carrier,Circuit,MRC\nLumen,A1,1.00\nLumen,A2,abc\n", "a.csv")
    let rows = try sample.step("extract", ["a.csv"]).output
    let mapped = try sample.step("map", ["--mapping", "m.yaml", "--rejects", "r.jsonl"], stdin: rows, expect: [3])
      .output
    let run = Hops.final(try sample.step("stage", stdin: mapped).stdout)?["run"]?.text ?? ""
    let plan = try sample.step("diff", ["--json", "--run", run], expect: [2])
    try sample.step("errors", ["r.jsonl", "--run", run, "-o", "d.xlsx"])
    try correct("d.xlsx", "5.00")
    let early = try sample.step("fix", ["d.xlsx"], expect: [2]).stderr
    #expect(
      early.contains("the other rows of a.csv are not committed yet") && early.contains("hint: commit CS-0002 first"))
    try sample.step("commit", [try sample.approve(plan).set])
    #expect(try !sample.step("fix", ["d.xlsx"], expect: [2]).stderr.contains("not committed yet"))
  }

  /// A signal at any moment leaves no folder behind, and no step that goes on without its command.
  @Test func aSignalLeavesNothingBehind() throws {
    try refused("Carrier,Circuit,MRC\n" + (1...200).map { "Lumen,A\($0),abc\n" }.joined())
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    let temporary = sample.folder.file("tmp")
    var random = SplitMix64()
    var interrupted = 0
    for _ in 0..<12 {
      let pause = "0." + String(1000 + random.next() % 250).dropFirst()
      let line =
        "mkdir -p tmp; env --default-signal=INT,TERM TMPDIR='\(temporary)' trunkline-fix d.xlsx > out 2> err & p=$!;"
        + " sleep \(pause); kill -TERM $p 2>/dev/null; wait $p; s=$?; ls tmp; exit $s"
      let ended = try sample.shell(line)
      #expect(ended.stdout == "", "after \(pause) s, seed \(random.seed): \(ended.stdout)")
      if ended.status == 143 { interrupted += 1 }
    }
    #expect(interrupted > 0, "seed \(random.seed)")
  }
}
