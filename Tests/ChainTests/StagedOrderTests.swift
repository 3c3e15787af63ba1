import SQL
import TestSupport
import Testing

/// The order of a file's lines decides nothing, and the order of staged rows is relied upon only after a look.
struct StagedOrderTests {
  /// Two spellings of a carrier, one of them committed: it stays, and the digest is the same, whichever comes first.
  @Test(arguments: TestStore.available) func theOrderOfLinesDecidesNothing(_ store: TestStore) throws {
    let rows = ["LUMEN,AA/2,60.00,USD,,,", "Lumen,AA/3,70.00,USD,,,", "lumen,AA/4,80.00,USD,,,"]
    var digests: [String?] = []
    for order in [rows, rows.reversed()] {
      let chain = try Chain(store)
      try chain.load(["Lumen,AA/1,50.00,USD,,,"])
      #expect(try chain.plan(order).status == 2)
      digests.append(try chain.database.firstText("SELECT digest FROM change_sets WHERE id = 2"))
      #expect(try chain.database.firstInt("SELECT count(*) FROM change_items WHERE change_set = 2") == 3)
    }
    #expect(digests[0] != nil && digests[0] == digests[1])
  }

  @Test(arguments: TestStore.available) func rowsOutOfOrderAreNotCompared(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.table(["Lumen,AA/1,50.00,USD,,,", "Lumen,AA/2,60.00,USD,,,"])
    #expect(try chain.sh([Chain.extract, Chain.map, Chain.stage].joined(separator: " | ") + " > staged").status == 0)
    try chain.database.run(
      "UPDATE staging_rows SET id = id + 1000 WHERE id = (SELECT min(id) FROM staging_rows WHERE nkey = 'lumen/AA1')")
    let planned = try chain.sh("trunkline-diff < staged")
    #expect(planned.status == 1 && planned.stderr.contains("not in the order of their keys"), "\(planned.stderr)")
    #expect(try chain.newest() == 0)
  }
}
