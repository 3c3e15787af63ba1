package import Pages
package import Pictures

extension Page {
  /// More words than any page has; beyond it a line of the stream would grow too long.
  private static let mostWords = 60_000

  /// The page with what was recognised in the place of its own text; nil for more words than a page can have.
  package func recognised(_ found: RecognisedPage) -> Page? {
    guard found.words.count <= Self.mostWords else { return nil }
    var page = self
    page.method = .ocr
    page.turn = found.turn
    page.slope = found.slope
    if found.turn % 180 != 0 { (page.width, page.height) = (height, width) }
    page.text = []
    page.words = []
    let scale = Scale(page, found)
    for word in found.words {
      if !page.text.isEmpty { page.text += word.gap == .space ? [0x20] : word.gap == .line ? [0x0A] : [0x0A, 0x0A] }
      let letters = Array(word.text.utf8)
      page.words.append(
        PageWord(start: page.text.count, length: letters.count, box: scale.box(word), confidence: word.confidence))
      page.text += letters
    }
    if !page.text.isEmpty { page.text.append(0x0A) }
    return page
  }

  /// The page without a word, for one that could not be read.
  package var unread: Page {
    var page = self
    page.method = .none
    page.text = []
    page.words = []
    return page
  }
}

/// Pixels to thousandths of a point.
private struct Scale {
  private let across: (points: Int, pixels: Int)
  private let down: (points: Int, pixels: Int)

  init(_ page: Page, _ found: RecognisedPage) {
    across = (Int(page.width), max(1, found.width))
    down = (Int(page.height), max(1, found.height))
  }

  func box(_ word: RecognisedPage.Word) -> PageBox {
    func points(_ pixel: Int, _ side: (points: Int, pixels: Int)) -> Int32 {
      Int32(clamping: pixel * side.points / side.pixels)
    }
    return PageBox(
      points(word.x0, across), points(word.y0, down), points(word.x1, across), points(word.y1, down))
  }
}
