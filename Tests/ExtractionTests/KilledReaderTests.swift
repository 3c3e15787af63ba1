import Glibc
import Pages
import Records
import TestSupport
import Testing

/// The process that reads a PDF ends by a real signal, in the middle of a line, in a file among others.
struct KilledReaderTests {
  /// Three documents, and the program beside a stand-in for its reader.
  private struct Desk {
    let folder: TemporaryFolder

    /// `deed` is what becomes of a reading of the second, whose first page is then `$3`.
    init(_ deed: String) throws {
      folder = try TemporaryFolder()
      try folder.write(TestPDF(lines: ["the first"]).bytes, to: "a.pdf")
      try folder.write(TestPDF((1...6).map { .init(lines: ["page \($0)"]) }).bytes, to: "b.pdf")
      try folder.write(TestPDF(lines: ["the last"]).bytes, to: "c.pdf")
      makeFolder(folder.file("bin"))
      guard link(productsFolder + "/trunkline-extract", folder.file("bin/trunkline-extract")) == 0 else {
        throw SystemFailure("link", productsFolder)
      }
      // What the reader prints is its head, with the number of pages, and a line a page.
      try folder.write(
        """
        #!/bin/bash
        pages() { '\(productsFolder)/trunkline-pages' read "$1" 1 < '\(folder.file("b.pdf"))'; }
        if [ "$2" = "$(sha256sum < '\(folder.file("b.pdf"))' | cut -c1-64)" ]; then
          \(deed)
        fi
        exec '\(productsFolder)/trunkline-pages' "$@"
        """, to: "bin/trunkline-pages")
      chmod(folder.file("bin/trunkline-pages"), 0o755)
    }

    func extract() throws -> Outcome {
      try run(
        folder.file("bin/trunkline-extract"), ["--rejects", "r.jsonl", "a.pdf", "b.pdf", "c.pdf"], folder: folder.path)
    }

    func pages(_ outcome: Outcome) throws -> [String: [Int]] {
      var pages: [String: [Int]] = [:]
      var file = ""
      for line in outcome.stdout.split(separator: "\n") {
        let message = try #require(JSON.parse(String(line)))
        if let name = message["x-origin"]?["file"]?.text { file = name }
        if message["type"]?.text == "RECORD", message["stream"]?.text == "pages" {
          pages[file, default: []].append(message["record"]?["page"]?.int ?? 0)
        }
      }
      return pages
    }
  }

  @Test(arguments: ["SEGV", "ABRT", "BUS", "KILL"]) func aReaderThatBreaksOffCostsOnePage(_ signal: String) throws {
    let desk = try Desk(
      "[ \"$3\" = 1 ] && { pages \"$2\" | head -n 3; pages \"$2\" | sed -n 4p | head -c 40; kill -\(signal) $$; }")
    let outcome = try desk.extract()
    #expect(outcome.status == 3 || outcome.status == 10, "\(outcome.status) \(outcome.stderr)")
    #expect(try desk.pages(outcome) == ["a.pdf": [1], "b.pdf": [1, 2, 4, 5, 6], "c.pdf": [1]])
    let rejects = try desk.folder.read("r.jsonl")
    #expect(rejects.contains("reading page 3 broke off (signal"), "\(rejects)")
    #expect(outcome.stderr.contains("b.pdf") && !outcome.stderr.contains("a.pdf: "), "\(outcome.stderr)")
  }

  @Test func aReaderThatAlwaysBreaksOffCostsItsDocumentAlone() throws {
    let desk = try Desk("kill -SEGV $$")
    let outcome = try desk.extract()
    #expect(outcome.status == 10, "\(outcome.status) \(outcome.stderr)")
    #expect(try desk.pages(outcome) == ["a.pdf": [1], "c.pdf": [1]])
    let rejects = try desk.folder.read("r.jsonl")
    #expect(rejects.contains("E_DAMAGED") && rejects.contains("\"filename\":\"b.pdf\""), "\(rejects)")
  }
}
