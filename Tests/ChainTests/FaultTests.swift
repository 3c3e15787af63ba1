import TestSupport
import Testing

/// A disk that fails at any call, and power that fails at any moment: the old state or the new one, never another.
@Suite struct FaultTests {
  private static let commit = "trunkline-commit 2 --db sqlite:W/x.db"
  private static let approved = "cp approved.db w/x.db"

  /// Each call about the database or its journal fails once; other kinds of failure at some of the calls.
  @Test func aCommitWithADiskThatFailsIsWholeOrNothing() throws {
    var random = SplitMix64()
    let scene = try FaultScene()
    _ = try scene.run("true", after: Self.approved)
    let before = try scene.state("before")
    #expect(try scene.run(Self.commit, after: Self.approved).status == 0)
    let after = try scene.state("after")
    _ = try scene.run(Self.commit, after: Self.approved)
    let calls = try scene.calls()
    #expect(calls.contains { $0.kind == .unlink } && calls.contains { $0.kind == .sync })
    var left: Set<[Int64]> = []
    for (index, call) in calls.enumerated() {
      let others = call.kind == .write ? ["ENOSPC", "EINTR", "SHORT"] : ["ENOSPC"]
      let other = index % 4 == 0 ? others.randomElement(using: &random).map { [$0] } ?? [] : []
      for error in ["EIO"] + (soak > 20 ? others : other) {
        let place = "\(error) at call \(index + 1) (\(call.kind)) of \(calls.count), seed \(random.seed)"
        let ended = try scene.run(Self.commit, after: Self.approved, call: index + 1, fails: error)
        let state = try scene.state(place)
        left.insert(state)
        #expect(state == before || state == after, "\(place): \(state)")
        #expect([0, 1, 75].contains(ended.status), "\(place): \(ended.status)")
        #expect(ended.status != 0 || state == after, "\(place)")
        #expect(ended.status == 0 || ended.stderr.contains("trunkline-commit: error: "), "\(place): \(ended.stderr)")
        if error == "EINTR" || error == "SHORT" { #expect(ended.status == 0, "\(place): \(ended.stderr)") }
        if index % 8 == 0 {
          #expect(try scene.run(Self.commit).status == 0, "\(place)")
          #expect(try scene.state(place) == after, "\(place)")
        }
      }
    }
    #expect(left == [before, after], "no failure was met")
  }

  // MARK: Power

  /// What a disk may hold when the power fails: all that was synced, and any part of what was not.
  @Test func whatWasCommittedOutlivesThePower() throws {
    var random = SplitMix64()
    let scene = try FaultScene()
    _ = try scene.run("true", after: Self.approved)
    let before = try scene.state("before")
    #expect(try scene.run(Self.commit, after: Self.approved).status == 0)
    let calls = try scene.calls()
    let after = try scene.state("after")
    var disk = PoweredDisk(scene.folder)
    try disk.holds(readFile(scene.ground.file("approved.db")), as: "x.db")
    var seen: Set<[Int64]> = []
    for end in 0...calls.count {
      if end > 0 { disk.take(calls[end - 1]) }
      for part in PoweredDisk.Part.allCases {
        for _ in 0..<(part == .something || part == .tornBlocks ? max(1, soak / 20) : 1) {
          let place = "power fails after call \(end) of \(calls.count), \(part) is left, seed \(random.seed)"
          try scene.hold(disk.left(part, &random))
          let state = try scene.state(place)
          seen.insert(state)
          #expect(state == before || state == after, "\(place): \(state)")
          // The program said that it was done.
          if end == calls.count { #expect(state == after, "\(place)") }
        }
      }
    }
    #expect(seen == [before, after])
  }

  /// A file under its name is the earlier one or the whole new one, and the new one once the program has ended.
  @Test(arguments: FaultLine.all.filter { $0.output != nil })
  func aFileThatHasItsNameOutlivesThePower(_ line: FaultLine) throws {
    var random = SplitMix64()
    let scene = try FaultScene()
    let output = line.output ?? ""
    #expect(try scene.run(line.line, after: line.prepare).status == line.status)
    let calls = try scene.calls()
    let whole = try scene.files()[output]
    var disk = PoweredDisk(scene.folder)
    disk.holds(FaultLine.earlier, as: output)
    for end in 0...calls.count {
      if end > 0 { disk.take(calls[end - 1]) }
      for part in PoweredDisk.Part.allCases {
        let place = "power fails after call \(end) of \(calls.count), \(part) is left, seed \(random.seed)"
        let left = disk.left(part, &random)
        #expect(left[output] == FaultLine.earlier || left[output] == whole, "\(place)")
        if let kept = left[output + ".1"] { #expect(kept == FaultLine.earlier, "\(place)") }
        if line.isKept { #expect(left.values.contains(FaultLine.earlier), "\(place)") }
        if end == calls.count { #expect(left[output] == whole, "\(place)") }
      }
    }
  }
}
