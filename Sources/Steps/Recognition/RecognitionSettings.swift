/// How pages are recognised.
package struct RecognitionSettings: Equatable, Sendable {
  /// As tesseract writes them: `eng`, or `eng+deu`.
  package var languages: String
  /// Pixels an inch of the first reading.
  package var dpi: Int
  /// Pixels an inch for a page with columns of amounts: digits need more than words.
  package static let fine = 300
  /// Processor time for one reading of one page, its drawing included.
  package static let cpuSeconds = 120
  /// Time of any kind for it.
  package static let seconds = 900
  /// Pixels of the largest picture: a sheet of A3 at 300 dpi has 17 million.
  private static let largest = 40_000_000

  package init(languages: String = "eng", dpi: Int = 200) {
    self.languages = languages
    self.dpi = dpi
  }

  /// The wanted resolution, or less for a page so large that its picture would be.
  static func resolution(_ wanted: Int, of page: PageRequest) -> Int {
    func pixels(_ dpi: Int) -> Int { (page.width * dpi / 72_000) * (page.height * dpi / 72_000) }
    var dpi = wanted
    while dpi > 20, pixels(dpi) > largest || max(page.width, page.height) * dpi / 72_000 > 32_000 { dpi -= dpi / 10 }
    return dpi
  }
}
