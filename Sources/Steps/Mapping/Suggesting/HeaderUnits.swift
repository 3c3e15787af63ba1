import Domain

/// What a heading says about the unit of its values: `Speed (Mbps)`, `MRC in EUR`.
struct HeaderUnits: Equatable {
  var currency: Currency?
  var bandwidth: BandwidthUnit?
  /// The words without those that only name a unit.
  let rest: [String]

  init(_ words: [String]) {
    var rest: [String] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      if let unit = Self.speeds[word] {
        bandwidth = unit
        // `Mbit/s`
        if index + 1 < words.count, words[index + 1] == "s" || words[index + 1] == "sec" { index += 1 }
      } else if words.count > 1, let found = Self.currency(word) {
        currency = found
      } else {
        rest.append(word)
      }
      index += 1
    }
    self.rest = rest
  }

  private static func currency(_ word: String) -> Currency? {
    word.utf8.count == 3 && currencies.contains(word) ? Currency(code: word.uppercased()) : nil
  }

  /// Codes that are no words of headings in any of the three languages.
  private static let currencies: Set<String> = [
    "usd", "eur", "gbp", "chf", "cad", "aud", "sek", "nok", "dkk", "pln", "czk", "huf", "inr", "jpy", "cny", "hkd",
    "sgd",
    "brl", "mxn", "zar", "nzd", "php", "thb", "myr", "idr", "krw", "twd", "ils", "aed", "sar",
  ]

  private static let speeds: [String: BandwidthUnit] = {
    let lists: [(BandwidthUnit, String)] = [
      (.kbps, "kbps kbit kbits kb kbs"), (.mbps, "mbps mbit mbits mb mbs mbitps meg megs"),
      (.gbps, "gbps gbit gbits gb gbs gig"),
    ]
    var table: [String: BandwidthUnit] = [:]
    for (unit, words) in lists { for word in words.split(separator: " ") { table[String(word)] = unit } }
    return table
  }()
}
