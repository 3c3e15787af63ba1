package import Pages
import Regex

/// Passages that give orders to whatever program reads the paper; parties have no reason to write such.
///
/// Each goes from the sentence that turns to the program to the end of its paragraph. Neither rules nor models get to see
/// them, and the agreement is marked `W_ADDRESSED`: a person should know that somebody tried.
package struct AddressedPassages {
  private static let program =
    "(?:(?:large )?language models?|LLMs?|chatbots?|AI (?:systems?|assistants?|models?|agents?|tools?)"
    + "|automated (?:systems?|readers?|reviewers?))"
  private let pattern = Rule.pattern(
    "\\b(?:ignore|disregard|forget|override) (?:(?:all|any|the|of|your) ){0,3}(?:previous|prior|earlier|preceding|above)"
      + " (?:\\w+ ){0,2}(?:instructions?|prompts?|guidelines|rules)\\b"
      + "|\\b(?:notes?|notice|instructions?|messages?) (?:to|for) (?:the |all |any )?\(program)\\b"
      + "|\\bif you are (?:an? )?(?:program|computer|robot|bot|machine|\(program))\\b"
      + "|\\b\(program)\\b[^.\\n]{0,60}\\b(?:must|should|shall|is to|are to) (?:answer|report|respond|reply|return|output|state)\\b"
      + "|(?<![^\\n])[^\\w\\n]{0,8}(?:system|assistant|developer)(?: prompt| message)? ?:")

  package init() {}

  /// The pages without the words of such passages, and whether there were any.
  package func dropped(from pages: [Page]) -> (pages: [Page], isAny: Bool) {
    var isAny = false
    let kept = pages.map { page in
      let matches = pattern.all(in: page.text)
      if matches.isEmpty { return page }
      isAny = true
      let lines = PassageLines(page)
      let passages = matches.map { lines.passage(around: $0.range.lowerBound) }
      var page = page
      page.words.removeAll { word in passages.contains { $0.overlaps(word.range) } }
      return page
    }
    return (kept, isAny)
  }
}
