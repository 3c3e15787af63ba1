import Records
import SQL
import TestSupport
import Testing

/// Nothing that lives ever refers to something deleted: the plan says what has to stay, and commit looks again.
@Suite struct OrphanTests {
  /// Live records of circuits, contracts and terms whose carrier, contract or term is deleted.
  private static func orphans(_ chain: Chain) throws -> Int64 {
    try chain.database.firstInt(
      """
      SELECT (SELECT count(*) FROM circuits t JOIN carriers g ON g.id = t.carrier_id
          WHERE t.deleted_at IS NULL AND g.deleted_at IS NOT NULL)
        + (SELECT count(*) FROM contracts t JOIN carriers g ON g.id = t.carrier_id
          WHERE t.deleted_at IS NULL AND g.deleted_at IS NOT NULL)
        + (SELECT count(*) FROM circuits t JOIN contracts g ON g.id = t.contract_id
          WHERE t.deleted_at IS NULL AND g.deleted_at IS NOT NULL)
        + (SELECT count(*) FROM contract_terms t JOIN contracts g ON g.id = t.contract_id
          WHERE t.deleted_at IS NULL AND g.deleted_at IS NOT NULL)
      """) ?? -1
  }

  private static func actions(_ chain: Chain, _ set: Int64) throws -> [String: Int64] {
    var actions: [String: Int64] = [:]
    for row in try chain.database.rows("SELECT nkey, action FROM change_items WHERE change_set = $1", [.int(set)]) {
      actions[row[0].text ?? ""] = row[1].int
    }
    return actions
  }

  /// An import is undone after others came to lean on it: what they need stays, by name, the rest goes.
  @Test(arguments: TestStore.available) func anUndoneImportLeavesWhatIsStillReferredTo(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,100.00,USD,SO-1,12,one", "Zayo,ZZ/1,5.00,USD,SO-2,12,x"])
    try chain.load(["Lumen,AA/2,1.00,USD,SO-1,,later", "Lumen,AA/3,1.00,USD,,,later"])
    let planned = try chain.sh("trunkline-revert CS-0001")
    #expect(planned.status == 2, "\(planned.stderr)")
    #expect(planned.stdout.contains("circuit lumen/AA2, circuit lumen/AA3"), "\(planned.stdout)")
    #expect(planned.stdout.contains("still refer to it"), "\(planned.stdout)")
    let actions = try Self.actions(chain, 3)
    #expect(actions["lumen"] == 5 && actions["lumen/SO-1/service_order"] == 5, "\(actions)")
    #expect(actions["lumen/AA1"] == 3 && actions["zayo"] == 3 && actions["zayo/ZZ1"] == 3, "\(actions)")
    try chain.land(3)
    #expect(try Self.orphans(chain) == 0)
    #expect(try chain.verify().status == 0)
    // Now that nothing else leans on them, undoing the later one leaves the carrier to whoever made it.
    #expect(try chain.sh("trunkline-revert CS-0002").status == 2)
    try chain.land(4)
    #expect(try Self.orphans(chain) == 0)
  }

  /// A record that another one of the set only lost its reference to may go.
  @Test(arguments: TestStore.available) func aReferenceThatIsUndoneTooDoesNotCount(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,100.00,USD,SO-1,12,one"])
    try chain.load(["Lumen,AA/1,,,SO-9,12,"])
    #expect(try chain.sh("trunkline-revert CS-0002").status == 2)
    let actions = try Self.actions(chain, 3)
    #expect(actions["lumen/AA1"] == 2 && actions["lumen/SO-9/service_order"] == 3, "\(actions)")
    try chain.land(3)
    #expect(try Self.orphans(chain) == 0)
    #expect(try chain.verify().status == 0)
  }

  /// What came to refer to a record between the plan and its commit is found by the commit.
  @Test(arguments: TestStore.available) func aReferenceMadeAfterThePlanStopsTheCommit(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,100.00,USD,,,one"])
    #expect(try chain.sh("trunkline-revert CS-0001").status == 2)
    try chain.approve(2)
    try chain.load(["Lumen,AA/2,100.00,USD,,,two"])
    let contents = try chain.contents()
    let refused = try chain.commit(2)
    #expect(refused.status == 5, "\(refused.stdout) \(refused.stderr)")
    #expect(refused.stderr.contains("circuit lumen/AA2 refers to carrier lumen"), "\(refused.stderr)")
    #expect(try chain.contents() == contents)
    #expect(try chain.verify().status == 0)
  }

  /// An authoritative list of carriers does not take away the carrier of a live circuit.
  @Test(arguments: TestStore.available) func anAbsentCarrierOfALiveCircuitStays(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.load(["Lumen,AA/1,100.00,USD,,,one"])
    try chain.folder.write(Chain.mapping(mode: "authoritative"), to: "map.yaml")
    try chain.load(["Lumen,AA/2,1.00,USD,,,two"])
    // AA/1 was deleted by CS-0002; AA/2 lives.
    let carriers = """
      name: carriers
      version: 1
      entity: carrier
      mode: authoritative
      columns:
        Name: {to: carrier.name, required: true}

      """
    try chain.folder.write(carriers, to: "carriers.yaml")
    let line = Chain.line.replacingOnce("map.yaml", "carriers.yaml")
    try chain.table(["Zayo"], header: "Name")
    let kept = try chain.sh(line)
    #expect(kept.stdout.contains("but circuit lumen/AA2 still refers to it"), "\(kept.stdout) \(kept.stderr)")
    #expect(kept.stdout.contains("0 to delete"), "\(kept.stdout)")
    try chain.land(3)
    try chain.load(["Lumen,AA/3,1.00,USD,,,three"])
    #expect(try chain.sh("trunkline-revert CS-0004").status == 2)
    try chain.land(5)
    #expect(try Self.orphans(chain) == 0)
    #expect(try chain.verify().status == 0)
  }

  // MARK: Sources whose absences do not count

  @Test func aSourceThatListsNothingDeletesNothing() throws {
    let chain = try Chain(.sqlite)
    try chain.folder.write(Chain.mapping(mode: "authoritative"), to: "map.yaml")
    try chain.load(["Lumen,AA/1,100.00,USD,,,one"])
    let planned = try chain.plan([])
    #expect(planned.status == 0, "\(planned.stdout) \(planned.stderr)")
    #expect(planned.stdout.contains("No changes"))
    #expect(planned.stdout.contains("lists nothing at all, which proves nothing: no deletions"), "\(planned.stdout)")
    let json = try chain.plan([], options: "--json")
    #expect(json.stdout.contains("\"withheld\":\"empty\""), "\(json.stdout)")
  }

  @Test func aFileThatCannotBeReadDeletesNothing() throws {
    let chain = try Chain(.sqlite)
    try chain.folder.write(Chain.mapping(mode: "authoritative"), to: "map.yaml")
    try chain.load(["Lumen,AA/1,100.00,USD,,,one", "Lumen,AA/2,100.00,USD,,,two"])
    try chain.table(["Lumen,AA/1,100.00,USD,,,one"])
    try chain.folder.write("\u{89}PNG\r\n", to: "second.csv")
    let line = Chain.line.replacingOnce("table.csv", "table.csv second.csv")
    let planned = try chain.sh(line)
    #expect(planned.stdout.contains("a file of the authoritative source did not arrive"), "\(planned)")
    #expect(!planned.stdout.contains("to delete") || planned.stdout.contains("0 to delete"), "\(planned.stdout)")
  }

  /// The rows that come back corrected are not all rows of their source.
  @Test func correctedRejectsDeleteNothing() throws {
    let chain = try Chain(.sqlite)
    try chain.folder.write(Chain.mapping(mode: "authoritative"), to: "map.yaml")
    try chain.load(["Lumen,AA/1,100.00,USD,,,one"])
    _ = try chain.plan(["Lumen,AA/1,100.00,USD,,,one", "Lumen,AA/2,oops,USD,,,two"])
    let corrected = try chain.sh(
      "sed -i s/oops/7.00/ rejects-map.jsonl && trunkline-map --mapping map.yaml < rejects-map.jsonl | trunkline-stage"
        + " | trunkline-diff")
    #expect(corrected.stdout.contains("1 to add, 0 to change, 0 to delete"), "\(corrected)")
  }

  @Test func rejectedRowsWithholdDeletionsAloud() throws {
    let chain = try Chain(.sqlite)
    try chain.folder.write(Chain.mapping(mode: "authoritative"), to: "map.yaml")
    try chain.load(["Lumen,AA/1,100.00,USD,,,one", "Lumen,AA/2,100.00,USD,,,two"])
    let same = try chain.plan(["Lumen,AA/1,100.00,USD,,,one", "Lumen,AA/2,oops,USD,,,two"])
    #expect(same.stdout.contains("No changes"), "\(same.stdout)")
    #expect(same.stdout.contains("rows of the authoritative source were rejected"), "\(same.stdout)")
    let changed = try chain.plan(["Lumen,AA/1,101.00,USD,,,one", "Lumen,AA/2,oops,USD,,,two"])
    #expect(changed.stdout.contains("rows of the authoritative source were rejected"), "\(changed.stdout)")
    #expect(changed.stdout.contains("0 to delete"))
  }
}
