import Pages

/// Lines that stand at the head or foot of many pages: they would cut sentences in two, and their dates are not the
/// contract's.
///
/// Such a line is among the first or last three of its page and, digits aside, the same on at least three pages and on
/// three in ten. The first at the head stays, as it may be the title; a line with an amount of money always stays.
enum RunningLines {
  private static let edge = 3

  private struct Line {
    /// Words of the page.
    var words: Range<Int>
    /// Letters in lower case, digits as `#`.
    var key: [UInt8]
    var isMoney: Bool
  }

  static func dropped(from pages: [Page]) -> [Page] {
    guard pages.count > 2 else { return pages }
    let lines = pages.map(lines)
    var counts: [[UInt8]: Int] = [:]
    for page in lines {
      for key in Set((page.prefix(edge) + page.suffix(edge)).map(\.key)) { counts[key, default: 0] += 1 }
    }
    let least = max(3, pages.count * 3 / 10)
    let running = Set(counts.filter { $0.value >= least }.keys)
    guard !running.isEmpty else { return pages }
    var seen: Set<[UInt8]> = []
    return zip(pages, lines).map { page, lines in
      var page = page
      var gone: [Range<Int>] = []
      for line in lines.prefix(edge) where running.contains(line.key) && !line.isMoney {
        if !seen.insert(line.key).inserted { gone.append(line.words) }
      }
      for line in lines.dropFirst(edge).suffix(edge) where running.contains(line.key) && !line.isMoney {
        gone.append(line.words)
      }
      for words in gone.sorted(by: { $0.lowerBound > $1.lowerBound }) { page.words.removeSubrange(words) }
      return page
    }
  }

  private static func lines(of page: Page) -> [Line] {
    var lines: [Line] = []
    var end = 0
    for (index, word) in page.words.enumerated() {
      if index == 0 || page.text[end..<word.start].contains(0x0A) {
        lines.append(Line(words: index..<index, key: [], isMoney: false))
      }
      let last = lines.count - 1
      lines[last].words = lines[last].words.lowerBound..<index + 1
      for byte in page.text[word.range] {
        if byte == 0x24 || byte == 0xE2 || byte == 0xC2 { lines[last].isMoney = true }
        let isDigit = byte >= 0x30 && byte <= 0x39
        if isDigit, lines[last].key.last == 0x23 { continue }
        lines[last].key.append(isDigit ? 0x23 : byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
      end = word.range.upperBound
    }
    return lines
  }
}
