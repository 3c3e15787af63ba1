import Glibc

/// Random numbers that a seed repeats (Steele, Lea, Flood 2014), for laws checked on many values.
///
/// The seed is a new one each run, or `TRUNKLINE_SEED`; print it with every failure.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  package let seed: UInt64
  private var state: UInt64

  package init(seed: UInt64? = nil) {
    let asked = getenv("TRUNKLINE_SEED").flatMap { UInt64(String(cString: $0)) }
    self.seed = seed ?? asked ?? UInt64.random(in: 0 ... .max)
    state = self.seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
