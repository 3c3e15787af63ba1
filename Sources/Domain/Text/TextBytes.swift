import CUTF8Proc
import Glibc

/// A borrowed run of UTF-8 text; the owner of the memory decides how long it lives.
package typealias Bytes = UnsafeBufferPointer<UInt8>

/// White space, folding and normal forms over bytes; ASCII never leaves this file's own loops.
package enum TextBytes {
  /// Drops white space at both ends: ASCII, no-break, zero-width and other Unicode spaces, and the byte order mark.
  @inlinable
  package static func trim(_ text: Bytes) -> Bytes {
    guard let first = text.first, let last = text.last else { return text }
    if first > 0x20, first < 0x80, last > 0x20, last < 0x80 { return text }
    return trimSlowly(text)
  }

  @usableFromInline
  static func trimSlowly(_ text: Bytes) -> Bytes {
    var start = 0
    var end = text.count
    while start < end {
      let width = spaceWidth(text, at: start)
      if width == 0 { break }
      start += width
    }
    while end > start {
      let width = spaceWidth(text, before: end, from: start)
      if width == 0 { break }
      end -= width
    }
    return Bytes(rebasing: text[start..<end])
  }

  /// Whether nothing but white space is there.
  package static func isBlank(_ text: Bytes) -> Bool { trim(text).isEmpty }

  /// Lends the UTF-8 bytes of a string to a closure.
  package static func withBytes<R>(of text: String, _ body: (Bytes) -> R) -> R {
    var text = text
    return text.withUTF8 { body($0) }
  }

  /// The bytes as a string; what is not UTF-8 becomes U+FFFD.
  package static func string(_ text: Bytes) -> String { String(decoding: text, as: UTF8.self) }

  /// Lower case without diacritics, appended: Latin letters become ASCII, other scripts are kept.
  ///
  /// NFKC with case folding and marks removed, then ß ø ł đ æ œ þ ð ı spelled in ASCII. Idempotent. Bytes that are
  /// not UTF-8 become U+FFFD.
  package static func appendFolded(_ text: Bytes, into out: inout [UInt8]) {
    if isASCII(text) {
      out.reserveCapacity(out.count + text.count)
      for byte in text { out.append(lower(byte)) }
      return
    }
    let options =
      UTF8PROC_STABLE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_DECOMPOSE.rawValue
      | UTF8PROC_STRIPMARK.rawValue | UTF8PROC_CASEFOLD.rawValue | UTF8PROC_IGNORE.rawValue
    map(text, options: options) { appendLatin($0, into: &out) }
  }

  /// The folded text as a string.
  package static func foldedASCII(_ text: String) -> String {
    var out: [UInt8] = []
    withBytes(of: text) { appendFolded($0, into: &out) }
    return String(decoding: out, as: UTF8.self)
  }

  /// The NFKC form, appended; bytes that are not UTF-8 become U+FFFD.
  package static func appendNFKC(_ text: Bytes, into out: inout [UInt8]) {
    if isASCII(text) {
      out.append(contentsOf: text)
      return
    }
    let options = UTF8PROC_STABLE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_COMPOSE.rawValue
    map(text, options: options) { out.append(contentsOf: $0) }
  }

  /// Whether every byte is below 0x80.
  package static func isASCII(_ text: Bytes) -> Bool {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return true }
    var index = 0
    while index + 8 <= text.count {
      if base.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
      index += 8
    }
    while index < text.count {
      if text[index] >= 0x80 { return false }
      index += 1
    }
    return true
  }

  @inline(__always)
  static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  @inline(__always)
  static func upper(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// Runs utf8proc over text that is not ASCII; repairs what is not UTF-8 first.
  private static func map(_ text: Bytes, options: UInt32, _ use: (Bytes) -> Void) {
    var result: UnsafeMutablePointer<UInt8>?
    let count = utf8proc_map(text.baseAddress, text.count, &result, utf8proc_option_t(rawValue: options))
    if count >= 0, let result {
      use(Bytes(start: result, count: count))
      free(result)
      return
    }
    // Only bytes that are not UTF-8 fail; once repaired they are, so this recurses once.
    guard count == UTF8PROC_ERROR_INVALIDUTF8 else { return }
    withBytes(of: string(text)) { repaired in map(repaired, options: options, use) }
  }

  /// Spells the Latin letters that have no decomposition in ASCII.
  private static func appendLatin(_ text: Bytes, into out: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 || index + 1 >= text.count {
        out.append(byte)
        index += 1
        continue
      }
      switch (byte, text[index + 1]) {
      case (0xC3, 0x9F): out.append(contentsOf: "ss".utf8)
      case (0xC3, 0xB8): out.append(0x6F)
      case (0xC5, 0x82): out.append(0x6C)
      case (0xC4, 0x91), (0xC3, 0xB0): out.append(0x64)
      case (0xC3, 0xA6): out.append(contentsOf: "ae".utf8)
      case (0xC5, 0x93): out.append(contentsOf: "oe".utf8)
      case (0xC3, 0xBE): out.append(contentsOf: "th".utf8)
      case (0xC4, 0xB1): out.append(0x69)
      default:
        out.append(byte)
        index += 1
        continue
      }
      index += 2
    }
  }
}
