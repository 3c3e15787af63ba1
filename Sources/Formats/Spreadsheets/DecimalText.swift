/// A number in a workbook, read digit by digit: no binary fraction comes near it.
///
/// Spreadsheet programs keep and show 15 significant digits; what a file has beyond them is noise of its writer
/// (`1250.1000000000001`), so the value is rounded to 15.
struct DecimalText {
  /// The value is 0.mantissa * 10^point, with 15 digits in the mantissa.
  private(set) var mantissa: UInt64 = 0
  private(set) var point = 0
  private(set) var isNegative = false
  /// How many digits the text spelled out before its decimal mark, from the first that is not zero.
  private var wholeDigits = 0
  private var hasFraction = false

  static let significant = 15
  private static let full: UInt64 = 1_000_000_000_000_000

  /// Nil when the text is not a number or too large for any spreadsheet.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var at = 0
    var end = text.count
    while at < end, isSpace(text[at]) { at += 1 }
    while end > at, isSpace(text[end - 1]) { end -= 1 }
    if at < end, text[at] == 0x2D || text[at] == 0x2B {
      isNegative = text[at] == 0x2D
      at += 1
    }
    guard let next = readDigits(text, at, end) else { return nil }
    at = next
    if at < end {
      guard text[at] | 0x20 == 0x65, let exponent = Self.exponent(text, at + 1, end) else { return nil }
      point += exponent
      if exponent != 0 { hasFraction = true }
    }
    if mantissa == 0 {
      isNegative = false
      point = 0
    }
    if point > 309 { return nil }
  }

  private mutating func readDigits(_ text: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> Int? {
    var at = from
    var (taken, digits, dot) = (0, 0, -1)
    var roundsUp = false
    while at < end {
      let byte = text[at]
      if byte == 0x2E, dot < 0 {
        dot = digits
        hasFraction = true
      } else if byte &- 0x30 < 10 {
        digits += 1
        if taken > 0 || byte != 0x30 {
          if taken < Self.significant { mantissa = mantissa * 10 + UInt64(byte - 0x30) }
          if taken == Self.significant { roundsUp = byte >= 0x35 }
          if dot < 0 { wholeDigits += 1 }
          if taken == 0, dot >= 0 { point = dot - digits + 1 }
          taken += 1
        }
      } else {
        break
      }
      at += 1
    }
    if digits == 0 { return nil }
    if wholeDigits > 0 { point = wholeDigits }
    for _ in 0..<max(0, Self.significant - taken) { mantissa *= 10 }
    if roundsUp { mantissa += 1 }
    if mantissa == Self.full {
      mantissa /= 10
      point += 1
    }
    return at
  }

  private static func exponent(_ text: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> Int? {
    var at = from
    var isNegative = false
    if at < end, text[at] == 0x2D || text[at] == 0x2B {
      isNegative = text[at] == 0x2D
      at += 1
    }
    if at == end { return nil }
    var value = 0
    while at < end {
      guard text[at] &- 0x30 < 10 else { return nil }
      if value < 100_000 { value = value * 10 + Int(text[at] - 0x30) }
      at += 1
    }
    return isNegative ? -value : value
  }

  /// Whether digits were lost that the text spelled out, or that no spreadsheet program keeps.
  var isBeyondPrecision: Bool { mantissa != 0 && point > Self.significant }

  /// Whether the text is a plain run of digits, each of which counts.
  var isPlainWhole: Bool { !hasFraction }

  /// Writes the value: digits, a point where one is needed, no zeros at the end of a fraction.
  ///
  /// `shift` moves the point to the right: 2 makes percents. Beyond 30 places either way an exponent is written.
  func write(to target: inout RowBuffer, shift: Int = 0) {
    if mantissa == 0 { return target.append(0x30) }
    if isNegative { target.append(0x2D) }
    var digits = mantissa
    var count = Self.significant
    while digits % 10 == 0 {
      digits /= 10
      count -= 1
    }
    let place = point + shift
    let text = Array(String(digits).utf8)
    if place > 30 || place < -30 {
      target.append(text[0])
      if count > 1 { target.append(0x2E) }
      for byte in text.dropFirst() { target.append(byte) }
      target.append("E" + (place > 0 ? "+" : "") + String(place - 1))
      return
    }
    if place <= 0 {
      target.append("0.")
      for _ in 0..<(-place) { target.append(0x30) }
    }
    for (index, byte) in text.enumerated() {
      if index == place, index > 0 { target.append(0x2E) }
      target.append(byte)
    }
    for _ in 0..<max(0, place - count) { target.append(0x30) }
  }

  /// The value times ten to the tenth, rounded; nil when it does not fit.
  var tenBillionths: Int? {
    let power = point - 5
    if power > 3 { return nil }
    var value = Int(mantissa)
    for _ in 0..<max(0, power) { value *= 10 }
    if power < 0 {
      if -power > 17 { return 0 }
      let divisor = (0..<(-power)).reduce(1) { value, _ in value * 10 }
      value = (value + divisor / 2) / divisor
    }
    return isNegative ? -value : value
  }

  /// Whether the bytes are already what `write` would make of them: the case of nearly every number.
  static func isCanonical(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = text.count
    if count == 0 || count > significant { return false }
    let first = text[0]
    if count == 1 { return first &- 0x30 < 10 }
    if first == 0x30 { return false }
    var dot = false
    for byte in text {
      if byte &- 0x30 < 10 { continue }
      if byte != 0x2E || dot { return false }
      dot = true
    }
    return !dot || (first != 0x2E && text[count - 1] != 0x2E && text[count - 1] != 0x30)
  }
}

@inline(__always)
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }
