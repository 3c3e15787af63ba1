import Domain
import Model
import SQL
import Warehouse

/// Other names of carriers, as committed before this run.
struct AliasTable: ~Copyable {
  private var places = KeyTable(limit: 1_000_000)
  private var slugs: [[UInt8]] = []

  init(_ database: any Database) throws {
    let cursor = try database.cursor(
      """
      SELECT a.nkey, c.nkey FROM carrier_aliases a JOIN carriers c ON c.id = a.carrier_id
      WHERE a.deleted_at IS NULL AND c.deleted_at IS NULL
      """, [])
    while try cursor.next() {
      places.set(0, cursor.bytes(0), Int64(slugs.count))
      slugs.append(Array(cursor.bytes(1)))
    }
  }

  /// Replaces the slug at the end of `key` by the carrier's own, where it is another name.
  func resolve(_ key: inout [UInt8], from start: Int) {
    guard !slugs.isEmpty else { return }
    let found = key.withUnsafeBufferPointer { places[0, UnsafeBufferPointer(rebasing: $0[start...])] }
    if let found {
      key.removeSubrange(start...)
      key += slugs[Int(found)]
    }
  }

  func isAlias(_ slug: UnsafeBufferPointer<UInt8>) -> Bool { !slugs.isEmpty && places[0, slug] != nil }
}

/// What texts that name carriers become in keys: a few names come again in every record.
struct CarrierParts: ~Copyable {
  private static let most = 4000
  private var places = KeyTable(limit: 2 * most)
  private var parts: [[UInt8]] = []

  /// Appends the part of a key that `text` becomes as `property`, another name of a carrier replaced by its slug.
  mutating func append(
    _ text: Bytes, _ property: Int, _ normal: KeyNormal, _ aliases: borrowing AliasTable, to key: inout [UInt8]
  ) {
    if let known = places[Int64(property), text] { return key.append(contentsOf: parts[Int(known)]) }
    let start = key.count
    guard NaturalKey.append(text, normal, to: &key) else { return }
    aliases.resolve(&key, from: start)
    if parts.count >= Self.most { return }
    places.set(Int64(property), text, Int64(parts.count))
    parts.append(Array(key[start...]))
  }
}
