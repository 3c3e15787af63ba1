import Glibc
package import SQL

/// What `records` knows of one natural key.
package struct RecordHead: Equatable, Sendable {
  package let id: Int64
  package let version: Int64
  package let isDeleted: Bool
  package let isStub: Bool
}

/// Finds committed records by natural key, many at a time.
package final class RecordHeads {
  private let database: any Database
  private let point: (any Statement)?
  private let empty: Set<Int64>

  /// `entities` are the entity numbers that will be asked for; those without any record are never looked up.
  package init(_ database: any Database, entities: [Int]) throws {
    self.database = database
    var empty: Set<Int64> = []
    for entity in entities
    where try database.firstInt("SELECT 1 FROM records WHERE entity = $1 LIMIT 1", [.int(Int64(entity))]) == nil {
      empty.insert(Int64(entity))
    }
    self.empty = empty
    point =
      database.dialect == .sqlite
      ? try database.prepare("SELECT id, version, deleted, stub, row_hash FROM records WHERE entity = $1 AND nkey = $2")
      : nil
  }

  /// True when nothing of the entity was committed before this object was made.
  package func isEmpty(_ entity: Int64) -> Bool { empty.contains(entity) }

  /// Calls `found` with the place in `keys`, the head and the row hash of each key that is known.
  package func find(
    _ keys: [(entity: Int64, key: UnsafeBufferPointer<UInt8>)],
    _ found: (Int, RecordHead, UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    if let point { return try one(keys, point, found) }
    var wanted: [Int] = []
    for (index, key) in keys.enumerated() where !isEmpty(key.entity) { wanted.append(index) }
    guard !wanted.isEmpty else { return }
    let entities = "{" + wanted.map { String(keys[$0].entity) }.joined(separator: ",") + "}"
    let texts = "{" + wanted.map { Self.element(keys[$0].key) }.joined(separator: ",") + "}"
    let cursor = try database.query(
      """
      SELECT k.n, r.id, r.version, r.deleted, r.stub, r.row_hash
      FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS k (entity, nkey, n)
      JOIN records r ON r.entity = k.entity AND r.nkey = k.nkey COLLATE "C"
      """, [.text(entities), .text(texts)])
    while try cursor.next() {
      let head = RecordHead(
        id: cursor.int(1), version: cursor.int(2), isDeleted: cursor.int(3) != 0, isStub: cursor.int(4) != 0)
      try found(wanted[Int(cursor.int(0)) - 1], head, cursor.bytes(5))
    }
  }

  /// The same for keys in order of entity and key: SQLite then walks along its records beside them.
  package func find(
    ordered keys: [(entity: Int64, key: UnsafeBufferPointer<UInt8>)],
    _ found: (Int, RecordHead, UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    guard let point else { return try find(keys, found) }
    var start = 0
    while start < keys.count {
      let end = keys[start...].firstIndex { $0.entity != keys[start].entity } ?? keys.count
      let left = isEmpty(keys[start].entity) ? end : try walk(keys, start..<end, found)
      try one(Array(keys[left..<end]), point) { try found(left + $0, $1, $2) }
      start = end
    }
  }

  /// Goes through the records between the first and the last key; answers the first key it did not come to, because too
  /// many records lie between the keys.
  private func walk(
    _ keys: [(entity: Int64, key: UnsafeBufferPointer<UInt8>)], _ range: Range<Int>,
    _ found: (Int, RecordHead, UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> Int {
    guard range.count >= 32 else { return range.lowerBound }
    let bounds = [keys[range.lowerBound].key, keys[range.upperBound - 1].key].map {
      SQLValue.text(String(decoding: $0, as: UTF8.self))
    }
    let cursor = try database.cursor(
      """
      SELECT nkey, id, version, deleted, stub, row_hash FROM records
      WHERE entity = $1 AND nkey >= $2 AND nkey <= $3 ORDER BY nkey
      """, [.int(keys[range.lowerBound].entity)] + bounds)
    var index = range.lowerBound
    var patience = 4 * range.count
    while patience > 0, try cursor.next() {
      patience -= 1
      let record = cursor.bytes(0)
      while index < range.upperBound, Self.compare(keys[index].key, record) < 0 { index += 1 }
      while index < range.upperBound, Self.compare(keys[index].key, record) == 0 {
        let head = RecordHead(
          id: cursor.int(1), version: cursor.int(2), isDeleted: cursor.int(3) != 0, isStub: cursor.int(4) != 0)
        try found(index, head, cursor.bytes(5))
        index += 1
      }
    }
    return patience > 0 ? range.upperBound : index
  }

  private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    guard let a = left.baseAddress, let b = right.baseAddress else { return left.count - right.count }
    let order = memcmp(a, b, min(left.count, right.count))
    return order != 0 ? Int(order) : left.count - right.count
  }

  private func one(
    _ keys: [(entity: Int64, key: UnsafeBufferPointer<UInt8>)], _ point: any Statement,
    _ found: (Int, RecordHead, UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    for (index, key) in keys.enumerated() where !isEmpty(key.entity) {
      point.bind(1, int: key.entity)
      point.bind(2, text: key.key)
      if try point.first() {
        let head = RecordHead(
          id: point.int(0), version: point.int(1), isDeleted: point.int(2) != 0, isStub: point.int(3) != 0)
        try found(index, head, point.bytes(4))
      }
      point.reset()
    }
  }

  /// One element of a Postgres array literal.
  private static func element(_ key: UnsafeBufferPointer<UInt8>) -> String {
    var text: [UInt8] = [0x22]
    for byte in key {
      if byte == 0x22 || byte == 0x5c { text.append(0x5c) }
      text.append(byte)
    }
    text.append(0x22)
    return String(decoding: text, as: UTF8.self)
  }
}
