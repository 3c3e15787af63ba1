import Domain
import Regex

/// Finds percentages and ranges of months in a clause.
struct Shares {
  struct Share {
    let range: Range<Int>
    let percent: Percent
    /// Words and figure differ.
    let isConflict: Bool
  }

  struct Months {
    let range: Range<Int>
    /// nil where it goes on from the range before: `thereafter`.
    let from: Int?
    /// nil for the end of the term.
    let through: Int?
  }

  static let number =
    "(?:\(Rule.number)(?:\\s{0,2}\\( ?\\d{1,3} ?\\))?|\\d{1,3}(?:st|nd|rd|th)?(?:\\s{0,2}\\( ?(?:\(Rule.number)"
    + "|\\d{1,3}) ?\\))?)"
  private static let sign = "(?:%|percent\\b|per cent\\b)"
  private let share = Rule.pattern(
    "(?:(\(Rule.number))[- ](?:percent|per cent)(?: ?\\( ?(\\d{1,3}(?:\\.\\d{1,2})?) ?%? ?\\))?"
      + "|(?:(\(Rule.number)) ?\\( ?)?(?<![\\d.,])(\\d{1,3}(?:\\.\\d{1,2})?) ?\\)? ?\(sign))")
  private let all = Rule.pattern(
    "\\b(?:all|the (?:full|entire|total|aggregate)(?: amount| sum| value| balance)?)(?: of)?(?: the)?\\b")
  /// A pattern, and the months it means by the two numbers it found: from the first to the last.
  private typealias Span = (Pattern, (Int?, Int?) -> (Int?, Int?)?)
  private let months: [Span]

  init() { months = Self.monthSpans() + Self.yearSpans() + Self.laterSpans() }

  private static func monthSpans() -> [Span] {
    let end =
      "(?:the )?(?:end|expiration|expiry|remainder|last month|balance)(?: of (?:the|such|its|each) [\\w ]{0,24}?term)?"
    return [
      (
        Rule.pattern(
          "\\bmonths? (?:number )?(\(number))(?: ?[-–—] ?| (?:through|to|thru|until|up to|and) )(?:month )?(?:and"
            + " including )?(\(number))(?! ?%)\\b\\)?"
        ),
        { from, to in
          guard let from, let to, to >= from else { return nil }
          return (from, to)
        }
      ),
      (
        Rule.pattern(
          "\\bmonths? (\(number)) ?(?:(?:[-–—]|through|to|until) \(end)|and (?:after|beyond|thereafter|later"
            + "|onwards?)|\\+|onwards?|or later)"
        ), { from, _ in (from, nil) }
      ),
      (
        Rule.pattern("\\b(?:the )?(?:first|initial) (\(number))(?:[- ])months?(?! (?:after|of each))"),
        { count, _ in (1, count) }
      ),
      (
        Rule.pattern("\\b(?:the )?(?:first|initial) (\(number))(?:[- ])(?:contract |service )?years?"),
        { count, _ in (1, count.map { $0 * 12 }) }
      ),
    ]
  }

  private static func yearSpans() -> [Span] {
    [
      (
        Rule.pattern(
          "\\b(?:contract |service )?years? (\(number)) ?(?:[-–—]|through|to|and|&) ?(?:year )?(\(number))\\b"),
        { from, to in
          guard let from, let to, to >= from else { return nil }
          return ((from - 1) * 12 + 1, to * 12)
        }
      ),
      (
        Rule.pattern(
          "\\b(?:contract |service )?years? (\(number)) ?(?:and (?:after|beyond|thereafter|later)|\\+|onwards?|or"
            + " later)"
        ), { from, _ in (from.map { ($0 - 1) * 12 + 1 }, nil) }
      ),
      (
        Rule.pattern("\\b(?:contract |service )year (\(number))\\b|\\byear (\(number))\\b"),
        { one, other in
          (one ?? other).map { (($0 - 1) * 12 + 1, $0 * 12) }
        }
      ),
      (
        Rule.pattern(
          "\\b(\(Rule.ordinal)|\\d(?:st|nd|rd|th))(?:\\s{0,2}\\( ?\\d(?:st|nd|rd|th)? ?\\))? (?:contract |service |full"
            + " )?year\\b"
        ),
        { year, _ in
          year.map { (($0 - 1) * 12 + 1, $0 * 12) }
        }
      ),
    ]
  }

  private static func laterSpans() -> [Span] {
    [
      (
        Rule.pattern(
          "\\b(?:after|following|beyond) (?:the )?(?:first )?(?:month )?(\(number))(?:[- ]months?)?(?! ?(?:%|days?"
            + "|years?|business))\\b"
        ), { count, _ in (count.map { $0 + 1 }, nil) }
      ),
      (
        Rule.pattern(
          "\\b(?:after|following|beyond) (?:the )?(?:end of (?:the )?)?(?:first )?(\(number))(?:[- ])(?:contract "
            + "|service )?years?"
        ), { count, _ in (count.map { $0 * 12 + 1 }, nil) }
      ),
      (
        Rule.pattern(
          "\\b(?:there ?after|any (?:subsequent|later|remaining) (?:month|year)s?|(?:all|each|any) (?:subsequent"
            + "|following) (?:month|year)s?|(?:the )?(?:rest|remainder|balance) of the (?:initial |service |contract"
            + " )?term thereafter|in any (?:later|subsequent) (?:month|year))\\b"
        ), { _, _ in (nil, nil) }
      ),
    ]
  }

  func shares(in text: [UInt8], _ range: Range<Int>) -> [Share] {
    share.all(in: text, within: range).compactMap { match in
      let words = (match[1] ?? match[3]).flatMap { NumberWords.value(String(decoding: text[$0], as: UTF8.self)) }
      let figure = (match[2] ?? match[4]).flatMap { Percent(number: String(decoding: text[$0], as: UTF8.self)) }
      guard let percent = figure ?? words.flatMap({ Percent(hundredths: $0 * 100) }) else { return nil }
      return Share(
        range: match.range, percent: percent,
        isConflict: figure != nil && words != nil && words.map { $0 * 100 } != figure?.hundredths)
    }
  }

  /// `all of the`, `the full amount of`: the whole, without a figure.
  func whole(in text: [UInt8], _ range: Range<Int>) -> Bool { all.first(in: text, within: range) != nil }

  /// Ranges of months in the order of the text; the longest where several begin at one place.
  func months(in text: [UInt8], _ range: Range<Int>) -> [Months] {
    var found: [Months] = []
    for (pattern, make) in months {
      for match in pattern.all(in: text, within: range) {
        let numbers = [1, 2].map { group in match[group].flatMap { number(text, $0) } }
        guard let (from, through) = make(numbers[0], numbers[1]) else { continue }
        found.append(Months(range: match.range, from: from, through: through))
      }
    }
    found.sort { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }
    var kept: [Months] = []
    for months in found where months.range.lowerBound >= kept.last?.range.upperBound ?? 0 { kept.append(months) }
    return kept
  }

  /// `twelve (12)`, `12`, `12th`, `first`: the figure where there are both.
  func number(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    let words = String(decoding: text[range], as: UTF8.self)
    let parts = words.split { $0 == "(" || $0 == ")" }.map { $0.trimmed }
    let values = parts.compactMap { NumberWords.value($0) }
    guard values.count == parts.count, let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}

extension Substring {
  fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
