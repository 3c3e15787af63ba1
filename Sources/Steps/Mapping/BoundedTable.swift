import Digest
import Domain
import Glibc

/// Exact byte strings with a value each, in fixed memory: when it is full it forgets everything and starts again.
struct BoundedTable: ~Copyable {
  private let slots: UnsafeMutablePointer<UInt32>
  private let slotCount: Int
  private let arena: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var used = 16
  private var filled = 0

  /// `slots` is a power of two; pages are taken from the system only when touched.
  init(slots count: Int, bytes: Int) {
    slotCount = count
    capacity = bytes
    slots = .allocate(capacity: count)
    slots.initialize(repeating: 0, count: count)
    arena = .allocate(capacity: bytes)
  }

  deinit {
    slots.deallocate()
    arena.deallocate()
  }

  /// The value kept for `key`, as bytes valid until the next `insert`.
  func find(_ key: Bytes) -> Bytes? { find(key, Self.hash(key)) }

  /// The same with the key's hash at hand.
  func find(_ key: Bytes, _ hash: UInt64) -> Bytes? {
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    while slots[slot] != 0 {
      let entry = arena + Int(slots[slot])
      let (keyLength, valueLength) = Self.lengths(entry)
      if keyLength == key.count, Self.equal(entry + 8, key) {
        return Bytes(start: entry + 8 + keyLength, count: valueLength)
      }
      slot = (slot + 1) & (slotCount - 1)
    }
    return nil
  }

  /// Asks for the memory that `touch` will read; worth it when there is other work to do until then.
  func expect(_ hash: UInt64) { Memory.prefetch(slots + (Int(truncatingIfNeeded: hash) & (slotCount - 1))) }

  /// Asks for the memory that `find` will read after that; several of these in a row wait for memory together.
  func touch(_ hash: UInt64) {
    let place = slots[Int(truncatingIfNeeded: hash) & (slotCount - 1)]
    if place == 0 { return }
    Memory.prefetch(arena + Int(place))
    Memory.prefetch(arena + Int(place) + 64)
  }

  /// Keeps a value under a key that is not there; too long ones are not kept.
  mutating func insert(_ key: Bytes, _ value: Bytes) {
    let size = 8 + key.count + value.count
    guard let start = key.baseAddress, size <= capacity / 16 else { return }
    if used + size > capacity || filled * 4 > slotCount * 3 { clear() }
    var slot = Int(truncatingIfNeeded: Self.hash(key)) & (slotCount - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
    let entry = arena + used
    UnsafeMutableRawPointer(entry).storeBytes(of: UInt32(key.count), as: UInt32.self)
    UnsafeMutableRawPointer(entry + 4).storeBytes(of: UInt32(value.count), as: UInt32.self)
    memcpy(entry + 8, start, key.count)
    if let bytes = value.baseAddress { memcpy(entry + 8 + key.count, bytes, value.count) }
    slots[slot] = UInt32(used)
    used = (used + size + 7) & ~7
    filled += 1
  }

  private mutating func clear() {
    slots.update(repeating: 0, count: slotCount)
    used = 16
    filled = 0
  }

  private static func equal(_ kept: UnsafeMutablePointer<UInt8>, _ key: Bytes) -> Bool {
    guard let base = key.baseAddress else { return true }
    return memcmp(kept, base, key.count) == 0
  }

  private static func lengths(_ entry: UnsafeMutablePointer<UInt8>) -> (Int, Int) {
    let raw = UnsafeRawPointer(entry)
    return (Int(raw.load(as: UInt32.self)), Int(raw.load(fromByteOffset: 4, as: UInt32.self)))
  }

  static func hash(_ key: Bytes) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: key.count)
    guard let base = UnsafeRawPointer(key.baseAddress) else { return hash }
    var index = 0
    while index + 8 <= key.count {
      hash = (hash ^ base.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      index += 8
    }
    while index < key.count {
      hash = (hash ^ UInt64(key[index])) &* 0x100_0000_01B3
      index += 1
    }
    hash = (hash ^ hash >> 29) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 32
  }
}

/// Bytes that live as long as one row: pointers into it stay valid until `reset`.
struct RowArena: ~Copyable {
  private var chunks: [UnsafeMutableBufferPointer<UInt8>] = []
  private var used = 0

  init() { chunks.append(.allocate(capacity: 1 << 16)) }

  deinit { for chunk in chunks { chunk.deallocate() } }

  mutating func reset() {
    used = 0
    if chunks.count == 1 { return }
    for chunk in chunks.dropFirst() { chunk.deallocate() }
    chunks.removeSubrange(1...)
  }

  mutating func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    if used + count > chunks[chunks.count - 1].count {
      chunks.append(.allocate(capacity: max(1 << 16, count)))
      used = 0
    }
    defer { used += count }
    guard let base = chunks[chunks.count - 1].baseAddress else { preconditionFailure("a chunk without memory") }
    return base + used
  }

  mutating func copy(_ bytes: Bytes) -> Bytes {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return Bytes(start: nil, count: 0) }
    let target = reserve(bytes.count)
    target.update(from: source, count: bytes.count)
    return Bytes(start: target, count: bytes.count)
  }
}
