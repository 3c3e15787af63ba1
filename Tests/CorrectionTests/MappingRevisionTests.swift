import Correction
import Testing

/// A decision about a column changes its own place in a mapping, and nothing else.
@Suite struct MappingRevisionTests {
  private func revised(_ text: String, _ column: String = "Floor", _ target: String = "endpoint.a.suite") throws
    -> String
  {
    try MappingRevision.text(of: "m.yaml", text, with: [ColumnDecision(column: column, target: target)])
  }

  @Test(arguments: [
    (
      "# mine\ncolumns:\n  MRC: circuit.mrc # kept\n",
      "# mine\ncolumns:\n  \"Floor\": endpoint.a.suite\n  MRC: circuit.mrc # kept\n"
    ),
    ("columns: {MRC: circuit.mrc}\n", "columns: {\"Floor\": endpoint.a.suite, MRC: circuit.mrc}\n"),
    (
      "columns:\n  Floor: ignore # why\n  \"*\": ignore\n",
      "columns:\n  Floor: endpoint.a.suite # why\n  \"*\": ignore\n"
    ),
    ("columns: {Größe: ignore, Floor: undecided}\n", "columns: {Größe: ignore, Floor: endpoint.a.suite}\n"),
  ])
  func aDecisionTakesItsPlace(_ before: String, _ after: String) throws {
    #expect(try revised(before) == after)
    #expect(try revised(after) == after, "the same decision twice")
  }

  @Test(arguments: ["name: x\n", "columns:\n  Floor: {to: circuit.notes}\n", "columns:\n  Floor: \"ignore\"\n"])
  func whatOnlyAPersonCanChangeIsSaidSo(_ text: String) {
    #expect(throws: CorrectionError.fixedMapping(file: "m.yaml", column: "Floor")) { try revised(text) }
  }
}
