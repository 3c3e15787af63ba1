import Records
import SQL
import TestSupport
import Testing

/// Rows that may be one record are shown, and none wins in silence.
@Suite struct DuplicateTests {
  /// Rows of one key stand side by side, with the committed record: in the plan and in its JSON.
  @Test(arguments: TestStore.available) func duplicatesAreShownSideBySide(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,90.00,USD,,,old"])
    let rows = ["Lumen,AA/1,100.00,USD,,,one", "Lumen,AA/1,101.00,USD,,,\(String(repeating: "long ", count: 20))"]
    let planned = try chain.plan(rows + ["Lumen,AA/2,1.00,USD,,,x"])
    let lines = planned.stdout.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("row 2 row 3 in the database"), "\(planned.stdout)")
    #expect(lines.contains("mrc USD 100.00 USD 101.00 USD 90.00"), "\(planned.stdout)")
    #expect(lines.contains("notes one long long long long l... old"), "\(planned.stdout)")
    #expect(lines.contains { $0.hasPrefix("# (") && $0.hasSuffix("fields are the same in all of them)") })
    let json = try chain.plan(rows, options: "--json")
    let item = json.stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }.first { $0["rows"] != nil }
    let shown = try #require(item?["rows"]?.items)
    #expect(shown.map { $0["row"]?.int } == [2, 3, nil] && shown[2]["committed"]?.bool == true, "\(shown)")
    #expect(shown.map { $0["values"]?["mrc"]?.int } == [10_000, 10_100, 9_000], "\(shown)")
    try chain.land(2)
    #expect(try chain.mrc("lumen/AA1") == 9_000, "none of them won")
  }

  /// Two writings of one identifier that agree otherwise are one record, and somebody is told.
  @Test(arguments: TestStore.available) func twoWritingsOfOneKeyAreSuspected(_ store: TestStore) throws {
    let chain = try Chain(store)
    let rows = [
      "Lumen,10/KEFN/1,100.00,USD,,,one", "Lumen,10/kefn-1,100.00,USD,,,one", "Lumen,B/1,1.00,USD,,,",
      "Lumen,B/1,1.00,USD,,,",
    ]
    let planned = try chain.plan(rows)
    #expect(
      planned.stdout.contains("Note: 1 suspected duplicate (W_DUP_KEY), each taken as one record:"), "\(planned.stdout)"
    )
    #expect(
      planned.stdout.contains("circuit lumen/10KEFN1: rows 2 and 3 write it as 10/KEFN/1 and 10/kefn-1"),
      "\(planned.stdout)")
    #expect(planned.stdout.contains("Note: 1 key whose rows say exactly the same, taken once:"), "\(planned.stdout)")
    #expect(planned.stdout.contains("circuit lumen/B1: rows 4 and 5"))
    try chain.land(1)
    #expect(try chain.database.firstInt("SELECT count(*) FROM circuits") == 2)
    // Either writing alone beside the committed one is no second record, and the record stays as it is.
    let again = try chain.plan(rows)
    #expect(again.status == 0, "\(again.stdout)")
    #expect(try chain.verify().status == 0)
  }

  /// Two amounts for one circuit are a contradiction, however many rows of it stand between that only describe it otherwise.
  @Test(arguments: [3, 300]) func aContradictionBehindManyVariantsIsFound(_ variants: Int) throws {
    let chain = try Chain(.sqlite)
    let values =
      (1...variants).map { "\"notes\":\"note \($0)\"" }
      + ["101.11", "907.77"].map { "\"mrc_minor\":\($0.filter { $0 != "." }),\"currency\":\"USD\"" }
    let rows = values.enumerated().map { Self.record("circuits", Self.circuit + "," + $1, seq: $0 + 2) }
    try chain.folder.write(
      ([Self.schema("carriers"), Self.schema("circuits")]
        + [Self.record("carriers", "\"slug\":\"lumen\",\"name\":\"Lumen\"", seq: 1)] + rows)
        .joined(separator: "\n") + "\n", to: "rows.jsonl")
    let planned = try chain.sh("trunkline-stage --accept-unsealed < rows.jsonl | trunkline-diff")
    #expect(planned.stdout.contains("E_DUP_KEY"), "\(planned.stdout.suffix(2000)) \(planned.stderr)")
  }

  /// Every part of a refused row goes to the rejects under its own stream; corrected rejects too.
  @Test(arguments: ["", "__rejects"]) func theOtherPartsOfARefusedRowKeepTheirStreams(_ suffix: String) throws {
    let chain = try Chain(.sqlite)
    let faulty = Self.circuit + ",\"mrc_minor\":\"much\",\"currency\":\"USD\""
    // How a column was read, as no step of ours says it, and rows as far apart as numbers allow.
    let provenance = ",\"x-prov\":{\"name\":{\"col\":\"Carrier\",\"method\":\"given\",\"conf\":99999999999999999}}"
    try chain.folder.write(
      [
        Self.schema("carriers" + suffix, provenance), Self.schema("circuits" + suffix),
        Self.record("carriers" + suffix, "\"slug\":\"lumen\",\"name\":\"Lumen\"", seq: 1),
        Self.record("circuits" + suffix, faulty, seq: 1),
      ].joined(separator: "\n") + "\n", to: "rows.jsonl")
    let staged = try chain.sh("trunkline-stage --accept-unsealed --rejects r.jsonl < rows.jsonl")
    #expect(staged.status == 3, "\(staged.stderr)")
    let rejects = try chain.sh("cat r.jsonl").stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }
    let records = rejects.filter { $0["type"]?.text == "RECORD" }
    let names = records.map { ($0["stream"]?.text ?? "") + " " + ($0["record"]?["_code"]?.text ?? "") }
    #expect(names.contains("carriers__rejects E_SIBLING") && names.count == 2, "\(names)")
    #expect(names.contains { $0.hasPrefix("circuits__rejects E_") && !$0.hasSuffix("E_SIBLING") }, "\(names)")
  }

  private static let circuit = "\"carrier\":\"lumen\",\"carrier_circuit_id\":\"AA1\""

  private static func schema(_ stream: String, _ more: String = "") -> String {
    let key = stream.hasPrefix("carriers") ? "\"slug\"" : "\"carrier\",\"carrier_circuit_id\""
    let others =
      stream.hasPrefix("carriers")
      ? ["slug", "name"]
      : ["carrier", "carrier_circuit_id", "mrc_minor", "currency", "notes"]
    let properties = others.map { "\"\($0)\":{\"type\":[\"null\",\"string\"]}" }.joined(separator: ",")
    return "{\"type\":\"SCHEMA\",\"stream\":\"\(stream)\",\"key_properties\":[\(key)],"
      + "\"schema\":{\"type\":\"object\",\"properties\":{\(properties)}}\(more)}"
  }

  private static func record(_ stream: String, _ members: String, seq: Int) -> String {
    "{\"type\":\"RECORD\",\"stream\":\"\(stream)\",\"record\":{\(members)},\"seq\":\(seq),\"part\":0,\"row\":\(seq)}"
  }

  /// Letters that the comparison of keys does not see, or that the eye takes for others, are told.
  @Test func lettersThatDeceiveAreTold() throws {
    let chain = try Chain(.sqlite)
    let planned = try chain.plan(["L\u{0443}men,AA/1,1.00,USD,,,", "Lumen,ЖД-1,1.00,USD,,,", "Zayo,AA/2,1.00,USD,,,"])
    #expect(
      planned.stdout.contains("Note: 1 warning W_LETTERS:\n  row 3: ЖД-1 (Ж and other letters outside A-Z"),
      "\(planned.stdout)")
    #expect(
      planned.stdout.contains("Note: 1 warning W_LOOKALIKE:\n  row 2: Lуmen (у is of another script and looks like y"),
      "\(planned.stdout)")
  }
}
