import Records
import SQL
import TestSupport
import Testing

/// The same again changes nothing; one difference is one change; what was done can be undone.
@Suite struct IdempotencyTests {
  static let rows = ["Lumen,AA/1,100.00,USD,SO-1,12,one", "Lumen,AA/2,200.00,USD,SO-2,24,two", "Zayo,ZZ/1,5,EUR,,,x"]

  @Test(arguments: TestStore.available) func theSameFileAgainIsNoChange(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    let contents = try chain.contents()
    for _ in 0..<2 {
      let again = try chain.plan(Self.rows)
      #expect(again.status == 0)
      #expect(again.stdout.contains("No changes"), "\(again.stdout)")
    }
    #expect(try chain.newest() == 1)
    #expect(try chain.contents() == contents)
    #expect(try chain.counts()["staging_rows"] == 0)
  }

  /// A table that says the same in another way.
  enum Form: CaseIterable {
    case order, quotes, columns, semicolons, carriageReturns, byteOrderMark, moreColumns, spaces

    var bytes: [UInt8] {
      let rows = IdempotencyTests.rows
      let lines: [String] =
        switch self {
        case .order: [Chain.header] + rows.reversed()
        case .quotes:
          [Chain.header]
            + rows.map {
              $0.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
            }
        case .columns:
          ([Chain.header] + rows).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
          }
        case .semicolons:
          ([Chain.header] + rows).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ";")
          }
        case .carriageReturns: ([Chain.header] + rows).map { $0 + "\r" }
        case .byteOrderMark: ["\u{FEFF}" + Chain.header] + rows
        case .moreColumns: [Chain.header + ",elsewhere"] + rows.map { $0 + ",z" }
        case .spaces:
          [Chain.header]
            + rows.map {
              $0.split(separator: ",", omittingEmptySubsequences: false).map { " \($0) " }.joined(separator: ",")
            }
        }
      return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
  }

  @Test(arguments: TestStore.available, Form.allCases)
  func theSameRowsInAnotherFormAreNoChange(_ store: TestStore, _ form: Form) throws {
    let chain = try Chain(store)
    try chain.folder.write(Chain.mapping().replacingOnce("columns:", "columns:\n  \"*\": ignore"), to: "map.yaml")
    try chain.load(Self.rows)
    try chain.folder.write(form.bytes, to: "table.csv")
    let again = try chain.sh(Chain.line)
    #expect(again.status == 0, "\(again.stdout) \(again.stderr)")
    #expect(again.stdout.contains("No changes"), "\(again.stdout)")
  }

  @Test(arguments: TestStore.available) func oneChangedPriceIsOneUpdateAndCanBeUndone(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    let first = try chain.database.rows("SELECT * FROM circuits ORDER BY id").map { $0.dropLast(2) }
    var rows = Self.rows
    rows[1] = "Lumen,AA/2,250.00,USD,SO-2,24,two"
    let planned = try chain.plan(rows, options: "--json")
    #expect(planned.status == 2)
    let items = planned.stdout.split(separator: "\n").compactMap { JSON.parse(String($0)) }
      .filter { $0["type"]?.text == "item" }
    #expect(items.count == 1)
    #expect(items.first?["action"]?.text == "update")
    #expect(items.first?["key"]?.text == "lumen/AA2")
    let fields = try #require(items.first?["fields"]).items
    #expect(fields.count == 1)
    #expect(fields.first?.line.contains("20000") == true && fields.first?.line.contains("25000") == true, "\(fields)")
    try chain.land(2)
    #expect(try chain.mrc("lumen/AA2") == 25_000)
    #expect(try chain.sh("trunkline-revert CS-0002").status == 2)
    try chain.land(3)
    let last = try chain.database.rows("SELECT * FROM circuits ORDER BY id").map { $0.dropLast(2) }
    #expect(last == first)
    let again = try chain.plan(Self.rows)
    #expect(again.status == 0, "\(again.stdout)")
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func laterEditsAreConflictsOfARevert(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    try chain.load(["Lumen,AA/1,110.00,USD,,,", "Lumen,AA/2,210.00,USD,,,"])
    try chain.load(["Lumen,AA/1,120.00,USD,,,"])
    let reverted = try chain.sh("trunkline-revert CS-0002")
    #expect(reverted.status == 2)
    let note = try chain.database.rows("SELECT nkey, note FROM change_items WHERE change_set = 4 AND action = 5")
    #expect(note.map { $0[0].text } == ["lumen/AA1"])
    let who = try chain.database.firstText("SELECT email FROM users") ?? "?"
    #expect(note.first?[1].text?.contains("CS-0003 (\(who)") == true, "\(note)")
    #expect(reverted.stdout.contains("CS-0003 (\(who)"), "\(reverted.stdout)")
    try chain.land(4)
    #expect(try chain.mrc("lumen/AA1") == 12_000)
    #expect(try chain.mrc("lumen/AA2") == 20_000)
    #expect(try chain.verify().status == 0)
  }

  private static func actions(_ plan: Outcome) -> [String] {
    plan.stdout.split(separator: "\n").compactMap { JSON.parse(String($0))?["action"]?.text }
  }

  @Test(arguments: TestStore.available) func undoneCreatesAreDeletedSoftlyAndRestored(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    #expect(try chain.sh("trunkline-revert CS-0001").status == 2)
    try chain.land(2)
    #expect(try chain.database.firstInt("SELECT count(*) FROM circuits") == 3)
    #expect(try chain.database.firstInt("SELECT count(*) FROM circuits WHERE deleted_at IS NULL") == 0)
    #expect(try chain.verify().status == 0)
    let repeated = try chain.plan(Self.rows, options: "--json")
    #expect(repeated.status == 2)
    #expect(Set(Self.actions(repeated)) == ["restore"], "\(repeated.stdout)")
    #expect(repeated.stdout.contains("changed by CS-0002"))
    try chain.land(3)
    #expect(try chain.database.firstInt("SELECT count(*) FROM circuits WHERE deleted_at IS NULL") == 3)
    #expect(try chain.plan(Self.rows).status == 0)
    #expect(try chain.verify().status == 0)
  }

  /// An amount that changes its currency leaves one sum and enters another, and needs the act of its field.
  @Test(arguments: TestStore.available) func anotherCurrencyNeedsTheActOfTheAmount(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,100.00,USD,,,"])
    let planned = try chain.plan(["Lumen,AA/1,,EUR,,,"])
    #expect(planned.status == 2)
    #expect(planned.stdout.contains("mrc  overwrites  1 row  USD 100.00 -> USD 0.00"), "\(planned.stdout)")
    #expect(planned.stdout.contains("mrc  overwrites  1 row  EUR 0.00 -> EUR 100.00"))
    #expect(planned.stdout.contains("MRC EUR +100.00, USD -100.00 a month"))
    #expect(try chain.sh("trunkline-commit CS-0002").status == 6)
    try chain.land(2)
    #expect(try chain.verify().status == 0)
  }

  /// Rows that repeat a committed value beside others of the same key are a contradiction, whatever their order.
  @Test(arguments: [["50.00", "90.00", "90.00"], ["90.00", "50.00", "90.00"], ["90.00", "90.00", "50.00"]])
  func oneUnchangedRowAmongChangedOnesContradicts(_ amounts: [String]) throws {
    let chain = try Chain(.sqlite)
    try chain.load(["Lumen,AA/1,50.00,USD,,,"])
    let planned = try chain.plan(amounts.map { "Lumen,AA/1,\($0),USD,,," }, options: "--json")
    #expect(Self.actions(planned) == ["conflict"], "\(planned.stdout)")
  }

  /// What goes and what comes back needs the act of the amounts it has.
  @Test func deletesAndRestoresNeedTheActOfTheAmounts() throws {
    let chain = try Chain(.sqlite)
    try chain.load(["Lumen,AA/1,100.00,USD,,,"])
    let undone = try chain.sh("trunkline-revert CS-0001")
    #expect(undone.stdout.contains("mrc  overwrites  1 row  USD 100.00 -> USD 0.00"), "\(undone.stdout)")
    try chain.land(2)
    let back = try chain.plan(["Lumen,AA/1,100.00,USD,,,"])
    #expect(back.stdout.contains("mrc  new  1 row  USD 0.00 -> USD 100.00"), "\(back.stdout)")
    try chain.land(3)
    try chain.database.run("DELETE FROM approvals WHERE scope = 'mrc' AND change_set = 3")
    #expect(try chain.verify().status == 2)
  }

  /// A file of rejects is corrected by hand and mapped again.
  @Test func rejectsAreCorrectedInTheirFile() throws {
    let chain = try Chain(.sqlite)
    _ = try chain.plan(["Lumen,AA/1,oops,USD,,,", "Lumen,AA/2,5.00,USD,,,"])
    let mended = try chain.sh(
      "sed -i 's/oops/100.00/' rejects-*.jsonl && trunkline-map --mapping map.yaml --rejects none.jsonl "
        + "< rejects-*.jsonl | trunkline-stage | trunkline-diff --json")
    #expect(mended.status == 2, "\(mended.stderr)")
    #expect(mended.stdout.contains("\"mrc\":10000"), "\(mended.stdout)\(mended.stderr)")
  }

  /// Extra cells that were kept in a file of rejects are not lost by mapping it as it is.
  @Test func raggedRowsStayRejectedUntilMended() throws {
    let chain = try Chain(.sqlite)
    _ = try chain.plan(["Lumen,AA/1,100.00,USD,,,,extra", "Lumen,AA/2,5.00,USD,,,"])
    let map = "trunkline-map --mapping map.yaml --rejects again.jsonl"
    let again = try chain.sh("\(map) < $(ls *.rejects.jsonl)")
    #expect(again.status == 3, "\(again.stderr)")
    #expect(!again.stdout.contains("AA/1"))
    #expect(try chain.sh("grep -c extra again.jsonl").status == 0)
    let mended = try chain.sh("sed -i 's/\"_value\":\"extra\"/\"_value\":\"\"/' again.jsonl && \(map) < again.jsonl")
    #expect(mended.status == 0, "\(mended.stderr)")
    #expect(mended.stdout.contains("AA/1"))
  }

  // MARK: Authoritative sources

  @Test(arguments: TestStore.available) func anAuthoritativeSourceProposesDeletes(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.folder.write(Chain.mapping(mode: "authoritative"), to: "map.yaml")
    try chain.load(Self.rows)
    let planned = try chain.plan([Self.rows[0]])
    #expect(planned.status == 2)
    #expect(planned.stdout.contains("1 to delete"), "\(planned.stdout)")
    try chain.land(2)
    let gone = try chain.database.rows("SELECT nkey FROM circuits WHERE deleted_at IS NOT NULL")
    // Another carrier is not of the source's scope.
    #expect(gone == [[.text("lumen/AA2")]])
    let back = try chain.plan(Self.rows + ["Zayo,ZZ/2,6,EUR,,,y"], options: "--json")
    #expect(Self.actions(back).contains("restore"), "\(back.stdout)")
    try chain.land(3)
    #expect(try chain.database.firstInt("SELECT count(*) FROM circuits WHERE deleted_at IS NULL") == 4)
    #expect(try chain.mrc("lumen/AA2") == 20_000)
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func tooManyDeletesAreBlocked(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load((1...12).map { "Lumen,AA/\($0),1.00,USD,,," })
    try chain.folder.write(Chain.mapping(mode: "authoritative", more: "max_deletes: 3"), to: "map.yaml")
    let before = try chain.counts()
    let blocked = try chain.plan(["Lumen,AA/1,1.00,USD,,,"])
    #expect(blocked.status == 4, "\(blocked.stdout) \(blocked.stderr)")
    #expect(try chain.counts()["change_sets"] == before["change_sets"])
    #expect(try chain.counts()["change_items"] == before["change_items"])
    let allowed = try chain.plan((4...12).map { "Lumen,AA/\($0),1.00,USD,,," })
    #expect(allowed.status == 2)
    #expect(allowed.stdout.contains("3 to delete"), "\(allowed.stdout)")
  }

  @Test(arguments: TestStore.available) func rejectedRowsProveNoAbsence(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.folder.write(Chain.mapping(mode: "authoritative"), to: "map.yaml")
    try chain.load(Self.rows)
    try chain.table(["Lumen,AA/1,101.00,USD,,,", "Lumen,AA/2,many dollars,USD,,,"])
    let planned = try chain.sh(Chain.line)
    // The map step's own status: rows were rejected.
    #expect(planned.status == 2 || planned.status == 3, "\(planned.stdout) \(planned.stderr)")
    #expect(planned.stdout.contains("0 to delete"), "\(planned.stdout)")
    #expect(planned.stdout.contains("1 to change"), "\(planned.stdout)")
  }

  // MARK: Keys

  @Test(arguments: TestStore.available) func contradictingRowsAreAConflict(_ store: TestStore) throws {
    let chain = try Chain(store)
    let planned = try chain.plan(["Lumen,AA/1,100.00,USD,,,", "Lumen,aa-1,101.00,USD,,,", "Lumen,AA/2,1.00,USD,,,"])
    #expect(planned.status == 2)
    #expect(planned.stdout.contains("1 conflict"), "\(planned.stdout)")
    #expect(planned.stdout.contains("E_DUP_KEY"), "\(planned.stdout)")
    try chain.land(1)
    #expect(try chain.mrc("lumen/AA1") == nil)
    #expect(try chain.database.firstInt("SELECT count(*) FROM circuits") == 1)
  }

  @Test(arguments: TestStore.available) func otherNamesOfACarrierResolve(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    let aliases = """
      name: aliases
      version: 1
      entity: carrier_alias
      columns:
        Alias: {to: carrier_alias.alias, required: true}
        Written As: carrier_alias.name
        Carrier: {to: carrier.name, required: true}

      """
    try chain.folder.write(aliases, to: "aliases.yaml")
    try chain.table(["centurylink,CenturyLink,Lumen"], header: "Alias,Written As,Carrier")
    let line = Chain.line.replacingOnce("map.yaml", "aliases.yaml")
    #expect(try chain.sh(line).status == 2)
    try chain.land(2)
    let planned = try chain.plan(["CenturyLink,AA/1,130.00,USD,,,"])
    #expect(planned.stdout.contains("0 to add, 1 to change"), "\(planned.stdout)")
    try chain.land(3)
    #expect(try chain.mrc("lumen/AA1") == 13_000)
  }

  // MARK: References and blanks

  private func wire(_ stream: String, _ record: String) -> [UInt8] {
    Array(
      (#"{"type":"SCHEMA","stream":"\#(stream)","key_properties":[],"schema":{}}"# + "\n"
        + #"{"type":"RECORD","stream":"\#(stream)","record":\#(record)}"# + "\n").utf8)
  }

  @Test(arguments: TestStore.available) func stubsAreFlaggedAndFilledLater(_ store: TestStore) throws {
    let chain = try Chain(store)
    let stage = Chain.stage + " --accept-unsealed | trunkline-diff"
    let circuit = wire("circuits", #"{"carrier":"lumen","carrier_circuit_id":"AA/1","a_endpoint":"us/nowhere"}"#)
    let planned = try chain.sh(stage, stdin: circuit)
    #expect(planned.status == 2, "\(planned.stderr)")
    #expect(planned.stdout.contains("stub"), "\(planned.stdout)")
    try chain.land(1)
    let stubs = "SELECT count(*) FROM records WHERE stub = 1"
    #expect(try chain.database.firstInt(stubs) == 2)
    let carrier = wire("carriers", #"{"slug":"lumen","name":"Lumen","legal_name":"Lumen Technologies, Inc."}"#)
    #expect(try chain.sh(stage, stdin: carrier).status == 2)
    try chain.land(2)
    #expect(try chain.database.firstInt(stubs) == 1)
    #expect(try chain.database.firstText("SELECT legal_name FROM carriers") == "Lumen Technologies, Inc.")
    #expect(try chain.sh(stage, stdin: circuit).status == 0)
    #expect(try chain.verify().status == 0)
  }

  @Test(arguments: TestStore.available) func aMissingContractRejectsTheRecord(_ store: TestStore) throws {
    let chain = try Chain(store)
    let circuit = wire(
      "circuits",
      #"{"carrier":"lumen","carrier_circuit_id":"AA/1","contract_carrier":"lumen","contract_number":"SO-9","contract_kind":"service_order"}"#
    )
    let staged = try chain.sh(Chain.stage + " --accept-unsealed", stdin: circuit)
    #expect(staged.status == 3, "\(staged.stdout) \(staged.stderr)")
    #expect(try chain.folder.read("rejects-stage.jsonl").contains("E_REFERENCE"))
    #expect(try chain.database.firstInt("SELECT count(*) FROM staging_rows WHERE nkey = 'lumen/AA1'") == 0)
  }

  @Test(arguments: TestStore.available) func blanksLeaveAndNAClears(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(Self.rows)
    #expect(try chain.plan(["Lumen,AA/1,,,,,", "Lumen,AA/2,,,,,"]).status == 0)
    let planned = try chain.plan(["Lumen,AA/1,,,,,#N/A"])
    #expect(planned.status == 2)
    #expect(planned.stdout.contains("0 to add, 1 to change"), "\(planned.stdout)")
    try chain.land(2)
    #expect(try chain.database.firstText("SELECT notes FROM circuits WHERE nkey = 'lumen/AA1'") == nil)
    #expect(try chain.mrc("lumen/AA1") == 10_000)
    #expect(try chain.plan(["Lumen,AA/1,,,,,#N/A"]).status == 0)
  }

  /// A row that clears and one with the same key that says nothing: the clear counts, in either order, new record or not.
  @Test(arguments: TestStore.available, [["#N/A", ""], ["", "#N/A"]])
  func aClearBesideABlankIsNotLost(_ store: TestStore, _ notes: [String]) throws {
    let chain = try Chain(store)
    let rows = notes.map { "Lumen,AA/1,100.00,USD,,,\($0)" }
    try chain.load(["Lumen,AA/1,100.00,USD,,,words"])
    let planned = try chain.plan(rows)
    #expect(planned.stdout.contains("words -> (none)"), "\(planned.stdout)")
    try chain.land(2)
    #expect(try chain.database.firstText("SELECT notes FROM circuits") == nil)
    #expect(try chain.plan(rows).stdout.contains("No changes"))
    try chain.load(notes.map { "Lumen,NEW/1,100.00,USD,,,\($0)" })
    #expect(try chain.mrc("lumen/NEW1") == 10_000)
    #expect(try chain.verify().status == 0)
    // A clear beside a value contradicts it.
    let torn = try chain.plan(["Lumen,AA/1,100.00,USD,,,#N/A", "Lumen,AA/1,100.00,USD,,,other"])
    #expect(torn.stdout.contains("1 conflict"), "\(torn.stdout)")
  }

  /// An amount that could overflow a sum is a reject with its row, not a plan that fails without a place.
  @Test func anAbsurdAmountIsARejectOfItsRow() throws {
    let chain = try Chain(.sqlite)
    let planned = try chain.plan(["Lumen,AA/1,92233720368547758.07,USD,,,", "Lumen,AA/2,5.00,USD,,,"])
    #expect(planned.status == 2, "\(planned.stderr)")
    #expect(planned.stdout.contains("Plan: 2 to add"), "\(planned.stdout)")
    let rejects = try chain.folder.read("rejects-map.jsonl")
    #expect(rejects.contains("E_RANGE") && rejects.contains("\"_row\":2"), "\(rejects)")
  }

  /// Amounts that are each in order may still sum to more than can be stated: the record where that happens is named.
  @Test func aSumThatDoesNotFitNamesItsRecord() throws {
    let chain = try Chain(.sqlite)
    let planned = try chain.plan((1...9400).map { "Lumen,B\($0 + 10_000),9999999999999.99,USD,,," })
    #expect(planned.status == 1, "\(planned.stdout)")
    #expect(planned.stderr.contains("too large to be stated, from lumen/B1"), "\(planned.stderr)")
  }
}

extension String {
  func replacingOnce(_ old: String, _ new: String) -> String {
    guard let end = find(old) else { return self }
    return String(self[..<index(end, offsetBy: -old.count)]) + new + String(self[end...])
  }
}
