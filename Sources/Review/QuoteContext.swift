package import Pages

/// What stands around a quote on its page: the rest of its lines, and one line above and below.
package struct QuoteContext: Equatable, Sendable {
  package let before: String
  package let after: String

  /// nil where the page has no words in the quote's boxes.
  ///
  /// Lines are those of the page's text; where the quote has its line for itself, as a cell of a table has, what stands
  /// beside it on the page is its line.
  package init?(_ evidence: Evidence, on page: Page) {
    let quoted = page.words.indices.filter { index in
      evidence.boxes.contains { Self.holds($0, page.words[index].box) }
    }
    guard let first = quoted.first, let last = quoted.last else { return nil }
    let lines = Self.lines(page)
    guard let top = lines.firstIndex(where: { $0.contains(first) }),
      let bottom = lines.firstIndex(where: { $0.contains(last) })
    else { return nil }
    let head = lines[top].lowerBound..<first
    let tail = (last + 1)..<lines[bottom].upperBound
    if head.isEmpty, tail.isEmpty, top == bottom {
      let row = Self.row(of: page.words[first].box.union(page.words[last].box), page, except: first...last)
      before = Self.text(row.before, page)
      after = Self.text(row.after, page)
    } else {
      before = Self.text(Array(top > 0 ? lines[top - 1] : 0..<0) + Array(head), page)
      after = Self.text(Array(tail) + Array(bottom + 1 < lines.count ? lines[bottom + 1] : 0..<0), page)
    }
  }

  /// Whether the middle of a word lies in a box.
  private static func holds(_ box: PageBox, _ word: PageBox) -> Bool {
    let x = (word.x0 + word.x1) / 2
    let y = (word.y0 + word.y1) / 2
    return box.x0 <= x && x <= box.x1 && box.y0 <= y && y <= box.y1
  }

  /// The words of each line of the page's text.
  private static func lines(_ page: Page) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in page.words.indices.dropFirst() {
      let gap = page.text[page.words[index - 1].range.upperBound..<page.words[index].start]
      if gap.contains(10) {
        lines.append(start..<index)
        start = index
      }
    }
    if !page.words.isEmpty { lines.append(start..<page.words.count) }
    return lines
  }

  private static func row(
    of box: PageBox, _ page: Page, except quoted: ClosedRange<Int>
  ) -> (before: [Int], after: [Int]) {
    let row = page.words.indices.filter { !quoted.contains($0) && page.words[$0].box.isOnLine(of: box) }
      .sorted { page.words[$0].box.x0 < page.words[$1].box.x0 }
    return (row.filter { page.words[$0].box.x0 < box.x0 }, row.filter { page.words[$0].box.x0 >= box.x0 })
  }

  private static func text(_ words: [Int], _ page: Page) -> String {
    words.map { String(decoding: page.text[page.words[$0].range], as: UTF8.self) }.joined(separator: " ")
  }
}
