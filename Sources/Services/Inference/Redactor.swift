/// Takes out of a table's texts what a model must not see; what is left is enough to tell what a column holds.
///
/// Not `Sendable`: make one where it is used. The same text gives the same result, and a redacted text stays as it is.
package struct Redactor {
  /// What a text was found to hold.
  package enum Finding: String, CaseIterable, Sendable {
    case secret, email, iban, card, id, mac, ip, phone, person, digits, account, text
  }

  /// Longer cells and cells of more words are prose, in which anything may stand: nothing of them leaves.
  static let longestCell = 100
  static let mostWords = 10
  /// Headers are cut here.
  static let longestHeader = 120

  private let patterns = SensitivePatterns()
  /// How often each was taken out.
  package private(set) var counts: [Finding: Int] = [:]

  package init() {}

  /// A cell, by what it holds and by what its header says.
  package mutating func cell(_ text: String, header: String) -> String {
    let text = SensitivePatterns.plain(text)
    if text.isEmpty || Self.isPlaceholder(text) { return text }
    switch HeaderSense(header) {
    case .secret: return found(.secret)
    case .person: return found(patterns.kind(ofContact: text))
    case .phone: return found(.phone)
    case .email: return found(.email)
    case .account:
      counts[.account, default: 0] += 1
      return Self.shape(of: text)
    case .other: break
    }
    if text.count > Self.longestCell || text.split(separator: " ").count > Self.mostWords { return found(.text) }
    return replaced(text)
  }

  /// A header; prices and names of fields stay, what looks like data of a person goes.
  package mutating func header(_ text: String) -> String {
    replaced(String(SensitivePatterns.plain(text).prefix(Self.longestHeader)))
  }

  /// Running text, whose words are the question itself: only what looks like a secret or data of a person goes.
  package mutating func prose(_ text: String) -> String { replaced(SensitivePatterns.plain(text)) }

  private mutating func found(_ finding: Finding) -> String {
    counts[finding, default: 0] += 1
    return "[\(finding.rawValue)]"
  }

  private mutating func replaced(_ text: String) -> String {
    var out = ""
    var rest = text.startIndex
    for match in patterns.matches(in: text) {
      out += text[rest..<match.range.lowerBound]
      out += match.finding == .digits ? Self.shape(of: String(text[match.range])) : "[\(match.finding.rawValue)]"
      counts[match.finding, default: 0] += 1
      rest = match.range.upperBound
    }
    return out + text[rest...]
  }

  /// Each digit a 0, each letter an X.
  static func shape(of text: String) -> String {
    String(text.map { $0.isNumber ? "0" : $0.isLetter ? "X" : $0 })
  }

  private static func isPlaceholder(_ text: String) -> Bool {
    text.hasPrefix("[") && text.hasSuffix("]") && Finding(rawValue: String(text.dropFirst().dropLast())) != nil
  }
}
