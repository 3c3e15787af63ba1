import Domain
import Glibc

/// One row on its way into the staging area, as it lies in a spool: a head of fixed size, then its parts.
struct SpooledRow {
  /// A multiple of eight that holds the head.
  private static let head = 56
  let base: UnsafeRawPointer

  /// Bytes from the beginning of this row to that of the next.
  var length: Int { Int(base.load(as: UInt32.self)) }
  private var keyLength: Int { Int(base.load(fromByteOffset: 4, as: UInt32.self)) }
  private var payloadLength: Int { Int(base.load(fromByteOffset: 8, as: UInt32.self)) }
  private var issuesLength: Int { Int(base.load(fromByteOffset: 12, as: UInt32.self)) }
  private var referencesLength: Int { Int(base.load(fromByteOffset: 16, as: UInt32.self)) }
  private var evidenceLength: Int { Int(base.load(fromByteOffset: 48, as: UInt32.self)) }
  var flags: Int64 { Int64(base.load(fromByteOffset: 20, as: UInt32.self)) }
  var sourceRow: Int64 { base.load(fromByteOffset: 24, as: Int64.self) }
  var hash: Bytes { bytes(32, 16) }
  /// The entity's number in one byte, then the natural key: the order of rows.
  var order: Bytes { bytes(Self.head, keyLength) }
  var entity: Int64 { Int64(base.load(fromByteOffset: Self.head, as: UInt8.self)) }
  var key: Bytes { bytes(Self.head + 1, keyLength - 1) }
  var payload: Bytes { bytes(Self.head + keyLength, payloadLength) }
  /// A JSON array, or nothing.
  var issues: Bytes { bytes(Self.head + keyLength + payloadLength, issuesLength) }
  /// What it refers to and nobody has met: each an entity's number, a length in four bytes, a key.
  private var references: Bytes { bytes(Self.head + keyLength + payloadLength + issuesLength, referencesLength) }
  /// As `RecordEvidence` writes it, or nothing.
  var evidence: Bytes {
    bytes(Self.head + keyLength + payloadLength + issuesLength + referencesLength, evidenceLength)
  }

  private func bytes(_ start: Int, _ count: Int) -> Bytes {
    Bytes(start: (base + start).assumingMemoryBound(to: UInt8.self), count: count)
  }

  static func length(key: Int, payload: Int, issues: Int, references: Int, evidence: Int) -> Int {
    (head + 1 + key + payload + issues + references + evidence + 7) & ~7
  }

  /// Writes a row to `target`, which must have its length.
  static func write(
    to target: UnsafeMutableRawPointer, entity: Int64, key: Bytes, hash: Bytes, payload: Bytes, flags: Int64,
    sourceRow: Int, issues: Bytes, references: Bytes, evidence: Bytes
  ) {
    let parts = (key.count, payload.count, issues.count, references.count)
    let length = length(
      key: parts.0, payload: parts.1, issues: parts.2, references: parts.3, evidence: evidence.count)
    target.storeBytes(of: UInt32(length), as: UInt32.self)
    target.storeBytes(of: UInt32(parts.0 + 1), toByteOffset: 4, as: UInt32.self)
    target.storeBytes(of: UInt32(parts.1), toByteOffset: 8, as: UInt32.self)
    target.storeBytes(of: UInt32(parts.2), toByteOffset: 12, as: UInt32.self)
    target.storeBytes(of: UInt32(parts.3), toByteOffset: 16, as: UInt32.self)
    target.storeBytes(of: UInt32(truncatingIfNeeded: flags), toByteOffset: 20, as: UInt32.self)
    target.storeBytes(of: Int64(sourceRow), toByteOffset: 24, as: Int64.self)
    copy(hash, target + 32)
    target.storeBytes(of: UInt32(evidence.count), toByteOffset: 48, as: UInt32.self)
    target.storeBytes(of: UInt8(truncatingIfNeeded: entity), toByteOffset: head, as: UInt8.self)
    copy(key, target + head + 1)
    copy(payload, target + head + 1 + parts.0)
    copy(issues, target + head + 1 + parts.0 + parts.1)
    copy(references, target + head + 1 + parts.0 + parts.1 + parts.2)
    copy(evidence, target + head + 1 + parts.0 + parts.1 + parts.2 + parts.3)
  }

  private static func copy(_ bytes: Bytes, _ target: UnsafeMutableRawPointer) {
    if let base = bytes.baseAddress { memcpy(target, base, bytes.count) }
  }

  func eachReference(_ body: (Int64, Bytes) throws -> Void) rethrows {
    try Self.eachReference(in: references, body)
  }

  static func eachReference(in bytes: Bytes, _ body: (Int64, Bytes) throws -> Void) rethrows {
    var place = 0
    while place < bytes.count {
      let length = Int(UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place + 1, as: UInt32.self))
      try body(Int64(bytes[place]), Bytes(rebasing: bytes[place + 5..<place + 5 + length]))
      place += 5 + length
    }
  }

  /// Adds a reference to `bytes`, unless it is there.
  static func add(_ entity: Int64, _ key: Bytes, to bytes: inout [UInt8]) {
    var isKnown = false
    bytes.withUnsafeBufferPointer { bytes in
      eachReference(in: bytes) { isKnown = isKnown || $0 == entity && compare($1, key) == 0 }
    }
    if isKnown { return }
    bytes.append(UInt8(truncatingIfNeeded: entity))
    withUnsafeBytes(of: UInt32(key.count)) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: key)
  }

  /// Negative when this row comes first: by entity and key, then by hash and source row, so that the order in which
  /// records came decides nothing.
  func compare(_ other: SpooledRow) -> Int {
    let key = Self.compare(order, other.order)
    if key != 0 { return key }
    let hash = memcmp(base + 32, other.base + 32, 16)
    if hash != 0 { return Int(hash) }
    return sourceRow < other.sourceRow ? -1 : sourceRow > other.sourceRow ? 1 : 0
  }

  static func compare(_ left: Bytes, _ right: Bytes) -> Int {
    guard let a = left.baseAddress, let b = right.baseAddress else { return left.count - right.count }
    let order = memcmp(a, b, min(left.count, right.count))
    return order != 0 ? Int(order) : left.count - right.count
  }
}
