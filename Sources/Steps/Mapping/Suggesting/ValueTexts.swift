import Domain

/// What a single text of a sample looks like.
extension ValueEvidence {
  private static func bytes<R>(_ text: String, _ body: (Bytes) -> R) -> R { TextBytes.withBytes(of: text, body) }

  static func isDate(_ text: String) -> Bool {
    bytes(text) { bytes in
      var evidence = DateEvidence()
      evidence.add(bytes, row: 1)
      return evidence.dates == 1
    }
  }

  static func isNumber(_ text: String) -> Bool {
    bytes(text) { bytes in
      var evidence = NumberEvidence()
      evidence.add(bytes, row: 1)
      return evidence.numbers == 1
    }
  }

  /// `100M`, `1 Gbps`: a number with a unit, not a name such as T1.
  static func isSpeed(_ text: String) -> Bool {
    startsWithNumber(text) && !isNumber(text) && bytes(text) { (try? Bandwidth.parse($0)) != nil }
  }

  /// An amount that names its currency.
  static func hasSign(_ text: String) -> Bool {
    bytes(text) {
      (try? Money.parse($0, mark: .point, currency: nil)) ?? (try? Money.parse($0, mark: .comma, currency: nil))
    }
      != nil || text.unicodeScalars.contains { ["$", "€", "£"].contains($0) }
  }

  /// A decimal sign, or the sign of a currency: what an amount has and an identifier lacks.
  static func hasMark(_ text: String) -> Bool {
    text.unicodeScalars.contains { [".", ",", "$", "€", "£"].contains($0) }
  }

  static func startsWithNumber(_ text: String) -> Bool { text.utf8.first.map { $0 &- 0x30 < 10 } ?? false }

  static func isTerm(_ text: String) -> Bool { bytes(text) { (try? Term.parse($0)) != nil } }

  static func isFlag(_ text: String) -> Bool { bytes(text) { CellReader.flags[loosely: $0] } != nil }

  static func isCurrency(_ text: String) -> Bool {
    bytes(text) { Currency($0) } != nil || ["$", "€", "£"].contains(text)
  }

  /// Seven to fifteen digits among spaces and the signs of telephone numbers.
  static func isPhone(_ text: String) -> Bool {
    let digits = text.utf8.count { $0 &- 0x30 < 10 }
    let allowed = text.unicodeScalars.allSatisfy {
      ("0"..."9").contains($0) || " +-().\u{A0}/x".unicodeScalars.contains($0)
    }
    return (7...18).contains(digits) && allowed
  }

  /// A house number before words, or a word for a street; `Store 12` is neither.
  static func isStreet(_ text: String) -> Bool {
    let words = text.split { $0 == " " || $0 == "," }.map { TextBytes.foldedASCII(String($0)) }
    guard words.count >= 2, !isDate(text), !isSpeed(text), !isPhone(text) else { return false }
    let isNumber = (1...6).contains(words[0].utf8.count) && words[0].utf8.allSatisfy { $0 &- 0x30 < 10 }
    if isNumber, words.dropFirst().contains(where: { $0.utf8.count > 2 }) { return true }
    let hasNumber = words.contains { startsWithNumber($0) }
    return hasNumber && words.contains { word in streetEndings.contains { word.hasSuffix($0) } }
  }

  private static let streetEndings = [
    "strasse", "str.", "straße", "weg", "platz", "allee", "gasse", "ring", "damm", "ufer", "street", "avenue", "road",
    "boulevard", "lane", "drive", "rue", "chemin", "quai",
  ]

  /// Two or three capitals, as states and provinces are shortened.
  static func isRegion(_ text: String) -> Bool {
    (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 0x41 < 26 }
  }

  /// At most ten letters, digits, blanks and dashes, with a digit.
  static func isPostal(_ text: String) -> Bool {
    (3...10).contains(text.utf8.count) && text.utf8.contains { $0 &- 0x30 < 10 }
      && text.utf8.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == 0x20 || $0 == 0x2D }
      && !isDate(text)
  }

  /// Digits, perhaps behind a plus or grouped by blanks and dashes.
  static func isDigits(_ text: String) -> Bool {
    text.utf8.contains { $0 &- 0x30 < 10 } && text.utf8.allSatisfy { $0 &- 0x30 < 10 || " +-,;".utf8.contains($0) }
  }

  /// Eight or eleven letters and digits, four letters first.
  static func isCLLI(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return (8...11).contains(bytes.count) && bytes.prefix(4).allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
      && bytes.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 }
  }
}
