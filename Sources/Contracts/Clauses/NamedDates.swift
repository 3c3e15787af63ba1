import Regex

/// Dates to which the contract gives a name: `October 1, 1999 (the "Effective Date")`, `Commencement Date: 1 May 2020`.
struct NamedDates {
  struct Entry: Equatable {
    /// In small letters: `effective date`.
    var name: String
    /// What the name stands for; the range is that of the date or of the words that describe it.
    var date: DateMention
    var isDefinition: Bool
  }

  private let after: Pattern
  private let before: Pattern
  private let label: Pattern
  private let described: Pattern

  init() {
    let name =
      "((?:(?-i:[A-Z])[\\w-]*\\x20){1,3}(?:Date|Start|End)|EffectiveDate"
      + "|(?-i:(?:commencement|effective|start|expiration|expiry|termination|end) date|[Cc]ontract (?:start|end)))"
    let quote = Rule.quote
    after = Rule.pattern(
      "\\G[^.;(]{0,60}[(\\[](?:[^()]{0,60}?[ ,])?(?:as |being )?(?:the |its "
        + "|an? )?(?:\(quote) ?\(name) ?[.,]?\(quote)|\(name) ?\\))")
    before = Rule.pattern(
      "\(quote) ?(?:the )?\(name)[.,]? ?\(quote)(?: \\([^)]{0,80}\\))?[ ,]{0,2}(?:\\S+ ){0,3}?(?:means?|is|be"
        + "|refers? to|will be|shall mean)[ :,]{0,3}"
        + "(?:\\S+ ){0,8}$")
    label = Rule.pattern(
      "\\b\(name)(?: (?:of|for) (?:this |the )?(?:\\w+ ){0,3}\\w+)?\\)? ?(?:[:\\-–]|is|shall be|will be|\\)"
        + "|of)? ?(?:\\S{1,12} ){0,2}$")
    described = Rule.pattern(
      "\(quote) ?(?:the )?\(name)[.,]? ?\(quote)(?: \\([^)]{0,80}\\))?,?(?: shall| will)? (?:means?|is|be|refers? to"
        + "|ha(?:s|ve) the meaning)[ :,]{0,2}"
        + "([^.;]{5,240})")
  }

  func find(_ text: ClauseText) -> [Entry] {
    var entries: [Entry] = []
    for (index, date) in text.dates.enumerated() {
      let sentence = text.sentences[text.sentence(at: date.range.lowerBound)]
      let next = index + 1 < text.dates.count ? text.dates[index + 1].range.lowerBound : text.bytes.count
      let end = max(min(sentence.upperBound, next), date.range.upperBound)
      let tail = text.after(date.range.upperBound, min(end - date.range.upperBound, 220))
      if let match = after.first(in: text.bytes, within: tail), let name = match[1] ?? match[2] {
        entries.append(Entry(name: Self.plain(text.string(name)), date: date, isDefinition: true))
        continue
      }
      let head = text.before(date.range.lowerBound, 200)
      if let match = before.first(in: text.bytes, within: head), let name = match[1] {
        entries.append(Entry(name: Self.plain(text.string(name)), date: date, isDefinition: true))
        continue
      }
      let near = text.before(date.range.lowerBound, 90)
      if let match = label.first(in: text.bytes, within: near), let name = match[1] {
        entries.append(Entry(name: Self.plain(text.string(name)), date: date, isDefinition: false))
      }
    }
    return entries
  }

  /// In small letters, without an article.
  private static func plain(_ name: String) -> String {
    let words = name.lowercased().split(separator: " ").drop { ["the", "this", "of", "and"].contains($0) }
    let plain = words.joined(separator: " ")
    return plain == "effectivedate" ? "effective date" : plain
  }

  /// A definition without a day: `"Effective Date" means the date of the last signature`.
  func description(of name: String, in text: ClauseText) -> Range<Int>? {
    for match in described.all(in: text.bytes) {
      if let found = match[1], Self.plain(text.string(found)) == name { return match[2] }
    }
    return nil
  }
}
