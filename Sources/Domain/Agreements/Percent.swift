/// A share in hundredths of a percent: 7500 is 75 %.
package struct Percent: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let hundredths: Int

  /// nil outside of 0...1000 %.
  package init?(hundredths: Int) {
    guard (0...100_000).contains(hundredths) else { return nil }
    self.hundredths = hundredths
  }

  private init(known hundredths: Int) { self.hundredths = hundredths }

  package static let none = Percent(known: 0)
  package static let whole = Percent(known: 10_000)

  package static func < (left: Percent, right: Percent) -> Bool { left.hundredths < right.hundredths }

  /// `75`, `12.5`, `0.25`: no sign, no zeros at the end of the decimals.
  package var number: String {
    let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
    if part == 0 { return String(whole) }
    let decimals = part < 10 ? "0\(part)" : part % 10 == 0 ? "\(part / 10)" : "\(part)"
    return "\(whole).\(decimals)"
  }

  package var description: String { number + " %" }

  /// Reads `75`, `12.5`, `.25`: digits, and at most two decimals behind a point.
  package init?(number: some StringProtocol) {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.joined().utf8.allSatisfy(TextBytes.isDigit), !parts.joined().isEmpty,
      parts[0].utf8.count <= 4
    else { return nil }
    var decimals = parts.count == 2 ? String(parts[1]) : ""
    guard decimals.utf8.count <= 2 else { return nil }
    while decimals.utf8.count < 2 { decimals += "0" }
    self.init(hundredths: (Int(parts[0]) ?? 0) * 100 + (Int(decimals) ?? 0))
  }
}
