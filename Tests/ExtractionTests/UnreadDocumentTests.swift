import Pages
import Records
import TestSupport
import Testing

/// Documents and pages that cannot be read: each is named, and nothing else is lost with it.
struct UnreadDocumentTests {
  private static let good = TestPDF(lines: ["good"]).bytes

  @Test func aDamagedDocumentCostsItselfAlone() throws {
    let found = try Documents([
      ("a.pdf", Self.good), ("b.pdf", Array("%PDF-1.7\nnothing of it".utf8)), ("c.pdf", TestPDF(lines: ["last"]).bytes),
    ])
    #expect(found.status == 10 && found.statuses == ["ok", "damaged", "ok"])
    #expect(found.texts == ["good\n", "last\n"])
    #expect(found.errors.contains("b.pdf: the document is damaged or cut short (E_DAMAGED)"))
    #expect(found.counts.map(\.rejected) == [0, 1, 0] && found.counts.allSatisfy(\.balanced))
    #expect(found.rejects.contains(#""_code":"E_DAMAGED""#) && found.rejects.contains(#""filename":"b.pdf""#))
  }

  @Test func aLoneDocumentThatCannotBeReadIsARejectedRecord() throws {
    let found = try Documents([("a.pdf", Array("%PDF-1.7\nnothing of it".utf8))])
    #expect(found.status == 3 && found.statuses == ["damaged"])
  }

  /// Cut anywhere, it is read or refused by name, and never ends the run.
  @Test func aTruncatedDocumentIsReadOrRefused() throws {
    let whole = TestPDF([.init(lines: ["one"]), .init(lines: ["two"])]).bytes
    let cuts = (1...8).map { (name: "\($0).pdf", bytes: Array(whole.prefix(whole.count * $0 / 9))) }
    let found = try Documents(cuts)
    #expect([0, 3, 10].contains(found.status) && found.statuses.count == cuts.count)
    #expect(found.statuses.contains("damaged") && found.counts.allSatisfy(\.balanced))
  }

  @Test func aPageThatIsMissingCostsItselfAlone() throws {
    let pdf = TestPDF([.init(lines: ["one"]), .init(lines: ["two"]), .init(lines: ["three"])])
    let text = String(decoding: pdf.bytes, as: UTF8.self)
    // The list of pages leads nowhere at its third place; every offset stays.
    let third = try #require(text.ranges(of: " 8 0 R]").first)
    let broken = text.replacingCharacters(of: third, with: " 0 0 R]")
    let found = try Documents([("a.pdf", Array(broken.utf8))])
    #expect(found.status == 3 && found.statuses == ["ok"])
    #expect(found.texts == ["one\n", "two\n"] && found.pages.map(\.number) == [1, 2])
    #expect(found.counts[0].input == 3 && found.counts[0].rejected == 1)
    #expect(found.rejects.contains(#""_message":"page 3 is damaged or missing""#))
  }

  @Test func theSameDocumentTwiceIsOne() throws {
    let found = try Documents([("a.pdf", Self.good), ("copy of a.pdf", Self.good)])
    #expect(found.status == 0 && found.records.count == 1)
    #expect(found.errors.contains("copy of a.pdf: the same document as"))
  }

  @Test func anEmptyFolderIsSaid() throws {
    let folder = try TemporaryFolder()
    let outcome = try run("trunkline-extract", ["."], folder: folder.path)
    #expect(outcome.status == 66 && outcome.stderr.contains("no files here"))
  }

  @Test func aPasswordIsNeverInTheArguments() throws {
    let found = try Documents([("a.pdf", Self.good)], ["--password", "hunter2"])
    #expect(found.status == 64 && !found.errors.contains("hunter2"))
  }
}

extension String {
  fileprivate func replacingCharacters(of range: Range<String.Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
