import Domain
import Model
import SQL
import Warehouse

/// What a report is made of besides the database: its definition, the day, and who asked.
package struct ReportRequest {
  package let definition: ReportDefinition
  let asOf: CalendarDate
  package let tenant: String
  /// Who runs the command, as it is printed on the cover.
  package let principal: String
  package let scope: ChangeScope

  package init(
    definition: ReportDefinition, asOf day: (year: Int, month: Int, day: Int), tenant: String, principal: String,
    scope: ChangeScope = ChangeScope()
  ) throws(ReportError) {
    guard let asOf = CalendarDate(year: day.year, month: day.month, day: day.day) else { throw .outsideCalendar }
    self.definition = definition
    self.asOf = asOf
    self.tenant = tenant
    self.principal = principal
    self.scope = scope
  }
}

/// Why a report cannot be made although its definition is right.
package enum ReportError: Error, Equatable {
  case noSuchSheet(String, known: [String])
  /// Two reads of the same rows differ: the database is damaged, or this program is wrong.
  case inconsistent(sheet: String, expected: Int, found: Int)
  /// A sheet of a workbook has 1,048,576 rows, titles included.
  case tooManyRows(sheet: String, count: Int)
  /// The file could not be written; nothing of its name has changed.
  case notWritten(String)
  /// The day lies outside of the years 1900 to 2199.
  case outsideCalendar

  package var message: String {
    switch self {
    case .noSuchSheet(let name, _): "the report has no sheet \"\(name)\""
    case .inconsistent(let sheet, let expected, let found):
      "\(sheet): \(expected) rows were counted and \(found) read"
    case .tooManyRows(let sheet, let count):
      "the sheet \"\(sheet)\" would have \(count) rows: more than a workbook holds"
    case .notWritten(let reason): reason
    case .outsideCalendar: "there is no such day in the calendar of reports"
    }
  }

  package var hint: String {
    switch self {
    case .noSuchSheet(_, let known): "its sheets: " + known.joined(separator: ", ")
    case .outsideCalendar: "--as-of takes a day from 1900 to 2199"
    case .tooManyRows: "write it with --format csv, or narrow its filter or period"
    case .notWritten: "nothing of that name was changed: give another --out or make room"
    case .inconsistent: "check the database with: trunkline db status"
    }
  }
}

/// A report bound to a database, ready to be written in any format.
///
/// Call `init` and everything else within one read transaction: all of a report shows one state.
struct BoundReport {
  let request: ReportRequest
  let facts: ReportFacts
  let sheets: [PreparedSheet]
  let runs: RunIndex
  let warehouse: OpenWarehouse

  init(_ request: ReportRequest, _ warehouse: OpenWarehouse) throws {
    self.request = request
    self.warehouse = warehouse
    let runs = RunIndex(warehouse)
    self.runs = runs
    facts = try ReportFacts(request, warehouse)
    sheets = try request.definition.sheets.map { sheet in
      try PreparedSheet(sheet, request.rows(of: sheet, warehouse, runs))
    }
  }
}

extension ReportRequest {
  func rows(of sheet: SheetDefinition, _ warehouse: OpenWarehouse, _ runs: RunIndex) -> any RowSource {
    switch sheet.source {
    case .entity(let entity): EntityRows(RowQuery(sheet, entity, asOf: asOf), warehouse.database)
    case .builtin(let table):
      ChangeRows(
        table: table, columns: sheet.columns.map(\.builtinPlace),
        totaled: sheet.columns.indices.filter { sheet.columns[$0].isTotal }, scope: scope, asOf: asOf,
        database: warehouse.database, runs: runs)
    }
  }
}

extension ColumnDefinition {
  fileprivate var builtinPlace: Int {
    if case .builtin(let place) = content { return place }
    return 0
  }
}

extension PreparedSheet {
  init(_ sheet: SheetDefinition, _ rows: any RowSource) throws {
    definition = sheet
    name = sheet.name
    note = sheet.note
    freeze = sheet.freeze
    self.rows = rows
    columns = sheet.columns.map { PreparedColumn($0, in: sheet) }
    rowCount = try rows.count()
    totals = try rows.totals()
    isGrouped = !sheet.group.isEmpty
    shown = Self.shownFields(sheet, rows)
  }

  /// For each source of the rows: which of its fields stand in which column.
  private static func shownFields(_ sheet: SheetDefinition, _ rows: any RowSource) -> [[(field: Int, caption: String)]]
  {
    guard let entity = sheet.entity, sheet.group.isEmpty else { return [] }
    let routes = RowQuery.routes(of: sheet, from: entity)
    return rows.entities.indices.map { source in
      sheet.columns.compactMap { column in
        column.path?.field(at: routes[source], of: rows.entities[source]).map { ($0, column.caption) }
      }
    }
  }
}

extension PreparedColumn {
  init(_ column: ColumnDefinition, in sheet: SheetDefinition) {
    caption = column.caption
    format = column.format
    width = column.width
    isTotal = column.isTotal
    switch (column.content, sheet.source) {
    case (.path(let path), .entity(let entity)), (.sum(let path), .entity(let entity)):
      let kept = "\(path.entity.name).\(path.field?.columnName ?? path.name)"
      origin =
        (column.isSum ? "sum of " : "") + kept + (path.route.isEmpty ? "" : " through \(entity.name).\(path.route)")
      doc = path.doc
      unit = path.unit
      let wanted = path.currencyPath(from: entity)
      currency = wanted.flatMap { wanted in
        sheet.columns.firstIndex { other in
          if case .path(let path) = other.content { return path.isSame(as: wanted) }
          return false
        }
      }
    case (.builtin(let place), .builtin(let table)):
      origin = "\(table.rawValue).\(table.columns[place].name)"
      doc = table.columns[place].doc
      unit = ""
      currency = sheet.columns.firstIndex { other in
        if case .builtin(let place) = other.content { return place == table.currency }
        return false
      }
    default:
      origin = "number of records of the group"
      doc = "How many records the row adds up"
      unit = "number"
      currency = nil
    }
  }
}
