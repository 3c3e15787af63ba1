package import Pages

/// Finds in a contract the words somebody says stand there; who said so has no say in where they are.
///
/// Equal after NFKC, joining of hyphens and folding of white space, over consecutive whole words, on one page or two adjacent
/// ones. Time grows with the text plus the quote, whatever they hold (Knuth, Morris and Pratt, 1977).
package struct QuoteAligner {
  /// Longer quotes are not looked for, in bytes.
  package static let longest = 1200

  /// Where a quote was found.
  package struct Match: Equatable, Sendable {
    /// Bytes of the contract's text: whole words.
    package let range: Range<Int>
    /// Whether the same words stand elsewhere as well.
    package let isRepeated: Bool
  }

  private let text: ContractText
  private let folded: FoldedText

  package init(_ text: ContractText) {
    self.text = text
    folded = FoldedText(text.bytes)
  }

  /// The first place of `quote`; nil where it is not word for word in the text, empty or too long.
  package func match(_ quote: String) -> Match? {
    let wanted = FoldedText(Array(quote.utf8.prefix(Self.longest + 1)))
    guard !wanted.bytes.isEmpty, quote.utf8.count <= Self.longest else { return nil }
    var first: Range<Int>?
    for place in places(of: wanted.bytes) {
      guard let range = words(place), isOnAdjacentPages(range) else { continue }
      if let first { return Match(range: first, isRepeated: true) }
      first = range
    }
    return first.map { Match(range: $0, isRepeated: false) }
  }

  /// The words of a match, with the boxes they have on their page.
  package func evidence(_ match: Match, method: String, confidence: Int, doubts: [String] = []) -> Evidence? {
    text.evidence(match.range, method: method, confidence: confidence, doubts: doubts)
  }

  /// Where `wanted` begins, each place once.
  private func places(of wanted: [UInt8]) -> [Range<Int>] {
    let back = Self.borders(of: wanted)
    var found: [Range<Int>] = []
    var matched = 0
    for (index, byte) in folded.bytes.enumerated() {
      while matched > 0, wanted[matched] != byte { matched = back[matched - 1] }
      if wanted[matched] == byte { matched += 1 }
      if matched == wanted.count {
        found.append(index + 1 - matched..<index + 1)
        matched = back[matched - 1]
      }
    }
    return found
  }

  /// For each beginning of `wanted`, the length of the longest shorter one it ends in.
  private static func borders(of wanted: [UInt8]) -> [Int] {
    var back = [Int](repeating: 0, count: wanted.count)
    var length = 0
    for index in wanted.indices.dropFirst() {
      while length > 0, wanted[length] != wanted[index] { length = back[length - 1] }
      if wanted[length] == wanted[index] { length += 1 }
      back[index] = length
    }
    return back
  }

  /// The original bytes of the words that `place` covers; nil where it cuts through a word.
  private func words(_ place: Range<Int>) -> Range<Int>? {
    let first = folded.word(at: place.lowerBound)
    let last = folded.word(at: place.upperBound - 1)
    guard isMarks(folded.words[first].start..<place.lowerBound), isMarks(place.upperBound..<folded.end(of: last)) else {
      return nil
    }
    return folded.words[first].original.lowerBound..<folded.words[last].original.upperBound
  }

  /// Whether a few marks and nothing else was left out at the edge of a word: `(60)` of `(60),`.
  private func isMarks(_ range: Range<Int>) -> Bool {
    range.count <= 8
      && !String(decoding: folded.bytes[range], as: UTF8.self).unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "\u{FFFD}"
      }
  }

  private func isOnAdjacentPages(_ range: Range<Int>) -> Bool {
    let first = text.evidence(range.lowerBound..<range.lowerBound + 1, method: "", confidence: 0)
    let last = text.evidence(range.upperBound - 1..<range.upperBound, method: "", confidence: 0)
    guard let first, let last else { return false }
    return last.page - first.page <= 1
  }
}
