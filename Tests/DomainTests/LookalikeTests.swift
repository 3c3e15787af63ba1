import Testing

@testable import Domain

@Suite struct LookalikeTests {
  @Test(
    arguments: [
      ("LUMEN", nil, nil), ("Lumen", nil, nil), ("L\u{0430}men", "a", "\u{0430}"),
      ("\u{0410}\u{0422}\u{0422}", "A", "\u{0410}"),
      ("Ростелеком", nil, "Р"), ("ЖД-1", nil, "Ж"), ("Ο2", "O", "\u{039F}"), ("Société", nil, "é"), ("１２ＡＢ", nil, nil),
      ("AA/1", nil, nil), ("ﬁber", nil, nil), ("漢字-1", nil, "漢"),
    ] as [(String, String?, String?)])
  func letters(_ text: String, _ looksLike: String?, _ lost: String?) {
    bytes(text) { text in
      #expect(Lookalike.first(in: text).map { String($0.looksLike) } == looksLike)
      #expect(Lookalike.lostLetter(in: text).map { String($0) } == lost)
    }
  }
}
