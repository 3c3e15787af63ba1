/// What a cell's number format says its number is.
package struct NumberFormat: Sendable, Equatable {
  package enum Kind: UInt8, Sendable {
    case general, percent, date, time, dateTime, duration
  }

  package internal(set) var kind = Kind.general
  /// An ISO 4217 code or a sign such as `$`, when the format shows one.
  package internal(set) var currency: String?
  /// Digits the format shows after the decimal mark, nil for a format that leaves it open.
  package internal(set) var decimals: Int?

  /// How whole numbers are written that are names of something: `00000`, `"SO-"0000`.
  package internal(set) var mask: NumberMask?

  package static let general = NumberFormat()

  /// One of the formats every workbook has without saying so; `general` for a number that is none.
  init(builtin id: Int) {
    switch id {
    case 1, 3, 37, 38: decimals = 0
    case 2, 4, 39, 40, 11: decimals = 2
    case 5, 6, 41, 42: decimals = 0
    case 7, 8, 43, 44: decimals = 2
    case 9: (kind, decimals) = (.percent, 0)
    case 10: (kind, decimals) = (.percent, 2)
    case 14...17, 27...31, 36, 50...54, 57, 58: kind = .date
    case 18...21, 32...35, 45, 47, 55, 56: kind = .time
    case 22: kind = .dateTime
    case 46: kind = .duration
    default: break
    }
  }

  private init() {}

  init(currency: String) { self.currency = currency }

  init(kind: Kind) { self.kind = kind }

  /// Reads a format code such as `[$€-407] #,##0.00;[Red]-0.00`: only its first section, which is for positive numbers,
  /// and only what stands outside of quotes makes it a date or a percentage.
  init(code: String) {
    var scan = FormatScan(Array(code.unicodeScalars))
    scan.run()
    currency = scan.currency
    if scan.isDuration {
      kind = .duration
    } else if scan.hasDay || (scan.hasMonth && !scan.hasClock) {
      kind = scan.hasClock ? .dateTime : .date
    } else if scan.hasClock {
      kind = .time
    } else if scan.isPercent {
      kind = .percent
    }
    if kind == .general || kind == .percent { decimals = scan.decimals }
    if kind == .general, currency == nil { mask = NumberMask(code: code) }
  }

  /// Three capital letters, or the sign of a currency.
  static func isCurrency(_ text: String) -> Bool {
    let isCode = text.utf8.count == 3 && text.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    return isCode || (text.unicodeScalars.count == 1 && FormatScan.signs.contains(text.unicodeScalars.first!))
  }
}
