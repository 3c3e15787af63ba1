package import Domain
import Glibc

/// Lines of a descriptor as slices of one buffer, in bounded memory.
///
/// A slice is valid until the next call of `next`. CRLF is accepted. The longest line is 8 MiB.
package struct LineReader: ~Copyable {
  package static let longest = 8 << 20
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var low = 0
  private var high = 0
  private var ended = false
  private let descriptor: Int32
  /// The number of the line last returned, from 1.
  package private(set) var line = 0
  /// Whether a newline alone follows the line last returned in memory.
  private(set) var endsPlainly = false

  package init(descriptor: Int32, capacity: Int = 1 << 18) {
    self.descriptor = descriptor
    self.capacity = capacity
    buffer = .allocate(capacity: capacity + 64)
  }

  deinit { buffer.deallocate() }

  /// The next line without its end, or nil at the end of the input.
  package mutating func next() throws(WireError) -> Bytes? {
    var from = low
    while true {
      if from < high, let found = memchr(buffer + from, 10, high - from) {
        let end = found.assumingMemoryBound(to: UInt8.self) - buffer
        return take(end, next: end + 1)
      }
      if ended { return low == high ? nil : take(high, next: high) }
      from = high
      if low > 0 {
        memmove(buffer, buffer + low, high - low)
        from -= low
        high -= low
        low = 0
      }
      if high == capacity { try grow() }
      try fill()
    }
  }

  private mutating func take(_ end: Int, next: Int) -> Bytes {
    let start = low
    low = next
    line += 1
    let trimmed = end > start && buffer[end - 1] == 13 ? end - 1 : end
    endsPlainly = trimmed == end && next > end
    return Bytes(start: buffer + start, count: trimmed - start)
  }

  private mutating func grow() throws(WireError) {
    guard capacity < Self.longest else { throw .lineTooLong(line: line + 1, limit: Self.longest) }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 64)
    larger.update(from: buffer, count: high)
    buffer.deallocate()
    buffer = larger
    capacity *= 2
  }

  private mutating func fill() throws(WireError) {
    while true {
      let count = read(descriptor, buffer + high, capacity - high)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .input(errno: errno) }
      if count == 0 { ended = true }
      high += count
      return
    }
  }
}
