import Pages
import Records
import TestSupport
import Testing

/// Samples/contracts from the PDF to committed rows, and from a committed row back to the words on its page.
@Suite struct ContractChainTests {
  private static let northline = [
    "0-source/northline-master", "0-source/northline-order", "0-source/northline-amendment",
  ]

  /// One database lives through it all: approved item by item, committed, traced, read again, and brought a new version.
  @Test(arguments: TestStore.available) func papersGoAllTheWay(_ store: TestStore) throws {
    let desk = try PaperDesk(store)
    try approvedValueByValue(desk)
    for name in ["northline-master", "northline-order", "northline-amendment"] { try Self.check(name, desk) }
    try knowTheirServices(desk)
    try leadBackToTheirPages(desk)
    try areInForceFromTheirDay(desk)
    try againAreAnEmptyPlan(desk)
    try inANewVersionShowWhatChanged(desk)
    try desk.sample.step("audit", ["verify"])
  }

  private func approvedValueByValue(_ desk: PaperDesk) throws {
    #expect(try desk.plan(Self.northline).status == 2)
    let set = try desk.newest()
    let refused = try desk.sample.step("commit", [set], expect: [6])
    #expect(refused.stderr.contains("--item"), "\(refused.stderr)")
    let transcript = try desk.approve(set)
    #expect(transcript.contains("northline-amendment.pdf, page 1"), "\(transcript.prefix(800))")
    let acts = transcript.split(separator: "\n").count { $0.hasPrefix("$ ") }
    let stated = try desk.sample.rows("SELECT count(*) FROM approvals WHERE scope LIKE 'item/%'")
    #expect(stated == [["\(acts - 1)"]] && acts > 40, "\(acts)")
    try desk.sample.step("commit", [set])
  }

  /// What is committed of a paper is what its answer sheet says.
  private static func check(_ name: String, _ desk: PaperDesk) throws {
    for agreement in try AnswerSheet(name).agreements {
      let lines = try desk.sample.rows(
        """
        SELECT l.circuit_text, l.mrc_minor FROM contract_lines l JOIN contracts c ON c.id = l.contract_id
        WHERE c.number = '\(agreement.number)' ORDER BY l.line_no
        """)
      let answers = agreement.lines.map { [$0["circuit"]?.text ?? "", $0["mrc"]?.int.map(String.init) ?? ""] }
      #expect(lines == answers, "\(name)")
      let terms = try desk.sample.rows(
        """
        SELECT t.term_months, e.kind FROM contract_terms t JOIN contracts c ON c.id = t.contract_id
          JOIN etf_formulas e ON e.term_id = t.id WHERE c.number = '\(agreement.number)'
        """)
      let months = agreement.value("term", "months")?.int.map(String.init) ?? ""
      #expect(terms == [[months, agreement.value("etf", "kind")?.text ?? ""]], "\(name)")
    }
  }

  /// By the codes of the inventory; WAVE has no name there, and a service it does not know is none.
  private func knowTheirServices(_ desk: PaperDesk) throws {
    let lines = try desk.sample.rows(
      """
      SELECT l.line_no, s.code FROM contract_lines l JOIN service_types s ON s.id = l.service_type_id
        JOIN contracts c ON c.id = l.contract_id WHERE c.number = 'NCS-SO-55210' ORDER BY l.line_no
      """)
    #expect(lines == [["1", "DIA"], ["2", "EPL"], ["3", "EPL"], ["9", "DIA"]])
    #expect(try desk.sample.rows("SELECT count(*) FROM service_types") == [["3"]])
  }

  private func againAreAnEmptyPlan(_ desk: PaperDesk) throws {
    let before = try desk.sample.rows("SELECT count(*), max(id) FROM change_sets")
    for names in [Self.northline, Self.northline.reversed()] {
      let again = try desk.plan(names)
      #expect(again.status == 0 && again.stdout.contains("No changes"), "\(again.stdout)")
    }
    #expect(try desk.sample.rows("SELECT count(*), max(id) FROM change_sets") == before)
    #expect(try desk.sample.rows("SELECT count(*) FROM staging_rows") == [["0"]])
  }

  private func inANewVersionShowWhatChanged(_ desk: PaperDesk) throws {
    let planned = try desk.plan(["changed/northline-amendment"])
    #expect(planned.status == 2)
    let text = planned.stdout
    for part in [
      "total_mrc             USD 13,895.00 -> USD 13,695.00   (USD -200.00)   needs approval: mrc, overwrite",
      "mrc                   USD 6,100.00 -> USD 5,900.00   (USD -200.00)   needs approval: mrc, overwrite",
      "source: northline-amendment.pdf p.1 \"8 OQYX/204189//NCS $7,400.00\n                $5,900.00 $0.00\"",
      "source: as term_months, conf",
      "term_months           24 -> 36   needs approval: term, overwrite",
      "ends_on               2027-05-31 -> 2028-05-31   needs approval: term, overwrite",
    ] { #expect(text.contains(part), "\(part): \(text)") }
    // Its file is another document; the contract itself is changed, not doubled. The master and the order stay as they are.
    #expect(text.contains("Plan: 1 to add, 4 to change, 0 to delete"), "\(text)")
    try desk.approve(try desk.newest())
    try desk.sample.step("commit", [try desk.newest()])
    #expect(try desk.sample.rows("SELECT term_months FROM contract_terms WHERE nkey LIKE '%AM-55210-1%'") == [["36"]])
    #expect(try desk.plan(["changed/northline-amendment"]).status == 0)
  }

  /// The order says no day on which it takes effect; from June 2025 its amendment holds, and not a day before.
  private func areInForceFromTheirDay(_ desk: PaperDesk) throws {
    let terms = try desk.sample.rows(
      """
      SELECT c.number, p.number, t.starts_on, t.ends_on FROM contracts c JOIN contract_terms t ON t.contract_id = c.id
        LEFT JOIN contracts p ON p.id = c.parent_id WHERE c.number LIKE 'NCS-%-55210%' ORDER BY c.number
      """)
    #expect(
      terms == [
        ["NCS-AM-55210-1", "NCS-SO-55210", "2025-06-01", "2027-05-31"], ["NCS-SO-55210", "NCS-MSA-20418", "", ""],
      ])
    for (day, number, from, price) in [
      ("2025-05-31", "NCS-SO-55210", "", "6950.00"), ("2025-06-01", "NCS-AM-55210-1", "2025-06-01", "5800.00"),
    ] {
      let contracts = Table(try desk.sample.sheet("Contracts & terms", asOf: day))
      let found = contracts.rows.filter { contracts.cell($0, "Contract").contains("55210") }
      #expect(found.map { contracts.cell($0, "In force") } == [number, number], "\(day): \(found)")
      #expect(found.map { contracts.cell($0, "In force from") } == [from, from], "\(day): \(found)")
      let master = contracts.rows.first { contracts.cell($0, "Contract") == "NCS-MSA-20418" }
      #expect(master.map { contracts.cell($0, "In force") } == "NCS-MSA-20418")
      // A line the amendment does not name keeps its price.
      let lines = Table(try desk.sample.sheet("Contract lines", asOf: day))
      func inForce(_ circuit: String) -> [[String]] {
        lines.rows.filter { lines.cell($0, "Circuit as written") == circuit }.map { row in
          ["Contract", "In force", "MRC in force"].map { lines.cell(row, $0) }
        }
      }
      #expect(
        inForce("OQYX/204188//NCS") == [["NCS-AM-55210-1", number, price], ["NCS-SO-55210", number, price]], "\(day)")
      #expect(inForce("32/KRGN/118223//NCS") == [["NCS-SO-55210", "NCS-SO-55210", "1150.00"]], "\(day)")
    }
  }

  /// Each committed price leads over its run to the kept original, and there to words that say it, where they stand.
  private func leadBackToTheirPages(_ desk: PaperDesk) throws {
    let prices = try desk.sample.rows(
      """
      SELECT l.nkey, l.mrc_minor, e.value, e.document, e.page, e.boxes, e.quote FROM contract_lines l
        JOIN field_evidence e ON e.run_no = l.run_no AND e.entity = 15 AND e.nkey = l.nkey AND e.field = 'mrc'
      ORDER BY l.nkey
      """)
    #expect(prices.count == 17)
    for price in prices {
      let (document, page, quote) = (price[3], try #require(Int(price[4])), price[6])
      #expect(price[1] == price[2], "\(price)")
      let original = "kept/\(document.prefix(2))/\(document)"
      #expect(try desk.sample.shell("sha256sum < \(original)").stdout.prefix(64) == document)
      let read = try desk.sample.shell("trunkline-pages read \(document) \(page) < \(original)").stdout
      let json = try #require(
        read.split(separator: "\n").compactMap { JSON.parse(String($0)) }.first { $0["page"]?.int == page })
      let words = try #require(Page(json: json))
      #expect(Self.words(of: words, in: JSON.parse(price[5])) == quote, "\(price[0])")
      #expect(quote.contains(AnswerSheet.written(try #require(Int(price[1])))), "\(price[0]): \(quote)")
    }
    let shown = try desk.sample.step("changes", ["show", try desk.newest(), "--all"]).stdout
    #expect(shown.contains("source: northline-order.pdf p.2 \"$65.00\""), "\(shown.suffix(2000))")
  }

  /// The words of a page that lie in the boxes, in the order of its text.
  private static func words(of page: Page, in boxes: JSON?) -> String {
    let places = (boxes?.items ?? []).map { $0.items.compactMap(\.int).map(Int32.init) }
    return page.words.filter { word in
      places.contains { place in
        place.count == 4 && word.box.x0 >= place[0] && word.box.y0 >= place[1] && word.box.x1 <= place[2]
          && word.box.y1 <= place[3]
      }
    }.map { String(decoding: page.text[$0.range], as: UTF8.self) }.joined(separator: " ")
  }

  /// Every sample at once: words of the scan are marked as recognised, each of them, and no others.
  @Test func aWholeFolderOfPapersIsPlanned() throws {
    let desk = try PaperDesk()
    #expect(try desk.plan(AnswerSheet.names.map { "0-source/" + $0 }).status == 2)
    let marked = try desk.sample.rows(
      "SELECT DISTINCT document, CASE WHEN doubts LIKE '%W_RECOGNISED%' THEN 1 ELSE 0 END FROM field_evidence")
    let scan = try desk.sample.shell("sha256sum < '\(PaperDesk.path("0-source/meridian-order-scan"))'").stdout.prefix(
      64)
    #expect(marked.count == AnswerSheet.names.count)
    #expect(marked.filter { $0[1] == "1" }.map { $0[0] } == [String(scan)])
  }
}
