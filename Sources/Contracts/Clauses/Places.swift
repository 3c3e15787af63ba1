import Regex

/// States, provinces and countries whose law governs contracts.
struct Places {
  /// As they are reported; lower-case words of a name are compared without case.
  private static let names = """
    Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia|Hawaii
    |Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi
    |Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio
    |Oklahoma|Oregon|Pennsylvania|Puerto Rico|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont
    |Virginia|Washington|West Virginia|Wisconsin|Wyoming|Guam
    |Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland and Labrador|Nova Scotia|Ontario|Prince Edward Island
    |Quebec|Québec|Saskatchewan|New South Wales|Queensland|South Australia|Tasmania|Victoria|Western Australia
    |England and Wales|England & Wales|England|Wales|Scotland|Northern Ireland|United Kingdom|Great Britain
    |United States of America|United States|Canada|Mexico|Bermuda|Cayman Islands|British Virgin Islands|Bahamas|Barbados
    |Jersey|Guernsey|Isle of Man|Gibraltar|Ireland|France|Germany|Austria|Switzerland|Liechtenstein|Luxembourg|Belgium
    |Netherlands|Denmark|Sweden|Norway|Finland|Iceland|Estonia|Latvia|Lithuania|Poland|Czech Republic|Slovakia|Slovenia
    |Hungary|Romania|Bulgaria|Greece|Cyprus|Malta|Italy|Spain|Portugal|Croatia|Serbia|Ukraine|Russian Federation|Russia
    |Kazakhstan|Georgia|Turkey|Israel|Egypt|Morocco|Nigeria|Ghana|Kenya|Uganda|South Africa|Mauritius|Saudi Arabia
    |United Arab Emirates|Dubai|Qatar|Kuwait|Bahrain|Oman|Jordan|Lebanon|Pakistan|India|Bangladesh|Sri Lanka|Nepal
    |People[’']s Republic of China|P\\.?R\\.? ?China|PRC|Hong Kong|Macau|Taiwan|China|Japan|Republic of Korea|South Korea
    |Korea|Mongolia|Vietnam|Thailand|Malaysia|Singapore|Indonesia|Philippines|Papua New Guinea|Australia|New Zealand|Fiji
    |Brazil|Argentina|Chile|Peru|Colombia|Ecuador|Bolivia|Paraguay|Uruguay|Venezuela|Panama|Costa Rica|Guatemala
    |Dominican Republic|Jamaica|Trinidad and Tobago|Marshall Islands|Curaçao
    """
  private static let list = names.split(separator: "|").map { $0.split { $0 == "\n" }.joined() }
  private static let spellings: [String: String] = Dictionary(
    list.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

  /// A place's name, longest first, for a pattern.
  static let pattern =
    "(?:" + list.sorted { ($0.count, $1) > ($1.count, $0) }.joined(separator: "|") + ")\\b"

  /// `English law`: what such a word stands for.
  private static let nouns: [(String, String)] = [
    ("english", "England"), ("scottish", "Scotland"), ("scots", "Scotland"), ("irish", "Ireland"),
    ("german", "Germany"),
    ("french", "France"), ("swiss", "Switzerland"), ("dutch", "Netherlands"), ("belgian", "Belgium"),
    ("italian", "Italy"), ("spanish", "Spain"), ("swedish", "Sweden"), ("danish", "Denmark"), ("norwegian", "Norway"),
    ("finnish", "Finland"), ("austrian", "Austria"), ("polish", "Poland"), ("israeli", "Israel"),
    ("indian", "India"), ("chinese", "China"), ("japanese", "Japan"), ("canadian", "Canada"),
    ("australian", "Australia"), ("singaporean", "Singapore"), ("brazilian", "Brazil"), ("mexican", "Mexico"),
  ]
  static let adjectives = "(?:" + nouns.map(\.0).joined(separator: "|") + ")"

  /// The spelling of the list; nil for other places.
  static func known(_ text: String) -> String? {
    let plain = text.replacing("’", with: "'").lowercased()
    let letters = plain.filter { $0.isLetter }
    if letters == "prc" || letters == "prchina" { return "People's Republic of China" }
    if plain == "people's republic of china" { return "People's Republic of China" }
    if plain == "england & wales" { return "England and Wales" }
    return spellings[plain] ?? nouns.first { $0.0 == plain }?.1
  }
}
