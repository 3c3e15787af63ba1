/// A date taken apart into its three parts, before anything is decided about their order.
struct DateText {
  struct Part {
    var value = 0
    var digits = 0
    var isName = false
  }

  private(set) var parts = (Part(), Part(), Part())
  private(set) var count = 0
  /// Every separator is a point, as in `4.3.2024`.
  private(set) var isDotted = true

  /// Takes the date without its time; nil when it does not have three parts, or is not made of numbers and a month.
  init?(_ text: Bytes) {
    var index = 0
    while index < text.count {
      if TextBytes.isDigit(text[index]) {
        guard let part = Self.readNumber(text, &index), append(part) else { return nil }
      } else if TextBytes.isLetter(text[index]) || text[index] >= 0xC3 && text[index] < 0xC6 {
        guard let part = Self.readMonth(text, &index), append(part) else { return nil }
      } else {
        return nil
      }
      if index < text.count, !skipSeparator(text, &index) { return nil }
    }
    guard count == 3 else { return nil }
    let names = (parts.0.isName ? 1 : 0) + (parts.1.isName ? 1 : 0) + (parts.2.isName ? 1 : 0)
    if names > 1 || parts.2.isName { return nil }
  }

  var hasName: Bool { parts.0.isName || parts.1.isName }

  private mutating func append(_ part: Part) -> Bool {
    switch count {
    case 0: parts.0 = part
    case 1: parts.1 = part
    case 2: parts.2 = part
    default: return false
    }
    count += 1
    return true
  }

  /// Up to four digits, and an ordinal's ending: `4th`, `1er`.
  private static func readNumber(_ text: Bytes, _ index: inout Int) -> Part? {
    var part = Part()
    while index < text.count, TextBytes.isDigit(text[index]) {
      part.value = part.value * 10 + Int(text[index] - 0x30)
      part.digits += 1
      index += 1
      if part.digits > 4 { return nil }
    }
    if index + 1 < text.count, part.digits <= 2 {
      switch (TextBytes.lower(text[index]), TextBytes.lower(text[index + 1])) {
      case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68), (0x65, 0x72):
        if index + 2 == text.count || !TextBytes.isLetter(text[index + 2]) { index += 2 }
      default: break
      }
    }
    return part
  }

  private static func readMonth(_ text: Bytes, _ index: inout Int) -> Part? {
    let start = index
    while index < text.count, TextBytes.isLetter(text[index]) || text[index] >= 0x80 {
      if TextBytes.spaceWidth(text, at: index) > 0 { break }
      index += 1
    }
    guard let month = MonthNames.month(Bytes(rebasing: text[start..<index])) else { return nil }
    if index < text.count, text[index] == 0x2E { index += 1 }
    return Part(value: month, digits: 0, isName: true)
  }

  /// One of `-`, `/`, `.`, `,` with white space around it, or white space alone; none between a number and a name.
  private mutating func skipSeparator(_ text: Bytes, _ index: inout Int) -> Bool {
    let start = index
    var marks = 0
    var dots = 0
    while index < text.count {
      let width = TextBytes.spaceWidth(text, at: index)
      if width > 0 {
        index += width
        continue
      }
      guard [0x2D, 0x2F, 0x2E, 0x2C].contains(text[index]) else { break }
      if text[index] == 0x2E { dots += 1 }
      marks += 1
      index += 1
    }
    if dots == 0 { isDotted = false }
    if index == text.count || marks > 1 { return false }
    return index > start || TextBytes.isLetter(text[index]) || !TextBytes.isDigit(text[index - 1])
  }
}
