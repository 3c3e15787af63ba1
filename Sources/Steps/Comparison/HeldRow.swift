import Domain
import Glibc
import Model
import SQL

/// The first row of a key while the next is looked at; its memory is used again and again.
struct HeldRow {
  private(set) var entity: Int64 = 0
  private(set) var key: [UInt8] = []
  private(set) var hash: [UInt8] = []
  private(set) var payload: [UInt8] = []
  private(set) var flags: Int64 = 0
  private(set) var id: Int64 = 0
  private(set) var sourceRow: Int64 = 0
  /// What is committed under the key.
  var committed: Comparer.Committed?
  /// Further rows with the same key.
  var more: [Comparer.Row] = []
  private(set) var isEmpty = true

  init() {}

  init(_ group: Comparer.Group) {
    let first = group.rows[0]
    entity = group.entity
    key = group.key
    hash = first.hash
    payload = first.payload
    flags = first.flags
    id = first.id
    sourceRow = first.sourceRow
    isEmpty = false
  }

  /// Whether it is alone under a new key and its hash is that of the record it makes.
  var isPlain: Bool { committed == nil && more.isEmpty && flags & 4 == 0 }

  var text: String { String(decoding: key, as: UTF8.self) }

  var group: Comparer.Group {
    let first = Comparer.Row(hash: hash, flags: flags, id: id, sourceRow: sourceRow, payload: payload)
    return Comparer.Group(entity: entity, key: key, rows: [first] + more, committed: committed)
  }

  /// Takes the cursor's row: entity, key, hash, flags, id, source row in the first six columns, the payload in the last.
  mutating func take(_ cursor: any Cursor) {
    entity = cursor.int(0)
    Self.replace(&key, cursor.bytes(1))
    Self.replace(&hash, cursor.bytes(2))
    flags = cursor.int(3)
    id = cursor.int(4)
    sourceRow = cursor.int(5)
    Self.replace(&payload, cursor.bytes(12))
    isEmpty = false
  }

  mutating func clear() {
    committed = nil
    more.removeAll()
    isEmpty = true
  }

  private static func replace(_ bytes: inout [UInt8], _ with: Bytes) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: with)
  }

  /// Negative when this row comes first by entity and key, 0 when both are the same.
  func compare(_ entity: Int64, _ key: Bytes) -> Int {
    if self.entity != entity { return self.entity < entity ? -1 : 1 }
    return self.key.withUnsafeBufferPointer { own in
      guard let left = own.baseAddress, let right = key.baseAddress else { return own.count - key.count }
      let order = memcmp(left, right, min(own.count, key.count))
      return order != 0 ? Int(order) : own.count - key.count
    }
  }
}
