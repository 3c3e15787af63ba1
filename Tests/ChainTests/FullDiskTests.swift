import Glibc
import SQL
import TestSupport
import Testing

/// A disk that is full, or a file that may not grow: a clear error, no half of anything, and the same again works.
@Suite struct FullDiskTests {
  private static func rows(_ count: Int) -> [String] {
    (0..<count).map { "Lumen,F/\($0),\($0 % 7 == 0 ? "oops" : "1.50"),USD,,,\(String(repeating: "words ", count: 12))" }
  }

  /// What a step may leave behind: nothing unfinished.
  private static func leftovers(_ chain: Chain) throws -> String {
    try chain.sh("ls -A | grep -E 'partial|gathered|current' | tr '\\n' ' '").stdout
  }

  /// No file may grow beyond 40 KiB, whichever step writes it.
  @Test(arguments: [
    ("trunkline-extract table.csv > rows.jsonl", "trunkline-extract: error: "),
    ("trunkline-extract ragged.csv --rejects r.jsonl > /dev/null", "r.jsonl"),
    ("trunkline-map --mapping map.yaml --rejects r.jsonl < whole.jsonl > /dev/null", "r.jsonl"),
    (
      "trunkline-map --mapping map.yaml --rejects /dev/shm/none/r.jsonl < whole.jsonl > /dev/null",
      "/dev/shm/none/r.jsonl"
    ),
    ("trunkline-map --mapping map.yaml < whole.jsonl > mapped.jsonl", "trunkline-map: error: "),
  ]) func aFileThatMayNotGrowIsAnErrorThatNamesIt(_ line: String, _ named: String) throws {
    let chain = try Chain(.sqlite)
    try chain.table(Self.rows(3000))
    try chain.table(Self.rows(6000).enumerated().map { $0 % 4 == 0 ? $1 + ",extra" : $1 }, "ragged.csv")
    #expect(try chain.sh("trunkline-extract table.csv > whole.jsonl").status == 0)
    // Its original is kept by then, and only the step's own file has to grow.
    #expect(try chain.sh("trunkline-extract ragged.csv --rejects early.jsonl > /dev/null").status == 3)
    let before = try chain.counts()
    let full = try chain.sh("ulimit -f 40; " + line)
    #expect(full.status == 1, "\(full.status) \(full.stderr)")
    #expect(full.stderr.contains("error: ") && full.stderr.contains(named), "\(full.stderr)")
    #expect(try Self.leftovers(chain) == "")
    #expect(try chain.sh("ls r.jsonl 2>/dev/null").stdout == "")
    #expect(try chain.counts() == before)
  }

  /// The database may not grow: stage, diff and commit fail whole, and complete once there is room.
  @Test func aDatabaseThatMayNotGrowLosesNothing() throws {
    let chain = try Chain(.sqlite)
    try chain.table(Self.rows(4000).map { $0.replacingOnce("oops", "2.00") })
    let mapped = try chain.sh("\(Chain.extract) | \(Chain.map) > mapped.jsonl")
    #expect(mapped.status == 0, "\(mapped.stderr)")
    func limited(_ line: String) throws -> Outcome {
      try chain.sh("ulimit -f $(( $(stat -c %s \(chain.store.place)) / 1024 + 60 )); \(line)")
    }
    for (line, whole) in [
      ("trunkline-stage < mapped.jsonl > staged.jsonl", Int32(0)), ("trunkline-diff --out p.plan < staged.jsonl", 2),
      ("trunkline-commit 1", 0),
    ] {
      if line.contains("commit") { try chain.approve(1) }
      let before = try chain.counts()
      let full = try limited(line)
      #expect(full.status == 1, "\(line): \(full.status) \(full.stderr)")
      #expect(full.stderr.contains("error: "), "\(line): \(full.stderr)")
      #expect(try chain.counts() == before, "\(line)")
      #expect(try chain.database.integrityCheck() == [])
      #expect(try Self.leftovers(chain) == "", "\(line)")
      let again = try chain.sh(line)
      #expect(again.status == whole, "\(line): \(again.stderr)")
    }
    #expect(try chain.verify().status == 0)
  }

  /// A file system of one megabyte, full to the brim; needs root to mount it.
  @Test(.enabled(if: FullDiskTests.canMount, "needs root to mount a small file system"))
  func aFullFileSystemLosesNothing() throws {
    let chain = try Chain(.sqlite)
    let disk = chain.folder.file("disk")
    try chain.table(Self.rows(12_000).map { $0.replacingOnce("oops", "2.00") })
    #expect(try chain.sh("mkdir disk && mount -t tmpfs -o size=1m tmpfs disk").status == 0)
    defer { _ = try? chain.sh("umount disk") }
    // Originals go where there is room, so that it is the database that finds none.
    let url = ["TRUNKLINE_DB": "sqlite:\(disk)/small.db", "TRUNKLINE_DOCUMENTS": chain.folder.file("documents")]
    #expect(try chain.sh("trunkline-init --profile test", url).status == 0)
    let full = try chain.sh("\(Chain.extract) | \(Chain.map) | \(Chain.stage)", url)
    #expect(full.status == 1, "\(full.stderr)")
    #expect(full.stderr.contains("full"), "\(full.stderr)")
    #expect(full.stderr.contains("make room"), "\(full.stderr)")
    #expect(try chain.sh("trunkline-db doctor", url).status == 0)
    #expect(try chain.sh("trunkline-audit verify", url).status == 0)
    #expect(try chain.sh("mount -o remount,size=64m disk").status == 0)
    #expect(try chain.sh(Chain.line, url).status == 2)
  }

  static let canMount: Bool = {
    guard geteuid() == 0 else { return false }
    let tried = try? shell("d=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs $d && umount $d && rmdir $d")
    return tried?.status == 0
  }()
}
