/// A row as it was written: ours and the source's.
struct OriginalRow {
  /// In the order of `FixColumns.locked`, without the seal.
  let locked: [String]
  let cells: [String]
  let extra: String

  /// Nil for what is no row of a table with so many columns.
  init?(_ texts: [String], columns: Int) {
    let ours = FixColumns.locked.count - 1
    guard texts.count == ours + columns + 1 else { return nil }
    locked = Array(texts[..<ours])
    cells = Array(texts[ours..<texts.count - 1])
    extra = texts[texts.count - 1]
  }

  var id: String { locked[0] }
  /// In the source.
  var row: Int { Int(locked[1]) ?? 0 }
  var status: FaultyRow.Status { FaultyRow.Status(rawValue: locked[2]) ?? .rejected }
  var isRagged: Bool { locked[3].contains("E_RAGGED") }
  var message: String { locked[4] }
  var seal: String { RowSeal.of(locked, cells + [extra]) }
}

/// A row that came back, beside what it was.
struct ReturnedRow {
  let original: OriginalRow
  let columns: FixColumns
  /// Headers of columns that are shown to write a decimal comma.
  let commas: Set<String>
  /// By column of `columns`.
  let cells: [ReturnedCell?]

  func cell(_ column: Int) -> ReturnedCell? { cells[column] }

  /// What a person chose, in whatever case it was typed.
  var action: String {
    (cell(columns.actionColumn)?.text ?? "").lowercased().filter { !$0.isWhitespace }
  }

  var comment: String { cell(columns.commentColumn)?.text ?? "" }

  /// What became of a cell of the source.
  func verdict(_ column: Int) -> CellVerdict {
    let text = original.cells[column]
    let returned = cell(column)
    if returned?.text ?? "" == text { return .same }
    let isRefused = ("; " + original.message).contains("; " + columns.headers[column] + ": ")
    let verdict = CellVerdict.of(text, returned, isRefused: isRefused)
    guard case .edited(let now) = verdict, returned?.kind == .number else { return verdict }
    return .edited(Self.marked(now, isComma: commas.contains(columns.headers[column])))
  }

  /// What became of the cells that did not fit.
  func extraVerdict(_ column: Int) -> CellVerdict { CellVerdict.of(original.extra, cell(column)) }

  /// A number cell's digits as its column writes numbers. Three decimals become four: they could be read as thousands.
  private static func marked(_ digits: String, isComma: Bool) -> String {
    guard let point = digits.firstIndex(of: "."), !digits.contains("E") else { return digits }
    let decimals = digits[digits.index(after: point)...]
    return digits[..<point] + (isComma ? "," : ".") + decimals + (decimals.count == 3 ? "0" : "")
  }

  /// What keeps the row from being taken: locked cells that were touched, damage that cannot be undone, words that are no
  /// action; each with its column.
  var faults: [(column: Int, reason: String)] {
    var faults: [(column: Int, reason: String)] = []
    for (index, text) in (original.locked + [original.seal]).enumerated() {
      let now = cell(columns.firstLocked + index)?.text ?? ""
      if now != text {
        let name = FixColumns.locked[index]
        faults.append((columns.firstLocked + index, "the locked cell \(name) of \(original.id) was \"\(text)\""))
      }
    }
    let action = action
    if !action.isEmpty, !FixColumns.actions.contains(action) {
      let allowed = FixColumns.actions.joined(separator: ", ")
      faults.append((columns.actionColumn, "\"\(action)\" is no action: one of \(allowed)"))
    }
    if action == "skip" || action == "accept-as-is" { return faults }
    for column in original.cells.indices {
      if case .damaged(let reason) = verdict(column) { faults.append((column, reason)) }
    }
    return faults
  }
}
