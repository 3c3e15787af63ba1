package import Domain

/// Whether bytes are UTF-8: many at a time while they are ASCII, by the standard library from the first that is not.
package enum Validity {
  package static func isUTF8(_ bytes: Bytes) -> Bool {
    guard let p = bytes.baseAddress else { return true }
    var i = 0
    let n = bytes.count
    while i &+ 32 <= n {
      let four = UnsafeRawPointer(p + i).loadUnaligned(as: SIMD4<UInt64>.self)
      if (four[0] | four[1] | four[2] | four[3]) & 0x8080_8080_8080_8080 != 0 { break }
      i &+= 32
    }
    while i &+ 8 <= n {
      if UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
      i &+= 8
    }
    while i < n, p[i] < 0x80 { i &+= 1 }
    guard i < n else { return true }
    let rest = UnsafeBufferPointer(start: p + i, count: n - i)
    return (try? UTF8Span(validating: rest.span)) != nil
  }
}
