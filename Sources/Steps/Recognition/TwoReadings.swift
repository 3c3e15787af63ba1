import Pictures

/// One page out of two readings of it at different resolutions: the finer one, and where it stumbles the coarser one.
///
/// The finer reading says which words there are and where; the coarser one is a second opinion on each (docs/accuracy.md).
enum TwoReadings {
  /// What is left of a word's confidence where the two read other letters or digits: one of two such words is wrong.
  static let disputed = 50
  /// By how much the coarser reading must be surer to be believed: digits need the finer one.
  private static let clearly = 30
  /// Pixels of the finer reading, the height of a line of print or so.
  private static let band = 48

  static func merged(_ fine: RecognisedPage, _ coarse: RecognisedPage) -> RecognisedPage {
    guard fine.turn == coarse.turn else { return fine }
    let opinions = bands(coarse.words.map { scaled($0, from: coarse, to: fine) })
    var page = fine
    for index in page.words.indices {
      let word = page.words[index]
      let near = opinions[(word.y0 + word.y1) / 2 / band] ?? []
      guard let other = near.first(where: { isOnePlace(word, $0) }) else { continue }
      page.words[index] = surer(word, other)
    }
    return page
  }

  private static func surer(_ word: RecognisedPage.Word, _ other: RecognisedPage.Word) -> RecognisedPage.Word {
    if word.text == other.text { return word }
    var surer = word
    if other.confidence > word.confidence + clearly { (surer.text, surer.confidence) = (other.text, other.confidence) }
    if letters(word) != letters(other) { surer.confidence = min(surer.confidence, disputed) }
    return surer
  }

  /// Marks at the ends of a word are often the rule of a table.
  private static func letters(_ word: RecognisedPage.Word) -> String { word.text.filter { $0.isLetter || $0.isNumber } }

  private static func scaled(
    _ word: RecognisedPage.Word, from page: RecognisedPage, to target: RecognisedPage
  ) -> RecognisedPage.Word {
    var word = word
    (word.x0, word.x1) = (word.x0 * target.width / page.width, word.x1 * target.width / page.width)
    (word.y0, word.y1) = (word.y0 * target.height / page.height, word.y1 * target.height / page.height)
    return word
  }

  /// The words by the bands they reach, in their order.
  private static func bands(_ words: [RecognisedPage.Word]) -> [Int: [RecognisedPage.Word]] {
    var bands: [Int: [RecognisedPage.Word]] = [:]
    for word in words where word.y1 >= word.y0 {
      for band in word.y0 / band...word.y1 / band { bands[band, default: []].append(word) }
    }
    return bands
  }

  /// Whether they share more than half of the larger one's area.
  private static func isOnePlace(_ one: RecognisedPage.Word, _ other: RecognisedPage.Word) -> Bool {
    let (wide, high) = (min(one.x1, other.x1) - max(one.x0, other.x0), min(one.y1, other.y1) - max(one.y0, other.y0))
    return wide > 0 && high > 0 && wide * high * 2 > max(area(one), area(other))
  }

  private static func area(_ word: RecognisedPage.Word) -> Int { (word.x1 - word.x0) * (word.y1 - word.y0) }
}
