import Records
import Warehouse

/// The counts and the impact that stand at the end of a plan and in `change_sets.summary`.
enum PlanSummary {
  static func json(
    actions: [(String, JSON)], entities: [JSON.Member], totals: GroupTotals, more: [(String, JSON)]
  ) -> JSON {
    let mrc = totals.mrc.sorted { $0.key < $1.key }.filter { $0.value != 0 }
    return .fields(
      actions + more + [
        ("rest", .int(totals.rest)),
        ("entities", .object(entities)),
        (
          "impact",
          .fields([
            ("circuits", .int(totals.circuits)), ("contracts", .int(totals.contracts)),
            ("mrc", .fields(mrc.map { ($0.key, .int($0.value)) })),
          ])
        ),
      ])
  }
}
