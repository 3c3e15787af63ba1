import Pages
import Review
import Testing

/// The lines around a quote.
@Suite struct QuoteContextTests {
  /// Words at the given column and line; lines of the text are as given.
  private func page(_ lines: [[(word: String, x: Int32, y: Int32)]]) -> Page {
    var text: [UInt8] = []
    var words: [PageWord] = []
    for line in lines {
      for (index, word) in line.enumerated() {
        if index > 0 { text.append(32) }
        words.append(
          PageWord(
            start: text.count, length: word.word.utf8.count,
            box: PageBox(word.x * 1000, word.y * 1000, (word.x + 9) * 1000, (word.y + 9) * 1000)))
        text += Array(word.word.utf8)
      }
      text.append(10)
    }
    return Page(document: "d", number: 1, width: 600_000, height: 800_000, text: text, words: words)
  }

  private func context(_ page: Page, _ boxes: [PageBox]) -> [String]? {
    let evidence = Evidence(document: "d", page: 1, boxes: boxes, quote: "q", method: "m", confidence: 1000)
    return QuoteContext(evidence, on: page).map { [$0.before, $0.after] }
  }

  @Test func proseHasTheLineAboveAndBelow() {
    let prose = page([
      [("one", 0, 0), ("two", 10, 0)], [("for", 0, 10), ("a", 10, 10), ("term", 20, 10)],
      [("of", 0, 20), ("three", 10, 20), ("years", 20, 20)], [("and", 0, 30)], [("on", 0, 40)],
    ])
    let quote = [PageBox(20_000, 10_000, 29_000, 19_000), PageBox(0, 20_000, 19_000, 29_000)]
    #expect(context(prose, quote) == ["one two for a", "years and"])
  }

  @Test func aCellOfATableHasItsRow() {
    let table = page([
      [("6", 0, 0)], [("Salida,", 20, 0), ("CO", 30, 0)], [("$612.50", 50, 1)], [("$1,200", 70, 0)], [("7", 0, 10)],
    ])
    #expect(context(table, [PageBox(50_000, 1_000, 59_000, 10_000)]) == ["6 Salida, CO", "$1,200"])
  }

  @Test func aPageWithoutTheWordsHasNone() {
    #expect(context(page([[("one", 0, 0)]]), [PageBox(500_000, 0, 510_000, 10_000)]) == nil)
    #expect(context(page([]), [PageBox(0, 0, 1, 1)]) == nil)
  }
}
