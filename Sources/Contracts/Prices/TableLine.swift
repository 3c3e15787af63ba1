import Pages

/// Words that stand on one line of a page, whatever the order of the page's text.
struct TableLine {
  /// Words close to each other, as in one cell of a table.
  struct Phrase {
    /// Of the page, from left to right.
    var words: [Int]
    var box: PageBox
    var text: String
  }

  /// Of the pages given.
  let page: Int
  var words: [Int]
  var box: PageBox
  var phrases: [Phrase] = []

  var text: String { phrases.map(\.text).joined(separator: " ") }

  /// The lines of a page from top to bottom.
  static func all(of page: Page, number: Int) -> [TableLine] {
    let order = page.words.indices.sorted {
      let (left, right) = (page.words[$0].box, page.words[$1].box)
      return (left.y0 + left.y1, left.x0, $0) < (right.y0 + right.y1, right.x0, $1)
    }
    var lines: [TableLine] = []
    for index in order {
      let box = page.words[index].box
      // Only the box of the last line: holding the line would make each append copy it.
      if let last = lines.last?.box, last.isOnLine(of: box) {
        lines[lines.count - 1].words.append(index)
        lines[lines.count - 1].box = last.union(box)
      } else {
        lines.append(TableLine(page: number, words: [index], box: box))
      }
    }
    return lines.map { line in
      var line = line
      line.words.sort { (page.words[$0].box.x0, $0) < (page.words[$1].box.x0, $1) }
      line.phrases = phrases(line.words, page)
      return line
    }
  }

  /// A gap of more than three fifths of the words' height is one between cells; a blank is less than a third.
  private static func phrases(_ words: [Int], _ page: Page) -> [Phrase] {
    var phrases: [Phrase] = []
    for index in words {
      let word = page.words[index]
      let text = String(decoding: page.text[word.range], as: UTF8.self)
      if let last = phrases.last?.box, (word.box.x0 - last.x1) * 5 <= min(word.box.height, last.height) * 3 {
        phrases[phrases.count - 1].words.append(index)
        phrases[phrases.count - 1].box = last.union(word.box)
        phrases[phrases.count - 1].text += " " + text
      } else {
        phrases.append(Phrase(words: [index], box: word.box, text: text))
      }
    }
    return phrases
  }
}

/// Evidence for words of a table, which need not follow each other in the page's text.
enum TableEvidence {
  /// The quote is the whole line where its words follow each other on the page, else the words themselves.
  static func of(
    _ words: [Int], on line: [Int], _ page: Page, _ confidence: Int, doubts: [String] = []
  ) -> Evidence {
    let sorted = line.sorted()
    let isConsecutive = sorted == line && (sorted.last ?? 0) - (sorted.first ?? 0) + 1 == line.count
    let quoted = isConsecutive && words.allSatisfy(line.contains) ? line : words
    var rows: [PageBox] = []
    var texts: [String] = []
    for index in quoted {
      let word = page.words[index]
      if let last = rows.last, last.isOnLine(of: word.box) {
        rows[rows.count - 1] = last.union(word.box)
      } else {
        rows.append(word.box)
      }
      texts.append(String(decoding: page.text[word.range], as: UTF8.self))
    }
    var evidence = Evidence(
      document: page.document, page: page.number, boxes: rows.map(page.shown), quote: texts.joined(separator: " "),
      method: "table", confidence: words.isEmpty ? 0 : confidence, doubts: doubts.sorted())
    evidence.lower(to: words.map { page.words[$0] }, of: page)
    return evidence
  }
}
