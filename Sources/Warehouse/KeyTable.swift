import Glibc

/// Numbers by byte keys: an open-addressing table over one arena, for the many lookups of a bulk run.
///
/// Keys are compared in full. At `limit` keys it forgets everything, so that memory stays flat; callers ask the database
/// for what it does not know.
package struct KeyTable: ~Copyable {
  private var slots: UnsafeMutablePointer<Slot>
  private var capacity: Int
  private var arena: [UInt8] = []
  private let limit: Int
  package private(set) var count = 0

  private struct Slot {
    var hash: UInt64 = 0
    var start: Int32 = 0
    var length: Int32 = -1
    var value: Int64 = 0
  }

  package init(limit: Int = 400_000) {
    self.limit = limit
    capacity = 1024
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: Slot(), count: capacity)
  }

  deinit { slots.deallocate() }

  package subscript(key: UnsafeBufferPointer<UInt8>) -> Int64? {
    let hash = Self.hash(key)
    var index = Int(truncatingIfNeeded: hash) & (capacity - 1)
    while slots[index].length >= 0 {
      if slots[index].hash == hash, matches(index, key) { return slots[index].value }
      index = (index + 1) & (capacity - 1)
    }
    return nil
  }

  package mutating func set(_ key: UnsafeBufferPointer<UInt8>, _ value: Int64) {
    if count >= limit { removeAll() }
    if count * 2 >= capacity { grow() }
    let hash = Self.hash(key)
    var index = Int(truncatingIfNeeded: hash) & (capacity - 1)
    while slots[index].length >= 0 {
      if slots[index].hash == hash, matches(index, key) {
        slots[index].value = value
        return
      }
      index = (index + 1) & (capacity - 1)
    }
    slots[index] = Slot(hash: hash, start: Int32(arena.count), length: Int32(key.count), value: value)
    arena.append(contentsOf: key)
    count += 1
  }

  package mutating func removeAll() {
    for index in 0..<capacity { slots[index].length = -1 }
    arena.removeAll(keepingCapacity: true)
    count = 0
  }

  private func matches(_ index: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(slots[index].length) == key.count else { return false }
    guard let wanted = key.baseAddress, key.count > 0 else { return true }
    return arena.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0 + Int(slots[index].start), wanted, key.count) == 0 } ?? false
    }
  }

  private mutating func grow() {
    let old = slots
    let size = capacity
    capacity *= 2
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: Slot(), count: capacity)
    for index in 0..<size where old[index].length >= 0 {
      var target = Int(truncatingIfNeeded: old[index].hash) & (capacity - 1)
      while slots[target].length >= 0 { target = (target + 1) & (capacity - 1) }
      slots[target] = old[index]
    }
    old.deallocate()
  }

  /// A mixing hash of eight bytes at a time; collisions cost time, never correctness.
  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(key.count)
    guard let base = key.baseAddress else { return hash }
    var index = 0
    while index + 8 <= key.count {
      hash = (hash ^ UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
      index += 8
    }
    while index < key.count {
      hash = (hash ^ UInt64(base[index])) &* 0x100_0000_01b3
      index += 1
    }
    hash = (hash ^ (hash >> 29)) &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ (hash >> 32)
  }
}
