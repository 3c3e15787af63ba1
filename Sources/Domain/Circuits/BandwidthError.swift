/// Why a text is not a bandwidth.
package enum BandwidthError: Error, Hashable, Sendable, CustomStringConvertible {
  case notABandwidth
  /// A bare number, and the caller names no default unit.
  case unitMissing
  /// `1.000 Mbps`, `1,544 Mbps`: the separator may be a decimal mark or a thousands separator.
  case ambiguous
  /// A fraction of a kilobit per second.
  case notWholeKbps
  /// More than a petabit per second.
  case outOfRange

  package var description: String {
    switch self {
    case .notABandwidth: "not a bandwidth"
    case .unitMissing: "a bandwidth without a unit"
    case .ambiguous: "the separator may be a decimal mark or a thousands separator"
    case .notWholeKbps: "not a whole number of kbps"
    case .outOfRange: "more than 1000 Tbps"
    }
  }
}
