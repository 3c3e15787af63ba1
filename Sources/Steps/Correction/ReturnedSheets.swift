import Domain
import Glibc
import Records
import Spreadsheets

/// The sheets of a returned workbook as lines of JSON, so that what unpacks and parses it is another process than what
/// judges it.
///
/// Lines stay in their file and are read from there, in order or one by one: memory does not grow with the rows.
package final class ReturnedSheets {
  /// Runs the reader where its end is not ours: on the descriptor of a workbook, into that of a text. Gives words on how it
  /// broke off, nil otherwise.
  package typealias Reading = (_ workbook: Int32, _ text: Int32) -> String?

  /// Where a line stands in the file.
  struct Place {
    let offset: Int
    let length: Int
  }

  /// A row with a filled cell; cells by column of the sheet, from 0.
  struct Row {
    let row: Int
    let place: Place
    let cells: [(column: Int, cell: ReturnedCell)]
  }

  private static let wanted = [FixColumns.meta, FixColumns.originals, FixColumns.sheet, FixColumns.unmapped]
  private let text: Int32
  /// Of the first row of each sheet that was read.
  private var starts: [String: Int] = [:]
  /// Of every sheet of the workbook that is not hidden.
  private(set) var names: [String] = []
  private var buffer: [UInt8] = []

  /// Takes over `text`, a file that can be read again, for the lines.
  package init(_ workbook: Int32, text: Int32, read: Reading) throws {
    self.text = text
    let broken = read(workbook, text)
    var isWhole = false
    try lines(from: 0) { line, place in
      isWhole = false
      guard line.first == UInt8(ascii: "{") else { return true }
      let json = JSON.parse(line)
      if let message = json?["message"]?.text {
        throw CorrectionError.notReadable(message, hint: json?["hint"]?.text ?? "")
      }
      if let name = json?["sheet"]?.text { starts[name] = place.offset + place.length + 1 }
      if let all = json?["sheets"]?.items { names = all.compactMap(\.text) }
      isWhole = json?["end"] != nil
      return true
    }
    if !isWhole {
      throw CorrectionError.notReadable(
        "the reader of workbooks \(broken ?? "left no end of its text")",
        hint: "open the file in a spreadsheet program and save it as XLSX, then run this again")
    }
  }

  deinit { close(text) }

  /// Lends lines with their places until `body` answers false.
  private func lines(from start: Int, _ body: (Bytes, Place) throws -> Bool) throws {
    var offset = start
    lseek(text, start, SEEK_SET)
    var reader = LineReader(descriptor: text)
    while let line = try reader.next() {
      if try !body(line, Place(offset: offset, length: line.count)) { return }
      offset += line.count + 1
    }
  }

  /// Lends the rows of a sheet in order; false when there is no such sheet.
  func rows(of name: String, _ body: (Row) throws -> Void) throws -> Bool {
    guard let start = starts[name] else { return false }
    try lines(from: start) { line, place in
      guard line.first == UInt8(ascii: "[") else { return false }
      if let row = Self.row(line, place) { try body(row) }
      return true
    }
    return true
  }

  /// A row that `rows` lent before.
  func row(at place: Place) throws -> Row {
    if buffer.count < place.length { buffer = Array(repeating: 0, count: place.length) }
    var done = 0
    while done < place.length {
      let count = buffer.withUnsafeMutableBytes {
        pread(text, $0.baseAddress.map { $0 + done }, place.length - done, place.offset + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw WireError.input(errno: count < 0 ? errno : EIO) }
      done += count
    }
    let row = buffer.withUnsafeBufferPointer { Self.row(Bytes(rebasing: $0[..<place.length]), place) }
    guard let row else { throw WireError.input(errno: EIO) }
    return row
  }

  /// `["17","0","text","Lumen",...]`: the row, then of each cell column, kind with `=` where a formula gave it, and text.
  private static func row(_ line: Bytes, _ place: Place) -> Row? {
    guard let items = JSON.strings(line), let number = items.first.flatMap({ Int($0) }) else { return nil }
    var cells: [(Int, ReturnedCell)] = []
    cells.reserveCapacity(items.count / 3)
    for start in stride(from: 1, to: items.count - 2, by: 3) {
      let isFormula = items[start + 1].utf8.last == UInt8(ascii: "=")
      guard let column = Int(items[start]),
        let kind = ReturnedCell.Kind(rawValue: isFormula ? String(items[start + 1].dropLast()) : items[start + 1])
      else { return nil }
      cells.append((column, ReturnedCell(kind, items[start + 2], isFormula: isFormula)))
    }
    return Row(row: number, place: place, cells: cells)
  }

  // MARK: The other process

  /// Writes the sheets, or why there are none; gives an exit status: 0, 1 for a workbook that is refused, 2 when writing
  /// fails.
  package static func write(_ workbook: Int32, to text: Int32, temporary: String) -> Int32 {
    var out = ByteWriter(descriptor: text)
    var status: Int32 = 0
    do throws(SpreadsheetError) {
      let book = try SpreadsheetFile(descriptor: workbook, temporary: temporary)
      let shown = book.sheets.filter { $0.visibility == .visible }.map { JSON.string($0.name) }
      out.raw(JSON.fields([("sheets", .array(shown))]).line + "\n")
      for name in wanted {
        guard let sheet = book.sheets.first(where: { $0.name == name }) else { continue }
        out.raw(JSON.fields([("sheet", .string(name))]).line + "\n")
        let reader = try book.reader(of: sheet)
        while try reader.next() { write(reader, &out) }
      }
      out.raw("{\"end\":true}\n")
    } catch {
      status = 1
      out.raw("\n" + JSON.fields([("message", .string(error.message)), ("hint", .string(error.hint))]).line + "\n")
    }
    return (try? out.flush()) == nil ? 2 : status
  }

  private static func write(_ reader: SheetReader, _ out: inout ByteWriter) {
    out.raw("[\"")
    out.integer(reader.row)
    out.byte(UInt8(ascii: "\""))
    for index in 0..<reader.filled {
      let cell = reader[index]
      out.raw(",\"")
      out.integer(Int(cell.column))
      out.raw("\",\"")
      out.raw(kind(cell).rawValue)
      out.raw(cell.flags.contains(.formula) ? "=\"," : "\",")
      out.string(reader.text(index))
    }
    out.raw("]\n")
  }

  private static func kind(_ cell: SheetCell) -> ReturnedCell.Kind {
    switch cell.kind {
    case .text, .blank, .time, .duration: .text
    case .number: .number
    case .date, .dateTime: .date
    case .boolean: .boolean
    case .error: .error
    case .brokenText, .tooLong: .broken
    }
  }
}
