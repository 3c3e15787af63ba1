import Domain
import Pages
import Regex

/// A date somewhere in a text.
package struct DateMention: Equatable, Sendable {
  package var range: Range<Int>
  /// `.day`, `.partial` or `.redacted`.
  package var date: ContractDate
  /// Numbers that read both ways; `date` is the reading that the page's format suggests.
  package var isAmbiguous = false
}

/// Finds the dates of a text, in words, in numbers, with parts left out.
package struct DateMentions {
  /// Groups by name of the part: what each pattern's first three groups are.
  private enum Form { case monthDayYear, dayMonthYear, numbers, iso, partial }

  private let forms: [(Form, Pattern)]
  private let american = Rule.pattern(
    "\\b(?-i:[A-Z]{2}) \\d{5}(?:-\\d{4})?\\b|\\b(?:State|Commonwealth) of (?-i:[A-Z])|\\bU\\.?S\\. dollars"
      + "|\\bUnited States\\b|\\ba (?:Delaware|Nevada|New York|California|Texas|Florida) (?:corporation|limited)")

  package init() {
    let (month, year, ending, blank) = (Rule.month, Rule.year, Rule.ending, Rule.blank)
    let ordinal = Rule.ordinal
    let sources: [(Form, String)] = [
      (
        .monthDayYear,
        "\\b(\(month))\\b\\.? ?((?:\\d{1,2}(?!\\d)|\(ordinal)\\b))\(ending)?[ ,]{0,3}(?:in the year "
          + "|of )?(\(year))\\b"
      ),
      (
        .dayMonthYear,
        "((?<!\\d)\\d{1,2}(?!\\d)|\\b\(ordinal)\\b)\(ending)? ?(?:\\( ?\\d{1,2}\(ending)? ?\\) ?)?(?:day of |of "
          + "|calendar day of )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?[-,]?"
          + " ?(\(month))\\b\\.?(?: \(ending))?[ ,-]{0,3}(?:in the year |of the year |of |year |A\\.?D\\.?,? )?,? ?(\(year)"
          + "|(?<=-)\\d\\d)\\b"
      ),
      (.iso, "(?<![\\d/.-])((?:19|20)\\d\\d)[-/.](\\d{1,2})[-/.](\\d{1,2})(?![\\d/-])"),
      (
        .numbers,
        "(?<![\\d/.$-])(?<!section\\x20)(?<!article\\x20)(?<!clause\\x20)(\\d{1,2})([-/.])(\\d{1,2})\\2((?:"
          + "19|20)?\\d\\d)(?![\\d/-]|\\.\\d)"
      ),
      (.partial, "\\b\(month)\\b ?\(blank)[ ,]{0,3}(?:19|20)(?:\\d\\d|\(blank))"),
      (
        .partial,
        "(?:\(blank)|\\d{1,2})\(ending)? ?day of ?(?:\(month)|\(blank))[ ,]{0,3}(?:(?:19|20) ?(?:\\d\\d|\(blank))"
          + "|\(blank))"
      ),
      (.partial, "\(blank) ?/ ?\(blank) ?/ ?(?:19|20)\\d\\d"),
      (.partial, "(?:\(blank)[ ,]{1,3}|\\b(?:as of|dated|of this) \\K, ?)(?:19|20)\\d\\d\\b"),
      (.partial, "\\b\(month)[ ,]{1,3}(?:19|20)\\d\\d\\b"),
    ]
    forms = sources.map { ($0.0, Rule.pattern($0.1)) }
  }

  /// Where the paper is A4, taller than US letter's 11 : 8.5, and names no place of the United States.
  package func isDayFirst(_ text: ContractText) -> Bool {
    guard let page = text.pages.first, page.width > 0, page.height > page.width else { return false }
    let ratio = Int(page.height) * 1000 / Int(page.width)
    return ratio > 1350 && ratio < 1500 && american.first(in: text.bytes) == nil
  }

  /// In the order of the text, none overlapping; `isDayFirst` decides numbers that nothing else decides.
  package func find(in text: [UInt8], isDayFirst: Bool) -> [DateMention] {
    var found: [DateMention] = []
    var taken: [Range<Int>] = []
    for (form, pattern) in forms {
      for match in pattern.all(in: text) where !taken.contains(where: { $0.overlaps(match.range) }) {
        guard let mention = mention(form, match, text, isDayFirst) else { continue }
        found.append(mention)
      }
      taken = found.map(\.range)
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func mention(_ form: Form, _ match: Pattern.Match, _ text: [UInt8], _ isDayFirst: Bool) -> DateMention? {
    func part(_ group: Int) -> String { String(decoding: text[match[group] ?? 0..<0], as: UTF8.self) }
    let written = String(decoding: text[match.range], as: UTF8.self).split { $0 == " " || $0 == "\n" }
      .joined(separator: " ")
    switch form {
    case .partial: return DateMention(range: match.range, date: .partial(written))
    case .monthDayYear: return day(part(2), part(1), part(3), match.range)
    case .dayMonthYear: return day(part(1), part(2), part(3), match.range)
    case .iso:
      guard let date = parsed("\(part(1))-\(part(2))-\(part(3))", .ymd) else { return nil }
      return DateMention(range: match.range, date: .day(date))
    case .numbers:
      let digits = "\(part(1))/\(part(3))/\(part(4))"
      let (dayFirst, monthFirst) = (parsed(digits, .dmy), parsed(digits, .mdy))
      guard let date = isDayFirst ? dayFirst ?? monthFirst : monthFirst ?? dayFirst else { return nil }
      return DateMention(
        range: match.range, date: .day(date),
        isAmbiguous: dayFirst != nil && monthFirst != nil && dayFirst != monthFirst)
    }
  }

  private func day(_ day: String, _ month: String, _ year: String, _ range: Range<Int>) -> DateMention? {
    guard let number = NumberWords.value(day), let value = NumberWords.value(year),
      let date = parsed("\(number) \(month) \(value)", .dmy)
    else { return nil }
    return DateMention(range: range, date: .day(date))
  }

  private func parsed(_ text: String, _ order: DateOrder) -> CalendarDate? {
    TextBytes.withBytes(of: text) { try? CalendarDate.parse($0, order: order) }
  }
}
