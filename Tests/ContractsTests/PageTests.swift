import Contracts
import Pages
import Records
import TestSupport
import Testing

@Suite struct PageTests {
  private let page = writtenPages(["Monthly charge $950\nper circuit"])[0]

  @Test func aPageSurvivesItsRecord() throws {
    var page = page
    page.method = .ocr
    page.signs = Page.Signs(image: 900, hidden: 5, broken: 7)
    page.rotation = 90
    let text = page.json.line
    #expect(try Page(json: #require(JSON.parse(text))) == page)
  }

  @Test func evidenceSurvivesItsRecord() throws {
    let evidence = Evidence(
      document: "aa", page: 3, boxes: [PageBox(1, 2, 3, 4)], quote: "“36 months”", method: "sentence/term",
      confidence: 870, doubts: ["W_COMPUTED"])
    #expect(try Evidence(json: #require(JSON.parse(evidence.json.line))) == evidence)
  }

  @Test(arguments: [
    "{}", "[]", #"{"sha256":"a","page":0,"width":1,"height":1,"method":"text","text":"","words":[]}"#,
    #"{"sha256":"a","page":1,"width":1,"height":1,"method":"guess","text":"","words":[]}"#,
    #"{"sha256":"a","page":1,"width":1,"height":1,"method":"text","text":"ab","words":[0,3,0,0,1,1,100]}"#,
    #"{"sha256":"a","page":1,"width":1,"height":1,"method":"text","text":"ab","words":[1,1,0,0,1,1,100,0,1,0,0,1,1,100]}"#,
    #"{"sha256":"a","page":1,"width":1,"height":1,"method":"text","text":"ab","words":[0,1,0,0,1,1,101]}"#,
    #"{"sha256":"a","page":1,"width":1,"height":1,"method":"text","text":"ab","words":[0,1,0]}"#,
  ])
  func aRecordThatIsNoPageIsRefused(_ text: String) throws {
    #expect(try Page(json: #require(JSON.parse(text))) == nil)
  }

  @Test func evidenceHasABoxForEachLineOfItsQuote() throws {
    let text = ContractText([page])
    let evidence = try #require(text.evidence(0..<text.bytes.count, method: "m", confidence: 900))
    #expect(evidence.quote == "Monthly charge $950 per circuit")
    #expect(evidence.boxes.count == 2)
    #expect(evidence.boxes[0].y1 <= evidence.boxes[1].y0)
  }

  @Test func aPoorlyRecognisedWordLowersTheConfidence() throws {
    var page = page
    page.words[2].confidence = 61
    let text = ContractText([page])
    #expect(text.evidence(0..<text.bytes.count, method: "m", confidence: 900)?.confidence == 610)
    #expect(text.evidence(0..<7, method: "m", confidence: 900)?.confidence == 900)
  }

  /// However sure recognition was of a number; words keep what the rule that reads them is worth.
  @Test func whatWasRecognisedIsMarkedAndItsNumbersNeedMore() {
    var page = page
    page.method = .ocr
    let text = ContractText([page])
    let all = text.evidence(0..<text.bytes.count, method: "m", confidence: 900)
    #expect(all?.confidence == 700 && all?.doubts == ["W_RECOGNISED"])
    let words = text.evidence(0..<7, method: "m", confidence: 900)
    #expect(words?.confidence == 900 && words?.doubts == ["W_RECOGNISED"])
  }

  @Test func aHyphenAtTheEndOfALineJoinsItsWord() {
    let text = ContractText(writtenPages(["termina-\ntion of Ser-\nVices"]))
    #expect(text.string(0..<text.bytes.count) == "termination of Ser- Vices")
  }

  @Test func runningLinesGoButTheTitleAndMoneyStay() {
    let pages = writtenPages(
      (1...4).map { "ORDER FORM\n\nText of page \($0) here\nmore\nand more\n\nTotal $5.00\n\nPage \($0) of 4" })
    let text = ContractText(pages)
    let all = text.string(0..<text.bytes.count)
    #expect(all.split(separator: "ORDER FORM").count == 1)
    #expect(!all.contains("of 4"))
    #expect(all.split(separator: "Total $5.00").count >= 4)
  }
}
