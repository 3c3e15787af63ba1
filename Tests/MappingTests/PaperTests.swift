import Contracts
import Domain
import Glibc
import Model
import Pages
import Records
import Testing

@testable import Mapping

/// Documents given to the step as `extract` writes them, and what comes out.
private struct Papers {
  var outcome = MapStep.Outcome()
  var lines: [JSON] = []
  var rejects = ""

  /// Each paper is the texts of its pages.
  init(_ papers: [[String]], _ options: PaperOptions = PaperOptions(), digits: [Character] = Array("abcdef")) throws {
    let spool = Spool()
    for (place, texts) in papers.enumerated() {
      let pages = texts.enumerated().map { Self.page($1, $0 + 1, digits[place]) }
      try Self.write(pages, String(repeating: digits[place], count: 64), "\(place).pdf", spool.descriptor)
    }
    try self.init(spool, options)
  }

  init(_ spool: borrowing Spool, _ papers: PaperOptions = PaperOptions()) throws {
    let output = Spool()
    var options = MapStep.Options()
    options.papers = papers
    let path = "/tmp/trunkline-papers-\(getpid())-\(UInt64.random(in: 0 ... .max)).jsonl"
    options.rejects = path
    spool.rewind()
    let suggester = Suggester(Inventory.entities[0], shelf: nil, currency: nil)
    outcome = try MapStep.run(
      input: spool.descriptor, output: output.descriptor,
      source: .saved(MappingShelf(home: "", own: [], shared: []), suggester), options: options)
    lines = output.text.split(separator: "\n").compactMap { JSON.parse(String($0)) }
    if let file = fopen(path, "r") {
      fclose(file)
      let rejected = Spool(path)
      rejects = rejected.text
      unlink(path)
    }
  }

  func records(_ stream: String) -> [JSON] {
    lines.filter { $0["type"]?.text == "RECORD" && $0["stream"]?.text == stream }
  }

  /// One word after another, each line of the text a line of the page.
  static func page(_ text: String, _ number: Int, _ digit: Character) -> Page {
    var page = Page(
      document: String(repeating: digit, count: 64), number: number, width: 612_000, height: 792_000,
      text: Array(text.utf8))
    var (start, y): (Int, Int32) = (0, 72_000)
    for (index, byte) in (page.text + [0x20]).enumerated() where byte == 0x20 || byte == 0x0A {
      if index > start {
        let x = Int32(72_000 + 4000 * (start % 100))
        page.words.append(
          PageWord(
            start: start, length: index - start, box: PageBox(x, y, x + Int32(4000 * (index - start)), y + 10_000)))
      }
      if byte == 0x0A { y += 12_000 }
      start = index + 1
    }
    return page
  }

  static func write(_ pages: [Page], _ digest: String, _ file: String, _ descriptor: Int32) throws {
    var writer = StreamWriter(descriptor: descriptor)
    func schema(_ stream: String, _ names: [String]) -> SchemaMessage {
      var schema = SchemaMessage(
        stream: stream, keyProperties: [], properties: names.map { JSON.Member($0, .fields([])) })
      schema.origin = .fields([("src", .string("sha256:" + digest)), ("file", .string(file)), ("of", .int(1))])
      return schema
    }
    let documents = writer.schema(schema("documents", ["sha256", "status"]))
    let number = writer.schema(schema(Page.stream, ["sha256", "page"]))
    func put(_ stream: Int, _ record: JSON, _ row: Int) {
      writer.begin(stream)
      writer.out.raw(String(record.line.dropFirst().dropLast()))
      writer.end(row: row)
    }
    put(
      documents,
      .fields([
        ("sha256", .string(digest)), ("filename", .string(file)), ("pages", .int(pages.count)),
        ("status", .string("ok")),
      ]), 1)
    for page in pages { put(number, page.json, page.number) }
    var counts = StreamCounts(run: "ab", step: "extract")
    counts.input = pages.count
    counts.accepted = pages.count
    try writer.finish(counts)
  }
}

/// Documents through `map`: every page is accounted for, every value has its words.
struct PaperTests {
  static let order = """
    SERVICE ORDER

    Service Order No. SO-4711

    This Service Order is made by and between Fernwood Telecom, LLC ("Provider") and Mill Lane Foods, Inc. ("Customer").

    The initial term of this Service Order is thirty-six (36) months from the Effective Date.

    This Service Order is effective as of March 1, 2025. This Service Order shall be governed by the laws of the State of Ohio.
    """

  private func isBalanced(_ papers: Papers, pages: Int, documents: Int) -> Bool {
    let counts = papers.outcome.counts
    return counts.balanced && counts.input == pages + documents
      && counts.emittedTotal == papers.lines.count { $0["type"]?.text == "RECORD" }
  }

  @Test func aContractBecomesRecordsWithTheirQuotes() throws {
    let papers = try Papers([[Self.order]])
    #expect(isBalanced(papers, pages: 1, documents: 1) && papers.outcome.counts.accepted == 2)
    let contract = try #require(papers.records("contracts").first)
    let record = try #require(contract["record"])
    #expect(record["carrier"]?.text == "fernwood-telecom" && record["number"]?.text == "SO-4711")
    #expect(record["kind"]?.text == "service_order" && record["document"]?.text == String(repeating: "a", count: 64))
    let term = try #require(papers.records("contract_terms").first)
    #expect(term["record"]?["term_months"]?.int == 36)
    #expect(term["prov"]?["term_months"]?["quote"]?.text?.contains("thirty-six (36) months") == true)
    // Every value that a person approves has its page and words.
    for line in papers.lines where line["type"]?.text == "RECORD" {
      for member in line["prov"]?.members ?? [] {
        let evidence = try #require(Evidence(json: member.value))
        #expect(!evidence.quote.isEmpty && evidence.page == 1 && !evidence.boxes.isEmpty, "\(member.name)")
        #expect(line["record"]?[member.name] != nil)
      }
    }
    let schema = try #require(papers.lines.first { $0["stream"]?.text == "contracts" })
    #expect(schema["x-mapping"]?["source"]?.text == "documents")
    #expect(try Papers([[Self.order]]).lines == papers.lines, "the same input gives the same bytes")
  }

  @Test func confidenceIsCutAndNeverRoundedUp() {
    #expect([0, 9, 955, 999, 1000].map(PaperExplanation.confidence) == ["0.00", "0.00", "0.95", "0.99", "1.00"])
  }

  @Test func withoutANumberTheDigestNamesIt() throws {
    let text = Self.order.replacing("Service Order No. SO-4711", with: "Prepared for our customer")
    let record = try Papers([[text]]).records("contracts").first
    #expect(record?["record"]?["number"]?.text == "DOC-AAAAAAAAAAAA")
    #expect(record?["issues"]?.line.contains("W_NO_NUMBER") == true)
  }

  @Test func theSameDocumentTwiceIsReadOnce() throws {
    let papers = try Papers([[Self.order, "Annex"], [Self.order, "Annex"]], digits: ["a", "a"])
    #expect(isBalanced(papers, pages: 4, documents: 2))
    #expect(papers.outcome.counts.skipped == ["duplicate": 3] && papers.records("contracts").count == 1)
  }

  @Test func pagesSayWhereAgreementsBegin() throws {
    var options = PaperOptions()
    options.starts = [try #require(PaperOptions.Starts("0.pdf:1,2"))]
    let second = Self.order.replacing("SO-4711", with: "SO-4712")
    let papers = try Papers([[Self.order, second]], options)
    #expect(papers.records("contracts").map { $0["record"]?["number"]?.text } == ["SO-4711", "SO-4712"])
    #expect(papers.records("contracts").map { $0["record"]?["document_pages"]?.text } == ["1-1", "2-2"])
    #expect(papers.records("contracts").map { $0["row"]?.int } == [1, 2])
    #expect(Set(papers.records("contracts").map { $0["seq"]?.int }).count == 2)
    for wrong in ["", "0", "2,1", "1,1", "a", ":1", "x.pdf:"] { #expect(PaperOptions.Starts(wrong) == nil, "\(wrong)") }
  }

  @Test func aCarrierThatNobodyKnowsIsAskedFor() throws {
    let text = "Notes on a meeting\n\nNothing was agreed about anything."
    let refused = try Papers([[text]])
    #expect(isBalanced(refused, pages: 1, documents: 1) && refused.outcome.counts.rejected == 2)
    #expect(refused.rejects.contains("E_NO_C"), "\(refused.rejects)")
    var options = PaperOptions()
    options.carrier = "Fernwood Telecom"
    #expect(try Papers([[text]], options).records("contracts").first?["record"]?["carrier"]?.text == "fernwood-telecom")
  }

  @Test func pagesWithoutWordsNeedRecognition() throws {
    let papers = try Papers([["", ""], [Self.order]])
    #expect(isBalanced(papers, pages: 3, documents: 2) && papers.outcome.counts.rejected == 3)
    #expect(papers.rejects.contains("E_NO_TEXT") && papers.rejects.contains("0.pdf"))
    #expect(papers.records("contracts").count == 1, "the batch goes on")
  }

  @Test func aDocumentOfTooManyPagesIsRefusedAndForgotten() throws {
    let papers = try Papers([Array(repeating: "word", count: PaperMapper.mostPages + 1), [Self.order]])
    #expect(isBalanced(papers, pages: PaperMapper.mostPages + 2, documents: 2))
    #expect(papers.rejects.contains("E_TOO_LARGE") && papers.records("contracts").count == 1)
  }

  @Test func pagesOutOfOrderAreNone() throws {
    let spool = Spool()
    let pages = [2, 1].map { Papers.page(Self.order, $0, "a") }
    try Papers.write(pages, String(repeating: "a", count: 64), "a.pdf", spool.descriptor)
    let papers = try Papers(spool)
    #expect(papers.rejects.contains("E_PAGE") && papers.outcome.counts.rejected == 3 && papers.outcome.counts.balanced)
  }

  @Test func whatIsReadCanBeHelpedBeforeItBecomesRecords() throws {
    var options = PaperOptions()
    options.assist = { reading, pages in
      reading.title = nil
      #expect(pages.count == 1)
    }
    let record = try Papers([[Self.order]], options).records("contracts").first?["record"]
    #expect(record != nil && record?["title"] == nil)
  }
}
