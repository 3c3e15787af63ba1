import Digest
import Records
import Workbooks

/// A workbook to correct that came back: what it is about, the rows as they were, and the rows as they are now.
///
/// Rows may have been sorted, filtered or deleted; they are known by `_row_id`. Locked cells that were touched, rows that
/// were added, and cells a program damaged beyond telling are faults, each named by its cell.
package struct ReturnedWorkbook {
  /// One thing that keeps the workbook from being taken, at a cell.
  package struct Fault: Equatable, Sendable {
    package let cell: String
    package let reason: String
  }

  /// A row as it was written: ours and the source's.
  struct Original {
    let locked: [String]
    let cells: [String]
    let extra: String

    /// In the source.
    var row: Int { Int(locked[1]) ?? 0 }
    var status: FaultyRow.Status { FaultyRow.Status(rawValue: locked[2]) ?? .rejected }
    var isRagged: Bool { locked[3].contains("E_RAGGED") }
  }

  /// A row as it is now: cells by column of `columns`.
  struct Returned {
    let line: Int
    let cells: [Int: ReturnedCell]
  }

  let meta: [String: String]
  let columns: FixColumns
  /// Headers of columns that are shown to write a decimal comma.
  private let commas: Set<String>
  private(set) var originals: [String: Original] = [:]
  /// In the order of the source.
  private(set) var order: [String] = []
  private(set) var rows: [String: Returned] = [:]
  package private(set) var faults: [Fault] = []
  private(set) var decisions: [ColumnDecision] = []

  /// `path` is what a message calls the file.
  package init(descriptor: Int32, path: String, text: Int32, read: ReturnedSheets.Reading) throws {
    switch GivenFile(descriptor) {
    case .text, .empty: throw CorrectionError.tableForWorkbook(path: path)
    case .stream: throw CorrectionError.rejectsForWorkbook(path: path)
    case .container: break
    }
    let book = try ReturnedSheets(descriptor, text: text, read: read)
    let meta = try Self.readMeta(book)
    self.meta = meta
    guard meta["version"] == "1", let names = meta["headers"].flatMap({ JSON.parse($0) })?.items.compactMap(\.text)
    else { throw CorrectionError.notOurs }
    let evidence = meta["evidence"].flatMap { JSON.parse($0) }?.items ?? []
    commas = Set(evidence.filter { $0["decimal"]?.text == "comma" }.compactMap { $0["name"]?.text })
    columns = FixColumns(headers: names, hasExtra: meta["extra"] == "yes")
    try readOriginals(book)
    try readRows(book)
    try readDecisions(book)
  }

  /// The sheet may be missing: then nothing was decided.
  private mutating func readDecisions(_ book: borrowing ReturnedSheets) throws {
    var places: (column: Int, decision: Int)?
    _ = try book.rows(of: FixColumns.unmapped) { row in
      func text(_ place: Int) -> String { row.cells.first { $0.column == place }?.cell.text ?? "" }
      if let places {
        let target = text(places.decision)
        if !target.isEmpty { decisions.append(ColumnDecision(column: text(places.column), target: target)) }
      } else if let column = row.cells.first(where: { $0.cell.text == FixColumns.unmappedColumn })?.column,
        let decision = row.cells.first(where: { $0.cell.text == FixColumns.decision })?.column
      {
        places = (column, decision)
      }
    }
  }

  private static func rows(
    _ book: borrowing ReturnedSheets, _ name: String, _ body: (ReturnedSheets.Row) throws -> Void
  ) throws {
    if try !book.rows(of: name, body) { throw CorrectionError.missingSheet(name) }
  }

  /// The text of a row's cells after the first, joined: long ones were cut into pieces.
  private static func joined(_ row: ReturnedSheets.Row) -> String {
    row.cells.filter { $0.column > 0 }.map(\.cell.text).joined()
  }

  private static func readMeta(_ book: borrowing ReturnedSheets) throws -> [String: String] {
    var meta: [String: String] = [:]
    let isThere = try book.rows(of: FixColumns.meta) { row in
      if let first = row.cells.first, first.column == 0 { meta[first.cell.text] = joined(row) }
    }
    if !isThere { throw CorrectionError.notOurs }
    return meta
  }

  /// The sheet out of sight has to be whole: its seals, in any order, give the seal of the workbook.
  private mutating func readOriginals(_ book: borrowing ReturnedSheets) throws {
    var seals: [String] = []
    var found: [(id: String, row: Original)] = []
    let ours = FixColumns.locked.count - 1
    let width = ours + columns.headers.count + 1
    try Self.rows(book, FixColumns.originals) { row in
      guard row.row > 1, let texts = JSON.parse(Self.joined(row))?.items.compactMap(\.text), texts.count == width
      else { return }
      let locked = Array(texts[..<ours])
      let kept = Array(texts[ours...])
      seals.append(RowSeal.of(locked, kept))
      found.append((locked[0], Original(locked: locked, cells: Array(kept.dropLast()), extra: kept[kept.count - 1])))
    }
    guard WorkbookSeal.of(seals) == meta["seal"] else { throw CorrectionError.brokenSeal }
    for entry in found { originals[entry.id] = entry.row }
    order = found.sorted { $0.row.row < $1.row.row }.map(\.id)
  }

  // MARK: The sheet that was edited

  private mutating func readRows(_ book: borrowing ReturnedSheets) throws {
    var places: [Int: Int]?
    var problem: CorrectionError?
    try Self.rows(book, FixColumns.sheet) { row in
      guard let known = places else {
        do throws(CorrectionError) { places = try headings(row) } catch { problem = problem ?? error }
        return
      }
      take(row, known)
    }
    if let problem, places == nil { throw problem }
  }

  /// Where each of our columns stands now, by sheet column; columns that somebody added are passed over.
  private func headings(_ row: ReturnedSheets.Row) throws(CorrectionError) -> [Int: Int] {
    var left = Array(columns.all.enumerated())
    var places: [Int: Int] = [:]
    for (column, cell) in row.cells {
      guard let found = left.firstIndex(where: { $0.element == cell.text }) else { continue }
      places[column] = left[found].offset
      left.remove(at: found)
    }
    // A column without header text is found by its place.
    for blank in left where blank.element.isEmpty { places[blank.offset] = blank.offset }
    let missing = left.filter { !$0.element.isEmpty }.map(\.element)
    if !missing.isEmpty { throw .missingColumns(missing) }
    return places
  }

  private mutating func take(_ row: ReturnedSheets.Row, _ places: [Int: Int]) {
    var cells: [Int: ReturnedCell] = [:]
    for (place, cell) in row.cells { if let column = places[place] { cells[column] = cell } }
    if cells.isEmpty { return }
    let line = row.row
    let names = Dictionary(places.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func fault(_ column: Int, _ reason: String) {
      let place = names[column] ?? column
      faults.append(Fault(cell: CellPlace(row: line - 1, column: place).description, reason: reason))
    }
    let id = cells[columns.firstLocked]?.text ?? ""
    guard let original = originals[id] else {
      let reason =
        id.isEmpty
        ? "a row without _row_id: rows cannot be added here, put them into the source" : "no row \(id) was written"
      return fault(columns.firstLocked, reason)
    }
    if let first = rows[id] {
      return fault(columns.firstLocked, "row \(id) is there twice, also in line \(first.line)")
    }
    let seal = RowSeal.of(original.locked, original.cells + [original.extra])
    for (index, text) in (original.locked + [seal]).enumerated() {
      let now = cells[columns.firstLocked + index]?.text ?? ""
      if now != text {
        fault(columns.firstLocked + index, "the locked cell \(FixColumns.locked[index]) of \(id) was \"\(text)\"")
      }
    }
    rows[id] = Returned(line: line, cells: cells)
    check(id, original, fault)
  }

  /// What a person chose for a row, in whatever case it was typed.
  func action(_ id: String) -> String {
    (cell(id, columns.actionColumn)?.text ?? "").lowercased().filter { !$0.isWhitespace }
  }

  /// Damage that cannot be undone, and words that are no action.
  private func check(_ id: String, _ original: Original, _ fault: (Int, String) -> Void) {
    let action = action(id)
    if !action.isEmpty, !FixColumns.actions.contains(action) {
      fault(columns.actionColumn, "\"\(action)\" is no action: one of \(FixColumns.actions.joined(separator: ", "))")
    }
    if action == "skip" || action == "accept-as-is" { return }
    for (column, text) in original.cells.enumerated() {
      if case .damaged(let reason) = verdict(id, column, text) { fault(column, reason) }
    }
  }

  /// What became of a cell of the source, whose text was `text`.
  func verdict(_ id: String, _ column: Int, _ text: String) -> CellVerdict {
    let message = originals[id].map { "; " + $0.locked[4] } ?? ""
    let isRefused = column < columns.headers.count && message.contains("; " + columns.headers[column] + ": ")
    let returned = cell(id, column)
    let verdict = CellVerdict.of(text, returned, isRefused: isRefused)
    guard case .edited(let now) = verdict, returned?.kind == .number, column < columns.headers.count else {
      return verdict
    }
    return .edited(Self.marked(now, isComma: commas.contains(columns.headers[column])))
  }

  /// A number cell's digits as its column writes numbers. Three decimals become four: they could be read as thousands.
  private static func marked(_ digits: String, isComma: Bool) -> String {
    guard let point = digits.firstIndex(of: "."), !digits.contains("E") else { return digits }
    let decimals = digits[digits.index(after: point)...]
    return digits[..<point] + (isComma ? "," : ".") + decimals + (decimals.count == 3 ? "0" : "")
  }

  func cell(_ id: String, _ column: Int) -> ReturnedCell? { rows[id]?.cells[column] }
}
