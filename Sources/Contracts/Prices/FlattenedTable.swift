import Domain
import Pages
import Regex

/// Reads a table whose places are lost: all its headings in a row, then all values of its one line.
///
/// Only where the last two or more headings are of figures, and the same number of figures stands together behind them.
struct FlattenedTable {
  private enum Role { case term, nrc, mrc }

  private let run: Pattern
  private let heading: Pattern
  private let tail: Pattern
  private let order = Rule.pattern("\\border (?:ids?|numbers?|no\\.?)\\b")
  private let identifier = Rule.pattern("\\G\\W*([A-Z0-9]+(?:-[A-Z0-9]+)*)\\b")

  init() {
    let term = "(?:(?:initial |service |contract )?term(?: ?\\(?(?:in )?months\\)?)?)"
    let once = "(?:(?:installation|install|set-?up|one[- ]time|non-?recurring) (?:fee|charge)|NRC)"
    let monthly = "(?:monthly(?: recurring)? (?:fee|charge)|MRC)"
    heading = Rule.pattern("(\(term))|(\(once))|(\(monthly))")
    run = Rule.pattern("\\b(?:(?:\(term)|\(once)|\(monthly))\\s+){2,3}(?=[\\w$])")
    tail = Rule.pattern(
      "(?<![\\w.,/-])((?:\\d{1,3} )?\\$?[\\d,]+\\.\\d\\d \\$?[\\d,]+\\.\\d\\d|\\d{1,3} \\$?[\\d,]+\\.\\d\\d)"
        + "(?![\\w.,/])"
    )
  }

  func read(_ text: ClauseText, _ amounts: Amounts) -> PriceLine? {
    for match in run.all(in: text.bytes) {
      let roles = roles(text.bytes, match.range)
      let rest = text.after(match.range.upperBound, 240)
      guard Set(roles).count == roles.count, let tail = tail.first(in: text.bytes, within: rest)?[1] else { continue }
      let values = text.bytes[tail].split(separator: 0x20)
      guard values.count == roles.count else { continue }
      if let line = line(roles, values.map { $0.startIndex..<$0.endIndex }, text, amounts) { return line }
    }
    return nil
  }

  /// The number of the order, where it is the first heading and so the first value.
  func number(_ text: ClauseText) -> Finding<String>? {
    guard let match = run.first(in: text.bytes),
      order.first(in: text.bytes, within: text.before(match.range.lowerBound, 160)) != nil,
      let value = identifier.first(in: text.bytes, within: text.after(match.range.upperBound, 40))?[1],
      value.count >= 5, text.bytes[value].contains(where: { $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    return text.text.evidence(value, method: "label/flattened", confidence: PriceConfidence.flattened)
      .map { Finding(text.string(value), $0) }
  }

  private func roles(_ bytes: [UInt8], _ range: Range<Int>) -> [Role] {
    heading.all(in: bytes, within: range).map { $0[1] != nil ? .term : $0[2] != nil ? .nrc : .mrc }
  }

  private func line(
    _ roles: [Role], _ values: [Range<Int>], _ text: ClauseText, _ amounts: Amounts
  ) -> PriceLine? {
    var line = PriceLine(number: 1)
    for (role, value) in zip(roles, values) {
      let doubts = amounts.found(text.bytes, value)?.hasCurrency == true ? [] : [Doubt.currencyAssumed.rawValue]
      guard
        let evidence = text.text.evidence(
          value, method: "label/flattened", confidence: PriceConfidence.flattened, doubts: role == .term ? [] : doubts)
      else { return nil }
      switch role {
      case .term:
        guard let months = Int(text.string(value)), let term = Term(months: months), months > 0 else { return nil }
        line.term = Finding(term, evidence)
      case .nrc: line.nrc = amounts.found(text.bytes, value).map { Finding($0.money, evidence) }
      case .mrc: line.mrc = amounts.found(text.bytes, value).map { Finding($0.money, evidence) }
      }
    }
    return line.mrc == nil ? nil : line
  }
}
