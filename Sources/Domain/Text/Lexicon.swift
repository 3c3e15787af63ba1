/// Words and what they stand for, looked up by bytes without an allocation.
///
/// Built once per table; a later word equal to an earlier one is ignored.
package struct Lexicon<Value: Sendable>: Sendable {
  private var words: [[UInt8]] = []
  private var values: [Value] = []
  private var slots: [Int32]

  package init(_ entries: [(String, Value)]) {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (word, value) in entries { insert(Array(word.utf8), value) }
  }

  /// Takes each value with all of its words, separated by blanks.
  package init(grouped groups: [(Value, String)]) {
    var entries: [(String, Value)] = []
    for (value, words) in groups {
      for word in words.split(separator: " ") { entries.append((String(word), value)) }
    }
    self.init(entries)
  }

  private mutating func insert(_ word: [UInt8], _ value: Value) {
    let slot = word.withUnsafeBufferPointer { self.slot(of: $0) }
    if slots[slot] >= 0 { return }
    slots[slot] = Int32(words.count)
    words.append(word)
    values.append(value)
  }

  /// The slot that holds the word, or the empty one where it belongs.
  private func slot(of word: Bytes) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
    while slots[slot] >= 0, !words[Int(slots[slot])].elementsEqual(word) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  /// The value of exactly these bytes.
  package subscript(exactly word: Bytes) -> Value? {
    let found = slots[slot(of: word)]
    return found < 0 ? nil : values[Int(found)]
  }

  /// The value of a person's spelling: case, diacritics and punctuation do not count (`In-Service` is `in_service`).
  package subscript(loosely text: Bytes) -> Value? {
    let text = TextBytes.trim(text)
    if text.isEmpty || text.count > 64 { return nil }
    if TextBytes.isASCII(text) { return self[snake: text] }
    var folded: [UInt8] = []
    TextBytes.appendFolded(text, into: &folded)
    return folded.count > 64 ? nil : folded.withUnsafeBufferPointer { self[snake: $0] }
  }

  private subscript(snake text: Bytes) -> Value? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { buffer in
      var count = 0
      var gap = false
      for byte in text {
        if TextBytes.isAlphanumeric(byte) || byte >= 0x80 {
          if gap, count > 0, count < 64 {
            buffer[count] = 0x5F
            count += 1
          }
          gap = false
          if count == 64 { return nil }
          buffer[count] = TextBytes.lower(byte)
          count += 1
        } else {
          gap = true
        }
      }
      return self[exactly: Bytes(rebasing: Bytes(buffer)[0..<count])]
    }
  }
}
