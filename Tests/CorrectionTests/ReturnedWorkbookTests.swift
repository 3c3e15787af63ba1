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
    try write(Self.rows)
  }

  private func write(_ rows: [FaultyRow]) throws {
    var schema = SchemaMessage(stream: "rows__rejects", keyProperties: [], properties: [])
    schema.columns = .array(["Id", "Monthly", "Start"].map { .fields([("name", .string($0))]) })
    schema.origin = .fields([("src", .string("sha256:00")), ("file", .string("x.csv"))])
    let day = try #require(CalendarDate(year: 2026, month: 6, day: 1))
    let result = try ErrorWorkbook(ErrorWorkbook.Facts(source: FaultySource(schema), asOf: day)).write(to: path) {
      body in
      for row in rows { try body(row) }
    }
    #expect(result.rows == rows.count && result.warnings.isEmpty)
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
    let rows = try CorrectedRows(book)
    #expect(rows.edits.isEmpty && rows.handedOn == 2)
  }

  @Test func rowsAreKnownByTheirIdHoweverTheyStand() throws {
    let book = try edited { sheet in
      sheet.set(1, "Monthly", .number(12000, decimals: 2))
      sheet.set(2, "_action", .text("skip"))
      sheet.rows = [sheet.rows[0], sheet.rows[2], sheet.rows[1]]
    }
    #expect(book.faults.isEmpty)
    let rows = try CorrectedRows(book)
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
    let rows = try CorrectedRows(book)
    #expect(rows.edits.filter { $0.kind == .undo }.map(\.before) == ["0048", "05.03.2024"])
    #expect(rows.count(.edit) == 2)
  }

  @Test(arguments: ["_row_id", "_source_row", "_status", "_codes", "_message", "_hash"])
  func aTouchedLockedCellIsNamed(_ header: String) throws {
    let book = try edited { $0.set(2, header, .text("R99")) }
    let column = try #require(
      ["_row_id", "_source_row", "_status", "_codes", "_message", "_hash"].firstIndex(of: header))
    #expect(book.faults.map(\.cell) == [["J3", "H3", "I3", "G3", "F3", "K3"][column]])
  }

  @Test func addedAndCopiedRowsAreRefused() throws {
    let book = try edited { sheet in
      sheet.rows.append(sheet.rows[1])
      sheet.rows.append([.text("0050"), .text("12.00")])
    }
    #expect(book.faults.map(\.cell) == ["J5", "J6"])
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
    #expect(try added.faults.isEmpty && CorrectedRows(added).edits.isEmpty)
    #expect(throws: CorrectionError.missingColumns(["Monthly"])) {
      try edited { sheet in for row in sheet.rows.indices { sheet.rows[row].remove(at: 2) } }
    }
  }

  /// A sheet that was renamed is named with those that are there, so that it gets its name back.
  @Test func aRenamedSheetIsMissedAmongTheOthers() throws {
    var copy = try WorkbookCopy(path)
    let place = try #require(copy.sheets.firstIndex { $0.name == "Fix" })
    copy.sheets[place].name = "Korrektur"
    try copy.write(path)
    #expect {
      try read()
    } throws: { error in
      guard let error = error as? CorrectionError, case .missingSheet("Fix", let others) = error else { return false }
      return others.contains("Korrektur") && error.message.contains("\"Korrektur\"")
        && error.hint.contains("give it back that name")
    }
  }

  /// A program lets one sort a column without its rows: nothing of that is taken, and the column is named.
  @Test func aColumnSortedByItselfIsNamed() throws {
    let many = (2...9).map { row in
      FaultyRow(
        row: row, status: .rejected, cells: ["A\(row)", "\(row * 7 % 9).00", "soon"],
        issues: [Issue("E_DATE", .error, field: "Start", message: "not a date")])
    }
    try write(many)
    let sorted = try edited { sheet in
      let texts = sheet.rows.dropFirst().map { $0[1].text }.sorted()
      for (row, text) in texts.enumerated() { sheet.set(row + 1, "Monthly", .text(text)) }
    }
    #expect(sorted.faults.map(\.cell) == ["B1"])
    #expect(sorted.faults[0].reason.contains("the column Monthly hold the texts of other rows"))
    // Four cells may be what somebody meant, and so may as many new texts as there are rows.
    try write(many)
    let few = try edited { sheet in
      let texts = (1...4).map { sheet.text($0, "Id") }
      for (row, text) in texts.reversed().enumerated() { sheet.set(row + 1, "Id", .text(text)) }
      for row in 1...8 { sheet.set(row, "Start", .text("2024-01-0\(row)")) }
    }
    #expect(try few.faults.isEmpty && CorrectedRows(few).count(.edit) == 12)
  }

  /// A row whose number was lost is told by the row of the source that stands beside it.
  @Test func aLostRowNumberIsSaid() throws {
    let book = try edited { sheet in
      sheet.set(1, "_row_id", .text("R99"))
      sheet.set(2, "_row_id", .blank)
    }
    #expect(
      book.faults.map(\.reason) == [
        "no row R99 was written: by its _source_row it was R2",
        "no row without _row_id was written: by its _source_row it was R5",
      ])
  }

  /// Rows turned around, columns moved, a column of one's own, a row taken out and every cell rewritten as a program saves it:
  /// each row still has what was done to it, and what was not touched is as it was.
  @Test func whatAProgramDoesToASheetLosesNothing() throws {
    let book = try edited { sheet in
      sheet.set(1, "Monthly", .text("12.00"))
      sheet.set(2, "Start", .date(19_787))
      let own = sheet.rows[0].count
      for row in sheet.rows.indices {
        while sheet.rows[row].count < own { sheet.rows[row].append(.blank) }
        sheet.rows[row] = sheet.rows[row].reversed() + [.text("mine")]
      }
      sheet.rows = [sheet.rows[0], [], sheet.rows[2], sheet.rows[1]]
    }
    #expect(book.faults.isEmpty)
    let rows = try CorrectedRows(book)
    let said = rows.edits.map { "\($0.kind) \($0.row) \($0.column) \($0.before) \($0.after)" }
    #expect(said == ["edit 2 Monthly call us 12.00", "edit 5 Start soon 2024-03-05", "delete 9   "])
    #expect(rows.handedOn == 2)
    let out = folder.file("out.jsonl")
    let file = open(out, O_WRONLY | O_CREAT, 0o600)
    try rows.write(to: file, name: "x", digest: "00", author: "a")
    close(file)
    let lines = try folder.read("out.jsonl").split(separator: "\n")
    #expect(lines[1].contains(#""record":{"Id":"0048","Monthly":"12.00","Start":"05.03.2024"},"row":2"#), "\(lines[1])")
    #expect(lines[2].contains(#""record":{"Id":"0049","Monthly":"12.50","Start":"2024-03-05"},"row":5"#), "\(lines[2])")
    #expect(lines[3].contains(#""in":3,"accepted":2,"rejected":1"#))
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
