import Records
import SQL
import TestSupport
import Testing

/// Values read from a document keep their page and quote, and nobody changes them unseen.
@Suite struct EvidenceTests {
  @Test(arguments: TestStore.available) func quotesAreStagedWithTheirValues(_ store: TestStore) throws {
    let chain = try Chain(store)
    let staged = try chain.stagePapers([.order()])
    #expect(staged.status == 0, "\(staged.stderr)")
    let rows = try chain.database.rows(
      "SELECT entity, nkey, field, place, value, document, page, boxes, quote, method, confidence, doubts"
        + " FROM field_evidence ORDER BY entity, field")
    let found = rows.map { row in row.map { $0.text ?? $0.int.map { String($0) } ?? "" }.joined(separator: "|") }
    let rest = "|\(PaperStream.digest("a"))|2|[[72000,90000,200000,101000]]|"
    let end = #"|sentence|930|["W_COMPUTED"]"#
    #expect(
      found == [
        #"8|lumen/SO-1/service_order|number|1|"SO-1""# + rest + "Order No. SO-1" + end,
        "9|lumen/SO-1/service_order/1|term_months|1|36" + rest + "a term of 36 months" + end,
        #"15|lumen/SO-1/service_order/1|currency|1|"USD""# + rest + "USD 1250.00 monthly" + end,
        "15|lumen/SO-1/service_order/1|mrc|1|125000" + rest + "USD 1250.00 monthly" + end,
      ])
    #expect(try chain.database.firstText("SELECT kind FROM runs") == "documents")
  }

  @Test(arguments: TestStore.available) func rowsOfTablesHaveNone(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,100.00,USD,SO-1,12,one"])
    #expect(try chain.database.firstInt("SELECT count(*) FROM field_evidence") == 0)
    #expect(try chain.database.firstText("SELECT kind FROM runs") == "table")
  }

  /// One way in which evidence is altered behind the plan.
  static let forgeries = [
    "UPDATE field_evidence SET quote = 'USD 9.00 monthly' WHERE field = 'mrc'",
    "UPDATE field_evidence SET page = 3 WHERE field = 'mrc'",
    "UPDATE field_evidence SET boxes = '[]' WHERE field = 'mrc'",
    "UPDATE field_evidence SET value = '1' WHERE field = 'mrc'",
    "UPDATE field_evidence SET document = 'b' WHERE field = 'mrc'",
    "UPDATE field_evidence SET confidence = 1000 WHERE field = 'mrc'",
    "UPDATE field_evidence SET doubts = '[]' WHERE field = 'mrc'",
    "UPDATE field_evidence SET field = 'nrc' WHERE field = 'mrc'",
    "DELETE FROM field_evidence WHERE field = 'mrc'", "DELETE FROM field_evidence",
    "UPDATE runs SET kind = 'table'",
  ]

  @Test(arguments: TestStore.available, forgeries)
  func evidenceAlteredAfterThePlanIsSeen(_ store: TestStore, _ sql: String) throws {
    let chain = try Chain(store)
    #expect(try chain.planPapers([.order()]).status == 2)
    #expect(try chain.verify().status == 0)
    try chain.database.script(sql)
    let what = sql.contains("runs") ? "run were altered" : "pages and quotes were altered since it was proposed"
    for command in ["trunkline-approve 1 --all-but-mandatory", "trunkline-commit 1"] {
      let refused = try chain.sh(command)
      #expect(refused.status == 5, "\(refused.stdout)")
      #expect(refused.stderr.contains(what), "\(refused.stderr)")
    }
    let audit = try chain.verify()
    #expect(audit.status != 0 && (audit.stdout + audit.stderr).contains(what.prefix(20)), "\(audit.stdout)")
  }

  @Test(arguments: TestStore.available) func aValueWithoutItsQuoteIsRejected(_ store: TestStore) throws {
    let chain = try Chain(store)
    var paper = PaperStream.order()
    let line = paper.records[2]
    paper.records[2] = PaperStream.Record(stream: line.stream, members: line.members, quotes: [line.quotes[1]])
    let staged = try chain.stagePapers([paper])
    #expect(staged.status == 3)
    #expect(try chain.database.firstInt("SELECT count(*) FROM field_evidence") == 0)
    #expect(try chain.database.firstInt("SELECT count(*) FROM staging_rows") == 0)
    let rejects = String(decoding: try readFile(chain.folder.file("rejects-stage.jsonl")), as: UTF8.self)
    #expect(rejects.contains("E_NO_QUOTE") && rejects.contains("E_SIBLING"))
    // What was refused keeps its quotes.
    #expect(rejects.contains(#""prov":{"currency":{"doc":"aaaa"#), "\(rejects)")
  }

  @Test func quotesThatAreNoneAreRejected() throws {
    let cases: [(String, (inout PaperStream) -> Void)] = [
      ("a quote of no property", { $0.records[0] = quoted($0.records[0], [("numbers", "x")]) }),
      ("not a page with a quote", { $0.records[0] = quoted($0.records[0], [("number", "")]) }),
      ("a quote of another document", { $0.records[0].document = PaperStream.digest("b") }),
      ("a quote of another document", { $0.source = nil }),
    ]
    for (message, change) in cases {
      let chain = try Chain(.sqlite)
      var paper = PaperStream.order()
      change(&paper)
      #expect(try chain.stagePapers([paper]).status == 3)
      let rejects = String(decoding: try readFile(chain.folder.file("rejects-stage.jsonl")), as: UTF8.self)
      #expect(rejects.contains("E_PROV") && rejects.contains(message), "\(message): \(rejects)")
    }
  }

  private static func quoted(_ record: PaperStream.Record, _ quotes: [(String, String)]) -> PaperStream.Record {
    PaperStream.Record(stream: record.stream, members: record.members, quotes: quotes)
  }

  private func quoted(_ record: PaperStream.Record, _ quotes: [(String, String)]) -> PaperStream.Record {
    Self.quoted(record, quotes)
  }

  @Test func papersAndTablesAreStagedApart() throws {
    let chain = try Chain(.sqlite)
    var table = PaperStream.order("SO-2")
    table.source = nil
    table.records = [quoted(table.records[0], [])]
    let staged = try chain.stagePapers([.order(), table])
    #expect(staged.status == 1 && staged.stderr.contains("stage them apart"), "\(staged.stderr)")
    #expect(try chain.database.firstInt("SELECT count(*) FROM runs") == 0)
    #expect(try chain.database.firstInt("SELECT count(*) FROM field_evidence") == 0)
  }
}
