import Model
import SQL

/// Which staged rows of a run were chosen, one bit each.
struct StagedSet {
  /// The run's least id, or 0 for a run without rows.
  let first: Int64
  /// The greatest id chosen.
  private(set) var last: Int64 = -1
  private var bits: [UInt64] = []

  init(_ database: any Database, run: Int) throws {
    first = try database.firstInt("SELECT min(id) FROM staging_rows WHERE run_no = $1", [.int(Int64(run))]) ?? 0
  }

  mutating func insert(_ id: Int64) {
    let place = Int(id - first)
    if place >> 6 >= bits.count { bits.append(contentsOf: repeatElement(0, count: place >> 6 - bits.count + 1024)) }
    last = max(last, id)
    bits[place >> 6] |= 1 << UInt64(place & 63)
  }

  func contains(_ id: Int64) -> Bool {
    let place = Int(id - first)
    return place >= 0 && place >> 6 < bits.count && bits[place >> 6] & (1 << UInt64(place & 63)) != 0
  }
}

/// One reusable row per entity.
final class RowShelf {
  /// A row with an identity.
  final class Box {
    var row: StagedRow
    init(_ entity: Entity) { row = StagedRow(entity) }
  }

  private var boxes: [Int64: Box] = [:]

  func box(_ entity: Int64) -> Box {
    if let box = boxes[entity] { return box }
    let box = Box(Inventory.entity(number: Int(entity)) ?? Inventory.entities[0])
    boxes[entity] = box
    return box
  }
}
