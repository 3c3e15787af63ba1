import Domain
import Regex

/// A length of time somewhere in a text.
package struct Duration: Equatable, Sendable {
  package enum Unit: Sendable { case days, weeks, months, years }

  package var range: Range<Int>
  package var count: Int
  package var unit: Unit
  package var isBusinessDays = false
  /// The number in words and the figure beside it differ; `count` is the figure.
  package var isConflict = false

  /// Whole months; nil for days and weeks.
  package var months: Int? {
    switch unit {
    case .days, .weeks: nil
    case .months: count
    case .years: count * 12
    }
  }

  /// Days; nil for months and years.
  package var days: Int? {
    switch unit {
    case .days: count
    case .weeks: count * 7
    case .months, .years: nil
    }
  }
}

/// Finds `three (3) years`, `36 months`, `a one-year period`, `half a year`, `third anniversary`.
package struct Durations {
  private let plain: Pattern
  private let single: Pattern
  private let anniversary: Pattern

  package init() {
    let (number, ordinal) = (Rule.number, Rule.ordinal)
    plain = Rule.pattern(
      "(?<![\\d.,$])\\b(?:(\(number))(?:[\\s-]{0,3}\\( ?(\\d{1,3}) ?\\)|[\\s-]{1,3}(\\d{1,3})\\b)?"
        + "|(\\d{1,3})(?:\\s{0,2}\\( ?(\(number)|\\d{1,3}) ?\\))?)[\\s’'-]{0,4}"
        + "((?:(?:business|working|banking|calendar|full|successive|additional|consecutive|contract|further"
        + "|more) ){0,2})"
        + "-?(day|week|month|quarter|year)(?:s|ly)?\\b")
    single = Rule.pattern(
      "\\b(?:(half)(?: of)? an? year|(?:an?|each|every|the following)(?: additional| further| extra| successive| full"
        + "| calendar| contract)? (month|year)\\b|(annual|month|year|quarter)ly\\b|annual(?= (?:term|period|basis"
        + "|renewal))"
        + "|(year)[- ](?:to|by)[- ]year|each anniversary)")
    anniversary = Rule.pattern(
      "\\b(?:((?:\(ordinal)|\\d{1,2}(?:st|nd|rd|th)))(?:\\s{0,2}\\( ?\\d{1,2}(?:st|nd|rd|th)? ?\\))?"
        + "[- ](?:year )?|(\(number)|\\d{1,2})(?:\\s{0,2}\\(\\d{1,2}\\))?[- ]years? )anniversary")
  }

  /// Those with a number, in the order of the text.
  package func find(in text: [UInt8], within range: Range<Int>) -> [Duration] {
    plain.all(in: text, within: range).compactMap { duration($0, text) }
  }

  /// The first one, also `annually`, `year to year`, `an additional month`.
  package func firstPeriod(in text: [UInt8], within range: Range<Int>) -> Duration? {
    let numbered = plain.first(in: text, within: range).flatMap { duration($0, text) }
    guard let match = single.first(in: text, within: range),
      numbered.map({ match.range.lowerBound < $0.range.lowerBound }) ?? true
    else { return numbered }
    let words = String(decoding: text[match.range], as: UTF8.self).lowercased()
    if match[1] != nil { return Duration(range: match.range, count: 6, unit: .months) }
    if words.contains("quarter") { return Duration(range: match.range, count: 3, unit: .months) }
    return Duration(range: match.range, count: 1, unit: words.contains("month") ? .months : .years)
  }

  /// The years of the first anniversary named.
  package func firstAnniversary(in text: [UInt8], within range: Range<Int>) -> Duration? {
    guard let match = anniversary.first(in: text, within: range), let words = match[1] ?? match[2],
      let count = NumberWords.value(String(decoding: text[words], as: UTF8.self))
    else { return nil }
    return Duration(range: match.range, count: count, unit: .years)
  }

  private func duration(_ match: Pattern.Match, _ text: [UInt8]) -> Duration? {
    func value(_ group: Int) -> Int? {
      match[group].flatMap { NumberWords.value(String(decoding: text[$0], as: UTF8.self)) }
    }
    let first = value(1) ?? value(4)
    let second = value(2) ?? value(3) ?? value(5)
    guard let first, let unitRange = match[7] else { return nil }
    let kind = String(decoding: text[match[6] ?? 0..<0], as: UTF8.self).lowercased()
    let (unit, factor): (Duration.Unit, Int) =
      switch text[unitRange.lowerBound] | 0x20 {
      case 0x64: (.days, 1)
      case 0x77: (.weeks, 1)
      case 0x6D: (.months, 1)
      case 0x71: (.months, 3)
      default: (.years, 1)
      }
    // The figure is what the lawyers who marked the corpus took, and it is never used unflagged.
    let count = value(4) ?? second ?? first
    return Duration(
      range: match.range, count: count * factor, unit: unit,
      isBusinessDays: kind.contains("business") || kind.contains("working") || kind.contains("banking"),
      isConflict: second.map { $0 != first } ?? false)
  }
}
