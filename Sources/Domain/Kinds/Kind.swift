/// A closed list of words: raw values are the wire's, and people's spellings of them are known.
package protocol Kind: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// Raw values and synonyms; looked up by `parse`.
  static var lexicon: Lexicon<Self> { get }
}

extension Kind {
  /// Reads a raw value or a synonym; case, blanks, hyphens, points and diacritics do not count.
  package static func parse(_ text: Bytes) -> Self? { lexicon[loosely: text] }

  /// Reads a raw value or a synonym; case, blanks, hyphens, points and diacritics do not count.
  package static func parse(_ text: String) -> Self? { TextBytes.withBytes(of: text) { parse($0) } }

  /// Every raw value, and the synonyms given for some, separated by blanks in the form `in_service`.
  static func words(_ synonyms: [(Self, String)]) -> Lexicon<Self> {
    Lexicon(grouped: allCases.map { ($0, $0.rawValue) } + synonyms)
  }
}
