import Mapping
import Model
import Records
import Testing
import YAML

/// Mappings saved by the headings they were made for.
struct ShelfTests {
  private let circuit: Entity
  private let headings = ["Carrier", "Circuit ID", "City", "MRC", "Notes"]

  init() throws { circuit = try #require(Inventory.entity(singular: "circuit")) }

  private func saved(_ path: String, _ headings: [String], extra: String = "", columns: String? = nil) throws
    -> SavedMapping
  {
    let text =
      "name: s\nentity: circuit\nsignature: {headers: [\(headings.joined(separator: ", "))]}\n\(extra)columns:\n"
      + (columns ?? headings.map { "  \($0): ignore\n" }.joined())
    return try #require(SavedMapping(path: path, bytes: Array(text.utf8)))
  }

  private func find(_ headings: [String], own: [SavedMapping] = [], shared: [SavedMapping] = []) throws -> String {
    let table = Proposals.table(headings.map { Heading($0) })
    switch try MappingShelf(home: "m/anna", own: own, shared: shared).find(table, entity: circuit) {
    case .fits(let saved): return "fits \(saved.path)"
    case .moved(_, let changes): return changes.map(\.text).joined(separator: ", ")
    case .unknown: return "unknown"
    }
  }

  @Test func headingsAreRecognisedInAnySpelling() throws {
    let mapping = try saved("a", headings)
    #expect(try find(headings, own: [mapping]) == "fits a")
    #expect(try find(["carrier", "CIRCUIT_ID", "City ", "M.R.C.", "notes"], shared: [mapping]) == "fits a")
  }

  @Test(arguments: [
    (["Carrier", "Circuit ID", "City", "MRC", "Notes", "NRC"], "\"NRC\" is new"),
    (["Carrier", "Circuit ID", "MRC", "Notes"], "\"City\" is gone"),
    (["Carrier", "Circuit ID", "City", "Monthly", "Notes"], "\"MRC\" is now \"Monthly\""),
    (["Carrier", "City", "Circuit ID", "MRC", "Notes"], "\"Circuit ID\" stands elsewhere"),
    (["Name", "Size", "Colour"], "unknown"),
  ])
  func whatMovedIsSaid(_ table: [String], _ text: String) throws {
    #expect(try find(table, own: [saved("a", headings)]) == text)
  }

  /// `MRC` and `M.R.C.` are one heading to a saved mapping, unless both are there.
  @Test func headingsThatAreAlikeAreCounted() throws {
    #expect(try find(headings + ["m.r.c."], own: [saved("a", headings)]) == "\"m.r.c.\" is new")
    #expect(try find(headings, own: [saved("a", headings + ["m.r.c."])]) == "\"m.r.c.\" is gone")
    #expect(try find(headings + ["m.r.c."], own: [saved("a", headings + ["M.R.C."])]) == "fits a")
  }

  @Test func onesOwnComesFirst() throws {
    #expect(try find(headings, own: [saved("mine", headings)], shared: [saved("ours", headings)]) == "fits mine")
  }

  @Test func aSignatureMayNameOnlySomeHeadings() throws {
    let part = try saved("part", ["Carrier", "MRC"], columns: headings.map { "  \($0): ignore\n" }.joined())
    #expect(try find(headings, shared: [part]) == "fits part")
    #expect(try find(headings, shared: [part, saved("whole", headings)]) == "fits whole")
    let open = try saved("open", ["Carrier", "MRC"], columns: "  Carrier: ignore\n  MRC: ignore\n  \"*\": ignore\n")
    #expect(try find(headings, shared: [open]) == "fits open")
  }

  @Test func twoOfOneKindAreRefused() throws {
    #expect(throws: MappingError.severalMappings(["a", "b"])) {
      _ = try find(headings, own: [saved("a", headings), saved("b", headings)])
    }
  }

  @Test func aMappingForASheetIsForNoOther() throws {
    let sheet = try #require(
      SavedMapping(
        path: "s",
        bytes: Array("name: s\nentity: circuit\nsignature: {headers: [A], sheet: Jan}\ncolumns: {A: ignore}\n".utf8)))
    #expect(try find(["A"], own: [sheet]) == "unknown")
  }

  @Test func anUndecidedMappingIsRecognisedButNotUsed() throws {
    let draft = try saved("d", ["Rep"], columns: "  Rep: undecided\n")
    #expect(draft.mistakes?.mistakes.map(\.line) == [5])
    let run = {
      try Run(
        self.spool(["Rep"]), source: .saved(MappingShelf(home: "m", own: [draft], shared: []), Suggester(self.circuit)))
    }
    #expect(throws: SpecMistakes.self) { _ = try run() }
  }

  private func spool(_ headings: [String]) throws -> Spool {
    let spool = Spool()
    try Run.table([headings.map { ($0, "x") }], [:], into: spool)
    return spool
  }

  @Test func aMovedTableIsRefused() throws {
    let shelf = MappingShelf(home: "m", own: [try saved("a", headings)], shared: [])
    #expect(throws: MappingError.moved("a", [.added("NRC")])) {
      _ = try Run(spool(headings + ["NRC"]), source: .saved(shelf, Suggester(circuit)))
    }
  }

  @Test func whatWasDecidedOnceIsProposedAgain() throws {
    let mapping = try saved(
      "a", ["Rep", "Fee", "When"],
      extra: "mode: authoritative\nmax_deletes: 3\ndefaults: {currency: EUR}\non_missing: {carrier: error}\n",
      columns:
        "  Rep: ignore\n  Fee: {to: circuit.mrc, decimal: comma, default: \"0\"}\n  When: {to: circuit.installed_on, dates: dmy}\n"
    )
    let shelf = MappingShelf(home: "m", own: [mapping], shared: [])
    let proposal = Suggester(circuit, shelf: shelf).propose(
      Proposals.table(["Rep", "Fee", "When", "Status"].map { Heading($0) }))
    let text = proposal.yaml
    #expect(text.contains("mode: authoritative\nmax_deletes: 3\n"))
    #expect(text.contains("  Rep: ignore  # as in a\n"))
    #expect(text.contains("  Fee: {to: circuit.mrc, decimal: comma, default: \"0\"}"))
    #expect(text.contains("  When: {to: circuit.installed_on, dates: dmy}"))
    #expect(text.contains("defaults: {currency: EUR}"))
    #expect(text.contains("on_missing: {carrier: error}"))
  }

  @Test func howAnotherTableIsReadIsNotTaken() throws {
    let mapping = try saved(
      "a", ["Fee", "B", "C", "D"], columns: "  Fee: {to: circuit.mrc, decimal: comma, currency: EUR}\n")
    let shelf = MappingShelf(home: "m", own: [mapping], shared: [])
    let text = Suggester(circuit, shelf: shelf).propose(Proposals.table([Heading("Fee"), Heading("X")])).yaml
    #expect(text.contains("  Fee: {to: circuit.mrc}  # 1.00 as in a\n"))
  }
}

/// What a proposal asks instead of guessing.
struct ProposalTests {
  private func line(_ columns: [Heading], _ heading: String) throws -> String {
    let text = try Proposals.of(columns).yaml
    return try #require(text.split(separator: "\n").map(String.init).first { $0.hasPrefix("  \(heading):") })
  }

  @Test func datesThatReadBothWaysAreAsked() throws {
    let both = Heading("Install Date", ["03/04/2026", "05/06/2026"], kind: "date", [("dates", .string("ambiguous"))])
    #expect(
      try line([both], "Install Date")
        == "  Install Date: {to: circuit.installed_on, dates: undecided}  # decide: dmy or mdy, \"03/04/2026\" is a date"
        + " both ways; 1.00 name \"install_date\"")
    let proven = Heading("Install Date", ["31/04/2026"], kind: "date", [("dates", .string("dmy"))])
    #expect(try line([proven], "Install Date").contains("{to: circuit.installed_on, dates: dmy}"))
  }

  @Test func amountsThatReadBothWaysAreAsked() throws {
    let both = Heading("MRC", ["1.200", "3.400"], kind: "decimal", [("decimal", .string("ambiguous"))])
    #expect(try line([both, Heading("Currency")], "MRC").contains("{to: circuit.mrc, decimal: undecided}"))
    let comma = Heading("MRC (EUR)", ["1.200,50"], kind: "decimal", [("decimal", .string("comma"))])
    #expect(try line([comma], "\"MRC (EUR)\"").contains("{to: circuit.mrc, decimal: comma, currency: EUR}"))
  }

  @Test func aCurrencyNobodyNamesIsAsked() throws {
    let bare = Heading("MRC", ["12.50"], kind: "decimal")
    #expect(try line([bare], "MRC").contains("currency: undecided"))
    #expect(try !line([bare, Heading("Currency", ["USD"])], "MRC").contains("currency"))
    #expect(try !line([Heading("MRC", ["$12.50"], kind: "decimal")], "MRC").contains("currency"))
  }

  @Test func aSpeedWithoutAUnitIsAsked() throws {
    #expect(try line([Heading("Speed", ["100", "50"], kind: "integer")], "Speed").contains("unit: undecided"))
    #expect(try line([Heading("Speed (Mbps)", ["100"], kind: "integer")], "\"Speed (Mbps)\"").contains("unit: mbps"))
    #expect(try !line([Heading("Speed", ["100M"])], "Speed").contains("unit"))
  }

  @Test func aWordNobodyKnowsIsAsked() throws {
    let lit = Heading("Status", ["Lit", "active"])
    #expect(try line([lit], "Status").contains("{to: circuit.status, enum: {Lit: undecided}}  # decide: one of "))
    let text = try Proposals.of([lit, Heading("Circuit ID"), Heading("Carrier")]).yaml
    let error = #expect(throws: SpecMistakes.self) { try MappingFile.parse(file: "m", bytes: Array(text.utf8)) }
    #expect(error?.mistakes.map(\.message) == ["what \"Lit\" stands for is undecided"])
  }

  @Test func aKeyNobodyGivesIsAsked() throws {
    let text = try Proposals.of([Heading("Circuit ID"), Heading("Term")]).yaml
    #expect(text.contains("constants:\n  carrier.name: undecided"))
    #expect(text.contains("  contract.number: undecided"))
    #expect(try !Proposals.of([Heading("Circuit ID"), Heading("Carrier")]).yaml.contains("constants"))
  }

  @Test func everyOpenQuestionHasItsLine() throws {
    let columns = [
      Heading("Circuit ID", ["A1"]), Heading("Rep", ["x"]),
      Heading("Install Date", ["03/04/2026"], kind: "date", [("dates", .string("ambiguous"))]),
    ]
    let text = try Proposals.of(columns).yaml
    let error = #expect(throws: SpecMistakes.self) { try MappingFile.parse(file: "m", bytes: Array(text.utf8)) }
    #expect(
      error?.mistakes.map(\.message) == ["\"Rep\" is undecided", "dates is undecided", "carrier.name is undecided"])
  }

  @Test func aColumnThatRepeatsIsNamedByItsProperty() throws {
    let text = try Proposals.of(["Carrier", "Circuit ID", "City", "City"].map { Heading($0) }).yaml
    #expect(text.contains("signature: {headers: [Carrier, Circuit ID, City, City_2]}"))
    #expect(text.contains("  City: {to: endpoint.a.city}"))
    #expect(text.contains("  City_2: {to: endpoint.z.city}"))
  }
}

/// Proposals by somebody who may err.
struct AdoptionTests {
  private func proposal() throws -> TableProposal {
    try Proposals.of([
      Heading("Circuit ID", ["A1"]), Heading("Carrier", ["Zayo"]),
      Heading("Frobnication", ["12/31/2026"], kind: "date"),
    ])
  }

  private func target(_ text: String) throws -> Target {
    let circuit = try #require(Inventory.entity(singular: "circuit"))
    return try #require(Target.parse(text, main: circuit))
  }

  @Test func itStaysAProposalMarkedWithItsMaker() throws {
    var proposal = try proposal()
    #expect(proposal.adopt(try target("circuit.foc_date"), for: 2, by: "openai/gpt-5", score: 80) == nil)
    #expect(proposal.unplaced == ["Frobnication"])
    #expect(proposal.yaml.contains("Frobnication: {proposed: circuit.foc_date, by: openai/gpt-5}"))
    let error = #expect(throws: SpecMistakes.self) {
      try MappingFile.parse(file: "m", bytes: Array(proposal.yaml.utf8))
    }
    #expect(error?.mistakes.map(\.message) == ["\"Frobnication\" is proposed by openai/gpt-5 and undecided"])
  }

  @Test func oneThatAPersonAgreedToIsUsedAndStillMarked() throws {
    var proposal = try proposal()
    #expect(proposal.adopt(try target("circuit.foc_date"), for: 2, by: "openai/gpt-5", score: 100) == nil)
    let agreed = proposal.yaml.split(separator: "{proposed: ").joined(separator: "{to: ")
    let spec = try MappingFile.parse(file: "m", bytes: Array(agreed.utf8))
    #expect(spec.columns.last?.by == "openai/gpt-5")
  }

  @Test func valuesTakenFieldsAndDecidedColumnsRefuseIt() throws {
    var proposal = try proposal()
    #expect(proposal.adopt(try target("circuit.mrc"), for: 2, by: "m", score: 99) == "the values are dates")
    #expect(proposal.adopt(try target("carrier.name"), for: 2, by: "m", score: 99) == "\"Carrier\" is that already")
    #expect(proposal.adopt(try target("circuit.notes"), for: 0, by: "m", score: 99) == "the column is not undecided")
  }
}
