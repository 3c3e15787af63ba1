import Digest
import Model
import Records
import Workbooks

/// Writes the sheet to correct and, out of sight, the texts as they were.
struct FixSheet: ~Copyable {
  /// Programs become slow with more notes than this; beyond it the reasons stand in `_message` alone.
  static let mostNotes = 20_000
  /// Letters that can still be read on one page in landscape.
  private static let pageWidth = 200

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
  /// Columns that an issue is about, by the field it names.
  private var meant: [String: [Int]] = [:]
  private var digest = SHA256()
  private var packed: [UInt8] = []

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
  private static let lockedRed = lockedCell.filled(0xFFC7CE).colored(0x9C0006)
  private static let heading = CellStyle.text.bold().filled(0xD9E1F2).bordered()
  private static let ownHeading = CellStyle.text.bold().filled(0xE7E6E6).bordered()

  private func head() throws(WorkbookError) {
    for (column, name) in columns.all.enumerated() {
      let isOwn = column >= columns.headers.count
      try sheet.text(0, columns.place(column), name, isOwn ? Self.ownHeading : Self.heading)
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

  /// A text is never longer in letters than in bytes, which are counted sooner.
  private mutating func measure(_ column: Int, _ text: String) {
    if text.utf8.count > widths[column] { widths[column] = max(widths[column], text.count) }
  }

  mutating func write(_ row: FaultyRow) throws(WorkbookError) {
    line += 1
    counts[row.status, default: 0] += 1
    let faults = places(row.issues)
    for (column, text) in row.cells.prefix(columns.headers.count).enumerated() {
      measure(column, text)
      if let issue = faults[column] {
        try sheet.text(line, column, text, issue.severity == .warn ? Self.amber : Self.red)
      } else if !text.isEmpty {
        try sheet.text(line, column, text, Self.open)
      }
    }
    if let column = columns.extraColumn, row.isRagged { try sheet.text(line, column, row.extra, Self.red) }
    if let comment = comments[row.row] { try sheet.text(line, columns.commentColumn, comment, Self.open) }
    try writeLocked(row, isPlaced: !faults.isEmpty)
    for (column, issue) in faults { try note(issue, column) }
    if faults.isEmpty, let issue = row.issues.first { try note(issue, columns.codesColumn) }
    for issue in row.issues { tally.add(issue, row: line) }
  }

  private mutating func note(_ issue: Issue, _ column: Int) throws(WorkbookError) {
    guard notes < Self.mostNotes else { return }
    notes += 1
    let isSource = column < columns.headers.count
    let note = CellNote(
      issue, words: isSource ? words[column] : [],
      mayBeBlank: isSource && targets.mayBeBlank(columns.headers[column]))
    try sheet.comment(line, columns.place(column), note.text, lines: note.lines)
  }

  private mutating func writeLocked(_ row: FaultyRow, isPlaced: Bool) throws(WorkbookError) {
    let message = row.issues.map { ($0.field.isEmpty ? "" : $0.field + ": ") + $0.message }.joined(separator: "; ")
    var locked = [FixColumns.rowID(row.row), String(row.row), row.status.rawValue, row.codes, message]
    let kept = row.cells + [row.extra]
    let seal = RowSeal.of(locked, kept, &digest)
    try writeOriginal(locked, kept)
    locked.append(seal)
    seals.append(seal)
    for (index, text) in locked.enumerated() {
      let column = columns.firstLocked + index
      // A row without a coloured cell shows at its codes that something is wrong with it as a whole.
      let style = !isPlaced && column == columns.codesColumn ? Self.lockedRed : Self.lockedCell
      try sheet.text(line, columns.place(column), text, style)
      measure(column, text)
    }
  }

  /// Our texts and the source's as one JSON array.
  private mutating func writeOriginal(_ locked: [String], _ kept: [String]) throws(WorkbookError) {
    packed.removeAll(keepingCapacity: true)
    for texts in [locked, kept] {
      for text in texts {
        packed.append(UInt8(ascii: packed.isEmpty ? "[" : ","))
        JSON.quote(text, into: &packed)
      }
    }
    packed.append(UInt8(ascii: "]"))
    try originals.text(line, 0, locked[0])
    let pieces = Self.pieces(String(decoding: packed, as: UTF8.self))
    for (index, piece) in pieces.enumerated() { try originals.text(line, index + 1, piece) }
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
  private mutating func places(_ issues: [Issue]) -> [Int: Issue] {
    var places: [Int: Issue] = [:]
    if let column = columns.extraColumn { places[column] = issues.first { $0.code == "E_RAGGED" } }
    for issue in issues {
      for column in columns(issue) where places[column] == nil { places[column] = issue }
    }
    return places
  }

  private mutating func columns(_ issue: Issue) -> [Int] {
    let name = issue.code + " " + issue.field
    if let known = meant[name] { return known }
    let found = find(issue)
    meant[name] = found
    return found
  }

  /// By the header an issue names, else by the field; rows that contradict each other in no column of theirs by their keys.
  private func find(_ issue: Issue) -> [Int] {
    if issue.field.isEmpty { return [] }
    let headers = columns.headers
    let named = headers.indices.filter { headers[$0] == issue.field }
    if !named.isEmpty { return named }
    let meant = headers.indices.filter { targets.isMeant(headers[$0], by: issue.field) }
    guard meant.isEmpty, issue.code == "E_DUP_KEY" else { return meant }
    let parts = issue.field.split(separator: ".")
    let entity = parts.count > 1 ? String(parts[0]) : targets.entity ?? ""
    return headers.indices.filter { targets.isMeant(headers[$0], by: entity) }
  }

  /// Called once all rows are written; answers how many rows of `lists` are in use.
  func finish(_ lists: WorkbookSheet) throws(WorkbookError) -> Int {
    let last = max(line, 1)
    var printed = 0
    for (column, name) in columns.all.enumerated() {
      let place = columns.place(column)
      let width = width(column, name)
      if place < columns.printed { printed += width }
      try sheet.columns(place...place, width: width, isLocked(column) ? Self.lockedCell : Self.open)
    }
    sheet.freeze(row: 1, column: frozenColumns)
    try sheet.autofilter(rows: 0...last, columns: columns.count)
    var list = 0
    for (column, words) in (words + [[]]).enumerated() where !words.isEmpty && column < columns.headers.count {
      try OfferedWords(words, .field).offer(at: column, of: sheet, rows: 1...last, lists, list)
      list += 1
    }
    try OfferedWords(FixColumns.actions, .action)
      .offer(at: columns.actionColumn, of: sheet, rows: 1...last, lists, list)
    sheet.protect()
    sheet.tabColor(0xC00000)
    try sheet.print(
      footer: "&A, page &P of &N", repeating: 0...0, columns: frozenColumns, pagesWide: printed / Self.pageWidth + 1)
    try sheet.printArea(rows: 0...last, columns: columns.printed)
    return list + 1
  }
}
