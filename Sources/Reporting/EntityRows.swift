import Domain
import Model
import SQL
import Warehouse

/// Rows of an entity sheet, streamed from the database.
struct EntityRows: RowSource {
  private let query: RowQuery
  private let database: any Database

  init(_ query: RowQuery, _ database: any Database) {
    self.query = query
    self.database = database
  }

  var entities: [Entity] { query.sheet.group.isEmpty ? query.sources.map(\.entity) : [] }

  func count() throws -> Int {
    Int(try database.firstInt(query.count(database.dialect), query.values) ?? 0)
  }

  func totals() throws -> SheetTotals {
    var totals = SheetTotals()
    for (index, column) in query.sheet.columns.enumerated() where column.isTotal {
      if case .count = column.content {
        totals.add(try wholeCount(), index, "")
        continue
      }
      let cursor = try database.query(query.totals(column, database.dialect), query.values)
      while try cursor.next() {
        // An amount without a currency is in no total: its cell says so in words.
        if column.format == .money, cursor.isNull(0) { continue }
        totals.add(cursor.int(1), index, cursor.text(0))
      }
    }
    return totals
  }

  /// Rows under all groups together.
  private func wholeCount() throws -> Int64 {
    var sum: Int64 = 0
    let place = query.sheet.columns.firstIndex { column in
      if case .count = column.content { return true }
      return false
    }
    try each { cells, _ in
      if let place, case .integer(let count) = cells[place] { sum += count }
    }
    return sum
  }

  func each(_ body: ([ReportCell], [ShownRecord]) throws -> Void) throws {
    let readers = query.sheet.columns.map { CellReader($0) }
    let cursor = try database.cursor(query.rows(database.dialect), query.values)
    defer { cursor.close() }
    while try cursor.next() {
      var cells: [ReportCell] = []
      cells.reserveCapacity(readers.count)
      var at = 0
      for reader in readers { cells.append(reader.read(cursor, &at)) }
      var records: [ShownRecord] = []
      if query.sheet.group.isEmpty {
        for source in query.sources.indices {
          if !cursor.isNull(at) {
            records.append(
              ShownRecord(
                source: source, key: cursor.text(at), run: cursor.int(at + 1), sourceRow: cursor.intOrNil(at + 2)))
          }
          at += 3
        }
      }
      try body(cells, records)
    }
  }
}

/// How one column's value is read from a row.
private struct CellReader {
  private let format: ColumnFormat
  private let isAmount: Bool
  private let isChangeSet: Bool

  init(_ column: ColumnDefinition) {
    format = column.format
    isAmount = column.path?.field?.type == .money
    if case .changeSet? = column.path?.end { isChangeSet = true } else { isChangeSet = false }
  }

  func read(_ row: any Row, _ at: inout Int) -> ReportCell {
    defer { at += isAmount ? 2 : 1 }
    if row.isNull(at) { return .empty }
    if isChangeSet { return row.int(at) == 0 ? .empty : .text(ChangeSet.name(Int(row.int(at)))) }
    switch format {
    case .money: return .amount(row.int(at), currency: row.text(at + 1))
    case .integer: return .integer(row.int(at))
    case .bandwidth: return .bandwidth(row.int(at))
    case .flag: return .flag(row.int(at) != 0)
    case .degrees: return .degrees(row.int(at))
    case .date: return CalendarDate.parseISO(row.bytes(at)).map { .date($0) } ?? .text(row.text(at))
    case .text, .id, .value: return .text(row.text(at))
    }
  }
}

extension ReportCell {
  /// An amount in its currency; without one its decimals are unknown, and the cell says so instead of guessing.
  static func amount(_ minor: Int64, currency: String) -> ReportCell {
    guard let known = Currency(code: currency) else { return .text("\(minor) minor units of no currency") }
    return .money(minor: minor, exponent: known.exponent)
  }
}
