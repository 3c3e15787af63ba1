import Domain
package import Model
import Records

/// The sums a person will be asked to approve, and the impact on the monthly bill, gathered change by change.
///
/// Planning and committing gather them alike, from the rows themselves: what was approved is what is committed.
package struct GroupTotals {
  private struct Sum {
    let field: ApprovalField
    let kind: ChangeGroup.Kind
    let currency: String
    var items = 0
    var before: Int64 = 0
    var after: Int64 = 0
    var largest: [LargeChange] = []
    /// The record that was counted last, so that each counts once.
    var record = 0
  }

  /// What sums need of an entity, looked up once.
  private struct Plan {
    /// Fields that count where they are new.
    let new: [(field: Int, approval: ApprovalField, isMoney: Bool)]
    let currency: Int?
    let mrc: Int?
  }

  private var sums: [Sum] = []
  private var plans: [Int: Plan] = [:]
  private var record = 0
  package private(set) var circuits = 0
  package private(set) var contracts = 0
  package private(set) var mrc: [String: Int64] = [:]
  /// Records with something that no mandatory act covers.
  package private(set) var rest = 0
  /// The record whose amount made a sum too large for 64 bits, the first of them.
  package private(set) var overflow: String?

  package init() {}

  /// A new record: every field it has is a change from nothing.
  package mutating func add(created row: borrowing StagedRow, key: @autoclosure () -> String) {
    let plan = plan(row.entity)
    rest += 1
    let currency = plan.currency.flatMap { row.text($0) } ?? ""
    record += 1
    for (field, approval, isMoney) in plan.new {
      switch row.kind(field) {
      case .absent, .cleared: continue
      case .text, .integer:
        let slot = slot(approval, .new, isMoney ? currency : "")
        let value = row.integer(field) ?? 0
        count(slot, isMoney ? (0, value) : nil, key())
        if sums[slot].largest.takes(value.magnitude) {
          sums[slot].largest.add(
            LargeChange(
              key: key(), field: row.entity.fields[field].name, before: .null, after: RowMerge.value(row, field),
              size: value.magnitude))
        }
      }
    }
    touch(row.entity)
    if row.entity.number == Self.circuitsNumber { addMRC(currency, plan.mrc.flatMap { row.integer($0) } ?? 0, key()) }
  }

  /// A record that comes back: all it has enters again, and is approved again.
  package mutating func add(restored row: borrowing StagedRow, key: String) {
    if row.entity.hasTotals { add(created: row, key: key) } else { addPlain(row.entity) }
  }

  /// A new record of an entity whose records enter no sum.
  package mutating func addPlain(_ entity: Entity) {
    rest += 1
    touch(entity)
  }

  /// A changed record; `before` and `after` are its MRC, `currency` is what it has after the change.
  ///
  /// Where the currency itself changes, every amount leaves the old one and enters the new one, changed or not.
  package mutating func add(
    updated entity: Entity, changes: [FieldChange], currency: String, before: Int64, after: Int64, key: String
  ) {
    record += 1
    if !changes.allSatisfy({ $0.isMandatory(entity) }) { rest += 1 }
    let former = changes.first { entity.fields[$0.field].type == .currency }?.before.text ?? currency
    for change in changes {
      let field = entity.fields[change.field]
      guard let approval = field.approval, change.before != .null || approval.countsWhenNew else { continue }
      let isMoney = approval.isMoney && field.type == .money
      let kind = change.before == .null ? ChangeGroup.Kind.new : .overwrite
      let old = Int64(change.before.int ?? 0)
      let new = Int64(change.after.int ?? 0)
      let size = field.isInteger ? (new > old ? UInt64(bitPattern: new &- old) : UInt64(bitPattern: old &- new)) : 0
      let large = LargeChange(key: key, field: field.name, before: change.before, after: change.after, size: size)
      move(approval, kind, isMoney ? (former, currency, old, new) : nil, large)
    }
    touch(entity)
    if former != currency, before == after, before != 0 {
      let amount = JSON.int(before)
      move(
        .mrc, .overwrite, (former, currency, before, after),
        LargeChange(key: key, field: "mrc", before: amount, after: amount, size: before.magnitude))
    }
    guard entity.number == Self.circuitsNumber else { return }
    if former == currency {
      addMRC(currency, after, key)
      addMRC(currency, 0 &- before, key)
    } else {
      addMRC(former, 0 &- before, key)
      addMRC(currency, after, key)
    }
  }

  /// Counts one change in its group; an amount that changes its currency counts in both.
  private mutating func move(
    _ approval: ApprovalField, _ kind: ChangeGroup.Kind,
    _ amounts: (former: String, currency: String, old: Int64, new: Int64)?, _ large: LargeChange
  ) {
    guard let amounts else {
      let slot = slot(approval, kind, "")
      count(slot, nil, large.key)
      return sums[slot].largest.add(large)
    }
    let target = slot(approval, kind, amounts.currency)
    if amounts.former == amounts.currency {
      count(target, (amounts.old, amounts.new), large.key)
    } else {
      count(slot(approval, kind, amounts.former), (amounts.old, 0), large.key)
      count(target, (0, amounts.new), large.key)
    }
    sums[target].largest.add(large)
  }

  /// A record that is deleted: what it has of mandatory fields leaves, and is approved as an overwrite by nothing.
  package mutating func add(deleted row: borrowing StagedRow, key: String) {
    let plan = plan(row.entity)
    let currency = plan.currency.flatMap { row.text($0) } ?? ""
    record += 1
    rest += 1
    for (field, approval, isMoney) in plan.new where approval.mandatoryWhenNew && row.kind(field) != .absent {
      let slot = slot(approval, .overwrite, isMoney ? currency : "")
      let value = row.integer(field) ?? 0
      count(slot, isMoney ? (value, 0) : nil, key)
      sums[slot].largest.add(
        LargeChange(
          key: key, field: row.entity.fields[field].name, before: RowMerge.value(row, field), after: .null,
          size: value.magnitude))
    }
    touch(row.entity)
    if row.entity.number == Self.circuitsNumber {
      addMRC(currency, 0 &- (plan.mrc.flatMap { row.integer($0) } ?? 0), key)
    }
  }

  private static let circuitsNumber = Inventory.entity("circuits")?.number ?? 0
  private static let contractsNumber = Inventory.entity("contracts")?.number ?? 0

  private mutating func plan(_ entity: Entity) -> Plan {
    if let plan = plans[entity.number] { return plan }
    let new = entity.fields.indices.compactMap { index -> (field: Int, approval: ApprovalField, isMoney: Bool)? in
      let field = entity.fields[index]
      guard let approval = field.approval, approval.countsWhenNew else { return nil }
      return (index, approval, approval.isMoney && field.type == .money)
    }
    let plan = Plan(
      new: new, currency: entity.fields.firstIndex { $0.type == .currency }, mrc: entity.index(of: "mrc"))
    plans[entity.number] = plan
    return plan
  }

  private mutating func slot(_ field: ApprovalField, _ kind: ChangeGroup.Kind, _ currency: String) -> Int {
    for index in sums.indices
    where sums[index].field == field && sums[index].kind == kind && sums[index].currency == currency {
      return index
    }
    sums.append(Sum(field: field, kind: kind, currency: currency))
    return sums.count - 1
  }

  private mutating func count(
    _ slot: Int, _ amounts: (old: Int64, new: Int64)?, _ key: @autoclosure () -> String
  ) {
    if sums[slot].record != record {
      sums[slot].record = record
      sums[slot].items += 1
    }
    guard let amounts else { return }
    sums[slot].before = plus(sums[slot].before, amounts.old, key())
    sums[slot].after = plus(sums[slot].after, amounts.new, key())
  }

  private mutating func touch(_ entity: Entity) {
    if entity.number == Self.circuitsNumber { circuits += 1 }
    if entity.number == Self.contractsNumber { contracts += 1 }
  }

  private mutating func addMRC(_ currency: String, _ amount: Int64, _ key: @autoclosure () -> String) {
    if amount != 0 { mrc[currency] = plus(mrc[currency] ?? 0, amount, key()) }
  }

  private mutating func plus(_ left: Int64, _ right: Int64, _ key: @autoclosure () -> String) -> Int64 {
    let (sum, over) = left.addingReportingOverflow(right)
    if over, overflow == nil { overflow = key() }
    return sum
  }

  package static func currency(_ row: borrowing StagedRow) -> String {
    row.entity.fields.firstIndex { $0.type == .currency }.flatMap { row.text($0) } ?? ""
  }

  package static func mrc(_ row: borrowing StagedRow) -> Int64 {
    (row.entity.index(of: "mrc") ?? row.entity.index(of: "total_mrc")).flatMap { row.integer($0) } ?? 0
  }

  package var groups: [ChangeGroup] {
    sums.map { sum in
      ChangeGroup(
        field: sum.field, kind: sum.kind, currency: sum.currency, items: sum.items, before: sum.before,
        after: sum.after, largest: sum.largest.json)
    }.sorted { ($0.field, $0.kind.rawValue, $0.currency) < ($1.field, $1.kind.rawValue, $1.currency) }
  }
}

/// One of the largest changes of a group.
private struct LargeChange {
  let key: String
  let field: String
  let before: JSON
  let after: JSON
  let size: UInt64

  func isBefore(_ other: Self) -> Bool {
    size != other.size ? size > other.size : (key, field) < (other.key, other.field)
  }
}

extension [LargeChange] {
  /// Whether a change of this size may be among the ten largest.
  fileprivate func takes(_ size: UInt64) -> Bool {
    guard count == 10, let last else { return true }
    return size >= last.size
  }

  /// Keeps the ten largest, the same ones in whatever order they come.
  fileprivate mutating func add(_ change: LargeChange) {
    if count == 10, let last, !change.isBefore(last) { return }
    insert(change, at: firstIndex { change.isBefore($0) } ?? count)
    if count > 10 { removeLast() }
  }

  fileprivate var json: JSON {
    .array(
      map {
        .fields([("key", .string($0.key)), ("field", .string($0.field)), ("before", $0.before), ("after", $0.after)])
      })
  }
}
