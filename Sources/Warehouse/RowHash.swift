import Digest
package import Domain
package import Model

/// The fingerprint of a record's values: the first 16 bytes of SHA-256 over its entity number and encoding.
///
/// Two records with the same values hash alike, whichever file they came from. A staged row that clears a field hashes
/// otherwise than one that leaves it: a blank cell and `#N/A` are two different wishes.
package struct RowHasher: ~Copyable {
  private var digest = SHA256()
  private var bytes: [UInt8] = []
  private let full: UnsafeMutablePointer<UInt8>
  package static let size = 16

  package init() {
    full = .allocate(capacity: 32)
    full.initialize(repeating: 0, count: 32)
  }

  deinit { full.deallocate() }

  /// The hash of a record's values, without cleared and absent fields; valid until the next call.
  package mutating func hash(_ row: borrowing StagedRow) -> Bytes { hash(row, clears: false) }

  /// The hash of what a source says of a record, with what it clears; valid until the next call.
  package mutating func hash(staged row: borrowing StagedRow) -> Bytes { hash(row, clears: row.hasClears) }

  private mutating func hash(_ row: borrowing StagedRow, clears: Bool) -> Bytes {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(UInt8(truncatingIfNeeded: row.entity.number))
    row.encode(clears: clears, into: &bytes)
    digest.update(bytes)
    digest.finish(into: full)
    return Bytes(start: full, count: Self.size)
  }

  /// The hash of a record's values, whose encoding as a staged row is at hand.
  package mutating func hash(_ row: borrowing StagedRow, encoded: Bytes) -> Bytes {
    row.hasClears ? hash(row) : hash(encoded, of: row.entity)
  }

  /// The hash of the encoding of a staged row.
  package mutating func hash(_ encoded: Bytes, of entity: Entity) -> Bytes {
    var number = UInt8(truncatingIfNeeded: entity.number)
    withUnsafeBytes(of: &number) { digest.update($0) }
    digest.update(UnsafeRawBufferPointer(encoded))
    digest.finish(into: full)
    return Bytes(start: full, count: Self.size)
  }
}
