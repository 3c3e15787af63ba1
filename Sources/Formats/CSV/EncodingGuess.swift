/// The encoding that the first bytes of a file speak for.
struct EncodingGuess {
  var encoding = CSVEncoding.utf8
  /// Bytes of byte order marks at the start.
  var marks = 0
  var notes: [CSVNote] = []
  /// Whether bytes of zero are part of the encoding.
  var isWide: Bool {
    [.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian].contains(encoding)
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, whole: Bool, given: CSVEncoding? = nil) throws(CSVError) {
    if let given {
      if !Transcoder.reads(given) { throw .encoding(name: given.rawValue) }
      encoding = given
      return
    }
    for (mark, marked) in Self.wideMarks where bytes.starts(with: mark) {
      encoding = marked
      if !Transcoder.reads(marked) { throw .encoding(name: marked.rawValue) }
      return
    }
    while bytes.dropFirst(marks).starts(with: [0xEF, 0xBB, 0xBF]) { marks += 3 }
    if marks > 3 { notes.append(CSVNote(code: "W_BOM", text: "\(marks / 3) byte order marks")) }
    if marks > 0 { return }
    if let wide = Self.alternatingNULs(bytes) {
      encoding = wide
      return
    }
    judgeUTF8(bytes, whole: whole)
  }

  /// The mark of UTF-32 begins with that of UTF-16. Decoded, each is the mark of UTF-8, which a reader steps over.
  private static let wideMarks: [([UInt8], CSVEncoding)] = [
    ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
    ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
  ]

  /// Mostly Latin text as UTF-16 has a NUL in every other byte, always on the same side.
  private static func alternatingNULs(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVEncoding? {
    let pairs = min(bytes.count, 4096) / 2
    var first = 0
    var second = 0
    for pair in 0..<pairs {
      if bytes[2 * pair] == 0 { first += 1 }
      if bytes[2 * pair + 1] == 0 { second += 1 }
    }
    if pairs < 2 { return nil }
    if let wider = threeNULs(bytes) { return wider }
    if second * 10 > pairs * 6 && first * 20 < pairs { return .utf16LittleEndian }
    if first * 10 > pairs * 6 && second * 20 < pairs { return .utf16BigEndian }
    return nil
  }

  /// Latin text as UTF-32 has three NULs to a byte, always on the same side.
  private static func threeNULs(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVEncoding? {
    let quads = min(bytes.count, 4096) / 4
    if quads < 2 { return nil }
    func isNULs(_ quad: Int, from first: Int) -> Bool { (first..<first + 3).allSatisfy { bytes[4 * quad + $0] == 0 } }
    let little = (0..<quads).count { bytes[4 * $0] != 0 && isNULs($0, from: 1) }
    let big = (0..<quads).count { bytes[4 * $0 + 3] != 0 && isNULs($0, from: 0) }
    return little * 10 > quads * 9 ? .utf32LittleEndian : big * 10 > quads * 9 ? .utf32BigEndian : nil
  }

  /// A file with some true UTF-8 is UTF-8 with damaged rows; one with none is taken as Windows-1252, and says so.
  private mutating func judgeUTF8(_ bytes: UnsafeBufferPointer<UInt8>, whole: Bool) {
    var (sound, broken, torn) = (0, 0, 0)
    var index = 0
    var last: (end: Int, isSound: Bool)?
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let length = sequenceLength(bytes, at: index)
      if length < 0 && !whole { break }
      if let last, last.end == index, last.isSound != (length > 0) { torn += 1 }
      if length > 0 { sound += 1 } else { broken += 1 }
      index += max(1, length)
      last = (index, length > 0)
    }
    if broken == 0 { return noteMojibake(bytes) }
    let guess = WesternGuess(bytes)
    // Pairs of bytes of the far east are sound UTF-8 by chance, beside others that are not.
    if sound * 4 >= broken, torn * 2 < broken || !guess.isPaired {
      notes.append(CSVNote(code: "W_MIXED_ENC", text: "utf-8 with \(broken) bytes that are not utf-8 in the sample"))
      return
    }
    encoding = guess.encoding
    let text =
      "not utf-8 (\(broken) bytes in the sample); taken as \(encoding.rawValue), for example \"\(guess.example)\""
    notes.append(CSVNote(code: "W_ENCODING", text: text))
  }

  /// Text that was encoded twice says so, and is left as it is.
  private mutating func noteMojibake(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] >= 0x80 { index += 1 }
      if index - start >= 4, let text = TwiceDecoder.undone(UnsafeBufferPointer(rebasing: bytes[start..<index])) {
        let was = String(decoding: bytes[start..<index], as: UTF8.self)
        notes.append(
          CSVNote(
            code: "W_MOJIBAKE",
            text: "text was encoded twice: \"\(was)\" was \"\(String(decoding: text, as: UTF8.self))\"; "
              + "--encoding utf-8-twice undoes it"))
        return
      }
      index += 1
    }
  }
}
