import CTesseract
package import Pictures

/// One tesseract engine with its languages; not for two threads at once.
///
/// The same image gives the same words, whatever was recognised before it.
package final class Recogniser {
  private let engine: OpaquePointer
  private var orientation: OrientationEngine?

  /// `languages` as tesseract writes them: `eng`, or `eng+deu`.
  package init(languages: String) throws(OCRError) {
    guard let engine = TessBaseAPICreate() else { throw .recognition }
    let started = TessBaseAPIInit2(engine, nil, languages, OEM_LSTM_ONLY) == 0
    // Of several languages the engine is content with one.
    if let missing = Self.missing(languages, started ? engine : nil) {
      TessBaseAPIEnd(engine)
      TessBaseAPIDelete(engine)
      throw .language(missing)
    }
    self.engine = engine
    TessBaseAPISetVariable(engine, "debug_file", "/dev/null")
    TessBaseAPISetPageSegMode(engine, PSM_AUTO)
  }

  deinit {
    TessBaseAPIEnd(engine)
    TessBaseAPIDelete(engine)
  }

  /// The first language that was not loaded.
  private static func missing(_ languages: String, _ engine: OpaquePointer?) -> String? {
    var loaded: [String] = []
    if let engine, let names = TessBaseAPIGetLoadedLanguagesAsVector(engine) {
      defer { TessDeleteTextArray(names) }
      var index = 0
      while let name = names[index] {
        loaded.append(String(cString: name))
        index += 1
      }
    }
    return languages.split(separator: "+").map { String($0) }.first { !loaded.contains($0) }
  }

  /// `5.3.0`.
  package static var version: String { TessVersion().map { String(cString: $0) } ?? "" }

  /// The folder of the languages' data.
  package var dataFolder: String { TessBaseAPIGetDatapath(engine).map { String(cString: $0) } ?? "" }

  /// Below this a page may well have been read upside down or on its side.
  private static let poor = 65

  /// Cleans an image and reads it; a blank one has no words.
  ///
  /// Lines found to stand on end, and text that comes out poor, are read again the other way up that they or tesseract's
  /// own detector say; the better reading counts.
  package func recognise(_ image: GrayImage) throws(OCRError) -> RecognisedPage {
    if image.isBlank { return RecognisedPage(width: image.width, height: image.height) }
    let scan = try CleanScan(image)
    let first = try read(CleanPage(scan, turn: scan.direction ?? 0))
    let isPoor = first.page.confidence < Self.poor
    let turn = isPoor ? turn(of: scan) : (first.page.turn + first.lean) % 360
    guard let turn, turn != first.page.turn else { return first.page }
    let second = try read(CleanPage(scan, turn: turn))
    if !isPoor, second.lean == 0, second.page.confidence >= Self.poor { return second.page }
    return second.page.confidence > first.page.confidence ? second.page : first.page
  }

  /// Reads an image that is clean; `lean` is by how many degrees clockwise most of its letters ask to be turned.
  private func read(_ page: borrowing CleanPage) throws(OCRError) -> (page: RecognisedPage, lean: Int) {
    TessBaseAPIClear(engine)
    TessBaseAPIClearAdaptiveClassifier(engine)
    TessBaseAPISetImage2(engine, page.image.pix)
    TessBaseAPISetSourceResolution(engine, Int32(page.dpi))
    guard TessBaseAPIRecognize(engine, nil) == 0 else { throw .recognition }
    var found = RecognisedPage(width: page.width, height: page.height, turn: page.turn, slope: page.slope)
    if let words = TessBaseAPIGetIterator(engine) {
      defer { TessResultIteratorDelete(words) }
      found.words = Self.words(words)
    }
    TessBaseAPIClear(engine)
    return (found, Self.lean(found.words))
  }

  private func turn(of scan: borrowing CleanScan) -> Int? {
    if orientation == nil { orientation = OrientationEngine() }
    return orientation?.turn(of: scan)
  }

  private static func words(_ results: OpaquePointer) -> [RecognisedPage.Word] {
    let places = TessResultIteratorGetPageIterator(results)
    var words: [RecognisedPage.Word] = []
    var gap = RecognisedPage.Gap.space
    repeat {
      if TessPageIteratorIsAtBeginningOf(places, RIL_BLOCK) != 0 {
        gap = .block
      } else if TessPageIteratorIsAtBeginningOf(places, RIL_TEXTLINE) != 0, gap != .block {
        gap = TessPageIteratorIsAtBeginningOf(places, RIL_PARA) != 0 ? .block : .line
      }
      guard let word = word(results, places, gap) else { continue }
      words.append(word)
      gap = .space
    } while TessResultIteratorNext(results, RIL_WORD) != 0
    return words
  }

  /// The turn that would set most letters upright: tesseract reads lines that run down the page as if they were level.
  private static func lean(_ words: [RecognisedPage.Word]) -> Int {
    var letters = (level: 0, down: 0)
    for word in words where word.text.utf8.count > 2 {
      let isLevel = word.x1 - word.x0 > word.y1 - word.y0
      letters = (
        letters.level + (isLevel ? word.text.utf8.count : 0), letters.down + (isLevel ? 0 : word.text.utf8.count)
      )
    }
    return letters.down > letters.level ? 270 : 0
  }

  private static func word(
    _ results: OpaquePointer, _ places: OpaquePointer?, _ gap: RecognisedPage.Gap
  ) -> RecognisedPage.Word? {
    guard let text = TessResultIteratorGetUTF8Text(results, RIL_WORD) else { return nil }
    defer { TessDeleteText(text) }
    var box: (x0: Int32, y0: Int32, x1: Int32, y1: Int32) = (0, 0, 0, 0)
    let letters = String(cString: text)
    guard letters.utf8.contains(where: { $0 > 0x20 }),
      TessPageIteratorBoundingBox(places, RIL_WORD, &box.x0, &box.y0, &box.x1, &box.y1) != 0
    else { return nil }
    return RecognisedPage.Word(
      text: letters, x0: Int(box.x0), y0: Int(box.y0), x1: Int(box.x1), y1: Int(box.y1),
      confidence: max(0, min(100, Int(TessResultIteratorConfidence(results, RIL_WORD)))), gap: gap)
  }
}

/// Tesseract's detector of a page's direction, which has data of its own.
private final class OrientationEngine {
  private let engine: OpaquePointer
  /// Below this the answer is a guess.
  private static let least: Float = 1

  /// nil where its data is not installed.
  init?() {
    guard let engine = TessBaseAPICreate() else { return nil }
    guard TessBaseAPIInit2(engine, nil, "osd", OEM_TESSERACT_ONLY) == 0 else {
      TessBaseAPIDelete(engine)
      return nil
    }
    self.engine = engine
    TessBaseAPISetVariable(engine, "debug_file", "/dev/null")
    TessBaseAPISetPageSegMode(engine, PSM_OSD_ONLY)
  }

  deinit {
    TessBaseAPIEnd(engine)
    TessBaseAPIDelete(engine)
  }

  func turn(of scan: borrowing CleanScan) -> Int? {
    TessBaseAPISetImage2(engine, scan.image.pix)
    TessBaseAPISetSourceResolution(engine, Int32(scan.dpi))
    defer { TessBaseAPIClear(engine) }
    var degrees: Int32 = 0
    var certainty: Float = 0
    guard TessBaseAPIDetectOrientationScript(engine, &degrees, &certainty, nil, nil) != 0, certainty >= Self.least,
      [0, 90, 180, 270].contains(degrees)
    else { return nil }
    // It says how far the page has been turned, not how far it is to be.
    return Int(360 - degrees) % 360
  }
}
