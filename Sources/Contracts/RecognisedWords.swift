import Pages

extension Evidence {
  /// A number that was recognised from a picture, until a sum or a second place says the same.
  ///
  /// One in twenty numbers of a clean scan is wrong or missing, one in five of a bad one (docs/accuracy.md).
  static let recognisedNumber = 700

  /// Nothing is surer than the weakest of the words it was read from; recognised ones are marked.
  mutating func lower(to words: [PageWord], of page: Page) {
    let least = words.map(\.confidence).min() ?? 100
    confidence = min(confidence, least * 10)
    guard page.method == .ocr else { return }
    let isNumber = words.contains { page.text[$0.range].contains { (0x30...0x39).contains($0) } }
    add(.recognised, at: isNumber ? Self.recognisedNumber : confidence)
  }
}
