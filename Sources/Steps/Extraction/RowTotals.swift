extension RowWatch {
  /// Whether the row sums up rows above it: by its label and what stands beside it, or by its label and its amount.
  func isTotal(_ row: ShapeRow) -> Bool { isLabelAndFigures(row) || isNamedTotal(row) }

  /// A label such as `Grand total`, and beside it nothing but figures; `Total population` in a full row is data.
  private func isLabelAndFigures(_ row: ShapeRow) -> Bool {
    guard let label = row.looks.firstIndex(where: { $0.isWord || $0 == .code }) else { return false }
    guard ShapeWords.isTotal(row.text(label)) else { return false }
    var figures = 0
    for column in row.looks.indices where column != label {
      switch row.looks[column] {
      case .number: figures += 1
      case .blank, .missing: break
      case .word where row.text(column).utf8.count <= 3 || ShapeWords.isTotal(row.text(column)): break
      case .code where column > label && isFigure(row.text(column)): figures += 1
      default: return false
      }
    }
    guard figures > 0 || row.filled == 1 else { return false }
    return lacksCells(row) || ShapeWords.isTotalAlone(row.text(label))
  }

  /// `3 circuits`, `12 rows`.
  private func isFigure(_ text: String) -> Bool { text.utf8.first.map { $0 &- 0x30 < 10 } ?? false }

  /// `Subtotal,Lumen,$300.00,,`: a label of a sum beside names, as of the carrier that is summed up.
  ///
  /// Such a row may be a record called so. It is a sum if its amount is that of the rows above, if its label repeats the
  /// name beside it, or if cells are blank that others fill, and nothing before the label looks like an identifier.
  private func isNamedTotal(_ row: ShapeRow) -> Bool {
    guard row.looks.contains(.number) else { return false }
    let isMet = sums.areMet(by: row)
    guard let label = row.totalLabel else {
      return row.isFirstWordTotal && (isMet || row.namesItsPart)
    }
    if isMet { return true }
    return lacksCells(row) && !row.looks[..<label].contains { $0.isData }
  }

  /// Whether a cell is blank that nearly every row fills.
  func lacksCells(_ row: ShapeRow) -> Bool {
    shape.profiles.indices.contains { shape.profiles[$0].isAlwaysFilled && row.look($0) == .blank }
  }

  /// Whether the row is labelled as a sum, though it is taken as a record.
  func isDoubtful(_ row: ShapeRow) -> Bool {
    row.totalLabel != nil || (row.isFirstWordTotal && row.looks.contains(.number) && lacksCells(row))
  }
}

extension ShapeRow {
  /// The column of a cell that says nothing but that the row is a sum.
  var totalLabel: Int? { looks.indices.first { looks[$0] == .word && ShapeWords.isTotalAlone(text($0)) } }

  /// `Total Lumen` in the first cell that says something, and no identifier such as `TOTAL-NET-01`.
  var isFirstWordTotal: Bool {
    looks.first { $0 != .blank } == .word && ShapeWords.isTotal(firstText)
  }

  /// `Total for Lumen` beside `Lumen`.
  var namesItsPart: Bool {
    guard let label = looks.firstIndex(where: { $0 != .blank }) else { return false }
    return looks.indices.contains { $0 != label && looks[$0].isWord && folds[label].hasSuffix(" " + folds[$0]) }
  }
}
