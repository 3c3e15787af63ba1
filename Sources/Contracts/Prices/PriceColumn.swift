import Regex

/// What a column of a price table holds, by the words of its heading.
package enum PriceColumn: String, CaseIterable, Sendable {
  case line
  case circuit
  case service
  case description
  case quantity
  case term
  case bandwidth
  case addressA = "address_a"
  case addressZ = "address_z"
  case unitMRC = "unit_mrc"
  case mrc
  case unitNRC = "unit_nrc"
  case nrc

  var isPrice: Bool { [.unitMRC, .mrc, .unitNRC, .nrc].contains(self) }
}

/// Knows headings; a profile may add its carrier's own.
struct PriceHeadings {
  private let rules: [(PriceColumn?, Pattern)]
  private let own: [String: PriceColumn]

  init(own: [String: PriceColumn] = [:]) {
    self.own = Dictionary(own.map { (Self.plain($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    let money = "(?:charges?|fees?|rates?|prices?|costs?|amount|rental)"
    let code = "(?: (?:in )?(?:usd|us|cad|eur|gbp|aud|each month))?"
    let monthly =
      "(?:mrc|mrr|monthly(?: recurring| service)?(?: \(money))?|recurring(?: monthly)? \(money)|\(money) (?:per|a)"
      + " month|per month|monthly recurring \(money) mrc)s?"
    let once =
      "(?:nrc|otc|non ?recurring(?: \(money))?(?: nrc)?|one ?time(?: (?:setup|set up|install\\w*))?(?: \(money))?"
      + "|install(?:ation)?(?: nrc| \(money))?|set ?up(?: \(money))?|activation(?: \(money))?)s?"
    let words: [(PriceColumn?, String)] = [
      (
        .unitMRC,
        "unit \(monthly)\(code)|\(monthly) (?:each|per unit|unit)\(code)|unit (?:price|rate)(?: per month| monthly)"
      ),
      (.unitNRC, "unit \(once)\(code)|\(once) (?:each|per unit|unit)\(code)"),
      (nil, "(?:current|existing|old|previous|prior|former|list|standard|base) (?:\(monthly)|\(once))\(code)"),
      (.mrc, "(?:total |extended |net |ext |new |revised |amended )?\(monthly)(?: total)?(?: mrc)?\(code)"),
      (.nrc, "(?:total |extended |net |ext |new |revised |amended )?\(once)(?: total)?(?: nrc)?\(code)"),
      (.line, "no|line|line no|line item|item no|line #|#|item #|ref|nr|line number|item number"),
      (
        .service,
        "(?:services?|products?)(?: type)? (?:and )?circuit(?: ids?| numbers?| no)?|circuit(?: ids?)? (?:and"
          + " )?services?"
      ),
      (
        .circuit,
        "(?:existing |carrier )?(?:circuit|ckt)(?: ?ids?| ids?| numbers?| no| #)?|service ids?|ecckt|circuit id s"
      ),
      (
        .service,
        "services?|products?|service type|product service|service product|product type|service name|product name|item"
      ),
      (.description, "(?:service |product |item |charge )?descriptions?|product items?|service details?|details"),
      (.quantity, "qty|quantity|units|no of units|count|quan"),
      (
        .term,
        "(?:initial |service |order |contract |minimum )?term(?: in)?(?: months| mos| mo| length| years)?|months|mos"
          + "|term length"
      ),
      (
        .bandwidth,
        "bandwidth|speed|bw|capacity|port speed|port|circuit speed|cir|access speed|line speed|bandwidth speed"
      ),
      (
        .addressZ,
        "(?:location|site|address|loc|end) (?:z|b)(?: address| location)?|(?:z|b)(?: |-)?(?:location|site|address|loc"
          + "|end)(?: address)?|terminating (?:location|address)"
      ),
      (
        .addressA,
        "(?:location|site|address|loc|end) a(?: address| location)?|a(?: |-)?(?:location|site|address|loc|end)(?:"
          + " address)?|(?:service|site|install\\w*|customer) (?:location|address)|originating (?:location|address)"
          + "|location|address|site"
      ),
    ]
    rules = words.map { ($0.0, Rule.pattern("^(?:\($0.1))$")) }
  }

  /// nil for a heading that is not known.
  func column(_ heading: String) -> PriceColumn? {
    let plain = Self.plain(heading)
    if let own = own[plain] { return own }
    let bytes = Array(plain.utf8)
    return rules.first { $0.1.first(in: bytes) != nil }.flatMap(\.0)
  }

  /// Lower case, letters, digits and `#`, words apart by one blank.
  private static func plain(_ text: String) -> String {
    String(text.lowercased().map { $0.isLetter || $0.isNumber || $0 == "#" ? $0 : " " }).split(separator: " ")
      .joined(separator: " ")
  }
}
