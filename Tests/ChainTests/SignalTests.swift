import SQL
import TestSupport
import Testing

/// A signal in the middle of a commit: a clean end with its own status, all of it or nothing, no lock left.
@Suite struct SignalTests {
  @Test(arguments: TestStore.available, [("TERM", Int32(143)), ("INT", 130), ("HUP", 143), ("QUIT", 143)])
  func anInterruptedCommitIsWholeOrNothing(_ store: TestStore, _ signal: (name: String, status: Int32)) throws {
    var random = SplitMix64()
    let chain = try Chain(store)
    var round = 1000
    #expect(try chain.plan(KillTests.rows(round)).status == 2)
    try chain.approve(1)
    let started = KillTests.seconds()
    #expect(try chain.commit(1).status == 0)
    let duration = KillTests.seconds() - started
    var serial: Int64 = 1
    var isPlanned = false
    var interrupted = 0
    for _ in 0..<max(6, soak / 4) {
      if !isPlanned {
        round += 1
        #expect(try chain.plan(KillTests.rows(round)).status == 2)
        try chain.approve(try chain.newest())
        isPlanned = true
      }
      let pause = KillTests.pause(duration, &random)
      // What runs in the background, or below a program that ignores signals, ignores them too; env gives them back.
      let ended = try chain.sh(
        "env --default-signal=INT,TERM,HUP,QUIT trunkline-commit \(try chain.newest()) > out 2> err & p=$!; sleep \(pause);"
          + " kill -\(signal.name) $p 2>/dev/null; wait $p")
      let place = "SIG\(signal.name) after \(pause) s, seed \(random.seed): status \(ended.status)"
      let left = try KillTests.committed(chain, round)
      let whole: [Int64] = [serial + 1, serial + 1, serial + 1, Int64(KillTests.size), Int64(KillTests.size)]
      #expect(left == [serial, serial, serial, 0, 0] || left == whole, "\(place): \(left)")
      #expect(
        ended.status == 0 || ended.status == signal.status || Self.isBeforeMain(ended.status, signal.name), "\(place)")
      if ended.status == signal.status, try !chain.folder.read("err").isEmpty {
        interrupted += 1
        #expect(
          try chain.folder.read("err").hasPrefix("trunkline-commit: error: interrupted\ntrunkline-commit: hint: "))
      }
      if left == whole {
        serial += 1
        isPlanned = false
      } else {
        #expect(ended.status != 0, "\(place)")
      }
    }
    #expect(interrupted > 0, "no signal met a program at work, seed \(random.seed)")
    // Nobody holds a lock, and what was cut short completes.
    #expect(try chain.commit(try chain.newest()).status == 0)
    #expect(try chain.verify().status == 0)
  }

  /// A signal that arrives before the program has begun ends it as it ends any program.
  private static func isBeforeMain(_ status: Int32, _ name: String) -> Bool {
    status == 128 + (["TERM": 15, "INT": 2, "HUP": 1, "QUIT": 3][name] ?? 0)
  }

  /// The handler waits for no lock that the program it interrupts may hold, such as those of the runtime at its first steps.
  @Test func aSignalAtAnyMomentOfTheStartEndsTheProgram() throws {
    let chain = try Chain(.sqlite)
    let ended = try chain.sh(
      "for n in $(seq 1 \(max(60, soak * 5))); do env --default-signal=TERM trunkline-commit CS-0009 > out 2> err & p=$!;"
        + " sleep 0.00$((n % 8 + 2))$((n % 10)); kill -TERM $p 2>/dev/null; wait $p; echo $?; done | sort | uniq -c")
    let lines = ended.stdout.split(separator: "\n")
    let statuses = Set(lines.compactMap { $0.split(separator: " ").last.map(String.init) })
    #expect(statuses.contains("143") && statuses.isSubset(of: ["143", "66"]), "\(ended.stdout)")
  }

  /// A finished reader of rejects finds no half of a file after an interrupt.
  @Test func anInterruptedStepLeavesNoPartialFile() throws {
    var random = SplitMix64()
    let chain = try Chain(.sqlite)
    try chain.table((0..<4000).map { "Lumen,K/\($0),\($0 % 3 == 0 ? "oops" : "1.50"),USD,,,row" })
    let stream = try chain.sh("trunkline-extract table.csv > rows.jsonl")
    #expect(stream.status == 0)
    for _ in 0..<10 {
      _ = try chain.sh(
        "rm -f r.jsonl*; env --default-signal=TERM trunkline-map --mapping map.yaml --rejects r.jsonl < rows.jsonl > out 2> err & p=$!;"
          + " sleep \(KillTests.pause(0.05, &random)); kill -TERM $p 2>/dev/null; wait $p; true")
      let files = try chain.sh("ls r.jsonl* 2>/dev/null").stdout
      #expect(files == "" || files == "r.jsonl\n", "seed \(random.seed): \(files)")
    }
  }
}
