import Testing

@testable import Domain

@Suite struct VisibleTextTests {
  @Test func nothingHiddenIsLeft() {
    let pairs = [
      ("plain é Ж 🛰", "plain é Ж 🛰"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1b}[2J", "\\u{1b}[2J"),
      ("\u{7f}\u{9b}31m", "\\u{7f}\\u{9b}31m"), ("\u{0}", "\\u{0}"), ("gnp\u{202e}fdp", "gnp\\u{202e}fdp"),
      ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("", ""),
    ]
    for (text, shown) in pairs { #expect(VisibleText.of(text) == shown) }
    for value in UInt32(0)...0x2100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = VisibleText.of(String(Character(scalar)))
      #expect(!shown.unicodeScalars.contains(where: VisibleText.isHidden))
      #expect(shown == VisibleText.of(shown), "shown once, it stays")
    }
  }
}
