import Glibc
import Spreadsheets

/// Prints every cell of a workbook for the scripts that compare and measure: sheet, row, column, kind, flags and text,
/// with tabs between; `--count` only counts. A refusal goes to standard error, with its code, and the status is 1.
@main struct Main {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let isCount = arguments.first == "--count"
    guard let path = arguments.last else { exit(64) }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { exit(66) }
    do throws(SpreadsheetError) {
      let book = try SpreadsheetFile(descriptor: file, temporary: "/tmp")
      for note in book.notes { put("#note\t\(note.code)\t\(note.text)\n", 1) }
      for sheet in book.sheets { try show(book, sheet, isCount: isCount) }
    } catch {
      put("\(error.code): \(error.message)\n", 2)
      exit(1)
    }
  }

  private static func show(_ book: SpreadsheetFile, _ sheet: SpreadsheetSheet, isCount: Bool) throws(SpreadsheetError) {
    put("#sheet\t\(sheet.number)\t\(sheet.visibility)\t\(sheet.content)\t\(sheet.name)\n", 1)
    guard sheet.content == .cells else { return }
    let reader = try book.reader(of: sheet)
    var cells = 0
    var bytes = 0
    var out = ""
    while try reader.next() {
      for index in 0..<reader.filled {
        cells += 1
        let text = reader.text(index)
        bytes &+= text.count
        if isCount { continue }
        let cell = reader[index]
        let format = reader.format(of: cell)
        out += "\(sheet.number)\t\(reader.row)\t\(cell.column)\t\(cell.kind)\t\(cell.flags.rawValue)\t"
        out += "\(format.kind)\t\(format.currency ?? "")\t\(escaped(text))\n"
      }
      if out.utf8.count > 1 << 16 {
        put(out, 1)
        out = ""
      }
    }
    put(out, 1)
    if isCount { put("#count\t\(cells)\t\(bytes)\n", 1) }
    for range in reader.merges { put("#merge\t\(range.name)\n", 1) }
  }

  private static func escaped(_ text: UnsafeBufferPointer<UInt8>) -> String {
    var bytes: [UInt8] = []
    for byte in text {
      switch byte {
      case 0x5C: bytes += [0x5C, 0x5C]
      case 9: bytes += Array("\\t".utf8)
      case 10: bytes += Array("\\n".utf8)
      case 13: bytes += Array("\\r".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func put(_ text: String, _ descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
        if count < 0 { exit(74) }
        done += count
      }
    }
  }
}
