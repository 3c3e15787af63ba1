/// What a word or sign beside an amount says: a currency, one of several that share the sign, or credit and debit.
enum CurrencySign: Sendable {
  case credit
  case debit
  case code(Currency)
  /// `$`, `kr` or `¥`: the expected currency when it is among those that use the sign, else the fallback.
  case shared(Sharing)

  enum Sharing: Sendable { case dollar, crown, yen }

  /// Reads one run of letters and signs; upper-case ASCII is expected.
  init(_ token: Bytes) throws(MoneyError) {
    if let found = Self.lexicon[exactly: token] {
      self = found
    } else if let currency = Currency(token) {
      self = .code(currency)
    } else if token.count == 3, token.allSatisfy(TextBytes.isLetter) {
      throw .currencyUnknown
    } else {
      throw .notANumber
    }
  }

  /// The currency meant where `expected` is the default; nil for credit and debit.
  func currency(expected: Currency?) throws(MoneyError) -> Currency? {
    switch self {
    case .credit, .debit: return nil
    case .code(let currency): return currency
    case .shared(.dollar): return expected.flatMap { $0.isDollar ? $0 : nil } ?? .usd
    case .shared(.yen): return expected.flatMap { $0.code == "CNY" ? $0 : nil } ?? .jpy
    case .shared(.crown):
      guard let expected, ["SEK", "NOK", "DKK", "ISK"].contains(expected.code) else { throw .currencyUnknown }
      return expected
    }
  }

  private static let lexicon = Lexicon<CurrencySign>(
    [
      ("CR", .credit), ("DR", .debit), ("$", .shared(.dollar)), ("KR", .shared(.crown)), ("KR.", .shared(.crown)),
      ("¥", .shared(.yen)), ("￥", .shared(.yen)),
    ]
      + [
        ("US$", "USD"), ("USD$", "USD"), ("$US", "USD"), ("U.S.$", "USD"), ("A$", "AUD"), ("AU$", "AUD"),
        ("C$", "CAD"), ("CA$", "CAD"), ("CAD$", "CAD"), ("$CA", "CAD"), ("NZ$", "NZD"), ("HK$", "HKD"),
        ("S$", "SGD"), ("SG$", "SGD"), ("NT$", "TWD"), ("MX$", "MXN"), ("R$", "BRL"), ("J$", "JMD"),
        ("€", "EUR"), ("EURO", "EUR"), ("EUROS", "EUR"), ("£", "GBP"), ("₹", "INR"), ("RS", "INR"), ("RS.", "INR"),
        ("₩", "KRW"), ("₽", "RUB"), ("₴", "UAH"), ("₪", "ILS"), ("₫", "VND"), ("฿", "THB"), ("₦", "NGN"),
        ("₱", "PHP"), ("₺", "TRY"), ("₡", "CRC"), ("₲", "PYG"), ("₸", "KZT"), ("₵", "GHS"), ("ZŁ", "PLN"),
        ("Zł", "PLN"), ("KČ", "CZK"), ("Kč", "CZK"), ("FT", "HUF"), ("R", "ZAR"), ("FR.", "CHF"), ("SFR.", "CHF"),
        ("SFR", "CHF"), ("S/", "PEN"),
      ].compactMap { sign, code in Currency(code: code).map { (sign, CurrencySign.code($0)) } })
}
