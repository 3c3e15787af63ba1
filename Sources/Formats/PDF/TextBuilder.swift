import CPoppler

/// Words, lines and blocks out of the characters and rectangles of a page.
struct TextBuilder {
  private struct Line {
    var words: Range<Int>
    var box: PDFBox
    /// It goes on in the line before it, as the value of a form field behind its label.
    var joins = false
  }

  private var raw: [UInt8] = []
  private var words: [PDFText.Word] = []
  private var lines: [Line] = []
  private var characters = 0
  private var broken = 0

  private var wordStart = 0
  private var wordBox: PDFBox?
  private var lineStart = 0
  /// The character before, in the same word, and the gap before it.
  private var before = PDFBox(0, 0, 0, 0)
  private var gapBefore: Int32 = 0

  /// Takes the text of a page and the rectangle of each of its characters, in the order poppler gives both.
  mutating func read(_ text: UnsafePointer<CChar>, _ rectangles: UnsafeBufferPointer<PopplerRectangle>) {
    var scan = CharacterScan(text, rectangles)
    while let character = scan.next() {
      switch character.kind {
      case .space: endWord()
      case .lineEnd: endLine()
      case .broken:
        broken += 1
        add(character, next: scan.upcoming)
      case .visible: add(character, next: scan.upcoming)
      }
    }
    endLine()
  }

  /// Puts a form field's value behind the label on its left, else where its height belongs, else at the end.
  mutating func add(_ field: FieldText) {
    let first = words.count
    for word in field.text.split(whereSeparator: { $0.isWhitespace }) {
      let start = raw.count
      raw += Array(word.utf8)
      characters += word.unicodeScalars.count
      words.append(PDFText.Word(start: start, length: raw.count - start, box: field.box))
    }
    guard words.count > first else { return }
    var line = Line(words: first..<words.count, box: field.box)
    let row = lines.indices.filter { Self.isOneRow(lines[$0].box, field.box) }
    if let label = row.filter({ lines[$0].box.x0 <= field.box.x0 }).max(by: { lines[$0].box.x0 < lines[$1].box.x0 }) {
      line.joins = true
      lines.insert(line, at: label + 1)
    } else {
      lines.insert(line, at: row.first ?? lines.firstIndex { $0.box.y0 > field.box.y1 } ?? lines.count)
    }
  }

  private mutating func add(_ character: CharacterScan.Character, next: PDFBox?) {
    characters += 1
    let box = character.box
    if wordBox != nil {
      let gap = Self.gap(before, box)
      if isBreak(gap, before, next.map { Self.gap(box, $0) } ?? 0) {
        endWord()
      } else {
        gapBefore = gap
      }
    }
    wordBox = wordBox?.union(box) ?? box
    before = box
    raw.append(contentsOf: character.bytes)
  }

  /// Whether a gap parts words: poppler puts no space between pieces of one row that it found apart.
  private func isBreak(_ gap: Int32, _ box: PDFBox, _ following: Int32) -> Bool {
    let size = max(box.width, box.height)
    if gap * 20 <= size * 3 { return false }
    // Letters set wide apart are no words: the gaps beside this one are like it.
    return gap > size || max(gapBefore, following) * 5 < gap * 3
  }

  private static func gap(_ one: PDFBox, _ other: PDFBox) -> Int32 {
    max(other.x0 - one.x1, one.x0 - other.x1, other.y0 - one.y1, one.y0 - other.y1)
  }

  private mutating func endWord() {
    if let box = wordBox { words.append(PDFText.Word(start: wordStart, length: raw.count - wordStart, box: box)) }
    wordBox = nil
    gapBefore = 0
    wordStart = raw.count
  }

  private mutating func endLine() {
    endWord()
    guard words.count > lineStart else { return }
    let box = words[lineStart...].reduce(words[lineStart].box) { $0.union($1.box) }
    lines.append(Line(words: lineStart..<words.count, box: box))
    lineStart = words.count
  }

  private static func isOneRow(_ one: PDFBox, _ other: PDFBox) -> Bool {
    (min(one.y1, other.y1) - max(one.y0, other.y0)) * 2 > min(one.height, other.height)
  }

  /// The text with its separators.
  func finish() -> PDFText {
    var text = PDFText(characters: characters, broken: broken)
    text.bytes.reserveCapacity(raw.count + words.count + lines.count)
    text.words.reserveCapacity(words.count)
    let lines = ordered
    let usual = Self.usualGap(lines)
    for (index, line) in lines.enumerated() {
      if index > 0 {
        if line.joins {
          text.bytes.append(0x20)
        } else {
          text.bytes.append(0x0A)
          if isNewBlock(lines[index - 1].box, line.box, usual: usual) { text.bytes.append(0x0A) }
        }
      }
      for (place, word) in words[line.words].enumerated() {
        if place > 0 { text.bytes.append(0x20) }
        let start = text.bytes.count
        text.bytes += raw[word.start..<word.start + word.length]
        text.words.append(PDFText.Word(start: start, length: word.length, box: word.box))
      }
    }
    if !lines.isEmpty { text.bytes.append(0x0A) }
    return text
  }

  /// The lines column by column; those of a form stay where their labels are.
  private var ordered: [Line] {
    if lines.contains(where: \.joins) { return lines }
    let order = ColumnOrder(lines.map(\.box))
    let halves = lines.flatMap { line -> [Line] in
      guard let second = order.gutter(in: words[line.words].map(\.box)) else { return [line] }
      return [line.words.prefix(second), line.words.dropFirst(second)].map { part in
        Line(words: part, box: words[part].reduce(words[part.lowerBound].box) { $0.union($1.box) })
      }
    }
    return order.order(of: halves.map { ($0.box, $0.words.count) })?.map { halves[$0] } ?? lines
  }

  /// The middle one of the distances between lines that follow one another downwards.
  private static func usualGap(_ lines: [Line]) -> Int32 {
    let gaps = zip(lines, lines.dropFirst()).filter { $1.box.y0 > $0.box.y0 }.map { max(0, $1.box.y0 - $0.box.y1) }
    return gaps.isEmpty ? 0 : gaps.sorted()[(gaps.count - 1) / 2]
  }

  private func isNewBlock(_ above: PDFBox, _ below: PDFBox, usual: Int32) -> Bool {
    let gap = below.y0 - above.y1
    let height = min(above.height, below.height)
    // Lines are set at most twice as wide as their letters are high.
    return gap > min(usual, height * 3 / 2) + height * 2 / 5 || above.y0 - below.y0 > height
      || below.x0 > above.x1 + height
  }
}
