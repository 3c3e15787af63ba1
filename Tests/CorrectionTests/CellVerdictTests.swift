import Correction
import Testing

/// What a spreadsheet program does to texts is undone exactly or refused; what a person types is an edit.
@Suite struct CellVerdictTests {
  @Test(
    arguments: [
      // The text that stood, what came back, how.
      ("0048", .number, "48"), ("00012345", .number, "12345"), ("000", .number, "0"),
      ("2024-03-05", .number, "45356"), ("05/03/2024", .number, "45356"), ("3/5/2024", .number, "45356"),
      ("2024-03-05", .date, "2024-03-05T00:00:00"), ("5.3.2024", .date, "2024-03-05"),
      ("123456789012345678", .number, "123456789012345000"), ("123456789012", .text, "1.23457E+11"),
      ("8901234567890123", .text, "8.90123E+15"), ("12.50", .number, "12.5"), ("1.200,50", .number, "1200.5"),
      ("12%", .number, "0.12"), ("1234.50", .text, "1234,50"), ("1,234.50", .text, "1.234,50"),
      ("the \"A\" end", .text, "the \u{201C}A\u{201D} end"), ("carrier's", .text, "carrier\u{2019}s"),
      ("a -- b", .text, "a \u{2014} b"), ("wait...", .text, "wait\u{2026}"), ("true", .boolean, "TRUE"),
      ("3-4", .date, "2026-04-03"), ("MAR1", .date, "2026-03-01"), ("1/12", .date, "2026-12-01"),
    ] as [(String, ReturnedCell.Kind, String)])
  func whatTheProgramDidIsUndone(_ original: String, _ kind: ReturnedCell.Kind, _ text: String) {
    guard case .undone = CellVerdict.of(original, ReturnedCell(kind, text)) else {
      Issue.record("\(original) came back as \(text): \(CellVerdict.of(original, ReturnedCell(kind, text)))")
      return
    }
  }

  @Test(
    arguments: [
      ("call us", .number, "120"), ("call us", .text, "120.00"), ("soon", .date, "2024-02-28"), ("0048", .text, "48"),
      ("0048", .number, "49"), ("12.50", .number, "12.75"), ("maybe", .boolean, "TRUE"), ("x", .error, "#N/A"),
      ("", .number, "7"), ("2024-03-05", .date, "2024-03-06"), ("45356", .text, "2024-03-05"),
      ("say \"hi\"", .text, "say \u{201C}bye\u{201D}"),
    ] as [(String, ReturnedCell.Kind, String)])
  func whatAPersonTypedIsAnEdit(_ original: String, _ kind: ReturnedCell.Kind, _ text: String) {
    guard case .edited(let now) = CellVerdict.of(original, ReturnedCell(kind, text)) else {
      Issue.record("\(original) came back as \(text): \(CellVerdict.of(original, ReturnedCell(kind, text)))")
      return
    }
    #expect(now == text)
  }

  /// A refused cell may have been refused for its decimal mark or the order of its date: that is what a person mends.
  @Test(
    arguments: [
      ("12,50", .text, "12.50", "12.50"), ("1.234", .text, "1,234", "1,234"), ("12,50", .number, "12.5", "12.5"),
      ("04/03/2026", .date, "2026-03-04", "2026-03-04"), ("04/03/2026", .date, "2026-04-03T00:00:00", "2026-04-03"),
      ("04/03/2026", .number, "46085", "2026-03-04"),
    ] as [(String, ReturnedCell.Kind, String, String)])
  func whatWasRefusedIsMended(_ original: String, _ kind: ReturnedCell.Kind, _ text: String, _ now: String) {
    #expect(CellVerdict.of(original, ReturnedCell(kind, text), isRefused: true) == .edited(now))
    guard case .undone = CellVerdict.of(original, ReturnedCell(kind, text)) else {
      Issue.record("\(original) as \(text) was not refused, and not undone")
      return
    }
  }

  @Test(
    arguments: [
      ("0048", .number, "48"), ("123456789012", .text, "1.23457E+11"), ("5.13.2024", .date, "2024-05-13"),
    ] as [(String, ReturnedCell.Kind, String)])
  func damageIsUndoneInRefusedCellsToo(_ original: String, _ kind: ReturnedCell.Kind, _ text: String) {
    guard case .undone = CellVerdict.of(original, ReturnedCell(kind, text), isRefused: true) else {
      Issue.record("\(original) came back as \(text)")
      return
    }
  }

  @Test(
    arguments: [
      ("2024-03-05", .number, "45400", false), ("call us", .text, "1.2E+15", false), ("x", .error, "#REF!", true),
      ("x", .error, "#N/A", true), ("17", .number, "12345678901234567", false), ("x", .broken, "3", false),
      ("223456789012345678", .number, "123456789012345000", false),
    ] as [(String, ReturnedCell.Kind, String, Bool)])
  func whatCannotBeToldIsRefused(_ original: String, _ kind: ReturnedCell.Kind, _ text: String, _ isFormula: Bool) {
    guard case .damaged = CellVerdict.of(original, ReturnedCell(kind, text, isFormula: isFormula)) else {
      Issue.record("\(original) came back as \(text)")
      return
    }
  }

  @Test func blankCellsAreTexts() {
    #expect(CellVerdict.of("", nil) == .same)
    #expect(CellVerdict.of("x", nil) == .edited(""))
    #expect(CellVerdict.of("x", ReturnedCell(.text, "x")) == .same)
    #expect(CellVerdict.of("48", ReturnedCell(.number, "48")) == .same)
  }
}
