import Digest
package import Domain
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

  private var digest = SHA256()
  private var origins = SHA256()
  private var buffer: [UInt8] = []
  private var originBuffer: [UInt8] = []

  package init() {}

  package mutating func add(
    entity: Int64, key: Bytes, action: Int64, baseVersion: Int64, rowHash: Bytes, fields: Bytes?
  ) {
    Self.append(entity, to: &buffer)
    Self.append(Int64(key.count), to: &buffer)
    buffer.append(contentsOf: key)
    Self.append(action, to: &buffer)
    Self.append(baseVersion, to: &buffer)
    Self.append(Int64(rowHash.count), to: &buffer)
    buffer.append(contentsOf: rowHash)
    Self.append(Int64(fields?.count ?? -1), to: &buffer)
    if let fields { buffer.append(contentsOf: fields) }
    if buffer.count > 1 << 16 { Self.drain(&buffer, into: &digest) }
  }

  /// Where the item added last came from.
  package mutating func add(sourceRow: Int64?, note: Bytes?) {
    Self.append(sourceRow ?? -1, to: &originBuffer)
    Self.append(Int64(note?.count ?? -1), to: &originBuffer)
    if let note { originBuffer.append(contentsOf: note) }
    if originBuffer.count > 1 << 16 { Self.drain(&originBuffer, into: &origins) }
  }

  package mutating func finish() -> Proof {
    Self.drain(&buffer, into: &digest)
    Self.drain(&originBuffer, into: &origins)
    return Proof(digest: digest.finishHex(), origins: origins.finishHex())
  }

  private static func drain(_ buffer: inout [UInt8], into digest: inout SHA256) {
    digest.update(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private static func append(_ value: Int64, to buffer: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { buffer.append(contentsOf: $0) }
  }
}
