/// Letters of other scripts that look like Latin ones, and would make a second carrier or circuit of the same name.
package enum Lookalike {
  /// Letter to the Latin letter it looks like, from Unicode's list of confusables: Cyrillic and Greek.
  private static let latin: [Unicode.Scalar: Character] = {
    let pairs: [(String, String)] = [
      ("АВЕЅІЈКМНОРСТУХҮԌԚԜ", "ABESIJKMHOPCTYXYGQW"), ("асеоіјрѕухһԁԛԝ", "aceoijpsyxhdqw"),
      ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"), ("οανιρυχ", "oavipux"),
    ]
    var latin: [Unicode.Scalar: Character] = [:]
    for (others, letters) in pairs {
      for (other, letter) in zip(others.unicodeScalars, letters) { latin[other] = letter }
    }
    return latin
  }()

  /// The first letter of another script that passes for a Latin one, with what it looks like: among Latin letters, or where
  /// every letter of the text is such a one. nil for plain ASCII and for honest Cyrillic or Greek.
  package static func first(in text: Bytes) -> (letter: Character, looksLike: Character)? {
    if TextBytes.isASCII(text) { return nil }
    var found: (letter: Character, looksLike: Character)?
    var hasLatin = false
    var hasOther = false
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if let letter = latin[scalar] {
        found = found ?? (Character(scalar), letter)
      } else if scalar.isASCII {
        hasLatin = hasLatin || scalar.properties.isAlphabetic
      } else if scalar.properties.isAlphabetic {
        hasOther = true
      }
    }
    return hasLatin || !hasOther ? found : nil
  }

  /// The first letter that the normal form of identifiers leaves out, because it is none of A-Z; nil where none is lost.
  package static func lostLetter(in text: Bytes) -> Character? {
    if TextBytes.isASCII(text) { return nil }
    var composed: [UInt8] = []
    TextBytes.appendNFKC(text, into: &composed)
    // The dotless i counts as I.
    return String(decoding: composed, as: UTF8.self).unicodeScalars.first {
      !$0.isASCII && $0.value != 0x131 && $0.properties.isAlphabetic
    }.map { Character($0) }
  }
}
