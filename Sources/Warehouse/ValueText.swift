import Domain
package import Model
package import Records

/// Values as people read them in a plan.
package enum ValueText {
  package static func of(_ value: JSON, _ field: Field, currency: String) -> String {
    switch (value, field.type) {
    case (.null, _): return "(none)"
    case (.number(let text), .money): return money(Int64(text) ?? 0, currency)
    case (.number(let text), .bandwidth): return Bandwidth(kbps: Int64(text) ?? 0).description
    case (.number(let text), .flag): return text == "0" ? "no" : "yes"
    case (.number(let text), _): return text
    case (.string(let text), _): return VisibleText.of(text)
    default: return value.line
    }
  }

  /// `0.93` of 930 thousandths.
  package static func confidence(_ thousandths: Int) -> String {
    let digits = String(thousandths % 1000 / 10)
    return "\(thousandths / 1000)." + (digits.count < 2 ? "0" : "") + digits
  }

  package static func money(_ minor: Int64, _ currency: String) -> String {
    guard let currency = Currency(code: currency) else { return "\(minor) minor units" }
    return Money(minor: minor, currency: currency).description
  }

  /// `+150.00` or `-20.00`, with the currency in front.
  package static func delta(_ minor: Int64, _ currency: String) -> String {
    guard let code = Currency(code: currency) else { return String(minor) }
    let plain = Money(minor: minor, currency: code).description
    return minor > 0 ? plain.replacing(currency + " ", currency + " +") : plain
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    hasPrefix(old) ? new + dropFirst(old.count) : self
  }
}
