import Domain

/// What secrets and data of persons look like inside a text.
struct SensitivePatterns {
  struct Match {
    let finding: Redactor.Finding
    let range: Range<String.Index>
  }

  private struct Pattern {
    let finding: Redactor.Finding
    let regex: Regex<Substring>
    let holds: (Substring) -> Bool

    init(_ finding: Redactor.Finding, _ regex: Regex<Substring>, _ holds: @escaping (Substring) -> Bool = { _ in true })
    {
      self.finding = finding
      self.regex = regex.matchingSemantics(.unicodeScalar)
      self.holds = holds
    }
  }

  /// An earlier one wins where two meet.
  private let patterns: [Pattern] = [
    Pattern(.secret, /-----BEGIN [A-Z ]*PRIVATE KEY.*/),
    Pattern(
      .secret, /(?:sk-|sk_live_|sk_test_|rk_live_|github_pat_|glpat-|pypi-|whsec_)[A-Za-z0-9_\-]{16,}/),
    Pattern(.secret, /(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])/),
    Pattern(.secret, /(?:gh[pousr]_|npm_|hf_|dop_v1_)[A-Za-z0-9]{20,}/),
    Pattern(.secret, /(?:xox[abeoprs]-|ya29\.|AIza)[A-Za-z0-9_\-]{10,}/),
    Pattern(.secret, /SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}/),
    Pattern(.secret, /eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)?/),
    Pattern(.secret, /(?i:bearer|basic)\s+[A-Za-z0-9._~+\/=\-]{12,}/),
    Pattern(
      .secret,
      /(?i)[a-z0-9_\-]*(?:password|passwd|passwort|kennwort|passe|pwd|secret|token|api[ _\-]?key)\s*[:=]\s*\S+/
    ),
    Pattern(
      .secret, /(?i)(?:access[ _\-]?key|private[ _\-]?key|community|psk|pin|pass|pw)\s*[:=]\s*\S+/),
    Pattern(.secret, /(?i)[a-z][a-z0-9+.\-]*:\/\/[^\s\/@:]*:[^\s@]+@/),
    Pattern(.secret, /[A-Za-z0-9+\/_=\-]{32,}/) { Self.isRandom($0) },
    Pattern(.email, /[^\s@,;:<>()\[\]"]+@[^\s@,;:<>()\[\]"]+\.[^\s@,;:<>()\[\]".]{2,}/),
    Pattern(.mac, /(?:[0-9A-Fa-f]{2}[:\-]){5}[0-9A-Fa-f]{2}(?![0-9A-Za-z])/),
    Pattern(.ip, /[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9A-Za-z])/) {
      $0.split(separator: ".").allSatisfy { UInt8($0) != nil }
    },
    Pattern(.ip, /(?:[0-9A-Fa-f]{1,4}:){2,7}(?::[0-9A-Fa-f]{1,4}|[0-9A-Fa-f]{1,4})(?![0-9A-Za-z])/) {
      $0.contains { $0.isLetter } || $0.contains("::")
    },
    Pattern(.iban, /[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![0-9A-Za-z])/) {
      Self.isIBAN($0)
    },
    Pattern(.card, /[0-9](?:[ \-]?[0-9]){12,18}(?![0-9A-Za-z])/) { Self.isCard($0) },
    Pattern(.id, /[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9A-Za-z])/),
    Pattern(.phone, /\+[0-9][0-9 ()\/.\-]{6,}[0-9]/),
    Pattern(.phone, /00[1-9][0-9][ \/\-][0-9 ()\/.\-]{5,}[0-9]/),
    Pattern(.phone, /\(?[2-9][0-9]{2}\)?[ .\-][0-9]{3}[ .\-][0-9]{4}(?![0-9A-Za-z])/),
    Pattern(.phone, /\(?0[0-9]{2,4}\)?[ \/\-][0-9]{3,}(?:[ \-][0-9]+)*(?![0-9A-Za-z])/),
    Pattern(.phone, /0[0-9](?:[ .][0-9]{2}){4}(?![0-9A-Za-z])/),
    Pattern(
      .person, /(?:Mr|Mrs|Ms|Herr|Frau|Mme|Mlle|Monsieur|Madame)\.? +\p{Lu}[\p{L}'\-]+(?: +\p{Lu}[\p{L}'\-]+)?/),
    Pattern(.digits, /[0-9]{7,}/) { !Self.isDay($0) },
  ]

  /// What is sensitive in a text, in order, without overlaps.
  func matches(in text: String) -> [Match] {
    var found: [Match] = []
    for pattern in patterns {
      for match in text.matches(of: pattern.regex)
      where pattern.holds(text[match.range]) && (pattern.finding == .digits || Self.isWordStart(match.range, text)) {
        if !found.contains(where: { $0.range.overlaps(match.range) }) {
          found.append(Match(finding: pattern.finding, range: match.range))
        }
      }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// False inside of a word; the regular expressions themselves cannot look back.
  private static func isWordStart(_ range: Range<String.Index>, _ text: String) -> Bool {
    guard range.lowerBound > text.startIndex, isWord(text[range.lowerBound]) else { return true }
    return !isWord(text[text.index(before: range.lowerBound)])
  }

  private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// What stands in a column of contacts: an address, a number, else a name.
  func kind(ofContact text: String) -> Redactor.Finding {
    if text.contains("@") { return .email }
    let digits = text.filter(\.isNumber).count
    return digits >= 5 && !text.contains(where: \.isLetter) ? .phone : .person
  }

  /// The text without what hides patterns: compatible forms folded, invisible characters gone, line breaks as blanks.
  static func plain(_ text: String) -> String {
    var composed: [UInt8] = []
    TextBytes.withBytes(of: text) { TextBytes.appendNFKC($0, into: &composed) }
    var out = String.UnicodeScalarView()
    for scalar in String(decoding: composed, as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .format, .privateUse, .surrogate, .unassigned: continue
      case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
        if out.last != " " { out.append(" ") }
      case .dashPunctuation: out.append("-")
      default: out.append(scalar)
      }
    }
    while out.first == " " { out.removeFirst() }
    while out.last == " " { out.removeLast() }
    return String(out)
  }

  /// Letters and digits as no person writes them; a UUID names things and opens none.
  static func isRandom(_ text: Substring) -> Bool {
    let isUUID = text.count == 36 && text.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12]
    if isUUID { return false }
    let hasDigit = text.contains { $0.isNumber }
    if text.allSatisfy(\.isHexDigit) { return hasDigit && text.contains { $0.isLetter } }
    return hasDigit && text.contains { $0.isUppercase } && text.contains { $0.isLowercase }
  }

  /// ISO 13616: the remainder by 97 is 1.
  static func isIBAN(_ text: Substring) -> Bool {
    let text = text.filter { $0 != " " }
    guard (15...34).contains(text.count) else { return false }
    return (text.dropFirst(4) + text.prefix(4)).reduce(0) { rest, character in
      let value = character.wholeNumberValue ?? Int(character.unicodeScalars.first?.value ?? 55) - 55
      return (rest * (value > 9 ? 100 : 10) + value) % 97
    } == 1
  }

  /// ISO 7812: the sum of Luhn ends in 0.
  static func isCard(_ text: Substring) -> Bool {
    let digits = text.compactMap(\.wholeNumberValue)
    let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
      let doubled = digit.offset % 2 == 1 ? digit.element * 2 : digit.element
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
    return sum % 10 == 0 && Set(digits).count > 1
  }

  /// `20250131`: a day, not a number of anybody.
  static func isDay(_ text: Substring) -> Bool {
    let digits = text.compactMap(\.wholeNumberValue)
    guard digits.count == 8, [19, 20].contains(digits[0] * 10 + digits[1]) else { return false }
    return (1...12).contains(digits[4] * 10 + digits[5]) && (1...31).contains(digits[6] * 10 + digits[7])
  }
}
