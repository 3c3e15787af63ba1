import Domain
import Glibc
import TestSupport
import Testing

@testable import Staging

/// A row as it goes into a spool and comes out again.
private struct Row: Equatable {
  var entity: Int64
  var key: [UInt8]
  var hash: [UInt8]
  var payload: [UInt8]
  var flags: Int64
  var sourceRow: Int
  var issues: [UInt8]
  var references: [UInt8]
  var evidence: [UInt8]

  init(_ random: inout SplitMix64, longest: Int) {
    entity = Int64.random(in: 1...3, using: &random)
    key = Self.bytes(Int.random(in: 0...9, using: &random), of: [0x2f, 0x41, 0x42, 0xc3], &random)
    hash = Self.bytes(16, of: [0, 0x80], &random)
    payload = Self.bytes(Int.random(in: 0...longest, using: &random), of: Array(0...255), &random)
    flags = Int64.random(in: 0...7, using: &random)
    sourceRow = [0, 1, 2, 3, .min, .max][Int.random(in: 0...5, using: &random)]
    issues = Self.bytes(Int.random(in: 0...3, using: &random), of: [0x5b], &random)
    evidence = Self.bytes(Int.random(in: 0...5, using: &random), of: [0x5b, 0x5d], &random)
    references = []
    for target in 0..<Int64.random(in: 0...2, using: &random) {
      let key = Self.bytes(Int.random(in: 0...20, using: &random), of: [0x43], &random)
      key.withUnsafeBufferPointer { SpooledRow.add(target, $0, to: &references) }
    }
  }

  init(_ row: SpooledRow) {
    entity = row.entity
    key = Array(row.key)
    hash = Array(row.hash)
    payload = Array(row.payload)
    flags = row.flags
    sourceRow = Int(row.sourceRow)
    issues = Array(row.issues)
    var references: [UInt8] = []
    row.eachReference { SpooledRow.add($0, $1, to: &references) }
    self.references = references
    evidence = Array(row.evidence)
  }

  private static func bytes(_ count: Int, of letters: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    (0..<count).map { _ in letters[Int.random(in: letters.indices, using: &random)] }
  }

  func append(to spool: inout RowSpool) throws {
    try key.withUnsafeBufferPointer { key in
      try hash.withUnsafeBufferPointer { hash in
        try payload.withUnsafeBufferPointer { payload in
          try issues.withUnsafeBufferPointer { issues in
            try references.withUnsafeBufferPointer { references in
              try evidence.withUnsafeBufferPointer { evidence in
                try spool.append(
                  entity: entity, key: key, hash: hash, payload: payload, flags: flags, sourceRow: sourceRow,
                  issues: issues, references: references, evidence: evidence)
              }
            }
          }
        }
      }
    }
  }

  /// The order that is promised: entity and key by their bytes, hash, source row.
  static func isBefore(_ a: Row, _ b: Row) -> Bool {
    if a.entity != b.entity { return a.entity < b.entity }
    if a.key != b.key { return a.key.lexicographicallyPrecedes(b.key) }
    if a.hash != b.hash { return a.hash.lexicographicallyPrecedes(b.hash) }
    return a.sourceRow < b.sourceRow
  }
}

struct RowSpoolTests {
  /// In memory, in a few pieces on disk, in very many, and with rows larger than the memory.
  @Test(arguments: [(1 << 20, 60), (4000, 60), (300, 60), (300, 2000)])
  func rowsComeOutWholeAndInOrder(_ block: Int, _ longest: Int) throws {
    var random = SplitMix64()
    let rows = (0..<300).map { _ in Row(&random, longest: longest) }
    var spool = RowSpool(folder: TestFolder.temporary, block: block)
    for row in rows { try row.append(to: &spool) }
    // Equal rows keep the order in which they came.
    let expected = rows.enumerated().sorted { left, right in
      if Row.isBefore(left.element, right.element) { return true }
      return !Row.isBefore(right.element, left.element) && left.offset < right.offset
    }.map(\.element)
    var found: [Row] = []
    try spool.drain { found.append(Row($0)) }
    #expect(found == expected, "seed \(random.seed)")
  }

  @Test func nothingInIsNothingOut() throws {
    var spool = RowSpool(folder: TestFolder.temporary)
    try spool.drain { _ in Issue.record("a row out of nothing") }
  }

  @Test func aFolderThatIsNotThereIsNamed() throws {
    var random = SplitMix64()
    var spool = RowSpool(folder: "/nowhere/at/all", block: 64)
    let error = #expect(throws: StageError.self) {
      for _ in 0..<3 { try Row(&random, longest: 10).append(to: &spool) }
    }
    #expect(error?.message == "cannot sort the records in /nowhere/at/all: No such file or directory")
  }

  private enum TestFolder {
    static var temporary: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }
  }
}
