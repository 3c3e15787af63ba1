/// The character that stands between whole units and decimals.
package enum DecimalMark: String, Sendable, CaseIterable {
  case point
  case comma

  @inline(__always)
  var byte: UInt8 { self == .point ? 0x2E : 0x2C }
}
