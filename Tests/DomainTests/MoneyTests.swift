import TestSupport
import Testing

@testable import Domain

private func parse(_ text: String, _ mark: DecimalMark? = nil, _ code: String? = "USD") throws -> Money {
  try bytes(text) { try Money.parse($0, mark: mark, currency: code.flatMap { Currency(code: $0) }) }
}

private func failure(_ text: String, _ mark: DecimalMark? = nil, _ code: String? = "USD") -> MoneyError? {
  do {
    _ = try parse(text, mark, code)
    return nil
  } catch { return error as? MoneyError }
}

@Suite struct MoneyTests {
  @Test(arguments: [
    ("1234.50", 123_450), ("-1234.5", -123_450), ("0", 0), ("$1,234.56", 123_456), ("(45.00)", -4500),
    ("45.00-", -4500), ("(1,234.50)", -123_450), ("CR 10.00", -1000), ("10.00 CR", -1000), ("10.00DR", 1000),
    ("USD 12", 1200), ("12 usd", 1200), ("US$12.00", 1200), ("\u{2212}5.25", -525), ("$ -5.25", -525),
    ("-$5.25", -525), ("($5.25)", -525), ("1 234,50", 123_450), ("1\u{A0}234,50", 123_450),
    ("1\u{202F}234,50", 123_450), ("1'234.50", 123_450), ("1’234.50", 123_450), ("1.234,56", 123_456),
    ("1,234,567", 123_456_700), ("1.234.567", 123_456_700), ("1234.567000", -1), (".50", 50), ("0.500", 50),
    ("1234.500", 123_450), ("  12.00\u{200B}", 1200), ("\u{FEFF}12.00", 1200), ("12.3400", 1234), ("100,-", 10000),
    ("100.--", 10000), ("+7", 700), ("007.10", 710), ("-0.00", 0), ("12,34", 1234), ("A lot", -1),
  ])
  func readsWhatIsProven(_ text: String, _ minor: Int64) throws {
    if minor == -1 {
      #expect(throws: MoneyError.self) { try parse(text) }
    } else {
      #expect(try parse(text).minor == minor)
    }
  }

  @Test(arguments: [
    ("1.234", DecimalMark.comma, 123_400), ("1,234", .point, 123_400), ("1.200,50", .comma, 120_050),
    ("1,200.50", .point, 120_050), ("99,00", .comma, 9900), ("1234", .comma, 123_400), ("5,5", .comma, 550),
  ])
  func aDeclaredMarkDecides(_ text: String, _ mark: DecimalMark, _ minor: Int64) throws {
    #expect(try parse(text, mark).minor == minor)
  }

  @Test(arguments: [
    ("", MoneyError.notANumber), ("-", .notANumber), ("n/a", .notANumber), ("N/A", .notANumber),
    ("TBD", .notANumber),
    ("ICB", .notANumber), ("12abc", .currencyUnknown), ("12abcd", .notANumber), ("per month", .notANumber),
    ("1.234", .ambiguous),
    ("1,234", .ambiguous), ("$1,234", .ambiguous), ("1,23.4", .malformed), ("1,2345.00", .malformed),
    ("1234,567.00", .malformed), ("1,234 567.00", .malformed), ("12.", .malformed), ("1.2.3", .malformed),
    ("(45.00", .malformed), ("-45.00-", .malformed), ("(45.00)-", .malformed), ("-5 CR", .malformed),
    ("10.0.0.1", .malformed), ("0.001", .tooPrecise(exponent: 2)), ("12.345,678", .tooPrecise(exponent: 2)),
    ("99999999999999999999", .overflow), ("92233720368547758.08", .overflow), ("10%", .notANumber),
    ("XQZ 5", .currencyUnknown), ("USD 5 EUR", .malformed), ("12 34", .malformed), ("5 6", .malformed),
    ("04.03.2024", .malformed), (".12'12", .malformed), ("1.234'5", .malformed), ("$", .notANumber),
  ])
  func refuses(_ text: String, _ error: MoneyError) {
    #expect(failure(text) == error, "\(text)")
  }

  @Test func blanksAndPlaceholdersAreNotNumbers() {
    for text in ["", " ", "-", "--", "n/a", "TBD", "ICB", "\u{A0}", "none", "USD"] {
      #expect(failure(text) == .notANumber, "\(text)")
    }
  }

  @Test(arguments: [
    ("EUR 5", "USD", "EUR"), ("€5", "USD", "EUR"), ("£5", "EUR", "GBP"), ("$5", "EUR", "USD"), ("5 zł", "USD", "PLN"),
    ("CA$5", "USD", "CAD"),
  ])
  func refusesAnotherCurrency(_ text: String, _ expected: String, _ found: String) throws {
    let error = MoneyError.currencyMismatch(
      found: try #require(Currency(code: found)), expected: try #require(Currency(code: expected)))
    #expect(failure(text, nil, expected) == error)
  }

  @Test(arguments: [
    ("$5", "CAD", "CAD"), ("$5", nil, "USD"), ("US$5", nil, "USD"), ("5€", nil, "EUR"), ("EUR5", "EUR", "EUR"),
    ("5 kr", "SEK", "SEK"), ("¥5", nil, "JPY"), ("¥5", "CNY", "CNY"), ("CHF 5", nil, "CHF"), ("5 Kč", nil, "CZK"),
    ("R$ 5", nil, "BRL"), ("5 Euro", nil, "EUR"),
  ])
  func takesTheCurrencyOfTheText(_ text: String, _ expected: String?, _ found: String) throws {
    #expect(try parse(text, nil, expected).currency.code == found)
  }

  @Test func aCurrencyIsNeverInvented() {
    #expect(failure("5", nil, nil) == .currencyMissing)
    #expect(failure("5 kr", nil, nil) == .currencyUnknown)
    #expect(throws: MoneyError.currencyUnexpected) {
      try bytes("$5") { try Money.parseMinor($0, mark: nil, exponent: 2) }
    }
  }

  @Test func exponentsFollowTheCurrency() throws {
    #expect(try parse("1234", nil, "JPY").minor == 1234)
    #expect(try parse("1.5", nil, "KWD").minor == 1500)
    #expect(try parse("1.2345", nil, "CLF").minor == 12345)
    #expect(failure("1.5", nil, "JPY") == .tooPrecise(exponent: 0))
    #expect(try parse("1.0", nil, "JPY").minor == 1)
    #expect(try parse("1,234", .point, "JPY").description == "JPY 1,234")
    #expect(try parse("-1234567.5").description == "USD -1,234,567.50")
    #expect(try parse("-.5").plain == "-0.50")
  }

  @Test func readingAfterPrintingIsIdentity() throws {
    var random = SplitMix64("money")
    let currencies = Currency.all
    for _ in 0..<20_000 {
      let money = Money(
        minor: random.integer(), currency: currencies[Int.random(in: 0..<currencies.count, using: &random)])
      #expect(try parse(money.description, .point, nil) == money, "seed \(random.seed)")
      #expect(try parse(money.plain, .point, money.currency.code) == money, "seed \(random.seed)")
    }
    for minor in [Int64.min, .max, 0, -1, 1] {
      let money = Money(minor: minor, currency: .usd)
      #expect(try parse(money.description, .point, nil) == money)
      #expect(try parse(money.plain, .point, "USD") == money)
    }
  }

  @Test func theFastPathAgreesWithTheSlowOne() throws {
    var random = SplitMix64("money fast path")
    for _ in 0..<50_000 {
      let text = random.text()
      for mark in [nil, DecimalMark.point, .comma] {
        for exponent in [0, 2, 3] {
          bytes(text) { text in
            guard let fast = Money.plainMinor(text, mark: mark, exponent: exponent) else { return }
            let slow = try? DigitGroups(AmountText(text).digits)
              .minor(mark: mark, exponent: exponent, isNegative: AmountText(text).isNegative)
            #expect(fast == slow, "seed \(random.seed) \(TextBytes.string(text))")
          }
        }
      }
    }
  }

  @Test func sharesSumToTheWhole() throws {
    var random = SplitMix64("allocation")
    for _ in 0..<5000 {
      let money = Money(minor: random.integer(), currency: .usd)
      var weights = (0..<Int.random(in: 1...12, using: &random)).map { _ in Int64.random(in: 0...1000, using: &random) }
      if Bool.random(using: &random) { weights[0] = Int64.max }
      if weights.allSatisfy({ $0 == 0 }) { weights[0] = 1 }
      let shares = try money.allocate(weights: weights)
      let total = shares.reduce(Int128(0)) { $0 + Int128($1.minor) }
      #expect(total == Int128(money.minor), "seed \(random.seed)")
      for (share, weight) in zip(shares, weights) where weight == 0 { #expect(share.minor == 0, "seed \(random.seed)") }
    }
    let whole = Money(minor: 100, currency: .usd)
    #expect(try whole.allocate(weights: [1, 1, 1]).map(\.minor) == [34, 33, 33])
    #expect(try whole.allocate(weights: [1, 2, 4]).map(\.minor) == [14, 29, 57])
    #expect(try Money(minor: -100, currency: .usd).allocate(weights: [1, 1, 1]).map(\.minor) == [-34, -33, -33])
    for weights in [[], [0, 0], [1, -1]] as [[Int64]] {
      #expect(throws: MoneyError.badWeights) { try whole.allocate(weights: weights) }
    }
  }

  @Test func calculatesWithinOneCurrency() throws {
    let one = Money(minor: 1, currency: .usd)
    #expect(try one.adding(one).minor == 2)
    #expect(try one.subtracting(one).minor == 0)
    #expect(throws: MoneyError.overflow) { try Money(minor: .max, currency: .usd).adding(one) }
    #expect(throws: MoneyError.overflow) { try Money(minor: .min, currency: .usd).subtracting(one) }
    #expect(throws: MoneyError.currencyMismatch(found: .eur, expected: .usd)) {
      try one.adding(Money(minor: 1, currency: .eur))
    }
    #expect(try Money(minor: 125, currency: .usd).scaled(by: 1, over: 10).minor == 12)
    #expect(try Money(minor: 135, currency: .usd).scaled(by: 1, over: 10).minor == 14)
    #expect(throws: MoneyError.overflow) { try Money(minor: .max, currency: .usd).scaled(by: 2, over: 1) }
    #expect(throws: MoneyError.overflow) { try one.scaled(by: 2, over: 0) }
  }

  @Test(arguments: [
    (5, 2, 2), (7, 2, 4), (-5, 2, -2), (-7, 2, -4), (5, -2, -2), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (-1, 2, 0),
    (0, 5, 0), (6, 3, 2),
  ])
  func roundsHalfToEven(_ numerator: Int, _ denominator: Int, _ result: Int) {
    #expect(Rounding.halfEven(Int128(numerator), over: Int128(denominator)) == Int128(result))
  }

  @Test func currenciesAreSortedAndClosed() {
    let codes = Currency.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(codes.count > 160)
    for code in codes { #expect(Currency(code: code.lowercased())?.code == code) }
    for code in ["", "US", "USDX", "XQZ", "ZZZ", "AAA", "U$D", "HRK"] { #expect(Currency(code: code) == nil) }
    for (code, exponent) in [("USD", 2), ("JPY", 0), ("KRW", 0), ("BHD", 3), ("TND", 3), ("CLF", 4), ("XPF", 0)] {
      #expect(Currency(code: code)?.exponent == exponent)
    }
    #expect(MemoryLayout<Currency>.size == 4)
  }
}
