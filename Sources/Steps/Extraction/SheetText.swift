import CSV
import Glibc
import Records
import Spreadsheets

/// Turns a sheet into delimited text, a line for each of its rows, so that one way of reading tables serves all formats.
///
/// A number that a person could take for thousands (`1.234`) is written with one more zero, so that its decimal mark is
/// beyond doubt; percentages get their sign, amounts the currency of their format, identifiers its zeros. Errors are left blank and counted.
package struct SheetText {
  /// Begins a cell that spoils its row; the next byte says why.
  static let spoiled: UInt8 = 0
  static let brokenText = UInt8(ascii: "S")
  static let tooLong = UInt8(ascii: "L")

  private let output: Int32
  private var bytes: [UInt8] = []
  private var failed: Int32 = 0
  private var widest = 0
  private var row = 0
  private var blanks = 0
  /// Numbers that a format such as 00000 does not fit, and the first of them.
  private var unmasked = (count: 0, first: "")

  /// Blank cells between and beside filled ones, which a sheet of a few far cells would have without end.
  private static let blankLimit = 20_000_000

  private init(output: Int32) { self.output = output }

  /// Writes what a workbook says of itself, and the rows of the sheet of that number if one is given, each to its
  /// descriptor; gives an exit status: 0, 1 for a workbook that is refused (the report says why), 2 when writing fails.
  package static func write(
    _ source: Int32, sheet number: Int?, to output: Int32, report: Int32, temporary: String
  ) -> Int32 {
    var found = SheetReport()
    do throws(SpreadsheetError) {
      let book = try SpreadsheetFile(descriptor: source, temporary: temporary)
      found.kind = book.kind.rawValue
      found.sheets = book.sheets
      found.notes = book.notes.map { CSVNote(code: $0.code, text: $0.text) }
      if let sheet = book.sheets.first(where: { $0.number == number }) {
        var text = SheetText(output: output)
        try text.copy(book.reader(of: sheet), named: sheet.name, &found)
        if text.failed != 0 { return 2 }
      }
    } catch {
      found.refusal = SheetReport.Refusal(code: error.code, message: error.message, hint: error.hint)
      if case .oldFormat = error { found.refusal?.isConvertible = true }
    }
    let status: Int32 = found.refusal == nil ? 0 : 1
    var lines = found.text
    let code = lines.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: report) }
    return code == 0 ? status : 2
  }

  private mutating func copy(
    _ reader: SheetReader, named name: String, _ report: inout SheetReport
  ) throws(SpreadsheetError) {
    while failed == 0, try reader.next() {
      while row + 1 < reader.row { end() }
      write(reader)
      report.cells += reader.filled
      if blanks > Self.blankLimit, blanks / 100 > report.cells {
        throw .reference(
          sheet: name, place: "row \(row)",
          reason: "the cells stand too far apart: more than \(Self.blankLimit) blank ones between them")
      }
    }
    flush()
    report.rows = row
    report.width = widest
    let used = reader.merges.filter { $0.top <= row && $0.left < widest }
    report.merges = used.prefix(1000).map {
      CellRange(top: $0.top, left: $0.left, bottom: min($0.bottom, row), right: min($0.right, widest - 1))
    }
    report.notes += SheetNotes.of(reader, rows: row, width: widest)
    if unmasked.count > 0 {
      let cells = TableSurvey.count(unmasked.count, "cell")
      let text =
        "\(cells) with a format such as 00000 that does not fit, the first is \(unmasked.first): read as the number"
      report.notes.append(CSVNote(code: "W_FORMAT", text: text))
    }
  }

  private mutating func write(_ reader: SheetReader) {
    var column = 0
    for index in 0..<reader.filled {
      let cell = reader[index]
      while column < Int(cell.column) {
        bytes.append(0x2C)
        column += 1
      }
      append(reader, index, cell)
    }
    blanks += column + 1 - reader.filled
    widest = max(widest, column + 1)
    // Rows of one width are read faster; a lone wide row must not blow up all others.
    for _ in (column + 1)..<max(column + 1, min(widest, (column + 1) * 4 + 64)) { bytes.append(0x2C) }
    end()
  }

  private mutating func end() {
    bytes.append(0x0A)
    row += 1
    if bytes.count > 1 << 18 { flush() }
  }

  private mutating func flush() {
    if failed == 0 { failed = bytes.withUnsafeBytes { writeAll($0, to: output) } }
    bytes.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private mutating func append(_ reader: SheetReader, _ index: Int, _ cell: SheetCell) {
    let text = reader.text(index)
    switch cell.kind {
    case .text: quoted(text)
    case .number:
      if cell.format != 0 {
        formatted(text, reader.format(of: cell), column: Int(cell.column))
      } else {
        bytes.append(contentsOf: text)
        closeDecimals(text)
      }
    case .date, .dateTime, .time, .duration, .boolean: bytes.append(contentsOf: text)
    case .blank, .error: break
    case .brokenText:
      quoted([Self.spoiled, Self.brokenText] + text)
    case .tooLong:
      bytes += [Self.spoiled, Self.tooLong]
      bytes += Array(columnLetters(Int(cell.column)).utf8)
    }
  }

  /// `1.234` becomes `1.2340`.
  @inline(__always)
  private mutating func closeDecimals(_ text: UnsafeBufferPointer<UInt8>) {
    if text.count > 4, text[text.count - 4] == 0x2E { bytes.append(0x30) }
  }

  private mutating func formatted(_ text: UnsafeBufferPointer<UInt8>, _ format: NumberFormat, column: Int) {
    if format.kind == .percent { return percent(text) }
    if let mask = format.mask {
      if let masked = mask.text(text) { return quoted(masked) }
      if unmasked.count == 0 { unmasked.first = cellName(row: row + 1, column: column) }
      unmasked.count += 1
    }
    if let currency = format.currency {
      bytes += Array(currency.utf8)
      if currency.utf8.last.map({ $0 | 0x20 &- 0x61 < 26 || $0 >= 0x80 || $0 == 0x2E }) ?? false { bytes.append(0x20) }
    }
    bytes.append(contentsOf: text)
    let point = text.firstIndex(of: 0x2E)
    let decimals = point.map { text.count - $0 - 1 } ?? 0
    let wanted = min(format.decimals ?? 0, 9)
    if decimals < wanted, !text.contains(0x45) {
      if point == nil { bytes.append(0x2E) }
      for _ in decimals..<(wanted == 3 ? 4 : wanted) { bytes.append(0x30) }
    } else {
      closeDecimals(text)
    }
  }

  /// `0.035` becomes `3.5%`; the point moves, nothing is computed.
  private mutating func percent(_ text: UnsafeBufferPointer<UInt8>) {
    if text.contains(0x45) { return bytes.append(contentsOf: text) }
    if text[0] == 0x2D { bytes.append(0x2D) }
    let digits = text.filter { $0 &- 0x30 < 10 }
    let whole = text.drop { $0 == 0x2D }.prefix { $0 != 0x2E }.count + 2
    let padded = digits + Array(repeating: 0x30, count: max(0, whole - digits.count))
    let front = padded[..<whole].drop { $0 == 0x30 }
    bytes += front.isEmpty ? [0x30] : Array(front)
    if padded.count > whole { bytes += [0x2E] + padded[whole...] }
    bytes.append(0x25)
  }

  private mutating func quoted(_ text: [UInt8]) { text.withUnsafeBufferPointer { quoted($0) } }

  /// In quotes where the text holds what would cut it.
  @inline(__always)
  private mutating func quoted(_ text: UnsafeBufferPointer<UInt8>) {
    var cuts = false
    for byte in text where byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D { cuts = true }
    if !cuts { return bytes.append(contentsOf: text) }
    bytes.append(0x22)
    for byte in text {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}

/// What a person should know of a sheet's cells, with codes.
enum SheetNotes {
  static func of(_ reader: SheetReader, rows: Int, width: Int) -> [CSVNote] {
    let tally = reader.tally
    var notes: [CSVNote] = []
    func add(_ code: String, _ finding: CellFinding, _ what: String, _ consequence: String) {
      guard finding.count > 0 else { return }
      let shown = finding.text.isEmpty ? "" : " (\(finding.text))"
      let cells = TableSurvey.count(finding.count, "cell")
      notes.append(CSVNote(code: code, text: "\(cells) \(what), the first is \(finding.place)\(shown): \(consequence)"))
    }
    add("W_XLERR", tally.errors, "with an error", "read as blank")
    add("W_NO_RESULT", tally.uncalculated, "with a formula that was never calculated", "read as blank")
    add("W_PREC", tally.precision, "with a number of more than 15 digits", "a spreadsheet program keeps only 15")
    add("W_DATE_RANGE", tally.dateRange, "formatted as a date that there is not", "read as the number")
    add("W_FORMAT", tally.currencies, "in a currency that is none", "read as the number alone")
    add("W_CELL_TWICE", tally.repeated, "given twice in one row", "the last counts")
    if tally.hiddenRows > 0 {
      notes.append(
        CSVNote(code: "W_HIDDEN", text: "\(TableSurvey.count(tally.hiddenRows, "hidden row")), read like the others"))
    }
    let wide = reader.merges.filter { $0.bottom > rows || $0.right >= width }
    if let first = wide.first {
      notes.append(
        CSVNote(code: "W_MERGE", text: "cells merged as \(first.name), beyond the used ones: only those are looked at"))
    } else if reader.droppedMerges > 0 {
      notes.append(CSVNote(code: "W_MERGE", text: "\(reader.droppedMerges) merged ranges are left out"))
    }
    return notes
  }
}
