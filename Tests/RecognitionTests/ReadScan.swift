import Pages
import Records
import TestSupport
import Testing

/// A stream of documents and their pages, taken apart.
struct ReadScan {
  let status: Int32
  let errors: String
  let lines: [String]
  let streams: [String]
  let statuses: [String]
  let pages: [Page]

  init(_ folder: TemporaryFolder, _ name: String, status: Int32, errors: String) throws {
    (self.status, self.errors) = (status, errors)
    lines = try folder.read(name).split(separator: "\n").map(String.init)
    let records = lines.compactMap { JSON.parse($0) }.filter { $0["type"]?.text == "RECORD" }
    streams = records.compactMap { $0["stream"]?.text }
    statuses = records.filter { $0["stream"]?.text == "documents" }.compactMap { $0["record"]?["status"]?.text }
    pages = records.filter { $0["stream"]?.text == "pages" }.compactMap { $0["record"].flatMap { Page(json: $0) } }
  }

  var texts: [String] { pages.map { String(decoding: $0.text, as: UTF8.self) } }

  /// Where a word stands on the page as it is shown; nil for one that was not found.
  func place(of word: String, on page: Int = 0) -> PageBox? {
    let page = pages[page]
    return page.words.first { String(decoding: page.text[$0.range], as: UTF8.self) == word }.map { page.shown($0.box) }
  }
}

extension PageBox {
  /// Whether the two share more than half of either.
  func isPlace(of other: PageBox) -> Bool {
    let (wide, high) = (min(x1, other.x1) - max(x0, other.x0), min(y1, other.y1) - max(y0, other.y0))
    guard wide > 0, high > 0 else { return false }
    let shared = Int64(wide) * Int64(high) * 2
    return shared > Int64(width) * Int64(height) && shared > Int64(other.width) * Int64(other.height)
  }
}
