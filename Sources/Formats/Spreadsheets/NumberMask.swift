/// A number format for whole numbers that are no amounts: places of digits, and the texts around them.
package struct NumberMask: Sendable, Equatable {
  private enum Piece: Equatable {
    case text(String)
    /// A digit, a zero where the number has none.
    case zero
    /// A digit, or nothing.
    case digit
    case condition
  }

  private var pieces: [Piece] = []
  /// Whether zero has a format of its own.
  private var hasZeros = false
  /// Whether a condition says for which numbers the format is.
  private var isConditional = false

  /// Nil for any format but one that writes zeros before a number, or a prefix that ends as prefixes of names do.
  init?(code: String) {
    let scalars = Array(code.unicodeScalars)
    var at = 0
    while at < scalars.count, scalars[at] != ";" {
      guard let piece = Self.piece(scalars, &at) else { return nil }
      if piece == .condition { isConditional = true } else { pieces.append(piece) }
    }
    hasZeros = scalars[at...].count { $0 == ";" } > 1
    let zeros = pieces.count { $0 == .zero }
    if zeros > 1 { return }
    let prefix = pieces.prefix { $0 != .zero && $0 != .digit }.filter { $0 != .text("") }
    guard zeros + pieces.count(where: { $0 == .digit }) > 0, case .text(let last)? = prefix.last,
      let end = last.unicodeScalars.last, "-/_#:".unicodeScalars.contains(end), last.count > 1 || prefix.count > 1
    else { return nil }
  }

  private static func piece(_ code: [UnicodeScalar], _ at: inout Int) -> Piece? {
    let scalar = code[at]
    at += 1
    switch scalar {
    case "0": return .zero
    case "#": return .digit
    case "\\":
      guard at < code.count else { return nil }
      at += 1
      return .text(String(code[at - 1]))
    case "\"":
      let start = at
      while at < code.count, code[at] != "\"" { at += 1 }
      guard at < code.count else { return nil }
      at += 1
      return .text(String(String.UnicodeScalarView(code[start..<at - 1])))
    case "-", "(", ")", " ", ":", "/", "+": return .text(String(scalar))
    case "[":
      let start = at
      while at < code.count, code[at] != "]" { at += 1 }
      at += 1
      let word = String(String.UnicodeScalarView(code[start..<min(code.count, at - 1)])).lowercased()
      return colours.contains(word) || word.hasPrefix("$-") ? .text("") : .condition
    case "_", "*":
      at = min(at + 1, code.count)
      return .text("")
    default: return nil
    }
  }

  private static let colours: Set<String> = ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"]

  /// The number as the cell shows it; nil where it is negative, no whole number, or under a condition.
  package func text(_ number: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard !isConditional, !number.isEmpty, number.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    var digits = number[...].drop { $0 == 0x30 }
    if digits.isEmpty, hasZeros { return nil }
    let first = pieces.firstIndex { $0 == .zero || $0 == .digit }
    var out: [UInt8] = []
    for index in pieces.indices.reversed() {
      switch pieces[index] {
      case .text(let text): out += text.utf8.reversed()
      case .zero: out.append(digits.popLast() ?? 0x30)
      case .condition: break
      case .digit: if let digit = digits.popLast() { out.append(digit) }
      }
      if index == first { while let digit = digits.popLast() { out.append(digit) } }
    }
    return out.reversed()
  }
}
