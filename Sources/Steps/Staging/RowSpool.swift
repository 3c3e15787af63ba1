import Domain
import Glibc
import Records
import Scratch

/// Sorts a run's rows in bounded memory: blocks of them in memory, written to a file without a name when they are many.
struct RowSpool: ~Copyable {
  private var file: SpoolFile
  private var block: UnsafeMutableRawPointer
  private var size: Int
  private var used = 0
  /// Where rows begin in the block, with the first bytes of their order.
  private var places: [(prefix: RowPrefix, start: UInt32)] = []
  private var pieces: [Range<Int>] = []

  /// `folder` takes the file; `block` is the memory that is sorted at once, in bytes.
  init(folder: String, block size: Int = 8 << 20) {
    file = SpoolFile(folder: folder)
    self.size = size
    block = .allocate(byteCount: size, alignment: 8)
  }

  deinit { block.deallocate() }

  mutating func append(
    entity: Int64, key: Bytes, hash: Bytes, payload: Bytes, flags: Int64, sourceRow: Int, issues: Bytes,
    references: Bytes, evidence: Bytes
  ) throws {
    let length = SpooledRow.length(
      key: key.count, payload: payload.count, issues: issues.count, references: references.count,
      evidence: evidence.count)
    if used + length > size { try makeRoom(length) }
    SpooledRow.write(
      to: block + used, entity: entity, key: key, hash: hash, payload: payload, flags: flags, sourceRow: sourceRow,
      issues: issues, references: references, evidence: evidence)
    places.append((RowPrefix(SpooledRow(base: UnsafeRawPointer(block + used))), UInt32(used)))
    used += length
  }

  private mutating func makeRoom(_ length: Int) throws {
    try spill()
    guard length > size else { return }
    block.deallocate()
    size = length
    block = .allocate(byteCount: size, alignment: 8)
  }

  private mutating func sort() {
    let base = UnsafeRawPointer(block)
    places.withUnsafeMutableBufferPointer { places in
      places.sort { left, right in
        let prefix = left.prefix.compare(right.prefix)
        if prefix != 0 { return prefix < 0 }
        let order = SpooledRow(base: base + Int(left.start)).compare(SpooledRow(base: base + Int(right.start)))
        return order != 0 ? order < 0 : left.start < right.start
      }
    }
  }

  /// Writes what is in memory, sorted, behind what was written before.
  private mutating func spill() throws {
    if places.isEmpty { return }
    sort()
    let start = file.written
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 8)
    defer { buffer.deallocate() }
    var filled = 0
    for place in places {
      let row = SpooledRow(base: UnsafeRawPointer(block) + Int(place.start))
      if filled + row.length > buffer.count {
        try file.write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
        filled = 0
      }
      if row.length > buffer.count {
        try file.write(UnsafeRawBufferPointer(start: row.base, count: row.length))
      } else if let base = buffer.baseAddress {
        memcpy(base + filled, row.base, row.length)
        filled += row.length
      }
    }
    try file.write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    pieces.append(start..<file.written)
    places.removeAll(keepingCapacity: true)
    used = 0
  }

  /// Lends every row in its order; a row is valid until the next.
  mutating func drain(_ body: (SpooledRow) throws -> Void) throws {
    if pieces.isEmpty {
      sort()
      for place in places { try body(SpooledRow(base: UnsafeRawPointer(block) + Int(place.start))) }
      return
    }
    try spill()
    places = []
    block.deallocate()
    size = 8
    block = .allocate(byteCount: size, alignment: 8)
    var merge = try SpoolMerge(file, pieces)
    while let row = try merge.next(file) { try body(row) }
  }
}

/// The first 24 bytes of a row's order as numbers that compare like them: keys of one carrier differ late.
struct RowPrefix {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64

  init(_ row: SpooledRow) {
    let order = row.order
    first = Self.word(order, 0)
    second = Self.word(order, 8)
    third = Self.word(order, 16)
  }

  private static func word(_ order: Bytes, _ start: Int) -> UInt64 {
    if start + 8 <= order.count {
      return UInt64(
        bigEndian: UnsafeRawBufferPointer(order).loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
    var word: UInt64 = 0
    for place in 0..<8 where start + place < order.count {
      word |= UInt64(order[start + place]) << UInt64(56 - 8 * place)
    }
    return word
  }

  /// Negative when this one comes first; 0 says nothing of what follows.
  @inline(__always)
  func compare(_ other: RowPrefix) -> Int {
    if first != other.first { return first < other.first ? -1 : 1 }
    if second != other.second { return second < other.second ? -1 : 1 }
    return third == other.third ? 0 : third < other.third ? -1 : 1
  }
}

/// The file of a spool, made when it is first written; its failures name the folder, which a person can change.
struct SpoolFile: ~Copyable {
  private let folder: String
  private var descriptor: Int32 = -1
  private(set) var written = 0

  init(folder: String) { self.folder = folder }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private mutating func open() throws {
    do throws(TemporaryPlace.Failure) {
      descriptor = try TemporaryPlace.file(in: folder, named: "trunkline-stage")
    } catch {
      throw failure(error.errno)
    }
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    if descriptor < 0 { try open() }
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count >= 0 { done += count } else if errno != EINTR { throw failure(errno) }
    }
    written += bytes.count
  }

  /// Reads at least one byte of those from `place` on.
  func read(at place: Int, into target: UnsafeMutableRawPointer, _ most: Int) throws -> Int {
    while true {
      let count = pread(descriptor, target, most, off_t(place))
      if count > 0 { return count }
      if count == 0 || errno != EINTR { throw failure(count == 0 ? EIO : errno) }
    }
  }

  private func failure(_ code: Int32) -> StageError {
    .spool(folder: folder, reason: String(cString: strerror(code)))
  }
}
