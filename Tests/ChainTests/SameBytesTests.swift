import Records
import SQL
import TestSupport
import Testing

/// The same bytes again are known by their digest and not read; whatever else differs, they are read.
@Suite struct SameBytesTests {
  static let rows = IdempotencyTests.rows
  static let list = "trunkline-db loads > known.jsonl"
  static let known = "trunkline-extract --known known.jsonl table.csv"
  static let line = [known, Chain.map, Chain.stage, "trunkline-diff"].joined(separator: " | ")

  /// A chain that has loaded the rows, and the list of what it was loaded from.
  static func loaded(_ store: TestStore, mapping: String = Chain.mapping()) throws -> Chain {
    let chain = try Chain(store)
    try chain.folder.write(mapping, to: "map.yaml")
    try chain.load(rows)
    guard try chain.sh(list).status == 0 else { throw ChainFailure("db loads", try chain.sh("cat known.jsonl")) }
    return chain
  }

  /// Whether a stream has rows.
  static func isRead(_ outcome: Outcome) -> Bool { outcome.stdout.contains("\"type\":\"RECORD\"") }

  @Test(arguments: TestStore.available, ["partial", "authoritative"])
  func knownBytesAreNotReadAndNothingChanges(_ store: TestStore, _ mode: String) throws {
    let chain = try Self.loaded(store, mapping: Chain.mapping(mode: mode))
    let (before, contents) = (try chain.counts(), try chain.contents())
    let extracted = try chain.sh(Self.known)
    #expect(extracted.status == 0 && !Self.isRead(extracted), "\(extracted.stdout)")
    #expect(extracted.stderr.contains("table.csv: not read"), "\(extracted.stderr)")
    let again = try chain.sh(Self.line)
    #expect(again.status == 0, "\(again.stderr)")
    #expect(again.stdout.contains("No changes. The database already matches table.csv"), "\(again.stdout)")
    #expect(try chain.counts() == before)
    #expect(try chain.contents() == contents)
    // As of another day the rows say the same.
    #expect(try chain.sh(Self.line, ["TRUNKLINE_AS_OF": "2027-03-01"]).status == 0)
  }

  /// One difference at a time, with the list of before it.
  @Test func whateverDiffersIsRead() throws {
    let chain = try Self.loaded(.sqlite)
    #expect(Self.isRead(try chain.sh(Self.known + " --footer none")))
    #expect(Self.isRead(try chain.sh(Self.known + " --encoding windows-1252")))
    #expect(Self.isRead(try chain.sh(Self.known + " table.csv")))
    #expect(Self.isRead(try chain.sh("trunkline-extract table.csv")))
    try chain.table(Self.rows + ["Zayo,ZZ/2,7,EUR,,,y"])
    #expect(Self.isRead(try chain.sh(Self.known)))
    #expect(try chain.sh(Self.line).stdout.contains("Plan: 1 to add"))
  }

  @Test(arguments: TestStore.available) func anotherMappingRefusesWhatWasNotRead(_ store: TestStore) throws {
    let chain = try Self.loaded(store)
    let before = try chain.counts()
    for mapping in [Chain.mapping(mode: "authoritative"), Chain.mapping() + "# another text\n"] {
      try chain.folder.write(mapping, to: "map.yaml")
      let refused = try chain.sh(Self.line)
      #expect(refused.status != 0 && refused.status != 2, "\(refused.stdout)")
      #expect(refused.stderr.contains("map.yaml is not that mapping"), "\(refused.stderr)")
      #expect(try chain.counts() == before)
    }
    // Without the list they are read, and mapped anew.
    #expect(try chain.sh(Chain.line).status == 0)
    #expect(try chain.counts()["runs"] == 2)
  }

  @Test(arguments: TestStore.available) func aListOfEarlierIsRefused(_ store: TestStore) throws {
    let chain = try Self.loaded(store)
    #expect(try chain.sh("trunkline-revert CS-0001").status == 2)
    try chain.land(2)
    let before = try chain.counts()
    let refused = try chain.sh(Self.line)
    #expect(refused.status == 1, "\(refused.stdout) \(refused.stderr)")
    #expect(refused.stderr.contains("table.csv was not read"), "\(refused.stderr)")
    #expect(try chain.counts() == before)
    #expect(try chain.sh(Self.list).status == 0)
    let restored = try chain.sh(Self.line)
    #expect(restored.status == 2 && restored.stdout.contains("to restore"), "\(restored.stdout)")
  }

  @Test func rowsStillRejectedAreReadAgain() throws {
    let chain = try Chain(.sqlite)
    try chain.table(Self.rows + ["Zayo,ZZ/2,call us,EUR,,,y"])
    #expect(try chain.sh("\(Chain.extract) | (\(Chain.map); true) | \(Chain.stage) | trunkline-diff").status == 2)
    try chain.land(1)
    let list = try chain.sh("trunkline-db loads")
    #expect(list.status == 0 && list.stdout.isEmpty, "\(list.stdout)")
  }

  /// Streams before or behind the one that was not read are not passed over.
  @Test func nothingBesideItIsLost() throws {
    let chain = try Self.loaded(.sqlite)
    try chain.table(["Lumen,AA/9,9,USD,,,nine"], "other.csv")
    let before = try chain.counts()
    for first in [true, false] {
      let both = first ? "\(Self.known); trunkline-extract other.csv" : "trunkline-extract other.csv; \(Self.known)"
      let refused = try chain.sh("(\(both)) | \(Chain.map) | \(Chain.stage)")
      #expect(refused.status == 1, "\(refused.stdout)")
      #expect(refused.stderr.contains("table.csv was"), "\(refused.stderr)")
      #expect(try chain.counts() == before)
    }
    let claimed = try chain.sh("\(Self.known) | \(Chain.map)")
    let cut = claimed.output.prefix { $0 != 10 } + [10]
    #expect(try chain.sh(Chain.stage, stdin: Array(cut)).status == 1)
    #expect(try chain.counts() == before)
  }

  @Test func aListOfAnotherKindIsRefused() throws {
    let chain = try Self.loaded(.sqlite)
    try chain.folder.write("inventory.csv\n", to: "known.jsonl")
    let refused = try chain.sh(Self.known)
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("what trunkline db loads prints"), "\(refused.stderr)")
  }

  /// Two sheets have one digest; a row left out on request comes when it is not; a corrected reject is not its table.
  @Test func theLedgerKnowsHowASourceWasRead() throws {
    let chain = try Chain(.sqlite)
    let cells = { (text: [String]) in
      "<row>" + text.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }
    let header = cells(["carrier", "circuit", "mrc", "currency", "contract", "months", "notes"])
    let sheets = ["AA/1", "AA/2"].map { circuit in
      TestBook.Sheet(
        header + cells(["Lumen", circuit, "5.00", "USD", "", "", "one"]), name: "S" + String(circuit.suffix(1)))
    }
    try chain.folder.write(TestBook(sheets).bytes, to: "book.xlsx")
    let rest = [Chain.map, Chain.stage, "trunkline-diff"].joined(separator: " | ")
    #expect(try chain.sh("trunkline-extract --sheet 1 book.xlsx | " + rest).status == 2)
    try chain.land(1)
    #expect(try chain.sh("trunkline-extract --sheet 1 book.xlsx | " + rest).status == 0)
    let second = try chain.sh("trunkline-extract --sheet 2 book.xlsx | " + rest)
    #expect(second.status == 2 && second.stdout.contains("lumen/AA2"), "\(second.stdout)")
  }

  /// A file of rejects has the digest of its table, and says something else once it is corrected.
  @Test func correctedRejectsAreNotTheTableTheyCameFrom() throws {
    let chain = try Chain(.sqlite)
    let mapping = Chain.mapping(more: "on_missing: {service_type: error}").replacingOnce(
      "circuit.notes", "circuit.service_type")
    try chain.folder.write(mapping, to: "map.yaml")
    try chain.table(["Lumen,AA/1,100.00,USD,,,ETH"])
    let refused = try chain.sh(Chain.line)
    #expect(try chain.newest() == 0 && chain.database.firstInt("SELECT count(*) FROM loads") == 0, "\(refused.stdout)")
    try chain.folder.write("code\nETH\n", to: "types.csv")
    try chain.folder.write(
      "name: types\nversion: 1\nentity: service_type\ncolumns:\n  code: service_type.code\n", to: "types.yaml")
    let types = "trunkline-extract types.csv | trunkline-map --mapping types.yaml | trunkline-stage | trunkline-diff"
    #expect(try chain.sh(types).status == 2)
    try chain.land(1)
    #expect(try chain.sh(Chain.line).status == 2)
    try chain.land(2)
    #expect(try chain.sh(Chain.line).stdout.contains("No changes"))
    let corrected = try chain.sh(
      "sed 's/\"mrc_minor\":10000/\"mrc_minor\":11100/' rejects-stage.jsonl | trunkline-stage | trunkline-diff")
    #expect(corrected.status == 2 && corrected.stdout.contains("111.00"), "\(corrected.stdout) \(corrected.stderr)")
  }
}
