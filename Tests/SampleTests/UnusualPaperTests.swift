import TestSupport
import Testing

/// Papers that are not as one would wish: what a person is told, the exit status, and what to do next.
@Suite struct UnusualPaperTests {
  private let desk: PaperDesk

  init() throws { desk = try PaperDesk(isEmpty: true) }

  private func line(_ paper: String, _ options: String = "") -> String {
    "trunkline extract --documents kept \(paper) | trunkline ocr --documents kept | trunkline map \(options)"
  }

  private func plan(_ paper: String, _ options: String = "") throws -> Outcome {
    try desk.sample.shell(line(paper, options) + " | trunkline stage | trunkline diff")
  }

  private func odd(_ name: String) -> String { "'\(PaperDesk.path("odd/" + name))'" }

  /// The page on contracts names the code and its remedy.
  private func documented(_ words: String...) throws {
    let page = String(decoding: try readFile("\(repositoryRoot)/docs/contracts.md"), as: UTF8.self)
    let row = page.split(separator: "\n").first { row in row.hasPrefix("|") && words.allSatisfy { row.contains($0) } }
    #expect(row != nil, "docs/contracts.md has no row of \(words)")
  }

  @Test func aPasswordIsAskedForByReference() throws {
    let refused = try plan(odd("password"))
    #expect(refused.status == 3 && refused.stderr.contains("protected by a password"), "\(refused.stderr)")
    #expect(refused.stderr.contains("E_PASSWORD") && refused.stderr.contains("--password env:NAME or file:PATH"))
    try writeFile(Array("hearthwood\n".utf8), desk.sample.folder.file("secret"))
    _ = try desk.sample.shell("chmod 600 secret")
    let opened = try plan("--password file:secret " + odd("password"))
    #expect(opened.status == 2 && opened.stdout.contains("NCS-SO-55401"), "\(opened.stderr)")
    try documented("E_PASSWORD", "--password", "| 3 |")
  }

  @Test func aDamagedPaperIsNamedAndTheOthersGoOn() throws {
    let whole = try readFile(PaperDesk.path("0-source/northline-order"))
    try writeFile(Array(whole.prefix(whole.count / 3)), desk.sample.folder.file("torn.pdf"))
    let alone = try plan("torn.pdf")
    #expect(alone.status == 3 && alone.stderr.contains("torn.pdf: the document is damaged or cut short (E_DAMAGED)"))
    #expect(alone.stderr.contains("hint: ask for the file again"), "\(alone.stderr)")
    let among = try desk.sample.shell(line("torn.pdf \(odd("no-notice"))") + " > mapped.jsonl")
    #expect(among.status == 10, "\(among.stderr)")
    #expect(try desk.sample.folder.read("mapped.jsonl").contains("NCS-SO-55401"))
    try documented("E_DAMAGED", "ask for it again", "| 3 |")
  }

  /// Two thousand pages are read as one paper; one more is refused by name.
  @Test func aPaperOf2000PagesIsMapped() throws {
    let first = TestPDF.Page(lines: [
      "SERVICE ORDER", "Service Order No. NCS-SO-9", "This Service Order is made as of April 7, 2025 by and between",
      "Northline Carrier Services, LLC (\"Northline\") and Hearthwood Networks, Inc. (\"Customer\").",
      "The initial term is twenty-four (24) months from the Effective Date.",
    ])
    let pages = [first] + (2...2001).map { TestPDF.Page(lines: ["appendix page \($0)"]) }
    try writeFile(TestPDF(Array(pages.prefix(2000))).bytes, desk.sample.folder.file("long.pdf"))
    try writeFile(TestPDF(pages).bytes, desk.sample.folder.file("longer.pdf"))
    func plan(_ paper: String) throws -> Outcome {
      try desk.sample.shell(
        "trunkline extract --documents kept \(paper) | trunkline map --carrier Northline | trunkline stage | trunkline diff"
      )
    }
    let long = try plan("long.pdf")
    #expect(long.status == 2 && long.stdout.contains("NCS-SO-9/service_order"), "\(long.stderr)")
    let longer = try plan("longer.pdf")
    #expect(longer.status == 3, "\(longer.status)")
    #expect(longer.stderr.contains("longer.pdf: the document has more than 2000 pages"), "\(longer.stderr)")
    #expect(longer.stderr.contains("(E_TOO_LARGE)") && longer.stderr.contains("hint: split it into its agreements"))
    try documented("E_TOO_LARGE", "split it", "| 3 |")
  }

  @Test func aPhotoIsToBePutIntoAPDF() throws {
    try writeFile([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0], desk.sample.folder.file("photo.jpg"))
    let refused = try plan("photo.jpg")
    #expect(refused.status == 1 && refused.stderr.contains("this is a JPEG image"), "\(refused.stderr)")
    #expect(refused.stderr.contains("(E_TYPE)") && refused.stderr.contains("hint: put it into a PDF"))
    try documented("E_TYPE", "put it into a PDF", "| 1 |")
  }

  @Test func anEmptyFolderIsSaid() throws {
    makeFolder(desk.sample.folder.file("empty"))
    let refused = try plan("empty")
    #expect(refused.status == 66 && refused.stderr.contains("empty: no files here"), "\(refused.stderr)")
    #expect(refused.stderr.contains("hint: name a folder with files in it"))
    try documented("no files here", "| 66 |")
  }

  @Test func daysOfNoticeThatAreNotSaidStayEmpty() throws {
    let planned = try plan(odd("no-notice"))
    #expect(planned.status == 2 && planned.stdout.contains("1 warning W_NO_NOTICE"), "\(planned.stdout)")
    #expect(planned.stdout.contains("NCS-SO-55401 (it renews by itself, and no days of notice were found)"))
    #expect(!planned.stdout.contains("notice_days"))
    try documented("W_NO_NOTICE", "enter its days")
  }

  @Test func twoCurrenciesStayApart() throws {
    let planned = try plan(odd("two-currencies"))
    #expect(planned.status == 2 && planned.stdout.contains("1 warning W_TWO_CURRENCIES"), "\(planned.stdout)")
    for amount in ["EUR 1,150.00", "USD 505.00"] {
      #expect(planned.stdout.contains(", mrc \(amount), "), "\(planned.stdout)")
    }
    try documented("W_TWO_CURRENCIES", "check the currency")
  }

  @Test func aPriceThatIsBlackedOutStaysEmpty() throws {
    let planned = try plan(odd("redacted"))
    #expect(planned.status == 2 && planned.stdout.contains("1 warning W_REDACTED"), "\(planned.stdout)")
    #expect(planned.stdout.contains("32/KFGN/118253//NCS, nrc USD 0.00"), "\(planned.stdout)")
    #expect(planned.stdout.contains("mrc  new  1 row\n"), "only the price that can be read: \(planned.stdout)")
    #expect(planned.stdout.contains(", mrc USD 415.00, "), "\(planned.stdout)")
    try documented("W_REDACTED", "ask for the full paper")
  }

  @Test func anOrderWithoutACarrierSaysWhoItsPartiesAre() throws {
    try writeFile(
      TestPDF(lines: [
        "SERVICE ORDER", "Service Order No. QF-SO-1177",
        "This Service Order is made as of April 7, 2025 by and between",
        "Quillfeather, Inc. and Oak Hill Partners, Inc.", "The initial term is 24 months.",
      ]).bytes, desk.sample.folder.file("order.pdf"))
    let refused = try plan("order.pdf")
    #expect(refused.status == 3, "\(refused.stdout)")
    #expect(
      refused.stderr.contains(
        "order.pdf: none of its parties is known to be the carrier: Quillfeather, Inc.; Oak Hill Partners, Inc."),
      "\(refused.stderr)")
    #expect(refused.stderr.contains("(E_NO_CARRIER)") && refused.stderr.contains("with --carrier NAME"))
    let told = try plan("order.pdf", "--carrier Quillfeather")
    #expect(
      told.status == 2 && told.stdout.contains("quillfeather/QF-SO-1177/service_order"), "\(told.stdout)\(told.stderr)")
    #expect(told.stdout.contains("+ carrier  quillfeather  Quillfeather, Inc.  (stub"), "as its paper writes it")
    try documented("E_NO_CARRIER", "--carrier NAME")
  }

  @Test func aScanWithoutRecognitionSaysWhatIsMissing() throws {
    let paper = "'\(PaperDesk.path("0-source/meridian-order-scan"))'"
    let refused = try desk.sample.shell("trunkline extract --documents kept \(paper) | trunkline map")
    #expect(refused.status == 3 && refused.stderr.contains("there are no words on its pages (E_NO_TEXT)"))
    #expect(refused.stderr.contains("put trunkline ocr before map"), "\(refused.stderr)")
    try documented("E_NO_TEXT", "trunkline ocr", "| 3 |")
  }
}
