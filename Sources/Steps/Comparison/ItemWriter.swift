import Domain
import Model
import Records
import SQL
import Warehouse

/// One decided change, ready to be written.
struct PlannedItem {
  var entity: Int64
  var key: String
  var action: ChangeAction
  var baseVersion: Int64
  /// Hash of the record as it will be.
  var rowHash: [UInt8]
  /// Hash of the staged row it came from.
  var stagedHash: [UInt8]
  var staged: Int64?
  var sourceRow: Int64?
  var fields: String?
  var note: String?
}

/// Writes the items of a change set in order of entity and key, and their digest.
struct ItemWriter: ~Copyable {
  private let bulk: any BulkInsert
  private let set: Int64
  private var sequence: Int64 = 0
  private var digest = ItemsDigest()
  /// Items by entity number and action.
  private var tally = Array(repeating: 0, count: 256 * Self.actions)
  private static let actions = 8

  init(_ database: any Database, set: Int) throws {
    let bulk = try database.bulk(
      into: "change_items",
      columns: [
        ("change_set", .integer), ("seq", .integer), ("entity", .integer), ("nkey", .text), ("action", .integer),
        ("base_version", .integer), ("row_hash", .blob), ("staged_hash", .blob), ("staged", .integer),
        ("source_row", .integer), ("fields", .text), ("note", .text),
      ])
    self.bulk = bulk
    self.set = Int64(set)
  }

  var count: Int { Int(sequence) }

  func count(_ action: ChangeAction) -> Int {
    stride(from: Int(action.rawValue), to: tally.count, by: Self.actions).reduce(0) { $0 + tally[$1] }
  }

  var counts: [Int64: [ChangeAction: Int]] {
    var counts: [Int64: [ChangeAction: Int]] = [:]
    for entity in 0..<256 {
      for action in ChangeAction.allCases where tally[entity * Self.actions + Int(action.rawValue)] > 0 {
        counts[Int64(entity), default: [:]][action] = tally[entity * Self.actions + Int(action.rawValue)]
      }
    }
    return counts
  }

  mutating func write(_ item: PlannedItem) throws {
    var key = item.key
    try key.withUTF8 { key in
      try item.rowHash.withUnsafeBufferPointer { hash in
        try item.stagedHash.withUnsafeBufferPointer { stagedHash in
          try write(item, key, hash, stagedHash)
        }
      }
    }
  }

  /// The fast way for creates, which are most of a first load.
  mutating func create(
    entity: Int64, key: Bytes, hash: Bytes, staged: Int64, sourceRow: Int64
  ) throws {
    start(entity, key, .create, 0, hash, hash, nil)
    digest.add(sourceRow: sourceRow, note: nil)
    bulk.int(staged)
    bulk.int(sourceRow)
    bulk.null()
    bulk.null()
    try bulk.endRow()
  }

  private mutating func write(_ item: PlannedItem, _ key: Bytes, _ hash: Bytes, _ stagedHash: Bytes) throws {
    var fields = item.fields
    if fields != nil {
      fields?.withUTF8 { start(item.entity, key, item.action, item.baseVersion, hash, stagedHash, $0) }
    } else {
      start(item.entity, key, item.action, item.baseVersion, hash, stagedHash, nil)
    }
    if var note = item.note {
      note.withUTF8 { digest.add(sourceRow: item.sourceRow, note: $0) }
    } else {
      digest.add(sourceRow: item.sourceRow, note: nil)
    }
    bulk.value(item.staged.map { .int($0) } ?? .null)
    bulk.value(item.sourceRow.map { .int($0) } ?? .null)
    bulk.value(item.fields.map { .text($0) } ?? .null)
    bulk.value(item.note.map { .text($0) } ?? .null)
    try bulk.endRow()
  }

  private mutating func start(
    _ entity: Int64, _ key: Bytes, _ action: ChangeAction, _ base: Int64, _ hash: Bytes, _ stagedHash: Bytes,
    _ fields: Bytes?
  ) {
    sequence += 1
    tally[Int(entity) * Self.actions + Int(action.rawValue)] += 1
    digest.add(
      entity: entity, key: key, action: action.rawValue, baseVersion: base, rowHash: hash, fields: fields)
    bulk.int(set)
    bulk.int(sequence)
    bulk.int(entity)
    bulk.text(key)
    bulk.int(action.rawValue)
    bulk.int(base)
    bulk.blob(hash)
    bulk.blob(stagedHash)
  }

  mutating func finish() throws -> ItemsDigest.Proof {
    _ = try bulk.finish()
    return digest.finish()
  }
}
