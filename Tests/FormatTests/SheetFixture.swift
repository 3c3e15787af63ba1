import Glibc
import Spreadsheets
import TestSupport

/// A workbook given as bytes, read whole: each filled cell as `D17 kind text`, with what is odd about it in brackets.
struct ReadBook {
  let kind: SpreadsheetFile.Kind
  let sheets: [SpreadsheetSheet]
  let notes: [String]
  /// The cells of each sheet that has some.
  private(set) var cells: [[String]] = []
  private(set) var merges: [[String]] = []
  private(set) var tallies: [SheetTally] = []
  private(set) var formats: [String: NumberFormat] = [:]

  init(_ bytes: [UInt8], _ limits: SpreadsheetLimits = SpreadsheetLimits()) throws {
    let folder = try TemporaryFolder()
    let file = open(try folder.write(bytes, to: "book"), O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    let book = try SpreadsheetFile(descriptor: file, temporary: folder.path, limits: limits)
    kind = book.kind
    sheets = book.sheets
    notes = book.notes.map { "\($0.code): \($0.text)" }
    for sheet in book.sheets where sheet.content == .cells { try read(book.reader(of: sheet)) }
  }

  private mutating func read(_ reader: SheetReader) throws {
    var texts: [String] = []
    while try reader.next() {
      for index in 0..<reader.filled {
        let cell = reader[index]
        let place = cellName(row: reader.row, column: Int(cell.column))
        var text = "\(place) \(cell.kind) \(String(decoding: reader.text(index), as: UTF8.self))"
        let marks: [(SheetCell.Flags, String)] = [
          (.formula, "formula"), (.precision, "precision"), (.dateRange, "range"),
        ]
        for (flag, name) in marks where cell.flags.contains(flag) { text += " [\(name)]" }
        texts.append(text)
        formats[place] = reader.format(of: cell)
      }
    }
    cells.append(texts)
    merges.append(reader.merges.map(\.name))
    tallies.append(reader.tally)
  }
}

/// The code and words a workbook is refused with, or `accepted`.
func refusal(_ bytes: [UInt8], _ limits: SpreadsheetLimits = SpreadsheetLimits()) -> String {
  do {
    _ = try ReadBook(bytes, limits)
    return "accepted"
  } catch let error as SpreadsheetError {
    return "\(error.code): \(error.message)"
  } catch {
    return "\(error)"
  }
}

/// The cells of one sheet, given its rows as XML.
func cells(_ rows: String, formats: [String] = [], strings: [String]? = nil, workbook: String = "") throws -> [String] {
  try ReadBook(TestBook([.init(rows)], formats: formats, strings: strings, workbook: workbook).bytes).cells[0]
}
