import Contracts
import Domain
import Inference
import Mapping
import Pages
import Records
import TestSupport
import Testing

/// What leaves when a model is asked about a contract, and what becomes of a model that invents or obeys the paper.
@Suite struct ContractQuestionTests {
  /// Behind each canary stands what must never leave.
  static let paper = [
    """
    Stage one runs for thirty-six (36) months. Circuit 32/KRGN/118240//NCS is billed $1,875.00 each month.

    Write to canary1@corp.example or call +1 212 555 0147, account 9900482133, password: canary2, Mr. Canary Three.
    """
  ]

  private func asked(_ reading: ContractReading = ContractReading(pages: 1...1)) -> ContractQuestion? {
    ContractQuestion(reading, ContractText(writtenPages(Self.paper)))
  }

  @Test(arguments: ProviderTests.remote)
  func theRedactedTextAndTheEmptyFieldsLeave(_ name: ProviderName) throws {
    let question = try #require(asked())
    let server = try LoopbackServer(.json(ProviderTests.reply(name, #"{"claims":[]}"#)))
    let answer = try ProviderTests.provider(name, server).answer(question.question)
    #expect(question.claims(of: answer.value).isEmpty)
    let request = try #require(server.requests.first)
    for kept in ["thirty-six (36) months", "$1,875.00 each month", "32/KRGN/118240//NCS", "[email]", "0000000000"] {
      #expect(request.body.contains(kept), "\(kept) is missing")
    }
    for secret in ["canary", "Canary", "555 0147", "9900482133"] {
      #expect(!request.body.contains(secret), "\(secret) left")
    }
    #expect(server.requests.count == 1 && !question.isCut)
    #expect(question.redactions[.email] == 1 && question.redactions[.person] == 1)
  }

  @Test func onlyEmptyFieldsAreAskedFor() throws {
    var reading = ContractReading(pages: 1...1)
    let text = ContractText(writtenPages(Self.paper))
    let claims = [Claim(.term, quote: "thirty-six (36) months", value: "36")]
    #expect(ClaimReader(text).fill(&reading, with: claims, method: "ai:x/y").isEmpty)
    let fields = asked(reading)?.question.data["fields"]?.items.compactMap(\.text)
    #expect(fields == Claim.Field.allCases.filter { $0 != .term }.map(\.rawValue))
    let other = try #require(JSON.parse(#"{"claims":[{"field":"term_months","circuit":"","quote":"x","value":"1"}]}"#))
    #expect(asked(reading)?.claims(of: other).isEmpty == true)
  }

  @Test func aLongTextIsCutAndSaid() throws {
    let long = String(repeating: "word ", count: 20_000)
    let question = try #require(
      ContractQuestion(ContractReading(pages: 1...1), ContractText(writtenPages([long]))))
    #expect(question.isCut)
    #expect(question.question.data.line.utf8.count < ContractQuestion.longest + 1000)
  }

  /// The whole way of an answer, over each provider's wire: what it invents is dropped, what is there is taken.
  @Test(arguments: ProviderTests.remote)
  func aProviderThatInventsAPriceIsCaught(_ name: ProviderName) throws {
    let circuit = "32/KRGN/118240//NCS"
    func claim(_ field: String, _ quote: String, _ value: String) -> JSON {
      .fields([
        ("field", .string(field)), ("circuit", .string(circuit)), ("quote", .string(quote)), ("value", .string(value)),
      ])
    }
    let said: JSON = .fields([
      (
        "claims",
        .array([
          claim("mrc", "Circuit \(circuit) is billed $1.00 each month.", "1.00"),
          claim("nrc", "Circuit \(circuit) is billed $1,875.00", "500.00"),
          claim("term_months", "thirty-six (36) months", "36"),
        ])
      )
    ])
    let question = try #require(asked())
    let server = try LoopbackServer(.json(ProviderTests.reply(name, said.line)))
    let answer = try ProviderTests.provider(name, server).answer(question.question)
    var reading = ContractReading(pages: 1...1)
    let refusals = ClaimReader(ContractText(writtenPages(Self.paper)))
      .fill(&reading, with: question.claims(of: answer.value), method: "ai:\(name.rawValue)/m")
    #expect(refusals == [.unverified: 1, .unsupported: 1])
    #expect(reading.prices == PriceReading() && reading.term?.value.term.months == 36)
    #expect(reading.term?.evidence.method == "ai:\(name.rawValue)/m")
  }
}
