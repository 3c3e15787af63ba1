import Domain
import Warehouse

/// What a person says the sums are, held against what they are.
struct StatedTotals {
  private static let rows = "rows"
  /// Minor units by currency, and a number of rows under `rows`.
  private var amounts: [String: Int64] = [:]
  private var texts: [String: String] = [:]

  /// Reads `--total` texts: `USD 6,950.00`, or a whole number of rows.
  init(_ totals: [String], expecting requirement: Requirement) throws(ApprovalRefusal) {
    let countsRows = requirement.groups.contains { Currency(code: $0.currency) == nil }
    for text in totals {
      let (unit, amount) = try Self.read(text, countsRows: countsRows)
      guard amounts.updateValue(amount, forKey: unit) == nil else { throw .totalTwice(unit: unit) }
      texts[unit] = text
    }
  }

  private static func read(_ text: String, countsRows: Bool) throws(ApprovalRefusal) -> (String, Int64) {
    if countsRows, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let rows = Int64(text) {
      return (Self.rows, rows)
    }
    var bytes = Array(text.utf8)
    bytes.append(0)
    let read = bytes.withUnsafeBufferPointer { buffer -> Result<Money, MoneyError> in
      let text = Bytes(rebasing: buffer[..<(buffer.count - 1)])
      do throws(MoneyError) {
        return .success(try Money.parse(text, mark: .point, currency: nil))
      } catch {
        return .failure(error)
      }
    }
    switch read {
    case .success(let money): return (money.currency.code, money.minor)
    case .failure(let error): throw .unreadableTotal(text: text, why: error.description)
    }
  }

  /// Throws at the first unit, in order, that is not exactly that of the change set.
  func check(against requirement: Requirement) throws(ApprovalRefusal) {
    var expected: [String: Int64] = [:]
    for group in requirement.groups {
      if let unit = Currency(code: group.currency) {
        expected[unit.code] = group.after
      } else {
        expected[Self.rows, default: 0] += Int64(group.items)
      }
    }
    for unit in Set(expected.keys).union(amounts.keys).sorted() {
      switch (expected[unit], amounts[unit]) {
      case (.none, _): throw .totalUnknown(unit: unit)
      case (_, .none): throw .totalMissing(unit: unit)
      case (.some(let right), .some(let stated)) where right != stated:
        throw .wrongTotal(unit: unit, stated: texts[unit] ?? "")
      default: continue
      }
    }
  }
}
