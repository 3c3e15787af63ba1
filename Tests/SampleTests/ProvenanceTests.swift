import Records
import TestSupport
import Testing

/// From cells of the report back to cells of the file they were read from.
struct ProvenanceTests {
  private let sample: SampleDatabase
  private let source: Table
  private let file = "\(repositoryRoot)/Samples/circuits/0-source.csv"

  init() throws {
    sample = try SampleDatabase()
    source = try Table(sample: "Samples/circuits/0-source.csv")
    try sample.load(file, "\(repositoryRoot)/Samples/circuits/mapping.yaml")
  }

  @Test func everyMonthlyChargeLeadsToItsSourceCell() throws {
    let report = Table(try sample.sheet("Circuits"))
    #expect(report.rows.count == source.rows.count)
    for row in report.rows {
      let circuit = report.cell(row, "Circuit")
      let found = try sample.rows("SELECT run_no, source_row FROM circuits WHERE carrier_circuit_id = '\(circuit)'")
      let origin = try origin(found, entity: 12, field: "mrc_minor")
      #expect(source.cell(origin.row, "Circuit ID") == circuit)
      #expect(Self.amount(source.cell(origin.row, origin.column)) == report.cell(row, "MRC"), "\(circuit)")
    }
  }

  @Test(arguments: [("Term (months)", "term_months"), ("Term starts", "starts_on"), ("Term ends", "ends_on")])
  func everyTermLeadsToItsSourceCell(caption: String, field: String) throws {
    let report = Table(try sample.sheet("Contracts & terms"))
    #expect(report.rows.count == 22)
    for row in report.rows {
      let contract = report.cell(row, "Contract")
      let found = try sample.rows(
        """
        SELECT t.run_no, t.source_row FROM contract_terms t JOIN contracts k ON k.id = t.contract_id
        WHERE k.number = '\(contract)'
        """)
      let origin = try origin(found, entity: 9, field: field)
      #expect(source.cell(origin.row, "Contract") == contract)
      let cell = source.cell(origin.row, origin.column)
      #expect((field == "term_months" ? Self.months(cell) : cell) == report.cell(row, caption), "\(contract)")
    }
  }

  /// The row of the source and the column's header, by the run's own record of them; the file is known by its digest.
  private func origin(_ found: [[String]], entity: Int, field: String) throws -> (row: [String], column: String) {
    let record = try #require(found.count == 1 ? found[0] : nil)
    let columns = try sample.rows(
      "SELECT source_column FROM run_columns WHERE run_no = \(record[0]) AND entity = \(entity) AND field = '\(field)'")
    let sources = try sample.rows("SELECT sources FROM runs WHERE run_no = \(record[0])")
    let digest = JSON.parse(sources[0][0])?.items.first?["src"]?.text
    let known = try TestSupport.run("sha256sum", [file]).stdout.prefix(64)
    #expect(digest == "sha256:" + known)
    let number = try #require(Int(record[1]))
    return (source.rows[number - 2], try #require(columns.first?.first))
  }

  /// `$1,250.00` as the report writes it.
  private static func amount(_ cell: String) -> String { cell.filter { $0.isNumber || $0 == "." } }

  private static func months(_ cell: String) -> String {
    if cell == "month to month" { return "0" }
    guard let number = cell.split(separator: " ").first.flatMap({ Int($0) }) else { return "" }
    return String(cell.hasSuffix("years") ? number * 12 : number)
  }
}
