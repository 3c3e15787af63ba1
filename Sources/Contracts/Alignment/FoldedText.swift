import Domain

/// Text as quotes are compared: NFKC, white space folded, hyphens between letters and soft hyphens dropped.
///
/// A hyphen at the end of a line may belong to the word or only to the line, so it counts nowhere.
struct FoldedText {
  private(set) var bytes: [UInt8] = []
  /// Where each word begins in `bytes`, and which bytes of the original it is.
  private(set) var words: [(start: Int, original: Range<Int>)] = []

  init(_ text: [UInt8]) {
    bytes.reserveCapacity(text.count)
    var start: Int?
    var isNewLine = false
    for index in 0...text.count {
      if index < text.count, text[index] > 0x20 {
        if start == nil { start = index }
        continue
      }
      if let first = start {
        append(text, first..<index, isNewLine: isNewLine)
        isNewLine = false
        start = nil
      }
      isNewLine = isNewLine || (index < text.count && text[index] == 0x0A)
    }
  }

  private mutating func append(_ text: [UInt8], _ range: Range<Int>, isNewLine: Bool) {
    var composed: [UInt8] = []
    text.withUnsafeBufferPointer { TextBytes.appendNFKC(Bytes(rebasing: $0[range]), into: &composed) }
    let folded = Self.withoutHyphens(String(decoding: composed, as: UTF8.self))
    if folded.isEmpty { return }
    if isNewLine, isCutOff, let last = words.last, 0x61...0x7A ~= text[range.lowerBound] {
      bytes.removeLast()
      words[words.count - 1] = (last.start, last.original.lowerBound..<range.upperBound)
    } else {
      if !bytes.isEmpty { bytes.append(0x20) }
      words.append((bytes.count, range))
    }
    bytes += folded.utf8
  }

  /// Whether it ends in a letter and a hyphen, as a word does that goes on in the next line.
  private var isCutOff: Bool {
    guard bytes.count > 1, bytes[bytes.count - 1] == 0x2D else { return false }
    let letter = bytes[bytes.count - 2] | 0x20
    return 0x61...0x7A ~= letter
  }

  /// U+00AD everywhere; `-`, U+2010 between letters; runs of white space as one blank.
  private static func withoutHyphens(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var hyphen: Unicode.Scalar?
    for scalar in text.unicodeScalars where scalar != "\u{AD}" {
      if let held = hyphen {
        if !scalar.properties.isAlphabetic { out.append(held) }
        hyphen = nil
      }
      if scalar == "-" || scalar == "\u{2010}", out.last?.properties.isAlphabetic == true {
        hyphen = scalar
      } else if !scalar.properties.isWhitespace {
        out.append(scalar)
      } else if out.last != " " {
        out.append(" ")
      }
    }
    if let hyphen { out.append(hyphen) }
    return String(out)
  }

  /// The word that the byte at `offset` belongs to.
  func word(at offset: Int) -> Int {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }

  /// Where the word ends in `bytes`.
  func end(of word: Int) -> Int { word + 1 < words.count ? words[word + 1].start - 1 : bytes.count }
}
