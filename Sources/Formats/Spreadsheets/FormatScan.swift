/// The walk over one format code.
struct FormatScan {
  private let code: [UnicodeScalar]
  private var at = 0
  var isDuration = false
  var hasDay = false
  var hasMonth = false
  var hasClock = false
  var isPercent = false
  var currency: String?
  private var shown = 0
  private var afterPoint: Int?

  init(_ code: [UnicodeScalar]) { self.code = code }

  var decimals: Int? { shown == 0 ? nil : afterPoint ?? 0 }

  mutating func run() {
    while at < code.count, code[at] != ";" {
      let scalar = code[at]
      at += 1
      switch scalar {
      case "\"": literal(upTo: "\"")
      case "\\", "_", "*": escaped(scalar)
      case "[": bracket()
      case "G", "g": general()
      case "A", "a": meridiem()
      case "E", "e": if at < code.count, code[at] == "+" || code[at] == "-" { at += 1 } else { hasDay = true }
      case "y", "Y", "d", "D", "b", "B": hasDay = true
      case "m", "M": hasMonth = true
      case "h", "H", "s", "S": hasClock = true
      case "%": isPercent = true
      case "0", "#", "?": number()
      case ".": if afterPoint == nil { afterPoint = 0 }
      default: sign(scalar)
      }
    }
  }

  private mutating func number() {
    shown += 1
    if let digits = afterPoint { afterPoint = digits + 1 }
  }

  private mutating func literal(upTo end: UnicodeScalar) {
    var text = String.UnicodeScalarView()
    while at < code.count, code[at] != end {
      text.append(code[at])
      at += 1
    }
    at += 1
    word(String(text))
  }

  private mutating func escaped(_ by: UnicodeScalar) {
    if at < code.count, by == "\\" { sign(code[at]) }
    at += 1
  }

  /// `[h]` counts hours past a day; `[$EUR]` and `[$€-407]` are currencies; colours and conditions are nothing.
  private mutating func bracket() {
    var text = String.UnicodeScalarView()
    while at < code.count, code[at] != "]" {
      text.append(code[at])
      at += 1
    }
    at += 1
    let inner = String(text)
    if inner.utf8.first == UInt8(ascii: "$") {
      let parts = inner.dropFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      if let symbol = parts.first, !symbol.isEmpty {
        word(String(symbol), region: parts.count > 1 ? Int(parts[1], radix: 16) : nil)
      }
    } else if !inner.isEmpty, Set(inner.lowercased()).count == 1, "hms".contains(inner.lowercased().first ?? " ") {
      isDuration = true
    }
  }

  /// `General` names no day, though it has a letter of one.
  private mutating func general() {
    let word = code[(at - 1)...].prefix(7).map { $0.properties.lowercaseMapping }.joined()
    if word == "general" { at += 6 } else { hasDay = true }
  }

  /// `AM/PM` and `A/P` belong to a clock; `aaa` is a day of the week.
  private mutating func meridiem() {
    let rest = code[(at - 1)...].prefix(5).map { $0.properties.uppercaseMapping }.joined()
    if rest == "AM/PM" {
      at += 4
      hasClock = true
    } else if rest.hasPrefix("A/P") {
      at += 2
      hasClock = true
    } else if rest.hasPrefix("AAA") {
      hasDay = true
    }
  }

  private mutating func sign(_ scalar: UnicodeScalar) {
    if Self.signs.contains(scalar) { word(String(scalar)) }
  }

  static let signs = "$€£¥₹₩₽₺₴₫₪฿".unicodeScalars

  private static let codes = [
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₫": "VND", "₪": "ILS",
    "฿": "THB",
  ]
  /// Dollars, crowns and others whose sign is shared, by the region code after it.
  private static let regions = [
    0x409: "USD", 0x1009: "CAD", 0xC0C: "CAD", 0xC09: "AUD", 0x1409: "NZD", 0x1004: "SGD", 0x411: "JPY", 0x804: "CNY",
    0x41D: "SEK", 0x414: "NOK", 0x406: "DKK", 0x80A: "MXN", 0x416: "BRL", 0xC04: "HKD", 0x807: "CHF", 0x100C: "CHF",
    0x415: "PLN", 0x405: "CZK", 0x40E: "HUF",
  ]

  private mutating func word(_ text: String, region: Int? = nil) {
    if currency != nil { return }
    let word = text.filter { $0 != " " && $0 != "\u{A0}" }
    if word.isEmpty { return }
    if word.unicodeScalars.count == 3, NumberFormat.isCurrency(word) {
      currency = word
    } else if let code = Self.codes[word] ?? region.flatMap({ Self.regions[$0] }) {
      currency = code
    } else if word == "$" || word == "¥" || Self.isOtherSign(word) {
      currency = word
    }
  }

  /// `C$` and `kr`: which currency is meant is for a person to say, that one is meant must not be lost.
  private static func isOtherSign(_ word: String) -> Bool {
    if others.contains(word) { return true }
    let isShort = word.unicodeScalars.count <= 5 && word.unicodeScalars.contains { signs.contains($0) }
    return isShort && word.unicodeScalars.allSatisfy { signs.contains($0) || $0.properties.isAlphabetic || $0 == "." }
  }

  private static let others: Set<String> = [
    "kr", "kr.", "Kr", "Kr.", "zł", "Kč", "Ft", "Fr.", "SFr.", "Fr", "lei", "RM", "Rp", "Rs", "Rs.", "руб.", "руб",
    "лв", "лв.",
  ]
}
