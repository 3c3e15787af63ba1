package import Pages
import Regex

/// Passages that give orders to whatever program reads the paper; parties have no reason to write such.
///
/// Neither rules nor models get to see them, and the agreement is marked `W_ADDRESSED`: a person should know that somebody tried.
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
      let passages = ranges(in: Self.blocks(page.text))
      if passages.isEmpty { return page }
      isAny = true
      var page = page
      page.words.removeAll { word in passages.contains { $0.overlaps(word.range) } }
      return page
    }
    return (kept, isAny)
  }

  /// The text of a page in which only the end of a block is a line break; every byte keeps its place.
  private static func blocks(_ text: [UInt8]) -> [UInt8] {
    var blocks = text
    for place in text.indices where text[place] == 0x0A {
      let isEmpty = (place > 0 && text[place - 1] == 0x0A) || (place + 1 < text.count && text[place + 1] == 0x0A)
      if !isEmpty { blocks[place] = 0x20 }
    }
    return blocks
  }

  /// Each from the sentence that turns to the program to the end of its block, in order.
  private func ranges(in text: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for match in pattern.all(in: text) where match.range.lowerBound >= found.last?.upperBound ?? 0 {
      let end = text[match.range.upperBound...].firstIndex(of: 0x0A) ?? text.count
      found.append(sentence(match.range.lowerBound, text)..<end)
    }
    return found
  }

  /// Where the sentence that holds `offset` begins: behind a full stop and a blank, or at its block's start.
  private func sentence(_ offset: Int, _ text: [UInt8]) -> Int {
    var start = offset
    while start > 0, text[start - 1] != 0x0A {
      if start > 1, text[start - 1] == 0x20, [0x2E, 0x21, 0x3F].contains(text[start - 2]) { break }
      start -= 1
    }
    return start
  }
}
