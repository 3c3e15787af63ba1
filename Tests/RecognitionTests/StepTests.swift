import Glibc
import Pages
import Pictures
import Records
import TestSupport
import Testing

@testable import Recognition

/// The step around the recognition: what passes, what is replaced, what is kept.
struct StepTests {
  private static let found = RecognisedPage(
    width: 1000, height: 700, turn: 0, slope: 0,
    words: [
      .init(text: "TOTAL", x0: 100, y0: 70, x1: 300, y1: 100, confidence: 91, gap: .block),
      .init(text: "4872.16", x0: 400, y0: 70, x1: 600, y1: 100, confidence: 58, gap: .space),
      .init(text: "DUE", x0: 100, y0: 140, x1: 200, y1: 170, confidence: 90, gap: .line),
      .init(text: "NOTES", x0: 100, y0: 340, x1: 200, y1: 370, confidence: 90, gap: .block),
    ])

  private func run(
    _ bytes: [UInt8], in folder: TemporaryFolder, answer: @escaping (Int) throws -> PageAnswer
  ) throws -> (outcome: RecognitionStep.Outcome, bytes: [UInt8]) {
    let input = open(try folder.write(bytes, to: "in.jsonl"), O_RDONLY)
    let output = open(folder.file("out.jsonl"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { for file in [input, output] { close(file) } }
    let survey = try StreamSurvey(descriptor: input)
    lseek(input, 0, SEEK_SET)
    let outcome = try RecognitionStep.run(input: input, output: output, survey, answer: answer)
    return (outcome, try readFile(folder.file("out.jsonl")))
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] { bytes.split(separator: 10) }

  @Test func replacesScansAndPassesTheRest() throws {
    let folder = try TemporaryFolder()
    let before = try PageStream.bytes([false, true, false], rejected: 2, in: folder)
    let (outcome, after) = try run(before, in: folder) { _ in PageAnswer(.words(Self.found)) }
    #expect(outcome == .init(recognised: 1, unread: 0))
    for index in [0, 1, 3] { #expect(Self.lines(after)[index] == Self.lines(before)[index]) }
    let pages = try PageStream.pages(after, in: folder).map(\.page)
    #expect(pages.map(\.method) == [.text, .ocr, .text])
    #expect(String(decoding: pages[1].text, as: UTF8.self) == "TOTAL 4872.16\nDUE\n\nNOTES\n")
    #expect(pages[1].words.map(\.confidence) == [91, 58, 90, 90])
    // 1000 pixels are 360 points: 2.778 pixels a point.
    #expect(pages[1].words[0].box == PageBox(36_000, 25_200, 108_000, 36_000))
    #expect(pages[1].signs.image == 990)
    let end = JSON.parse(String(decoding: try #require(Self.lines(after).last), as: UTF8.self))?["value"]?["run"]
    #expect(end?["step"]?.text == "ocr" && end?["in"]?.int == 3 && end?["accepted"]?.int == 3)
    #expect(end?["rejected_before"]?.int == 2 && end?["recognised"]?.int == 1 && end?["unread"]?.int == 0)
  }

  @Test func aStreamWithoutScansPassesByteForByte() throws {
    let folder = try TemporaryFolder()
    let before = try PageStream.bytes([false, false], rejected: 1, in: folder)
    let (outcome, after) = try run(before + before, in: folder) { _ in
      Issue.record("nothing was to be recognised")
      return PageAnswer(.failure(""))
    }
    #expect(after == before + before && outcome == .init())
  }

  @Test func severalStreamsKeepTheirOwnEnds() throws {
    let folder = try TemporaryFolder()
    let plain = try PageStream.bytes([false], in: folder)
    let scans = try PageStream.bytes([true, true], in: folder)
    let (_, after) = try run(scans + plain + scans, in: folder) { _ in PageAnswer(.words(Self.found)) }
    #expect(try PageStream.pages(after, in: folder).map(\.page.method) == [.ocr, .ocr, .text, .ocr, .ocr])
    #expect(Self.lines(after).count { String(decoding: $0, as: UTF8.self).contains("\"step\":\"ocr\"") } == 2)
  }

  @Test func aPageThatCannotBeReadGoesOnWithoutWords() throws {
    let folder = try TemporaryFolder()
    let before = try PageStream.bytes([true, true], in: folder)
    let (outcome, after) = try run(before, in: folder) { job in
      PageAnswer(job == 0 ? .failure("could not be drawn") : .words(Self.found))
    }
    #expect(outcome == .init(recognised: 1, unread: 1))
    let pages = try PageStream.pages(after, in: folder)
    #expect(pages.map(\.page.method) == [.none, .ocr])
    #expect(pages[0].page.words.isEmpty && pages[0].page.text.isEmpty)
    #expect(pages[0].issues.map(\.code) == ["W_UNREAD"] && pages[1].issues.isEmpty)
    #expect(pages[0].issues[0].message.contains("page 1") && pages[0].issues[0].message.contains("could not be drawn"))
    // What was read, and what could not be, is not read anew.
    #expect(pages.allSatisfy { $0.page.recognitionNeed == nil })
  }

  @Test func aStreamCutShortIsNotBegun() throws {
    let folder = try TemporaryFolder()
    let whole = try PageStream.bytes([true, false], in: folder)
    let cut = Array(whole.dropLast(40))
    #expect(throws: WireError.self) {
      try run(cut, in: folder) { _ in PageAnswer(.words(Self.found)) }
    }
    #expect(try readFile(folder.file("out.jsonl")).isEmpty)
  }

  @Test func answersSurviveTheirLine() throws {
    for answer in [
      PageAnswer(.words(Self.found)), PageAnswer(.words(Self.found), unkept: "no space"), PageAnswer(.failure("broke")),
    ] {
      #expect(PageAnswer(json: try #require(JSON.parse(answer.json.line))) == answer)
    }
    #expect(PageAnswer(json: .null) == nil)
  }

  @Test func keepsWhatWasReadUntilItIsDamaged() throws {
    let folder = try TemporaryFolder()
    let cache = RecognitionCache(folder: folder.file("kept"))
    let image = DrawnPage(["A"], width: 200, height: 200).image
    let key = RecognitionCache.key(image, engine: "tesseract 5 eng")
    #expect(cache.page(key) == nil)
    #expect(cache.keep(Self.found, as: key) == nil)
    #expect(cache.page(key) == Self.found)
    #expect(RecognitionCache.key(image, engine: "tesseract 5 deu") != key)
    let path = "\(folder.path)/kept/\(key.prefix(2))/\(key)"
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    var bytes = try readFile(path)
    bytes[bytes.count - 5] ^= 1
    try writeFile(bytes, path)
    #expect(cache.page(key) == nil)
    #expect(RecognitionCache(folder: folder.file("no/such/place")).keep(Self.found, as: key) == ENOENT)
  }

  @Test(arguments: [
    ("1,234.50", true), ("$80.00", true), ("(12,00)", true), ("12.345,67", true), ("100.00-", true), ("USD4.10", true),
    ("1234", false), ("12.345", false), ("2024", false), ("3.1.2", false), ("A.12", false), ("", false), (".50", false),
  ])
  func knowsAnAmountBySight(_ text: String, _ isAmount: Bool) {
    #expect(MoneyColumns.isAmount(Array(text.utf8)) == isAmount)
  }

  @Test func columnsOfAmountsAreReadFiner() {
    func page(_ edges: [Int]) -> RecognisedPage {
      RecognisedPage(
        width: 1000, height: 1000,
        words: edges.map { .init(text: "10.00", x0: 0, y0: 0, x1: $0, y1: 9, confidence: 90, gap: .line) })
    }
    #expect(MoneyColumns.are(in: page([900, 904, 908])))
    #expect(!MoneyColumns.are(in: page([900, 905])))
    #expect(!MoneyColumns.are(in: page([300, 600, 900])))
  }

  /// The finer reading's words and places, and the coarser one's text where that is far surer of it.
  @Test func ofTwoReadingsTheFinerCountsUnlessItStumbles() {
    func page(_ scale: Int, _ texts: [(String, Int)]) -> RecognisedPage {
      RecognisedPage(
        width: 200 * scale, height: 100 * scale,
        words: texts.enumerated().map { index, word in
          .init(
            text: word.0, x0: 40 * index * scale, y0: 20 * scale, x1: (40 * index + 30) * scale, y1: 30 * scale,
            confidence: word.1, gap: .space)
        })
    }
    let coarse = page(2, [("MFN-30877", 45), ("|Total", 90), ("1,240.00", 96), ("690.00", 60), ("15/19/20", 91)])
    let fine = page(
      3, [("MEN-30877", 3), ("Total", 70), ("1,240.00", 80), ("590.00", 95), ("5/19/20", 70), ("alone", 77)])
    let merged = TwoReadings.merged(fine, coarse)
    #expect(merged.words.map(\.text) == ["MFN-30877", "Total", "1,240.00", "590.00", "5/19/20", "alone"])
    #expect(merged.words.map(\.confidence) == [45, 70, 80, 50, 50, 77])
    #expect(merged.words.map(\.x0) == fine.words.map(\.x0) && merged.width == fine.width)
    var turned = coarse
    turned.turn = 90
    #expect(TwoReadings.merged(fine, turned) == fine)
    let apart = RecognisedPage(
      width: 400, height: 200,
      words: coarse.words.map { word in
        var word = word
        (word.y0, word.y1) = (word.y0 + 12, word.y1 + 12)
        return word
      })
    #expect(TwoReadings.merged(fine, apart) == fine)
  }

  @Test func aHugePageIsDrawnCoarser() {
    func dpi(_ points: Int) -> Int {
      RecognitionSettings.resolution(
        300, of: PageRequest(document: "", page: 1, width: points * 1000, height: points * 1000))
    }
    #expect(dpi(800) == 300)
    #expect(dpi(14_400) < 40)
  }
}
