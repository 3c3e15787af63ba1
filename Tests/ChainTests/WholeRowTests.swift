import SQL
import TestSupport
import Testing

/// A row that stage rejects leaves nothing behind but what the rows that stay need.
@Suite struct WholeRowTests {
  private static let bad = "Zayo,ZZ/1,5.00,USD,SO-2,24,DIAA"
  private static let shared = ["Lumen,AA/1,1.00,USD,SO-1,12,DIAA", "Lumen,AA/2,2.00,USD,SO-1,12,DIA"]

  private static func chain(_ store: TestStore) throws -> Chain {
    let chain = try Chain(store)
    let mapping = Chain.mapping().replacing("circuit.notes", with: "circuit.service_type")
    try chain.folder.write(mapping, to: "map.yaml")
    try chain.load(["Cogent,OO/1,1.00,USD,,,DIA"])
    try chain.folder.write(mapping + "on_missing: {service_type: error}\n", to: "map.yaml")
    return chain
  }

  private static func staged(_ chain: Chain) throws -> [String] {
    try chain.database.rows("SELECT nkey FROM staging_rows ORDER BY nkey").compactMap { $0[0].text }
  }

  @Test(arguments: TestStore.available, [false, true])
  func aRejectedRowLeavesOnlyWhatOthersNeed(_ store: TestStore, _ isReversed: Bool) throws {
    let chain = try Self.chain(store)
    let rows = [Self.bad] + Self.shared
    let planned = try chain.plan(isReversed ? rows.reversed() : rows)
    #expect(planned.status == 2 || planned.status == 3, "\(planned.stdout) \(planned.stderr)")
    #expect(
      try Self.staged(chain) == ["lumen", "lumen/AA2", "lumen/SO-1/service_order", "lumen/SO-1/service_order/1"])
    let rejects = try chain.folder.read("rejects-stage.jsonl")
    #expect(rejects.contains("\"contracts__rejects\"") && rejects.contains("E_SIBLING"), "\(rejects)")
    #expect(rejects.contains("\"contract_terms__rejects\"") && rejects.contains("\"carriers__rejects\""), "\(rejects)")
    try chain.land(2)
    #expect(try chain.database.firstInt("SELECT count(*) FROM contracts") == 1)
    // The corrected rows bring everything.
    try chain.load((isReversed ? rows.reversed() : rows).map { $0.replacing("DIAA", with: "DIA") })
    #expect(try chain.database.firstInt("SELECT count(*) FROM contracts") == 2)
    #expect(try chain.database.firstInt("SELECT count(*) FROM contract_terms") == 2)
    #expect(try chain.database.firstInt("SELECT count(*) FROM circuits") == 4)
    #expect(try chain.verify().status == 0)
  }

  /// Rows of one number in two files are two rows, and only the rejected one goes, with the stubs that only it asked for.
  @Test(arguments: TestStore.available) func rowsOfTwoFilesAreToldApart(_ store: TestStore) throws {
    let chain = try Self.chain(store)
    let columns = ["carrier", "carrier_circuit_id", "mrc", "currency", "service_type"].map { "circuit." + $0 }
    let names = ["carrier", "circuit", "mrc", "currency", "notes"]
    try chain.folder.write(
      "name: c\nversion: 1\nentity: circuit\ndefaults: {decimal: point}\ncolumns:\n"
        + zip(names, columns).map { "  \($0): \($1)\n" }.joined() + "on_missing: {service_type: error}\n",
      to: "map.yaml")
    let header = names.joined(separator: ",")
    try chain.table(["Lumen,AA/1,1.00,USD,DIA", "Zayo,ZZ/1,5.00,USD,DIAA"], "one.csv", header: header)
    try chain.table(["Lumen,AA/3,1.00,USD,DIA", "Colt,AA/2,2.00,USD,DIA"], "two.csv", header: header)
    let planned = try chain.sh("trunkline-extract one.csv two.csv | \(Chain.map) | \(Chain.stage)")
    #expect(planned.status == 3, "\(planned.stderr)")
    // Of carriers that are described nowhere, stubs: that of the rejected row goes with it.
    #expect(try Self.staged(chain) == ["colt", "colt/AA2", "lumen", "lumen/AA1", "lumen/AA3"])
  }
}
