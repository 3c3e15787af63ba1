import Digest
package import Domain
import Glibc
import SQL

extension OpenWarehouse {
  /// The digest of a change set's items as they stand in the database now, and the hash of where they came from.
  package func itemsProof(of id: Int) throws -> ItemsDigest.Proof {
    var digest = ItemsDigest()
    let cursor = try database.cursor(
      "SELECT entity, nkey, action, base_version, row_hash, fields, source_row, note FROM change_items"
        + " WHERE change_set = $1 ORDER BY seq", [.int(Int64(id))])
    while try cursor.next() {
      digest.add(
        entity: cursor.int(0), key: cursor.bytes(1), action: cursor.int(2), baseVersion: cursor.int(3),
        rowHash: cursor.bytes(4), fields: cursor.isNull(5) ? nil : cursor.bytes(5))
      digest.add(sourceRow: cursor.intOrNil(6), note: cursor.isNull(7) ? nil : cursor.bytes(7))
    }
    return digest.finish()
  }

  /// The digest alone; approvals and commits compare it.
  package func itemsDigest(of id: Int) throws -> String { try itemsProof(of: id).digest }
}

/// SHA-256 over a change set's items in order of entity and key.
///
/// Each item gives its entity, key, action, base row version, row hash and, for an update, the field changes that people
/// are shown: what was approved is what is committed. Source rows and notes have a hash of their own, because the order of
/// the rows in a file does not change what it proposes.
package struct ItemsDigest: ~Copyable {
  package struct Proof: Equatable, Sendable {
    package let digest: String
    package let origins: String
  }

  private var items = BufferedDigest()
  private var origins = BufferedDigest()

  package init() {}

  package mutating func add(
    entity: Int64, key: Bytes, action: Int64, baseVersion: Int64, rowHash: Bytes, fields: Bytes?
  ) {
    items.append(entity)
    items.append(Int64(key.count))
    items.append(key)
    items.append(action)
    items.append(baseVersion)
    items.append(Int64(rowHash.count))
    items.append(rowHash)
    items.append(Int64(fields?.count ?? -1))
    if let fields { items.append(fields) }
  }

  /// Where the item added last came from.
  package mutating func add(sourceRow: Int64?, note: Bytes?) {
    origins.append(sourceRow ?? -1)
    origins.append(Int64(note?.count ?? -1))
    if let note { origins.append(note) }
  }

  package mutating func finish() -> Proof { Proof(digest: items.finishHex(), origins: origins.finishHex()) }
}

/// SHA-256 of many small parts, given on in large ones.
private struct BufferedDigest: ~Copyable {
  private static let capacity = 1 << 16
  private let base: UnsafeMutableRawPointer = .allocate(byteCount: capacity, alignment: 8)
  private var count = 0
  private var digest = SHA256()

  deinit { base.deallocate() }

  /// Eight bytes, the lowest first.
  @inline(__always)
  mutating func append(_ value: Int64) {
    if count &+ 8 > Self.capacity { drain() }
    base.storeBytes(of: value.littleEndian, toByteOffset: count, as: Int64.self)
    count &+= 8
  }

  @inline(__always)
  mutating func append(_ bytes: Bytes) {
    guard let start = bytes.baseAddress else { return }
    if count &+ bytes.count > Self.capacity {
      drain()
      if bytes.count > Self.capacity { return digest.update(UnsafeRawBufferPointer(bytes)) }
    }
    memcpy(base + count, start, bytes.count)
    count &+= bytes.count
  }

  private mutating func drain() {
    digest.update(UnsafeRawBufferPointer(start: base, count: count))
    count = 0
  }

  mutating func finishHex() -> String {
    drain()
    return digest.finishHex()
  }
}
