import Records
import TestSupport
import Testing

/// Rows on their way out to a person and back, by the built executables.
struct CorrectionChainTests {
  private let sample: SampleDatabase

  init() throws {
    sample = try SampleDatabase()
    let carriers = "\(repositoryRoot)/Samples/entities/carriers"
    try sample.load(carriers + ".csv", carriers + ".yaml")
  }

  private func write(_ text: String, _ name: String) throws {
    try writeFile(Array(text.utf8), sample.folder.file(name))
  }

  private func mapping(_ columns: String, _ more: String = "entity: circuit", decimal: String = "point") throws {
    try write(
      "name: rows\nversion: 1\n\(more)\ndefaults: {currency: USD, decimal: \(decimal)}\ncolumns: {\(columns)}\n",
      "m.yaml")
  }

  /// What map refuses of a table, as a file of rejects.
  private func refused(_ tables: [String], mapping: [String] = ["--mapping", "m.yaml"]) throws {
    let rows = try sample.step("extract", tables).output
    try sample.step("map", mapping + ["--rejects", "r.jsonl"], stdin: rows, expect: [3])
  }

  private func fixed(_ column: String, _ text: String, _ arguments: [String]) throws -> Outcome {
    var copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    copy["Fix"].set(1, column, .text(text))
    try copy.write(sample.folder.file("d.xlsx"))
    return try sample.step("fix", ["d.xlsx"] + arguments, expect: [0, 2])
  }

  @Test func columnsCalledLikeOursComeBackWhole() throws {
    try write("Carrier,_row,MRC,_id\nLumen,first,abc,AA1\nLumen,second,10.00,AA2\n", "a.csv")
    try mapping("Carrier: circuit.carrier, _id: circuit.carrier_circuit_id, MRC: circuit.mrc, _row: circuit.notes")
    try refused(["a.csv"])
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    let copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    #expect(copy["Fix"].rows[1].prefix(4).map(\.text) == ["Lumen", "first", "abc", "AA1"])
    let stream = try fixed("MRC", "10.00", ["--stream"])
    #expect(stream.stdout.contains("\"_id\":\"AA1\"") && stream.stdout.contains("\"_row_2\":\"first\""))
    #expect(stream.stderr.contains("1 handed on"))
    let mapped = try sample.step("map", ["--mapping", "m.yaml"], stdin: stream.output).stdout
    #expect(mapped.contains("\"notes\":\"first\"") && mapped.contains("AA1"))
    try sample.step("errors", ["r.jsonl", "--format", "csv", "-o", "d.csv"])
    let table = String(decoding: try readFile(sample.folder.file("d.csv")), as: UTF8.self)
    #expect(table.hasPrefix("Carrier,_row_2,MRC,_id,_row,_status"))
    #expect(table.contains("Lumen,first,abc,AA1,2,rejected"))
  }

  @Test func aRefusedDecimalMarkCanBeMended() throws {
    try write("Carrier,Circuit,MRC\nLumen,A1,\"12,50\"\nLumen,A2,10.00\n", "a.csv")
    try mapping("Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, MRC: circuit.mrc")
    try refused(["a.csv"])
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    #expect(try fixed("MRC", "12.50", ["--stream"]).stdout.contains("\"MRC\":\"12.50\""))
  }

  /// A number cell holds no mark: it is written in the one its column shows, and never so that it could be thousands.
  @Test(arguments: [("comma", "\"1.299,50\"", "1,2340"), ("point", "\"1,299.50\"", "1.2340")])
  func aNumberCellIsReadAsItIsMeant(_ mark: String, _ other: String, _ text: String) throws {
    try write("Carrier,Circuit,MRC\nLumen,A1,abc\nLumen,A2,\(other)\n", "a.csv")
    try mapping("Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, MRC: circuit.mrc", decimal: mark)
    try refused(["a.csv"])
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    var copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    copy["Fix"].set(1, "MRC", .number(1234, decimals: 3))
    try copy.write(sample.folder.file("d.xlsx"))
    #expect(try sample.step("fix", ["d.xlsx", "--stream"]).stdout.contains("\"MRC\":\"\(text)\""))
    copy["Fix"].set(1, "MRC", .number(995, decimals: 1))
    try copy.write(sample.folder.file("d.xlsx"))
    let stream = try sample.step("fix", ["d.xlsx", "--stream"]).output
    #expect(try sample.step("map", ["--mapping", "m.yaml"], stdin: stream).stdout.contains("\"mrc_minor\":9950"))
  }

  @Test func theKindOfRecordIsHandedOn() throws {
    try write("Name,Window\nFresh Carrier,??\n", "a.csv")
    try mapping("Name: name, Window: dispute_window_days", "mode: partial")
    try refused(["a.csv"], mapping: ["--mapping", "m.yaml", "--entity", "carrier"])
    try sample.step("errors", ["r.jsonl", "-o", "d.xlsx"])
    let plan = try fixed("Window", "90", ["--mapping", "m.yaml", "--entity", "carrier"])
    #expect(plan.stdout.contains("fresh-carrier"))
  }

  @Test func aWorkbookIsOfOneTable() throws {
    try write("Carrier,Circuit,MRC\nLumen,A1,abc\n", "a.csv")
    try write("Carrier,Circuit,MRC,Note\nLumen,B1,abc,n2\n", "b.csv")
    try mapping("Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, MRC: circuit.mrc, \"*\": ignore")
    try refused(["a.csv", "b.csv"])
    let both = try sample.step("errors", ["r.jsonl"], expect: [64])
    #expect(both.stderr.contains("two tables, a.csv and b.csv") && both.stderr.contains("one by one"))
    try write("Carrier,Circuit,MRC\nLumen,C1,1.00\nLumen,C1,2.00\n", "c.csv")
    try write("Carrier,Circuit,MRC\nLumen,D1,1.00\n", "d.csv")
    let rows = try sample.step("extract", ["c.csv", "d.csv"]).output
    let mapped = try sample.step("map", ["--mapping", "m.yaml"], stdin: rows).output
    let staged = try sample.step("stage", stdin: mapped)
    let run = Hops.final(staged.stdout)?["run"]?.text ?? ""
    let refused = try sample.step("errors", ["--run", run], expect: [64])
    #expect(refused.stderr.contains("read 2 tables"))
  }

  @Test func twoHeaderRowsAreReadAgain() throws {
    try write(
      ",,Charges,Charges\nCarrier,Circuit,MRC,NRC\nLumen,B9,20.00,1.00\nLumen,B9,30.00,1.00\nLumen,B8,5.00,1.00\n",
      "a.csv")
    try mapping(
      "Carrier: circuit.carrier, Circuit: circuit.carrier_circuit_id, \"Charges / MRC\": circuit.mrc, \"*\": ignore")
    let rows = try sample.step("extract", ["--header-row", "1-2", "a.csv"]).output
    let mapped = try sample.step("map", ["--mapping", "m.yaml"], stdin: rows).output
    let staged = try sample.step("stage", stdin: mapped)
    let run = Hops.final(staged.stdout)?["run"]?.text ?? ""
    try sample.step("errors", ["--run", run, "-o", "d.xlsx"])
    let copy = try WorkbookCopy(sample.folder.file("d.xlsx"))
    #expect(copy["Fix"].rows[0].prefix(4).map(\.text) == ["Carrier", "Circuit", "Charges / MRC", "Charges / NRC"])
  }
}
