import CSV
import Digest
package import Domain
package import Model
import Records
import SQL
package import Warehouse
import Wire
import Workbooks

/// The committed records of one entity as a table or a stream that comes back as an empty plan.
///
/// Deleted records are left out. Records come in order of their ids: the same database gives the same bytes. A blank
/// cell means "leave as it is" when the table comes back, `#N/A` means "clear".
package struct RecordExport {
  package let entity: Entity
  let columns: [FieldColumn]
  private let warehouse: OpenWarehouse
  private let conditions: [ExportCondition]

  package init(_ entity: Entity, where conditions: [String], _ warehouse: OpenWarehouse) throws {
    self.entity = entity
    self.warehouse = warehouse
    let columns = FieldColumn.all(of: entity)
    self.columns = columns
    self.conditions = try conditions.map { try ExportCondition($0, columns) }
  }

  private func each(_ body: ([FieldValue], borrowing StagedRow) throws -> Void) throws -> Int {
    let reader = CommittedReader(entity, warehouse.database.dialect)
    let currencyField = entity.currencyField.flatMap { entity.index(of: $0.name) }
    var staged = StagedRow(entity)
    var count = 0
    try warehouse.database.reading {
      let cursor = try reader.all(warehouse.database)
      defer { cursor.close() }
      while try cursor.next() {
        if reader.isDeleted(cursor) { continue }
        reader.fill(&staged, from: cursor)
        let currency = currencyField.flatMap { staged.text($0) }.flatMap { Currency(code: $0) }
        let values = columns.map { $0.value(in: staged, currency: currency) }
        if !conditions.allSatisfy({ $0.holds(values) }) { continue }
        count += 1
        try body(values, staged)
      }
    }
    return count
  }

  /// Writes CSV with a header and answers the number of records; text that would run as a formula gets an apostrophe,
  /// which the mapping of `mappingText(isGuarded: true)` takes off again.
  package func writeCSV(to descriptor: Int32) throws -> Int {
    var writer = CSVWriter(descriptor: descriptor, formulas: .apostrophe)
    for column in columns { writer.cell(column.header) }
    try writer.endRow()
    let count = try each { values, _ in
      for value in values { writer.cell(value.text) }
      try writer.endRow()
    }
    try writer.flush()
    return count
  }

  /// Writes a complete stream of the entity, which `stage` takes without a mapping.
  package func writeStream(to descriptor: Int32) throws -> Int {
    var writer = StreamWriter(descriptor: descriptor)
    let serial = try warehouse.serial()
    let source = "\(warehouse.lineage) \(serial) \(entity.name)"
    var schema = WireShape(entity).schema
    schema.run = String(SHA256.hex(of: "export\n" + source).prefix(16))
    schema.origin = .fields([
      ("src", .string("export:" + source)), ("file", .string("\(entity.name) of serial \(serial)")),
    ])
    let stream = writer.schema(schema)
    var counts = StreamCounts(run: schema.run ?? "", step: "export")
    _ = try each { _, row in
      counts.input += 1
      writer.begin(stream)
      for (place, member) in WireMembers.of(row).enumerated() {
        if place > 0 { writer.out.byte(0x2C) }
        writer.out.string(member.name)
        writer.out.byte(0x3A)
        member.value.write(to: &writer.out)
      }
      writer.end(sequence: counts.input, part: 0, row: counts.input)
    }
    counts.accepted = counts.input
    try writer.finish(counts)
    return counts.input
  }

  /// Writes a workbook of one sheet; amounts and dates are real ones, everything else is text.
  package func writeWorkbook(to path: String, author: String, asOf: CalendarDate) throws -> Int {
    let workbook = try Workbook(
      path: path,
      properties: Workbook.Properties(
        title: "Export of \(entity.name)", subject: "serial \(try warehouse.serial())", author: author,
        createdDay: Int(asOf.day)), isStreaming: true)
    let sheet = try workbook.addSheet(entity.name)
    sheet.freeze(row: 1, column: 0)
    try sheet.width(of: 0...columns.count - 1, 18)
    for (column, heading) in columns.enumerated() { try sheet.text(0, column, heading.header, .text.bold()) }
    var row = 0
    let count = try each { values, _ in
      row += 1
      for (column, value) in values.enumerated() { try Self.write(value, to: sheet, row, column) }
    }
    try sheet.autofilter(rows: 0...max(row, 1), columns: columns.count)
    if workbook.losses.truncatedTexts > 0 {
      throw WorkbookError.refused(
        what: "a text of more than 32,767 characters", reason: "it would not come back whole; export csv or jsonl")
    }
    try workbook.close()
    return count
  }

  private static func write(_ value: FieldValue, to sheet: WorkbookSheet, _ row: Int, _ column: Int) throws {
    switch value {
    case .blank: return
    case .text(let text): try sheet.text(row, column, text)
    case .date(let day) where day.day >= firstSheetDay: try sheet.date(row, column, day: Int(day.day))
    case .date(let day): try sheet.text(row, column, day.description)
    case .number(let whole, let exponent):
      let format = exponent == 0 ? "0" : "0." + String(repeating: "0", count: exponent)
      try sheet.number(row, column, DecimalNumber(minor: whole, exponent: exponent), CellStyle(number: format))
    }
  }

  /// 1900-03-01, the first day on which spreadsheet programs agree.
  private static let firstSheetDay: Int32 = -25_508
}
