import CSV
import Spreadsheets

/// What the reader of a workbook says of it beside the cells, as lines that another process can take back.
struct SheetReport: Equatable {
  struct Refusal: Equatable {
    let code: String
    let message: String
    let hint: String
    /// Whether another program can turn the workbook into one that is read.
    var isConvertible = false
  }

  var kind = ""
  var sheets: [SpreadsheetSheet] = []
  var notes: [CSVNote] = []
  var merges: [CellRange] = []
  /// The last row with a filled cell.
  var rows = 0
  /// One past the last filled column.
  var width = 0
  /// Filled cells.
  var cells = 0
  var refusal: Refusal?

  init() {}

  /// Lines of words with tabs between.
  var text: String {
    var lines = [["kind", kind], ["read", "\(rows)", "\(width)", "\(cells)"]]
    lines += sheets.map { ["sheet", "\($0.number)", "\($0.visibility)", "\($0.content)", $0.name] }
    lines += notes.map { ["note", $0.code, $0.text] }
    lines += merges.map { ["merge", "\($0.top)", "\($0.left)", "\($0.bottom)", "\($0.right)"] }
    if let refusal {
      lines.append(["refusal", refusal.code, refusal.message, refusal.hint, refusal.isConvertible ? "convertible" : ""])
    }
    return lines.map { $0.map(Self.escaped).joined(separator: "\t") + "\n" }.joined()
  }

  /// Nil when the text is not one that `text` made, such as that of a reader that broke off.
  init?(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      let words = line.split(separator: "\t", omittingEmptySubsequences: false).map { Self.unescaped($0) }
      guard take(words) else { return nil }
    }
    if kind.isEmpty, refusal == nil { return nil }
  }

  private mutating func take(_ words: [String]) -> Bool {
    let numbers = words.dropFirst().map { Int($0) }
    switch (words[0], words.count) {
    case ("kind", 2): kind = words[1]
    case ("note", 3): notes.append(CSVNote(code: words[1], text: words[2]))
    case ("refusal", 5):
      refusal = Refusal(code: words[1], message: words[2], hint: words[3], isConvertible: words[4] == "convertible")
    case ("read", 4):
      guard let rows = numbers[0], let width = numbers[1], let cells = numbers[2] else { return false }
      (self.rows, self.width, self.cells) = (rows, width, cells)
    case ("merge", 5):
      guard let top = numbers[0], let left = numbers[1], let bottom = numbers[2], let right = numbers[3] else {
        return false
      }
      merges.append(CellRange(top: top, left: left, bottom: bottom, right: right))
    case ("sheet", 5):
      guard let number = numbers[0], let visibility = SpreadsheetSheet.Visibility(rawValue: words[2]),
        let content = SpreadsheetSheet.Content(rawValue: words[3])
      else { return false }
      sheets.append(SpreadsheetSheet(name: words[4], number: number, visibility: visibility, content: content))
    default: return false
    }
    return true
  }

  private static func escaped(_ text: String) -> String {
    String(text.map { $0 == "\\" ? "\\\\" : $0 == "\t" ? "\\t" : $0.isNewline ? "\\n" : String($0) }.joined())
  }

  private static func unescaped(_ text: Substring) -> String {
    var out = ""
    var isEscape = false
    for character in text {
      if isEscape {
        out.append(character == "t" ? "\t" : character == "n" ? "\n" : character)
        isEscape = false
      } else if character == "\\" {
        isEscape = true
      } else {
        out.append(character)
      }
    }
    return out
  }
}
