import CSV
import Records

/// Says why a row is no record.
enum RejectedRow {
  static func issue(
    _ reader: borrowing CSVReader, _ kind: RowKinds.Kind, columns: Int, delimiter: String
  ) -> Issue {
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
    case .ragged, .record, .skipped:
      let extra = reader.cellCount - columns
      let cells = (columns..<max(columns, reader.cellCount)).map { RepairedText.string(reader.cell($0)) }
      return Issue(
        "E_RAGGED", .error,
        message: "line \(reader.line): \(reader.cellCount) cells for \(columns) columns, \(extra) too many",
        hint: "a cell that holds the delimiter '\(delimiter)' must stand in quotes",
        value: cells.joined(separator: delimiter))
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
