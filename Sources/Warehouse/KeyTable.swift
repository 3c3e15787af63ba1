import Digest
import Glibc

/// Numbers by entity and natural key: an open-addressing table over one block of entries, for the many lookups of a bulk run.
///
/// Keys are compared in full. At `limit` keys it forgets everything, so that memory stays flat; callers ask the database
/// for what it does not know.
package struct KeyTable: ~Copyable {
  /// The upper half of the key's hash, and the place of its entry in eights, which is never 0; 0 where nothing is.
  private var slots: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  /// Entries: the value, then in four bytes the entity above the key's length, the key; each at a multiple of eight.
  private var entries: UnsafeMutableRawPointer
  private var size: Int
  private var used = 8
  private let limit: Int
  package private(set) var count = 0
  private static let head = 12

  package init(limit: Int = 400_000) {
    self.limit = limit
    capacity = 1024
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: 0, count: capacity)
    size = 1 << 14
    entries = .allocate(byteCount: size, alignment: 8)
  }

  deinit {
    slots.deallocate()
    entries.deallocate()
  }

  package subscript(entity: Int64, key: UnsafeBufferPointer<UInt8>) -> Int64? {
    let tag = Self.tag(entity, key)
    return find(tag, key, Self.hash(tag, key)).entry.map { $0.load(as: Int64.self) }
  }

  /// Asks for what `touch` will read. There is other work to do before that, or nothing is gained.
  package func expect(_ entity: Int64, _ key: UnsafeBufferPointer<UInt8>) {
    Memory.prefetch(slots + place(entity, key))
  }

  /// Asks for what a look-up will read after that; several of these in a row wait for memory together.
  package func touch(_ entity: Int64, _ key: UnsafeBufferPointer<UInt8>) {
    let slot = slots[place(entity, key)]
    if slot != 0 { Memory.prefetch(entries + Int(slot & 0xffff_ffff) << 3) }
  }

  @inline(__always)
  private func place(_ entity: Int64, _ key: UnsafeBufferPointer<UInt8>) -> Int {
    Int(truncatingIfNeeded: Self.hash(Self.tag(entity, key), key)) & (capacity - 1)
  }

  package mutating func set(_ entity: Int64, _ key: UnsafeBufferPointer<UInt8>, _ value: Int64) {
    guard key.count < 1 << 24 else { return }
    if count >= limit { removeAll() }
    if count * 2 >= capacity { grow() }
    let tag = Self.tag(entity, key)
    let hash = Self.hash(tag, key)
    let found = find(tag, key, hash)
    if let entry = found.entry { return entry.storeBytes(of: value, as: Int64.self) }
    let length = (Self.head + key.count + 7) & ~7
    if used + length > size { widen(length) }
    let entry = entries + used
    entry.storeBytes(of: value, as: Int64.self)
    entry.storeBytes(of: tag, toByteOffset: 8, as: UInt32.self)
    if let base = key.baseAddress { memcpy(entry + Self.head, base, key.count) }
    slots[found.index] = hash & ~0xffff_ffff | UInt64(used >> 3)
    used += length
    count += 1
  }

  package mutating func removeAll() {
    slots.update(repeating: 0, count: capacity)
    used = 8
    count = 0
  }

  /// The entry of `key`, or the empty slot where it belongs.
  @inline(__always)
  private func find(
    _ tag: UInt32, _ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64
  ) -> (entry: UnsafeMutableRawPointer?, index: Int) {
    var index = Int(truncatingIfNeeded: hash) & (capacity - 1)
    while slots[index] != 0 {
      if (slots[index] ^ hash) >> 32 == 0 {
        let entry = entries + Int(slots[index] & 0xffff_ffff) << 3
        if matches(entry, tag, key) { return (entry, index) }
      }
      index = (index + 1) & (capacity - 1)
    }
    return (nil, index)
  }

  @inline(__always)
  private func matches(
    _ entry: UnsafeMutableRawPointer, _ tag: UInt32, _ key: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard entry.load(fromByteOffset: 8, as: UInt32.self) == tag else { return false }
    guard let wanted = key.baseAddress else { return true }
    return memcmp(entry + Self.head, wanted, key.count) == 0
  }

  private mutating func widen(_ length: Int) {
    let wider = max(size * 2, used + length)
    let target = UnsafeMutableRawPointer.allocate(byteCount: wider, alignment: 8)
    memcpy(target, entries, used)
    entries.deallocate()
    entries = target
    size = wider
  }

  private mutating func grow() {
    slots.deallocate()
    capacity *= 2
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: 0, count: capacity)
    var place = 8
    while place < used {
      let entry = entries + place
      let tag = entry.load(fromByteOffset: 8, as: UInt32.self)
      let length = Int(tag & 0xff_ffff)
      let key = UnsafeBufferPointer(start: (entry + Self.head).assumingMemoryBound(to: UInt8.self), count: length)
      let hash = Self.hash(tag, key)
      var index = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while slots[index] != 0 { index = (index + 1) & (capacity - 1) }
      slots[index] = hash & ~0xffff_ffff | UInt64(place >> 3)
      place += (Self.head + length + 7) & ~7
    }
  }

  private static func tag(_ entity: Int64, _ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: entity) << 24 | UInt32(truncatingIfNeeded: key.count)
  }

  /// A mixing hash of eight bytes at a time; collisions cost time, never correctness.
  private static func hash(_ tag: UInt32, _ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(tag)
    guard let base = key.baseAddress else { return hash }
    var index = 0
    while index + 8 <= key.count {
      hash = (hash ^ UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
      index += 8
    }
    if index < key.count {
      // The rest in one load that ends with the key, or byte by byte where the key is shorter than that.
      if key.count >= 8 {
        let rest = UnsafeRawPointer(base + key.count - 8).loadUnaligned(as: UInt64.self)
        hash = (hash ^ rest) &* 0xff51_afd7_ed55_8ccd
      } else {
        while index < key.count {
          hash = (hash ^ UInt64(base[index])) &* 0x100_0000_01b3
          index += 1
        }
      }
    }
    hash = (hash ^ (hash >> 29)) &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ (hash >> 32)
  }
}
