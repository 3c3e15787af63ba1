import Domain
import Pages
import Regex

/// Checks what lines add up to: a right sum makes its amounts sure, a wrong one doubtful (documents.md 4.5).
enum PriceSums {
  /// Decides what a price beside a quantity is for, and whether the lines make the total.
  static func check(_ found: PriceTables.Found) -> PriceTables.Found {
    var found = found
    found.lines = quantities(found)
    prove(&found.lines, \.mrc, &found.totalMRC)
    prove(&found.lines, \.nrc, &found.totalNRC)
    return found
  }

  /// A price for one unit becomes that of the line where its heading says so, or only so the total is reached.
  private static func quantities(_ found: PriceTables.Found) -> [PriceLine] {
    let many = found.lines.contains { ($0.quantity?.value ?? 1) > 1 }
    guard many else { return found.lines }
    let multiplied = found.lines.map(multiplied)
    if found.isUnit { return multiplied }
    if let total = found.totalMRC?.value {
      if sum(found.lines, \.mrc) == total { return found.lines }
      if sum(multiplied, \.mrc) == total { return multiplied }
    }
    return found.lines.map { line in
      var line = line
      guard (line.quantity?.value ?? 1) > 1 else { return line }
      line.mrc?.evidence.add(.quantity, at: PriceConfidence.disproven)
      line.nrc?.evidence.add(.quantity, at: PriceConfidence.disproven)
      return line
    }
  }

  private static func multiplied(_ line: PriceLine) -> PriceLine {
    var line = line
    guard let count = line.quantity?.value, count > 1 else { return line }
    for price in [\PriceLine.mrc, \.nrc] {
      guard var finding = line[keyPath: price], let whole = try? finding.value.scaled(by: Int64(count), over: 1) else {
        continue
      }
      finding.value = whole
      finding.evidence.doubts = Set(finding.evidence.doubts + [Doubt.computed.rawValue]).sorted()
      line[keyPath: price] = finding
    }
    return line
  }

  /// nil when there is no amount, or amounts of two currencies.
  static func sum(_ lines: [PriceLine], _ price: KeyPath<PriceLine, Finding<Money>?>) -> Money? {
    let amounts = lines.compactMap { $0[keyPath: price]?.value }
    guard var total = amounts.first else { return nil }
    for amount in amounts.dropFirst() {
      guard let next = try? total.adding(amount) else { return nil }
      total = next
    }
    return total
  }

  static func prove(
    _ lines: inout [PriceLine], _ price: WritableKeyPath<PriceLine, Finding<Money>?>, _ total: inout Finding<Money>?
  ) {
    guard let stated = total?.value, let sum = sum(lines, price) else { return }
    let isRight = sum == stated
    for index in lines.indices { lines[index][keyPath: price]?.evidence.judge(isRight) }
    let isAssumed = lines.contains {
      $0[keyPath: price]?.evidence.doubts.contains(Doubt.currencyAssumed.rawValue) ?? false
    }
    if !isRight || !isAssumed { total?.evidence.judge(isRight) }
  }
}

/// Checks the whole of an order: what is paid once and every month of the term (documents.md 4.5).
struct OrderTotal {
  private let total: Pattern

  init() {
    total = Rule.pattern(
      "\\btotal (?:\\w+ ){0,3}?(?:value|price|cost|commitment|amount|charges)\\b[^;$€£]{0,160}?(\(Amounts.money))")
  }

  /// Makes totals sure where a total that is written is NRC + months x MRC.
  func check(_ text: ClauseText, _ amounts: Amounts, _ reading: inout PriceReading) {
    let months = Set(reading.lines.compactMap { $0.term?.value.months })
    guard months.count == 1, let count = months.first, let mrc = reading.totalMRC?.value,
      let match = total.all(in: text.bytes).last?[1], let stated = amounts.found(text.bytes, match)?.money
    else { return }
    let nrc = reading.totalNRC?.value ?? Money(minor: 0, currency: mrc.currency)
    guard let recurring = try? mrc.scaled(by: Int64(count), over: 1), let whole = try? recurring.adding(nrc),
      whole == stated
    else { return }
    reading.totalMRC?.evidence.judge(true)
    reading.totalNRC?.evidence.judge(true)
    for index in reading.lines.indices { reading.lines[index].term?.evidence.judge(true) }
  }
}

extension Evidence {
  mutating func add(_ doubt: Doubt, at most: Int) {
    doubts = Set(doubts + [doubt.rawValue]).sorted()
    confidence = min(confidence, most)
  }

  /// Words that recognition was unsure of keep their confidence unless a sum proves them.
  ///
  /// A sum says nothing about a currency that was only assumed: such an amount is never surer than one of a table.
  mutating func judge(_ isRight: Bool) {
    if isRight {
      let isAssumed = doubts.contains(Doubt.currencyAssumed.rawValue)
      confidence = max(confidence, isAssumed ? PriceConfidence.table : PriceConfidence.proven)
    } else {
      add(.sumMismatch, at: PriceConfidence.disproven)
    }
  }
}
