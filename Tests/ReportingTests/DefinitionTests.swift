import Model
import Reporting
import TestSupport
import Testing
import YAML

/// What a definition may say, and how its mistakes are told: all at once, each with its line.
@Suite struct DefinitionTests {
  private func mistakes(_ text: String) -> [String] {
    do {
      _ = try InventoryFixture.definition(text: text)
      return []
    } catch let error as SpecMistakes {
      return error.mistakes.map { "\($0.line): \($0.message)" + ($0.hint.map { " (\($0))" } ?? "") }
    } catch {
      return ["\(error)"]
    }
  }

  private func sheet(_ lines: String) -> String {
    "title: T\nsheets:\n  - name: S\n    entity: circuits\n"
      + lines.split(separator: "\n").map { "    \($0)\n" }.joined()
  }

  @Test func everyMistakeHasItsLineAndASuggestion() {
    let text = """
      title: T
      colour: red
      sheets:
        - name: Cover
          entity: circits
          columns: [circuit.status]
        - name: A/B
          entity: circuits
          columns:
            - circuit.statuss
            - field: carrier.nme
            - field: circuit.status
              format: money
            - field: circuit.mrc
              totl: true
            - circuit.carrier
            - field: a_endpoint.change_set
          filter:
            - status in (active, deleted)
            - mrc > 100
            - installed_on < tomorrow
            - status
          sort: [circuit.mcr up]
      """
    #expect(
      mistakes(text) == [
        "2: unknown key \"colour\" (known keys: title, sheets)",
        "5: \"circits\" is not known here (did you mean \"circuits\"?)",
        "7: \"A/B\" cannot name a sheet: it holds one of []:*?/\\",
        "10: \"circuit.statuss\": a circuit has no field \"statuss\" (did you mean \"circuit.status\"?)",
        "11: \"carrier.nme\": a carrier has no field \"nme\" (did you mean \"carrier.name\"?)",
        "13: this field cannot be shown as money (it is shown as text or id)",
        "14: the amounts of \"circuit.mrc\" stand without their currency (add the column currency)",
        "15: unknown key \"totl\" (did you mean \"total\"?)",
        "16: \"circuit.carrier\" is a reference, which has no value of its own (name one of its fields: circuit.carrier.name)",
        "17: \"a_endpoint.change_set\": change_set is known of the sheet's own records only",
        "19: status is never \"deleted\" (one of planned, ordered, provisioning, active, suspended, disconnect_pending, "
          + "disconnected, cancelled)",
        "20: mrc: amounts of several currencies compare with 0 only, not \"100\"",
        "21: \"tomorrow\" is no date (write YYYY-MM-DD or as_of)",
        "22: \"status\" is no condition (write: field = value, field in (a, b), field is empty, field < as_of)",
        "23: \"circuit.mcr up\" is no order (write: field, or field desc)",
      ])
  }

  @Test func sumsNeverMixCurrencies() {
    let text = sheet(
      """
      group: [carrier.name]
      columns:
        - carrier.name
        - circuit.status
        - field: circuit.mrc
          sum: true
        - field: circuit.currency
      """)
    let found = mistakes(text)
    #expect(found.contains { $0.contains("the sum of \"circuit.mrc\" would mix currencies") })
    #expect(found.contains { $0.contains("\"circuit.status\" is neither in group nor a sum") })
  }

  @Test func aSheetIsNamedOnceAndSoIsAColumn() {
    #expect(
      mistakes(sheet("columns: [circuit.status, {field: circuit.purpose, caption: STATUS}]")) == [
        "5: two columns are headed \"STATUS\" (give one of them another caption)"
      ])
    let provenance = sheet("columns: [circuit.status]").replacing("name: S", "name: provenance")
    #expect(
      mistakes(provenance) == ["3: the name \"provenance\" is taken (Cover, Provenance and Dictionary are always made)"]
    )
  }

  @Test func builtinsKnowTheirColumns() {
    let text =
      "title: T\nsheets:\n  - name: C\n    builtin: changes\n    columns: [change_set, befor]\n    filter: [a = b]\n"
    #expect(
      mistakes(text) == [
        "5: changes has no column \"befor\" (did you mean \"before\"?)",
        "6: filter belongs to sheets of an entity, not to changes",
      ])
  }

  @Test(arguments: ["inventory", "changes"]) func theRepositorysDefinitionsAreRight(_ name: String) throws {
    let definition = try InventoryFixture.definition(name)
    #expect(!definition.title.isEmpty && definition.digest.utf8.count == 64)
  }

  /// Every field of the inventory can be shown: a column of each, with its currency where it needs one.
  @Test(arguments: Inventory.entities.map(\.name)) func everyFieldCanBeShown(_ name: String) throws {
    let entity = try #require(Inventory.entity(name))
    let columns = entity.fields.filter { $0.reference == nil }.map {
      "      - {field: \($0.name), caption: \"c\($0.number)\"}\n"
    }
    let text = "title: T\nsheets:\n  - name: S\n    entity: \(name)\n    columns:\n" + columns.joined()
    let fixture = try InventoryFixture()
    let folder = try TemporaryFolder()
    let request = try InventoryFixture.request(InventoryFixture.definition(text: text))
    try request.writeCSV(fixture.warehouse, sheet: nil, to: folder.file("s.csv"))
    let header = try folder.read("s.csv").split(separator: "\r\n").first
    #expect(header == entity.fields.filter { $0.reference == nil }.map { "c\($0.number)" }.joined(separator: ",")[...])
  }
}

extension String {
  func replacing(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
