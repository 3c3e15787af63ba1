import Glibc
import PDF
import Pages
import Process
import Records

/// `{"pages":N}`, then a line for each page: its record, or `{"page":N,"error":"E_..."}`.
struct PageLines {
  /// Fewer characters than any page of a contract has; such a page is looked at for images.
  private static let fewCharacters = 200

  private let document: PDFDocument
  private let digest: String
  private let mayBeScan: Bool
  private let count: Int

  init(_ document: PDFDocument, digest: String, images: ImageDictionaries) throws(PDFError) {
    self.document = document
    self.digest = digest
    count = document.pageCount
    guard count > 0 else { throw .damaged }
    guard count <= ReadingLimits.pages else { throw .tooLarge }
    mayBeScan = images.mayCover(pages: count)
  }

  /// A page has a minute on a busy machine.
  static func startClock() { ResourceLimits.allow(cpuSeconds: ReadingLimits.pageSeconds, seconds: 60) }

  func write(from first: Int) -> PageJob.End {
    var out = ByteWriter(descriptor: STDOUT_FILENO)
    out.raw("{\"pages\":")
    out.integer(count)
    out.raw("}\n")
    do {
      for number in first..<max(first, count + 1) {
        // What was written tells the caller which page a process that breaks off was at.
        try out.flush()
        Self.startClock()
        line(number, to: &out)
        out.byte(0x0A)
      }
      try out.flush()
    } catch {
      return .output
    }
    return .done
  }

  private func line(_ number: Int, to out: inout ByteWriter) {
    do throws(PDFError) {
      let page = try page(number)
      // A character takes at most six bytes of a line, a word at most eighty more.
      if page.text.count * 6 + page.words.count * 80 > LineReader.longest - 4096 {
        refuse(number, "E_TOO_LARGE", to: &out)
      } else {
        page.write(to: &out)
      }
    } catch {
      refuse(number, "E_DAMAGED", to: &out)
    }
  }

  private func refuse(_ number: Int, _ code: StaticString, to out: inout ByteWriter) {
    out.raw("{\"page\":")
    out.integer(number)
    out.raw(",\"error\":\"")
    out.raw(code)
    out.raw("\"}")
  }

  private func page(_ number: Int) throws(PDFError) -> Page {
    let source = try document.page(number)
    let text = source.text()
    var signs = Page.Signs()
    if text.characters > 0 { signs.broken = text.broken * 1000 / text.characters }
    if mayBeScan || text.characters < Self.fewCharacters { signs.image = source.imageCover() }
    // Whoever put text over a picture of a page read it off the picture.
    if signs.image >= 500, text.characters > 0 { signs.hidden = source.hiddenShare(of: text) }
    return Page(
      document: digest, number: number, width: source.width, height: source.height, rotation: source.rotation(),
      signs: signs, text: text.bytes,
      words: text.words.map {
        PageWord(start: $0.start, length: $0.length, box: PageBox($0.box.x0, $0.box.y0, $0.box.x1, $0.box.y1))
      })
  }
}
