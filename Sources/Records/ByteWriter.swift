import Digest
package import Domain
import Glibc

/// Buffered bytes to a descriptor, with a running CRC-32C.
///
/// A failed write is remembered and everything after it dropped, so that hot loops need no `try`; `flush` throws it.
package struct ByteWriter: ~Copyable {
  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private let descriptor: Int32
  private var count = 0
  private var failure: Int32 = 0
  /// The checksum of everything flushed so far; call `flush` before reading it.
  var checksum = CRC32C()

  package init(descriptor: Int32, capacity: Int = 1 << 18) {
    self.descriptor = descriptor
    self.capacity = capacity
    base = .allocate(capacity: capacity + 64)
  }

  deinit { base.deallocate() }

  /// True once the reader at the other end has gone or the disk is full: stop producing.
  package var broken: Bool { failure != 0 }

  package mutating func flush() throws(WireError) {
    drain()
    if failure != 0 { throw .output(errno: failure) }
  }

  private mutating func drain() {
    checksum.update(base, count: count)
    var done = 0
    while done < count, failure == 0 {
      let written = write(descriptor, base + done, count - done)
      if written >= 0 { done += written } else if errno != EINTR { failure = errno }
    }
    count = 0
  }

  package mutating func byte(_ byte: UInt8) {
    if count >= capacity { drain() }
    base[count] = byte
    count &+= 1
  }

  package mutating func bytes(_ bytes: Bytes) {
    guard var source = bytes.baseAddress else { return }
    var left = bytes.count
    while left > 0 {
      if count == capacity { drain() }
      let part = min(left, capacity - count)
      (base + count).update(from: source, count: part)
      count &+= part
      source += part
      left -= part
    }
  }

  package mutating func bytes(_ array: [UInt8]) {
    array.withUnsafeBufferPointer { bytes($0) }
  }

  package mutating func raw(_ text: StaticString) {
    bytes(Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  package mutating func raw(_ text: String) {
    var text = text
    text.withUTF8 { bytes($0) }
  }

  package mutating func integer(_ value: Int64) {
    if count + 24 > capacity { drain() }
    count &+= Decimal.write(value, to: base + count)
  }

  package mutating func integer(_ value: Int) { integer(Int64(value)) }

  /// A JSON string: quotes, escapes and the bytes, which must be UTF-8.
  package mutating func string(_ bytes: Bytes) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return raw("\"\"") }
    let length = bytes.count
    if count + length + 16 > capacity { drain() }
    guard length + 16 <= capacity else { return longString(bytes) }
    base[count] = 0x22
    count &+= 1
    var index = 0
    while index < length {
      // Eight bytes are written even where fewer are left; `base` has room for them beyond its capacity.
      if count &+ 16 > capacity { drain() }
      let left = min(8, length &- index)
      let word = Self.word(source, index, left, length)
      UnsafeMutableRawPointer(base + count).storeBytes(of: word, as: UInt64.self)
      let special = Escapes.mask(word) & (~0 &>> UInt64(64 &- left &* 8))
      let plain = special == 0 ? left : special.trailingZeroBitCount >> 3
      index &+= plain
      count &+= plain
      if special == 0 { continue }
      escaped(source[index])
      index &+= 1
    }
    byte(0x22)
  }

  /// The 1 to 8 bytes at `index`, the first of them lowest, without reading past `length`.
  @inline(__always)
  private static func word(_ source: UnsafePointer<UInt8>, _ index: Int, _ left: Int, _ length: Int) -> UInt64 {
    let place = UnsafeRawPointer(source)
    if left == 8 { return place.loadUnaligned(fromByteOffset: index, as: UInt64.self) }
    if length >= 8 {
      return place.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self) &>> UInt64(64 &- left &* 8)
    }
    if left >= 4 {
      let first = UInt64(place.loadUnaligned(fromByteOffset: index, as: UInt32.self))
      let last = UInt64(place.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self))
      return first | last &<< UInt64((left &- 4) &* 8)
    }
    let (middle, end) = (left / 2, left &- 1)
    return UInt64(source[index]) | UInt64(source[index &+ middle]) &<< UInt64(middle &* 8)
      | UInt64(source[index &+ end]) &<< UInt64(end &* 8)
  }

  package mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { string($0) }
  }

  private mutating func longString(_ bytes: Bytes) {
    byte(0x22)
    for character in bytes { escaped(character) }
    byte(0x22)
  }

  private mutating func escaped(_ character: UInt8) {
    if count &+ 8 > capacity { drain() }
    if character >= 0x20, character != 0x22, character != 0x5c {
      base[count] = character
      count &+= 1
    } else {
      count &+= Escapes.write(character, to: base + count)
    }
  }
}
