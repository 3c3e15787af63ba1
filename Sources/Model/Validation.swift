package import Domain

/// Why a value does not fit its field.
package struct Misfit: Equatable, Sendable {
  package let code: String
  package let message: String
  package let hint: String

  package init(code: String, message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

/// The checks every value of the wire passes before it is staged, prepared once per property.
package struct ValueCheck: Sendable {
  private let type: FieldType
  private let codes: [[UInt8]]

  package init(_ type: FieldType) {
    self.type = type
    if case .code(let list) = type { codes = list.map { Array($0.utf8) } } else { codes = [] }
  }

  package var wantsInteger: Bool {
    switch type {
    case .money, .bandwidth, .integer, .flag, .degrees: true
    default: false
    }
  }

  package func integer(_ value: Int64) -> Misfit? {
    switch type {
    case .money:
      return value.magnitude <= Money.mostMinor ? nil : Self.range(-Int64(Money.mostMinor)...Int64(Money.mostMinor))
    case .bandwidth: return value >= 0 ? nil : Self.range(0...Int64.max)
    case .integer(let range): return range.contains(value) ? nil : Self.range(range)
    case .flag: return (0...1).contains(value) ? nil : Self.range(0...1)
    case .degrees(let limit): return (-limit...limit).contains(value) ? nil : Self.range(-limit...limit)
    default: return Misfit(code: "E_TYPE", message: "a number where text belongs", hint: "put the value in quotes")
    }
  }

  package func text(_ value: Bytes) -> Misfit? {
    switch type {
    case .date:
      return CalendarDate.parseISO(value) != nil
        ? nil : Misfit(code: "E_DATE", message: "not a date", hint: "write it as YYYY-MM-DD")
    case .code(let list):
      if codes.contains(where: { $0.count == value.count && $0.elementsEqual(value) }) { return nil }
      return Misfit(code: "E_CODE", message: "not in the list", hint: "one of: " + list.joined(separator: ", "))
    case .currency:
      return value.count == 3 && Currency(value) != nil
        ? nil : Misfit(code: "E_CURRENCY", message: "not an ISO 4217 currency", hint: "for example USD or EUR")
    case .money, .bandwidth, .integer, .flag, .degrees:
      return Misfit(
        code: "E_TYPE", message: "text where a whole number belongs",
        hint: "map converts it: feed stage what map prints")
    case .text, .reference:
      return value.isEmpty ? Misfit(code: "E_EMPTY", message: "empty text", hint: "leave the member out") : nil
    }
  }

  private static func range(_ range: ClosedRange<Int64>) -> Misfit {
    let most = range.upperBound == .max ? "more" : String(range.upperBound)
    return Misfit(code: "E_RANGE", message: "out of range", hint: "from \(range.lowerBound) to \(most)")
  }
}
