import Correction
import Domain
import Glibc
import Records
import Scratch
import TestSupport
import Testing

/// A workbook that comes back is taken as it is meant, or refused cell by cell.
@Suite struct ReturnedWorkbookTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("x.errors.xlsx") }

  private static let rows = [
    FaultyRow(
      row: 2, status: .rejected, cells: ["0048", "call us", "05.03.2024"],
      issues: [Issue("E_MONEY", .error, field: "Monthly", message: "not an amount", value: "call us")]),
    FaultyRow(
      row: 5, status: .rejected, cells: ["0049", "12.50", "soon"],
      issues: [Issue("E_DATE", .error, field: "Start", message: "not a date", value: "soon")]),
    FaultyRow(
      row: 9, status: .warning, cells: ["", "7", ""], issues: [Issue("W_NO_KEY", .warn, message: "no key")]),
  ]

  init() throws {
    folder = try TemporaryFolder()
    var schema = SchemaMessage(stream: "rows__rejects", keyProperties: [], properties: [])
    schema.columns = .array(["Id", "Monthly", "Start"].map { .fields([("name", .string($0))]) })
    schema.origin = .fields([("src", .string("sha256:00")), ("file", .string("x.csv"))])
    let day = try #require(CalendarDate(year: 2026, month: 6, day: 1))
    let result = try ErrorWorkbook(ErrorWorkbook.Facts(source: FaultySource(schema), asOf: day)).write(to: path) {
      body in
      for row in Self.rows { try body(row) }
    }
    #expect(result.rows == 3 && result.warnings.isEmpty)
  }

  private func read() throws -> ReturnedWorkbook {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    let text = try TemporaryPlace.file(in: folder.path, named: "sheets")
    return try ReturnedWorkbook(descriptor: file, path: path, text: text) { workbook, text in
      ReturnedSheets.write(workbook, to: text, temporary: "/tmp") == 2 ? "could not write" : nil
    }
  }

  private func edited(_ edit: (inout WorkbookCopy.Sheet) -> Void) throws -> ReturnedWorkbook {
    var copy = try WorkbookCopy(path)
    edit(&copy["Fix"])
    try copy.write(path)
    return try read()
  }

  @Test func untouchedNothingIsEdited() throws {
    let book = try read()
    #expect(book.faults.isEmpty)
    let rows = CorrectedRows(book)
    #expect(rows.edits.isEmpty && rows.handedOn == 2)
  }

  @Test func rowsAreKnownByTheirIdHoweverTheyStand() throws {
    let book = try edited { sheet in
      sheet.set(1, "Monthly", .number(12000, decimals: 2))
      sheet.set(2, "_action", .text("skip"))
      sheet.rows = [sheet.rows[0], sheet.rows[2], sheet.rows[1]]
    }
    #expect(book.faults.isEmpty)
    let rows = CorrectedRows(book)
    #expect(rows.handedOn == 1 && rows.count(.skip) == 1 && rows.count(.delete) == 1)
    #expect(rows.edits.first { $0.kind == .edit }?.after == "120")
    #expect(rows.edits.first { $0.kind == .delete }?.row == 9)
  }

  @Test func damageIsUndoneAndSaid() throws {
    let book = try edited { sheet in
      sheet.set(1, "Id", .number(48, decimals: 0))
      sheet.set(1, "Start", .date(19_787))
      sheet.set(1, "Monthly", .text("99.00"))
      sheet.set(2, "Start", .text("2024-01-01"))
    }
    #expect(book.faults.isEmpty)
    let rows = CorrectedRows(book)
    #expect(rows.edits.filter { $0.kind == .undo }.map(\.before) == ["0048", "05.03.2024"])
    #expect(rows.count(.edit) == 2)
  }

  @Test(arguments: ["_row_id", "_source_row", "_status", "_codes", "_message", "_hash"])
  func aTouchedLockedCellIsNamed(_ header: String) throws {
    let book = try edited { $0.set(2, header, .text("R99")) }
    let column = try #require(
      ["_row_id", "_source_row", "_status", "_codes", "_message", "_hash"].firstIndex(of: header))
    #expect(book.faults.map(\.cell) == [["F3", "G3", "H3", "I3", "J3", "K3"][column]])
  }

  @Test func addedAndCopiedRowsAreRefused() throws {
    let book = try edited { sheet in
      sheet.rows.append(sheet.rows[1])
      sheet.rows.append([.text("0050"), .text("12.00")])
    }
    #expect(book.faults.map(\.cell) == ["F5", "F6"])
  }

  @Test func damageThatCannotBeToldIsRefused() throws {
    let book = try edited { sheet in
      sheet.set(1, "Start", .number(45_999, decimals: 0))
      sheet.set(2, "Monthly", .text("1.2E+15"))
      sheet.set(2, "_action", .text("perhaps"))
    }
    #expect(Set(book.faults.map(\.cell)) == ["C2", "B3", "D3"])
  }

  @Test func aColumnTakenOutIsMissedAndOneAddedIsNot() throws {
    let added = try edited { sheet in
      for row in sheet.rows.indices { sheet.rows[row].insert(.text("mine \(row)"), at: 1) }
    }
    #expect(added.faults.isEmpty && CorrectedRows(added).edits.isEmpty)
    #expect(throws: CorrectionError.missingColumns(["Monthly"])) {
      try edited { sheet in for row in sheet.rows.indices { sheet.rows[row].remove(at: 2) } }
    }
  }

  @Test func whatIsOutOfSightIsSealed() throws {
    var copy = try WorkbookCopy(path)
    let packed = copy["_original"].rows[1][1].text
    copy["_original"].rows[1][1] = .text(packed.replacing("call us", with: "call me"))
    try copy.write(path)
    #expect(throws: CorrectionError.brokenSeal) { try read() }
    copy.sheets.removeAll { $0.name == "_meta" }
    try copy.write(path)
    #expect(throws: CorrectionError.notOurs) { try read() }
  }
}
