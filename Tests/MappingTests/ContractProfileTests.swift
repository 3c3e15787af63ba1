import Contracts
import Domain
import TestSupport
import Testing
import YAML

@testable import Mapping

@Suite struct ContractProfileTests {
  private static func parse(_ text: String) throws -> ContractProfile {
    try ContractProfileFile.parse(file: "p.yaml", bytes: Array(text.utf8))
  }

  @Test(arguments: [("northline", "Northline Carrier Services"), ("meridian", "Meridian Fiber Networks")])
  func theProfilesOfTheRepository(_ name: String, _ carrier: String) throws {
    let file = repositoryRoot + "/Mappings/contracts/\(name).yaml"
    let profile = try ContractProfileFile.parse(file: file, bytes: readFile(file))
    #expect(profile.carrier == carrier && profile.labels[.mrc]?.isEmpty == false && profile.currency == .usd)
  }

  @Test func sixMistakesAreSixLines() throws {
    let text = """
      carier: Redwood Fiber
      labels:
        mcr: [Rate]
        nrc: Connect
      patterns:
        number: 'Order \\d+'
        parent: 'MSA (\\d+'
      numbers: {decimal: dot, currency: USD}
      """
    let mistakes = #expect(throws: SpecMistakes.self) { try Self.parse(text) }
    #expect(
      mistakes?.description == """
        p.yaml:1:1: unknown key "carier" (did you mean "carrier"?)
        p.yaml:1:1: missing key "carrier"
        p.yaml:3:3: "mcr" is not known here (did you mean "mrc"?)
        p.yaml:4:8: a list expected, not text (write [Connect] or one "- " line each)
        p.yaml:6:11: the pattern of number is none: no group: put the value in parentheses
        p.yaml:7:11: the pattern of parent is none: missing closing parenthesis at character 9
        p.yaml:8:20: "dot" is not known here (one of point, comma)
        """)
  }

  @Test func aLabelBelongsToOneColumn() throws {
    let mistakes = #expect(throws: SpecMistakes.self) {
      try Self.parse("carrier: R\nlabels:\n  mrc: [Rate]\n  nrc: [rate]\nnumbers: {currency: XQZ}")
    }
    #expect(
      mistakes?.mistakes.map(\.message) == [
        "\"rate\" is a label of mrc already", "\"XQZ\" is not an ISO 4217 code",
      ])
  }
}
