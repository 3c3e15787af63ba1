/// A carrier's billing account number (BAN): text, never a number.
package enum BillingAccountNumber {
  /// Appends it in upper case without white space, points, hyphens and slashes; leading zeros are kept.
  package static func normalize(_ text: Bytes, into out: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let width = TextBytes.spaceWidth(text, at: index)
      if width > 0 {
        index += width
        continue
      }
      let byte = text[index]
      if byte != 0x2E, byte != 0x2D, byte != 0x2F { out.append(TextBytes.upper(byte)) }
      index += 1
    }
  }

  package static func normalize(_ text: String) -> String {
    var out: [UInt8] = []
    TextBytes.withBytes(of: text) { normalize($0, into: &out) }
    return String(decoding: out, as: UTF8.self)
  }
}
