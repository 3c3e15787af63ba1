import Records
import SQL
import TestSupport
import Testing

/// A stream whose counts, checksum and bytes do not agree is refused; several whole ones are one run.
@Suite struct BalanceTests {
  /// What can be wrong with a stream that has its final STATE.
  enum Fault: CaseIterable {
    case input, accepted, rejected, skipped, emitted, otherStream, checksum, extraRecord, missingRecord, swapped

    func apply(to text: String) -> String {
      var lines = text.split(separator: "\n").map(String.init)
      let last = lines.count - 1
      let record = lines.firstIndex { $0.hasPrefix(#"{"type":"RECORD""#) } ?? 0
      func count(_ name: String, by step: Int = 1) {
        guard let from = lines[last].find("\"\(name)\":") else { return }
        let digits = lines[last][from...].prefix { $0.isNumber }
        lines[last].replaceSubrange(from..<digits.endIndex, with: String((Int(digits) ?? 0) + step))
      }
      switch self {
      case .input: count("in")
      case .accepted: count("accepted", by: -1)
      case .rejected: count("rejected")
      case .skipped: lines[last] = lines[last].replacing("\"skipped\":{", "\"skipped\":{\"other\":1,", "\"other\":1,}")
      case .emitted:
        let name = lines[record].find("\"stream\":\"").map { lines[record][$0...].prefix { $0 != "\"" } } ?? ""
        count(String(name))
      case .otherStream:
        lines[last] = lines[last].replacing("\"emitted\":{", "\"emitted\":{\"circuits_2\":1,", "\"circuits_2\":1,}")
      case .checksum:
        guard let from = lines[last].find("\"crc32c\":\"") else { break }
        let other = lines[last][from] == "0" ? "1" : "0"
        lines[last].replaceSubrange(from...from, with: other)
      case .extraRecord: lines.insert(lines[record], at: record)
      case .missingRecord: lines.remove(at: record)
      case .swapped: lines.swapAt(record, record + 1)
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }

  @Test(arguments: TestStore.available, Fault.allCases)
  func aStreamThatDoesNotAgreeIsRefused(_ store: TestStore, _ fault: Fault) throws {
    let chain = try Chain(store)
    try chain.table(TruncationTests.rows)
    let hops = try TruncationTests.hops(chain)
    let before = try chain.counts()
    for hop in hops[..<2] {
      let text = String(decoding: hop.bytes, as: UTF8.self)
      let bad = fault.apply(to: text)
      #expect(bad != text, "\(hop.name)")
      let outcome = try chain.sh(hop.reader, stdin: Array(bad.utf8))
      #expect(outcome.status == 1, "\(hop.name) \(outcome.stdout)")
      #expect(try chain.counts() == before, "\(hop.name)")
    }
  }

  /// Counts that no other check sees: the checksum and the emitted counts are right.
  @Test func countsThatDoNotBalanceAreRefused() throws {
    let chain = try Chain(.sqlite)
    try chain.table(TruncationTests.rows)
    let hops = try TruncationTests.hops(chain)
    let before = try chain.counts()
    for hop in hops {
      let bad = Fault.input.apply(to: String(decoding: hop.bytes, as: UTF8.self))
      let outcome = try chain.sh(hop.reader, stdin: Array(bad.utf8))
      #expect(outcome.status == 1, "\(hop.name)")
      #expect(outcome.stderr.contains("do not balance"), "\(hop.name): \(outcome.stderr)")
      #expect(try chain.counts() == before, "\(hop.name)")
    }
  }

  @Test(arguments: TestStore.available) func aFlippedBitIsNoticed(_ store: TestStore) throws {
    var random = SplitMix64()
    let chain = try Chain(store)
    try chain.table(TruncationTests.rows)
    let hops = try TruncationTests.hops(chain)
    let before = try chain.counts()
    for hop in hops[..<2] {
      // The final STATE has no checksum of its own: its counts are held by the test above.
      let body = (hop.bytes.dropLast().lastIndex(of: 10) ?? 1) - 1
      for _ in 0..<40 {
        let place = Int.random(in: 0..<body, using: &random)
        var bytes = hop.bytes
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        let outcome = try chain.sh(hop.reader, stdin: bytes)
        let note = "\(hop.name) byte \(place): \(hop.bytes[place]) to \(bytes[place]), seed \(random.seed)"
        #expect(outcome.status != 0 && outcome.status != 2, "\(note) \(outcome.stdout)")
        #expect(try chain.counts() == before, "\(note)")
      }
    }
  }

  @Test(arguments: TestStore.available) func severalWholeStreamsAreOneRun(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.table(["Lumen,AA/1,1,USD,,,", "Lumen,AA/2,2,USD,,,"], "a.csv")
    try chain.table(["Zayo,ZZ/1,3,USD,,,", "Zayo,ZZ/2,4,USD,,,", "Zayo,ZZ/3,5,USD,,,"], "b.csv")
    let both = "{ trunkline-extract a.csv | \(Chain.map); trunkline-extract b.csv | \(Chain.map); } | \(Chain.stage)"
    let staged = try chain.sh(both)
    #expect(staged.status == 0, "\(staged.stderr)")
    let counts = JSON.parse(staged.stdout.split(separator: "\n").last.map(String.init) ?? "")?["value"]?["run"]
    #expect(counts?["in"]?.int == 7)
    #expect(counts?["accepted"]?.int == 7)
    #expect(counts?["staged"]?["circuits"]?.int == 5)
    #expect(try chain.counts()["runs"] == 1)
    let planned = try chain.sh("trunkline-diff", stdin: staged.output)
    #expect(planned.stdout.contains("5 circuits"))
  }

  /// The second of two streams is cut: nothing of the first is staged either.
  @Test(arguments: TestStore.available) func aCutSecondStreamSpoilsTheRun(_ store: TestStore) throws {
    let chain = try Chain(store)
    try chain.table(TruncationTests.rows)
    let stream = try chain.sh("\(Chain.extract) | \(Chain.map)").output
    let before = try chain.counts()
    for length in [stream.count / 3, stream.count / 2, stream.count - 100] {
      let outcome = try chain.sh(Chain.stage, stdin: stream + stream[..<length])
      #expect(outcome.status == 1)
      #expect(try chain.counts() == before)
    }
  }
}

extension String {
  /// Where the text after `mark` begins.
  func find(_ mark: String) -> Index? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(mark) { return index(at, offsetBy: mark.count) }
      at = index(after: at)
    }
    return nil
  }

  /// `old` replaced once by `new`; where that left `empty` (a comma before a brace), the comma goes too.
  func replacing(_ old: String, _ new: String, _ empty: String) -> String {
    guard let end = find(old) else { return self }
    let start = index(end, offsetBy: -old.count)
    let text = String(self[..<start]) + new + String(self[end...])
    guard let spoiled = text.find(empty) else { return text }
    return String(text[..<text.index(spoiled, offsetBy: -2)]) + "}" + String(text[spoiled...])
  }
}
