import Contracts
import Domain
import Model
import Pages
import Records
import TestSupport
import Testing
import Wire

/// What a person may write anew, and what it comes to.
@Suite struct EditFormTests {
  private func read(_ name: String, _ text: String, currency: String = "USD") throws -> JSON {
    try (#require(SheetFixture.form(name, currency: currency))).read(text)
  }

  @Test(arguments: [
    ("mrc", "1250.00", "USD", 125_000), ("mrc", "USD 1,250.00", "USD", 125_000), ("mrc", "$1,250", "USD", 125_000),
    ("mrc", "125000", "JPY", 125_000), ("term_months", "3 years", "USD", 36),
    ("term_months", "month to month", "USD", 0),
    ("notice_days", "90", "USD", 90), ("auto_renew", "yes", "USD", 1), ("bandwidth", "1 Gbps", "USD", 1_000_000),
  ])
  func numbersAreReadAsTablesAre(_ field: String, _ text: String, _ currency: String, _ value: Int64) throws {
    #expect(try read(field, text, currency: currency) == .int(value))
  }

  @Test(arguments: [("starts_on", "2026-12-31"), ("starts_on", "December 31, 2026"), ("starts_on", "31 Dec 2026")])
  func daysAreReadAsTablesAre(_ field: String, _ text: String) throws {
    #expect(try read(field, text) == .string("2026-12-31"))
  }

  @Test(arguments: [
    ("mrc", "EUR 1.00"), ("mrc", "1.234,50"), ("mrc", "1.005"), ("mrc", "99999999999999999.00"), ("mrc", "a lot"),
    ("term_months", "1201"), ("notice_days", "-1"), ("notice_days", "9.5"), ("starts_on", "03/04/2026"),
    ("starts_on", "2026-02-30"), ("auto_renew", "perhaps"), ("renewal_kind", "often"), ("currency", "USX"),
    ("currency", "JPY"), ("description", "a\u{1b}[2J"), ("description", "  "), ("bandwidth", "fast"),
  ])
  func whatIsNoValueIsRefusedWithAReason(_ field: String, _ text: String) throws {
    let form = try #require(SheetFixture.form(field))
    do throws(EditForm.Refusal) {
      _ = try form.read(text)
      Issue.record("\(field) takes \"\(text)\"")
    } catch {
      #expect(!error.why.isEmpty && !error.why.hasSuffix("."))
    }
  }

  /// What the page's pattern lets through for amounts, the program takes.
  @Test(arguments: ["USD", "JPY", "KWD"]) func thePagesPatternIsNoWiderThanTheProgram(_ code: String) throws {
    let form = try #require(SheetFixture.form("mrc", currency: code))
    let pattern = try Regex("^(?:" + #require(form.pattern) + ")$")
    var random = SplitMix64()
    let pieces = ["1", "23", "456", ",", ".", "-", "USD ", "JPY ", "KWD ", "00", "000", " ", "x"]
    var taken = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      guard text.contains(pattern) else { continue }
      taken += 1
      #expect(throws: Never.self, "\(text), seed \(random.seed)") { try form.read(text) }
    }
    #expect(taken > 50)
    let currency = try #require(Currency(code: code))
    for minor: Int64 in [0, 5, 125_000, -99_999, 123_456_789] {
      #expect(Money(minor: minor, currency: currency).description.contains(pattern), "what was read can be kept")
    }
  }

  /// Every code that a contract's value may carry has a sentence, and one only.
  @Test func everyDoubtHasASentence() {
    let codes = DoubtSentence.all.map(\.code)
    #expect(codes == codes.sorted() && Set(codes).count == codes.count)
    for doubt in Doubt.allCases {
      #expect(DoubtSentence.of(doubt.rawValue)?.hasSuffix(".") == true, "\(doubt.rawValue)")
    }
    for code in ["W_RECOGNISED", DoubtSentence.edited] { #expect(DoubtSentence.of(code)?.hasSuffix(".") == true) }
    #expect(DoubtSentence.line("W_OTHER") == "W_OTHER")
  }
}
