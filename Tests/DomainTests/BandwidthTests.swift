import TestSupport
import Testing

@testable import Domain

private func parse(_ text: String, _ unit: BandwidthUnit? = nil) throws -> Bandwidth {
  try bytes(text) { try Bandwidth.parse($0, defaultUnit: unit) }
}

@Suite struct BandwidthTests {
  @Test(arguments: [
    ("100M", 100_000), ("100Mb", 100_000), ("100 Mbps", 100_000), ("100Mbit/s", 100_000), ("1G", 1_000_000),
    ("1 Gbps", 1_000_000), ("1.5 Gbps", 1_500_000), ("10GigE", 10_000_000), ("10 GigE", 10_000_000),
    ("GigE", 1_000_000), ("FastE", 100_000), ("Fast Ethernet", 100_000), ("10GE", 10_000_000), ("100GbE", 100_000_000),
    ("10BASE-T", 10_000), ("100BASE-TX", 100_000), ("1000BASE-T", 1_000_000), ("10GBASE-LR", 10_000_000),
    ("T1", 1544), ("DS1", 1544), ("DS-1", 1544), ("E1", 2048), ("T3", 44_736), ("DS3", 44_736), ("E3", 34_368),
    ("DS0", 64), ("64K", 64), ("OC-3", 155_520), ("OC3c", 155_520), ("OC-12", 622_080), ("OC-48", 2_488_320),
    ("OC-192", 9_953_280), ("STM-1", 155_520), ("STM-4", 622_080), ("STM-16", 2_488_320), ("STM-64", 9_953_280),
    ("1,000 Mbps", 1_000_000), ("2.5G", 2_500_000), ("1.544 Mbps", 1544), ("1000 mbps", 1_000_000),
    ("1 000 Mbps", 1_000_000), ("1\u{A0}000 Mbit/s", 1_000_000), ("1,5 Gbps", 1_500_000), ("64000 bps", 64),
    ("100 Megabits per second", 100_000), ("100 Mbits/sec", 100_000), ("1 Gig", 1_000_000), ("400G", 400_000_000),
    ("Gigabit Ethernet", 1_000_000), ("1.000000 G", 1_000_000), ("0.5 Mbps", 500), ("100 meg", 100_000),
  ])
  func reads(_ text: String, _ kbps: Int64) throws {
    #expect(try parse(text) == Bandwidth(kbps: kbps))
  }

  @Test(arguments: [
    ("100/20", 100_000, 20_000), ("100M/20M", 100_000, 20_000), ("1000/1000 Mbps", 1_000_000, 1_000_000),
    ("100 Mbps / 20 Mbps", 100_000, 20_000), ("100Mbit/s/20Mbit/s", 100_000, 20_000), ("1G/35M", 1_000_000, 35_000),
    ("1.5/0.5 Mbps", 1500, 500), ("100M/20", 100_000, 20_000), ("1 Gbps/512 kbps", 1_000_000, 512),
  ])
  func readsPairs(_ text: String, _ down: Int64, _ up: Int64) throws {
    #expect(try parse(text) == Bandwidth(kbps: down, upKbps: up))
  }

  @Test(arguments: [
    ("", BandwidthError.notABandwidth), ("n/a", .notABandwidth), ("100", .unitMissing),
    ("100 furlongs", .notABandwidth),
    ("1.000 Mbps", .ambiguous), ("1,544 Mbps", .ambiguous), ("1.5 bps", .notWholeKbps), ("0.0001 Mbps", .notWholeKbps),
    ("9999999999 Gbps", .outOfRange), ("99999999999999999999 M", .outOfRange), ("M", .notABandwidth),
    ("-5M", .notABandwidth),
    ("100/", .notABandwidth), ("/20", .notABandwidth), ("100/20/5", .notABandwidth), ("1,00 000 M", .notABandwidth),
    ("1,0000,000 M", .notABandwidth), ("12,34,567 M", .notABandwidth), ("Ethernet", .notABandwidth),
    ("OC-5", .notABandwidth),
    ("5 T1", .notABandwidth), ("1.2.3 M", .notABandwidth),
  ])
  func refuses(_ text: String, _ error: BandwidthError) {
    #expect(throws: error) { try parse(text) }
  }

  @Test func aDefaultUnitServesBareNumbersOnly() throws {
    #expect(try parse("100", .mbps).kbps == 100_000)
    #expect(try parse("100", .kbps).kbps == 100)
    #expect(try parse("1G", .kbps).kbps == 1_000_000)
    #expect(try parse("1544", .kbps).kbps == 1544)
  }

  @Test(
    arguments: [
      (1_000_000, nil, "1 Gbps"), (1544, nil, "1.544 Mbps"), (64, nil, "64 kbps"), (2_500_000, nil, "2.5 Gbps"),
      (100_000, 20_000, "100/20 Mbps"), (1_000_000, 1_000_000, "1/1 Gbps"), (0, nil, "0 kbps"),
      (1544, 768, "1544/768 kbps"),
    ] as [(Int64, Int64?, String)])
  func prints(_ down: Int64, _ up: Int64?, _ text: String) {
    #expect(Bandwidth(kbps: down, upKbps: up).description == text)
  }

  @Test func readingAfterPrintingIsIdentity() throws {
    var random = SplitMix64("bandwidth")
    for _ in 0..<20_000 {
      let up = Bool.random(using: &random) ? random.integer().magnitude % 1_000_000_000_001 : nil
      var down = Int64(random.integer().magnitude % 1_000_000_000_001)
      if Bool.random(using: &random) { down = down / 1000 * 1000 }
      let bandwidth = Bandwidth(kbps: down, upKbps: up.map { Int64($0) })
      #expect(try parse(bandwidth.description) == bandwidth, "seed \(random.seed) \(bandwidth)")
    }
  }
}
