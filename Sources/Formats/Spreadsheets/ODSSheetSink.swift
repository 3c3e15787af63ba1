import Glibc

/// Takes the content of an OpenDocument spreadsheet into the rows of one of its sheets; halts the parser after each that
/// has a filled cell.
struct ODSSheetSink: XMLSink {
  private enum State: UInt8 { case outside, body, table, row, cell, paragraph, aside }

  var control = XMLControl()
  private let sheet: String
  private let number: Int
  private let row: UnsafeMutablePointer<RowBuffer>
  private let limits: SpreadsheetLimits
  private(set) var merges = MergeList()
  private(set) var formats = ODSFormats()

  private var state = State.outside
  private var asideFrom = State.outside
  private var asideDepth = 0
  private var tableDepth = 0
  private var paragraphDepth = 0
  private var tables = 0
  private var nextRow = 1
  private var rowRepeats = 1
  private var column = 0
  private var repeated = 0
  private var cell = ODSCell()
  private var start = 0
  private var paragraphs = 0
  private var paragraphStart = 0
  /// Whether the text so far ends in white space that XML collapses, unlike that of `<text:s/>`.
  private var endsInBlank = false

  init(sheet: String, number: Int, row: UnsafeMutablePointer<RowBuffer>, limits: SpreadsheetLimits) {
    self.sheet = sheet
    self.number = number
    self.row = row
    self.limits = limits
  }

  static var handlers: XMLHandlers {
    XMLHandlers(
      start: { XMLDelivery.start($0, $1, $2, to: ODSSheetSink.self) },
      end: { user, _ in XMLDelivery.end(user, to: ODSSheetSink.self) },
      text: { XMLDelivery.text($0, $1, $2, to: ODSSheetSink.self) },
      doctype: { user, _, _, _, _ in XMLDelivery.doctype(user, to: ODSSheetSink.self) })
  }

  mutating func start(_ element: XMLElement) {
    switch state {
    case .paragraph: inParagraph(element)
    case .cell:
      if element.isNamed("p") { beginParagraph() } else { goAside() }
    case .row:
      if element.isNamed("table-cell") || element.isNamed("covered-table-cell") {
        beginCell(element)
      } else {
        goAside()
      }
    case .table:
      if element.isNamed("table-row") {
        beginRow(element)
      } else if !Self.isRowGroup(element) {
        goAside()
      }
    case .body:
      guard element.isNamed("table") else { return goAside() }
      tables += 1
      if tables == number { beginTable() } else { goAside() }
    case .outside: if element.isNamed("spreadsheet") { state = .body }
    case .aside: break
    }
  }

  private static func isRowGroup(_ element: XMLElement) -> Bool {
    element.isNamed("table-row-group") || element.isNamed("table-header-rows") || element.isNamed("table-rows")
  }

  private mutating func beginTable() {
    tableDepth = control.depth
    state = .table
  }

  private mutating func goAside() {
    asideFrom = state
    asideDepth = control.depth
    state = .aside
  }

  mutating func end() {
    switch state {
    case .paragraph: if control.depth == paragraphDepth { state = .cell }
    case .cell: endCell()
    case .row: endRow()
    case .table: if control.depth == tableDepth { state = .body }
    case .aside: if control.depth == asideDepth { state = asideFrom }
    case .body, .outside: break
    }
  }

  mutating func text(_ bytes: UnsafePointer<CChar>, _ count: Int) {
    guard state == .paragraph else { return }
    if cell.hasText { return cell.show(bytes, count) }
    if row.pointee.used + count > limits.rowBytes { return tooLarge() }
    for index in 0..<count {
      let byte = UInt8(bitPattern: bytes[index])
      if byte > 0x20 {
        row.pointee.append(byte)
        endsInBlank = false
      } else if row.pointee.used > paragraphStart, !endsInBlank {
        row.pointee.append(0x20)
        endsInBlank = true
      }
    }
  }

  private mutating func tooLarge() {
    control.fail(.rowTooLarge(sheet: sheet, row: nextRow, limit: limits.rowBytes))
  }

  private mutating func inParagraph(_ element: XMLElement) {
    if cell.hasText {
      if element.isNamed("annotation") || element.isNamed("note") { goAside() }
    } else if element.isNamed("s") {
      endsInBlank = false
      for _ in 0..<min(max(1, element.int("c") ?? 1), limits.cellCharacters) { row.pointee.append(0x20) }
      if row.pointee.used > limits.rowBytes { tooLarge() }
    } else if element.isNamed("tab") {
      endsInBlank = false
      row.pointee.append(9)
    } else if element.isNamed("line-break") {
      endsInBlank = false
      row.pointee.append(10)
    } else if element.isNamed("annotation") || element.isNamed("note") || element.isNamed("frame") {
      goAside()
    }
  }

  private mutating func beginParagraph() {
    if paragraphs > 0, !cell.hasText { row.pointee.append(10) }
    paragraphs += 1
    paragraphStart = row.pointee.used
    endsInBlank = false
    paragraphDepth = control.depth
    state = .paragraph
  }

  private mutating func beginRow(_ element: XMLElement) {
    row.pointee.clear()
    state = .row
    column = 0
    rowRepeats = max(1, element.int("number-rows-repeated") ?? 1)
    row.pointee.row = nextRow
    if let visibility = element["visibility"], strcmp(visibility, "visible") != 0 { row.pointee.tally.hiddenRows += 1 }
  }

  private mutating func endRow() {
    state = .table
    let filled = row.pointee.count
    if filled > 0 {
      let last = nextRow + rowRepeats - 1
      if last > limits.rows {
        return control.fail(
          .reference(sheet: sheet, place: "row \(last)", reason: "a sheet has rows 1 to \(limits.rows)"))
      }
      repeated += filled * (rowRepeats - 1)
      if repeated > limits.repeatedCells { return tooManyRepeated() }
      row.pointee.repeats = rowRepeats - 1
      row.pointee.finish()
      control.halt()
    }
    nextRow = min(nextRow + rowRepeats, 1 << 40)
  }

  private mutating func tooManyRepeated() {
    control.fail(
      .bomb(
        part: control.part,
        reason: "row \(nextRow) repeats filled cells, beyond \(limits.repeatedCells) on the sheet"))
  }

  private mutating func beginCell(_ element: XMLElement) {
    state = .cell
    cell = ODSCell(element)
    start = row.pointee.used
    paragraphs = 0
    if cell.spansColumns > 1 || cell.spansRows > 1 {
      merges.add(
        CellRange(
          top: nextRow, left: column, bottom: nextRow + cell.spansRows - 1, right: column + cell.spansColumns - 1),
        limits)
    }
  }

  private mutating func endCell() {
    state = .row
    let first = row.pointee.count
    let from = column
    if !cell.value.isEmpty { row.pointee.used = start }
    if column < limits.columns {
      cell.add(to: &row.pointee, column: column, start: start, formats: &formats, limits: limits)
    }
    column = min(column + cell.repeats, 1 << 30)
    if row.pointee.used > limits.rowBytes { return tooLarge() }
    if row.pointee.count == first { return }
    if from + cell.repeats > limits.columns {
      return control.fail(
        .reference(
          sheet: sheet, place: "row \(nextRow), column \(from + cell.repeats)",
          reason: "out of range: a sheet has \(limits.columns) columns"))
    }
    repeated += cell.repeats - 1
    if repeated > limits.repeatedCells { return tooManyRepeated() }
    var copy = row.pointee.cells[first]
    for column in (from + 1)..<(from + cell.repeats + 1) where column < from + cell.repeats {
      copy.column = Int32(column)
      row.pointee.add(copy)
    }
  }
}
