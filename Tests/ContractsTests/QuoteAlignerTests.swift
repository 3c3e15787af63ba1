import Contracts
import Pages
import TestSupport
import Testing

/// A quote is where its words are, or nowhere.
@Suite struct QuoteAlignerTests {
  private static let order = [
    "Service Order No. 7\nThe term is thirty-six (36) months from the ef-\nfective date. The MRC is $1,150.00 a month,",
    "of which nothing is waived. The ﬁrst term “renews” for\u{A0}one year.\n\nGoverning law: New York",
    "Signed by both.",
  ]

  private func found(_ quote: String, _ texts: [String] = order) -> Evidence? {
    let aligner = QuoteAligner(ContractText(writtenPages(texts)))
    return aligner.match(quote).flatMap { aligner.evidence($0, method: "ai:test/m", confidence: 400) }
  }

  @Test func wordsAreFoundHoweverTheyAreSpaced() {
    let evidence = found("thirty-six  (36)\n months")
    #expect(evidence?.quote == "thirty-six (36) months" && evidence?.page == 1)
    #expect(evidence?.boxes == [PageBox(126_000, 84_000, 232_000, 94_000)])
    #expect(found("effective date")?.boxes.count == 2)
    #expect(found("ef-\nfective date")?.quote == "effective date.")
    #expect(found("The first term")?.page == 2)
    #expect(found("for one year")?.quote.hasSuffix("one year.") == true)
    #expect(found("MRC is ＄1,150.00")?.quote == "MRC is $1,150.00")
    #expect(found("the ef\u{AD}fective date") != nil)
  }

  @Test func marksAtTheEdgesMayBeLeftOut() {
    #expect(found("1,150.00")?.quote == "$1,150.00")
    #expect(found("renews")?.quote == "“renews”")
    #expect(found("a month")?.quote == "a month,")
  }

  @Test(
    arguments: [
      "150.00", "1,150.0", "$1,150.00 a day", "Thirty-six (36) months", "36 months", "term thirty-six", "erm is", "",
      "  \n", "$1.00", "New Jersey", "the MRC of every line is $1.00",
    ])
  func whatIsNotThereWordForWordIsNotFound(_ quote: String) {
    #expect(found(quote) == nil)
  }

  @Test func aQuoteMayRunOnToTheNextPageAndNoFurther() {
    let across = found("a month, of which")
    #expect(across?.page == 1 && across?.quote == "a month, of which")
    #expect(across?.boxes.count == 1)
    #expect(found("a b c", ["a", "b", "c"]) == nil)
    #expect(found("b c", ["a", "b", "c"])?.page == 2)
    #expect(found("a b", ["x a", "", "b y"]) == nil)
  }

  @Test func wordsThatStandTwiceAreSaidToBe() {
    let aligner = QuoteAligner(ContractText(writtenPages(["net 30 days or net 30 days", "net 60 days"])))
    #expect(aligner.match("net 30 days")?.isRepeated == true)
    #expect(aligner.match("net 60 days")?.isRepeated == false)
    #expect(aligner.match("net 30 days")?.range.lowerBound == 0)
  }

  /// Any run of whole words is found where it stands, however its white space and hyphens were changed on the way.
  @Test func everyRunOfWordsIsFound() {
    var random = SplitMix64()
    let vocabulary = ["term", "thirty-six", "(36)", "months", "$1,150.00", "fee", "“MRC”", "ﬁber", "of", "the", "1.5%"]
    for _ in 0..<300 {
      let texts = (0..<3).map { _ in
        (0..<Int.random(in: 4...30, using: &random)).map { _ in vocabulary.randomElement(using: &random) ?? "" }
          .joined(separator: [" ", "  "].randomElement(using: &random) ?? " ")
      }
      let pages = writtenPages(texts)
      let text = ContractText(pages)
      let words = texts.joined(separator: " ").split { $0 == " " || $0 == "\n" }.map(String.init)
      let count = Int.random(in: 1...min(6, pages[1].words.count), using: &random)
      let first = Int.random(in: 0...words.count - count, using: &random)
      let run = words[first..<first + count]
      let quote = run.joined(separator: [" ", "\n", " \t "].randomElement(using: &random) ?? " ")
      let aligner = QuoteAligner(text)
      guard let match = aligner.match(quote), let evidence = aligner.evidence(match, method: "m", confidence: 1) else {
        Issue.record("seed \(random.seed): \(quote) is not found in \(texts)")
        continue
      }
      #expect(evidence.quote == run.joined(separator: " "))
      #expect(aligner.match(quote + "x") == nil && aligner.match("9" + quote) == nil)
    }
  }

  /// A text and a quote made to be slow: each of a million places matches almost to the end.
  @Test func nothingMakesItSlow() {
    let same = [String](repeating: "a", count: 250_000).joined(separator: " ")
    let quote = [String](repeating: "a", count: 500).joined(separator: " ") + " b"
    let aligner = QuoteAligner(ContractText(writtenPages([same, same])))
    #expect(aligner.match(quote) == nil)
    #expect(aligner.match([String](repeating: "a", count: 500).joined(separator: " "))?.isRepeated == true)
    let word = String(repeating: "a", count: 500_000)
    #expect(QuoteAligner(ContractText(writtenPages([word]))).match(String(repeating: "a", count: 600)) == nil)
    #expect(aligner.match(String(repeating: "a ", count: QuoteAligner.longest)) == nil)
  }
}
