import Model
import SQL
import Warehouse

/// Ids of referred records by natural key: remembered while they are made, else asked of the database.
struct ReferenceIDs: ~Copyable {
  private let point: any Statement
  private var table: KeyTable
  private let referred: Set<String>

  init(_ database: any Database) throws {
    point = try database.prepare("SELECT id FROM records WHERE entity = $1 AND nkey = $2 AND deleted = 0")
    table = KeyTable(limit: 300_000)
    // Circuits are by far the most, and few records refer to them: asking for those costs less than remembering all.
    referred = Set(
      Inventory.entities.filter { $0.name != "lifecycle_events" }.flatMap { entity in
        entity.references.filter { $0 != entity.name }
      })
  }

  func isReferred(_ entity: Entity) -> Bool { referred.contains(entity.name) }

  mutating func remember(_ entity: Entity, _ key: UnsafeBufferPointer<UInt8>, _ id: Int64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + 1) { buffer in
      fill(buffer, entity.number, key)
      table.set(UnsafeBufferPointer(buffer), id)
    }
  }

  mutating func id(_ number: Int, _ key: UnsafeBufferPointer<UInt8>) throws -> Int64? {
    return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + 1) { buffer in
      fill(buffer, number, key)
      if let id = table[UnsafeBufferPointer(buffer)] { return id }
      point.bind(1, int: Int64(number))
      point.bind(2, text: key)
      defer { point.reset() }
      guard try point.first() else { return nil }
      let id = point.int(0)
      table.set(UnsafeBufferPointer(buffer), id)
      return id
    }
  }

  private func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ number: Int, _ key: UnsafeBufferPointer<UInt8>) {
    buffer[0] = UInt8(truncatingIfNeeded: number)
    for index in key.indices { buffer[index + 1] = key[index] }
  }
}
