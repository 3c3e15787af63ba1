/// One cell as both databases can hold it.
package enum SQLValue: Equatable, Sendable {
  case null
  case int(Int64)
  case text(String)
  case blob([UInt8])

  /// The number in an integer cell, else nil.
  package var int: Int64? {
    if case .int(let value) = self { value } else { nil }
  }

  /// The string in a text cell, else nil.
  package var text: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// The bytes in a blob cell, else nil.
  package var blob: [UInt8]? {
    if case .blob(let value) = self { value } else { nil }
  }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(stringLiteral value: String) { self = .text(value) }
  package init(nilLiteral: ()) { self = .null }
}
