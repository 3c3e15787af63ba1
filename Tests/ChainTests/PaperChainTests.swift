import Records
import SQL
import TestSupport
import Testing

/// Contracts read from documents on their way into the database, and what is said of them there.
@Suite struct PaperChainTests {
  private func landed(_ chain: Chain, _ papers: [PaperStream]) throws -> Int64 {
    let planned = try chain.planPapers(papers)
    try #require(planned.status == 2, "\(planned.stdout) \(planned.stderr)")
    return try chain.land(try chain.newest())
  }

  @Test(arguments: TestStore.available) func theSamePapersAgainAreAnEmptyPlan(_ store: TestStore) throws {
    let chain = try Chain(store)
    let set = try landed(chain, [.order(), .order("SO-2", months: 12, digit: "b")])
    let tables = ["contracts", "contract_terms", "contract_lines"]
    for table in tables { #expect(try chain.database.firstInt("SELECT count(*) FROM \(table)") == 2, "\(table)") }
    #expect(try chain.database.firstInt("SELECT term_months FROM contract_terms ORDER BY nkey") == 36)
    for papers in [[PaperStream.order(), .order("SO-2", months: 12, digit: "b")], [.order()]] {
      let again = try chain.planPapers(papers)
      #expect(again.status == 0 && again.stdout.contains("No changes"), "\(again.stdout)")
    }
    #expect(try chain.newest() == set)
    #expect(try chain.database.firstInt("SELECT count(*) FROM staging_rows") == 0)
    // What was read again and said nothing new leaves no evidence; what was committed keeps its own.
    #expect(try chain.database.firstInt("SELECT count(DISTINCT run_no) FROM field_evidence") == 1)
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func aNewVersionShowsWhatChanged(_ store: TestStore) throws {
    let chain = try Chain(store)
    _ = try landed(chain, [.order()])
    let planned = try chain.planPapers([.order(months: 60, mrc: 99_000, digit: "c")])
    #expect(planned.status == 2)
    let text = planned.stdout
    #expect(
      text.contains("term_months           36 -> 60") && text.contains("needs approval: term, overwrite"), "\(text)")
    #expect(text.contains("source: so-1.pdf p.2 \"a term of 60 months\" conf 0.93  W_COMPUTED"), "\(text)")
    #expect(text.contains("mrc                   USD 1,250.00 -> USD 990.00   (USD -260.00)"), "\(text)")
    #expect(text.contains("Plan: 0 to add, 2 to change, 0 to delete; 1 unchanged"), "\(text)")
    let lines = try chain.sh("trunkline-diff --json --run \(try newestRun(chain))").stdout
    let items = lines.split(separator: "\n").compactMap { JSON.parse(String($0)) }.filter { $0["type"]?.text == "item" }
    #expect(items.count == 2)
    let term = try #require(items.first { $0["entity"]?.text == "contract_terms" })
    #expect(term["fields"]?.line == #"[{"f":"term_months","b":36,"a":60}]"#)
    let quote = try #require(term["evidence"]?.items.first)
    #expect(
      quote["quote"]?.text == "a term of 60 months" && quote["file"]?.text == "so-1.pdf" && quote["page"]?.int == 2)
    #expect(term["page"]?.int == 2 && term["row"] == nil)
  }

  private func newestRun(_ chain: Chain) throws -> String {
    let row = try chain.database.rows("SELECT id, attempt FROM runs ORDER BY run_no DESC LIMIT 1")[0]
    return "\(row[0].text ?? "")-\(row[1].int ?? 0)"
  }

  @Test(arguments: TestStore.available) func papersThatContradictEachOtherAreNotTaken(_ store: TestStore) throws {
    let chain = try Chain(store)
    var copy = PaperStream.order(months: 48, digit: "b")
    copy.file = "so-1-copy.pdf"
    let planned = try chain.planPapers([.order(), copy])
    #expect(planned.status == 2)
    let text = planned.stdout
    #expect(
      text.contains("E_DUP_KEY: so-1-copy.pdf p.2 and so-1.pdf p.2 give the same key different values"), "\(text)")
    #expect(text.contains("source: so-1.pdf p.2 \"a term of 36 months\""), "\(text)")
    #expect(text.contains("source: so-1-copy.pdf p.2 \"a term of 48 months\""), "\(text)")
    _ = try chain.land(try chain.newest())
    #expect(try chain.database.firstInt("SELECT count(*) FROM contract_terms") == 0)
    #expect(try chain.database.firstInt("SELECT count(*) FROM contract_lines") == 1)
  }

  /// Nor is what refers to them, one record through another, in whatever order the keys stand; the rest goes on.
  @Test(arguments: TestStore.available) func whatRefersToAContradictionIsNotTaken(_ store: TestStore) throws {
    let chain = try Chain(store)
    func dated(_ day: String, _ digit: Character) -> PaperStream {
      var paper = PaperStream.order("SO-2", digit: digit)
      let contract = paper.records[0]
      paper.records[0] = PaperStream.Record(
        stream: contract.stream, members: contract.members + [("effective_on", .string(day))], quotes: contract.quotes)
      return paper
    }
    func amendment(_ number: String, to parent: String, _ digit: Character) -> PaperStream {
      var paper = PaperStream.order(number, circuit: "BB/\(digit)", digit: digit)
      let contract = paper.records[0]
      paper.records[0] = PaperStream.Record(
        stream: contract.stream,
        members: contract.members + [
          ("parent_carrier", .string("lumen")), ("parent_number", .string(parent)),
          ("parent_kind", .string("service_order")),
        ], quotes: contract.quotes)
      return paper
    }
    let planned = try chain.planPapers([
      dated("2024-01-01", "a"), dated("2024-02-01", "b"), amendment("A-2", to: "SO-2", "c"),
      amendment("A-1", to: "A-2", "d"), .order("SO-9", circuit: "CC/1", digit: "e"),
    ])
    let text = planned.stdout
    #expect(text.contains("9 conflicts, not applied"), "\(text)")
    for part in [
      "! term  lumen/SO-2/service_order/1  (page 2)\n      it refers to contract lumen/SO-2/service_order, of which nothing",
      "! contract  lumen/A-2/service_order  (page 2)\n      it refers to contract lumen/SO-2/service_order, of which",
      "! contract  lumen/A-1/service_order  (page 2)\n      it refers to contract lumen/A-2/service_order, of which",
    ] { #expect(text.contains(part), "\(part): \(text)") }
    _ = try chain.land(try chain.newest())
    let contracts = try chain.database.rows("SELECT number FROM contracts").map { $0[0].text }
    #expect(contracts == ["SO-9"])
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func twoCopiesOfOnePaperAreOneContract(_ store: TestStore) throws {
    let chain = try Chain(store)
    var copy = PaperStream.order(digit: "b")
    copy.file = "scan.pdf"
    let contract = copy.records[0]
    copy.records[0] = PaperStream.Record(
      stream: contract.stream, members: contract.members.dropLast() + [("title", .string("SERVlCE 0RDER"))],
      quotes: contract.quotes)
    let planned = try chain.planPapers([.order(), copy])
    #expect(
      planned.stdout.contains("Plan: 4 to add, 0 to change, 0 to delete; 1 stub, 0 unchanged"), "\(planned.stdout)")
    _ = try chain.land(try chain.newest())
    #expect(try chain.planPapers([.order(), copy]).status == 0)
  }

  @Test(arguments: TestStore.available) func linesFindTheirCircuits(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,22/KRFN/100234//LVL3,1.00,USD,,,x", "Lumen,BB/2,1.00,USD,,,x"])
    try chain.database.run("UPDATE circuits SET aliases = 'OLD.77 OLD.78' WHERE nkey = 'lumen/BB2'")
    let written = ["22 krfn 100234 lvl3", "old-77", "22/KRFN/100235//LVL3", "ZZ/9"]
    let papers = written.enumerated().map { place, circuit in
      PaperStream.order("SO-\(place)", circuit: circuit, digit: Character("\(place)"))
    }
    #expect(try chain.stagePapers(papers).status == 0)
    let planned = try chain.sh("trunkline-diff --run \(try newestRun(chain))")
    let text = planned.stdout
    #expect(
      text.contains("W_CIRCUIT_NEAR:\n  page 2: 22/KRFN/100235//LVL3 (no such circuit; lumen/22KRFN100234LVL3"),
      "\(text)")
    #expect(text.contains("W_CIRCUIT_UNKNOWN:\n  page 2: ZZ/9"), "\(text)")
    _ = try chain.land(try chain.newest())
    let rows = try chain.database.rows(
      "SELECT l.circuit_text, c.nkey FROM contract_lines l LEFT JOIN circuits c ON c.id = l.circuit_id ORDER BY l.nkey")
    #expect(rows.map { $0[0].text } == written)
    #expect(rows.map { $0[1].text } == ["lumen/22KRFN100234LVL3", "lumen/BB2", nil, nil])
  }

  private func amendment(to number: String) -> PaperStream {
    var paper = PaperStream.order("AM-1", months: 24, digit: "d")
    let contract = paper.records[0]
    let parent: [(String, JSON)] = [
      ("parent_carrier", .string("lumen")), ("parent_number", .string(number)), ("parent_kind", .string("msa")),
    ]
    paper.records[0] = PaperStream.Record(
      stream: "contracts", members: contract.members + parent,
      quotes: contract.quotes + [("parent_number", "amends Order \(number)")])
    return paper
  }

  /// The paper says the number of what it amends, and not its kind.
  @Test(arguments: TestStore.available, [true, false])
  func anAmendmentFindsWhatItAmends(_ store: TestStore, _ isCommitted: Bool) throws {
    let chain = try Chain(store)
    if isCommitted {
      _ = try landed(chain, [.order()])
      _ = try landed(chain, [amendment(to: "SO-1")])
    } else {
      _ = try landed(chain, [amendment(to: "SO-1"), .order()])
    }
    #expect(try parents(chain) == ["lumen/SO-1/service_order"])
    #expect(try chain.database.firstInt("SELECT count(*) FROM contracts") == 2)
    #expect(try chain.database.firstInt("SELECT count(*) FROM contract_terms") == 2)
    #expect(try chain.planPapers([amendment(to: "SO-1"), .order()]).status == 0)
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func anUnknownParentIsAStub(_ store: TestStore) throws {
    let chain = try Chain(store)
    let planned = try chain.planPapers([amendment(to: "MSA-9")])
    #expect(planned.stdout.contains("+ contract  lumen/MSA-9/msa  (stub"), "\(planned.stdout)")
    _ = try chain.land(try chain.newest())
    #expect(try parents(chain) == ["lumen/MSA-9/msa"])
    #expect(try chain.planPapers([amendment(to: "MSA-9")]).status == 0)
  }

  private func parents(_ chain: Chain) throws -> [String] {
    try chain.database.rows(
      "SELECT p.nkey FROM contracts c JOIN contracts p ON p.id = c.parent_id ORDER BY c.nkey"
    ).compactMap { $0[0].text }
  }

  @Test(arguments: TestStore.available) func whatIsCommittedLeadsBackToPageAndQuote(_ store: TestStore) throws {
    let chain = try Chain(store)
    let set = try landed(chain, [.order()])
    let shown = try chain.sh("trunkline-changes show \(set)").stdout
    #expect(shown.contains("State      committed"))
    #expect(
      shown.contains(
        "term_months           36   needs approval: term\n        source: so-1.pdf p.2 \"a term of 36 months\""),
      "\(shown)")
    #expect(shown.contains("mrc                   USD 1,250.00"), "\(shown)")
    let reported = try chain.sh("trunkline-report changes --out changes.csv --sheet Changes")
    #expect(reported.status == 0, "\(reported.stderr)")
    let table = String(decoding: try readFile(chain.folder.file("changes.csv")), as: UTF8.self)
    #expect(table.contains("so-1.pdf p.2 \"\"a term of 36 months\"\""), "\(table)")
  }

  /// A stream that was cut off stages nothing, wherever it was cut.
  @Test func aPaperThatWasCutStagesNothing() throws {
    let chain = try Chain(.sqlite)
    try PaperStream.order().write(to: chain.folder.file("whole.jsonl"))
    let bytes = try readFile(chain.folder.file("whole.jsonl"))
    for share in 1..<12 {
      try writeFile(Array(bytes[..<(bytes.count * share / 12)]), chain.folder.file("cut.jsonl"))
      #expect(try chain.sh("trunkline-stage < cut.jsonl").status == 1, "\(share)/12")
    }
    for table in ["runs", "staging_rows", "field_evidence"] {
      #expect(try chain.database.firstInt("SELECT count(*) FROM \(table)") == 0, "\(table)")
    }
    #expect(try chain.sh("\(Chain.stage) < whole.jsonl").status == 0)
  }
}
