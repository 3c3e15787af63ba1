import Pages
import Records
import TestSupport
import Testing

/// Text, boxes and signs of pages.
struct DocumentTests {
  @Test func wordsLinesAndBlocksAreTold() throws {
    let found = try Documents(
      TestPDF([
        .init(TestPDF.lines(["Master Agreement", "between us"]) + " " + TestPDF.lines(["Fee (USD) 12.50"], y: 500))
      ]))
    #expect(found.status == 0 && found.statuses == ["ok"])
    #expect(found.texts == ["Master Agreement\nbetween us\n\nFee (USD) 12.50\n"])
    #expect(found.words().map(\.text) == ["Master", "Agreement", "between", "us", "Fee", "(USD)", "12.50"])
    #expect(found.pages[0].width == 612_000 && found.pages[0].height == 792_000)
    // 72 points from the left; the base line is 720 above the bottom, 72 below the top.
    let box = found.words()[0].box
    #expect(box.x0 == 72_000 && box.y0 < 72_000 && box.y1 > 72_000 && box.height < 14_000)
    #expect(found.counts.map(\.input) == [1] && found.counts[0].emitted == ["documents": 1, "pages": 1])
  }

  /// The same words stand where they are seen, whichever way the page is turned and however it is cropped.
  @Test(arguments: [
    (0, PageBox(22_000, 20_000, 60_000, 40_000)), (90, PageBox(640_000, 22_000, 680_000, 60_000)),
    (180, PageBox(390_000, 660_000, 428_000, 680_000)), (270, PageBox(20_000, 390_000, 40_000, 428_000)),
  ])
  func boxesAreThoseOfThePageAsShown(_ rotation: Int, _ around: PageBox) throws {
    let page = TestPDF.Page(lines: ["Hello"], y: 720, rotation: rotation, crop: "50 50 500 750")
    let found = try Documents(TestPDF([page]))
    let box = try #require(found.words().first?.box)
    #expect(found.pages[0].rotation == rotation)
    #expect(found.pages[0].width == (rotation % 180 == 0 ? 450_000 : 700_000))
    #expect(box.x0 >= around.x0 && box.y0 >= around.y0 && box.x1 <= around.x1 && box.y1 <= around.y1, "\(box)")
  }

  @Test func columnsAreReadOneAfterTheOther() throws {
    let left = (1...20).map { "left column line number \($0)" }
    let right = (1...20).map { "right column line number \($0)" }
    let found = try Documents(TestPDF([.init(TestPDF.lines(left) + " " + TestPDF.lines(right, x: 330))]))
    let lines = found.texts[0].split(separator: "\n").map(String.init)
    #expect(lines == left + right)
  }

  /// Headings that stand beside each other run together in the library's order.
  @Test func headingsStayInTheirColumns() throws {
    func column(_ name: String) -> [String] {
      (1...5).flatMap { part in
        ["\(part). \(name)", ""] + (1...4).map { "the \(name) words of part \(part) line \($0)" } + [""]
      }
    }
    let (left, right) = (column("left"), column("right"))
    let found = try Documents(TestPDF([.init(TestPDF.lines(left) + " " + TestPDF.lines(right, x: 330))]))
    #expect(found.texts[0].split(separator: "\n").map(String.init) == (left + right).filter { !$0.isEmpty })
  }

  /// Words that stand apart in one row are apart, though the library puts no space between them.
  @Test func cellsOfARowDoNotRunTogether() throws {
    let rows = (0..<6).map { "BT /F1 12 Tf 72 \(700 - $0 * 14) Td (Item\($0)) Tj 200 0 Td (19\($0).00) Tj ET" }
    let found = try Documents(TestPDF([.init(rows.joined(separator: " "))]))
    #expect(Set(found.words().map(\.text)) == Set((0..<6).flatMap { ["Item\($0)", "19\($0).00"] }))
  }

  @Test func valuesOfFormFieldsStandBehindTheirLabels() throws {
    var pdf = TestPDF([.init(TestPDF.lines(["Monthly charge:", "Term:"]), annotations: ["4 0 R", "5 0 R"])])
    pdf.objects = [
      "<</Type/Annot/Subtype/Widget/FT/Tx/T(mrc)/V(1250.00 USD)/Rect[180 715 300 732]>>",
      "<</Type/Annot/Subtype/FreeText/Contents(seen by legal)/Rect[72 100 300 120]>>",
    ]
    pdf.catalog = "/AcroForm<</Fields[4 0 R]>>"
    let found = try Documents(pdf)
    #expect(found.texts == ["Monthly charge: 1250.00 USD\nTerm:\n\nseen by legal\n"])
    #expect(found.words()[2].box == PageBox(180_000, 60_000, 300_000, 77_000))
  }

  @Test func aScanHasNoTextAndIsNoFailure() throws {
    var pdf = TestPDF([.init("q 612 0 0 792 0 0 cm /Im0 Do Q")])
    pdf.objects = [TestPDF.image()]
    pdf.images = [("Im0", "4 0 R")]
    let found = try Documents(pdf)
    #expect(found.status == 0 && found.statuses == ["no_text"] && found.rejects.isEmpty)
    #expect(found.pages[0].signs.image == 1000 && found.pages[0].recognitionNeed == .little)
    #expect(found.errors.contains("no page has text; next: trunkline ocr"))
  }

  @Test func explainSaysWhatEachPageIs() throws {
    let folder = try TemporaryFolder()
    let prose = (1...9).map { "clause \($0) of the agreement between the parties" }
    try folder.write(TestPDF([.init(lines: prose), .init(lines: ["x"])]).bytes, to: "a.pdf")
    let outcome = try run("trunkline-extract", ["--explain", "a.pdf"], folder: folder.path)
    let lines = outcome.stdout.split(separator: "\n").map(String.init)
    #expect(outcome.status == 0)
    #expect(lines.contains("pages       2") && lines.contains("to ocr      2"))
    #expect(lines.contains("  page 1, 612 x 792 pt, 72 words"))
    #expect(lines.contains("  page 2, 612 x 792 pt, 1 words, to ocr: hardly any text"))
  }

  /// Page for page, and no slower with their number: 2,000 pages are some seconds and one line of memory.
  @Test func aDocumentOf2000PagesIsReadWhole() throws {
    let pages = (1...2000).map { TestPDF.Page(lines: ["page \($0)"]) }
    let found = try Documents(TestPDF(pages))
    #expect(found.status == 0 && found.pages.map(\.number) == Array(1...2000))
    #expect(found.texts[1999] == "page 2000\n")
  }
}
