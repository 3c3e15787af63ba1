/// The words of a folded address: runs of letters and digits, and `#`; all else separates.
struct AddressTokens {
  private let text: Bytes
  private var index = 0
  private var pending: Bytes?

  init(_ text: Bytes) { self.text = text }

  mutating func peek() -> Bytes? {
    if pending == nil { pending = read() }
    return pending
  }

  mutating func next() -> Bytes? {
    defer { pending = nil }
    return pending ?? read()
  }

  private mutating func read() -> Bytes? {
    while index < text.count {
      if text[index] == 0x23 {
        index += 1
        return Bytes(rebasing: text[(index - 1)..<index])
      }
      if WordCharacter.width(text, at: index) > 0 { break }
      index += 1
    }
    let start = index
    while index < text.count {
      let width = WordCharacter.width(text, at: index)
      if width == 0 { break }
      index += width
    }
    return index == start ? nil : Bytes(rebasing: text[start..<index])
  }
}
