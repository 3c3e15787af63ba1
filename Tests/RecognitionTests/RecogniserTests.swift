import OCR
import Pictures
import TestSupport
import Testing

/// Recognition itself, on pages drawn for the purpose.
struct RecogniserTests {
  static let lines = [
    "MONTHLY SERVICE CHARGE", "CIRCUIT AND PORT 1250.75", "ANOTHER LINE OF TEXT HERE", "THE TERM IS 36 MONTHS",
    "NOTICE OF NINETY DAYS", "TOTAL DUE EACH MONTH 4872.16",
  ]
  private static let page = DrawnPage(lines)

  private static func words(_ page: RecognisedPage) -> [String] { page.words.map(\.text) }
  private static let expected = lines.flatMap { $0.split(separator: " ").map { String($0) } }

  /// How many of the words drawn were found.
  private static func found(_ page: RecognisedPage) -> Int {
    var left = words(page)
    return expected.count { word in left.firstIndex(of: word).map { left.remove(at: $0) } != nil }
  }

  @Test func readsWhatIsDrawnWhereItIsDrawn() throws {
    let page = try Recogniser(languages: "eng").recognise(Self.page.image)
    #expect(Self.found(page) >= Self.expected.count - 1, "\(Self.words(page))")
    #expect(page.turn == 0 && page.slope == 0 && page.width == 1000 && page.height == 700)
    #expect(page.words.allSatisfy { (0...100).contains($0.confidence) })
    // The second line begins 60 pixels below the first; each letter is 24 wide and 28 high.
    let word = try #require(page.words.first { $0.text == "CIRCUIT" })
    #expect(abs(word.x0 - 80) <= 4 && abs(word.x1 - 244) <= 4 && abs(word.y0 - 140) <= 4 && abs(word.y1 - 168) <= 4)
    #expect(word.gap != .space)
    #expect(page.words.first { $0.text == "PORT" }?.gap == .space)
  }

  @Test(arguments: [0, 1, 2, 3])
  func findsWhichWayUpAPageLies(_ quarters: Int) throws {
    let page = try Recogniser(languages: "eng").recognise(Self.page.laid(quarters: quarters).image)
    #expect(page.turn == quarters * 90)
    #expect(page.width == 1000 && page.height == 700)
    #expect(Self.found(page) >= Self.expected.count - 1, "\(Self.words(page))")
  }

  @Test(arguments: [-35, 20, 35])
  func straightensAPage(_ slope: Int) throws {
    let page = try Recogniser(languages: "eng").recognise(Self.page.slanted(slope).image)
    #expect(abs(page.slope - slope * 1000) < 4000, "\(page.slope)")
    #expect(Self.found(page) >= Self.expected.count - 3, "\(Self.words(page))")
  }

  @Test func takesSpecksAndShadeOff() throws {
    var random = SplitMix64(seed: 7)
    let spoilt = Self.page.slanted(20).spoilt(&random).image
    let page = try Recogniser(languages: "eng").recognise(spoilt)
    #expect(Self.found(page) >= Self.expected.count - 4, "\(Self.words(page))")
  }

  /// A clean page is recognised as it is: every filter costs words.
  @Test func leavesACleanPageAlone() throws {
    let scan = try CleanScan(Self.page.image)
    #expect(try CleanPage(scan, turn: 0).pgm() == Self.page.pgm)
  }

  @Test func aPageReadsTheSameWhateverWasReadBefore() throws {
    let recogniser = try Recogniser(languages: "eng")
    let other = DrawnPage(["QUITE ANOTHER PAGE 77", "WITH OTHER WORDS", "AND NUMBERS 99.10"]).image
    let first = try recogniser.recognise(Self.page.image)
    _ = try recogniser.recognise(other)
    _ = try recogniser.recognise(Self.page.laid(quarters: 2).image)
    #expect(try recogniser.recognise(Self.page.image) == first)
    #expect(try Recogniser(languages: "eng").recognise(Self.page.image) == first)
  }

  @Test func anEmptyPageHasNoWords() throws {
    let page = try Recogniser(languages: "eng").recognise(DrawnPage(width: 600, height: 800).image)
    #expect(page.words.isEmpty && page.width == 600 && page.height == 800)
  }

  @Test(arguments: [(1, 1), (3, 2), (40, 2000), (2000, 7)])
  func takesPicturesOfAnyShape(_ width: Int, _ height: Int) throws {
    var page = DrawnPage(width: width, height: height)
    for index in page.pixels.indices where index % 3 == 0 { page.pixels[index] = 0 }
    #expect(throws: Never.self) { try Recogniser(languages: "eng").recognise(page.image) }
  }

  @Test(arguments: ["xyz", "eng+xyz"])
  func refusesALanguageWithoutData(_ languages: String) {
    #expect(throws: OCRError.language("xyz")) { try Recogniser(languages: languages) }
  }

  @Test(arguments: [
    "P5 2 2 255 1234", "P5\n# a remark\n2 2\n255\n1234", "P5\n2\t2\n255\n1234",
  ])
  func readsPGM(_ text: String) throws {
    let image = try #require(GrayImage(pgm: Array(text.utf8), dpi: 100))
    #expect(image.width == 2 && image.height == 2 && image.pixels == Array("1234".utf8) && image.dpi == 100)
  }

  @Test(arguments: [
    "", "P5", "P6 2 2 255 1234", "P5 2 2 255 123", "P5 2 2 255 12345", "P5 2 2 65535 12345678", "P5 0 2 255 ",
    "P5 40000 1 255 1", "P5 99999999999 1 255 1", "P5 -2 -2 255 1234", "P5 2 2 255",
  ])
  func refusesWhatIsNoPGM(_ text: String) { #expect(GrayImage(pgm: Array(text.utf8), dpi: 100) == nil) }
}
