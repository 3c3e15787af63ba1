import Glibc
package import OCR

/// Why there is no picture of a page, in words after "the page".
package struct DrawingFailure: Error, Equatable, Sendable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

/// Reads one page after the other with one engine; what was read before is not read again.
package final class PageReader {
  /// Gives the picture of a page at so many pixels an inch.
  package typealias Drawing = (PageRequest, Int) throws(DrawingFailure) -> GrayImage

  private let settings: RecognitionSettings
  private let cache: RecognitionCache
  private let recogniser: Recogniser
  private let engine: String
  private let draw: Drawing
  /// Called before each reading, to start its clocks.
  private let begin: () -> Void

  package init(
    _ settings: RecognitionSettings, cache: RecognitionCache, begin: @escaping () -> Void, draw: @escaping Drawing
  ) throws(OCRError) {
    self.settings = settings
    self.cache = cache
    self.begin = begin
    self.draw = draw
    let recogniser = try Recogniser(languages: settings.languages)
    self.recogniser = recogniser
    let data = (settings.languages.split(separator: "+").map { String($0) } + ["osd"]).map { language in
      FileBytes.digest("\(recogniser.dataFolder)/\(language).traineddata") ?? "none"
    }
    engine = "tesseract \(Recogniser.version) \(settings.languages) \(data.joined(separator: " "))"
  }

  /// What the page says, or why it cannot be read.
  package func answer(_ request: PageRequest) -> PageAnswer {
    do {
      let dpi = RecognitionSettings.resolution(settings.dpi, of: request)
      let first = try read(request, dpi)
      let fine = RecognitionSettings.resolution(RecognitionSettings.fine, of: request)
      guard dpi < fine, case .words(let page) = first.outcome, MoneyColumns.are(in: page) else { return first }
      let second = try read(request, fine)
      guard case .words(let finer) = second.outcome else { return second }
      return PageAnswer(.words(TwoReadings.merged(finer, page)), unkept: second.unkept ?? first.unkept)
    } catch let failure as DrawingFailure {
      return PageAnswer(.failure(failure.reason))
    } catch {
      return PageAnswer(.failure("could not be recognised: " + ((error as? OCRError)?.message ?? "")))
    }
  }

  private func read(_ request: PageRequest, _ dpi: Int) throws -> PageAnswer {
    begin()
    let image = try draw(request, dpi)
    let key = RecognitionCache.key(image, engine: engine)
    if let page = cache.page(key) { return PageAnswer(.words(page)) }
    let page = try recogniser.recognise(image)
    let failure = cache.keep(page, as: key)
    return PageAnswer(.words(page), unkept: failure.map { String(cString: strerror($0)) })
  }
}
