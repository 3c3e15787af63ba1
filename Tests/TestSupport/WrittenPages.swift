package import Pages

/// Pages written for a test: each text a page, each line of it a line, words ten points high and thin.
package func writtenPages(_ texts: [String]) -> [Page] {
  texts.enumerated().map { number, text in
    var page = Page(
      document: String(repeating: "a", count: 64), number: number + 1, width: 612_000, height: 792_000,
      text: Array(text.utf8))
    var (line, column) = (Int32(0), Int32(0))
    var start: Int?
    for index in 0...page.text.count {
      let byte = index < page.text.count ? page.text[index] : 0x0A
      if byte > 0x20 {
        if start == nil { start = index }
        continue
      }
      if let first = start {
        let (x, width) = (column % 100 * 6000, Int32(index - first) * 600)
        let box = PageBox(x, line % 60 * 12000, x + width, line % 60 * 12000 + 10000)
        page.words.append(PageWord(start: first, length: index - first, box: box))
        column += Int32(index - first) + 1
        start = nil
      }
      if byte == 0x0A { (line, column) = (line + 1, 0) }
    }
    return page
  }
}
