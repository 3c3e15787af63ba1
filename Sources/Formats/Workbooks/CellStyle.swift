/// How a cell looks; equal styles share one format of the file.
package struct CellStyle: Hashable, Sendable {
  package enum Alignment: Sendable { case natural, left, right, center }

  /// The number format; empty for General, `@` for text.
  package var number: String
  package var isBold = false
  package var isItalic = false
  package var isUnderlined = false
  package var isWrapped = false
  /// A thin line all around.
  package var isBordered = false
  /// Whether the cell can be edited on a protected sheet.
  package var isUnlocked = false
  /// `0xRRGGBB`.
  package var color: UInt32?
  /// `0xRRGGBB`.
  package var fill: UInt32?
  /// In points; nil for the workbook's usual size.
  package var size: Int?
  package var alignment = Alignment.natural
  /// Steps from the left edge, so that text stands clear of a number before it.
  package var indent = 0

  package init(number: String = "") { self.number = number }

  package static let plain = CellStyle()
  package static let text = CellStyle(number: "@")
  package static let integer = CellStyle(number: "#,##0")
  package static let date = CellStyle(number: "yyyy-mm-dd")

  /// Amounts with the decimals of their currency: negative ones red, zero as a dash.
  package static func money(exponent: Int) -> CellStyle {
    let decimals = exponent == 0 ? "" : "." + String(repeating: "0", count: exponent)
    return CellStyle(number: "#,##0\(decimals);[Red](#,##0\(decimals));-")
  }

  package func bold() -> CellStyle { with { $0.isBold = true } }
  package func filled(_ fill: UInt32) -> CellStyle { with { $0.fill = fill } }
  package func colored(_ color: UInt32) -> CellStyle { with { $0.color = color } }
  package func wrapped() -> CellStyle { with { $0.isWrapped = true } }
  package func aligned(_ alignment: Alignment) -> CellStyle { with { $0.alignment = alignment } }
  package func sized(_ size: Int) -> CellStyle { with { $0.size = size } }
  package func indented() -> CellStyle { with { $0.indent = 1 } }
  package func bordered() -> CellStyle { with { $0.isBordered = true } }
  package func italic() -> CellStyle { with { $0.isItalic = true } }
  package func unlocked() -> CellStyle { with { $0.isUnlocked = true } }
  package func underlined() -> CellStyle { with { $0.isUnderlined = true } }

  private func with(_ change: (inout CellStyle) -> Void) -> CellStyle {
    var copy = self
    change(&copy)
    return copy
  }
}

/// An amount or count as whole units of ten to the power of minus `exponent`.
package struct DecimalNumber: Hashable, Sendable {
  package let minor: Int64
  package let exponent: Int

  package init(minor: Int64, exponent: Int) {
    self.minor = minor
    self.exponent = exponent
  }

  package init(_ value: Int64) { self.init(minor: value, exponent: 0) }

  /// Whether the file's binary number gives back every digit: at most 15 of them.
  package var fits: Bool { minor.magnitude < 1_000_000_000_000_000 && (0...8).contains(exponent) }

  /// The binary number nearest to the exact value: both sides of the division are exact, so it is rounded once.
  var double: Double { Double(minor) / Self.powers[exponent] }

  /// Sign, digits, and exactly `exponent` decimals.
  package var text: String {
    var digits = String(minor.magnitude)
    if digits.utf8.count <= exponent {
      digits = String(repeating: "0", count: exponent + 1 - digits.utf8.count) + digits
    }
    let sign = minor < 0 ? "-" : ""
    return exponent == 0 ? sign + digits : sign + digits.dropLast(exponent) + "." + digits.suffix(exponent)
  }

  private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]
}
