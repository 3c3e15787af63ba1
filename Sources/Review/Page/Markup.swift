import Domain

/// Pieces of HTML in which every text from outside is text.
enum Markup {
  /// Text between tags or in a quoted attribute; what would drive or deceive the reader is shown as an escape.
  static func text(_ text: String) -> String {
    var escaped = ""
    for scalar in VisibleText.of(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// ` name="value"`.
  static func attribute(_ name: String, _ value: String) -> String { " \(name)=\"\(text(value))\"" }
}
