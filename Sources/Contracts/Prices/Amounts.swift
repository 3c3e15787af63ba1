import Domain
import Regex

/// Finds amounts of money in a text, and what a cell of a table says instead of one.
struct Amounts {
  struct Found: Equatable {
    let range: Range<Int>
    let money: Money
    /// Whether a sign or a code stands beside it.
    let hasCurrency: Bool
  }

  enum Cell: Equatable {
    case amount(Found)
    /// `Waived`, `Included`, `N/C`: nothing is charged.
    case nothing
    case redacted
    /// `ICB`, `TBD`, `-`: not stated; also a credit, which is no charge.
    case unstated
    case none
  }

  private static let codes = "USD|CAD|EUR|GBP|AUD|NZD|CHF|SEK|NOK|DKK|MXN|SGD|HKD|JPY|INR|BRL|PLN|CZK"
  static let sign = "(?:(?:US|CA|AU|NZ|C|A|U\\.S\\. ?)?\\$|€|£|\\b(?:\(codes))\\b)"
  static let number = "(?:\\d{1,3}(?:[,.'’]\\d{3})+|\\d+)(?:[.,]\\d{2})?"
  /// An amount with its currency, two groups: the sign and the figure before, or the figure and the code behind it.
  static let money =
    "(?:\(sign) ?(?:\\d{1,3}(?: \\d{3})+(?! ?[KMG]b)(?:[.,]\\d{2})?|\(number))(?![\\d%]|[.,]\\d)|"
    + "(?<![\\d.,])\(number) ?(?:(?:\(codes))\\b|€|£))"

  private let any = Rule.pattern("(?<![\\w.,$€£])\(Amounts.money)")
  /// Without a currency only with cents or grouped thousands: `30` may be anything.
  private let bare = Rule.pattern(
    "^(?:\\d{1,3}(?:[,.'’]\\d{3})+(?:[.,]\\d{2})?|\\d+[.,]\\d{2})(?: ?/ ?(?:mo|month))?$")
  private let whole = Rule.pattern(
    "^\(Amounts.money)(?: ?(?:/ ?(?:mo|month)|per month|monthly|each))?\\.?$")
  /// A credit: an amount, and not one that is charged.
  private let negative = Rule.pattern(
    "^(?:\\( ?\(Amounts.money) ?\\)|[-–−] ?\(Amounts.money)|\(Amounts.money) ?(?:-|CR))$")
  private let nothing = Rule.pattern(
    "^\\W{0,2}(?:waived|included|incl\\.?|n/?c|no charge|none|free|no cost)\\W{0,2}$")
  private let redacted = Rule.pattern(
    "^(?:\(Amounts.sign) ?)?(?:[\\[(]?[ *●•_Xx█■]{2,}[\\])]?|\\[[^\\]\\w]{0,8}\\]|\\[?redacted\\]?)$")
  private let unstated = Rule.pattern("^(?:icb|tbd|n/?a|[-–—]+|to be determined|individual case basis)$")
  private let figure = Rule.pattern("\\d[\\d,.'’ ]*")
  let mark: DecimalMark
  let currency: Currency
  /// Whether the document writes amounts in more than one currency.
  let isMixed: Bool

  /// Learns from the text how its numbers are written and which currency a bare one is in.
  init(_ text: [UInt8], mark: DecimalMark?, currency: Currency?) {
    var counts: [String: Int] = [:]
    var evidence = NumberEvidence()
    var dollars = 0
    for match in any.all(in: text) {
      let words = String(decoding: text[match.range], as: UTF8.self)
      if let digits = figure.first(in: text, from: match.range.lowerBound)?.range {
        TextBytes.withBytes(of: String(decoding: text[digits], as: UTF8.self)) { evidence.add($0, row: 0) }
      }
      if words.contains("€") { counts["EUR", default: 0] += 1 }
      if words.contains("£") { counts["GBP", default: 0] += 1 }
      if words.contains("CA$") || words.contains("C$") { counts["CAD", default: 0] += 1 }
      if words.contains("AU$") || words.hasPrefix("A$") { counts["AUD", default: 0] += 1 }
      if words.contains("US$") { counts["USD", default: 0] += 1 } else if words.hasPrefix("$") { dollars += 1 }
      for code in Self.codes.split(separator: "|") where words.uppercased().contains(code) {
        counts[String(code), default: 0] += 1
      }
    }
    let named = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key)
    let dollar = named.first { Currency(code: $0)?.isDollar == true }
    let most = dollars > 0 && dollar == nil ? (counts.values.max() ?? 0) > dollars ? named.first : "USD" : named.first
    self.currency = currency ?? most.flatMap { Currency(code: $0) } ?? .usd
    isMixed = named.count + (dollars > 0 && dollar == nil ? 1 : 0) > 1
    self.mark = mark ?? (evidence.verdict == .comma ? .comma : .point)
  }

  /// Every amount with a currency inside of `range`.
  func all(in text: [UInt8], within range: Range<Int>) -> [Found] {
    any.all(in: text, within: range).compactMap { found(text, $0.range) }
  }

  func first(in text: [UInt8], within range: Range<Int>) -> Found? {
    any.first(in: text, within: range).flatMap { found(text, $0.range) }
  }

  /// The amount that exactly `range` is, with or without a currency; nil for a negative or implausible one.
  func found(_ text: [UInt8], _ range: Range<Int>) -> Found? {
    var written = text[range].filter { $0 != 0x0A }
    let hasCurrency = !written.allSatisfy { $0 < 0x41 && $0 != 0x24 }
    // A blank between a sign and a figure groups thousands: `$1 000`; the sign itself may be `U.S. $`.
    written = Array(
      String(decoding: written, as: UTF8.self).replacing("U.S. $", with: "US$").replacing("U.S.$", with: "US$").utf8)
    let signs: [(String, String)] = [("CA$", "CAD "), ("C$", "CAD "), ("AU$", "AUD "), ("NZ$", "NZD "), ("A$", "AUD ")]
    var words = String(decoding: written, as: UTF8.self)
    for (sign, code) in signs { words = words.replacing(sign, with: code) }
    let money = TextBytes.withBytes(of: words) { bytes in
      (try? Money.parse(bytes, mark: mark, currency: hasCurrency ? nil : currency))
        ?? (try? Money.parse(bytes, mark: mark, currency: currency))
    }
    guard var money, money.minor >= 0, money.isPlausible else { return nil }
    // `$` alone is the document's dollar.
    if words.hasPrefix("$"), currency.isDollar { money = Money(minor: money.minor, currency: currency) }
    return Found(range: range, money: money, hasCurrency: hasCurrency)
  }

  /// What a cell under a price heading says.
  func cell(_ text: String) -> Cell {
    let bytes = Array(text.split(separator: " ").joined(separator: " ").utf8)
    if nothing.first(in: bytes) != nil { return .nothing }
    if redacted.first(in: bytes) != nil { return .redacted }
    if unstated.first(in: bytes) != nil || negative.first(in: bytes) != nil { return .unstated }
    if whole.first(in: bytes) != nil, let found = first(in: bytes, within: 0..<bytes.count) { return .amount(found) }
    if bare.first(in: bytes) != nil, let digits = figure.first(in: bytes)?.range {
      var end = digits.upperBound
      while end > digits.lowerBound, !(bytes[end - 1] >= 0x30 && bytes[end - 1] <= 0x39) { end -= 1 }
      if let found = found(bytes, digits.lowerBound..<end) { return .amount(found) }
    }
    return .none
  }
}
