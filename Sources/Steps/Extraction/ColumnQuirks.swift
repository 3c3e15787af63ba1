import CSV
import Domain

/// What of a column's cells a person should be told: how often it was seen, and where first.
struct ColumnQuirks {
  enum Quirk: Int, CaseIterable {
    /// Text that a spreadsheet would run.
    case formula
    /// No-break or zero-width spaces.
    case space
    /// Control characters, or marks that change the direction of writing.
    case control
    /// Typographic quotation marks around the text.
    case smartQuote
    /// `8.31E+11`: digits that a spreadsheet took away.
    case scientific
    /// More than 15 digits, all beyond the 15th zero.
    case rounded
    case parenthesis, trailingMinus, leadingMinus, creditMark
    case dollar, euro, pound, otherCurrency
    /// An amount that is none: `N/A`, a dash.
    case noAmount
    /// Five digits that are days of this half-century in a spreadsheet.
    case serial
  }

  struct Seen {
    var count = 0
    var row = 0
    var text = ""
  }

  private var table: [Seen]

  init() { table = Array(repeating: Seen(), count: Quirk.allCases.count) }

  subscript(_ quirk: Quirk) -> Seen { table[quirk.rawValue] }

  private mutating func note(_ quirk: Quirk, _ cell: Bytes, _ row: Int) {
    if table[quirk.rawValue].count == 0 {
      table[quirk.rawValue].row = row
      table[quirk.rawValue].text = TextBytes.string(Bytes(rebasing: cell.prefix(60)))
    }
    table[quirk.rawValue].count += 1
  }

  /// Whether a cell needs a look, by its ends.
  @inline(__always)
  static func mayMatter(_ cell: Bytes) -> Bool {
    let first = cell[0]
    return first == 0x3D || first == 0x2B || first == 0x2D || first == 0x40 || first < 0x20 || first >= 0xC2
      || cell[cell.count - 1] >= 0x80
  }

  /// Looks at a cell's ends, of every row.
  mutating func ends(_ cell: Bytes, row: Int) {
    if cell.count > 1, FormulaGuard.isNeeded(cell), !cell.allSatisfy({ $0 == 0x2D }) { note(.formula, cell, row) }
    let first = cell[0]
    if first < 0x80, cell[cell.count - 1] < 0x80 { return }
    let trimmed = TextBytes.trim(cell)
    if trimmed.count < cell.count, !cell.allSatisfy({ $0 < 0x80 }) { note(.space, cell, row) }
    if Self.opensTypographically(trimmed) { note(.smartQuote, cell, row) }
  }

  /// Looks at a whole cell, of the sampled rows.
  mutating func sample(_ cell: Bytes, row: Int) {
    if !TextBytes.isASCII(cell), Self.hasHiddenSpace(TextBytes.trim(cell)) { note(.space, cell, row) }
    if Self.hasControl(cell) { note(.control, cell, row) }
    let digits = cell.count { $0 &- 0x30 < 10 }
    if digits == 0 { return noteNothing(cell, row) }
    if Self.isScientific(cell) { note(.scientific, cell, row) }
    if digits == cell.count {
      if digits == 5, let value = Int(TextBytes.string(cell)), (20_000...60_000).contains(value) {
        note(.serial, cell, row)
      }
      if digits > 15, cell[15...].allSatisfy({ $0 == 0x30 }) { note(.rounded, cell, row) }
      return
    }
    if cell.count <= 24, digits * 3 >= cell.count { amount(cell, row) }
  }

  private mutating func noteNothing(_ cell: Bytes, _ row: Int) {
    if cell.count <= 4, CellLook(ShapeCell(TextBytes.string(cell))) == .missing { note(.noAmount, cell, row) }
  }

  private mutating func amount(_ cell: Bytes, _ row: Int) {
    let first = cell[0]
    let last = cell[cell.count - 1]
    if first == 0x28, last == 0x29 { note(.parenthesis, cell, row) }
    if last == 0x2D, cell[cell.count - 2] &- 0x30 < 10 { note(.trailingMinus, cell, row) }
    if first == 0x2D { note(.leadingMinus, cell, row) }
    let text = TextBytes.string(cell)
    if text.contains("$") { note(.dollar, cell, row) }
    if text.contains("€") { note(.euro, cell, row) }
    if text.contains("£") { note(.pound, cell, row) }
    let letters = text.uppercased().split { !$0.isLetter }.map(String.init)
    if letters.count == 1 {
      switch letters[0] {
      case "CR", "DR": note(.creditMark, cell, row)
      case "EUR": note(.euro, cell, row)
      case "USD": note(.dollar, cell, row)
      case "GBP": note(.pound, cell, row)
      case let code where code.utf8.count == 3 && TextBytes.withBytes(of: code, { Currency($0) != nil }):
        note(.otherCurrency, cell, row)
      default: break
      }
    }
  }

  static func isScientific(_ cell: Bytes) -> Bool {
    guard let mark = cell.firstIndex(where: { $0 | 0x20 == 0x65 }), mark > 0, mark + 1 < cell.count else {
      return false
    }
    var exponent = Bytes(rebasing: cell[(mark + 1)...])
    if exponent[0] == 0x2B { exponent = Bytes(rebasing: exponent.dropFirst()) }
    let mantissa = cell[..<mark]
    return (1...3).contains(exponent.count) && exponent.allSatisfy { $0 &- 0x30 < 10 }
      && mantissa.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2C }
      && mantissa.first.map { $0 &- 0x30 < 10 } == true
  }

  /// Whether the text begins with U+201C to U+201F.
  static func opensTypographically(_ text: Bytes) -> Bool {
    text.count >= 6 && text[0] == 0xE2 && text[1] == 0x80 && (0x9C...0x9F).contains(text[2])
  }

  /// A control character that is no white space, or one of U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
  private static func hasControl(_ text: Bytes) -> Bool {
    text.indices.contains { index in
      let byte = text[index]
      if byte < 0x20 { return !isSpace(byte) }
      guard byte == 0xE2, index + 2 < text.count else { return byte == 0x7F }
      let (second, third) = (text[index + 1], text[index + 2])
      return second == 0x80
        ? third == 0x8E || third == 0x8F || (0xAA...0xAE).contains(third)
        : second == 0x81 && (0xA6...0xA9).contains(third)
    }
  }

  /// A no-break or zero-width space between other characters.
  static func hasHiddenSpace(_ text: Bytes) -> Bool {
    for index in text.indices.dropLast() where text[index] >= 0xC2 {
      if text[index] == 0xC2, text[index + 1] == 0xA0 { return true }
      if index + 2 < text.count, text[index] == 0xE2, text[index + 1] == 0x80, (0x8B...0x8D).contains(text[index + 2]) {
        return true
      }
      if index + 2 < text.count, text[index] == 0xEF, text[index + 1] == 0xBB, text[index + 2] == 0xBF { return true }
    }
    return false
  }
}
