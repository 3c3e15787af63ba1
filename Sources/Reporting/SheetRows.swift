import Model

/// A record that a row of a report shows values of.
struct ShownRecord {
  /// Place in `RowSource.entities`.
  let source: Int
  let key: String
  let run: Int64
  let sourceRow: Int64?
}

/// The rows of one sheet, as often as they are asked for.
protocol RowSource {
  /// The entities whose records the rows show; the first is that of the rows themselves.
  var entities: [Entity] { get }
  /// How many rows there are.
  func count() throws -> Int
  /// Sums of the columns with totals, asked of the database apart from the rows where it can be.
  func totals() throws -> SheetTotals
  func each(_ body: ([ReportCell], [ShownRecord]) throws -> Void) throws
}

/// The sums above a sheet's header: one line for each currency, and one for what has none.
struct SheetTotals: Equatable {
  /// By column, then by currency (empty for numbers).
  private(set) var sums: [Int: [String: Int64]] = [:]

  mutating func add(_ value: Int64, _ column: Int, _ currency: String) {
    sums[column, default: [:]][currency, default: 0] += value
  }

  /// All currencies in order.
  var currencies: [String] { Set(sums.values.flatMap(\.keys)).subtracting([""]).sorted() }

  func sum(_ column: Int, _ currency: String) -> Int64 { sums[column]?[currency] ?? 0 }
}

/// A column ready to be written.
struct PreparedColumn {
  let caption: String
  let format: ColumnFormat
  let width: Int
  let isTotal: Bool
  /// Place of the column that holds this amount's currency.
  let currency: Int?
  /// Where the value is kept: `circuits.mrc`, through what.
  let origin: String
  let doc: String
  let unit: String
}

/// A sheet ready to be written.
struct PreparedSheet {
  let name: String
  let note: String
  let columns: [PreparedColumn]
  let freeze: Int
  let rows: any RowSource
  let rowCount: Int
  let totals: SheetTotals
  /// Fields shown of each of the sources' entities, with the captions of their columns.
  let shown: [[(field: Int, caption: String)]]
  let isGrouped: Bool
  let definition: SheetDefinition

  /// Words of a state, coloured: the column of the first code that is a status.
  var stateColumn: Int? {
    definition.columns.firstIndex { column in
      if case .path(let path) = column.content { return path.name == "status" || path.name == "state" }
      if case .builtin(let index) = column.content, case .builtin(let table) = definition.source {
        return ["action", "state", "verdict"].contains(table.columns[index].name)
      }
      return false
    }
  }
}
