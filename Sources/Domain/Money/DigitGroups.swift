/// A run of digits with its separators: which one is the decimal mark, and the value in minor units.
struct DigitGroups {
  /// What the separators of one number prove.
  enum Proof { case none, point, comma, ambiguous }

  private let text: Bytes
  private var points = 0
  private var commas = 0
  private var others = 0
  private var lastPoint = -1
  private var lastComma = -1

  init(_ digits: Bytes) {
    text = digits
    var index = 0
    while index < text.count {
      let width = Self.separatorWidth(text, at: index)
      switch (width, text[index]) {
      case (0, _): break
      case (_, 0x2E):
        points += 1
        lastPoint = index
      case (_, 0x2C):
        commas += 1
        lastComma = index
      default: others += 1
      }
      index += max(width, 1)
    }
  }

  /// The width of a separator (point, comma, apostrophe, white space), 0 when there is none.
  static func separatorWidth(_ text: Bytes, at index: Int) -> Int {
    switch text[index] {
    case 0x2E, 0x2C, 0x27: return 1
    case 0x30...0x39: return 0
    default: break
    }
    if index + 2 < text.count, text[index] == 0xE2, text[index + 1] == 0x80, text[index + 2] == 0x99 { return 3 }
    return TextBytes.spaceWidth(text, at: index)
  }

  /// The decimal mark as far as this number alone proves it.
  func proof() -> Proof {
    if points == 0, commas == 0 { return .none }
    if points > 0, commas > 0 { return lastPoint > lastComma ? .point : .comma }
    let isPoint = points > 0
    if points + commas > 1 { return isPoint ? .comma : .point }
    let at = isPoint ? lastPoint : lastComma
    let isDecimal = others > 0 || text.count - at - 1 != 3 || at == 0 || at > 3 || text[0] == 0x30
    if !isDecimal { return .ambiguous }
    return isPoint ? .point : .comma
  }

  /// The value in minor units; groups are verified to be of three digits with one separator throughout.
  func minor(mark: DecimalMark?, exponent: Int, isNegative: Bool) throws(MoneyError) -> Int64 {
    let decimal = try decimalIndex(mark)
    var value: UInt64 = 0
    try readWhole(upTo: decimal ?? text.count, into: &value)
    var digits = 0
    var isTooPrecise = false
    var index = (decimal ?? text.count) + 1
    while index < text.count {
      guard TextBytes.isDigit(text[index]) else { throw .malformed }
      let digit = text[index] - 0x30
      if digits < exponent {
        try Self.push(digit, onto: &value)
      } else if digit != 0 {
        isTooPrecise = true
      }
      digits += 1
      index += 1
    }
    if isTooPrecise { throw .tooPrecise(exponent: exponent) }
    while digits < exponent {
      try Self.push(0, onto: &value)
      digits += 1
    }
    if isNegative { return try Self.negative(value) }
    guard let result = Int64(exactly: value) else { throw .overflow }
    return result
  }

  /// Whether groups and decimals hold under the mark that was proven; dates and addresses like `10.0.0.1` do not.
  func isWellFormed(as proof: Proof) -> Bool {
    let mark: DecimalMark? =
      switch proof {
      case .none: nil
      case .comma: .comma
      case .point, .ambiguous: .point
      }
    do throws(MoneyError) {
      _ = try minor(mark: mark, exponent: 0, isNegative: false)
      return true
    } catch {
      if case .tooPrecise = error { return true }
      return false
    }
  }

  private func decimalIndex(_ mark: DecimalMark?) throws(MoneyError) -> Int? {
    let chosen: DecimalMark
    if let mark {
      chosen = mark
    } else {
      switch proof() {
      case .none: return nil
      case .ambiguous: throw .ambiguous
      case .point: chosen = .point
      case .comma: chosen = .comma
      }
    }
    let count = chosen == .point ? points : commas
    if count > 1 { throw .malformed }
    return count == 0 ? nil : (chosen == .point ? lastPoint : lastComma)
  }

  private func readWhole(upTo end: Int, into value: inout UInt64) throws(MoneyError) {
    var separator: UInt8 = 0
    var run = 0
    var index = 0
    while index < end {
      let width = Self.separatorWidth(text, at: index)
      if width == 0 {
        try Self.push(text[index] - 0x30, onto: &value)
        run += 1
        index += 1
        continue
      }
      let kind = Self.kind(text, at: index)
      let isFirst = separator == 0
      if isFirst ? !(1...3).contains(run) : (run != 3 || kind != separator) { throw .malformed }
      separator = kind
      run = 0
      index += width
    }
    if separator != 0, run != 3 { throw .malformed }
  }

  /// One value for all apostrophes and one for all white space, so that a number keeps to one kind.
  private static func kind(_ text: Bytes, at index: Int) -> UInt8 {
    switch text[index] {
    case 0x2E, 0x2C: text[index]
    case 0x27: 0x27
    case 0xE2 where index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] == 0x99: 0x27
    default: 0x20
    }
  }

  @inline(__always)
  private static func push(_ digit: UInt8, onto value: inout UInt64) throws(MoneyError) {
    let (product, carried) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowed) = product.addingReportingOverflow(UInt64(digit))
    if carried || overflowed { throw .overflow }
    value = sum
  }

  private static func negative(_ value: UInt64) throws(MoneyError) -> Int64 {
    if value == UInt64(Int64.max) + 1 { return .min }
    guard let magnitude = Int64(exactly: value) else { throw .overflow }
    return -magnitude
  }
}
