import Domain
import Glibc
import Warehouse

/// Puts a run's sorted rows into the staging area, and leaves out those that say nothing new.
///
/// A row that equals what is committed is left out, unless another row of the run gives the same key other values: then
/// all of them are staged, and the comparison decides. With `keepsAll` nothing is left out: absence is to count.
struct RowPlacement: ~Copyable {
  private static let limit = 1024
  private let heads: RecordHeads
  private let keepsAll: Bool
  private var writer: StagingWriter
  /// Rows that wait for one round of look-ups; none of a key's rows is missing when they are looked up.
  private var waiting: [Int] = []
  private var block: UnsafeMutableRawPointer
  private var size = 1 << 20
  private var used = 0
  private(set) var unchanged = 0

  init(_ writer: consuming StagingWriter, _ heads: RecordHeads, keepsAll: Bool) {
    self.heads = heads
    self.keepsAll = keepsAll
    self.writer = writer
    block = .allocate(byteCount: size, alignment: 8)
  }

  deinit { block.deallocate() }

  mutating func take(_ row: SpooledRow) throws {
    if keepsAll || heads.isEmpty(row.entity) {
      if !waiting.isEmpty { try place() }
      return try writer.row(row)
    }
    if waiting.count >= Self.limit || used >= 1 << 20, let last = waiting.last,
      SpooledRow.compare(waitingRow(last).order, row.order) != 0
    {
      try place()
    }
    let length = row.length
    if used + length > size { widen(length) }
    memcpy(block + used, row.base, length)
    waiting.append(used)
    used += length
  }

  private func waitingRow(_ start: Int) -> SpooledRow { SpooledRow(base: UnsafeRawPointer(block + start)) }

  private mutating func widen(_ length: Int) {
    size = max(size * 2, used + length)
    let wider = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    memcpy(wider, block, used)
    block.deallocate()
    block = wider
  }

  /// Looks the waiting rows up and writes those that are to be staged.
  private mutating func place() throws {
    let rows = waiting.map { waitingRow($0) }
    var isSame = Array(repeating: false, count: rows.count)
    try heads.find(ordered: rows.map { (entity: $0.entity, key: $0.key) }) { index, head, hash in
      isSame[index] = !head.isDeleted && hash.elementsEqual(rows[index].hash)
    }
    var start = 0
    while start < rows.count {
      var end = start + 1
      while end < rows.count, SpooledRow.compare(rows[start].order, rows[end].order) == 0 { end += 1 }
      if isSame[start..<end].allSatisfy({ $0 }) {
        unchanged += end - start
      } else {
        for row in rows[start..<end] { try writer.row(row) }
      }
      start = end
    }
    waiting.removeAll(keepingCapacity: true)
    used = 0
  }

  /// Writes what waits; answers the rows by entity number, and whether one refers to something nobody has met.
  mutating func finish() throws -> (counts: [Int], hasPending: Bool) {
    if !waiting.isEmpty { try place() }
    try writer.finish(findsByKey: keepsAll)
    return (writer.counts, writer.hasPending)
  }
}
