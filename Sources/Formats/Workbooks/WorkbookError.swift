/// Why a workbook could not be written.
package enum WorkbookError: Error, Equatable, CustomStringConvertible {
  case file(path: String, reason: String)
  case sheetName(String, reason: String)
  /// The library refused a part; `what` names it.
  case refused(what: String, reason: String)
  case tooManyRows(sheet: String)

  package var description: String {
    switch self {
    case .file(let path, let reason): "cannot write \(path): \(reason)"
    case .sheetName(let name, let reason): "\"\(name)\" cannot name a sheet: \(reason)"
    case .refused(let what, let reason): "the workbook refuses \(what): \(reason)"
    case .tooManyRows(let sheet): "sheet \"\(sheet)\" has more than 1,048,576 rows"
    }
  }
}

/// What had to be written otherwise than asked, counted over the whole workbook.
package struct WorkbookLosses: Equatable, Sendable {
  /// Texts longer than 32,767 characters, cut and marked.
  package var truncatedTexts = 0
  /// Numbers of more than 15 digits, written as text.
  package var numbersAsText = 0
  /// Links beyond the 65,530 a sheet may have, written as text.
  package var linksAsText = 0

  package init() {}

  /// One line for each kind that occurred.
  package var warnings: [String] {
    var lines: [String] = []
    if truncatedTexts > 0 { lines.append("\(truncatedTexts) texts longer than 32,767 characters were cut and marked") }
    if numbersAsText > 0 { lines.append("\(numbersAsText) numbers of more than 15 digits were written as text") }
    if linksAsText > 0 { lines.append("\(linksAsText) links beyond 65,530 on a sheet were written as text") }
    return lines
  }
}
