package import Pages

/// Pages as an extractor would give them: each text a page, each line of it a line, a word every few points.
///
/// Lines end in `\n`, blocks in an empty line. What is too long for any page ends at its utmost right.
package func writtenPages(_ texts: [String], width: Int32 = 612_000, height: Int32 = 792_000) -> [Page] {
  texts.enumerated().map { number, text in
    var page = Page(document: String(repeating: "a", count: 64), number: number + 1, width: width, height: height)
    for (line, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var column = 72_000
      for word in row.split(separator: " ") {
        if column > 72_000 { page.text.append(0x20) }
        let (top, end) = (72_000 + Int32(line) * 12_000, column + word.utf8.count * 5000)
        let box = PageBox(Int32(clamping: column), top, Int32(clamping: end), top + 10_000)
        page.words.append(PageWord(start: page.text.count, length: word.utf8.count, box: box))
        page.text += Array(word.utf8)
        column = end + 3000
      }
      page.text.append(0x0A)
    }
    return page
  }
}
