import Domain

/// The words of a heading: folded to plain lower-case letters, cut where case, digits or punctuation say so.
///
/// `Ckt_ID`, `cktId` and `CKT ID` give the same words. `#` and `№` are the word `number`, currency signs stay as words.
enum HeaderTokens {
  static func split(_ heading: String) -> [String] {
    var words: [String] = []
    for piece in pieces(heading) {
      // A French à would become the A of an end.
      if piece == "à" || piece == "À" { continue }
      let folded = TextBytes.foldedASCII(piece)
      if !folded.isEmpty { words.append(folded) }
    }
    return joined(words)
  }

  private enum Class { case lower, upper, digit, mark, other }

  private static func kind(_ scalar: Unicode.Scalar) -> Class {
    if scalar.properties.generalCategory == .decimalNumber { return .digit }
    if scalar.properties.isUppercase { return .upper }
    if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark { return .lower }
    return ["#", "№", "$", "€", "£", "%"].contains(scalar) ? .mark : .other
  }

  private static func pieces(_ heading: String) -> [String] {
    var pieces: [String] = []
    var word = String.UnicodeScalarView()
    func end() {
      if !word.isEmpty { pieces.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    let scalars = Array(heading.unicodeScalars)
    var before = Class.other
    for (index, scalar) in scalars.enumerated() {
      let kind = kind(scalar)
      let next = index + 1 < scalars.count ? Self.kind(scalars[index + 1]) : .other
      switch (before, kind) {
      case (_, .mark):
        end()
        pieces.append(marks[scalar] ?? String(scalar))
      case (_, .other):
        if scalar == "°", String(word).lowercased() == "n" { word.append("o") }
        end()
      case (.lower, .upper), (.digit, .upper), (.digit, .lower), (.lower, .digit), (.upper, .digit): end()
      case (.upper, .upper) where next == .lower: if !isPlural(scalars, index) { end() }
      default: break
      }
      if kind != .mark, kind != .other { word.append(scalar) }
      before = kind
    }
    end()
    return pieces
  }

  /// `MRCs`: the s belongs to the capitals before it.
  private static func isPlural(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard index + 1 < scalars.count, scalars[index + 1] == "s" else { return false }
    return index + 2 == scalars.count || kind(scalars[index + 2]) == .other
  }

  private static let marks: [Unicode.Scalar: String] = [
    "#": "number", "№": "number", "$": "usd", "€": "eur", "£": "gbp", "%": "percent",
  ]

  /// Pairs of words that are one: `e mail`, `zip code`, `one time`.
  private static func joined(_ words: [String]) -> [String] {
    var out: [String] = []
    var index = 0
    while index < words.count {
      if index + 1 < words.count, let pair = pairs[words[index] + " " + words[index + 1]] {
        out.append(pair)
        index += 2
      } else {
        out.append(words[index])
        index += 1
      }
    }
    return out
  }

  private static let pairs: [String: String] = [
    "e mail": "email", "non recurring": "nonrecurring", "non rec": "nonrecurring", "non recurrent": "nonrecurring",
    "non recurrents": "nonrecurring", "one time": "onetime", "one off": "onetime", "cross connect": "xconnect",
    "cross connection": "xconnect", "cross connects": "xconnect", "x connect": "xconnect", "x conn": "xconnect",
    "post code": "zip", "zip code": "zip", "postal code": "zip", "code postal": "zip", "band width": "bandwidth",
    "bande passante": "bandwidth", "up load": "upload", "down load": "download", "auto renew": "autorenew",
    "auto renewal": "autorenew", "auto renews": "autorenew", "automatic renewal": "autorenew", "turn up": "turnup",
    "cost center": "costcenter", "cost centre": "costcenter", "cost ctr": "costcenter", "purchase order": "po",
    "p o": "po", "general ledger": "gl", "g l": "gl", "service provider": "carrier", "data center": "datacenter",
    "data centre": "datacenter", "end user": "enduser", "hand off": "handoff", "hand over": "handover",
    "set up": "setup", "in service": "inservice", "go live": "golive", "per month": "month", "par mois": "month",
    "pro monat": "month", "a month": "month", "mise service": "install", "usd eq": "usd", "s n": "serial",
    "v lan": "vlan",
    "in svc": "inservice", "p m": "month", "purch order": "po", "cost cntr": "costcenter", "e preis": "einzelpreis",
    "life cycle": "lifecycle",
  ]
}
