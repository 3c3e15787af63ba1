import Glibc
import Pages
import Records
import TestSupport
import Testing

/// Words stand upright for the reader of a page; on the page as it is shown they stand where they were.
struct PlacementTests {
  @Test(arguments: [
    (0, PageBox(10, 20, 30, 25)), (90, PageBox(20, 70, 25, 90)), (180, PageBox(70, 175, 90, 180)),
    (270, PageBox(175, 10, 180, 30)),
  ])
  func turnsBack(_ turn: Int, _ shown: PageBox) {
    let page = Page(document: "", number: 1, width: 100, height: 200, turn: turn, method: .ocr)
    #expect(page.shown(PageBox(10, 20, 30, 25)) == shown)
  }

  @Test func slantsBack() {
    let page = Page(document: "", number: 1, width: 600_000, height: 800_000, slope: 20_000, method: .ocr)
    // 290 points right of the middle the line lies 5.8 lower, 390 above it 7.8 further right.
    #expect(page.shown(PageBox(580_000, 0, 600_000, 20_000)) == PageBox(587_800, 5_800, 607_800, 25_800))
    #expect(page.shown(PageBox(290_000, 390_000, 310_000, 410_000)) == PageBox(290_000, 390_000, 310_000, 410_000))
  }

  @Test func theRecordSaysSo() throws {
    var page = PageStream.page(1, isScan: true)
    #expect(!page.json.line.contains("turn") && !page.json.line.contains("slope"))
    (page.turn, page.slope, page.method) = (270, -1234, .ocr)
    #expect(Page(json: try #require(JSON.parse(page.json.line))) == page)
    let folder = try TemporaryFolder()
    let file = open(folder.file("page"), O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    var out = ByteWriter(descriptor: file)
    page.write(to: &out)
    try out.flush()
    #expect(try folder.read("page") == page.json.line)
    #expect(Page(json: try #require(JSON.parse(page.json.line.replacing("270", with: "45")))) == nil)
  }
}
