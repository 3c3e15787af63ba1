import Glibc
package import Pictures

/// Why a page has no picture, or its picture no words, in words after "the page".
package struct PageFailure: Error, Equatable, Sendable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

/// What reads pictures, in whichever program has it.
package struct RecognitionEngine {
  private let version: String
  private let dataFolder: String
  let recognise: (GrayImage) throws(PageFailure) -> RecognisedPage

  /// `dataFolder` holds what it knows of each language, `NAME.traineddata`.
  package init(
    version: String, dataFolder: String, recognise: @escaping (GrayImage) throws(PageFailure) -> RecognisedPage
  ) {
    self.version = version
    self.dataFolder = dataFolder
    self.recognise = recognise
  }

  /// Everything about it that decides which words a picture gives: program, data and languages.
  func name(languages: String) -> String {
    let data = (languages.split(separator: "+").map { String($0) } + ["osd"]).map { language in
      FileBytes.digest("\(dataFolder)/\(language).traineddata") ?? "none"
    }
    return "\(version) \(languages) \(data.joined(separator: " "))"
  }
}

/// Reads one page after the other with one engine; what was read before is not read again.
package final class PageReader {
  /// Gives the picture of a page at so many pixels an inch.
  package typealias Drawing = (PageRequest, Int) throws(PageFailure) -> GrayImage

  private let settings: RecognitionSettings
  private let cache: RecognitionCache
  private let engine: RecognitionEngine
  private let engineName: String
  private let draw: Drawing
  /// Called before each reading, to start its clocks.
  private let begin: () -> Void

  package init(
    _ settings: RecognitionSettings, engine: RecognitionEngine, cache: RecognitionCache, begin: @escaping () -> Void,
    draw: @escaping Drawing
  ) {
    self.settings = settings
    self.cache = cache
    self.begin = begin
    self.draw = draw
    self.engine = engine
    engineName = engine.name(languages: settings.languages)
  }

  /// What the page says, or why it cannot be read.
  package func answer(_ request: PageRequest) -> PageAnswer {
    do throws(PageFailure) {
      let dpi = RecognitionSettings.resolution(settings.dpi, of: request)
      let first = try read(request, dpi)
      let fine = RecognitionSettings.resolution(RecognitionSettings.fine, of: request)
      guard dpi < fine, case .words(let page) = first.outcome, MoneyColumns.are(in: page) else { return first }
      let second = try read(request, fine)
      guard case .words(let finer) = second.outcome else { return second }
      return PageAnswer(.words(TwoReadings.merged(finer, page)), unkept: second.unkept ?? first.unkept)
    } catch {
      return PageAnswer(.failure(error.reason))
    }
  }

  private func read(_ request: PageRequest, _ dpi: Int) throws(PageFailure) -> PageAnswer {
    begin()
    let image = try draw(request, dpi)
    let key = RecognitionCache.key(image, engine: engineName)
    if let page = cache.page(key) { return PageAnswer(.words(page)) }
    let page = try engine.recognise(image)
    let failure = cache.keep(page, as: key)
    return PageAnswer(.words(page), unkept: failure.map { String(cString: strerror($0)) })
  }
}
