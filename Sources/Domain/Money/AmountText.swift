/// An amount taken apart: its sign, its currency, and the run of digits and separators.
struct AmountText {
  private(set) var isNegative = false
  private(set) var sign: CurrencySign?
  /// Digits and separators only, a digit or a decimal mark first, a digit last.
  private(set) var digits: Bytes

  private let text: Bytes
  private var index = 0
  private var isOpen = false
  private var signs = 0

  init(_ untrimmed: Bytes) throws(MoneyError) {
    text = TextBytes.trim(untrimmed)
    digits = text
    if !text.contains(where: TextBytes.isDigit) { throw .notANumber }
    try readBefore()
    readDigits()
    try readAfter()
    if isOpen || signs > 1 { throw .malformed }
  }

  private mutating func readBefore() throws(MoneyError) {
    while index < text.count {
      if startsDigits() { return }
      if text[index] == 0x28, !isOpen {
        isOpen = true
        index += 1
        setNegative()
      } else if text[index] == 0x2B {
        signs += 1
        index += 1
      } else {
        try readSpaceOrSign()
      }
    }
    throw .notANumber
  }

  private func startsDigits() -> Bool {
    let byte = text[index]
    if TextBytes.isDigit(byte) { return true }
    guard byte == 0x2E || byte == 0x2C else { return false }
    return index + 1 < text.count && TextBytes.isDigit(text[index + 1])
  }

  private mutating func readDigits() {
    let start = index
    while index < text.count {
      if TextBytes.isDigit(text[index]) {
        index += 1
        continue
      }
      let width = DigitGroups.separatorWidth(text, at: index)
      if width == 0 || index + width >= text.count || !TextBytes.isDigit(text[index + width]) { break }
      index += width
    }
    digits = Bytes(rebasing: text[start..<index])
    skipDashForNoCents()
  }

  /// `100,-` and `100.--` say that there are no cents.
  private mutating func skipDashForNoCents() {
    guard index + 1 < text.count, text[index] == 0x2C || text[index] == 0x2E, text[index + 1] == 0x2D else { return }
    index += 2
    if index < text.count, text[index] == 0x2D { index += 1 }
  }

  private mutating func readAfter() throws(MoneyError) {
    while index < text.count {
      let byte = text[index]
      if byte == 0x29, isOpen {
        isOpen = false
        index += 1
      } else if byte == 0x2E || byte == 0x2C || byte == 0x27 {
        throw .malformed
      } else if TextBytes.isDigit(byte) {
        throw .malformed
      } else {
        try readSpaceOrSign()
      }
    }
  }

  private mutating func readSpaceOrSign() throws(MoneyError) {
    let space = TextBytes.spaceWidth(text, at: index)
    if space > 0 {
      index += space
      return
    }
    let minus = minusWidth()
    if minus > 0 {
      index += minus
      setNegative()
      return
    }
    try readWord()
  }

  private mutating func setNegative() {
    isNegative = true
    signs += 1
  }

  /// Hyphen, U+2212 minus, U+2012 figure dash, U+2013 en dash, U+FE63 and U+FF0D.
  private func minusWidth() -> Int {
    if text[index] == 0x2D { return 1 }
    guard index + 2 < text.count else { return 0 }
    switch (text[index], text[index + 1], text[index + 2]) {
    case (0xE2, 0x88, 0x92), (0xE2, 0x80, 0x92), (0xE2, 0x80, 0x93), (0xEF, 0xB9, 0xA3), (0xEF, 0xBC, 0x8D): return 3
    default: return 0
    }
  }

  /// A run of letters and currency signs: up to a digit, white space, a parenthesis or a minus.
  private mutating func readWord() throws(MoneyError) {
    let start = index
    while index < text.count, !endsWord() { index += 1 }
    if index == start || index - start > 8 { throw .notANumber }
    let word = Bytes(rebasing: text[start..<index])
    let found: CurrencySign = try Self.read(word)
    switch found {
    case .credit: setNegative()
    case .debit: signs += 1
    default:
      if sign != nil { throw .malformed }
      sign = found
    }
  }

  private static func read(_ word: Bytes) throws(MoneyError) -> CurrencySign {
    let result: Result<CurrencySign, MoneyError> = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8) {
      buffer in
      for index in word.indices { buffer[index] = TextBytes.upper(word[index]) }
      let upper = Bytes(rebasing: Bytes(buffer)[0..<word.count])
      do throws(MoneyError) { return .success(try CurrencySign(upper)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  private func endsWord() -> Bool {
    let byte = text[index]
    if TextBytes.isDigit(byte) || byte == 0x28 || byte == 0x29 { return true }
    return minusWidth() > 0 || TextBytes.spaceWidth(text, at: index) > 0
  }
}
