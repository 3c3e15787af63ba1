import Extraction
import Glibc
import Pages
import Records
import TestSupport
import Testing

/// What pages say of how far their text is to be relied on, and what happens when reading one breaks off.
struct PageSignTests {
  private static func scan(_ text: String, under: Bool = false) -> TestPDF {
    let image = "q 612 0 0 792 0 0 cm /Im0 Do Q"
    var pdf = TestPDF([.init(under ? text + " " + image : image + " " + text)])
    pdf.objects = [TestPDF.image()]
    pdf.images = [("Im0", "4 0 R")]
    return pdf
  }

  private static let prose = (1...12).map { "clause \($0) of this agreement between the two parties" }

  /// Recognised text hides behind the picture in two ways: drawn invisibly, and covered.
  @Test func textNobodySeesOverAPictureIsHidden() throws {
    let visible = try Documents(Self.scan(TestPDF.lines(Self.prose)))
    #expect(visible.pages[0].signs == .init(image: 1000) && visible.pages[0].recognitionNeed == nil)
    for pdf in [
      Self.scan(TestPDF.lines(Self.prose, mode: 3)), Self.scan(TestPDF.lines(Self.prose), under: true),
    ] {
      let found = try Documents(pdf)
      #expect(found.pages[0].signs == .init(image: 1000, hidden: 1000))
      #expect(found.pages[0].recognitionNeed == .hidden && found.texts == visible.texts)
    }
  }

  @Test func aStampOnAScanIsNoText() throws {
    let found = try Documents(Self.scan(TestPDF.lines(["Envelope 4711-0815: signed by both of the parties"])))
    #expect(found.pages[0].recognitionNeed == .covered)
  }

  @Test func charactersThatStandForNothingAreCounted() throws {
    let map = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <5a> <e041> endbfrange"
    var pdf = TestPDF([.init("BT /F2 12 Tf 72 700 Td (\(String(repeating: "ABCD ", count: 20))) Tj ET")])
    pdf.objects = [
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>",
      "<</Length \(map.utf8.count)>>stream\n\(map)\nendstream",
    ]
    pdf.fonts = "/F2 4 0 R"
    let found = try Documents(pdf)
    #expect(found.pages[0].signs.broken == 1000 && found.pages[0].recognitionNeed == .broken)
  }

  /// 40-bit encryption of one page; all of it but the text is as ever.
  private static var locked: TestPDF {
    func bytes(_ hex: String) -> [UInt8] {
      stride(from: 0, to: hex.utf8.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }
    let user = "b679796813691e66228171c30a3d485134f992c90fb798c2093225f47188ad2b"
    let owner = "8eeb095811aa015a6b5a146ef5738f0163a1708027c4864f3411c83c0e76a901"
    let content =
      "bdeae159e99c2eefc7b3933f9444ee31e32a3c983a2b92f616ec473c1b426bba551ddf1df09b82444f850b65162961f3"
      + "e0245df3eae9bcca8d923508447c"
    var pdf = TestPDF([.init("")])
    pdf.pages[0].content = bytes(content)
    pdf.objects = ["<</Filter/Standard/V 1/R 2/O<\(owner)>/U<\(user)>/P -4>>"]
    let id = "000102030405060708090a0b0c0d0e0f"
    pdf.trailer = "/Encrypt 4 0 R/ID[<\(id)><\(id)>]"
    return pdf
  }

  @Test func aPasswordOpensWhatAskedForIt() throws {
    let file = [("a.pdf", Self.locked.bytes)]
    let without = try Documents(file)
    #expect(without.status == 3 && without.statuses == ["password_required"])
    #expect(without.errors.contains("(E_PASSWORD)") && without.errors.contains("--password env:NAME"))
    let wrong = try Documents(file, ["--password", "env:SECRET"], environment: ["SECRET": "open barley"])
    #expect(wrong.statuses == ["password_required"] && !wrong.errors.contains("barley"))
    let right = try Documents(file, ["--password", "env:SECRET"], environment: ["SECRET": "open sesame"])
    #expect(right.status == 0 && right.texts == ["behind a password\n"])
  }

  /// A reader that breaks off at pages 2 and 4, as a page can make it do; `endings` is how, one after the other.
  private static func survey(_ endings: [PageReadingEnd], pages: Int) throws -> (DocumentSurvey, starts: [Int]) {
    let folder = try TemporaryFolder()
    try folder.write("%PDF-1.7\n", to: "a.pdf")
    var (starts, rest) = ([Int](), endings[...])
    let survey = try DocumentSurvey(
      SourceFile(folder.file("a.pdf"), temporary: folder.path), temporary: folder.path
    ) { _, digest, first, lines in
      starts.append(first)
      let end = rest.popFirst() ?? .done
      let last = end == .done ? pages : first
      var out = ByteWriter(descriptor: lines)
      out.raw("{\"pages\":\(pages)}\n")
      for number in first..<max(first, last + 1) {
        Page(document: digest, number: number, width: 1, height: 1, text: [0x61], words: []).write(to: &out)
        out.raw("\n")
      }
      if end != .done { out.raw("{\"sha256\":\"half a li") }
      try? out.flush()
      return end
    }
    return (survey, starts)
  }

  @Test func aPageThatBreaksTheReaderCostsItselfAlone() throws {
    let (survey, starts) = try Self.survey([.broken("signal 11"), .timedOut], pages: 5)
    #expect(starts == [1, 3, 5])
    #expect(survey.faults.map(\.page) == [2, 4] && survey.faults.map(\.code) == ["E_DAMAGED", "E_TIMEOUT"])
    #expect(survey.faults[0].message == "reading page 2 broke off (signal 11)")
  }

  @Test func tooManyPagesThatTakeTooLongEndTheReading() throws {
    let (survey, starts) = try Self.survey([.timedOut, .timedOut, .timedOut, .timedOut], pages: 9)
    #expect(starts == [1, 3, 5])
    #expect(survey.faults.compactMap(\.page) == [2, 4, 6, 7, 8, 9] && survey.faults[3].cause == .givenUp)
  }

  /// What the fast writer writes is what the record is.
  @Test func aPageIsWrittenAsItsRecord() throws {
    let folder = try TemporaryFolder()
    let page = Page(
      document: "ab", number: 7, width: 1, height: -2, rotation: 90, method: .ocr,
      signs: .init(image: 1, hidden: 2, broken: 3), text: Array("a \"q\"\n€".utf8),
      words: [
        PageWord(start: 0, length: 1, box: PageBox(0, -1, 2, 3)),
        PageWord(start: 2, length: 3, box: PageBox(4, 5, 6, 7), confidence: 9),
      ])
    let file = open(folder.file("page"), O_WRONLY | O_CREAT, 0o600)
    var out = ByteWriter(descriptor: file)
    page.write(to: &out)
    try out.flush()
    close(file)
    #expect(try folder.read("page") == page.json.line)
    #expect(JSON.parse(page.json.line).flatMap { Page(json: $0) } == page)
  }

  /// A page is drawn as it is shown: the words stand where their boxes say.
  @Test func aPictureShowsTheWordsWhereTheyAre() throws {
    let pdf = TestPDF([.init(lines: ["Hello"], rotation: 90, crop: "50 50 500 750")])
    let box = try #require(try Documents(pdf).words().first?.box)
    let folder = try TemporaryFolder()
    try folder.write(pdf.bytes, to: "a.pdf")
    let drawn = try shell("trunkline-pages render 1 --dpi 72 --gray < a.pdf", folder: folder.path)
    let head = Array("P5\n700 450\n255\n".utf8)
    #expect(drawn.status == 0 && drawn.output.starts(with: head) && drawn.output.count == head.count + 700 * 450)
    let dark = drawn.output.dropFirst(head.count).enumerated().filter { $0.element < 128 }.map(\.offset)
    #expect(!dark.isEmpty)
    #expect(
      dark.allSatisfy {
        ($0 % 700) * 1000 >= box.x0 - 2000 && ($0 % 700) * 1000 <= box.x1 + 2000
          && ($0 / 700) * 1000 >= box.y0 - 2000 && ($0 / 700) * 1000 <= box.y1 + 2000
      })
    let png = try shell("trunkline-pages render 1 --dpi 72 --png < a.pdf", folder: folder.path)
    #expect(png.output.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(try shell("trunkline-pages render 2 --dpi 72 --png < a.pdf", folder: folder.path).status == 3)
  }

  /// Originals are kept beside the database once there is one, and handed out only as they were.
  @Test func originalsAreKeptBesideTheDatabase() throws {
    let folder = try TemporaryFolder()
    try folder.write(TestPDF(lines: ["kept"]).bytes, to: "a.pdf")
    let environment = ["TRUNKLINE_DB": "sqlite:" + folder.file("t.db")]
    _ = try run("trunkline-extract", ["a.pdf"], environment: environment, folder: folder.path)
    #expect(access(folder.file("documents"), F_OK) != 0)
    try folder.write("", to: "t.db")
    let kept = try run("trunkline-extract", ["a.pdf"], environment: environment, folder: folder.path)
    let digest = try #require(kept.stdout.split(separator: "sha256:").dropFirst().first.map { String($0.prefix(64)) })
    let store = DocumentStore(folder: folder.file("documents"))
    let original = try store.open(digest)
    close(original)
    chmod(store.path(of: digest), 0o600)
    let file = open(store.path(of: digest), O_WRONLY | O_APPEND)
    write(file, "x", 1)
    close(file)
    #expect(throws: DocumentStore.Failure.altered(path: store.path(of: digest))) { try store.open(digest) }
    let other = String(repeating: "0", count: 64)
    #expect(throws: DocumentStore.Failure.missing(path: store.path(of: other))) { try store.open(other) }
  }
}
