import Domain
import Model
import Records
import SQL
import Warehouse

/// Which change sets a report is about.
package struct ChangeScope: Sendable {
  /// One change set, or nil for all of a period.
  package let changeSet: Int?
  /// First day of the period by the day a change set was made, `YYYY-MM-DD`; nil from the beginning. The last is the as-of day.
  package let since: String?

  package init(changeSet: Int? = nil, since: String? = nil) {
    self.changeSet = changeSet
    self.since = since
  }

  /// A condition on change_sets `s`, and its values.
  func condition(_ asOf: CalendarDate) -> (sql: String, values: [SQLValue]) {
    if let changeSet { return ("s.id = $1", [.int(Int64(changeSet))]) }
    guard let last = asOf.adding(days: 1) else { return ("s.created_at >= $1", [.text(since ?? "")]) }
    return ("s.created_at >= $1 AND s.created_at < $2", [.text(since ?? ""), .text(last.description)])
  }
}

/// Rows of the tables of changes.
struct ChangeRows: RowSource {
  let table: BuiltinTable
  /// Places in the table's columns, in the order of the sheet.
  let columns: [Int]
  /// Places in the sheet of the columns with totals.
  let totaled: [Int]
  let scope: ChangeScope
  let asOf: CalendarDate
  let database: any Database
  let runs: RunIndex

  var entities: [Entity] { [] }

  func count() throws -> Int {
    var count = 0
    try eachRow { _ in count += 1 }
    return count
  }

  func totals() throws -> SheetTotals {
    var totals = SheetTotals()
    if totaled.isEmpty { return totals }
    try eachRow { row in
      let currency = table.currency.map { row[$0].csv } ?? ""
      for place in totaled {
        switch row[columns[place]] {
        case .money(let minor, _): totals.add(minor, place, currency)
        case .integer(let value): totals.add(value, place, "")
        default: break
        }
      }
    }
    return totals
  }

  func each(_ body: ([ReportCell], [ShownRecord]) throws -> Void) throws {
    try eachRow { row in try body(columns.map { row[$0] }, []) }
  }

  private func eachRow(_ body: ([ReportCell]) throws -> Void) throws {
    switch table {
    case .changeSets: try changeSetRows(body)
    case .changes: try changeRows(body)
    case .impact: try impactRows(body)
    case .approvals: try approvalRows(body)
    case .receipts: try receiptRows(body)
    }
  }

  private func cursor(_ columns: String, _ from: String, _ order: String) throws -> any Cursor {
    let (condition, values) = scope.condition(asOf)
    return try database.cursor("SELECT \(columns) FROM \(from) WHERE \(condition) ORDER BY \(order)", values)
  }

  private func changeSetRows(_ body: ([ReportCell]) throws -> Void) throws {
    let rows = try cursor(
      "s.id, s.state, s.title, s.author, s.created_at, s.as_of, s.run_no, s.base_serial, "
        + "(SELECT count(*) FROM change_items i WHERE i.change_set = s.id), s.digest, s.committed_at, s.committed_by, "
        + "s.serial, s.reverts", "change_sets s", "s.id")
    while try rows.next() {
      try body([
        name(rows, 0), text(rows, 1), text(rows, 2), text(rows, 3), text(rows, 4), date(rows, 5), run(rows.int(6)),
        integer(rows, 7), integer(rows, 8), text(rows, 9), text(rows, 10), text(rows, 11), integer(rows, 12),
        name(rows, 13),
      ])
    }
  }

  private func impactRows(_ body: ([ReportCell]) throws -> Void) throws {
    let rows = try cursor(
      "g.change_set, g.field, g.kind, g.items, g.currency, g.before_minor, g.after_minor",
      "change_groups g JOIN change_sets s ON s.id = g.change_set", "g.change_set, g.field, g.kind, g.currency")
    while try rows.next() {
      let currency = rows.text(4)
      func amount(_ minor: Int64) -> ReportCell { currency.isEmpty ? .empty : .amount(minor, currency: currency) }
      try body([
        name(rows, 0), text(rows, 1), text(rows, 2), integer(rows, 3), text(rows, 4), amount(rows.int(5)),
        amount(rows.int(6)), amount(rows.int(6) - rows.int(5)),
      ])
    }
  }

  private func approvalRows(_ body: ([ReportCell]) throws -> Void) throws {
    let rows = try cursor(
      "a.change_set, a.at, a.principal, a.role, a.verdict, a.scope, a.kind, a.items, a.stated, a.method, a.reason, a.digest",
      "approvals a JOIN change_sets s ON s.id = a.change_set", "a.id")
    while try rows.next() {
      try body([
        name(rows, 0), text(rows, 1), text(rows, 2), text(rows, 3), text(rows, 4), text(rows, 5), text(rows, 6),
        integer(rows, 7), text(rows, 8), text(rows, 9), text(rows, 10), text(rows, 11),
      ])
    }
  }

  private func receiptRows(_ body: ([ReportCell]) throws -> Void) throws {
    let rows = try cursor(
      "l.seq, l.at, l.principal, l.role, l.action, l.change_set, l.root, l.prev_hash, l.hash",
      "audit_log l JOIN change_sets s ON s.id = l.change_set", "l.seq")
    while try rows.next() {
      try body([
        integer(rows, 0), text(rows, 1), text(rows, 2), text(rows, 3), text(rows, 4), name(rows, 5), text(rows, 6),
        text(rows, 7), text(rows, 8),
      ])
    }
  }

  func name(_ row: any Row, _ column: Int) -> ReportCell {
    row.isNull(column) ? .empty : .text(ChangeSet.name(Int(row.int(column))))
  }

  private func text(_ row: any Row, _ column: Int) -> ReportCell {
    row.bytes(column).isEmpty ? .empty : .text(row.text(column))
  }

  private func integer(_ row: any Row, _ column: Int) -> ReportCell {
    row.isNull(column) ? .empty : .integer(row.int(column))
  }

  private func date(_ row: any Row, _ column: Int) -> ReportCell {
    CalendarDate.parseISO(row.bytes(column)).map { .date($0) } ?? text(row, column)
  }

  func run(_ number: Int64) throws -> ReportCell { try runs.entry(number).map { .text($0.name) } ?? .empty }
}
