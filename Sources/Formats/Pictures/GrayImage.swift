/// A page as a picture: one byte a pixel, 0 black, 255 white, rows from the top without gaps.
package struct GrayImage: Equatable, Sendable {
  package let width: Int
  package let height: Int
  /// Pixels an inch.
  package let dpi: Int
  package let pixels: [UInt8]

  /// nil unless there is a byte for every pixel and both sides are 1...32,767.
  package init?(width: Int, height: Int, dpi: Int, pixels: [UInt8]) {
    guard (1...Self.longest).contains(width), (1...Self.longest).contains(height), pixels.count == width * height
    else { return nil }
    self.width = width
    self.height = height
    self.dpi = dpi
    self.pixels = pixels
  }

  /// The longest side tesseract takes.
  package static let longest = 32_767

  /// A binary PGM of 8 bits; nil for anything else, and for one that is cut short.
  package init?(pgm bytes: [UInt8], dpi: Int) {
    var at = 2
    guard bytes.starts(with: Array("P5".utf8)), let width = Self.number(bytes, &at),
      let height = Self.number(bytes, &at), Self.number(bytes, &at) == 255, at < bytes.count,
      width <= Self.longest, height <= Self.longest, bytes.count - at - 1 == width * height
    else { return nil }
    self.init(width: width, height: height, dpi: dpi, pixels: Array(bytes[(at + 1)...]))
  }

  /// The number after white space and comments.
  private static func number(_ bytes: [UInt8], _ at: inout Int) -> Int? {
    while at < bytes.count, isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "#") {
      if bytes[at] == UInt8(ascii: "#") {
        while at < bytes.count, bytes[at] != 10 { at += 1 }
      } else {
        at += 1
      }
    }
    let start = at
    while at < bytes.count, at - start < 6, (0x30...0x39).contains(bytes[at]) { at += 1 }
    return at == start ? nil : bytes[start..<at].reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Whether nothing stands out from the paper by a quarter of the range, as on an empty page.
  package var isBlank: Bool {
    guard let darkest = pixels.min(), let lightest = pixels.max() else { return true }
    return lightest - darkest < 64
  }
}
