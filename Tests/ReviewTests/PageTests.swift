import Digest
import Pages
import Review
import Testing

/// The page as a text: what comes from outside stays text, and nothing but its own style and script is allowed.
@Suite struct PageTests {
  private static let hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&\u{202e}\u{1b}[2J"

  private func html(_ sheet: ReviewSheet, _ view: PageView? = nil) throws -> String {
    var text = ""
    try ReviewPage(sheet) { _ in
      view ?? .image(PageImage(png: [1, 2, 3], width: 612_000, height: 792_000))
    }.write { text += $0 }
    return text
  }

  private func part(_ text: String, _ from: String, _ to: String) -> String {
    String(text.split(separator: from, maxSplits: 1)[1].split(separator: to, maxSplits: 1)[0])
  }

  private func count(_ needle: String, _ text: String) -> Int { text.split(separator: needle).count - 1 }

  @Test func theSameSheetGivesTheSameBytes() throws {
    #expect(try html(SheetFixture.sheet) == html(SheetFixture.sheet))
  }

  @Test func everyItemAndPageIsThere() throws {
    let text = try html(SheetFixture.sheet)
    for item in SheetFixture.sheet.items { #expect(text.contains("id=\"i\(item.number)\"")) }
    #expect(
      text.contains("<mark>three (3) years</mark>") && text.contains("before it")
        && text.contains("the figure was taken. (W_WORD_FIGURE)"))
    #expect(count("src=\"data:image/png;base64,AQID\"", text) == 2)
    #expect(count("<rect", text) == 2, "one box for the two quotes that stand in the same place of a page")
    #expect(text.contains("data-items=\"3 1\"") && text.contains("page 1 of 3") && text.contains("0/4"))
  }

  @Test func namesAndQuotesStayText() throws {
    let item = ReviewItem(
      number: 1, seq: 1, entity: Self.hostile, key: Self.hostile, action: "update", mandatory: Self.hostile,
      values: [.init(field: Self.hostile, before: Self.hostile, after: Self.hostile)],
      quote: .init(
        evidence: Evidence(
          document: SheetFixture.first, page: 1, boxes: [PageBox(1, 1, 2, 2)], quote: Self.hostile,
          method: Self.hostile, confidence: 1, doubts: [Self.hostile]), digest: Self.hostile, before: Self.hostile,
        after: Self.hostile))
    let text = try html(SheetFixture.sheet([item], names: [Self.hostile, Self.hostile]))
    #expect(count("<script", text) == 1 && count("<style", text) == 1 && count("<img", text) == 1)
    #expect(!text.contains("<script>alert"))
    #expect(!text.contains("\u{202e}") && !text.contains("\u{1b}"))
    #expect(text.contains("&lt;script&gt;alert(1)"))
  }

  @Test func onlyItsOwnStyleAndScriptAreAllowed() throws {
    let text = try html(SheetFixture.sheet)
    func hash(_ content: String) -> String {
      var digest = SHA256()
      digest.update(content)
      return "'sha256-" + Base64.encode(digest.finish()) + "'"
    }
    let policy = part(text, "Content-Security-Policy\" content=\"", "\"")
    #expect(
      policy == "default-src 'none'; img-src data:; style-src \(hash(part(text, "<style>", "</style>"))); "
        + "script-src \(hash(part(text, "<script>", "</script>"))); base-uri 'none'; form-action 'none'")
    #expect(!text.contains(" style=") && !text.contains("http:") && !text.contains("https:"))
  }

  @Test func whatIsWithheldIsNowhereInTheFile() throws {
    let secret = SheetFixture.item(1, "mrc", "SECRET", mandatory: "mrc", isWithheld: true)
    let text = try html(SheetFixture.sheet([secret, SheetFixture.item(2, "name", "open")]), .none("Withheld."))
    #expect(!text.contains("SECRET") && text.contains("data-withheld") && text.contains("only exec and finance"))
  }

  @Test func aPageWithoutAPictureSaysWhy() throws {
    let text = try html(SheetFixture.sheet, .none("The original <is> gone."))
    #expect(text.contains("The original &lt;is&gt; gone.") && !text.contains("<img"))
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
  ])
  func base64IsThatOfTheStandard(_ plain: String, _ encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
  }
}
