import Pages
import Regex

/// What the contract calls itself: the first short block that names a kind of paper.
struct TitleRule {
  private let kind = Rule.pattern(
    "\\b(?:agreement|contract|amendment|addendum|order|lease|license|licence|schedule|statement of work|undertaking"
      + "|memorandum|letter of (?:intent|agency|authorization)|quote|proposal)\\b")
  private let notTitle = Rule.pattern(
    "\\b(?:exhibit|execution (?:copy|version)|confidential treatment|this agreement|table of contents|dated|between"
      + "|shall|pursuant|hereby|omitted|source)\\b")

  func read(_ text: ClauseText) -> Finding<String>? {
    let zone = text.after(0, 4000)
    var start = zone.lowerBound
    while start < zone.upperBound {
      let end = text.bytes[start..<zone.upperBound].firstIndex(of: 0x0A) ?? zone.upperBound
      let block = start..<end
      if (5...160).contains(block.count), kind.first(in: text.bytes, within: block) != nil,
        notTitle.first(in: text.bytes, within: block) == nil, isTitle(text.string(block))
      {
        return text.text.evidence(block, method: "label/title", confidence: Confidence.of("title"))
          .map { Finding(text.string(block), $0) }
      }
      start = end + 1
    }
    return nil
  }

  /// Capitals at the beginning of every word but the small ones.
  private func isTitle(_ block: String) -> Bool {
    let words = block.split(separator: " ").filter { $0.count > 3 && $0.first?.isLetter == true }
    return words.allSatisfy { $0.first?.isUppercase == true }
  }
}
