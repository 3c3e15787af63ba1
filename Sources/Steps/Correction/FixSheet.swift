import Model
import Records
import Workbooks
import YAML

/// Writes the sheet to correct and, out of sight, the texts as they were.
struct FixSheet {
  /// Programs become slow with more notes than this; beyond it the reasons stand in `_message` alone.
  static let mostNotes = 20_000

  private let sheet: WorkbookSheet
  private let originals: WorkbookSheet
  private let columns: FixColumns
  private let targets: ColumnTargets
  private let words: [[String]]
  private let comments: [Int: String]
  private(set) var tally = ErrorTally()
  /// Hash of each row, in order: together they say whether rows were added.
  private(set) var seals: [String] = []
  private(set) var counts: [FaultyRow.Status: Int] = [:]
  private(set) var notes = 0
  /// Letters of the longest text of each column.
  private var widths: [Int]
  private var line = 0

  init(
    _ sheet: WorkbookSheet, _ originals: WorkbookSheet, _ columns: FixColumns, _ targets: ColumnTargets,
    comments: [Int: String]
  ) throws(WorkbookError) {
    self.sheet = sheet
    self.originals = originals
    self.columns = columns
    self.targets = targets
    self.comments = comments
    words = columns.headers.map { targets.words($0) }
    widths = columns.all.map { _ in 0 }
    try head()
  }

  /// The number of rows written.
  var count: Int { line }

  private static let open = CellStyle.text.unlocked()
  private static let red = open.filled(0xFFC7CE).colored(0x9C0006)
  private static let amber = open.filled(0xFFEB9C).colored(0x7F6000)
  private static let lockedCell = CellStyle.text.colored(0x404040).filled(0xE7E6E6)
  private static let heading = CellStyle.text.bold().filled(0xD9E1F2).bordered()
  private static let ownHeading = CellStyle.text.bold().filled(0xE7E6E6).bordered()

  private func head() throws(WorkbookError) {
    for (column, name) in columns.all.enumerated() {
      let isOwn = column >= columns.headers.count
      try sheet.text(0, column, name, isOwn ? Self.ownHeading : Self.heading)
    }
    try originals.text(0, 0, "_row_id")
    try originals.text(0, 1, "cells")
  }

  private func isLocked(_ column: Int) -> Bool {
    (columns.firstLocked..<columns.count).contains(column)
  }

  /// As wide as the longest text written, within what a screen can show.
  private func width(_ column: Int, _ name: String) -> Int {
    let longest = widths[column] + 2
    if column < columns.headers.count { return min(max(name.count + 2, longest, 14), 40) }
    switch name {
    case "_message": return min(max(longest, 48), 110)
    case "_comment": return 30
    case "_codes": return min(max(longest, 12), 40)
    case "_hash": return 18
    default: return 12
    }
  }

  /// Columns that stay in sight: up to the first one that identifies, at most three.
  var frozenColumns: Int {
    let first = columns.headers.prefix(3).firstIndex { targets.field($0)?.required == true }
    return (first ?? 0) + 1
  }

  mutating func write(_ row: FaultyRow) throws(WorkbookError) {
    line += 1
    counts[row.status, default: 0] += 1
    let faults = places(row.issues)
    for (column, text) in row.cells.prefix(columns.headers.count).enumerated() {
      widths[column] = max(widths[column], text.count)
      if let issue = faults[column] {
        try sheet.text(line, column, text, issue.severity == .warn ? Self.amber : Self.red)
      } else if !text.isEmpty {
        try sheet.text(line, column, text, Self.open)
      }
    }
    if let column = columns.extraColumn, row.isRagged { try sheet.text(line, column, row.extra, Self.red) }
    for (column, issue) in faults where notes < Self.mostNotes {
      notes += 1
      try sheet.comment(line, column, note(issue, column))
    }
    if let comment = comments[row.row] { try sheet.text(line, columns.commentColumn, comment, Self.open) }
    try writeLocked(row, isPlaced: !faults.isEmpty)
    for issue in row.issues { tally.add(issue, row: line) }
  }

  private mutating func writeLocked(_ row: FaultyRow, isPlaced: Bool) throws(WorkbookError) {
    let message = row.issues.map { ($0.field.isEmpty ? "" : $0.field + ": ") + $0.message }.joined(separator: "; ")
    var locked = [FixColumns.rowID(row.row), String(row.row), row.status.rawValue, row.codes, message]
    let kept = row.cells + [row.extra]
    let seal = RowSeal.of(locked, kept)
    let packed = JSON.array((locked + kept).map { .string($0) }).line
    locked.append(seal)
    seals.append(seal)
    for (index, text) in locked.enumerated() {
      // A row without a coloured cell shows at its codes that something is wrong with it as a whole.
      let style = !isPlaced && index == 3 ? Self.lockedCell.filled(0xFFC7CE).colored(0x9C0006) : Self.lockedCell
      try sheet.text(line, columns.firstLocked + index, text, style)
      widths[columns.firstLocked + index] = max(widths[columns.firstLocked + index], text.count)
    }
    try originals.text(line, 0, locked[0])
    for (index, piece) in Self.pieces(packed).enumerated() { try originals.text(line, index + 1, piece) }
  }

  /// Texts longer than a cell holds go on in the next one.
  static func pieces(_ text: String) -> [String] {
    guard text.utf8.count > 30_000 else { return [text] }
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
      length += 2
      if length > 30_000 {
        pieces.append(String(piece))
        piece = String.UnicodeScalarView()
        length = 2
      }
      piece.append(scalar)
    }
    return pieces + [String(piece)]
  }

  /// Columns with the first issue about each.
  private func places(_ issues: [Issue]) -> [Int: Issue] {
    var places: [Int: Issue] = [:]
    if let column = columns.extraColumn { places[column] = issues.first { $0.code == "E_RAGGED" } }
    for issue in issues {
      let named = columns.headers.indices.filter { columns.headers[$0] == issue.field }
      let meant =
        named.isEmpty && !issue.field.isEmpty
        ? columns.headers.indices.filter { targets.isMeant(columns.headers[$0], by: issue.field) } : named
      for column in meant where places[column] == nil { places[column] = issue }
    }
    return places
  }

  private func note(_ issue: Issue, _ column: Int) -> String {
    var lines = ["\(issue.code): \(issue.message)"]
    if !issue.hint.isEmpty { lines.append("What to do: " + issue.hint) }
    if column < words.count, !words[column].isEmpty {
      lines.append("Allowed: " + words[column].joined(separator: ", "))
      if let near = Suggestion.nearest(issue.value, in: words[column]) { lines.append("Suggestion: " + near) }
    }
    return lines.joined(separator: "\n")
  }

  /// Called once all rows are written; answers how many rows of `lists` are in use.
  func finish(_ lists: WorkbookSheet) throws(WorkbookError) -> Int {
    let last = max(line, 1)
    for (column, name) in columns.all.enumerated() {
      try sheet.columns(column...column, width: width(column, name), isLocked(column) ? Self.lockedCell : Self.open)
    }
    sheet.freeze(row: 1, column: frozenColumns)
    try sheet.autofilter(rows: 0...last, columns: columns.count)
    var list = 0
    for (column, words) in (words + [[]]).enumerated() where !words.isEmpty && column < columns.headers.count {
      try Self.offer(words, at: column, of: sheet, rows: 1...last, lists, list)
      list += 1
    }
    try Self.offer(FixColumns.actions, at: columns.actionColumn, of: sheet, rows: 1...last, lists, list)
    sheet.protect()
    sheet.tabColor(0xC00000)
    try sheet.print(footer: "&A, page &P of &N", repeating: 0...0)
    return list + 1
  }

  /// The words stand in a row of their own on a hidden sheet, since a rule holds no more than 255 characters.
  static func offer(
    _ words: [String], at column: Int, of sheet: WorkbookSheet, rows: ClosedRange<Int>, _ lists: WorkbookSheet,
    _ list: Int
  ) throws(WorkbookError) {
    for (place, word) in words.enumerated() { try lists.text(list, place, word) }
    let first = CellPlace(row: list, column: 0).absolute
    let end = CellPlace(row: list, column: words.count - 1).absolute
    try sheet.offered(rows: rows, column: column, source: "=\(lists.reference)!\(first):\(end)")
  }
}
