import TestSupport
import Testing

@testable import Correction

/// What the sheet Errors says of a code is what docs/rejects.md says.
@Suite struct CodeMeaningTests {
  private struct Row {
    let section: String
    let code: String
    let meaning: String
    let remedy: String
  }

  private func page() throws -> [Row] {
    var section = ""
    var rows: [Row] = []
    let text = String(decoding: try readFile(repositoryRoot + "/docs/rejects.md"), as: UTF8.self)
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      let cells = line.split(separator: " | ").map { Self.plain(String($0)) }
      guard cells.count == 3, cells[0].hasPrefix("| E_") || cells[0].hasPrefix("| W_") else { continue }
      rows.append(
        Row(
          section: section, code: String(cells[0].dropFirst(2)), meaning: cells[1], remedy: String(cells[2].dropLast(2))
        )
      )
    }
    return rows
  }

  /// Without marks of code and addresses of links.
  private static func plain(_ text: String) -> String {
    let bare = text.filter { $0 != "`" }
    guard let open = bare.firstIndex(of: "["), let close = bare[open...].firstIndex(of: "]"),
      let end = bare[close...].firstIndex(of: ")")
    else { return bare }
    return String(bare[..<open]) + bare[bare.index(after: open)..<close] + bare[bare.index(after: end)...]
  }

  @Test func everyMeaningIsThatOfThePage() throws {
    let rows = try page()
    #expect(rows.count > 60)
    for (code, known) in CodeMeaning.all {
      // A code may be said of a file, too.
      let said = rows.filter { $0.code == code }
      #expect(
        said.contains { $0.meaning == known.meaning && $0.remedy == known.remedy },
        "CodeMeaning says of \(code) something else than \(said)")
    }
  }

  @Test func everyCodeOfARowHasOne() throws {
    let steps = ["Reading cells (map)", "Taking records (stage)", "Comparing (diff)"]
    let rows = try page().filter { steps.contains($0.section) }
    #expect(Set(rows.map(\.section)).count == 3)
    for row in rows { #expect(CodeMeaning.of(row.code) != nil, "\(row.code)") }
  }
}
