import Domain
import Model
import Wire

/// Why a condition cannot be understood.
package enum ExportFault: Error, Equatable {
  case noSign(String)
  case unknownField(String, known: [String])
  case notAValue(String, field: String, form: String)
}

/// Which records an export holds: `FIELD=VALUE`, several of them all to be met.
struct ExportCondition: Sendable {
  let column: Int
  private let text: String
  private let wanted: FieldValue?

  /// An empty value selects the records whose field is blank.
  init(_ condition: String, _ columns: [FieldColumn]) throws(ExportFault) {
    guard let sign = condition.firstIndex(of: "=") else { throw .noSign(condition) }
    let name = String(condition[..<sign])
    text = String(condition[condition.index(after: sign)...])
    guard let column = columns.firstIndex(where: { $0.header == name || $0.property.name == name }) else {
      throw .unknownField(name, known: columns.map(\.header))
    }
    self.column = column
    wanted = text.isEmpty ? .blank : try Self.typed(text, columns[column])
  }

  /// Nil where only the record's currency tells what the text means, or the text itself is compared.
  private static func typed(_ text: String, _ column: FieldColumn) throws(ExportFault) -> FieldValue? {
    switch column.property.type {
    case .date:
      guard let day = TextBytes.withBytes(of: text, CalendarDate.parseISO) else {
        throw .notAValue(text, field: column.header, form: "a date like 2026-12-31")
      }
      return .date(day)
    case .bandwidth:
      guard let rate = TextBytes.withBytes(of: text, { try? Bandwidth.parse($0, defaultUnit: nil) }) else {
        throw .notAValue(text, field: column.header, form: "a speed like 100 Mbps")
      }
      return .text(Bandwidth(kbps: rate.kbps).description)
    default: return nil
    }
  }

  func holds(_ values: [FieldValue]) -> Bool {
    let value = values[column]
    if let wanted { return value == wanted }
    if case .number(let whole, let exponent) = value {
      return TextBytes.withBytes(of: text) { try? Money.parseMinor($0, mark: .point, exponent: exponent) } == whole
    }
    return value.text.lowercased() == text.lowercased()
  }
}
