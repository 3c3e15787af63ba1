/// Why the words of a page cannot be relied on, so that they are to be recognised from its picture.
package enum RecognitionNeed: String, CaseIterable, Sendable {
  /// Hardly a word, as on a scan, or nothing but drawn shapes.
  case little = "hardly any text"
  /// An image over most of it, and no more words than a stamp has.
  case covered = "an image with a stamp"
  /// Invisible words over an image: somebody recognised them, and nobody says how well.
  case hidden = "invisible text over an image"
  /// Too many characters that stand for none.
  case broken = "broken characters"
}

extension Page {
  /// nil for a page whose own text is relied on, and for one that was recognised.
  package var recognitionNeed: RecognitionNeed? {
    if method != .text { return nil }
    let characters = text.count { $0 > 0x20 && $0 & 0xC0 != 0x80 }
    if characters < 32 { return .little }
    if signs.image >= 500, characters < 200 { return .covered }
    if signs.image >= 500, signs.hidden >= 500 { return .hidden }
    return signs.broken >= 50 ? .broken : nil
  }
}
