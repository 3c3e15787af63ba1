import Model

/// One reusable row per entity.
final class RowShelf {
  /// A row with an identity.
  final class Box {
    var row: StagedRow
    let hasTotals: Bool

    init(_ entity: Entity) {
      row = StagedRow(entity)
      hasTotals = entity.hasTotals
    }
  }

  private var boxes: [Int64: Box] = [:]

  func box(_ entity: Int64) -> Box {
    if let box = boxes[entity] { return box }
    let box = Box(Inventory.entity(number: Int(entity)) ?? Inventory.entities[0])
    boxes[entity] = box
    return box
  }
}
