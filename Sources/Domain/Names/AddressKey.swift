/// The key by which two spellings of an address are known to be one place; keeps its buffers between addresses.
///
/// `street|suite|city|state|postal|country`: folded to lower-case ASCII, punctuation dropped, single blanks, the street's
/// words abbreviated as USPS Publication 28 does, suites, floors and rooms moved from the street into the second part.
/// Each part is idempotent. Nothing is looked up or guessed: an empty country stays empty.
package struct AddressKey: ~Copyable {
  private var folded: [UInt8] = []
  private var floor: [UInt8] = []
  private var room: [UInt8] = []
  private var suite: [UInt8] = []

  package init() {}

  /// Appends the key; nil and blank parts are empty.
  package mutating func append(
    street: Bytes?, suite unit: Bytes?, city: Bytes?, state: Bytes?, postal: Bytes?, country: Bytes?,
    into out: inout [UInt8]
  ) {
    floor.removeAll(keepingCapacity: true)
    room.removeAll(keepingCapacity: true)
    suite.removeAll(keepingCapacity: true)
    appendStreet(street, into: &out)
    out.append(0x7C)
    appendUnit(unit, into: &out)
    out.append(0x7C)
    appendWords(city, AddressWords.city, into: &out)
    out.append(0x7C)
    appendWords(state, nil, into: &out)
    out.append(0x7C)
    let postalStart = out.count
    appendPostal(postal, into: &out)
    out.append(0x7C)
    let countryStart = out.count
    appendCountry(country, into: &out)
    cutZIP(in: &out, from: postalStart, to: countryStart - 1, country: countryStart)
  }

  /// The key of one address as a string.
  package static func make(
    street: Bytes?, suite: Bytes? = nil, city: Bytes?, state: Bytes?, postal: Bytes?, country: Bytes?
  ) -> String {
    var key = AddressKey()
    var out: [UInt8] = []
    key.append(
      street: street, suite: suite, city: city, state: state, postal: postal, country: country, into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func fold(_ text: Bytes?) {
    folded.removeAll(keepingCapacity: true)
    guard let text else { return }
    TextBytes.appendFolded(TextBytes.trim(text), into: &folded)
    joinInitials()
  }

  /// Drops apostrophes, and the points between single letters: `O'Hare`, `N.W.`, `U.S.A.`.
  private mutating func joinInitials() {
    var kept = 0
    var run = 0
    for index in folded.indices {
      let byte = folded[index]
      if byte == 0x27 { continue }
      if byte == 0x2E, run == 1, index + 1 < folded.count, TextBytes.isLetter(folded[index + 1]) {
        run = 0
        continue
      }
      run = TextBytes.isLetter(byte) ? run + 1 : (TextBytes.isDigit(byte) || byte >= 0x80 ? 2 : 0)
      folded[kept] = byte
      kept += 1
    }
    folded.removeSubrange(kept...)
  }

  private mutating func appendWords(_ text: Bytes?, _ lexicon: Lexicon<String>?, into out: inout [UInt8]) {
    fold(text)
    let start = out.count
    folded.withUnsafeBufferPointer { folded in
      var words = AddressTokens(folded)
      while let word = words.next() { Self.append(word, lexicon, start, &out) }
    }
  }

  /// Where the street names a unit it is read again until nothing changes, so that what is left of it is stable.
  private mutating func appendStreet(_ text: Bytes?, into out: inout [UInt8]) {
    fold(text)
    let start = out.count
    while true {
      var namesUnit = false
      let source = folded
      source.withUnsafeBufferPointer { folded in
        var words = AddressTokens(folded)
        while let word = words.next() {
          if AddressWords.units[exactly: word] != nil { namesUnit = true }
          if takeUnit(word, &words) { namesUnit = true } else { Self.append(word, AddressWords.street, start, &out) }
        }
      }
      if !namesUnit || source.elementsEqual(out[start...]) { return }
      folded.replaceSubrange(0..., with: out[start...])
      out.removeSubrange(start...)
    }
  }

  /// The suite column after what the street held; a bare number is a suite, whatever its designator was.
  private mutating func appendUnit(_ text: Bytes?, into out: inout [UInt8]) {
    fold(text)
    if folded.isEmpty, floor.isEmpty, room.isEmpty, suite.isEmpty { return }
    var source = folded
    while true {
      source.withUnsafeBufferPointer { folded in
        var words = AddressTokens(folded)
        while let word = words.next() {
          if !takeUnit(word, &words) { Self.appendOnce(word, to: &suite) }
        }
      }
      let joined = [floor, room, suite].filter { !$0.isEmpty }.joined(separator: [0x20])
      if source.elementsEqual(joined) {
        out.append(contentsOf: source)
        return
      }
      source = Array(joined)
      floor.removeAll(keepingCapacity: true)
      room.removeAll(keepingCapacity: true)
      suite.removeAll(keepingCapacity: true)
    }
  }

  /// Takes `suite 100`, `suite #5`, `floor 3`, `3rd floor` and `room b`; false when the word is none of these.
  private mutating func takeUnit(_ word: Bytes, _ words: inout AddressTokens) -> Bool {
    if let kind = AddressWords.units[exactly: word] {
      while let sign = words.peek(), sign.elementsEqual([0x23]) { _ = words.next() }
      if let value = words.peek(), AddressWords.isUnitValue(value) {
        _ = words.next()
        keep(value, kind)
        return true
      }
      return word[0] == 0x23
    }
    if let next = words.peek(), AddressWords.units[exactly: next] == .floor, AddressWords.isOrdinal(word) {
      _ = words.next()
      keep(word, .floor)
      return true
    }
    return false
  }

  private mutating func keep(_ value: Bytes, _ kind: AddressWords.Unit) {
    switch kind {
    case .floor: Self.appendUnitValue(AddressWords.ordinalStem(value), "fl", &floor)
    case .room: Self.appendUnitValue(value, "rm", &room)
    case .suite: Self.appendOnce(value, to: &suite)
    }
  }

  private static func appendUnitValue(_ value: Bytes, _ designator: StaticString, _ out: inout [UInt8]) {
    if contains(value, in: out) { return }
    if !out.isEmpty { out.append(0x20) }
    out.append(contentsOf: Bytes(start: designator.utf8Start, count: designator.utf8CodeUnitCount))
    out.append(0x20)
    out.append(contentsOf: value)
  }

  /// A suite said both in the street and in its own column is one suite.
  private static func appendOnce(_ word: Bytes, to out: inout [UInt8]) {
    if contains(word, in: out) { return }
    if !out.isEmpty { out.append(0x20) }
    out.append(contentsOf: word)
  }

  private static func contains(_ word: Bytes, in list: [UInt8]) -> Bool {
    list.withUnsafeBufferPointer { known in
      var words = AddressTokens(known)
      while let other = words.next() { if other.elementsEqual(word) { return true } }
      return false
    }
  }

  private static func append(_ word: Bytes, _ lexicon: Lexicon<String>?, _ start: Int, _ out: inout [UInt8]) {
    if out.count > start { out.append(0x20) }
    if let short = lexicon?[exactly: word] {
      out.append(contentsOf: short.utf8)
    } else if lexicon != nil, word.count > 7, word.suffix(7).elementsEqual("strasse".utf8) {
      out.append(contentsOf: word.dropLast(4))
    } else {
      out.append(contentsOf: word)
    }
  }

  private mutating func appendPostal(_ text: Bytes?, into out: inout [UInt8]) {
    fold(text)
    for byte in folded where TextBytes.isAlphanumeric(byte) || byte >= 0x80 { out.append(byte) }
  }

  private mutating func appendCountry(_ text: Bytes?, into out: inout [UInt8]) {
    let start = out.count
    appendWords(text, nil, into: &out)
    let code = out.withUnsafeBufferPointer { AddressWords.countries[exactly: Bytes(rebasing: $0[start...])] }
    guard let code else { return }
    out.removeSubrange(start...)
    out.append(contentsOf: code.utf8)
  }

  /// ZIP+4 becomes the ZIP: nine digits where the country is the US or not given.
  private func cutZIP(in out: inout [UInt8], from start: Int, to end: Int, country: Int) {
    guard end - start == 9, out[start..<end].allSatisfy(TextBytes.isDigit) else { return }
    guard country == out.count || out[country...].elementsEqual("us".utf8) else { return }
    out.removeSubrange(start + 5..<end)
  }
}
