import Mapping
import Records
import Testing

struct OrderTests {
  private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// Neither the order of rows nor that of columns changes the set of records.
  @Test func orderDoesNotMatter() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix64(state: seed)
    let mapping =
      Run.head + "  m: {to: mrc, currency: USD}\n  s: endpoint.a.street\n  k: contract.number\n  t: term.months\n"
    let rows: [Run.Row] = (0..<60).map { number in
      [
        ("Carrier", ["Zayo", "Lumen", "AT&T"].randomElement(using: &random) ?? ""), ("ID", "A\(number)"),
        ("m", ["1.50", "", "TBD"].randomElement(using: &random) ?? ""),
        ("s", ["1 Main St", "", "2 Elm"].randomElement(using: &random) ?? ""),
        ("k", ["C1", "C2", ""].randomElement(using: &random) ?? ""),
        ("t", ["12", "3 years", ""].randomElement(using: &random) ?? ""),
      ]
    }
    let first = try Run(rows, mapping: mapping)
    let order = Array(0..<6).shuffled(using: &random)
    let second = try Run(rows.shuffled(using: &random).map { row in order.map { row[$0] } }, mapping: mapping)
    #expect(bodies(first) == bodies(second), "seed \(seed)")
    #expect(first.outcome.counts.rejected == second.outcome.counts.rejected)
    #expect(first.outcome.counts.balanced)
  }

  private func bodies(_ run: Run) -> [String] {
    run.records.map { JSON.parse($0) }.map { ($0?["stream"]?.text ?? "") + ($0?["record"]?.line ?? "") }.sorted()
  }
}
