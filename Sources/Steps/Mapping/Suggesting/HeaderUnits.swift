import Domain

/// What a heading says about the unit of its values: `Speed (Mbps)`, `MRC in EUR`, `Term (Months)`, `Renews (Y/N)`.
struct HeaderUnits: Equatable {
  enum Span: String { case months, days }

  var currency: Currency?
  var bandwidth: BandwidthUnit?
  private(set) var span: Span?
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
    if let choice = Self.choices.first(where: { rest.count > 2 && rest.suffix(2).elementsEqual($0) }) {
      rest.removeLast(choice.count)
    }
    if rest.count > 1, let last = rest.last, let span = Self.spans[last] {
      self.span = span
      rest.removeLast()
    }
    self.rest = rest
  }

  /// Whether a field counts in the unit the heading names, where it names one.
  func allows(_ field: String) -> Bool {
    guard let span else { return true }
    return field.hasSuffix("_" + span.rawValue)
  }

  private static let choices = [
    ["y", "n"], ["yes", "no"], ["ja", "nein"], ["oui", "non"], ["j", "n"], ["o", "n"],
  ]

  private static let spans: [String: Span] = [
    "months": .months, "month": .months, "mos": .months, "mo": .months, "mths": .months, "monate": .months,
    "monaten": .months, "mois": .months, "days": .days, "day": .days, "tage": .days, "tagen": .days, "jours": .days,
  ]

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
