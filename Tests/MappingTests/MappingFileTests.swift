import Mapping
import Model
import Records
import Testing
import YAML

struct MappingFileTests {
  @Test func everyMistakeHasItsLine() {
    let text = """
      name: t
      entity: circuit
      mod: partial
      defaults: {currency: XXQ, dates: dym}
      columns:
        A: {to: circuit.mcr}
        B: {to: mrc, parse: date}
        C: {to: mrc, requird: true}
        D: endpoint.street
      on_missing: {endpoint: stubb}
      """
    let error = #expect(throws: SpecMistakes.self) { try MappingFile.parse(file: "m.yaml", bytes: Array(text.utf8)) }
    let lines = error?.mistakes.map(\.line) ?? []
    #expect(lines == [3, 4, 4, 6, 7, 8, 8, 9, 10], "\(error?.description ?? "")")
    #expect(error?.mistakes[3].hint == "did you mean \"circuit.mrc\"?")
  }

  @Test(arguments: Inventory.entities.map(\.singular))
  func targetsReadBack(_ name: String) throws {
    let entity = try #require(Inventory.entity(singular: name))
    for target in Target.all(of: entity) { #expect(Target.parse(target.text(main: entity), main: entity) == target) }
  }

  @Test func aColumnNobodyNamesIsAnError() {
    #expect(throws: MappingError.unknownColumns(["Rep"], mapping: "m.yaml")) {
      _ = try Run([[("Carrier", "Zayo"), ("ID", "A"), ("Rep", "x")]], mapping: Run.head)
    }
  }

  @Test func aRequiredColumnThatIsAbsentIsAnError() {
    #expect(throws: MappingError.missingColumns(["Carrier"], mapping: "m.yaml")) {
      _ = try Run([[("ID", "A")]], mapping: Run.head)
    }
  }

  @Test func headersAreComparedLoosely() throws {
    let run = try Run([[("CARRIER", "Zayo"), ("i-d", "A")]], mapping: Run.head)
    #expect(run.outcome.counts.accepted == 1)
  }
}
