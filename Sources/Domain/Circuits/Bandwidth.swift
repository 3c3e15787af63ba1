/// A transmission rate in whole kilobits per second (k = 1000), downstream first.
package struct Bandwidth: Hashable, Sendable, CustomStringConvertible {
  package let kbps: Int64
  /// Upstream, where it is stated apart.
  package let upKbps: Int64?

  /// The largest rate that is read or printed: 1000 Tbps.
  package static let largest: Int64 = 1_000_000_000_000

  package init(kbps: Int64, upKbps: Int64? = nil) {
    self.kbps = kbps
    self.upKbps = upKbps
  }

  /// Reads rates as carriers write them; any bytes give a value or an error.
  ///
  /// `100M`, `1.5 Gbps`, `1,000 Mbps`, `10GigE`, `100GbE`, `1000BASE-T`, `T1`, `DS3`, `E1`, `OC-12`, `STM-4`,
  /// `100M/20M`, `1000/1000 Mbps`. A pair without a unit is Mbps, as broadband products are named. A single bare number
  /// takes `defaultUnit`, else `.unitMissing`.
  package static func parse(
    _ text: Bytes, defaultUnit: BandwidthUnit? = nil
  ) throws(BandwidthError) -> Bandwidth {
    let text = TextBytes.trim(text)
    if text.isEmpty || text.count > 48 { throw .notABandwidth }
    let result: Result<Bandwidth, BandwidthError> = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) {
      buffer in
      let count = squeeze(text, into: buffer)
      let squeezed = Bytes(rebasing: Bytes(buffer)[0..<count])
      do throws(BandwidthError) {
        return .success(try BandwidthText.read(squeezed, defaultUnit: defaultUnit))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Lower case; white space and hyphens dropped, but one blank kept between two digits.
  private static func squeeze(_ text: Bytes, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var count = 0
    var index = 0
    var gap = false
    while index < text.count {
      let width = TextBytes.spaceWidth(text, at: index)
      if width > 0 || (text[index] == 0x2D && count > 0) {
        gap = gap || width > 0
        index += max(width, 1)
        continue
      }
      if gap, count > 0, TextBytes.isDigit(buffer[count - 1]), TextBytes.isDigit(text[index]) {
        buffer[count] = 0x20
        count += 1
      }
      gap = false
      buffer[count] = TextBytes.lower(text[index])
      count += 1
      index += 1
    }
    return count
  }

  /// `1 Gbps`, `1.544 Mbps`, `64 kbps`, `100/20 Mbps`; reads back to the same value up to `largest`.
  package var description: String {
    guard let upKbps else { return Self.single(kbps) }
    for (size, unit) in [(Int64(1_000_000), "Gbps"), (1000, "Mbps")]
    where kbps % size == 0 && upKbps % size == 0 && (kbps != 0 || upKbps != 0) {
      return "\(kbps / size)/\(upKbps / size) \(unit)"
    }
    return "\(kbps)/\(upKbps) kbps"
  }

  private static func single(_ kbps: Int64) -> String {
    if kbps >= 1_000_000 { return decimal(kbps, digits: 6) + " Gbps" }
    if kbps >= 1000 { return decimal(kbps, digits: 3) + " Mbps" }
    return "\(kbps) kbps"
  }

  private static func decimal(_ value: Int64, digits: Int) -> String {
    var out: [UInt8] = []
    Money.write(minor: value, exponent: digits, into: &out)
    while out.last == 0x30 { out.removeLast() }
    if out.last == 0x2E { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
  }
}
