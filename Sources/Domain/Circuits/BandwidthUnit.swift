/// A decimal unit of bandwidth: k is 1000, as for every transmission rate.
package enum BandwidthUnit: String, Sendable, CaseIterable {
  case bps
  case kbps
  case mbps
  case gbps
  case tbps

  /// Bits per second of one unit.
  var bits: Int64 {
    switch self {
    case .bps: 1
    case .kbps: 1_000
    case .mbps: 1_000_000
    case .gbps: 1_000_000_000
    case .tbps: 1_000_000_000_000
    }
  }

  /// Reads `M`, `Mbps`, `Mbit/s`, `megabits per second` and the like.
  package static func parse(_ text: Bytes) -> BandwidthUnit? { BandwidthWords.units[loosely: text] }
}
