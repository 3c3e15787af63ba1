import Inference
import Mapping
import Model
import Records
import TestSupport
import Testing

/// Answers that no schema has seen are checked all the same.
@Suite struct ColumnQuestionTests {
  private static func proposal(_ headers: [String], entity: String = "circuit") throws -> TableProposal {
    var schema = SchemaMessage(
      stream: "rows", keyProperties: [], properties: headers.map { JSON.Member($0, .fields([])) })
    schema.columns = .array(
      headers.map { header in
        .fields([
          ("name", .string(header)), ("property", .string(header)), ("filled", .int(5)),
          ("samples", .array([.string("C-101")])),
        ])
      })
    return Suggester(try #require(Inventory.entity(singular: entity))).propose(SourceTable(schema))
  }

  @Test func answersOutsideOfTheSchemaAreRefused() throws {
    var proposal = try Self.proposal(["Circuit ID", "Frob", "Blah", "Quux"])
    let before = proposal.yaml
    let question = try #require(ColumnQuestion(proposal, rows: []))
    let answer: JSON = .fields([
      ("c1", .string("circuit.notes")), ("c2", .string("circuit.carrier_circuit_id")), ("c3", .string("circuit.bogus")),
      ("c4", .int(7)), ("c99", .string("circuit.notes")),
    ])
    let refusals = question.adopt(answer, by: "x/y", into: &proposal)
    #expect(
      refusals == [
        "\"Frob\" is not taken for circuit.carrier_circuit_id: no such field was offered",
        "\"Blah\" is not taken for circuit.bogus: no such field was offered",
      ])
    #expect(proposal.yaml == before)
    for shape: JSON in [.null, .array([]), .string("circuit.notes"), .fields([])] {
      #expect(question.adopt(shape, by: "x/y", into: &proposal).isEmpty)
      #expect(proposal.yaml == before)
    }
  }

  @Test func onlyAHundredColumnsAreAskedAbout() throws {
    let proposal = try Self.proposal((1...130).map { "Frob\($0)x" })
    let question = try #require(ColumnQuestion(proposal, rows: []))
    #expect(question.leftOut == 30)
    #expect(question.question.data["columns"]?.items.count == 100)
    #expect(question.question.schema["required"]?.items.count == 100)
  }

  /// Every field on offer is one a mapping may name, and none is offered twice.
  @Test(arguments: ["circuit", "contract", "customer"])
  func whatIsOfferedExists(_ entity: String) throws {
    let main = try #require(Inventory.entity(singular: entity))
    let question = try #require(ColumnQuestion(Self.proposal(["Frob"], entity: entity), rows: [])).question
    let choices = question.schema["$defs"]?["field"]?["enum"]?.items.compactMap(\.text) ?? []
    #expect(choices.first == "none" && choices.count > 10 && Set(choices).count == choices.count)
    for choice in choices.dropFirst() { #expect(Target.parse(choice, main: main) != nil, "\(choice)") }
    #expect(SchemaCheck.problem(question.rules, question.schema) == nil)
  }
}
