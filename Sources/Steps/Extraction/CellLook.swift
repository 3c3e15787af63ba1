import Domain

/// What a cell looks like to somebody who does not know what its column means.
enum CellLook: Sendable {
  case blank
  case number
  case date
  /// Yes, no, true, false.
  case flag
  /// Digits among letters with a digit first, or half of it digits: an identifier, a speed, an address.
  case code
  /// An address of mail or of the web.
  case link
  /// A few letters, perhaps with a number after them: a name of something.
  case word
  /// A sentence.
  case prose
  /// `n/a` and the like: says nothing about its column.
  case missing

  init(_ cell: ShapeCell) {
    switch cell.kind {
    case .blank: self = .blank
    case .number: self = .number
    case .date: self = .date
    case .boolean: self = .flag
    case .error: self = .missing
    case .text: self = TextBytes.withBytes(of: cell.text) { Self.judge(Self.bare($0)) }
    }
  }

  var isWord: Bool { self == .word || self == .prose }
  /// What stands in the body of a table rather than above it.
  var isData: Bool { self == .number || self == .date || self == .code || self == .flag || self == .link }

  /// Without white space and typographic quotation marks at the ends.
  private static func bare(_ text: Bytes) -> Bytes {
    let trimmed = TextBytes.trim(text)
    guard ColumnQuirks.opensTypographically(trimmed), trimmed.dropLast(2).last == 0xE2 else { return trimmed }
    return Bytes(rebasing: trimmed.dropFirst(3).dropLast(3))
  }

  private static func judge(_ text: Bytes) -> CellLook {
    if text.isEmpty { return .blank }
    let digits = text.count { $0 &- 0x30 < 10 }
    if digits == 0 { return judgeLetters(text) }
    if text.count > 200 { return .prose }
    if isNumber(text) { return .number }
    if text.count <= 40 {
      var dates = DateEvidence()
      dates.add(text, row: 1)
      if dates.dates > 0 { return .date }
      if isTime(text) { return .date }
    }
    if isLink(text) { return .link }
    let lead = text.first { $0 < 0x80 && !"$+-(.#'\"".utf8.contains($0) } ?? 0x61
    let spaces = text.count { $0 == 0x20 }
    if digits * 2 >= text.count - spaces { return .code }
    if lead &- 0x30 < 10 { return spaces > 6 ? .prose : .code }
    if spaces > 7 { return .prose }
    // Letters and then a short number, as in `Address 1` or `Q3`, names something.
    let tail = text.reversed().prefix { $0 &- 0x30 < 10 }.count
    if tail == digits, digits <= 2, text.allSatisfy({ $0 != 0x2F && $0 != 0x2D && $0 != 0x3A }) { return .word }
    return spaces >= 1 && digits * 4 < text.count ? .word : .code
  }

  private static func judgeLetters(_ text: Bytes) -> CellLook {
    if text.count <= 10 {
      let folded = ShapeWords.folded(String(decoding: text, as: UTF8.self))
      if ShapeWords.missing.contains(folded) { return .missing }
      if folded.count > 1, ShapeWords.flags.contains(folded) { return .flag }
    }
    if isLink(text) { return .link }
    let spaces = text.count { $0 == 0x20 }
    return spaces > 7 || text.count > 90 ? .prose : .word
  }

  /// Digits and separators, with a currency, a sign, a percent mark or parentheses around them.
  private static func isNumber(_ text: Bytes) -> Bool {
    var numbers = NumberEvidence()
    numbers.add(text, row: 1)
    if numbers.numbers > 0 { return true }
    if text.last == 0x25 {
      let rest = TextBytes.trim(Bytes(rebasing: text.dropLast()))
      return !rest.isEmpty && rest.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D }
    }
    return ColumnQuirks.isScientific(text)
  }

  /// `10:30`, `23:59:01`.
  private static func isTime(_ text: Bytes) -> Bool {
    text.count <= 12 && text[0] &- 0x30 < 10 && text.contains(0x3A)
      && text.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x3A || $0 == 0x2E }
  }

  private static func isLink(_ text: Bytes) -> Bool {
    if text.starts(with: "http".utf8) || text.starts(with: "www.".utf8) { return true }
    guard let at = text.firstIndex(of: 0x40), at > 0 else { return false }
    return text[at...].contains(0x2E) && !text.contains(0x20)
  }
}
