/// The order in which the lines of a page set in two columns are read: the left column, then the right one.
///
/// poppler sets a heading of the one column between paragraphs of the other, even in one line with them. Pages are taken
/// as two columns only where that is plain: both halves full of long lines of words, as no table has them. Lines that run
/// across part the page into regions that are read one after another.
struct ColumnOrder {
  private static let fewestLines = 8
  private static let fewestWords = 5

  private enum Side { case left, right, across }

  /// Half way between the left and the right end of the page's lines.
  private let middle: Int32

  init(_ lines: [PDFBox]) {
    let (low, high) = (lines.map(\.x0).min() ?? 0, lines.map(\.x1).max() ?? 0)
    middle = low + (high - low) / 2
  }

  /// The place of the first word behind the gap between columns, in a line of words; nil for a line without one.
  func gutter(in words: [PDFBox]) -> Int? {
    zip(words, words.dropFirst()).enumerated().first { _, pair in
      pair.0.x1 <= middle && pair.1.x0 >= middle && pair.1.x0 - pair.0.x1 > max(pair.0.height, pair.1.height)
    }.map { $0.offset + 1 }
  }

  /// The places of the lines in the order they are read; nil where the page is not set in two columns.
  func order(of lines: [(box: PDFBox, words: Int)]) -> [Int]? {
    let sides = lines.map { side(of: $0.box) }
    for column in [Side.left, .right] where !isColumn(lines.indices.filter { sides[$0] == column }.map { lines[$0] }) {
      return nil
    }
    let across = lines.indices.filter { sides[$0] == .across }.map { lines[$0].box.y0 }
    let keys = lines.indices.map { line in
      let box = lines[line].box
      let above = across.count { $0 < box.y0 }
      return (sides[line] == .across ? above + 1 : above, rank(sides[line]), box.y0, box.x0, line)
    }
    return lines.indices.sorted { keys[$0] < keys[$1] }
  }

  private func rank(_ side: Side) -> Int { side == .across ? 0 : side == .left ? 1 : 2 }

  private func side(of box: PDFBox) -> Side {
    if box.x1 <= middle { return .left }
    return box.x0 >= middle ? .right : .across
  }

  /// Whether half of the lines and more are prose that fills a column.
  private func isColumn(_ lines: [(box: PDFBox, words: Int)]) -> Bool {
    guard lines.count >= Self.fewestLines, let low = lines.map(\.box.x0).min(), let high = lines.map(\.box.x1).max()
    else { return false }
    return lines.count { $0.words >= Self.fewestWords && $0.box.width * 4 > (high - low) * 3 } * 2 >= lines.count
  }
}
