/// How surely prices are read before their sums are checked, 0...1000 (docs/contracts-fields.md).
enum PriceConfidence {
  static let table = 880
  static let label = 840
  static let sentence = 800
  static let flattened = 650
  /// A sum that is right.
  static let proven = 970
  /// A sum that is wrong.
  static let disproven = 300
}
