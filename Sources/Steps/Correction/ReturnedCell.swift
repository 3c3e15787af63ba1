import Domain

/// A cell as it came back from a spreadsheet program.
package struct ReturnedCell: Equatable, Sendable {
  package enum Kind: String, Sendable { case text, number, date, boolean, error, broken }

  package let kind: Kind
  /// As a person would write it: digits of a number, `2024-03-04` of a date.
  package let text: String
  package let isFormula: Bool

  package init(_ kind: Kind, _ text: String, isFormula: Bool = false) {
    self.kind = kind
    self.text = text
    self.isFormula = isFormula
  }
}

/// What became of a cell between our writing it as text and its coming back.
package enum CellVerdict: Equatable, Sendable {
  case same
  /// The program changed how it is written; the original text stands again.
  case undone(String)
  /// A person changed it.
  case edited(String)
  /// The program took something away that cannot be told.
  case damaged(String)

  /// `original` is the text we wrote, `returned` nil for a blank cell.
  ///
  /// What was refused may be the very decimal mark or the order of day and month: there another way of writing a value is a
  /// person's correction, and never undone.
  package static func of(_ original: String, _ returned: ReturnedCell?, isRefused: Bool = false) -> CellVerdict {
    let verdict = judge(original, returned)
    guard isRefused, let returned, case .undone = verdict else { return verdict }
    switch returned.kind {
    case .text where original == swappedMarks(returned.text): return .edited(returned.text)
    case .number where mayBeDate(original):
      guard readings(original).count > 1, let serial = Int(returned.text) else { return verdict }
      return CalendarDate(excelSerial: serial).map { .edited($0.description) } ?? verdict
    case .number where !isDigits(original): return .edited(returned.text)
    case .date where readings(original).count > 1: return .edited(day(returned.text))
    default: return verdict
    }
  }

  private static func judge(_ original: String, _ returned: ReturnedCell?) -> CellVerdict {
    guard let returned, !returned.text.isEmpty else { return original.isEmpty ? .same : .edited("") }
    if returned.text == original { return .same }
    switch returned.kind {
    case .text: return text(original, returned.text)
    case .number: return number(original, returned.text)
    case .date: return date(original, returned.text)
    case .boolean:
      return original.lowercased() == returned.text.lowercased() ? .undone("a truth value") : .edited(returned.text)
    case .error: return error(returned)
    case .broken: return .damaged("the cell cannot be read")
    }
  }

  // MARK: Texts

  private static func text(_ original: String, _ text: String) -> CellVerdict {
    if straightened(text) == straightened(original) { return .undone("typographic quotes or dashes") }
    if original == swappedMarks(text), text.contains(where: \.isNumber) { return .undone("a decimal comma") }
    if let digits = scientific(text) {
      if original.hasPrefix(digits), isDigits(original), original.count >= 12 { return .undone("scientific notation") }
      return .damaged("\(text) is a number in scientific notation, its digits are lost")
    }
    return .edited(text)
  }

  /// What programs put in place of what was typed.
  private static let typographic: [Unicode.Scalar: String] = [
    "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{2018}": "'", "\u{2019}": "'", "\u{2013}": "-",
    "\u{2014}": "--", "\u{2026}": "...", "\u{00A0}": " ", "\u{202F}": " ",
  ]

  private static func straightened(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { out, scalar in
      if let plain = typographic[scalar] { out += plain } else { out.unicodeScalars.append(scalar) }
    }
  }

  /// Points for commas and the reverse, of a text of digits and marks alone.
  private static func swappedMarks(_ text: String) -> String? {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "-+,. ".contains($0)) }) else { return nil }
    return String(text.map { $0 == "," ? "." : $0 == "." ? "," : $0 })
  }

  /// The leading digits of `1.23457E+15`.
  private static func scientific(_ text: String) -> String? {
    let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasPrefix("+"), isDigits(String(parts[1].dropFirst())) else { return nil }
    let digits = parts[0].filter { $0 != "." && $0 != "," }
    guard isDigits(digits), !parts[0].isEmpty else { return nil }
    // The last digit shown is rounded.
    return String(digits.dropLast())
  }

  private static func isDigits(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 &- 0x30 < 10 } }

  // MARK: Numbers, dates and errors

  private static func number(_ original: String, _ text: String) -> CellVerdict {
    if original.isEmpty { return .edited(text) }
    if isDigits(original), isDigits(text) { return digits(original, text) }
    if isDigits(text), let serial = Int(text), let day = CalendarDate(excelSerial: serial), mayBeDate(original) {
      return readings(original).contains(day)
        ? .undone("a date as a serial number")
        : .damaged("\(text) is the serial number of a date (\(day)), which stood here as \(original)")
    }
    if isSameNumber(original, text) { return .undone("the form of a number") }
    return .edited(text)
  }

  private static func digits(_ original: String, _ text: String) -> CellVerdict {
    let bare = String(original.drop { $0 == "0" })
    if bare == text || (bare.isEmpty && text == "0") { return .undone("leading zeros") }
    if bare.count > 15, bare.count == text.count {
      // A double holds 15 digits: the sixteenth and later ones come back as whatever is nearest.
      return bare.prefix(15) == text.prefix(15)
        ? .undone("digits beyond the fifteenth") : .damaged("\(text) has more digits than a spreadsheet program keeps")
    }
    return text.count > 15 ? .damaged("\(text) has more digits than a spreadsheet program keeps") : .edited(text)
  }

  private static func isSameNumber(_ original: String, _ text: String) -> Bool {
    let percent = original.hasSuffix("%")
    let bare = percent ? String(original.dropLast()) : original
    func read(_ text: String, _ mark: DecimalMark, _ exponent: Int) -> Int64? {
      TextBytes.withBytes(of: text) { try? Money.parseMinor($0, mark: mark, exponent: exponent) }
    }
    guard let value = read(text, .point, 8) else { return false }
    return DecimalMark.allCases.contains { read(bare, $0, percent ? 6 : 8) == value }
  }

  private static func date(_ original: String, _ text: String) -> CellVerdict {
    let day = TextBytes.withBytes(of: String(text.prefix(10)), CalendarDate.parseISO)
    if let day, readings(original).contains(day) { return .undone("a date") }
    if isDateLike(original), !mayBeDate(original) { return .undone("a date made of text") }
    return .edited(Self.day(text))
  }

  private static func day(_ text: String) -> String { text.hasSuffix("T00:00:00") ? String(text.prefix(10)) : text }

  /// `3-4`, `1/12`, `MAR1`: texts that programs take for days of this year.
  private static func isDateLike(_ text: String) -> Bool {
    guard text.utf8.count <= 7, text.contains(where: \.isNumber) else { return false }
    let parts = text.split { "-/.".contains($0) }
    if parts.count == 2, parts.allSatisfy({ isDigits(String($0)) && $0.count <= 2 }) { return true }
    let letters = text.prefix { $0.isLetter }
    return letters.count >= 3 && isDigits(String(text.dropFirst(letters.count)))
  }

  private static func mayBeDate(_ text: String) -> Bool { !readings(text).isEmpty }

  /// Every day a text can mean.
  private static func readings(_ text: String) -> Set<CalendarDate> {
    Set(
      DateOrder.allCases.compactMap { order in
        TextBytes.withBytes(of: text) { try? CalendarDate.parse($0, order: order) }
      })
  }

  /// A person writes `#N/A` to clear a field; a formula that ends in it has lost what it looked for.
  private static func error(_ returned: ReturnedCell) -> CellVerdict {
    if returned.text == "#N/A", !returned.isFormula { return .edited("#N/A") }
    return .damaged("\(returned.text) is the error of a formula")
  }
}
