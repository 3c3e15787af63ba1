import Glibc
import SQL
import TestSupport
import Testing

/// SIGKILL at any moment leaves all of a step or nothing of it.
@Suite struct KillTests {
  /// What a test may find after a kill, at one moment.
  static func state(_ chain: Chain) throws -> [String: Int64] {
    if chain.store.store == .postgres {
      // The server notices a dead client in its own time.
      let others =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
      for _ in 0..<500 where try chain.database.firstInt(others) != 0 { usleep(10_000) }
    }
    #expect(try chain.database.integrityCheck() == [])
    return try chain.counts()
  }

  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func pause(_ longest: Double, _ random: inout SplitMix64) -> String {
    let micros = Int.random(in: 0...Int(longest * 1e6), using: &random)
    let digits = String(micros % 1_000_000)
    return "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
  }

  // MARK: The pipe

  /// What the pipe carries: its programs, and the place of `stage` among them.
  enum Freight {
    case table, paper

    var steps: [String] {
      switch self {
      case .table: [Chain.extract, Chain.map, Chain.stage, "trunkline-diff"]
      case .paper:
        [
          "trunkline-extract '\(repositoryRoot)/Samples/contracts/odd/no-notice.pdf'", "trunkline-ocr",
          "trunkline-map --rejects rejects-map.jsonl", Chain.stage, "trunkline-diff",
        ]
      }
    }

    var stage: Int { steps.count - 2 }

    func prepare(_ chain: Chain) throws {
      if self == .paper { return }
      try chain.table((0..<1200).map { "Lumen,K/\($0),\($0).50,USD,SO-\($0 % 40),12,row \($0)" })
    }
  }

  /// The pipe with what each hop carried kept aside; `victim` is killed after `pause` seconds.
  private static func pipe(_ steps: [String], victim: Int?, after pause: String) -> String {
    let parts = steps.enumerated().map { "(echo $BASHPID > pid\($0); exec \($1))" }
    let line = parts.enumerated().map { $0 < steps.count - 1 ? "\($1) | tee hop\($0)" : $1 }.joined(separator: " | ")
    let blow = victim.map { "sleep \(pause); kill -9 $(cat pid\($0)) 2>/dev/null;" } ?? ""
    return "rm -f pid? hop?; { \(line) > plan; echo \"${PIPESTATUS[@]}\" > status; } 2>/dev/null & \(blow) wait; true"
  }

  /// Takes back what staging and planning wrote.
  private static func forget(_ chain: Chain) throws {
    for table in ["runs", "staging_rows", "field_evidence", "change_sets", "change_items", "change_groups"] {
      try chain.database.run("DELETE FROM \(table)")
    }
    try chain.database.run("DELETE FROM audit_log WHERE action = 'propose'")
  }

  private static func isWhole(_ chain: Chain, _ hop: Int) throws -> Bool {
    let text = try chain.folder.read("hop\(hop)")
    return text.hasSuffix("\n") && text.split(separator: "\n").last?.contains("\"final\":true") == true
  }

  /// What a paper becomes in the database, its evidence apart, is what a table becomes: one store is enough for it.
  private static let pipes = TestStore.available.map { ($0, Freight.table) } + [(.sqlite, .paper)]

  @Test(arguments: pipes) func aKilledStepOfThePipeLeavesNoHalf(_ store: TestStore, _ freight: Freight) throws {
    var random = SplitMix64()
    let chain = try Chain(store)
    try freight.prepare(chain)
    let steps = freight.steps
    let empty = try Self.state(chain)
    let started = Self.seconds()
    _ = try chain.sh(Self.pipe(steps, victim: nil, after: "0"))
    let duration = Self.seconds() - started
    let full = try Self.state(chain)
    #expect(full["runs"] == 1 && full["change_sets"] == 1 && full["circuits"] == 0)
    #expect((full["field_evidence"] ?? 0 > 10) == (freight == .paper))
    let staging = ["runs", "staging_rows", "field_evidence"]
    let planning = ["change_sets", "change_items", "change_groups", "audit_log"]
    var killed = 0
    for turn in 0..<(soak * 4) {
      try Self.forget(chain)
      let victim = turn % steps.count
      let pause = Self.pause(duration, &random)
      _ = try chain.sh(Self.pipe(steps, victim: victim, after: pause))
      let left = try Self.state(chain)
      let statuses = try chain.folder.read("status").split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }
      let place = "step \(victim) after \(pause) s, statuses \(statuses), seed \(random.seed)"
      for tables in [staging, planning] {
        let values = tables.map { left[$0] }
        #expect(values == tables.map { empty[$0] } || values == tables.map { full[$0] }, "\(place): \(left)")
      }
      for table in ["records", "circuits", "carriers", "serial", "loads", "staging_references"] {
        #expect(left[table] == empty[table], "\(place): \(table)")
      }
      guard statuses.count == steps.count * 2 - 1, statuses[victim * 2] == 137 else { continue }
      killed += 1
      guard victim <= freight.stage, try !Self.isWhole(chain, victim) else { continue }
      if try !chain.folder.read("hop\(victim)").isEmpty {
        #expect(statuses[victim * 2 + 2] != 0 && statuses[victim * 2 + 2] != 2, "\(place)")
      }
      if victim < freight.stage { #expect(left["runs"] == 0, "\(place)") }
      #expect(left["change_sets"] == 0, "\(place)")
    }
    #expect(killed > 0)
    try Self.forget(chain)
    _ = try chain.sh(Self.pipe(steps, victim: nil, after: "0"))
    #expect(try Self.state(chain) == full)
  }

  // MARK: Commit

  static let size = 150

  /// Half the rows change the charge of known circuits, half are new in this round.
  static func rows(_ round: Int) -> [String] {
    (0..<size).flatMap { ["Lumen,C/\($0),\(round).00,USD,,,", "Lumen,N\(round)/\($0),1.00,USD,,,"] }
  }

  /// Serial, circuits with the round's charge, circuits new in it, commits in the log, at one moment.
  static func committed(_ chain: Chain, _ round: Int) throws -> [Int64] {
    _ = try state(chain)
    return try chain.database.reading {
      [
        try chain.database.firstInt("SELECT count(*) FROM change_sets WHERE state = 'committed'") ?? -1,
        Int64(try chain.database.firstText("SELECT value FROM db_meta WHERE name = 'serial'") ?? "") ?? -1,
        try chain.database.firstInt("SELECT count(*) FROM audit_log WHERE action = 'commit'") ?? -1,
        try chain.database.firstInt(
          "SELECT count(*) FROM circuits WHERE nkey LIKE 'lumen/C%' AND mrc_minor = \(round * 100)") ?? -1,
        try chain.database.firstInt(
          "SELECT count(*) FROM circuits WHERE nkey LIKE 'lumen/N\(round)%' AND notes IS NULL")
          ?? -1,
      ]
    }
  }

  @Test(arguments: TestStore.available) func aKilledCommitIsWholeOrNothing(_ store: TestStore) throws {
    var random = SplitMix64()
    let chain = try Chain(store)
    // Round numbers of the same length, so that no name begins another.
    var round = 1000
    let first = try chain.plan(Self.rows(round))
    #expect(first.status == 2)
    try chain.approve(1)
    let started = Self.seconds()
    #expect(try chain.commit(1).status == 0)
    let duration = Self.seconds() - started
    var isPlanned = false
    var serial: Int64 = 1
    for _ in 0..<soak {
      if !isPlanned {
        round += 1
        #expect(try chain.plan(Self.rows(round)).status == 2)
        try chain.approve(try chain.newest())
        isPlanned = true
      }
      let pause = Self.pause(duration, &random)
      _ = try chain.sh(
        "trunkline-commit \(try chain.newest()) > out 2>&1 & p=$!; sleep \(pause); kill -9 $p; wait $p; true")
      let left = try Self.committed(chain, round)
      let none: [Int64] = [serial, serial, serial, 0, 0]
      let whole: [Int64] = [serial + 1, serial + 1, serial + 1, Int64(Self.size), Int64(Self.size)]
      #expect(left == none || left == whole, "after \(pause) s, seed \(random.seed): \(left)")
      if left == whole {
        serial += 1
        isPlanned = false
      }
    }
    // What was cut short completes, or says that it was done.
    #expect(try chain.commit(try chain.newest()).status == 0)
    let end = try Self.committed(chain, round)
    #expect(end.suffix(2) == [Int64(Self.size), Int64(Self.size)])
    #expect(try chain.verify().status == 0)
  }
}
