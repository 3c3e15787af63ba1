import Glibc

/// Takes the XML of a worksheet into rows; halts the parser after each that has a filled cell.
struct XLSXSheetSink: XMLSink {
  private enum State: UInt8 { case outside, data, row, cell, value, inline, text, aside }

  var control = XMLControl()
  private let sheet: String
  private let row: UnsafeMutablePointer<RowBuffer>
  private var strings: SharedStringLookup
  private let styles: UnsafePointer<UInt16>
  private let styleCount: Int
  private let formats: UnsafePointer<NumberFormat.Kind>
  private let uses1904: Bool
  private let limits: SpreadsheetLimits
  private(set) var merges = MergeList()

  private var state = State.outside
  private var asideFrom = State.outside
  private var asideDepth = 0
  private var inlineDepth = 0
  private var lastRow = 0
  private var hasRowNumber = false
  private var lastColumn = -1
  private var type = UInt8(ascii: "n")
  private var style = 0
  private var start = 0
  private var isFormula = false
  private var pieceStart = 0
  private var keepsSpace = false

  init(
    sheet: String, row: UnsafeMutablePointer<RowBuffer>, strings: SharedStrings, styles: StyleTable, uses1904: Bool,
    limits: SpreadsheetLimits
  ) {
    self.sheet = sheet
    self.row = row
    self.strings = strings.lookup
    self.styles = UnsafePointer(styles.formatOfStyle)
    styleCount = styles.count
    formats = UnsafePointer(styles.kinds)
    self.uses1904 = uses1904
    self.limits = limits
  }

  static var handlers: XMLHandlers {
    XMLHandlers(
      start: { XMLDelivery.start($0, $1, $2, to: XLSXSheetSink.self) },
      end: { user, _ in XMLDelivery.end(user, to: XLSXSheetSink.self) },
      text: { XMLDelivery.text($0, $1, $2, to: XLSXSheetSink.self) },
      doctype: { user, _, _, _, _ in XMLDelivery.doctype(user, to: XLSXSheetSink.self) })
  }

  @inline(__always)
  mutating func start(_ element: XMLElement) {
    let name = element.name
    switch state {
    case .cell:
      if name[1] == 0, name[0] == 0x76, type != 0x69 {
        state = .value
      } else if name[1] == 0, name[0] == 0x66 {
        isFormula = true
        goAside()
      } else if type == 0x69, element.isNamed("is") {
        state = .inline
        inlineDepth = control.depth
      } else {
        goAside()
      }
    case .row: if name[0] == 0x63, name[1] == 0 { beginCell(element) } else { goAside() }
    case .inline:
      if name[0] == 0x74, name[1] == 0 { beginText(element) } else if name[0] != 0x72 || name[1] != 0 { goAside() }
    case .data: if element.isNamed("row") { beginRow(element) } else { goAside() }
    case .outside:
      if element.isNamed("sheetData") {
        state = .data
      } else if element.isNamed("mergeCell"), let text = element["ref"], let range = CellRange(text) {
        merges.add(range, limits)
      }
    case .value, .text: goAside()
    case .aside: break
    }
  }

  @inline(__always)
  mutating func end() {
    switch state {
    case .value: state = .cell
    case .cell:
      endCell()
      state = .row
    case .row:
      state = .data
      endRow()
    case .text: endText()
    case .inline: if control.depth == inlineDepth { state = .cell }
    case .aside: if control.depth == asideDepth { state = asideFrom }
    case .data: state = .outside
    case .outside: break
    }
  }

  @inline(__always)
  mutating func text(_ bytes: UnsafePointer<CChar>, _ count: Int) {
    if state != .value && state != .text { return }
    if row.pointee.used + count > limits.rowBytes { return tooLarge() }
    row.pointee.append(bytes, count)
  }

  private mutating func beginText(_ element: XMLElement) {
    state = .text
    pieceStart = row.pointee.used
    keepsSpace = element.keepsSpace
  }

  private mutating func endText() {
    state = .inline
    if !keepsSpace { row.pointee.trim(from: pieceStart) }
  }

  private mutating func goAside() {
    asideFrom = state
    asideDepth = control.depth
    state = .aside
  }

  private mutating func tooLarge() {
    control.fail(.rowTooLarge(sheet: sheet, row: row.pointee.row, limit: limits.rowBytes))
  }

  private mutating func misplaced(_ place: String, _ reason: String) {
    control.fail(.reference(sheet: sheet, place: place, reason: reason))
  }

  private mutating func beginRow(_ element: XMLElement) {
    row.pointee.clear()
    lastColumn = -1
    state = .row
    let text = element["r"]
    hasRowNumber = text != nil
    var number = lastRow + 1
    if let text {
      guard let given = decimal(text) else { return misplaced("row \(String(cString: text))", "not a row number") }
      number = given
    }
    place(row: number)
    if let hidden = element["hidden"], hidden[0] == 0x31 || hidden[0] == 0x74 { row.pointee.tally.hiddenRows += 1 }
  }

  private mutating func place(row number: Int) {
    if number < 1 || number > limits.rows {
      return misplaced("row \(number)", "a sheet has rows 1 to \(limits.rows)")
    }
    if number <= lastRow { return misplaced("row \(number)", "stands after row \(lastRow)") }
    row.pointee.row = number
  }

  @inline(__always)
  private mutating func beginCell(_ element: XMLElement) {
    state = .cell
    start = row.pointee.used
    isFormula = false
    type = 0x6E
    style = 0
    var reference: UnsafePointer<CChar>?
    element.each { key, value in
      if key[1] == 0 {
        switch key[0] {
        case 0x72: reference = value
        case 0x73: style = decimal(value) ?? 0
        case 0x74: type = Self.typeLetter(value)
        default: break
        }
      }
    }
    guard let reference else {
      lastColumn += 1
      if lastColumn >= limits.columns { outside("column \(lastColumn + 1)") }
      return
    }
    var at = reference
    guard let place = CellReference(&at), at[0] == 0 else {
      return misplaced("cell \(String(cString: reference))", "not the name of a cell")
    }
    if place.column >= limits.columns || place.row > limits.rows || place.row < 1 {
      return outside("cell \(String(cString: reference))")
    }
    if place.row != row.pointee.row {
      if hasRowNumber || lastColumn >= 0 {
        return misplaced("cell \(String(cString: reference))", "stands in row \(row.pointee.row)")
      }
      self.place(row: place.row)
    }
    lastColumn = place.column
  }

  private mutating func outside(_ place: String) {
    misplaced(place, "out of range: a sheet has \(limits.columns) columns and \(limits.rows) rows")
  }

  /// `s`, `i` for inlineStr, `S` for str, `b`, `e`, `d`; `n` for a number.
  private static func typeLetter(_ type: UnsafePointer<CChar>) -> UInt8 {
    let first = UInt8(bitPattern: type[0])
    if first == 0x73 { return type[1] == 0 ? 0x73 : 0x53 }
    return first == 0 ? 0x6E : first
  }

  private mutating func endRow() {
    lastRow = row.pointee.row
    if row.pointee.count == 0 { return }
    row.pointee.finish()
    control.halt()
  }

  @inline(__always)
  private mutating func endCell() {
    let flags: SheetCell.Flags = isFormula ? .formula : []
    let length = row.pointee.used - start
    if length == 0 {
      if isFormula { row.pointee.add(column: lastColumn, .blank, flags, format: 0, start: start) }
      return
    }
    switch type {
    case 0x73: shared(flags)
    case 0x6E: number(flags)
    case 0x69, 0x53: text(flags)
    default: other(flags)
    }
  }

  private mutating func shared(_ flags: SheetCell.Flags) {
    var index = 0
    for at in start..<row.pointee.used {
      let byte = row.pointee.bytes[at]
      guard byte &- 0x30 < 10, index < 1_000_000_000 else {
        index = -1
        break
      }
      index = index &* 10 &+ Int(byte &- 0x30)
    }
    let digits = row.pointee.used
    let outcome = strings.append(index, to: &row.pointee)
    if row.pointee.used > limits.rowBytes { return tooLarge() }
    if outcome == .missing {
      row.pointee.add(column: lastColumn, .brokenText, flags, format: format, start: start)
    } else if row.pointee.used > digits {
      let kind: SheetCell.Kind = outcome == .cut ? .tooLong : .text
      row.pointee.add(column: lastColumn, kind, flags, format: format, start: digits)
    }
  }

  private mutating func text(_ flags: SheetCell.Flags) {
    let base = row.pointee.bytes + start
    let whole = TextEscapes.undo(base, count: row.pointee.used - start)
    let kept = TextEscapes.cut(base, count: whole, limit: limits.cellCharacters)
    row.pointee.used = start + kept
    row.pointee.add(column: lastColumn, kept < whole ? .tooLong : .text, flags, format: format, start: start)
  }

  private mutating func other(_ flags: SheetCell.Flags) {
    let bytes = UnsafeBufferPointer(start: row.pointee.bytes + start, count: row.pointee.used - start)
    switch type {
    case 0x62:
      let isTrue = bytes[0] == 0x31 || bytes[0] | 0x20 == 0x74
      row.pointee.used = start
      row.pointee.append(isTrue ? "TRUE" : "FALSE")
      row.pointee.add(column: lastColumn, .boolean, flags, format: format, start: start)
    case 0x65: row.pointee.add(column: lastColumn, .error, flags, format: format, start: start)
    case 0x64:
      guard let date = SerialDate.iso(String(decoding: bytes, as: UTF8.self)) else { return text(flags) }
      row.pointee.used = start
      row.pointee.append(date.text)
      row.pointee.add(column: lastColumn, date.kind, flags, format: format, start: start)
    default: text(flags)
    }
  }

  private var format: UInt16 { style >= 0 && style < styleCount ? styles[style] : 0 }

  @inline(__always)
  private mutating func number(_ flags: SheetCell.Flags) {
    let format = format
    let bytes = UnsafeBufferPointer(start: row.pointee.bytes + start, count: row.pointee.used - start)
    let kind = formats[Int(format)]
    if kind.rawValue < NumberFormat.Kind.date.rawValue, DecimalText.isCanonical(bytes) {
      return row.pointee.add(column: lastColumn, .number, flags, format: format, start: start)
    }
    row.pointee.addNumber(bytes, kind, flags, column: lastColumn, format: format, start: start, uses1904: uses1904)
  }
}

extension RowBuffer {
  /// Adds a cell for a number as the file has it, its bytes being the last of the row.
  mutating func addNumber(
    _ bytes: UnsafeBufferPointer<UInt8>, _ kind: NumberFormat.Kind, _ flags: SheetCell.Flags, column: Int,
    format: UInt16, start: Int, uses1904: Bool
  ) {
    var flags = flags
    guard let value = DecimalText(bytes) else {
      return add(column: column, .error, flags, format: format, start: start)
    }
    if kind.rawValue >= NumberFormat.Kind.date.rawValue {
      if let date = SerialDate.text(value, kind, uses1904: uses1904) {
        if date.isOutside { flags.insert(.dateRange) }
        used = start
        append(date.text)
        return add(column: column, date.kind, flags, format: format, start: start)
      }
      flags.insert(.dateRange)
    }
    if value.isBeyondPrecision { flags.insert(.precision) }
    if value.isBeyondPrecision, value.isPlainWhole {
      trim(from: start)
    } else {
      used = start
      value.write(to: &self)
    }
    add(column: column, .number, flags, format: format, start: start)
  }
}

/// Merged ranges, as many as are worth keeping.
struct MergeList {
  private(set) var ranges: [CellRange] = []
  private(set) var dropped = 0

  mutating func add(_ range: CellRange, _ limits: SpreadsheetLimits) {
    if range.top == range.bottom, range.left == range.right { return }
    if ranges.count == limits.merges || range.bottom > limits.rows || range.right >= limits.columns {
      dropped += 1
    } else {
      ranges.append(range)
    }
  }
}
