/// What a writer does with text that a spreadsheet would run as a formula (OWASP CSV injection, CWE-1236).
package enum CSVFormulaGuard: Sendable {
  /// Every cell is written as it is.
  case off
  /// An apostrophe goes before text that begins like a formula and is not a number.
  case apostrophe
}

/// The apostrophe before text that a spreadsheet would run: put on and taken off again exactly.
package enum FormulaGuard {
  private static let apostrophe = UInt8(ascii: "'")

  /// Whether the text, without apostrophes it begins with, is like a formula.
  package static func isNeeded(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.first == apostrophe else { return startsFormula(text) }
    return startsFormula(UnsafeBufferPointer(rebasing: text.drop { $0 == apostrophe }))
  }

  /// The text without the one apostrophe that a guarded writer put before it.
  package static func removed(from text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard text.first == apostrophe, isNeeded(text) else { return text }
    return UnsafeBufferPointer(rebasing: text.dropFirst())
  }

  /// The text between the quotation marks of `="00123"`, as writers keep zeros through a spreadsheet; nil for any other.
  @inline(__always)
  package static func textFormula(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard text.count >= 3, text[0] == UInt8(ascii: "="), text[1] == UInt8(ascii: "\"") else { return nil }
    let inner = UnsafeBufferPointer(rebasing: text[2..<(text.count - 1)])
    return text[text.count - 1] == UInt8(ascii: "\"") && !inner.contains(UInt8(ascii: "\"")) ? inner : nil
  }
}

/// Whether a spreadsheet would take the text as a formula: = + - @ TAB CR or a full-width twin first, and not a number.
func startsFormula(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = bytes.first else { return false }
  switch first {
  case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, carriageReturn: return true
  case UInt8(ascii: "+"), UInt8(ascii: "-"): return !isSignedNumber(bytes)
  case 0xEF:
    // U+FF1D, U+FF0B, U+FF0D and U+FF20 are the full-width = + - and @.
    guard bytes.count >= 3, bytes[1] == 0xBC else { return false }
    return [0x9D, 0x8B, 0x8D, 0xA0].contains(bytes[2])
  default: return false
  }
}

/// A sign, then digits with points, commas and spaces, an exponent or a percent sign; arithmetic such as `-2-3` is not.
private func isSignedNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var digits = 0
  var index = 1
  while index < bytes.count {
    switch bytes[index] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: " "): break
    case UInt8(ascii: "%"): return digits > 0 && index == bytes.count - 1
    case UInt8(ascii: "e"), UInt8(ascii: "E"): return digits > 0 && isExponent(bytes, from: index + 1)
    default: return false
    }
    index += 1
  }
  return digits > 0
}

private func isExponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
  var index = start
  if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
  return index < bytes.count && bytes[index...].allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
}
