import Glibc
import Pages
import TestSupport
import Testing

/// From a PDF to words: `extract`, then `ocr` with the real programs, on pages that were drawn for it.
struct ScanChainTests {
  private static let page = DrawnPage(RecogniserTests.lines)
  /// Words with the place of their first letter, in letters of 24 pixels from 80, and their line of 60 from 80.
  private static let drawn = [("CIRCUIT", 0, 1), ("MONTHS", 15, 3), ("NINETY", 10, 4), ("4872.16", 21, 5)]

  /// The box of a drawn word in pixels.
  private static func box(_ word: String, _ letter: Int, _ line: Int) -> (x0: Int, y0: Int, x1: Int, y1: Int) {
    (80 + letter * 24, 80 + line * 60, 80 + (letter + word.utf8.count) * 24 - 4, 80 + line * 60 + 28)
  }

  /// The same box on the sheet laid counterclockwise by quarters, in thousandths of a point.
  private static func laid(
    _ box: (x0: Int, y0: Int, x1: Int, y1: Int), _ quarters: Int, width: Int, height: Int
  ) -> PageBox {
    if quarters == 0 {
      return PageBox(
        Int32(box.x0) * ScannedPDF.pixel, Int32(box.y0) * ScannedPDF.pixel, Int32(box.x1) * ScannedPDF.pixel,
        Int32(box.y1) * ScannedPDF.pixel)
    }
    return laid((box.y0, width - box.x1, box.y1, width - box.x0), quarters - 1, width: height, height: width)
  }

  /// However the sheet lay on the scanner, and whether or not the document turns it back when it is shown.
  @Test(arguments: [(0, 0), (1, 0), (2, 0), (3, 0), (1, 90), (2, 180), (3, 270)])
  func wordsAreFoundWhereTheyArePrinted(_ quarters: Int, _ rotation: Int) throws {
    var scan = ScannedPDF()
    scan.add(Self.page.laid(quarters: quarters), rotation: rotation)
    let folder = try TemporaryFolder()
    let (found, extracted) = try scan.read(in: folder)
    #expect(extracted.statuses == ["no_text"] && found.status == 0, "\(found.errors)")
    #expect(found.statuses == ["ok"] && found.streams == ["documents", "pages"])
    let page = try #require(found.pages.first)
    #expect(page.method == .ocr && page.rotation == rotation && page.turn == (quarters * 90 - rotation + 360) % 360)
    for (word, letter, line) in Self.drawn {
      let place = try #require(found.place(of: word), "\(word) is not among \(found.texts)")
      let shown = rotation == 0 ? quarters : 0
      let printed = Self.laid(Self.box(word, letter, line), shown, width: Self.page.width, height: Self.page.height)
      #expect(place.isPlace(of: printed), "\(word): \(place) is not \(printed)")
    }
  }

  /// Evidence of a slanted photograph with shade and grain still stands on its words.
  @Test func aPhotographedPageIsReadWhereItIsPrinted() throws {
    var random = SplitMix64(seed: 7)
    var scan = ScannedPDF()
    scan.add(Self.page.slanted(20).spoilt(&random))
    let (found, _) = try scan.read(in: TemporaryFolder())
    #expect(found.statuses == ["ok"])
    var seen = 0
    for (word, letter, line) in Self.drawn {
      guard let place = found.place(of: word) else { continue }
      let box = Self.box(word, letter, line)
      let fall = ((box.x0 + box.x1) / 2 - Self.page.width / 2) * 20 / 1000
      let printed = Self.laid((box.x0, box.y0 + fall, box.x1, box.y1 + fall), 0, width: 0, height: 0)
      #expect(place.isPlace(of: printed), "\(word): \(place) is not \(printed)")
      seen += 1
    }
    #expect(seen >= 3, "\(found.texts)")
  }

  /// A digital page passes byte for byte; its neighbours are read from what is to be seen on them.
  @Test func aMixedDocumentIsReadPageByPage() throws {
    let wrong = TestPDF.lines((1...10).map { "somebody read this page badly \($0)" }, x: 20, y: 240, mode: 3)
    let map = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <5a> <e041> endbfrange"
    var scan = ScannedPDF()
    scan.add(TestPDF.Page(lines: (1...9).map { "clause \($0) of the agreement between the parties" }))
    scan.add(Self.page)
    scan.add(Self.page, text: wrong)
    let broken = (0..<8).map { "BT /F2 24 Tf 72 \(700 - $0 * 40) Td (TOTAL DUE EACH MONTH) Tj ET" }
    scan.add(TestPDF.Page(broken.joined(separator: " ")))
    scan.addFont(map: map)
    let (found, extracted) = try scan.read(in: TemporaryFolder())
    #expect(extracted.pages.map(\.recognitionNeed) == [nil, .little, .hidden, .broken])
    #expect(found.pages.map(\.method) == [.text, .ocr, .ocr, .ocr] && found.statuses == ["ok"])
    #expect(found.lines[3] == extracted.lines[3])
    #expect(found.texts[1].contains("CIRCUIT AND PORT 1250.75") && found.texts[2] == found.texts[1])
    #expect(!found.texts[2].contains("somebody"))
    #expect(found.texts[3].ranges(of: "TOTAL DUE EACH MONTH").count >= 7, "\(found.texts[3])")
  }

  /// A document says what it is now, before its pages; one without any word stays what it was.
  @Test func aDocumentWithoutAWordStaysSo() throws {
    let blank = DrawnPage(width: 600, height: 400)
    var empty = ScannedPDF()
    empty.add(blank)
    empty.add(blank)
    let (nothing, _) = try empty.read(in: TemporaryFolder())
    #expect(
      nothing.status == 0 && nothing.statuses == ["no_text"] && nothing.streams == ["documents", "pages", "pages"])
    empty.add(Self.page)
    let (found, _) = try empty.read(in: TemporaryFolder())
    #expect(found.statuses == ["ok"] && found.streams == ["documents", "pages", "pages", "pages"])
    #expect(found.pages.map(\.number) == [1, 2, 3] && found.pages.map(\.words.isEmpty) == [true, true, false])
  }

  /// The second run says the same, and neither draws upon nor adds to anything but what was kept; nothing but the result
  /// is said where nobody watches.
  @Test func theSecondRunReadsNothingAnew() throws {
    let folder = try TemporaryFolder()
    var scan = ScannedPDF()
    scan.add(Self.page)
    scan.add(Self.page.laid(quarters: 2))
    let first = try scan.read(in: folder).found
    let list = "find kept/ocr -type f -printf '%p %T@ %i\\n' | sort"
    let kept = try shell(list, folder: folder.path).stdout
    #expect(kept.split(separator: "\n").count >= 2)
    let second = try scan.read(in: folder, "--workers 2").found
    #expect(second.lines == first.lines && first.pages.map(\.method) == [.ocr, .ocr])
    #expect(try shell(list, folder: folder.path).stdout == kept)
    #expect(first.errors == "trunkline-ocr: note: 2 scanned pages recognised\n")
  }
}
