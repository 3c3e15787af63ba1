import Digest
package import Domain
package import Model

/// The fingerprint of a record's values: the first 16 bytes of SHA-256 over its entity number and encoding.
///
/// Two rows with the same values hash alike, whichever file they came from; cleared and absent fields do not count.
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

  /// The hash is valid until the next call.
  package mutating func hash(_ row: borrowing StagedRow) -> Bytes {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(UInt8(truncatingIfNeeded: row.entity.number))
    row.encode(clears: false, into: &bytes)
    digest.update(bytes)
    digest.finish(into: full)
    return Bytes(start: full, count: Self.size)
  }
}
