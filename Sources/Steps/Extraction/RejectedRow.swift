import CSV
import Domain
import Records
import Spreadsheets

/// Says why a row is no record.
enum RejectedRow {
  static func issue(
    _ reader: borrowing CSVReader, _ kind: RowKinds.Kind, columns: Int, delimiter: String, sheet: SheetTable?
  ) -> Issue {
    if let sheet { return onSheet(reader, kind, columns, sheet) }
    switch kind {
    case .nul:
      return Issue(
        "E_NUL", .error, message: "line \(reader.line): the row holds NUL bytes",
        hint: "export the file again, or take the NUL bytes out of this row", value: RepairedText.string(reader.raw))
    case .encoding:
      let byte = reader.invalidUTF8At.map { reader.raw[$0 - reader.offset] } ?? 0
      let guess = Character(RepairedText.windows1252(byte))
      return Issue(
        "E_ENCODING", .error,
        message: "line \(reader.line): byte \(hex(byte)) at offset \(reader.invalidUTF8At ?? 0) is not utf-8",
        hint: "as windows-1252 it reads '\(guess)', which is shown here; save the file as UTF-8 or give --encoding",
        value: RepairedText.string(reader.raw))
    case .quote:
      let last = reader.line + reader.raw.count { $0 == 0x0A }
      return Issue(
        "E_QUOTE", .error,
        message: "lines \(reader.line) to \(last): a quotation mark that is not closed makes one row of them",
        hint: "close or remove the quotation mark in these lines of the source file, then extract it again",
        value: RepairedText.string(reader.raw))
    case .ragged, .record, .skipped:
      let extra = reader.cellCount - columns
      let cells = (columns..<max(columns, reader.cellCount)).map { RepairedText.string(reader.cell($0)) }
      return Issue(
        "E_RAGGED", .error,
        message: "line \(reader.line): \(reader.cellCount) cells for \(columns) columns, \(extra) too many",
        hint:
          "a cell was split at '\(delimiter)': join it again and move what follows back; in the file, put it in quotes",
        value: cells.joined(separator: delimiter))
    }
  }

  private static func onSheet(
    _ reader: borrowing CSVReader, _ kind: RowKinds.Kind, _ columns: Int, _ sheet: SheetTable
  ) -> Issue {
    let name = VisibleText.of(sheet.sheet.name)
    for index in 0..<reader.cellCount {
      let cell = reader.cell(index)
      guard kind == .nul, cell.count >= 2, cell[0] == SheetText.spoiled else { continue }
      let place = "\(name)!\(cellName(row: reader.row, column: index))"
      if cell[1] == SheetText.brokenText {
        return Issue(
          "E_SST", .error, message: "\(place) refers to a text that is not in the workbook",
          hint: "type the text again in a spreadsheet program, and save as XLSX",
          value: String(decoding: cell.dropFirst(2), as: UTF8.self))
      }
      if cell[1] == SheetText.tooLong {
        return Issue(
          "E_TOO_LARGE", .error, message: "\(place) holds more than 32767 characters",
          hint: "shorten the text of this cell", value: "")
      }
    }
    if kind == .nul {
      return Issue(
        "E_NUL", .error, message: "\(name), row \(reader.row): a cell holds NUL characters",
        hint: "type the text again in a spreadsheet program", value: RepairedText.string(reader.raw))
    }
    let first = (columns..<max(columns, reader.cellCount)).first { !isBlankCell(reader.cell($0)) } ?? columns
    return Issue(
      "E_RAGGED", .error,
      message: "\(name)!\(cellName(row: reader.row, column: first)) stands beside the table of \(columns) columns",
      hint: "give the column a name in the header row, or clear the cell",
      value: RepairedText.string(reader.cell(first)))
  }

  private static func hex(_ byte: UInt8) -> String {
    "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
