/// A carrier's circuit id as written, and the form by which two spellings are known to be one circuit.
///
/// Equality is of the normal form; two raw ids with one normal form are for the caller to report (rulings.md).
package struct CircuitID: Hashable, Sendable, CustomStringConvertible {
  package let raw: String
  /// NFKC, upper case, everything outside of A-Z and 0-9 dropped; leading zeros are kept.
  package let normal: String

  /// Trims the text; nil when nothing is left of its normal form.
  package init?(_ text: Bytes) {
    let text = TextBytes.trim(text)
    var bytes: [UInt8] = []
    guard Self.normalize(text, into: &bytes) > 0 else { return nil }
    raw = TextBytes.string(text)
    normal = String(decoding: bytes, as: UTF8.self)
  }

  /// Trims the text; nil when nothing is left of its normal form.
  package init?(_ raw: String) {
    guard let found = TextBytes.withBytes(of: raw, { CircuitID($0) }) else { return nil }
    self = found
  }

  package var description: String { raw }

  package static func == (left: CircuitID, right: CircuitID) -> Bool { left.normal == right.normal }

  package func hash(into hasher: inout Hasher) { hasher.combine(normal) }

  /// Appends the normal form and gives its length, 0 when nothing is left.
  @discardableResult
  package static func normalize(_ text: Bytes, into out: inout [UInt8]) -> Int {
    let before = out.count
    if TextBytes.isASCII(text) {
      appendKept(text, into: &out)
    } else {
      var composed: [UInt8] = []
      TextBytes.appendNFKC(text, into: &composed)
      composed.withUnsafeBufferPointer { appendKept($0, into: &out) }
    }
    return out.count - before
  }

  private static func appendKept(_ text: Bytes, into out: inout [UInt8]) {
    for index in text.indices {
      let byte = text[index]
      if TextBytes.isAlphanumeric(byte) {
        out.append(TextBytes.upper(byte))
      } else if byte == 0xC4, index + 1 < text.count, text[index + 1] == 0xB1 {
        out.append(0x49)  // the dotless i, whose upper case is I
      }
    }
  }
}
