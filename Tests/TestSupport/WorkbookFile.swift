/// The parts of an XLSX file, unpacked by the system's `unzip`.
package struct WorkbookFile {
  package let path: String

  package init(path: String) { self.path = path }

  /// Tests that look inside of a workbook are skipped without it.
  package static let canBeRead = (try? run("unzip", ["-v"]))?.status == 0

  package func part(_ name: String) throws -> String {
    let outcome = try run("unzip", ["-p", path, name])
    guard outcome.status == 0 else {
      throw SystemFailure("unzip", "\(path) \(name): \(outcome.stderr)", code: outcome.status)
    }
    return outcome.stdout
  }

  /// The XML of sheet `number`, counted from 1.
  package func sheet(_ number: Int) throws -> String { try part("xl/worksheets/sheet\(number).xml") }

  /// What stands between `<v>` and `</v>` of a cell; nil where there is no such cell.
  package static func value(of cell: String, in xml: String) -> String? {
    element(of: cell, in: xml).flatMap { text(in: $0, from: "<v>", to: "</v>") }
  }

  /// A cell's formula.
  package static func formula(of cell: String, in xml: String) -> String? {
    element(of: cell, in: xml).flatMap { text(in: $0, from: "<f>", to: "</f>") }
  }

  package static func element(of cell: String, in xml: String) -> String? {
    guard let cell = text(in: xml, from: "<c r=\"\(cell)\"", to: "</c>") else { return nil }
    // A cell without content ends in its own tag.
    let tag = cell.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
    return tag[0].hasSuffix("/") ? String(tag[0]) : cell
  }

  /// The note at a cell of the first sheet that has notes; nil where it has none.
  package func note(_ cell: String) throws -> String? {
    guard let note = Self.text(in: try part("xl/comments1.xml"), from: "<comment ref=\"\(cell)\"", to: "</comment>"),
      let run = note.split(separator: "<t").last
    else { return nil }
    return Self.text(in: String(run), from: ">", to: "</t>")
  }

  private static func text(in xml: String, from start: String, to end: String) -> String? {
    let after = xml.split(separator: start, maxSplits: 1, omittingEmptySubsequences: false)
    guard after.count == 2 else { return nil }
    return after[1].split(separator: end, maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
  }
}
