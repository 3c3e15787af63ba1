import Domain
import Pages

/// A heading of a price table and where it stands.
struct PriceHeading {
  /// nil for a column whose heading is not known.
  var column: PriceColumn?
  var text: String
  var box: PageBox
}

/// The headings of one table, from left to right, and the lines they take.
struct PriceHeader {
  var headings: [PriceHeading]
  /// Of the page.
  var lines: Range<Int>

  var columns: [PriceColumn] { headings.compactMap(\.column) }
  var left: Int32 { headings.map(\.box.x0).min() ?? 0 }
  var right: Int32 { headings.map(\.box.x1).max() ?? 0 }
}

/// Finds the headings of price tables.
struct PriceHeaderFinder {
  /// Words of the longest line that may be one of headings.
  private static let mostWords = 60

  let headings: PriceHeadings
  let amounts: Amounts

  /// Headings on up to three lines that begin at `index`: one price among at least two known columns, none twice.
  func header(_ lines: [TableLine], at index: Int) -> PriceHeader? {
    var best: PriceHeader?
    for count in 1...3 where index + count <= lines.count {
      let window = Array(lines[index..<index + count])
      guard window.allSatisfy({ $0.words.count <= Self.mostWords }), isTight(window), !window.contains(where: hasAmount)
      else { break }
      guard let header = header(window, first: index) else { continue }
      if header.columns.count > best?.columns.count ?? 0 { best = header }
    }
    return best
  }

  private func isTight(_ lines: [TableLine]) -> Bool {
    zip(lines, lines.dropFirst()).allSatisfy { $1.box.y0 - $0.box.y1 <= max($0.box.height, $1.box.height) }
  }

  private func hasAmount(_ line: TableLine) -> Bool {
    line.phrases.contains { phrase in
      let words = phrase.text.split(separator: " ")
      return words.contains { word in
        if case .amount(let found) = amounts.cell(String(word)) { return found.hasCurrency || word.contains(".") }
        return false
      }
    }
  }

  private func header(_ lines: [TableLine], first: Int) -> PriceHeader? {
    var found: [PriceHeading] = []
    for phrase in lines.flatMap(\.phrases) {
      if let index = found.firstIndex(where: { $0.box.x0 < phrase.box.x1 && phrase.box.x0 < $0.box.x1 }) {
        found[index].text += " " + phrase.text
        found[index].box = found[index].box.union(phrase.box)
      } else {
        found.append(PriceHeading(text: phrase.text, box: phrase.box))
      }
    }
    guard found.count >= 2 || lines.count == 1 else { return nil }
    // Headings begin with a capital; the words of a sentence mostly do not.
    for index in found.indices where found[index].text.first?.isLowercase == false {
      found[index].column = headings.column(found[index].text)
    }
    if lines.count == 1 { found = found.flatMap { parted($0, lines[0]) } }
    dropRepeated(&found)
    let known = found.compactMap(\.column)
    guard known.count >= 2, known.contains(where: \.isPrice), Set(known).count == known.count else { return nil }
    return PriceHeader(
      headings: found.sorted { $0.box.x0 < $1.box.x0 }, lines: first..<first + lines.count)
  }

  /// Of two headings for one thing that is no price, the longer says more: `Item` beside `Service / Circuit ID`.
  private func dropRepeated(_ found: inout [PriceHeading]) {
    for index in found.indices {
      guard let column = found[index].column, !column.isPrice else { continue }
      let longer = found.indices.contains {
        $0 != index && found[$0].column == column && found[$0].text.count > found[index].text.count
      }
      if longer { found[index].column = nil }
    }
  }

  /// Headings so close that they look like one, where all of their words are headings.
  private func parted(_ heading: PriceHeading, _ line: TableLine) -> [PriceHeading] {
    guard heading.column == nil, let phrase = line.phrases.first(where: { $0.box == heading.box }) else {
      return [heading]
    }
    let words = heading.text.split(separator: " ").map(String.init)
    guard words.count == phrase.words.count, words.count > 1 else { return [heading] }
    for cut in (1..<words.count).reversed() {
      let (before, after) = (words[..<cut].joined(separator: " "), words[cut...].joined(separator: " "))
      guard let first = headings.column(before), let second = headings.column(after), first != second else { continue }
      let width = phrase.box.width
      let middle = phrase.box.x0 + Int32(Int(width) * before.count / max(1, heading.text.count))
      let (left, right) = (phrase.box, phrase.box)
      return [
        PriceHeading(column: first, text: before, box: PageBox(left.x0, left.y0, middle, left.y1)),
        PriceHeading(column: second, text: after, box: PageBox(middle, right.y0, right.x1, right.y1)),
      ]
    }
    return [heading]
  }
}

/// One line of a price table with the lines that its cells wrap on to.
struct PriceRow {
  /// Of the pages.
  let page: Int
  /// The line that has the prices.
  let anchor: TableLine
  /// Words by heading, from top to bottom.
  var cells: [Int: [Int]]
  var box: PageBox
}

/// A table as its rows and what its total line says.
struct PriceTable {
  var header: PriceHeader
  var rows: [PriceRow] = []
  /// Amounts of the last total line by heading, with the line.
  var totals: (cells: [Int: [Int]], line: TableLine)?
  /// Whether a total or another text ended it, so that nothing of it can be on the next page.
  var isClosed = false
}

/// Cuts the lines below a header into rows.
struct PriceTableCutter {
  let pages: [Page]
  let amounts: Amounts

  /// Takes the lines of one page after `start` that belong to the table; answers the first line that does not.
  func cut(_ lines: [TableLine], from start: Int, into table: inout PriceTable, isContinued: Bool = false) -> Int {
    learn(lines[start...].prefix(60), &table.header)
    var pending: [TableLine] = []
    var index = start
    var last = isContinued ? nil : Optional(table.header.headings.map(\.box.y1).max() ?? 0)
    while index < lines.count {
      let line = lines[index]
      if isTotal(line) {
        take(&pending, before: nil, &table)
        last = line.box.y1
        index += 1
        // The sum of a part is neither a line nor the end.
        if line.text.lowercased().hasPrefix("sub") { continue }
        close(&table, line)
        return index
      }
      if let last, line.box.y0 - last > 4 * line.box.height { break }
      let cells = assigned(line, table.header)
      if isRow(cells, line, table.header) {
        take(&pending, before: line, &table)
        table.rows.append(PriceRow(page: line.page, anchor: line, cells: cells, box: line.box))
        for early in pending.reversed() {
          extend(&table.rows[table.rows.count - 1], early, table.header, isAbove: true)
        }
        pending = []
      } else if isText(line, table.header) || (isContinued && table.rows.last?.page != line.page && index - start > 8) {
        break
      } else if !(isContinued && table.rows.last?.page != line.page) {
        pending.append(line)
      }
      last = line.box.y1
      index += 1
    }
    take(&pending, before: nil, &table)
    // A footer may stand below a table that goes on.
    if lines.count - index > 3 { table.isClosed = true }
    return index
  }

  /// Lets a heading reach as far as the cells below it, where a line has one phrase for every heading.
  private func learn(_ lines: ArraySlice<TableLine>, _ header: inout PriceHeader) {
    for line in lines where line.phrases.count == header.headings.count {
      let isRow = zip(line.phrases, header.headings).allSatisfy { phrase, heading in
        (amounts.cell(phrase.text) != .none) == (heading.column?.isPrice == true) || heading.column?.isPrice != true
      }
      guard isRow else { continue }
      for (index, phrase) in line.phrases.enumerated() {
        let box = header.headings[index].box
        header.headings[index].box = PageBox(
          min(box.x0, phrase.box.x0), box.y0, max(box.x1, phrase.box.x1), box.y1)
      }
    }
  }

  private func isTotal(_ line: TableLine) -> Bool {
    guard let first = line.phrases.first?.text.lowercased() else { return false }
    let words = first.split { !$0.isLetter }
    return words.first == "total" || words.first == "totals" || words.first == "subtotal"
      || (words.count > 1 && words[1].hasPrefix("total")
        && ["sub", "grand", "order", "page", "monthly", "service", "contract"].contains(words[0]))
  }

  private func close(_ table: inout PriceTable, _ line: TableLine) {
    let cells = assigned(line, table.header).filter { number, words in
      table.header.headings[number].column?.isPrice == true && amount(words, line.page) != nil
    }
    table.totals = (cells, line)
    table.isClosed = true
  }

  private func amount(_ words: [Int], _ page: Int) -> Amounts.Found? {
    if case .amount(let found) = amounts.cell(text(words, page)) { return found }
    return nil
  }

  func text(_ words: [Int], _ page: Int) -> String {
    words.map { String(decoding: pages[page].text[pages[page].words[$0].range], as: UTF8.self) }
      .joined(separator: " ")
  }

  /// A price, or a word instead of one, under a price heading, and something else beside it.
  private func isRow(_ cells: [Int: [Int]], _ line: TableLine, _ header: PriceHeader) -> Bool {
    let priced = cells.contains { number, words in
      guard header.headings[number].column?.isPrice == true else { return false }
      return amounts.cell(text(words, line.page)) != .none
    }
    return priced && cells.contains { number, _ in header.headings[number].column?.isPrice != true }
  }

  /// A sentence across the columns, which no table has.
  private func isText(_ line: TableLine, _ header: PriceHeader) -> Bool {
    line.phrases.contains { phrase in
      let width = phrase.box.x1 - phrase.box.x0
      return phrase.words.count > 6 && width * 10 > (header.right - header.left) * 6
    }
  }

  /// Every phrase to the heading above it; one that lies below several goes word by word to the nearest.
  private func assigned(_ line: TableLine, _ header: PriceHeader) -> [Int: [Int]] {
    var cells: [Int: [Int]] = [:]
    for phrase in line.phrases {
      let above = header.headings.indices.filter {
        let box = header.headings[$0].box
        return box.x0 < phrase.box.x1 && phrase.box.x0 < box.x1
      }
      if above.count == 1 {
        cells[above[0], default: []] += phrase.words
      } else {
        let one = above.isEmpty ? nearest(phrase.box, header) : nil
        for word in phrase.words {
          let number = one ?? nearest(pages[line.page].words[word].box, header)
          cells[number, default: []].append(word)
        }
      }
    }
    return cells
  }

  private func nearest(_ box: PageBox, _ header: PriceHeader) -> Int {
    func distance(_ other: PageBox) -> Int32 { max(0, max(other.x0 - box.x1, box.x0 - other.x1)) }
    return header.headings.indices.min {
      let (left, right) = (header.headings[$0].box, header.headings[$1].box)
      let middle = box.x0 + box.x1
      return (distance(left), abs(left.x0 + left.x1 - middle)) < (distance(right), abs(right.x0 + right.x1 - middle))
    } ?? 0
  }

  /// Lines without a price go to the row they are nearer to, the one above where both are as near.
  private func take(_ pending: inout [TableLine], before next: TableLine?, _ table: inout PriceTable) {
    var rest: [TableLine] = []
    for line in pending {
      guard let above = table.rows.last, above.page == line.page else {
        if let next, next.box.y0 - line.box.y1 < line.box.height { rest.append(line) }
        continue
      }
      let up = line.box.y0 - above.box.y1
      let down = next.map { $0.box.y0 - line.box.y1 } ?? .max
      if !rest.isEmpty || down < up {
        rest.append(line)
      } else if up < line.box.height {
        extend(&table.rows[table.rows.count - 1], line, table.header, isAbove: false)
      }
    }
    pending = rest
  }

  private func extend(_ row: inout PriceRow, _ line: TableLine, _ header: PriceHeader, isAbove: Bool) {
    for (number, words) in assigned(line, header) where header.headings[number].column?.isPrice != true {
      let old = row.cells[number] ?? []
      let isBefore = isAbove && line.box.y0 < row.anchor.box.y0
      row.cells[number] = isBefore ? words + old : old + words
    }
    row.box = row.box.union(line.box)
  }
}
