/// Cuts the text of a contract into sentences, so that a rule never takes two halves of different ones.
///
/// A sentence ends at `.`, `!` or `?` before a capital, a figure or a quotation mark, unless the word before is an
/// abbreviation; at an empty line unless the text goes on in small letters; and at the latest after 4,000 bytes.
package enum Sentences {
  private static let longest = 4000
  private static let abbreviations: Set<String> = [
    "inc", "ltd", "corp", "co", "llc", "l.l.c", "l.p", "lp", "plc", "no", "nos", "mr", "mrs", "ms", "dr", "st", "sec",
    "art", "v", "vs", "e.g", "i.e", "u.s", "u.s.a", "u.k", "a.m", "p.m", "d.c", "n.a", "s.a", "b.v", "n.v", "p.c",
    "jan", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december",
    "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "etc", "dept", "cf", "et", "approx",
    "para", "sect", "incl", "ave", "blvd", "ste", "rd", "a.k.a", "f.k.a", "d.b.a", "bros", "int'l", "attn", "tel",
  ]

  package static func split(_ text: [UInt8]) -> [Range<Int>] {
    var sentences: [Range<Int>] = []
    var start = skipSpace(text, 0)
    var index = start
    while index < text.count {
      let isEnd: Bool
      switch text[index] {
      case 0x2E, 0x21, 0x3F: isEnd = endsSentence(text, index, from: start)
      case 0x0A: isEnd = endsBlock(text, index)
      default: isEnd = index - start > longest && text[index] == 0x20
      }
      index += 1
      guard isEnd else { continue }
      let end = closing(text, index)
      if end > start { sentences.append(start..<end) }
      start = skipSpace(text, end)
      index = max(index, start)
    }
    if start < text.count { sentences.append(start..<text.count) }
    return sentences
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }
  private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  private static func isSmall(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

  private static func skipSpace(_ text: [UInt8], _ index: Int) -> Int {
    var index = index
    while index < text.count, isSpace(text[index]) { index += 1 }
    return index
  }

  /// Behind the quotation marks and parentheses that close with the sentence.
  private static func closing(_ text: [UInt8], _ index: Int) -> Int {
    var index = index
    while index < text.count {
      if text[index] == 0x22 || text[index] == 0x29 || text[index] == 0x27 {
        index += 1
      } else if index + 2 < text.count, text[index] == 0xE2, text[index + 1] == 0x80, text[index + 2] == 0x9D {
        index += 3
      } else {
        break
      }
    }
    return index
  }

  private static func endsSentence(_ text: [UInt8], _ index: Int, from start: Int) -> Bool {
    let end = closing(text, index + 1)
    guard end < text.count else { return true }
    guard isSpace(text[end]) else { return false }
    let next = skipSpace(text, end)
    guard next < text.count else { return true }
    if isSmall(text[next]) || text[next] == 0x2C || text[next] == 0x3B || text[next] == 0x28 { return false }
    if text[index] != 0x2E { return true }
    var first = index
    while first > start, !isSpace(text[first - 1]), text[first - 1] != 0x28, text[first - 1] < 0x80 { first -= 1 }
    let word = String(decoding: text[first..<index], as: UTF8.self).lowercased()
    // `1.` and `12.3.` number what follows; a single capital is an initial.
    if word.count == 1 || word.allSatisfy({ $0.isNumber || $0 == "." }) { return false }
    // `P.O.`, `N.D.`: letters with a period each.
    if word.split(separator: ".").allSatisfy({ $0.count == 1 }) { return false }
    return !abbreviations.contains(word)
  }

  private static func endsBlock(_ text: [UInt8], _ index: Int) -> Bool {
    var last = index
    while last > 0, isSpace(text[last - 1]) { last -= 1 }
    let next = skipSpace(text, index)
    guard last > 0, next < text.count else { return true }
    if isSmall(text[next]) || text[last - 1] == 0x2C { return false }
    // A line of a paragraph that a column or page cuts before a capital: an open sentence goes on.
    let isOpen = isSmall(text[last - 1]) && !isHeading(text, next)
    return !(isOpen && text[next] != 0x28 && hasVerb(text, before: last))
  }

  /// Whether what begins here is numbered or in capitals.
  private static func isHeading(_ text: [UInt8], _ start: Int) -> Bool {
    if text[start] >= 0x30 && text[start] <= 0x39 {
      var index = start
      while index < text.count, (text[index] >= 0x30 && text[index] <= 0x39) || text[index] == 0x2E { index += 1 }
      return index < text.count && (text[index - 1] == 0x2E || text[index] == 0x29)
    }
    return start + 1 < text.count && isCapital(text[start]) && isCapital(text[start + 1])
  }

  /// Whether the block that ends here is longer than a heading.
  private static func hasVerb(_ text: [UInt8], before end: Int) -> Bool {
    var start = end
    while start > 0, text[start - 1] != 0x0A, end - start < 120 { start -= 1 }
    return end - start >= 60
  }
}
