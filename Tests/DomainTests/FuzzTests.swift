import TestSupport
import Testing

@testable import Domain

@Suite struct FuzzTests {
  @Test func noBytesCrashAParser() {
    var random = SplitMix64("fuzz")
    var key = AddressKey()
    var read = 0
    for _ in 0..<40_000 {
      let text = random.text()
      bytes(text) { text in
        for mark in [nil, DecimalMark.point, .comma] {
          if (try? Money.parse(text, mark: mark, currency: .usd)) != nil { read += 1 }
          _ = try? Money.parseMinor(text, mark: mark, exponent: 3)
        }
        for order in [nil, DateOrder.ymd, .dmy, .mdy] {
          if (try? CalendarDate.parse(text, order: order)) != nil { read += 1 }
        }
        for unit in [nil, BandwidthUnit.mbps] {
          if (try? Bandwidth.parse(text, defaultUnit: unit)) != nil { read += 1 }
        }
        if (try? Term.parse(text)) != nil { read += 1 }
        _ = CircuitStatus.parse(text)
        _ = CircuitID(text)
        _ = Currency(text)
        var out: [UInt8] = []
        key.append(street: text, suite: text, city: text, state: text, postal: text, country: text, into: &out)
        #expect(out.filter { $0 == 0x7C }.count == 5, "seed \(random.seed)")
      }
    }
    // A fuzz that never reaches a value would prove little.
    #expect(read > 1000)
  }

  @Test func anEmptyBufferIsReadByAll() {
    let none = Bytes(start: nil, count: 0)
    #expect(throws: MoneyError.notANumber) { try Money.parse(none, mark: nil, currency: .usd) }
    #expect(throws: DateError.notADate) { try CalendarDate.parse(none, order: nil) }
    #expect(throws: BandwidthError.notABandwidth) { try Bandwidth.parse(none) }
    #expect(throws: TermError.notATerm) { try Term.parse(none) }
    #expect(CircuitID(none) == nil)
    #expect(CircuitStatus.parse(none) == nil)
    #expect(Currency(none) == nil)
    #expect(TextBytes.trim(none).isEmpty)
    #expect(
      AddressKey.make(street: nil, suite: nil, city: nil, state: nil, postal: nil, country: nil) == "|||||")
  }
}
