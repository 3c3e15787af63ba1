import Contracts
import Pages
import Regex
import TestSupport
import Testing

/// What holds for every text, whatever it says.
@Suite struct ContractLawTests {
  private func folded(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private func evidences(_ reading: ContractReading) -> [Evidence] {
    [
      reading.title?.evidence, reading.agreementDate?.evidence, reading.effectiveDate?.evidence,
      reading.expiration?.evidence, reading.term?.evidence, reading.renewal?.evidence, reading.notice?.evidence,
      reading.governingLaw?.evidence,
    ].compactMap { $0 } + reading.parties.map(\.evidence)
  }

  private static let sentences = [
    "This Agreement is made on March 1, 2021 by and between Alpha Relay, Inc. (\"Alpha\") and Beta Mills LLC (\"Beta\").",
    "The initial term of this Agreement shall be three (3) years from the Effective Date.",
    "\"Effective Date\" means April 1, 2021.", "This Agreement renews for successive one year terms.",
    "Either party may give notice of non-renewal sixty (60) days prior to the end of the term.",
    "This Agreement shall be governed by the laws of the State of Ohio.", "WHEREAS, Alpha sells circuits;",
    "1. Services.", "Customer pays $1,200.00 a month.", "MASTER SERVICES AGREEMENT", "Dated: 03/04/2021",
    "The quick (brown) fox — “jumps” over [***] dogs.", "EXHIBIT A", "By: ____ Date: June 9, 2021",
  ]

  @Test func everyQuoteStandsOnThePageItNames() throws {
    var random = SplitMix64()
    for _ in 0..<120 {
      let pages = writtenPages(
        (0..<Int.random(in: 1...4, using: &random)).map { _ in
          (0..<Int.random(in: 1...12, using: &random)).map { _ in
            let sentence = Self.sentences.randomElement(using: &random) ?? ""
            return sentence + (Bool.random(using: &random) ? "\n" : "\n\n")
          }.joined()
        })
      for reading in ContractReader().read(pages: pages) {
        for evidence in evidences(reading) {
          let page = try #require(pages.first { $0.number == evidence.page })
          #expect(folded(page.text).contains(evidence.quote), "seed \(random.seed)")
          #expect(!evidence.boxes.isEmpty)
          #expect((0...1000).contains(evidence.confidence))
          #expect(evidence.doubts == evidence.doubts.sorted())
        }
      }
    }
  }

  @Test func theSamePagesGiveTheSameReading() {
    let pages = writtenPages([Self.sentences.joined(separator: "\n\n")])
    let reader = ContractReader()
    let first = reader.read(pages: pages)
    #expect(reader.read(pages: pages) == first)
    #expect(ContractReader().read(pages: pages) == first)
  }

  @Test(arguments: [
    "agreement ", "(", "((the \"Term\") ", "notice of renewal of the term ", "by and between A ", "March 1, 2021 ",
    "_ ", "one hundred ", "of the laws of ", "a", "\"", "5 ", "Inc. ", "and ", "\n", "1.1.1.1.",
    "renew for successive ",
  ])
  func aMegabyteOfOneWordIsRead(_ word: String) {
    let count = 1_000_000 / word.utf8.count
    let bytes = Array(String(repeating: word, count: count).utf8)
    var words: [PageWord] = []
    var start = 0
    while start < bytes.count {
      if bytes[start] == 0x20 || bytes[start] == 0x0A {
        start += 1
        continue
      }
      let end = bytes[start...].firstIndex { $0 == 0x20 || $0 == 0x0A } ?? bytes.count
      words.append(PageWord(start: start, length: end - start, box: PageBox(0, 0, 10, 10)))
      start = end
    }
    let page = Page(
      document: String(repeating: "b", count: 64), number: 1, width: 612_000, height: 792_000, text: bytes, words: words
    )
    #expect(ContractReader().read(pages: [page]).count == 1)
  }

  @Test func noPagesAreNoContract() { #expect(ContractReader().read(pages: []).isEmpty) }

  @Test func anEmptyPageSaysNothing() throws {
    let reading = try #require(ContractReader().read(pages: writtenPages([""])).first)
    #expect(evidences(reading).isEmpty)
    #expect(reading.pages == 1...1)
  }

  @Test func sentencesCoverTheTextInOrder() {
    var random = SplitMix64()
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        ["Inc. ", "A b. ", "1.2 ", "\n", "term ", "U.S. ", "(a) ", "“X.” ", "x? ", "No. 5 "].randomElement(
          using: &random) ?? ""
      }.joined()
      let bytes = Array(text.utf8)
      let sentences = Sentences.split(bytes)
      var end = 0
      for sentence in sentences {
        #expect(bytes[end..<sentence.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x0A })
        #expect(!sentence.isEmpty)
        end = sentence.upperBound
      }
      #expect(bytes[end...].allSatisfy { $0 == 0x20 || $0 == 0x0A })
    }
  }

  @Test(arguments: [
    ("The fee is due. It is $5.", 2), ("Alpha Inc. and Beta Co. agree.", 1), ("See Section 4.2. The rest stays.", 1),
    ("He said “yes.” Then he left.", 2), ("The U.S. Government pays.", 1), ("Stop! Go? Now.", 3),
    ("one block\n\nthat goes on here", 1), ("1. Term. This Agreement runs.", 2),
  ])
  func cutsSentences(_ text: String, _ count: Int) { #expect(Sentences.split(Array(text.utf8)).count == count) }
}
