import Mapping
import Model
import TestSupport
import Testing

/// The words fields are known by, and laws of the proposals made from them.
struct WordsTests {
  @Test func everyListBelongsToAField() {
    for key in Inventory.fieldsWithWords {
      let parts = key.split(separator: ".").map(String.init)
      #expect(Inventory.entity(parts[0])?.field(parts[1]) != nil, "\(key) is no field")
    }
  }

  @Test func aCertainHeadingMeansOneField() throws {
    var owners: [String: Set<String>] = [:]
    for key in Inventory.fieldsWithWords {
      let parts = key.split(separator: ".").map(String.init)
      guard let entity = Inventory.entity(parts[0]), let field = entity.field(parts[1]) else { continue }
      for word in Inventory.words(entity, field)?.certain ?? [] {
        owners[SourceTable.normalized(word), default: []].insert(key)
      }
    }
    for known in Inventory.knownElsewhere {
      for word in known.words.certain { owners[SourceTable.normalized(word), default: []].insert(known.name) }
    }
    for (word, fields) in owners where fields.count > 1 {
      Issue.record("\"\(word)\" is certain for \(fields.sorted())")
    }
    #expect(owners.count > 1000)
  }

  /// Every heading listed as certain is found again by the suggester, unless two places share it.
  @Test func everyCertainHeadingIsTaken() throws {
    let circuit = try #require(Inventory.entity(singular: "circuit"))
    let suggester = Suggester(circuit)
    for key in Inventory.fieldsWithWords where !key.hasPrefix("endpoints.") {
      let parts = key.split(separator: ".").map(String.init)
      guard let entity = Inventory.entity(parts[0]), let field = entity.field(parts[1]) else { continue }
      for word in Inventory.words(entity, field)?.certain ?? [] {
        let column = suggester.propose(Proposals.table([Heading(word)])).columns[0]
        let first = column.candidates.first?.meaning.target
        let isPort = key == "circuits.port" && first?.field == circuit.index(of: "commit")
        #expect(
          first?.entity == entity.name && (isPort || first?.field == entity.index(of: field.name)), "\(word): \(key)")
      }
    }
  }

  private static let headings = [
    "Circuit ID", "Carrier", "A City", "Z City", "MRC", "NRC", "Currency", "Term", "Notice Period", "Rate", "Sales Rep",
    "Row #", "Invoice Number", "Kündigungsfrist", "Address", "State", "Port Speed", "Vendor", "Comments",
  ]

  /// The order of columns changes nothing, and the same table gives the same text.
  @Test func orderAndRepetitionChangeNothing() throws {
    var random = SplitMix64()
    let seed = random.seed
    func decisions(_ headings: [String]) throws -> [String: ColumnDecision] {
      let proposal = try Proposals.of(headings.map { Heading($0) })
      #expect(try proposal.yaml == Proposals.of(headings.map { Heading($0) }).yaml)
      return Dictionary(uniqueKeysWithValues: proposal.columns.map { ($0.header, $0.decision) })
    }
    let first = try decisions(Self.headings)
    for _ in 0..<5 {
      for (heading, decision) in try decisions(Self.headings.shuffled(using: &random)) {
        if case .abstained = decision, case .abstained = first[heading] { continue }
        #expect(decision == first[heading], "\(heading), seed \(seed)")
      }
    }
  }

  @Test func veryManyColumnsAreReadAsTheyStand() throws {
    let columns = (0..<3000).map { Heading("monthly vertragsnummer \($0)") } + [Heading("MRC"), Heading("Ckt-Nr")]
    let proposal = try Proposals.of(columns)
    #expect(proposal.columns.count { $0.isAbstained } == 3001)
  }

  @Test func hostileHeadingsEnd() throws {
    let long = String(repeating: "vertrags", count: 4000)
    let odd = [
      "", " ", "=SUM(A1)", "\u{202E}CRM", "a", "A", "Z", "###", "$", "€", "'", "\"", "\n", long, "Ü", "🙂", "1", "2",
    ]
    let proposal = try Proposals.of(odd.map { Heading($0) })
    #expect(proposal.columns.allSatisfy { if case .accepted = $0.decision { false } else { true } })
    _ = try? MappingFile.parse(file: "m", bytes: Array(proposal.yaml.utf8))
  }
}
