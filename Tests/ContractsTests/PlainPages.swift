import Contracts
import Pages
import TestSupport

/// Pages without a document, for rules that look at words or at where they stand.
enum PlainPages {
  /// What is read from a paper of one page.
  static func read(_ text: String) throws -> ContractReading {
    guard let reading = ContractReader().read(pages: writtenPages([text])).first else { throw Nothing() }
    return reading
  }

  struct Nothing: Error {}

  /// One page on which every line of the text is a line.
  static func text(_ text: String, number: Int = 1) -> Page {
    var page = writtenPages([text])[0]
    page.number = number
    return page
  }

  /// A page of lines, each with the texts at their left edges, in points; `>` before a text means its right edge.
  static func table(_ lines: [(y: Int, cells: [(x: Int, text: String)])], number: Int = 1) -> Page {
    var page = Page(document: String(repeating: "0", count: 64), number: number, width: 612_000, height: 792_000)
    for line in lines {
      for cell in line.cells {
        let isRight = cell.text.hasPrefix(">")
        let text = isRight ? String(cell.text.dropFirst()) : cell.text
        var x = Int32(cell.x) * 1000
        if isRight { x -= Int32(text.count) * 5000 }
        let y = Int32(line.y) * 1000
        for word in text.split(separator: " ") {
          let width = Int32(word.count) * 5000
          add(String(word), PageBox(x, y, x + width, y + 12_000), to: &page)
          page.text.append(0x20)
          x += width + 3000
        }
      }
      if page.text.last == 0x20 { page.text.removeLast() }
      page.text.append(0x0A)
    }
    return page
  }

  private static func add(_ word: String, _ box: PageBox, to page: inout Page) {
    let bytes = Array(word.utf8)
    page.words.append(PageWord(start: page.text.count, length: bytes.count, box: box))
    page.text += bytes
  }
}
