import Records
import SQL
import TestSupport
import Testing

/// A stream that is not whole, or not as it was written, stages and commits nothing.
@Suite struct TruncationTests {
  static let rows = ["Lumen,AA/1,100.00,USD,SO-1,12,one", "Lumen,AA/2,200.00,USD,SO-2,24,two", "Zayo,ZZ/1,5,EUR,,,x"]

  /// What each hop carries, and the rest of the pipe that reads it.
  static func hops(_ chain: Chain) throws -> [(name: String, bytes: [UInt8], reader: String)] {
    let extracted = try chain.sh(Chain.extract)
    let mapped = try chain.sh(Chain.map, stdin: extracted.output)
    let staged = try chain.sh(Chain.stage, stdin: mapped.output)
    guard extracted.status == 0, mapped.status == 0, staged.status == 0 else { throw ChainFailure("hops", staged) }
    return [
      ("extract | map", extracted.output, [Chain.map, Chain.stage, "trunkline-diff"].joined(separator: " | ")),
      ("map | stage", mapped.output, [Chain.stage, "trunkline-diff"].joined(separator: " | ")),
      ("stage | diff", staged.output, "trunkline-diff"),
    ]
  }

  /// Every message boundary and random places, the whole stream left out.
  static func cuts(_ bytes: [UInt8], _ random: inout SplitMix64) -> [Int] {
    // The last byte is the newline after the final STATE; without it the message is still whole.
    let end = bytes.count - 1
    let boundaries = bytes.indices.filter { bytes[$0] == 10 }.flatMap { [$0, $0 + 1] }
    return Set(boundaries + (0..<40).map { _ in Int.random(in: 1..<end, using: &random) }).filter { $0 < end }.sorted()
  }

  @Test(arguments: TestStore.available, 0..<3) func aCutStreamStagesNothing(_ store: TestStore, _ hop: Int) throws {
    var random = SplitMix64()
    let chain = try Chain(store)
    try chain.table(Self.rows)
    let (name, bytes, reader) = try Self.hops(chain)[hop]
    let before = try chain.counts()
    for cut in Self.cuts(bytes, &random) {
      let outcome = try chain.sh(reader, stdin: Array(bytes[..<cut]))
      let place = "\(name) cut at \(cut) of \(bytes.count), seed \(random.seed)"
      #expect(outcome.status != 0 && outcome.status != 2, "\(place): \(outcome.stdout)")
      #expect(!outcome.stderr.isEmpty, "\(place)")
      #expect(try chain.counts() == before, "\(place)")
    }
    let whole = try chain.sh(reader, stdin: bytes)
    #expect(whole.status == 2, "\(whole.stderr)")
  }

  /// The stream that ends between two messages, and says so by nothing but the missing STATE.
  @Test func aStreamWithoutItsFinalStateIsRefused() throws {
    let chain = try Chain(.sqlite)
    try chain.table(Self.rows)
    let bytes = try Self.hops(chain)[1].bytes
    let before = try chain.counts()
    let end = bytes.dropLast().lastIndex(of: 10) ?? 0
    let outcome = try chain.sh(Chain.stage, stdin: Array(bytes[...end]))
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("without its final STATE"))
    #expect(try chain.counts() == before)
  }

  @Test(arguments: ["map", "stage", "diff"]) func emptyInputIsNothingToDo(_ step: String) throws {
    let chain = try Chain(.sqlite)
    let before = try chain.counts()
    let line = ["map": Chain.map, "stage": Chain.stage, "diff": "trunkline-diff"][step] ?? step
    let outcome = try chain.sh(line)
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.output.isEmpty && outcome.stderr.contains("note: nothing arrived on standard input"))
    #expect(try chain.sh(line + " --quiet").stderr.isEmpty)
    #expect(try chain.counts() == before)
  }
}
