import Regex

/// What a contract calls those who make it: `("Customer")`, `hereinafter called "Owner"`, `(hereinafter THE AGENT)`.
struct PartyTerms {
  /// The words that define a term, and the term.
  struct Definition {
    let range: Range<Int>
    let words: String
  }

  private let definition: Pattern
  private let term = Rule.pattern("\(Rule.quote) ?((?-i:[\\p{Lu}0-9]|[a-z]-)[^\"“”]{0,50}?)[.,]? ?\(Rule.quote)")
  private let bare = Rule.pattern("(?-i:\\p{Lu})[\\w ]{1,30}(?=\\)$)")
  private let notTerm = Rule.pattern(
    "\\b(?:date|agreement|amendment|contract|part(?:y|ies)|order|closing|program|services?|products?|addendum|act|term"
      + "|territory|s\\.?e\\.?c|exchange|commission|shares?|exhibit|guaranty|lease)\\b(?! (?-i:[ABC])\\b)"
      + "|\\b(?:periods?|fees?|prices?|premises|works?|improvements?|property|rights?|marks?|events?|notes?|stock|reports?"
      + "|budget|patents?|technology|licen[sc]es?|transactions?|merger|offering|prospectus|statement|securities|warrants?"
      + "|documents?|certificates?|effective time|policy|policies|purpose|facility|equipment|information|materials?)$")
  /// What somebody is called who has a part in an agreement.
  private let role = Rule.pattern(
    "\\b(?:customer|client|company|corporation|bank|owner|operator|seller|buyer|purchaser|vendor|supplier|provider"
      + "|carrier|contractor|consultant|\\w+or|\\w+ee|distributor|reseller|manufacturer|agent|manager|advis[eo]r|trust"
      + "|fund|university|institution|sponsor|publisher|party [a-z]|investors?|lenders?|borrowers?|holders?|servicer"
      + "|trustee|issuer|city|county|town|state|landlord|tenant|principal|partner|member|affiliate|talent|athlete"
      + "|artist|pro|store|user|host|producer|shareholders?|transporter|shipper|us|we|you)\\b")

  init() {
    definition = Rule.pattern(
      "[(\\[](?:[^()]|\\([^()]{0,80}\\)){0,260}?\(Rule.quote)[^()]{1,200}?[)\\]]"
        + "|\\((?:(?:hereinafter|hereafter|herein|referred to as|called|also|as),? ){0,4}the (?-i:\\p{Lu})[\\w ]{2,30}\\)"
        + "|\\((?:hereinafter|hereafter|herein) (?:(?:referred to|called|as|the) ){0,3}(?-i:\\p{Lu})[\\w ]{2,30}\\)"
        + "|\\((?-i:[A-Z][\\w&.-]{1,19})\\)"
        + "|\\b(?:hereinafter|hereafter|herein|referred to|known)[^.;()]{0,60}?\(Rule.quote)[^\"“”()]{1,50}\(Rule.quote)"
    )
  }

  /// The terms defined in `range`, but those of a date, of the agreement or of all parties.
  func definitions(in range: Range<Int>, _ text: ClauseText) -> [Definition] {
    definition.all(in: text.bytes, within: range).compactMap { match in
      let quoted = term.first(in: text.bytes, within: match.range)?[1]
      guard let found = quoted ?? bare.first(in: text.bytes, within: match.range)?.range else { return nil }
      let words = text.string(found)
      guard notTerm.first(in: Array(words.utf8)) == nil else { return nil }
      // Without quotation marks only what the contract goes on to use.
      if quoted == nil, text.bytes[match.range.lowerBound + 1] & 0x20 == 0, acts(words, text) < 1 { return nil }
      return Definition(range: match.range, words: words)
    }
  }

  /// Whether `term` is a role, an abbreviation or a part of `name`, or does what only a party does.
  func isOfParty(_ term: String, _ name: String, _ text: ClauseText) -> Bool {
    role.first(in: Array(term.utf8)) != nil || isShort(term, name) || acts(term, text) > 1
  }

  private func isShort(_ term: String, _ name: String) -> Bool {
    let words = name.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
    let parts = term.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
    if parts.contains(where: { $0.count > 2 && words.contains($0) }) { return true }
    guard let short = parts.first, parts.count == 1, short.count > 1 else { return false }
    let initials = words.compactMap(\.first)
    return String(initials).hasPrefix(short.prefix(2))
  }

  /// How often `term` does what only somebody can do who agrees to something; counting ends at two.
  func acts(_ term: String, _ text: ClauseText) -> Int {
    let words = String(term.map { $0.isLetter || $0.isNumber ? $0 : $0 == " " ? " " : "." })
    let pattern = Rule.pattern(
      "\\b\(words)\\W{0,2} (?:shall|will|agrees?|hereby|represents|covenants|acknowledges|warrants|desires|wishes)\\b")
    guard let first = pattern.first(in: text.bytes) else { return 0 }
    return pattern.first(in: text.bytes, from: first.range.upperBound) == nil ? 1 : 2
  }
}
