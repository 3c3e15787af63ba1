import Domain
import Model
import SQL
import Warehouse

/// The SQL of one entity sheet: its values, the records they come from, and its totals, all under one filter.
struct RowQuery {
  /// A record joined to each row: its entity and where its key, run and source row are selected.
  struct Source {
    let entity: Entity
    let alias: String
    let route: String
  }

  let sheet: SheetDefinition
  let entity: Entity
  let sources: [Source]
  private let asOf: CalendarDate
  private let joins: String
  private let condition: String
  private(set) var values: [SQLValue] = []

  init(_ sheet: SheetDefinition, _ entity: Entity, asOf: CalendarDate) {
    self.sheet = sheet
    self.entity = entity
    self.asOf = asOf
    var sources = [Source(entity: entity, alias: "t0", route: "")]
    var joins = " LEFT JOIN records r0 ON r0.entity = \(entity.number) AND r0.nkey = t0.nkey"
    let paths = Self.paths(of: sheet)
    for path in paths { Self.join(path, asOf, &sources, &joins) }
    self.sources = sources
    self.joins = joins
    var values: [SQLValue] = []
    var tests: [String] = []
    for test in sheet.filter { tests.append(Self.sql(test, sources, asOf, &values)) }
    if !sheet.filter.contains(where: { $0.path.name == "deleted" && $0.path.steps.isEmpty }) {
      tests.append("t0.deleted_at IS NULL")
    }
    condition = tests.isEmpty ? "" : " WHERE " + tests.joined(separator: " AND ")
    self.values = values
  }

  private static func join(
    _ path: FieldPath, _ asOf: CalendarDate, _ sources: inout [Source], _ joins: inout String
  ) {
    var route = ""
    var before = "t0"
    for step in path.steps {
      route += (route.isEmpty ? "" : ".") + step.name
      if let known = sources.first(where: { $0.route == route }) {
        before = known.alias
        continue
      }
      guard let entity = Inventory.entity(step.entity) else { return }
      let alias = "t\(sources.count)"
      switch step.way {
      case .reference(let column):
        joins += " LEFT JOIN \(entity.name) \(alias) ON \(alias).id = \(before).\"\(column)\""
      case .latest(let by, let order):
        joins +=
          " LEFT JOIN \(entity.name) \(alias) ON \(alias).\"\(by)\" = \(before).id AND \(alias).deleted_at IS NULL"
        if let order {
          joins +=
            " AND NOT EXISTS (SELECT 1 FROM \(entity.name) later WHERE later.\"\(by)\" = \(before).id"
            + " AND later.deleted_at IS NULL AND later.\"\(order)\" > \(alias).\"\(order)\")"
        }
      case .inForce: joins += InForce(entity: entity, asOf: asOf).join(alias, of: before)
      }
      sources.append(Source(entity: entity, alias: alias, route: route))
      before = alias
    }
  }

  private static func expression(_ path: FieldPath, _ sources: [Source]) -> String {
    let alias = sources.first { $0.route == path.route }?.alias ?? "t0"
    switch path.end {
    case .field(let field): return "\(alias).\"\(field.columnName)\""
    case .key: return "\(alias).nkey"
    case .deleted: return "(CASE WHEN \(alias).deleted_at IS NULL THEN 0 ELSE 1 END)"
    case .stub: return "coalesce(r0.stub, 0)"
    case .version: return "r0.version"
    case .changeSet: return "r0.change_set"
    case .run: return "\(alias).run_no"
    case .sourceRow: return "\(alias).source_row"
    }
  }

  private static func sql(
    _ condition: Condition, _ sources: [Source], _ asOf: CalendarDate, _ values: inout [SQLValue]
  ) -> String {
    let left = expression(condition.path, sources)
    func bound(_ operand: Condition.Operand) -> String {
      switch operand {
      case .value(let value): values.append(value)
      case .asOf: values.append(.text(asOf.description))
      }
      if case .field(let field) = condition.path.end, field.type == .date {
        return "CAST($\(values.count) AS DATE_TYPE)"
      }
      return "$\(values.count)"
    }
    switch condition.test {
    case .compare(let symbol, let operand): return "\(left) \(symbol == "!=" ? "<>" : symbol) \(bound(operand))"
    case .among(let operands, let isNegated):
      return "\(left) \(isNegated ? "NOT IN" : "IN") (" + operands.map(bound).joined(separator: ", ") + ")"
    case .empty(let isNegated): return "\(left) IS \(isNegated ? "NOT NULL" : "NULL")"
    }
  }

  /// SQL with the date type of the database in its casts.
  private func dialected(_ sql: String, _ dialect: Dialect) -> String {
    let type = dialect == .postgres ? "DATE" : "TEXT"
    return sql.split(separator: "DATE_TYPE", omittingEmptySubsequences: false).joined(separator: type)
  }

  private func expression(_ column: ColumnDefinition) -> String {
    switch column.content {
    case .path(let path): Self.expression(path, sources)
    case .sum(let path): "CAST(SUM(\(Self.expression(path, sources))) AS BIGINT)"
    case .count: "COUNT(*)"
    case .builtin: "NULL"
    }
  }

  private func currency(_ column: ColumnDefinition) -> String? {
    column.path?.currencyPath(from: entity).map { Self.expression($0, sources) }
  }

  /// First the cells, each followed by its currency where it is an amount; then key, run and source row of every source.
  func rows(_ dialect: Dialect) -> String {
    var selected: [String] = []
    for column in sheet.columns {
      selected.append(expression(column))
      if let currency = currency(column) { selected.append(currency) }
    }
    if sheet.group.isEmpty {
      for source in sources {
        selected += ["\(source.alias).nkey", "\(source.alias).run_no", "\(source.alias).source_row"]
      }
    }
    var sql = "SELECT " + selected.joined(separator: ", ") + " FROM \(entity.name) t0" + joins + condition
    if !sheet.group.isEmpty {
      sql += " GROUP BY " + sheet.group.map { Self.expression($0, sources) }.joined(separator: ", ")
    }
    return dialected(sql + " ORDER BY " + order, dialect)
  }

  /// Records without a value come last; the natural key settles what is left.
  private var order: String {
    let keys = sheet.sort + sheet.group.map { SortKey(path: $0, isDescending: false) }
    var parts = keys.flatMap { key in
      let value = Self.expression(key.path, sources)
      return ["CASE WHEN \(value) IS NULL THEN 1 ELSE 0 END", value + (key.isDescending ? " DESC" : "")]
    }
    if sheet.group.isEmpty { parts.append("t0.nkey") }
    return parts.joined(separator: ", ")
  }

  /// The number of rows.
  func count(_ dialect: Dialect) -> String {
    if sheet.group.isEmpty { return dialected("SELECT count(*) FROM \(entity.name) t0" + joins + condition, dialect) }
    let group = sheet.group.map { Self.expression($0, sources) }.joined(separator: ", ")
    return dialected(
      "SELECT count(*) FROM (SELECT 1 AS one FROM \(entity.name) t0\(joins)\(condition) GROUP BY \(group)) g", dialect)
  }

  /// Currency and sum of one column; the currency is NULL where the column is no amount.
  func totals(_ column: ColumnDefinition, _ dialect: Dialect) -> String {
    let value = column.path.map { Self.expression($0, sources) } ?? "1"
    let currency = currency(column)
    let sql = "SELECT \(currency ?? "NULL"), CAST(SUM(\(value)) AS BIGINT) FROM \(entity.name) t0\(joins)\(condition)"
    return dialected(currency.map { sql + " GROUP BY \($0) ORDER BY \($0)" } ?? sql, dialect)
  }
}

extension RowQuery {
  /// The routes of the sources of a sheet's rows, in their order.
  static func routes(of sheet: SheetDefinition, from entity: Entity) -> [String] {
    var sources = [Source(entity: entity, alias: "t0", route: "")]
    var joins = ""
    for path in paths(of: sheet) { join(path, .earliest, &sources, &joins) }
    return sources.map(\.route)
  }

  private static func paths(of sheet: SheetDefinition) -> [FieldPath] {
    sheet.columns.compactMap(\.path) + sheet.filter.map(\.path) + sheet.sort.map(\.path) + sheet.group
  }
}
