import Pages
import Records
import TestSupport
import Testing

/// What `trunkline-extract` made of documents.
struct Documents {
  let status: Int32
  let errors: String
  let records: [JSON]
  let pages: [Page]
  let counts: [StreamCounts]
  let rejects: String

  /// Runs the command on files of these contents, in their names' order.
  init(
    _ files: [(name: String, bytes: [UInt8])], _ options: [String] = [], environment: [String: String] = [:]
  ) throws {
    let folder = try TemporaryFolder()
    for file in files { try folder.write(file.bytes, to: file.name) }
    let words = options + ["--rejects", folder.file("rejects"), "--"] + files.map { folder.file($0.name) }
    let outcome = try run("trunkline-extract", words, environment: environment, folder: folder.path)
    status = outcome.status
    errors = outcome.stderr
    var (records, pages): ([JSON], [Page]) = ([], [])
    var counts: [StreamCounts] = []
    for line in outcome.stdout.split(separator: "\n") {
      let message = try #require(JSON.parse(String(line)), "not JSON: \(line)")
      if message["type"]?.text == "STATE" {
        counts.append(try #require(message["value"]?["run"].flatMap { StreamCounts(json: $0) }))
      }
      guard message["type"]?.text == "RECORD", let record = message["record"] else { continue }
      if message["stream"]?.text == "documents" { records.append(record) }
      if message["stream"]?.text == "pages" { pages.append(try #require(Page(json: record), "no page: \(line)")) }
    }
    self.records = records
    self.pages = pages
    self.counts = counts
    rejects = (try? folder.read("rejects")) ?? ""
  }

  init(_ pdf: TestPDF, _ options: [String] = []) throws { try self.init([("a.pdf", pdf.bytes)], options) }

  var statuses: [String] { records.compactMap { $0["status"]?.text } }
  var texts: [String] { pages.map { String(decoding: $0.text, as: UTF8.self) } }

  /// The words of a page, each with its box.
  func words(_ page: Int = 0) -> [(text: String, box: PageBox)] {
    pages[page].words.map { (String(decoding: pages[page].text[$0.range], as: UTF8.self), $0.box) }
  }
}
