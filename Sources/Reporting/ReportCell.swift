package import Domain
import Records

/// One value of a report as it is written to a cell, a CSV field or a JSON member.
package enum ReportCell: Equatable, Sendable {
  case empty
  case text(String)
  case money(minor: Int64, exponent: Int)
  case integer(Int64)
  case date(CalendarDate)
  case flag(Bool)
  /// Whole kbps.
  case bandwidth(Int64)
  /// Millionths of a degree.
  case degrees(Int64)

  /// As CSV has it: amounts exact, dates `yyyy-mm-dd`, speeds with their unit.
  var csv: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .money(let minor, let exponent): Self.decimal(minor, exponent)
    case .integer(let value): String(value)
    case .date(let date): date.description
    case .flag(let value): value ? "yes" : "no"
    case .bandwidth(let kbps): Bandwidth(kbps: kbps).description
    case .degrees(let value): Self.decimal(value, 6)
    }
  }

  /// As JSON has it: amounts as exact text, speeds as whole kbps.
  var json: JSON {
    switch self {
    case .empty: .null
    case .text(let text): .string(text)
    case .money, .date, .degrees: .string(csv)
    case .integer(let value), .bandwidth(let value): .int(value)
    case .flag(let value): .bool(value)
    }
  }

  static func decimal(_ minor: Int64, _ exponent: Int) -> String {
    var out: [UInt8] = []
    Money.write(minor: minor, exponent: exponent, into: &out)
    return String(decoding: out, as: UTF8.self)
  }
}

/// How a column shows its values.
package enum ColumnFormat: String, CaseIterable, Sendable {
  case money, date, integer, bandwidth, text, id, flag, degrees
  /// Cell by cell, as before and after of a change have it.
  case value

  /// The ones a definition may name.
  static let named = allCases.filter { $0 != .value }.map(\.rawValue)

  /// In characters, where the definition says nothing.
  var width: Int {
    switch self {
    case .money: 14
    case .date: 12
    case .integer, .flag: 10
    case .bandwidth, .degrees: 13
    case .text, .value: 20
    case .id: 22
    }
  }

  var isNumber: Bool { [.money, .integer, .bandwidth, .degrees, .date].contains(self) }
}
