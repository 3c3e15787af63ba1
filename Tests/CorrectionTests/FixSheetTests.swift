import Correction
import Domain
import Records
import TestSupport
import Testing
import YAML

/// What a person sees on the sheet to correct: notes, colours, lists, and what goes to paper.
@Suite struct FixSheetTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("x.errors.xlsx") }

  private static let mapping = """
    name: x
    version: 1
    entity: circuit
    columns:
      Carrier: circuit.carrier
      Id: circuit.carrier_circuit_id
      Status: circuit.status
      Monthly: circuit.mrc
      Cur: circuit.currency
      Start: {to: circuit.install_date, required: true}
    """

  init() throws { folder = try TemporaryFolder() }

  private static func issue(_ code: String, _ field: String, _ message: String, _ hint: String) -> Records.Issue {
    Records.Issue(code, .error, field: field, message: message, hint: hint, value: "v")
  }

  private func write(_ rows: [FaultyRow]) throws -> WorkbookFile {
    var schema = SchemaMessage(stream: "rows__rejects", keyProperties: [], properties: [])
    schema.columns = .array(
      ["Carrier", "Id", "Status", "Monthly", "Cur", "Start"].map { .fields([("name", .string($0))]) })
    schema.origin = .fields([("src", .string("sha256:00")), ("file", .string("x.csv"))])
    let day = try #require(CalendarDate(year: 2026, month: 6, day: 1))
    var facts = ErrorWorkbook.Facts(source: FaultySource(schema), asOf: day)
    facts.targets = ColumnTargets(try SpecReader.parse(file: "m.yaml", bytes: Array(Self.mapping.utf8)))
    _ = try ErrorWorkbook(facts).write(to: path) { body in for row in rows { try body(row) } }
    return WorkbookFile(path: path)
  }

  private static func row(_ number: Int, _ issues: [Records.Issue]) -> FaultyRow {
    FaultyRow(
      row: number, status: .rejected, cells: ["Lumen", "A\(number)", "Live-ish", "call us", "US$", "soon"],
      issues: issues)
  }

  private func note(_ cell: String, _ book: WorkbookFile) throws -> String {
    try #require(try book.note(cell), "no note at \(cell)")
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func eachNoteHasItsOwnReasonAndRemedy() throws {
    let book = try write([
      Self.row(
        2,
        [
          Self.issue("E_CODE", "Status", "the word is not in the list", "use a word of the list"),
          Self.issue("E_MONEY", "Monthly", "not an amount; nor a word", "write an amount"),
        ])
    ])
    let (status, monthly) = (try note("C2", book), try note("D2", book))
    #expect(status.contains("E_CODE: the word is not in the list\nWhat to do: use a word of the list"))
    #expect(!status.contains("amount") && !monthly.contains("list") && monthly.contains("nor a word"))
  }

  /// Blank is offered where the row is taken without the cell, and only there; leaving the row out always is.
  @Test(.enabled(if: WorkbookFile.canBeRead)) func everyNoteSaysWhatElseMayBeDone() throws {
    let fields = ["Carrier", "Id", "Status", "Monthly", "Cur", "Start"]
    let book = try write([Self.row(2, fields.map { Self.issue("E_X", $0, "m", "h") })])
    let notes = try "ABCDEF".map { try note("\($0)2", book) }
    for note in notes { #expect(note.contains("set _action to skip (the row is not loaded)"), "\(note)") }
    #expect(notes.map { $0.contains("leave the cell blank") } == [false, false, true, true, false, false])
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func aRowWithoutACellToBlameHasItsNoteAtTheCodes() throws {
    let book = try write([Self.row(2, [Self.issue("E_NUL", "", "the row holds NUL bytes", "export again")])])
    // Six columns of the source, _action, _comment, _message, _codes.
    #expect(try note("J2", book).contains("E_NUL: the row holds NUL bytes"))
  }

  /// Rows that contradict each other in a column are red there; in none of the file's columns, where their key is.
  @Test(.enabled(if: WorkbookFile.canBeRead)) func whatDiffersIsColoured() throws {
    let book = try write([
      Self.row(2, [Self.issue("E_DUP_KEY", "mrc", "rows 2, 3 differ in mrc", "")]),
      Self.row(3, [Self.issue("E_DUP_KEY", "notice_days", "rows 2, 3 differ in notice_days", "")]),
    ])
    #expect(try note("D2", book).contains("E_DUP_KEY"))
    #expect(try note("A3", book).contains("E_DUP_KEY") && note("B3", book).contains("E_DUP_KEY"))
    let sheet = try book.part("xl/worksheets/sheet2.xml")
    func style(_ cell: String) -> String? {
      WorkbookFile.element(of: cell, in: sheet)?.split(separator: "\"").dropFirst().first.map(String.init)
    }
    #expect(style("D2") != nil && style("D2") == style("A3") && style("D2") == style("B3"))
    #expect(style("D2") != style("D3") && style("A2") != style("A3"))
  }

  @Test(.enabled(if: WorkbookFile.canBeRead)) func whoTypesAnotherWordIsToldWhy() throws {
    let book = try write([Self.row(2, [Self.issue("E_CODE", "Status", "m", "h")])])
    let sheet = try book.part("xl/worksheets/sheet2.xml")
    let rules = sheet.split(separator: "<dataValidation ").dropFirst()
    #expect(rules.count == 2)
    for rule in rules { #expect(rule.contains("showErrorMessage=\"1\"") && rule.contains("error=\"")) }
    // Only an action is refused outright: of a field the mapping may know the word.
    #expect(rules.filter { $0.contains("errorStyle=\"warning\"") }.map { $0.contains("sqref=\"C2\"") } == [true])
  }

  /// Fix goes to paper on pages that can be read, without the columns that are there for programs.
  @Test(.enabled(if: WorkbookFile.canBeRead)) func whatIsPrintedCanBeRead() throws {
    let book = try write([Self.row(2, [Self.issue("E_CODE", "Status", "m", "h")])])
    let names = try book.part("xl/workbook.xml")
    // Up to _status: what follows are _row_id and _hash.
    #expect(names.contains("Fix!$A$1:$L$2") && names.contains("Accepted!$A$1:$D$2"), "\(names)")
    #expect(try book.part("xl/worksheets/sheet2.xml").contains("<c r=\"M1\" s=\""))
    let errors = try WorkbookCopy(path)["Errors"]
    #expect(errors.rows[2].map(\.text).contains("the word is not in the field's list"))
  }
}
