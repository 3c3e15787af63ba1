import Model

/// The records of one source row, which are accepted or rejected together; their bytes lie in one arena.
struct Batch {
  struct Item {
    var entity: Int64
    var key: Range<Int>
    var hash: Range<Int>
    var payload: Range<Int>
    /// As `RecordEvidence` writes it; empty for rows of tables.
    var evidence: Range<Int>
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

  var items: [Item] = []
  var references: [Reference] = []
  var arena: [UInt8] = []

  /// Stands in for a batch that is being worked on; holds no memory.
  static var empty: Batch { Batch(capacity: 0) }

  init(capacity: Int = 1 << 16) {
    guard capacity > 0 else { return }
    items.reserveCapacity(64)
    arena.reserveCapacity(capacity)
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
