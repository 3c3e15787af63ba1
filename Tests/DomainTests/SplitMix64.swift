import TestSupport

@testable import Domain

extension SplitMix64 {
  /// Prints its seed with the law it is for.
  init(_ law: String) {
    self.init()
    print("seed \(seed): \(law)")
  }

  /// A number of any magnitude, small ones as often as large ones, of either sign.
  mutating func integer() -> Int64 { Int64(bitPattern: next()) >> Int64.random(in: 0...63, using: &self) }

  /// Up to 40 bytes, mostly of the kind the parsers look at.
  mutating func text() -> [UInt8] {
    let pieces: [String] = [
      "0", "1", "2", "9", "12", "31", "2024", ".", ",", "-", "/", " ", "'", "(", ")", "$", "USD", "€", "CR", "\u{A0}",
      "\u{202F}", "\u{2212}", "\u{200B}", "\u{FEFF}", ":", "00", "T", "Mar", "März", "août", "M", "Gbps", "/s", "GE",
      "OC", "T1", "base", "months", "an", "é", "ß", "İ", "ﬁ", "Ａ", "#", "Suite", "Floor", "3rd", "St", "&", "Inc", "Co",
      "|", "\u{0}", "ı", "ø", "漢", "\u{301}", "Ж",
    ]
    var out: [UInt8] = []
    for _ in 0..<Int.random(in: 0...8, using: &self) {
      if Int.random(in: 0..<8, using: &self) == 0 {
        out.append(UInt8.random(in: 0...255, using: &self))
      } else {
        out.append(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &self)].utf8)
      }
    }
    return out
  }
}

/// Lends a text's bytes from a buffer that ends with it, so that reading past the end is found by a sanitizer.
func bytes<R>(_ text: String, _ body: (Bytes) throws -> R) rethrows -> R { try bytes(Array(text.utf8), body) }

func bytes<R>(_ text: [UInt8], _ body: (Bytes) throws -> R) rethrows -> R {
  let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
  defer { copy.deallocate() }
  _ = copy.initialize(from: text)
  return try body(Bytes(copy))
}
