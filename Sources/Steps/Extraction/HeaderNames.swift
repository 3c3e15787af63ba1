/// Makes one name per column of up to three header rows.
enum HeaderNames {
  static func of(_ rows: [ShapeRow], merged: [MergedCells]) -> [String] {
    guard let last = rows.last else { return [] }
    if rows.count == 1 { return last.cells.map(\.text) }
    let width = rows.map { $0.cells.count }.max() ?? 0
    let carried = rows.dropLast().map { carry($0, below: last, width, merged) }
    return (0..<width).map { column in
      var parts: [String] = []
      for text in carried.map({ $0[column] }) + [last.text(column)] {
        let part = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !part.isEmpty, parts.last != part { parts.append(part) }
      }
      return parts.joined(separator: " / ")
    }
  }

  /// A group's text over the blank cells to its right: as far as its cells are merged, else to the next group.
  private static func carry(
    _ row: ShapeRow, below: ShapeRow, _ width: Int, _ merged: [MergedCells]
  ) -> [String] {
    var texts = (0..<width).map { row.look($0) == .blank ? "" : row.text($0) }
    let spans = merged.filter { $0.rows.contains(row.number) }
    if !spans.isEmpty {
      for span in spans where span.columns.lowerBound < width {
        let text = texts[span.columns.lowerBound]
        for column in span.columns where column < width { texts[column] = text }
      }
      return texts
    }
    var group = ""
    for column in 0..<width {
      if !texts[column].isEmpty {
        // A name that stands alone in its column groups nothing to its right.
        group = below.look(column) == .blank ? "" : texts[column]
      } else if below.look(column) != .blank {
        texts[column] = group
      } else {
        group = ""
      }
    }
    return texts
  }
}
