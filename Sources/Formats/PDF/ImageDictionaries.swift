import CPoppler
import Glibc

/// What the bytes of a file say of the images in it, without a page being read: whether any page can be a scan.
///
/// The dictionary of an image stands in the file in the clear, even where streams are compressed or encrypted. Only images
/// written into a page's own instructions are missed.
package struct ImageDictionaries: Sendable {
  /// Pixels of the largest, and of all together.
  package private(set) var largest = 0
  package private(set) var total = 0

  /// Less is no scan of a page: a page at 72 dpi has 480,000 pixels.
  private static let scan = 400_000
  private static let window = 768

  /// Looks through the whole file.
  package init(descriptor: Int32) {
    let size = lseek(descriptor, 0, SEEK_END)
    lseek(descriptor, 0, SEEK_SET)
    guard size > 0, let bytes = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), bytes != MAP_FAILED else {
      return
    }
    take(UnsafeRawBufferPointer(start: bytes, count: size))
    munmap(bytes, size)
  }

  /// Whether a page of a document of so many pages can be covered by an image.
  package func mayCover(pages: Int) -> Bool {
    largest >= Self.scan || total / max(1, pages) >= Self.scan
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start < bytes.count, let found = tl_find(base + start, bytes.count - start, "/Image") {
      let place = found - base
      start = place + 6
      if start < bytes.count, Self.isRegular(bytes[start]) { continue }
      let low = max(0, place - Self.window)
      let around = UnsafeRawBufferPointer(rebasing: bytes[low..<min(bytes.count, place + Self.window)])
      // Nine digits each at most.
      let width = Self.number("/Width", around, nearest: place - low) ?? 4096
      let pixels = width * (Self.number("/Height", around, nearest: place - low) ?? 4096)
      largest = max(largest, pixels)
      total = min(total, 1 << 60) + pixels
    }
  }

  /// The whole number behind the occurrence of a name that is nearest; nil for none and for a reference.
  private static func number(_ name: String, _ bytes: UnsafeRawBufferPointer, nearest place: Int) -> Int? {
    let name = Array(name.utf8)
    let places = bytes.indices.filter { bytes[$0] == 0x2F && bytes[$0...].starts(with: name) }
    guard let start = places.min(by: { abs($0 - place) < abs($1 - place) }) else { return nil }
    let rest = bytes[(start + name.count)...].drop { $0 <= 0x20 }
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.prefix(9)
    let behind = rest.dropFirst(digits.count).drop { $0 <= 0x20 }
    let isReference = behind.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    return isReference ? nil : Int(String(decoding: digits, as: UTF8.self))
  }

  private static func isRegular(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x23
  }
}
