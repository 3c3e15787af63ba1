import Records
import Workbooks

/// A workbook to correct that came back: what it is about, the rows as they were, and the rows as they are now.
///
/// Rows may have been sorted, filtered or deleted; they are known by `_row_id`. Locked cells that were touched, rows that
/// were added, and cells a program damaged beyond telling are faults, each named by its cell. Of each row only its places in
/// the text of the sheets are held.
package struct ReturnedWorkbook {
  /// One thing that keeps the workbook from being taken, at a cell.
  package struct Fault: Equatable, Sendable {
    package let cell: String
    package let reason: String
  }

  /// Where a row stands in the text, as it was and as it is.
  private struct Entry {
    let row: Int
    let original: ReturnedSheets.Place
    var returned: ReturnedSheets.Place?
    /// Of the sheet Fix.
    var line = 0
  }

  let meta: [String: String]
  let columns: FixColumns
  private let book: ReturnedSheets
  /// Headers of columns that are shown to write a decimal comma.
  private let commas: Set<String>
  private var entries: [String: Entry] = [:]
  /// Our columns by those of the sheet Fix.
  private var places: [Int: Int] = [:]
  /// In the order of the source.
  private(set) var order: [String] = []
  package private(set) var faults: [Fault] = []
  private(set) var decisions: [ColumnDecision] = []

  /// `path` is what a message calls the file.
  package init(descriptor: Int32, path: String, text: Int32, read: ReturnedSheets.Reading) throws {
    switch GivenFile(descriptor) {
    case .text, .empty: throw CorrectionError.tableForWorkbook(path: path)
    case .stream: throw CorrectionError.rejectsForWorkbook(path: path)
    case .container: break
    }
    book = try ReturnedSheets(descriptor, text: text, read: read)
    let meta = try Self.readMeta(book)
    self.meta = meta
    guard meta["version"] == "1", let names = meta["headers"].flatMap({ JSON.parse($0) })?.items.compactMap(\.text)
    else { throw CorrectionError.notOurs }
    let evidence = meta["evidence"].flatMap { JSON.parse($0) }?.items ?? []
    commas = Set(evidence.filter { $0["decimal"]?.text == "comma" }.compactMap { $0["name"]?.text })
    columns = FixColumns(headers: names, hasExtra: meta["extra"] == "yes")
    try readOriginals()
    try readRows()
    try readDecisions()
  }

  /// The sheet may be missing: then nothing was decided.
  private mutating func readDecisions() throws {
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

  private func rows(of name: String, _ body: (ReturnedSheets.Row) throws -> Void) throws {
    if try !book.rows(of: name, body) { throw CorrectionError.missingSheet(name, among: book.names) }
  }

  /// The text of a row's cells after the first, joined: long ones were cut into pieces.
  private static func joined(_ row: ReturnedSheets.Row) -> String {
    row.cells.filter { $0.column > 0 }.map(\.cell.text).joined()
  }

  private static func readMeta(_ book: ReturnedSheets) throws -> [String: String] {
    var meta: [String: String] = [:]
    let isThere = try book.rows(of: FixColumns.meta) { row in
      if let first = row.cells.first, first.column == 0 { meta[first.cell.text] = joined(row) }
    }
    if !isThere { throw CorrectionError.notOurs }
    return meta
  }

  private func original(_ row: ReturnedSheets.Row) -> OriginalRow? {
    var packed = Self.joined(row)
    return packed.withUTF8 { JSON.strings($0) }.flatMap { OriginalRow($0, columns: columns.headers.count) }
  }

  /// The sheet out of sight has to be whole: its seals, in any order, give the seal of the workbook.
  private mutating func readOriginals() throws {
    var seals: [String] = []
    var found: [String: Entry] = [:]
    try rows(of: FixColumns.originals) { row in
      guard row.row > 1, let original = original(row) else { return }
      seals.append(original.seal)
      found[original.id] = Entry(row: original.row, original: row.place)
    }
    guard WorkbookSeal.of(seals) == meta["seal"] else { throw CorrectionError.brokenSeal }
    entries = found
    order = found.sorted { $0.value.row < $1.value.row }.map(\.key)
  }

  // MARK: The sheet that was edited

  private mutating func readRows() throws {
    var isHeaded = false
    var problem: CorrectionError?
    var names: [Int: Int] = [:]
    var header = 0
    var moved = MovedColumns(columns: columns.headers.count)
    try rows(of: FixColumns.sheet) { row in
      if isHeaded { return try take(row, names, &moved) }
      do throws(CorrectionError) {
        places = try headings(row)
        names = Dictionary(places.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        isHeaded = true
        header = row.row
      } catch {
        problem = problem ?? error
      }
    }
    if let problem, !isHeaded { throw problem }
    for (column, cells) in moved.found {
      let place = CellPlace(row: header - 1, column: names[column] ?? column)
      faults.append(
        Fault(
          cell: place.description,
          reason:
            "\(cells) cells of the column \(columns.headers[column]) hold the texts of other rows, as if it had been"
            + " sorted by itself: sort all columns together, the grey ones too"))
    }
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

  private func cells(_ row: ReturnedSheets.Row) -> [ReturnedCell?] {
    var cells = [ReturnedCell?](repeating: nil, count: columns.count)
    for (place, cell) in row.cells { if let column = places[place] { cells[column] = cell } }
    return cells
  }

  /// `names` are the places of our columns on the sheet.
  private mutating func take(_ row: ReturnedSheets.Row, _ names: [Int: Int], _ moved: inout MovedColumns) throws {
    let cells = cells(row)
    if cells.allSatisfy({ $0 == nil }) { return }
    func fault(_ column: Int, _ reason: String) {
      let place = CellPlace(row: row.row - 1, column: names[column] ?? column)
      faults.append(Fault(cell: place.description, reason: reason))
    }
    let id = cells[columns.firstLocked]?.text ?? ""
    guard let entry = entries[id] else {
      let meant = FixColumns.rowID(Int(cells[columns.firstLocked + 1]?.text ?? "") ?? 0)
      let isKnown = entries[meant] != nil
      let reason =
        id.isEmpty && !isKnown
        ? "a row without _row_id: rows cannot be added here, put them into the source"
        : "no row \(id.isEmpty ? "without _row_id" : id) was written"
          + (isKnown ? ": by its _source_row it was \(meant)" : "")
      return fault(columns.firstLocked, reason)
    }
    if entry.returned != nil {
      return fault(columns.firstLocked, "row \(id) is there twice, also in line \(entry.line)")
    }
    entries[id]?.returned = row.place
    entries[id]?.line = row.row
    guard let original = original(try book.row(at: entry.original)) else { throw CorrectionError.brokenSeal }
    let returned = ReturnedRow(original: original, columns: columns, commas: commas, cells: cells)
    moved.add(original.cells, cells)
    for found in returned.faults { fault(found.column, found.reason) }
  }

  /// A row as it was, and as it is now: nil where it was deleted.
  func row(_ id: String) throws -> (original: OriginalRow, returned: ReturnedRow?) {
    guard let entry = entries[id], let original = original(try book.row(at: entry.original)) else {
      throw CorrectionError.brokenSeal
    }
    let returned = try entry.returned.map {
      ReturnedRow(original: original, columns: columns, commas: commas, cells: cells(try book.row(at: $0)))
    }
    return (original, returned)
  }
}
