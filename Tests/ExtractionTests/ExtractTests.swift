import Records
import TestSupport
import Testing

/// Runs of the executable: what comes out is whole, balanced and the same each time.
struct ExtractTests {
  private static func stated(_ output: String) throws -> StreamCounts {
    let line = try #require(output.split(separator: "\n").last)
    let run = try #require(JSON.parse(String(line))?["value"]?["run"])
    return try #require(StreamCounts(json: run))
  }

  private static func columns(_ output: String) throws -> [JSON] {
    let line = try #require(output.split(separator: "\n").first)
    return try #require(JSON.parse(String(line))?["x-columns"]).items
  }

  @Test(arguments: [
    ("id,city\n1,Paris\n2,\n", 0, 2, 0, 1), ("id,city\n1,Paris\n\n2,Rome\n", 0, 2, 0, 2),
    ("id,city\n1,Paris,x\n2,Rome\n3,Oslo\n", 3, 2, 1, 1), ("id,city\n1,a\0b\n2,Rome\n", 3, 1, 1, 1),
    ("sep=;\nid;city\n1;Paris\n2;Rome\n", 0, 2, 0, 2), ("id,city\n1,Paris\n,\n2,Rome\n", 0, 2, 0, 2),
  ])
  func countsBalance(_ text: String, _ status: Int32, _ accepted: Int, _ rejected: Int, _ skipped: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "in.csv")
    let outcome = try run("trunkline-extract", ["--rejects", folder.file("r.jsonl"), path])
    #expect(outcome.status == status, "\(outcome.stderr)")
    let counts = try Self.stated(outcome.stdout)
    #expect(counts.balanced && counts.emittedTotal == accepted)
    #expect((counts.accepted, counts.rejected, counts.skippedTotal) == (accepted, rejected, skipped))
    if rejected > 0 { #expect(try Self.stated(folder.read("r.jsonl")).emitted == ["rows__rejects": rejected]) }
  }

  @Test func cellsAreVerbatimAndBlanksLeftOut() throws {
    let outcome = try run("trunkline-extract", ["-"], stdin: Array("id,a,a,\n007,\" x\"\"y\",,z\n8,b,c,d\n".utf8))
    #expect(outcome.stdout.contains(#"{"id":"007","a":" x\"y","col_4":"z"},"row":2}"#), "\(outcome.stdout)")
    #expect(outcome.stdout.contains(#"{"id":"8","a":"b","a_2":"c","col_4":"d"},"row":3}"#))
  }

  @Test func standardInputAndFileGiveTheSameRecords() throws {
    let folder = try TemporaryFolder()
    let text = "id,city\n1,Paris\n2,Rome\n"
    let path = try folder.write(text, to: "in.csv")
    let file = try run("trunkline-extract", [path])
    #expect(try run("trunkline-extract", [path]).output == file.output)
    let piped = try run("trunkline-extract", ["-"], stdin: Array(text.utf8))
    func records(_ outcome: Outcome) -> [Substring] {
      outcome.stdout.split(separator: "\n").filter { $0.contains("RECORD") }
    }
    #expect(records(piped) == records(file) && records(file).count == 2)
  }

  @Test func aFailedFileAmongSeveralIsSaidAndTheOthersGoOn() throws {
    let folder = try TemporaryFolder()
    try folder.write("id,city\n1,Paris\n", to: "a.csv")
    try folder.write("id,city\n1,\"Paris\n", to: "b.csv")
    try folder.write("id,city\n1,Oslo\n", to: "c.csv")
    let outcome = try run("trunkline-extract", [folder.path])
    #expect(outcome.status == 10 && outcome.stderr.contains("E_QUOTE"))
    #expect(outcome.stdout.split(separator: "\n").count { $0.contains(#""final":true"#) } == 2)
    #expect(try run("trunkline-extract", [folder.file("b.csv")]).status == 1)
  }

  @Test func anEmptyFileIsNoInput() throws {
    let outcome = try run("trunkline-extract", ["-"])
    #expect(outcome.status == 66 && outcome.stderr.contains("E_EMPTY") && outcome.output.isEmpty)
  }

  @Test(arguments: [
    ("day\n13/02/2024\n01/02/2024\n", "dates", "dmy"), ("day\n01/02/2024\n03/04/2024\n", "dates", "ambiguous"),
    ("day\n13/02/2024\n02/14/2024\n", "dates", "conflict"), ("mrc\n\"1.250,50\"\n\"3,00\"\n", "decimal", "comma"),
  ])
  func columnsSayWhatTheyProve(_ text: String, _ member: String, _ verdict: String) throws {
    let lines = text.split(separator: "\n").enumerated().map {
      "\($0.offset == 0 ? "id" : "\($0.offset)"),\($0.element)"
    }
    let input = Array((lines.joined(separator: "\n") + "\n").utf8)
    let outcome = try run("trunkline-extract", ["-"], stdin: input)
    #expect(try Self.columns(outcome.stdout)[1][member]?.text == verdict, "\(outcome.stdout)")
  }

  @Test func originalsAreKeptByDigest() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("id,city\n1,Paris\n", to: "in.csv")
    let outcome = try run("trunkline-extract", ["--documents", folder.file("kept"), path])
    let line = try #require(outcome.stdout.split(separator: "\n").first)
    let digest = try #require(JSON.parse(String(line))?["x-origin"]?["src"]?.text?.dropFirst(7))
    #expect(try folder.read("kept/\(digest.prefix(2))/\(digest)") == "id,city\n1,Paris\n")
  }
}
