extension Money: CustomStringConvertible {
  /// Code, sign, digits in groups of three: `USD -1,234.50`.
  package var description: String {
    var out: [UInt8] = []
    currency.write(into: &out)
    out.append(0x20)
    Self.write(minor: minor, exponent: currency.exponent, groups: .thousands, into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Sign and digits alone: `-1234.50`.
  package var plain: String {
    var out: [UInt8] = []
    write(into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends `plain`.
  package func write(into out: inout [UInt8]) {
    Self.write(minor: minor, exponent: currency.exponent, groups: .none, into: &out)
  }

  /// Appends minor units as a decimal number with exactly `exponent` decimals.
  package static func write(minor: Int64, exponent: Int, groups: DigitGrouping = .none, into out: inout [UInt8]) {
    if minor < 0 { out.append(0x2D) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { buffer in
      var value = minor.magnitude
      var at = 48
      var digits = 0
      while value > 0 || digits <= exponent {
        let whole = digits - exponent
        if digits > 0, whole == 0 {
          at -= 1
          buffer[at] = 0x2E
        } else if groups == .thousands, whole > 0, whole.isMultiple(of: 3) {
          at -= 1
          buffer[at] = 0x2C
        }
        at -= 1
        buffer[at] = UInt8(value % 10) + 0x30
        value /= 10
        digits += 1
      }
      out.append(contentsOf: buffer[at..<48])
    }
  }
}
