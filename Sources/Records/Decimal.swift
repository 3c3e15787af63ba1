package import Domain

/// Whole numbers to and from the bytes of a line, exactly.
package enum Decimal {
  /// Writes `value` and answers the number of bytes, at most 20.
  package static func write(_ value: Int64, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var magnitude = value.magnitude
    var length = 1
    var bound: UInt64 = 10
    while magnitude >= bound {
      length &+= 1
      if length == 20 { break }
      bound &*= 10
    }
    let sign = value < 0 ? 1 : 0
    if value < 0 { target[0] = 0x2d }
    var index = length &+ sign
    repeat {
      index &-= 1
      let rest = magnitude / 10
      target[index] = 0x30 &+ UInt8(truncatingIfNeeded: magnitude &- rest &* 10)
      magnitude = rest
    } while magnitude != 0
    return length &+ sign
  }

  /// nil unless `bytes` is an optional minus and digits that fit an Int64.
  package static func parse(_ bytes: Bytes) -> Int64? {
    guard bytes.count > 0, bytes.count <= 20 else { return nil }
    let negative = bytes[0] == 0x2d
    var value: Int64 = 0
    guard bytes.count > (negative ? 1 : 0) else { return nil }
    for index in (negative ? 1 : 0)..<bytes.count {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (next, past) = product.subtractingReportingOverflow(Int64(digit))
      guard !over, !past else { return nil }
      value = next
    }
    if negative { return value }
    return value == .min ? nil : -value
  }
}
