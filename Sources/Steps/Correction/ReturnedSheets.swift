import Domain
import Glibc
import Records
import Spreadsheets

/// The sheets of a returned workbook as lines of JSON, so that what unpacks and parses it is another process than what
/// judges it.
package struct ReturnedSheets: ~Copyable {
  /// Runs the reader where its end is not ours: on the descriptor of a workbook, into that of a text. Gives words on how it
  /// broke off, nil otherwise.
  package typealias Reading = (_ workbook: Int32, _ text: Int32) -> String?

  /// A row with a filled cell; cells by column of the sheet, from 0.
  struct Row {
    let row: Int
    let cells: [(column: Int, cell: ReturnedCell)]
  }

  private static let names = [FixColumns.meta, FixColumns.originals, FixColumns.sheet, FixColumns.unmapped]
  private let text: Int32

  /// Takes over `text`, a file that can be read again, for the lines.
  package init(_ workbook: Int32, text: Int32, read: Reading) throws {
    self.text = text
    let broken = read(workbook, text)
    var isWhole = false
    try lines { line in
      let json = JSON.parse(line)
      if let message = json?["message"]?.text {
        throw CorrectionError.notReadable(message, hint: json?["hint"]?.text ?? "")
      }
      isWhole = json?["end"] != nil
    }
    if !isWhole {
      throw CorrectionError.notReadable(
        "the reader of workbooks \(broken ?? "left no end of its text")",
        hint: "open the file in a spreadsheet program and save it as XLSX, then run this again")
    }
  }

  deinit { close(text) }

  private func lines(_ body: (Bytes) throws -> Void) throws {
    lseek(text, 0, SEEK_SET)
    var reader = LineReader(descriptor: text)
    while let line = try reader.next() { try body(line) }
  }

  /// Lends the rows of a sheet in order; false when there is no such sheet.
  func rows(of name: String, _ body: (Row) throws -> Void) throws -> Bool {
    var isThere = false
    var isInside = false
    try lines { line in
      if line.first == UInt8(ascii: "{") {
        isInside = JSON.parse(line)?["sheet"]?.text == name
        isThere = isThere || isInside
      } else if isInside, let row = Self.row(JSON.parse(line)?.items ?? []) {
        try body(row)
      }
    }
    return isThere
  }

  /// `[17, 0, "text", false, "Lumen", ...]`: the row, then of each cell column, kind, whether a formula gave it, and text.
  private static func row(_ items: [JSON]) -> Row? {
    guard let number = items.first?.int else { return nil }
    var cells: [(Int, ReturnedCell)] = []
    for start in stride(from: 1, to: items.count - 3, by: 4) {
      guard let column = items[start].int, let kind = items[start + 1].text.flatMap(ReturnedCell.Kind.init),
        let text = items[start + 3].text
      else { return nil }
      cells.append((column, ReturnedCell(kind, text, isFormula: items[start + 2].bool == true)))
    }
    return Row(row: number, cells: cells)
  }

  // MARK: The other process

  /// Writes the sheets, or why there are none; gives an exit status: 0, 1 for a workbook that is refused, 2 when writing
  /// fails.
  package static func write(_ workbook: Int32, to text: Int32, temporary: String) -> Int32 {
    var out = ByteWriter(descriptor: text)
    var status: Int32 = 0
    do throws(SpreadsheetError) {
      let book = try SpreadsheetFile(descriptor: workbook, temporary: temporary)
      for name in names {
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
    out.byte(UInt8(ascii: "["))
    out.integer(reader.row)
    for index in 0..<reader.filled {
      let cell = reader[index]
      out.raw(",")
      out.integer(Int(cell.column))
      out.raw(",\"\(kind(cell))\",\(cell.flags.contains(.formula)),")
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
