/// One cell of a sample, as any format gives it.
package struct ShapeCell: Equatable, Sendable {
  /// What the format itself says of the cell; a text format says `text` and leaves the rest to be seen.
  package enum Kind: Sendable { case blank, text, number, date, boolean, error }

  package let text: String
  package let kind: Kind

  package init(_ text: String, _ kind: Kind = .text) {
    self.text = text
    self.kind = text.utf8.allSatisfy(isSpace) ? .blank : kind
  }
}

/// One row of a sample: its number in the file or sheet, and its cells from the first column on.
package struct ShapeRow: Sendable {
  package let number: Int
  package let cells: [ShapeCell]
  let looks: [CellLook]
  /// The texts in lower-case ASCII with single spaces, to compare them; empty for long ones.
  let folds: [String]
  /// Cells that say something.
  let filled: Int
  /// One past the last cell that says something.
  let extent: Int

  package init(number: Int, cells: [ShapeCell]) {
    self.number = number
    self.cells = cells
    looks = cells.map { CellLook($0) }
    folds = cells.map { $0.text.utf8.count > 80 ? "" : ShapeWords.folded($0.text) }
    filled = looks.count { $0 != .blank }
    extent = (looks.lastIndex { $0 != .blank } ?? -1) + 1
  }

  func text(_ column: Int) -> String { column < cells.count ? cells[column].text : "" }
  func look(_ column: Int) -> CellLook { column < looks.count ? looks[column] : .blank }

  var isBlank: Bool { filled == 0 }
  /// Cells that say something and are no data by their look.
  var words: Int { looks.count { $0.isWord } }
  var holdsData: Bool { looks.contains { $0.isData } }

  /// `--- | ====`: a line drawn in characters.
  var isRule: Bool {
    filled > 0
      && zip(looks, cells).allSatisfy { look, cell in
        look == .blank || (cell.text.utf8.count > 1 && cell.text.utf8.allSatisfy { " -=_*+|:~.".utf8.contains($0) })
      }
  }

  /// Cell by cell the same text as `other`, spaces and case aside.
  func repeats(_ other: ShapeRow) -> Bool {
    extent == other.extent && filled > 0
      && (0..<extent).allSatisfy { folds[$0] == other.folds[$0] && (!folds[$0].isEmpty || text($0) == other.text($0)) }
  }
}

/// Cells joined over rows and columns of a spreadsheet, counted from 1 (rows) and 0 (columns).
package struct MergedCells: Equatable, Sendable {
  package let rows: ClosedRange<Int>
  package let columns: ClosedRange<Int>

  package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }
}
