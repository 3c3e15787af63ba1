package import Pages

/// The pages of one document as a single text in which every byte knows its page.
///
/// White space is folded to single spaces, hyphens at line ends are joined, an empty line between blocks is kept as
/// `\n`, and lines of dashes that only underline are left out. What a rule finds in it is led back to the pages' own
/// words by `evidence`.
package struct ContractText: Sendable {
  /// Without the lines that run along at the foot or head of most pages (`RunningLines`).
  package let pages: [Page]
  /// UTF-8.
  package let bytes: [UInt8]
  /// Words in the order of the text, by the bytes they take here.
  private let places: [Place]
  /// Where each page begins, and what follows a line that was left out of one.
  private let starts: [Int]

  struct Place: Sendable {
    let start: Int
    let end: Int
    let page: Int
    let word: Int
    /// Number of the start it stands behind.
    let stretch: Int
  }

  package init(_ pages: [Page]) {
    let pages = RunningLines.dropped(from: pages)
    self.pages = pages
    var bytes: [UInt8] = []
    var places: [Place] = []
    var starts: [Int] = []
    for (index, page) in pages.enumerated() {
      if index > 0 { bytes.append(0x0A) }
      Self.append(page, index, to: &bytes, &places, &starts)
    }
    self.bytes = bytes
    self.places = places
    self.starts = starts
  }

  private static func append(
    _ page: Page, _ index: Int, to bytes: inout [UInt8], _ places: inout [Place], _ starts: inout [Int]
  ) {
    let underlines = underlines(of: page)
    var end = 0
    var breaks = 0
    var isCut = false
    starts.append(bytes.count)
    for (number, word) in page.words.enumerated() {
      let gap = page.text[end..<word.start]
      breaks = max(breaks, gap.count { $0 == 0x0A })
      isCut = isCut || gap.contains { $0 > 0x20 } || underlines.contains(number)
      end = word.range.upperBound
      if underlines.contains(number) { continue }
      let isFirst = places.last?.page != index
      if !isFirst {
        if breaks == 1, bytes.last == 0x2D, bytes.count > 1, isLetter(bytes[bytes.count - 2]),
          page.text[word.start] >= 0x61
        {
          bytes.removeLast()
        } else {
          bytes.append(breaks > 1 ? 0x0A : 0x20)
        }
      }
      let start = bytes.count
      if isCut, !isFirst { starts.append(start) }
      bytes += page.text[word.range]
      places.append(Place(start: start, end: bytes.count, page: index, word: number, stretch: starts.count))
      breaks = 0
      isCut = false
    }
  }

  /// The numbers of the words of lines that hold nothing but dashes, at least three.
  private static func underlines(of page: Page) -> Set<Int> {
    var found: Set<Int> = []
    var line: [Int] = []
    func close() {
      let words = line.map { page.text[page.words[$0].range] }
      if words.allSatisfy({ $0.allSatisfy { $0 == 0x2D } }), words.reduce(0, { $0 + $1.count }) > 2 {
        found.formUnion(line)
      }
      line = []
    }
    var end = 0
    for (number, word) in page.words.enumerated() {
      if page.text[end..<word.start].contains(0x0A) { close() }
      end = word.range.upperBound
      line.append(number)
    }
    close()
    return found
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  /// The bytes of the page that `offset` stands on, up to a line that was left out of it.
  package func page(at offset: Int) -> Range<Int> {
    let index = (starts.firstIndex { $0 > offset } ?? starts.count) - 1
    guard index >= 0 else { return 0..<0 }
    return starts[index]..<(index + 1 < starts.count ? starts[index + 1] : bytes.count)
  }

  /// Whether the word at `offset` stands in the uppermost 3 % or the lowest 6 % of its page, where printers date paper.
  package func isInMargin(_ offset: Int) -> Bool {
    guard let place = places[first(at: offset)...].first else { return false }
    let page = pages[place.page]
    let box = page.words[place.word].box
    return Int(box.y1) * 100 < Int(page.height) * 3 || Int(box.y0) * 100 > Int(page.height) * 94
  }

  /// The number of the first word that ends behind `offset`.
  private func first(at offset: Int) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where the line ends that the word at `offset` stands on.
  package func lineEnd(at offset: Int) -> Int {
    var index = first(at: offset)
    while index + 1 < places.count, !isBroken(after: index) { index += 1 }
    return index < places.count ? places[index].end : bytes.count
  }

  /// Whether the word at `offset` is the first of its line.
  package func isLineStart(_ offset: Int) -> Bool {
    let index = first(at: offset)
    return index == 0 || index >= places.count || (places[index].start >= offset && isBroken(after: index - 1))
  }

  private func isBroken(after index: Int) -> Bool {
    let (word, next) = (places[index], places[index + 1])
    guard word.page == next.page else { return true }
    let page = pages[word.page]
    return page.text[page.words[word.word].range.upperBound..<page.words[next.word].start].contains(0x0A)
  }

  package func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The words that `range` touches, as evidence: on the page of the first, up to a line left out of it, a box per line.
  package func evidence(_ range: Range<Int>, method: String, confidence: Int, doubts: [String] = []) -> Evidence? {
    let touched = places[first(at: range.lowerBound)...].prefix { $0.start < range.upperBound }
    guard let first = touched.first, let last = touched.last else { return nil }
    let page = pages[first.page]
    let words = touched.filter { $0.stretch == first.stretch }
    var boxes: [PageBox] = []
    var line: PageBox?
    for place in words {
      let word = page.words[place.word]
      if let before = line, before.isOnLine(of: word.box), word.box.x0 >= before.x0 {
        line = before.union(word.box)
        boxes[boxes.count - 1] = boxes[boxes.count - 1].union(page.shown(word.box))
      } else {
        line = word.box
        boxes.append(page.shown(word.box))
      }
    }
    let quote = string(first.start..<last.end).split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    var evidence = Evidence(
      document: page.document, page: page.number, boxes: boxes, quote: quote, method: method, confidence: confidence,
      doubts: doubts.sorted())
    evidence.lower(to: words.map { page.words[$0.word] }, of: page)
    return evidence
  }
}
