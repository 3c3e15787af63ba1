import Model

/// Rows waiting for one round of look-ups and one bulk insert; their bytes lie in one arena.
struct Batch {
  struct Item {
    var entity: Int64
    var key: Range<Int>
    var hash: Range<Int>
    var payload: Range<Int>
    var line: Range<Int>
    var references: Range<Int>
    var stream: Int
    var sourceRow: Int
    var flags: Int64
    var issues: [String]
  }

  /// A natural key that a row refers to.
  struct Reference {
    var entity: Int64
    var key: Range<Int>
  }

  static let limit = 1024
  var items: [Item] = []
  var references: [Reference] = []
  var arena: [UInt8] = []

  init() {
    items.reserveCapacity(Self.limit + 64)
    arena.reserveCapacity(1 << 20)
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = arena.count
    arena.append(contentsOf: bytes)
    return start..<arena.count
  }

  mutating func removeAll() {
    items.removeAll(keepingCapacity: true)
    references.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
  }
}

/// Which committed records a run has met, two bits each: met unchanged, met changed.
struct SeenRecords {
  private var bits: [UInt8] = []

  /// Notes the meeting, and answers what was met of the record before in this run.
  mutating func note(_ id: Int64, unchanged: Bool) -> (unchanged: Bool, changed: Bool) {
    let byte = Int(id >> 2)
    let shift = UInt8(id & 3) * 2
    if byte >= bits.count { bits.append(contentsOf: repeatElement(0, count: byte - bits.count + 4096)) }
    let before = bits[byte] >> shift & 3
    bits[byte] |= (unchanged ? 1 : 2) << shift
    return (before & 1 != 0, before & 2 != 0)
  }
}
