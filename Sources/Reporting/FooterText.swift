import Model

/// The line at the foot of every page and the banner on the cover.
enum FooterText {
  static func footer(_ facts: ReportFacts) -> String {
    let source = facts.run == "none" ? "serial \(facts.serial)" : "\(facts.run) · \(facts.changeSet)"
    let test = facts.isTest ? " · TEST DATABASE" : ""
    return "&L\(escaped(source))\(test)&Cpage &P/&N&R\(facts.sensitivity.rawValue.uppercased())"
  }

  static func banner(_ sensitivity: Sensitivity) -> String {
    switch sensitivity {
    case .public: "PUBLIC"
    case .internal: "INTERNAL: not for others outside the company"
    case .confidential: "CONFIDENTIAL: holds prices, terms or accounts"
    case .restricted: "RESTRICTED: only for the people named"
    }
  }

  /// An ampersand begins a code there.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&")
  }
}
