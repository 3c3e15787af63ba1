import CPoppler

/// The characters of a page's text, each with its rectangle.
///
/// Poppler writes a run from right to left as U+202B, the characters turned round, U+202C; its rectangles know neither the
/// two marks nor the turning.
struct CharacterScan {
  enum Kind { case visible, broken, space, lineEnd }

  struct Character {
    let kind: Kind
    /// UTF-8; U+FFFD for a control character.
    let bytes: UnsafeBufferPointer<UInt8>
    let box: PDFBox
  }

  private let text: UnsafePointer<UInt8>
  private let rectangles: UnsafeBufferPointer<PopplerRectangle>
  private var offset = 0
  /// Of the rectangle of the next character.
  private var index = 0
  /// Rectangles of the present run from right to left.
  private var turned: Range<Int>?

  private static let replacement: StaticString = "\u{FFFD}"

  init(_ text: UnsafePointer<CChar>, _ rectangles: UnsafeBufferPointer<PopplerRectangle>) {
    self.text = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
    self.rectangles = rectangles
  }

  /// The box of the character that `next` gives next, or nil at the end.
  var upcoming: PDFBox? { text[offset] == 0 || index >= rectangles.count ? nil : box(at: index) }

  mutating func next() -> Character? {
    while text[offset] != 0 {
      let start = offset
      let scalar = decode(&offset)
      if scalar == 0x202B {
        let count = run()
        turned = index..<index + count
      } else if scalar == 0x202C, let run = turned {
        index = run.upperBound
        turned = nil
      } else if scalar & ~7 != 0x2028 || scalar < 0x202A {
        return character(scalar, start)
      }
    }
    return nil
  }

  private mutating func character(_ scalar: UInt32, _ start: Int) -> Character {
    let box = box(at: turned.map { $0.upperBound - 1 - (index - $0.lowerBound) } ?? index)
    index += 1
    let bytes = UnsafeBufferPointer(start: text + start, count: offset - start)
    switch scalar {
    case 0x0A: return Character(kind: .lineEnd, bytes: bytes, box: box)
    case 0x09, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
      return Character(kind: .space, bytes: bytes, box: box)
    case 0..<0x20, 0x7F...0x9F, 0xFFFD, 0xD800...0xDFFF:
      let mark = Self.replacement
      return Character(
        kind: .broken, bytes: UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount), box: box)
    case 0xE000...0xF8FF, 0xF_0000...:
      return Character(kind: .broken, bytes: bytes, box: box)
    default: return Character(kind: .visible, bytes: bytes, box: box)
    }
  }

  private func box(at index: Int) -> PDFBox {
    // A text longer than its rectangles stands where the last of them is.
    let last = rectangles.count - 1
    return last < 0 ? PDFBox(0, 0, 0, 0) : PDFBox(rectangles[min(max(index, 0), last)])
  }

  /// Characters up to the end of a run from right to left.
  private func run() -> Int {
    var (place, count) = (offset, 0)
    while text[place] != 0, decode(&place) != 0x202C { count += 1 }
    return count
  }

  /// U+FFFD for what is no UTF-8; the NUL at the end stops a sequence that is cut short.
  private func decode(_ place: inout Int) -> UInt32 {
    let lead = UInt32(text[place])
    place += 1
    if lead < 0x80 { return lead }
    let more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC2 && lead < 0xE0 ? 1 : 0
    if more == 0 { return 0xFFFD }
    var scalar = lead & (0x3F >> UInt32(more))
    for step in 0..<more {
      let byte = UInt32(text[place + step])
      if byte & 0xC0 != 0x80 { return 0xFFFD }
      scalar = scalar << 6 | byte & 0x3F
    }
    place += more
    return scalar > 0x10FFFF ? 0xFFFD : scalar
  }
}
