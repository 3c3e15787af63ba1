import TestSupport
import Testing

/// A program that writes files, and what it answers when all goes well.
struct FaultLine: CustomTestStringConvertible {
  /// Its files are in the folder `W`.
  let line: String
  let status: Int32
  /// The file it gives a name, where an earlier one stands.
  var output: String?
  /// Whether the earlier one is kept under another name.
  var isKept = false
  var database: String?

  var program: String { String(line.prefix { $0 != " " }) }
  var testDescription: String { output.map { "\(program) \($0)" } ?? program }

  static let earlier = Array("an earlier file\n".utf8)

  /// What has to be in the folder before it runs.
  var prepare: String {
    (database.map { "cp \($0) w/x.db" } ?? "true") + (output.map { "; echo an earlier file > w/\($0)" } ?? "")
  }

  static let all = [
    FaultLine(
      line: "trunkline-extract ragged.csv --documents W/kept --rejects W/r.jsonl", status: 3, output: "r.jsonl",
      isKept: true),
    FaultLine(
      line: "trunkline-map --mapping map.yaml --rejects W/r.jsonl < rows.jsonl", status: 3, output: "r.jsonl",
      isKept: true),
    FaultLine(
      line: "trunkline-stage --db sqlite:W/x.db --rejects W/r.jsonl < mapped.jsonl", status: 3, output: "r.jsonl",
      isKept: true, database: "empty.db"),
    FaultLine(
      line: "trunkline-diff --db sqlite:W/x.db --out W/p.plan < staged.jsonl", status: 2, output: "p.plan",
      database: "staged.db"),
    FaultLine(
      line: "trunkline-revert 2 --db sqlite:W/x.db --out W/p.plan", status: 2, output: "p.plan", database: "done.db"),
    FaultLine(
      line: "trunkline-report inventory --db sqlite:W/x.db --out W/i.xlsx", status: 0, output: "i.xlsx",
      database: "done.db"),
    FaultLine(
      line: "trunkline-report inventory --db sqlite:W/x.db --sheet Circuits --out W/i.csv", status: 0, output: "i.csv",
      database: "done.db"),
    FaultLine(
      line: "trunkline-report inventory --db sqlite:W/x.db --out W/i.html", status: 0, output: "i.html",
      database: "done.db"),
    FaultLine(
      line: "trunkline-export circuits --db sqlite:W/x.db --out W/c.csv", status: 0, output: "c.csv",
      database: "done.db"),
    FaultLine(
      line: "trunkline-errors rejects-map.jsonl --out W/e.xlsx", status: 0, output: "e.xlsx", isKept: true),
    FaultLine(line: "trunkline-map suggest --save --mappings W/m < rows.jsonl", status: 0),
  ]
}

/// Programs that write files, on a disk that fails at any call.
@Suite struct FaultFileTests {
  /// Every call but those that write fails once, and some of those that write; `make soak` lets all of them fail.
  private static func faults(_ calls: [FaultCall], _ random: inout SplitMix64) -> [(call: Int, error: String)] {
    let writes = calls.indices.filter { calls[$0].kind == .write }
    let some = Set(writes.shuffled(using: &random).prefix(6))
    return calls.indices.compactMap { index in
      let isWrite = calls[index].kind == .write
      let ways = isWrite ? ["EIO", "ENOSPC", "SHORT", "EINTR"] : ["EIO", "ENOSPC"]
      if isWrite, soak == 20, !some.contains(index) { return nil }
      return ways.randomElement(using: &random).map { (index + 1, $0) }
    }
  }

  @Test(arguments: FaultLine.all) func aFileIsWholeOrAsItWas(_ line: FaultLine) throws {
    var random = SplitMix64()
    let scene = try FaultScene()
    _ = try scene.run("true", after: line.prepare)
    let before = try line.database.map { _ in try scene.state("before") }
    let clean = try scene.run(line.line, after: line.prepare)
    #expect(clean.status == line.status, "\(clean.status) \(clean.stderr)")
    let calls = try scene.calls()
    let whole = try scene.files()
    let after = try line.database.map { _ in try scene.state("after") }
    var failures = 0
    for (call, error) in Self.faults(calls, &random) {
      let place = "\(error) at call \(call) (\(calls[call - 1].kind)) of \(calls.count), seed \(random.seed)"
      let ended = try scene.run(line.line, after: line.prepare, call: call, fails: error)
      #expect([line.status, 1, 75].contains(ended.status), "\(place): \(ended.status) \(ended.stderr)")
      if ended.status != line.status {
        failures += 1
        #expect(ended.stderr.contains("\(line.program): error: "), "\(place): \(ended.stderr)")
      }
      try check(scene.files(), whole, line, ended.status, calls[call - 1], place)
      guard line.database != nil else { continue }
      let state = try scene.state(place)
      #expect(state == before || state == after, "\(place): \(state)")
      #expect(ended.status != line.status || state == after, "\(place): \(state)")
    }
    #expect(failures > 0, "no failure was met, seed \(random.seed)")
    let again = try scene.run(line.line, after: line.prepare)
    #expect(again.status == line.status && again.output == clean.output, "\(again.stderr)")
    #expect(try scene.files() == whole)
  }

  /// Of two files the rejects of either may be lost, which is said; what is in the file of rejects is whole streams.
  @Test func rejectsThatCannotBeWrittenDoNotSpoilThoseOfOtherFiles() throws {
    var random = SplitMix64()
    let scene = try FaultScene()
    let line = "trunkline-extract ragged.csv ragged.csv table.csv --documents W/kept --rejects W/r.jsonl"
    let clean = try scene.run(line, after: "true")
    #expect(clean.status == 3, "\(clean.status) \(clean.stderr)")
    let calls = try scene.calls()
    var partial = 0
    for (call, error) in Self.faults(calls, &random) {
      let place = "\(error) at call \(call) (\(calls[call - 1].kind)) of \(calls.count), seed \(random.seed)"
      let ended = try scene.run(line, after: "true", call: call, fails: error)
      #expect([1, 3, 10].contains(ended.status), "\(place): \(ended.status) \(ended.stderr)")
      if ended.status != 3 { #expect(ended.stderr.contains("trunkline-extract: error: "), "\(place)") }
      if ended.status == 10 { partial += 1 }
      guard try scene.files()["r.jsonl"] != nil else {
        #expect(ended.status != 3, "\(place)")
        continue
      }
      let read = try scene.run("trunkline-map --mapping map.yaml --rejects again.jsonl < W/r.jsonl")
      #expect(read.status == 0 || read.status == 3, "\(place): \(read.stderr)")
    }
    #expect(partial > 0, "no failure of one file was met, seed \(random.seed)")
  }

  /// A name without the number of the process that is in it.
  private static func withoutNumbers(_ name: String) -> String { name.filter { !$0.isNumber } }

  /// Every name that is there means a whole file; what an unlink that failed left is not held against the program.
  private func check(
    _ found: [String: [UInt8]], _ whole: [String: [UInt8]], _ line: FaultLine, _ status: Int32, _ call: FaultCall,
    _ place: String
  ) throws {
    for (name, bytes) in found {
      if call.kind == .unlink, Self.withoutNumbers(call.path).hasSuffix(Self.withoutNumbers(name)) { continue }
      #expect(whole[name] != nil, "\(place): \(name) is left")
      let isEarlier = name == line.output && bytes == FaultLine.earlier
      #expect(bytes == whole[name] || isEarlier, "\(place): \(name) is neither whole nor as it was")
    }
    if line.output != nil { #expect(found[line.output ?? ""] != nil, "\(place): the earlier file is gone") }
    if line.isKept { #expect(found.values.contains(FaultLine.earlier), "\(place): the earlier file is lost") }
    if status == line.status { #expect(found.count >= whole.count, "\(place): \(found.keys)") }
  }
}
