import Glibc
import Spreadsheets
import Workbooks

/// A workbook taken apart into its cells, to be edited and written again the way a spreadsheet program would.
package struct WorkbookCopy {
  package enum Cell: Equatable, Sendable {
    case blank
    case text(String)
    case number(Int64, decimals: Int)
    /// Days since 1970-01-01.
    case date(Int)
    /// A formula with its cached text, an error value included.
    case formula(String, shows: String)

    package var text: String {
      if case .text(let text) = self { return text }
      return ""
    }
  }

  package struct Sheet: Sendable {
    package var name: String
    package var rows: [[Cell]]

    /// The place of a header in the first row.
    package func column(_ header: String) -> Int? { rows.first?.firstIndex(of: .text(header)) }

    package func text(_ row: Int, _ header: String) -> String {
      guard let column = column(header), column < rows[row].count else { return "" }
      return rows[row][column].text
    }

    package mutating func set(_ row: Int, _ header: String, _ cell: Cell) {
      guard let column = column(header) else { return }
      while rows[row].count <= column { rows[row].append(.blank) }
      rows[row][column] = cell
    }
  }

  package var sheets: [Sheet]

  /// A workbook of one sheet of texts.
  package init(_ rows: [[String]], sheet: String) {
    sheets = [Sheet(name: sheet, rows: rows.map { $0.map { .text($0) } })]
  }

  /// Reads every sheet; numbers and dates become text, since our own workbooks to correct hold none where it matters.
  package init(_ path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { throw SystemFailure("open", path) }
    defer { close(file) }
    let book = try SpreadsheetFile(descriptor: file, temporary: "/tmp")
    sheets = try book.sheets.map { sheet in
      let reader = try book.reader(of: sheet)
      var rows: [[Cell]] = []
      while try reader.next() {
        while rows.count < reader.row - 1 { rows.append([]) }
        var cells = [Cell](repeating: .blank, count: reader.width)
        for index in 0..<reader.filled {
          cells[Int(reader[index].column)] = .text(String(decoding: reader.text(index), as: UTF8.self))
        }
        rows.append(cells)
      }
      return Sheet(name: sheet.name, rows: rows)
    }
  }

  package subscript(_ name: String) -> Sheet {
    get { sheets.first { $0.name == name } ?? Sheet(name: name, rows: []) }
    set {
      if let place = sheets.firstIndex(where: { $0.name == name }) { sheets[place] = newValue }
    }
  }

  package func write(_ path: String) throws {
    let workbook = try Workbook(
      path: path, properties: Workbook.Properties(title: "copy", subject: "", author: "test", createdDay: 20_000))
    for sheet in sheets {
      let target = try workbook.addSheet(sheet.name)
      for (row, cells) in sheet.rows.enumerated() {
        for (column, cell) in cells.enumerated() { try Self.write(cell, target, row, column) }
      }
    }
    try workbook.close()
  }

  private static func write(_ cell: Cell, _ sheet: WorkbookSheet, _ row: Int, _ column: Int) throws {
    switch cell {
    case .blank: return
    case .text(let text): try sheet.text(row, column, text)
    case .number(let value, let decimals):
      try sheet.number(row, column, DecimalNumber(minor: value, exponent: decimals), .plain)
    case .date(let day): try sheet.date(row, column, day: day)
    case .formula(let formula, let shown): try sheet.formula(row, column, formula, cached: shown)
    }
  }

  /// Whether an office suite is here that saves workbooks again.
  package static let hasOffice = (try? run("/bin/sh", ["-c", "command -v soffice"]))?.status == 0

  /// Opens and saves a workbook by LibreOffice; the result is in `folder` under the same name.
  package static func resave(_ path: String, into folder: String) throws {
    let outcome = try run(
      "/bin/sh",
      [
        "-c",
        "soffice -env:UserInstallation=file://\(folder)/profile --headless"
          + " --convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir '\(folder)' '\(path)'",
      ], environment: ["HOME": folder], timeout: 180)
    if outcome.status != 0 { throw SystemFailure("soffice", outcome.stderr, code: outcome.status) }
  }
}
