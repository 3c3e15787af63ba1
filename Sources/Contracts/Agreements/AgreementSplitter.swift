import Pages
import Regex

/// Finds where another agreement begins among the pages of one file.
///
/// A page begins one when a title stands in its upper half that did not run along on the page before, and something says
/// that the last one is over: a signature before it, a count of pages that begins again, or another number. It also says between whom it is, or of what it is the number.
struct AgreementSplitter {
  private let title = Rule.pattern(
    "^(?:\\W*(?:the|this) )?(?:[\\w&.,’'-]+ ){0,5}?(?:master (?:\\w+ ){0,4}agreement|(?:customer|sales|carrier"
      + "|service|work)? ?order(?: form)?|(?:service|carrier) schedule|amendment|addendum|statement of work|letter of"
      + " (?:agency|authori[sz]ation)|(?:lease|licen[sc]e|services?) agreement|quotation)\\b(?: (?:no\\.?|number|#|to"
      + "|of|form|and|-|–)?.{0,60})?$"
  )
  private let attached = Rule.pattern("^\\W*(?:exhibit|attachment|appendix|annex|schedule|table of contents)\\b")
  private let signature = Rule.pattern(
    "\\bin witness whereof\\b|\\b(?:authori[sz]ed )?signature\\b ?:?|(?:^|\\n|\\s)by: ?_|\\bsigned (?:by|for)\\b"
      + "|\\bname:[^\\n]{0,60}\\btitle:|\\btitle: ?_"
  )
  private let opening = Rule.pattern(
    "\\b(?:between|entered into|(?:order|agreement|amendment|contract|quote) (?:no\\.?|number|date|id)|this (?:\\w+"
      + " ){0,2}(?:amendment|order|agreement|addendum)|customer(?: name)? ?:)"
  )
  private let first = Rule.pattern("\\bpage 1 of \\d{1,3}\\b")
  private let number = Rule.pattern(
    "\\b(?:order|agreement|contract|amendment|schedule|quote) ?(?:no\\.?|number|#|id) ?[:#]{0,2}"
      + " ?\(AgreementIdentity.identifier)"
  )

  /// The pages of each agreement, as ranges of `pages`.
  func split(_ pages: [Page]) -> [Range<Int>] {
    var starts = [0]
    var before = titles(pages.first)
    for index in pages.indices.dropFirst() {
      let now = titles(pages[index])
      let fresh = now.filter { !before.contains($0) }
      before = titles(pages[index])
      guard !fresh.isEmpty, opening.first(in: pages[index].text) != nil, isOver(pages, starts.last ?? 0, index) else {
        continue
      }
      starts.append(index)
    }
    return zip(starts, starts.dropFirst() + [pages.count]).map { $0..<$1 }
  }

  /// Lines of the upper half that are a title, in lower case and without figures, but for the pages' count.
  private func titles(_ page: Page?) -> [String] {
    guard let page else { return [] }
    let lines = TableLine.all(of: page, number: 0).prefix { $0.box.y0 < page.height * 2 / 5 }.prefix(8)
    if let line = lines.first(where: { $0.words.count > 1 }), attached.first(in: Array(line.text.utf8)) != nil {
      return []
    }
    return lines.filter { line in
      line.words.count <= 10 && line.words.count > 1 && isCapitalised(line.text)
        && title.first(in: Array(line.text.utf8)) != nil
    }.map { $0.text.lowercased().filter { !$0.isNumber } }
  }

  private func isCapitalised(_ text: String) -> Bool {
    text.split(separator: " ").filter { $0.count > 3 && $0.first?.isLetter == true }
      .allSatisfy { $0.first?.isUppercase == true }
  }

  private func isOver(_ pages: [Page], _ start: Int, _ index: Int) -> Bool {
    if first.first(in: pages[index].text) != nil { return true }
    if (start..<index).contains(where: { signature.first(in: pages[$0].text) != nil }) { return true }
    guard let now = ownNumber(pages[index]), let before = ownNumber(pages[start]) else { return false }
    return now != before
  }

  private func ownNumber(_ page: Page) -> String? {
    number.first(in: page.text, within: 0..<min(1200, page.text.count))?[1]
      .map { String(decoding: page.text[$0], as: UTF8.self) }
  }
}
