import Contracts
import Pages

/// Pages of text as an extractor would give them: a word every few points, lines one below the other.
enum PaperPages {
  /// One page for each text; lines end in `\n`, blocks in an empty line.
  static func make(_ texts: [String], width: Int32 = 612_000, height: Int32 = 792_000) -> [Page] {
    texts.enumerated().map { number, text in page(text, number + 1, width, height) }
  }

  static func read(_ text: String) throws -> ContractReading {
    guard let reading = ContractReader().read(pages: make([text])).first else { throw Nothing() }
    return reading
  }

  struct Nothing: Error {}

  private static func page(_ text: String, _ number: Int, _ width: Int32, _ height: Int32) -> Page {
    var words: [PageWord] = []
    var bytes: [UInt8] = []
    var line: Int32 = 0
    for row in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var column: Int32 = 72_000
      for word in row.split(separator: " ") {
        if column > 72_000 { bytes.append(0x20) }
        let top = 72_000 + line * 12_000
        let box = PageBox(column, top, column + Int32(word.utf8.count) * 5000, top + 10_000)
        words.append(PageWord(start: bytes.count, length: word.utf8.count, box: box))
        bytes += Array(word.utf8)
        column = box.x1 + 3000
      }
      bytes.append(0x0A)
      line += 1
    }
    return Page(
      document: String(repeating: "a", count: 64), number: number, width: width, height: height, text: bytes,
      words: words)
  }
}
