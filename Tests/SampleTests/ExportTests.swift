import Records
import TestSupport
import Testing

/// What is exported comes back: unedited as an empty plan, edited as exactly those edits.
struct ExportTests {
  private static let entities = [
    "documents", "carriers", "carrier_aliases", "service_types", "billing_accounts", "customers", "endpoints",
    "contracts",
    "contract_terms", "escalators", "etf_formulas", "circuits", "contract_lines", "lifecycle_events",
    "users",
  ]

  /// A database with all of Samples/entities committed.
  private static func filled(_ store: TestStore) throws -> SampleDatabase {
    let sample = try SampleDatabase(store)
    for table in try SampleChain.tables(in: "Samples/entities") {
      try sample.load("\(repositoryRoot)/\(table.source)", "\(repositoryRoot)/\(table.mapping)")
    }
    return sample
  }

  private static func table(_ sample: SampleDatabase, _ name: String) throws -> Table {
    Table(String(decoding: try readFile(sample.folder.file(name)), as: UTF8.self))
  }

  private static func back(_ sample: SampleDatabase, _ table: String, _ mapping: String, changes: Bool) throws -> [JSON]
  {
    let plan = try sample.plan(try sample.stage(table, mapping), changes: changes)
    return plan.stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }
  }

  @Test(arguments: TestStore.available)
  func everyEntityComesBackAsAnEmptyPlan(_ store: TestStore) throws {
    let sample = try Self.filled(store)
    for entity in Self.entities {
      try sample.step("export", [entity, "-o", "\(entity).csv"])
      _ = try Self.back(sample, "\(entity).csv", "\(entity).mapping.yaml", changes: false)
      try sample.step("export", [entity, "-o", "book-\(entity).xlsx"])
      _ = try Self.back(sample, "book-\(entity).xlsx", "book-\(entity).mapping.yaml", changes: false)
      let stream = try sample.step("export", [entity, "--format", "jsonl"]).output
      let staged = try sample.step("stage", stdin: stream)
      let run = try #require(Hops.final(staged.stdout)?["run"]?.text)
      try sample.step("diff", ["--run", run])
      let records = stream.split(separator: 0x0A).count - 2
      let rows = try Self.table(sample, "\(entity).csv").rows.count
      #expect(records == rows && rows > 0, "\(entity)")
    }
  }

  /// Of each entity the first editable text, number or date of the first record is changed, and the last record taken out.
  @Test(arguments: TestStore.available)
  func anEditedCellIsOneChangeAndARemovedRowIsNone(_ store: TestStore) throws {
    let sample = try Self.filled(store)
    let edits = [
      "documents": ("filename", "other.pdf"), "carriers": ("legal_name", "Other, Inc."),
      "service_types": ("name", "Other"),
      "billing_accounts": ("name", "Other account"), "customers": ("name", "Other customer"),
      "endpoints": ("city", "Other"),
      "contracts": ("status", "terminated"), "contract_terms": ("notice_days", "45"), "escalators": ("rate_bps", "425"),
      "etf_formulas": ("text_quote", "=other, \"quoted\""), "circuits": ("mrc", "1234.56"),
      "contract_lines": ("mrc", "1234.56"),
      "users": ("display_name", "Other"),
    ]
    for (entity, edit) in edits.sorted(by: { $0.key < $1.key }) {
      try sample.step("export", [entity, "-o", "edited.csv", "--mapping", "edited.yaml"])
      var table = try Self.table(sample, "edited.csv")
      let column = try #require(table.header.firstIndex(of: edit.0))
      table.rows[0][column] = edit.1.hasPrefix("=") ? "'" + edit.1 : edit.1
      if table.rows.count > 1 { table.rows.removeLast() }
      try writeFile(Array(table.text().utf8), sample.folder.file("edited.csv"))
      let lines = try Self.back(sample, "edited.csv", "edited.yaml", changes: true)
      let items = lines.filter { $0["type"]?.text == "item" }
      #expect(items.count == 1, "\(entity): \(items.map(\.line))")
      #expect(items.first?["entity"]?.text == entity)
      let fields = items.first?["fields"] ?? .null
      #expect(fields.items.count + fields.members.count == 1, "\(entity): \(fields.line)")
      #expect(items.first?.line.contains("Other") == true || !edit.1.hasPrefix("Other"))
    }
  }

  @Test func conditionsChooseRecordsByTheirValue() throws {
    let sample = try Self.filled(.sqlite)
    func rows(_ conditions: String...) throws -> Int {
      let out = try sample.step("export", ["circuits"] + conditions.flatMap { ["--where", $0] }).output
      return Table(String(decoding: out, as: UTF8.self)).rows.count
    }
    let all = try rows()
    let mine = try rows("carrier=lumen")
    #expect(mine > 0 && mine < all)
    #expect(try rows("carrier=LUMEN") == mine)
    #expect(try rows("mrc=830") >= 1)
    #expect(try rows("mrc=830.00", "carrier=nobody") == 0)
    #expect(try rows("disconnected_on=") + rows("disconnected_on=2026-01-01") <= all)
    let refused = try sample.step("export", ["circuits", "--where", "carier=lumen"], expect: [64])
    #expect(refused.stderr.contains("no field \"carier\"") && refused.stderr.contains("carrier"))
    try sample.step("export", ["circuits", "--where", "carrier"], expect: [64])
    try sample.step("export", ["circuits", "--where", "installed_on=soon"], expect: [64])
  }
}
