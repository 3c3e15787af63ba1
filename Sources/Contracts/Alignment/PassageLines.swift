import Pages

/// The lines of a page, and which of them run on into the next as those of one paragraph do.
struct PassageLines {
  /// Bytes of the page's text, without the line's end.
  private var lines: [Range<Int>] = []
  /// Around the words of each line; nil for an empty one.
  private var boxes: [PageBox?] = []
  private var firstWords: [PageBox?] = []
  private let text: [UInt8]

  init(_ page: Page) {
    text = page.text
    var start = 0
    var word = 0
    for end in 0...text.count where end == text.count || text[end] == 0x0A {
      var box: PageBox?
      let first = word < page.words.count && page.words[word].start < end ? page.words[word].box : nil
      while word < page.words.count, page.words[word].start < end {
        box = box?.union(page.words[word].box) ?? page.words[word].box
        word += 1
      }
      lines.append(start..<end)
      boxes.append(box)
      firstWords.append(first)
      start = end + 1
    }
  }

  /// From the sentence that holds `offset` to the end of its paragraph.
  func passage(around offset: Int) -> Range<Int> {
    guard let line = lines.firstIndex(where: { $0.contains(offset) || $0.upperBound == offset }) else {
      return offset..<offset
    }
    var top = line
    while top > 0, runsOn(top - 1) { top -= 1 }
    var bottom = line
    while runsOn(bottom) { bottom += 1 }
    return sentence(offset, from: lines[top].lowerBound)..<lines[bottom].upperBound
  }

  /// Whether a line and the next are of one left edge and one size, and the first goes to the right margin or the second
  /// begins in the middle of a sentence.
  private func runsOn(_ line: Int) -> Bool {
    guard line + 1 < lines.count, let box = boxes[line], let next = boxes[line + 1], let word = firstWords[line + 1],
      isAlike(box, next)
    else { return false }
    if 0x61...0x7A ~= text[lines[line + 1].lowerBound] { return true }
    let margin = boxes.compactMap { $0 }.filter { isAlike(box, $0) }.map(\.x1).max() ?? box.x1
    return box.x1 + word.width + 2000 > margin
  }

  /// A left edge within four points of the other, a height within a fifth of it.
  private func isAlike(_ box: PageBox, _ other: PageBox) -> Bool {
    abs(box.x0 - other.x0) <= 4000 && abs(box.height - other.height) * 5 <= box.height
  }

  /// Where the sentence that holds `offset` begins: behind a full stop and white space, at `first` at the earliest.
  private func sentence(_ offset: Int, from first: Int) -> Int {
    var start = offset
    while start > first {
      if start - first > 1, text[start - 1] <= 0x20, [0x2E, 0x21, 0x3F].contains(text[start - 2]) { break }
      start -= 1
    }
    return start
  }
}
