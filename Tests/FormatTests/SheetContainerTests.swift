import Spreadsheets
import TestSupport
import Testing

/// ZIP archives and other files that come under the name of a workbook.
struct SheetContainerTests {
  private static let book = TestBook([.init("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")])

  @Test func junkAroundTheArchiveIsToldAndLeftOut() throws {
    let after = try ReadBook(Self.book.bytes + Array(repeating: 0x41, count: 5000))
    #expect(after.notes == ["W_ZIP: bytes after the end of the ZIP archive are left out"])
    let before = try ReadBook(Array("#!/bin/sh\n".utf8) + Self.book.bytes)
    #expect(before.notes == ["W_ZIP: 10 bytes before the ZIP archive are left out"])
    #expect(after.cells == [["A1 number 1"]] && before.cells == after.cells)
    #expect(refusal(Self.book.bytes + Array(repeating: 0x41, count: 70_000)).hasPrefix("E_ZIP"))
  }

  @Test func namesMayDifferInCaseAndSlashes() throws {
    var entries = Self.book.entries
    for index in entries.indices { entries[index].name = entries[index].name.uppercased() }
    #expect(try ReadBook(ZipBytes(entries).bytes).cells == [["A1 number 1"]])
    for index in entries.indices {
      entries[index].name = entries[index].name.split(separator: "/").joined(separator: "\\")
    }
    let book = try ReadBook(ZipBytes(entries).bytes)
    #expect(book.cells == [["A1 number 1"]])
    #expect(book.notes == ["W_ZIP: part names with backslashes, as some writers leave them"])
  }

  @Test func twoPartsOfOneNameAreRefused() {
    let sheet = "xl/worksheets/sheet1.xml"
    for name in [sheet, "XL/worksheets/sheet1.xml", "/xl\\worksheets/sheet1.xml"] {
      let entries = Self.book.entries + [ZipBytes.Entry(name, "<worksheet/>")]
      #expect(refusal(ZipBytes(entries).bytes).hasPrefix("E_ZIP: part \(name): there twice"))
    }
  }

  @Test func damageNamesThePart() {
    let bytes = Self.book.bytes
    #expect(refusal(Array(bytes.prefix(bytes.count / 2))).hasPrefix("E_ZIP: the ZIP archive is cut short"))
    var entries = Self.book.entries
    entries[4].checksum ^= 1
    #expect(refusal(ZipBytes(entries).bytes).hasPrefix("E_ZIP: part xl/worksheets/sheet1.xml: damaged"))
    entries = Self.book.entries
    entries[4] = ZipBytes.Entry("xl/worksheets/sheet1.xml", head: "<a>", byte: 0x20, count: 9999, tail: "</a>")
    entries[4].packed[20] ^= 0xFF
    #expect(refusal(ZipBytes(entries).bytes).hasPrefix("E_ZIP: part xl/worksheets/sheet1.xml: damaged"))
    entries[4].method = 20
    #expect(refusal(ZipBytes(entries).bytes).hasPrefix("E_ZIP: part xl/worksheets/sheet1.xml: cannot be unpacked"))
    entries = Self.book.entries
    entries[4].flags = 1
    #expect(refusal(ZipBytes(entries).bytes) == "E_PASSWORD: the workbook is protected by a password")
  }

  @Test func tooManyPartsAreRefusedBeforeTheyAreListed() {
    var limits = SpreadsheetLimits()
    limits.parts = 3
    #expect(refusal(Self.book.bytes, limits) == "E_BOMB: part (table of contents): 5 parts, more than 3")
  }

  private static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private func oleFile(_ name: String) -> [UInt8] {
    Self.ole + Array(repeating: 0, count: 1016) + name.utf8.flatMap { [$0, 0] } + Array(repeating: 0, count: 8000)
  }

  @Test func otherFilesAreNamedWithAWayOut() {
    #expect(refusal(oleFile("EncryptedPackage")) == "E_PASSWORD: the workbook is protected by a password")
    #expect(refusal(oleFile("Workbook")) == "E_TYPE: this is an XLS workbook of Excel 97 to 2003")
    #expect(refusal(oleFile("Book")) == "E_TYPE: this is an XLS workbook of Excel 97 to 2003")
    #expect(refusal(oleFile("WORKBOOK")) == "E_TYPE: this is an XLS workbook of Excel 97 to 2003")
    #expect(refusal(oleFile("Something")) == "E_TYPE: this is an OLE2 file that is no workbook")
    func zip(_ names: String...) -> String { refusal(ZipBytes(names.map { ZipBytes.Entry($0, "x") }).bytes) }
    #expect(zip("word/document.xml") == "E_TYPE: this is a Word document")
    #expect(zip("xl/workbook.bin") == "E_TYPE: this is an XLSB workbook")
    #expect(zip("inventory.csv") == "E_TYPE: this is a ZIP archive with inventory.csv inside")
    #expect(zip("Index/Document.iwa") == "E_TYPE: this is an Apple Numbers document")
    #expect(zip("a.txt") == "E_TYPE: this is a ZIP archive without a workbook")
    #expect(zip() == "E_TYPE: this is a ZIP archive without a workbook")
  }

  /// Whatever bytes of a workbook change, it is read or refused; nothing else happens.
  @Test func damagedAtRandomItIsReadOrRefused() throws {
    var random = SplitMix64()
    var book = TestBook(
      [.init("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>45355.5</v></c></row>")],
      formats: ["yyyy"], strings: ["<t>a_x000D_b</t>"])
    let openDocument = TestBook(
      openDocument:
        "<table:table table:name=\"S\"><table:table-row><table:table-cell table:number-columns-repeated=\"2\" "
        + "office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>")
    var seen: Set<String> = []
    for round in 0..<600 {
      if round == 300 { book = openDocument }
      var entries = book.entries
      var bytes: [UInt8]
      if round % 2 == 0 {
        bytes = ZipBytes(entries).bytes
        for _ in 0..<3 { bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next()) }
      } else {
        let part = Int(random.next() % UInt64(entries.count))
        var text = entries[part].packed
        let from = Int(random.next() % UInt64(text.count))
        text.replaceSubrange(
          from..<min(text.count, from + 3),
          with: [
            UInt8(
              "<>\"&/=A9"
                .utf8.randomElement(using: &random) ?? 0)
          ])
        entries[part] = ZipBytes.Entry(entries[part].name, text)
        bytes = ZipBytes(entries).bytes
      }
      let outcome = refusal(bytes)
      #expect(outcome == "accepted" || outcome.hasPrefix("E_"), "\(outcome), seed \(random.seed), round \(round)")
      seen.insert(String(outcome.prefix(6)))
    }
    #expect(seen.count > 3)
  }
}
