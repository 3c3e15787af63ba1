/// A contract's number as its parties write it; punctuation tells contracts apart and is kept.
package enum ContractNumber {
  /// Appends it trimmed, in upper case, each run of white space as one blank.
  package static func normalize(_ text: Bytes, into out: inout [UInt8]) {
    let text = TextBytes.trim(text)
    var index = 0
    var gap = false
    while index < text.count {
      let width = TextBytes.spaceWidth(text, at: index)
      if width > 0 {
        gap = true
        index += width
        continue
      }
      if gap { out.append(0x20) }
      gap = false
      out.append(TextBytes.upper(text[index]))
      index += 1
    }
  }

  package static func normalize(_ text: String) -> String {
    var out: [UInt8] = []
    TextBytes.withBytes(of: text) { normalize($0, into: &out) }
    return String(decoding: out, as: UTF8.self)
  }
}
