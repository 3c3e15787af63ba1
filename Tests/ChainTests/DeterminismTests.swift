import SQL
import TestSupport
import Testing

/// The same bytes in, the same bytes out, wherever and whenever.
@Suite struct DeterminismTests {
  static let surroundings: [[String: String]] = [
    ["TZ": "UTC", "LC_ALL": "C"], ["TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"],
    ["TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "HOME": "/nowhere"],
    ["TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "COLUMNS": "20", "NO_COLOR": "1"],
  ]

  @Test(arguments: TestStore.available) func surroundingsDoNotMatter(_ store: TestStore) throws {
    var seen: [String: [UInt8]] = [:]
    for (place, environment) in Self.surroundings.enumerated() {
      let chain = try Chain(store)
      try chain.table(TruncationTests.rows + ["Iğdır İletişim,Iı/9,\"1,234.56\",USD,SO-7,36,ÄÖÜ ıİ"])
      let table = chain.folder.file("table.csv")
      let map = "trunkline-map --as-of 2026-11-21 --mapping \(chain.folder.file("map.yaml"))"
      let hops = [
        ("extract", "trunkline-extract \(table)", ""), ("map", map, "extract"), ("stage", Chain.stage, "map"),
        ("diff --json", "trunkline-diff --json --out p.plan", "stage"), ("diff", "trunkline-diff --run $RUN", ""),
        ("plan file", "cat p.plan", ""), ("changes", "trunkline-changes show 1", ""),
      ]
      var output: [String: [UInt8]] = [:]
      for (name, line, input) in hops {
        let folder = "mkdir -p deeper/\(place) && cd deeper/\(place) && "
        let run = try chain.database.firstText("SELECT id FROM runs") ?? ""
        let attempt = try chain.database.firstInt("SELECT attempt FROM runs") ?? 1
        let outcome = try chain.sh(
          folder + line, stdin: output[input] ?? [], environment.merging(["RUN": "\(run)-\(attempt)"]) { $1 })
        #expect(outcome.status == 0 || outcome.status == 2, "\(name) \(environment): \(outcome.stderr)")
        output[name] = outcome.output
        #expect(!outcome.output.isEmpty, "\(name)")
        if let known = seen[name] { #expect(known == outcome.output, "\(name) in \(environment)") }
      }
      seen = output
    }
  }
  /// A pipe gives what it has, at worst one byte at a time.
  @Test(arguments: TestStore.available) func bytesThatTrickleInAreTheSame(_ store: TestStore) throws {
    let (swift, slow) = (try Chain(store), try Chain(store))
    try swift.table(TruncationTests.rows)
    var input = try readFile(swift.folder.file("table.csv"))
    for line in ["trunkline-extract -", Chain.map, Chain.stage, "trunkline-diff --json"] {
      let whole = try swift.sh(line, stdin: input)
      let trickled = try slow.sh("dd bs=1 status=none | " + line, stdin: input)
      #expect(whole.status == trickled.status && whole.output == trickled.output, "\(line): \(trickled.stderr)")
      #expect(!whole.output.isEmpty)
      input = whole.output
    }
  }
}
