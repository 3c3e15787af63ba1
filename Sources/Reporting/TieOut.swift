import Domain
import Model
import Workbooks

/// One check of the cover: a value by the database's own reckoning, and the same by a live formula over the written cells.
struct TieCheck {
  let what: String
  let computed: DecimalNumber
  let formula: String
  /// What the formula gives over the cells as we wrote them.
  let cached: DecimalNumber

  var difference: DecimalNumber {
    DecimalNumber(minor: computed.minor &- cached.minor, exponent: computed.exponent)
  }

  var passes: Bool { computed == cached }

  /// An amount with the decimals of its currency; a plain number without one.
  static func number(_ minor: Int64, _ currency: String) -> DecimalNumber {
    DecimalNumber(minor: minor, exponent: currency.isEmpty ? 0 : Currency(code: currency)?.exponent ?? 0)
  }

  /// Every check that the written sheets allow.
  static func checks(_ sheets: [WrittenSheet]) -> [TieCheck] {
    sheets.flatMap { rowCheck($0) + sumChecks($0) } + crossChecks(sheets)
  }

  private static func rowCheck(_ sheet: WrittenSheet) -> [TieCheck] {
    let name = sheet.prepared.name
    let count = sheet.prepared.rowCount
    guard sheet.filled == count else { return [] }
    return [
      TieCheck(
        what: "\(name): records in the database = rows", computed: DecimalNumber(Int64(count)),
        formula: "=COUNTA(\(sheet.range(0)))", cached: DecimalNumber(Int64(sheet.filled)))
    ]
  }

  private static func sumChecks(_ sheet: WrittenSheet) -> [TieCheck] {
    var checks: [TieCheck] = []
    for (column, definition) in sheet.prepared.columns.enumerated() where definition.isTotal {
      for currency in sheet.prepared.totals.sums[column]?.keys.sorted() ?? []
      where sheet.prepared.totals.sum(column, currency) != 0 || sheet.sums.sum(column, currency) != 0 {
        checks.append(
          TieCheck(
            what: "\(sheet.prepared.name): Σ \(definition.caption)" + (currency.isEmpty ? "" : " \(currency)"),
            computed: number(sheet.prepared.totals.sum(column, currency), currency),
            formula: sumFormula(sheet, column, currency), cached: number(sheet.sums.sum(column, currency), currency)))
      }
    }
    return checks
  }

  private static func sumFormula(_ sheet: WrittenSheet, _ column: Int, _ currency: String) -> String {
    guard !currency.isEmpty, let place = sheet.prepared.columns[column].currency else {
      return "=SUM(\(sheet.range(column)))"
    }
    return "=SUMIF(\(sheet.range(place)),\"\(currency)\",\(sheet.range(column)))"
  }

  /// A summary against the rows it sums up, where another sheet shows them.
  private static func crossChecks(_ sheets: [WrittenSheet]) -> [TieCheck] {
    var checks: [TieCheck] = []
    for summary in sheets where summary.prepared.isGrouped {
      for (column, definition) in summary.prepared.definition.columns.enumerated() {
        guard case .sum(let path) = definition.content, definition.isTotal,
          let (detail, place) = details(of: path, for: summary, among: sheets)
        else { continue }
        for currency in summary.prepared.totals.sums[column]?.keys.sorted() ?? []
        where summary.sums.sum(column, currency) != 0 || detail.sums.sum(place, currency) != 0 {
          checks.append(
            TieCheck(
              what: "\(summary.prepared.name): \(definition.caption) \(currency) = \(detail.prepared.name)",
              computed: number(summary.sums.sum(column, currency), currency),
              formula: sumFormula(detail, place, currency), cached: number(detail.sums.sum(place, currency), currency)))
        }
      }
    }
    return checks
  }

  private static func details(
    of path: FieldPath, for summary: WrittenSheet, among sheets: [WrittenSheet]
  ) -> (WrittenSheet, Int)? {
    for sheet in sheets where !sheet.prepared.isGrouped {
      let definition = sheet.prepared.definition
      guard definition.entity?.number == summary.prepared.definition.entity?.number,
        definition.filter.map(\.text) == summary.prepared.definition.filter.map(\.text)
      else { continue }
      let place = definition.columns.firstIndex { column in
        if case .path(let shown) = column.content { return column.isTotal && shown.isSame(as: path) }
        return false
      }
      if let place { return (sheet, place) }
    }
    return nil
  }
}
