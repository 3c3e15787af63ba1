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
    referred = Set(Inventory.entities.flatMap { entity in entity.references.filter { $0 != entity.name } })
      .subtracting(["circuits"])
  }

  func isReferred(_ entity: Entity) -> Bool { referred.contains(entity.name) }

  mutating func remember(_ entity: Entity, _ key: UnsafeBufferPointer<UInt8>, _ id: Int64) {
    table.set(Int64(entity.number), key, id)
  }

  /// Asks for the memory that `touch` will look at; worth it for all references of a row while there is other work.
  func expect(_ number: Int, _ key: UnsafeBufferPointer<UInt8>) { table.expect(Int64(number), key) }

  /// Asks for the memory that `id` will look at.
  func touch(_ number: Int, _ key: UnsafeBufferPointer<UInt8>) { table.touch(Int64(number), key) }

  mutating func id(_ number: Int, _ key: UnsafeBufferPointer<UInt8>) throws -> Int64? {
    let number = Int64(number)
    if let id = table[number, key] { return id }
    point.bind(1, int: number)
    point.bind(2, text: key)
    defer { point.reset() }
    guard try point.first() else { return nil }
    let id = point.int(0)
    table.set(number, key, id)
    return id
  }
}
