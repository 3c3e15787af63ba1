import Domain
package import Model
import Records

/// The sums a person will be asked to approve, and the impact on the monthly bill, gathered change by change.
package struct GroupTotals {
  package init() {}

  private struct GroupKey: Hashable {
    let field: ApprovalField
    let kind: ChangeGroup.Kind
    let currency: String
  }

  fileprivate struct Large {
    let key: String
    let field: String
    let before: JSON
    let after: JSON
    let size: UInt64
  }

  fileprivate struct Sum {
    var items = 0
    var before: Int64 = 0
    var after: Int64 = 0
    var largest: [Large] = []
  }

  private var sums: [GroupKey: Sum] = [:]
  package private(set) var circuits = 0
  package private(set) var contracts = 0
  package private(set) var mrc: [String: Int64] = [:]
  /// Set when a sum no longer fits 64 bits.
  package private(set) var overflow = false

  /// A new record: every field it has is a change from nothing.
  package mutating func add(created row: borrowing StagedRow, key: String) {
    let currency = Self.currency(row)
    var counted: Set<GroupKey> = []
    for field in row.entity.fields.indices where row.entity.fields[field].approval != nil {
      let value = RowMerge.value(row, field)
      if value == .null { continue }
      note(row.entity, field, currency, .null, value, key, &counted)
    }
    touch(row.entity)
    if row.entity.name == "circuits" { addMRC(currency, Self.mrc(row)) }
  }

  package mutating func add(
    updated entity: Entity, changes: [FieldChange], currency: String, before: Int64, after: Int64, key: String
  ) {
    var counted: Set<GroupKey> = []
    for change in changes where entity.fields[change.field].approval != nil {
      note(entity, change.field, currency, change.before, change.after, key, &counted)
    }
    touch(entity)
    if entity.name == "circuits" { addMRC(currency, after - before) }
  }

  /// A circuit that leaves the bill (negative) or comes back.
  package mutating func add(deleted entity: Entity, currency: String, mrc: Int64) {
    touch(entity)
    if entity.name == "circuits" { addMRC(currency, mrc) }
  }

  private mutating func touch(_ entity: Entity) {
    if entity.name == "circuits" { circuits += 1 }
    if entity.name == "contracts" { contracts += 1 }
  }

  private mutating func addMRC(_ currency: String, _ amount: Int64) {
    if amount != 0 { mrc[currency] = plus(mrc[currency] ?? 0, amount) }
  }

  private mutating func note(
    _ entity: Entity, _ field: Int, _ currency: String, _ before: JSON, _ after: JSON, _ key: String,
    _ counted: inout Set<GroupKey>
  ) {
    let declared = entity.fields[field]
    guard let approval = declared.approval else { return }
    let isMoney = approval.isMoney && declared.type == .money
    let group = GroupKey(
      field: approval, kind: before == .null ? .new : .overwrite, currency: isMoney ? currency : "")
    var sum = sums[group] ?? Sum()
    if counted.insert(group).inserted { sum.items += 1 }
    let old = before.int.map(Int64.init) ?? 0
    let new = after.int.map(Int64.init) ?? 0
    if isMoney {
      sum.before = plus(sum.before, old)
      sum.after = plus(sum.after, new)
    }
    let size = declared.isInteger ? (new > old ? UInt64(bitPattern: new &- old) : UInt64(bitPattern: old &- new)) : 0
    sum.insert(Large(key: key, field: declared.name, before: before, after: after, size: size))
    sums[group] = sum
  }

  private mutating func plus(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, over) = left.addingReportingOverflow(right)
    if over { overflow = true }
    return sum
  }

  package static func currency(_ row: borrowing StagedRow) -> String {
    row.entity.fields.firstIndex { $0.type == .currency }.flatMap { row.text($0) } ?? ""
  }

  package static func mrc(_ row: borrowing StagedRow) -> Int64 {
    row.entity.index(of: "mrc").flatMap { row.integer($0) } ?? 0
  }

  package var groups: [ChangeGroup] {
    sums.map { key, sum in
      ChangeGroup(
        field: key.field, kind: key.kind, currency: key.currency, items: sum.items, before: sum.before,
        after: sum.after, largest: sum.json)
    }.sorted { ($0.field, $0.kind.rawValue, $0.currency) < ($1.field, $1.kind.rawValue, $1.currency) }
  }
}

extension GroupTotals.Sum {
  /// Keeps the ten largest, the same ones in whatever order they come.
  fileprivate mutating func insert(_ large: GroupTotals.Large) {
    if largest.count == 10, let last = largest.last, !large.isBefore(last) { return }
    let place = largest.firstIndex { large.isBefore($0) } ?? largest.count
    largest.insert(large, at: place)
    if largest.count > 10 { largest.removeLast() }
  }

  fileprivate var json: JSON {
    .array(
      largest.map {
        .fields([("key", .string($0.key)), ("field", .string($0.field)), ("before", $0.before), ("after", $0.after)])
      })
  }
}

extension GroupTotals.Large {
  fileprivate func isBefore(_ other: Self) -> Bool {
    size != other.size ? size > other.size : (key, field) < (other.key, other.field)
  }
}
