import Model
import Records
import Reporting
import SQL
import TestSupport
import Warehouse

/// A small committed inventory, written straight into the tables: two runs, two change sets, three currencies.
struct InventoryFixture {
  let store: TestDatabase
  let warehouse: OpenWarehouse

  init(_ kind: TestStore = .sqlite, profile: String = "test") throws {
    store = try kind.make()
    let database = try store.connect()
    _ = try Migrator(database).migrate(now: "2025-01-02T00:00:00Z")
    try database.transaction {
      for (name, value) in [("lineage", "0123456789abcdef"), ("profile", profile), ("serial", "2")] {
        try database.run("INSERT INTO db_meta (name, value) VALUES ($1, $2)", [.text(name), .text(value)])
      }
      try OpenWarehouse(database).append(
        AuditEntry(
          at: "2025-01-02T00:00:00Z", principal: "eva@example.test", role: "exec", action: "init", changeSet: nil,
          body: .fields([("lineage", .string("0123456789abcdef")), ("profile", .string(profile))]), root: ""))
      for statement in Self.history + Self.parties + Self.agreements { try database.run(statement) }
      try Self.addUpdate(to: database)
      for circuit in Self.circuits { try Self.add(circuit, to: database) }
    }
    warehouse = try OpenWarehouse(database)
  }

  struct Circuit {
    let id: Int
    let key: String
    let carrier: Int
    let circuitID: String
    let status: String
    let kbps: Int
    let mrc: Int64
    let currency: String
    let installed: String
    let notes: String
  }

  /// The amounts of the circuits, which every format must show exactly.
  static let circuits = [
    Circuit(
      id: 1, key: "lumen/BCXX000123", carrier: 1, circuitID: "BCXX/000123", status: "active", kbps: 1_000_000,
      mrc: 245_000,
      currency: "USD", installed: "2021-03-01", notes: ""),
    Circuit(
      id: 2, key: "lumen/BCXX000124", carrier: 1, circuitID: "BCXX/000124", status: "disconnected", kbps: 100_000,
      mrc: 0,
      currency: "USD", installed: "2019-07-15", notes: "moved to 000123"),
    Circuit(
      id: 3, key: "lumen/000987654321", carrier: 1, circuitID: "000987654321", status: "active", kbps: 1_544, mrc: 1,
      currency: "USD", installed: "1900-01-02", notes: "=HYPERLINK(\"http://example.test\",\"x\")"),
    Circuit(
      id: 4, key: "zayo/OGYX1", carrier: 2, circuitID: "OGYX/1", status: "suspended", kbps: 10_000_000, mrc: 120_050,
      currency: "EUR", installed: "2023-11-30", notes: "+49 30 1234"),
    Circuit(
      id: 5, key: "zayo/OGYX2", carrier: 2, circuitID: "OGYX/2", status: "active", kbps: 64, mrc: -5_025,
      currency: "EUR",
      installed: "2024-02-29", notes: "credit, \"agreed\""),
    Circuit(
      id: 6, key: "zayo/OGYX3", carrier: 2, circuitID: "OGYX/3", status: "planned", kbps: 500_000, mrc: 350_000,
      currency: "JPY", installed: "2025-01-01", notes: "two\nlines"),
  ]

  private static func add(_ circuit: Circuit, to database: any Database) throws {
    try database.run(
      """
      INSERT INTO circuits (id, nkey, carrier_id, carrier_circuit_id, status, service_type_id, commit_kbps, a_endpoint_id,
        mrc_minor, currency, installed_on, billing_account_id, contract_id, notes, run_no, source_row)
      VALUES ($1, $2, $3, $4, $5, 1, $6, 1, $7, $8, $9, $10, $11, $12, 1, $13)
      """,
      [
        .int(Int64(circuit.id)), .text(circuit.key), .int(Int64(circuit.carrier)), .text(circuit.circuitID),
        .text(circuit.status), .int(Int64(circuit.kbps)), .int(circuit.mrc), .text(circuit.currency),
        .text(circuit.installed), circuit.carrier == 1 ? 1 : .null, circuit.carrier == 1 ? 1 : .null,
        circuit.notes.isEmpty ? .null : .text(circuit.notes), .int(Int64(circuit.id + 1)),
      ])
    try database.run(
      "INSERT INTO records (entity, nkey, id, version, row_hash, deleted, stub, change_set) VALUES (12, $1, $2, 1, $3, 0, 0, $4)",
      [.text(circuit.key), .int(Int64(circuit.id)), .blob([1, 2, 3]), circuit.id == 1 ? 2 : 1])
    try database.run(
      "INSERT INTO change_items (change_set, seq, entity, nkey, action, base_version, row_hash, staged_hash, source_row)"
        + " VALUES (1, $1, 12, $2, 1, 0, $3, $3, $4)",
      [.int(Int64(circuit.id)), .text(circuit.key), .blob([1]), .int(Int64(circuit.id + 1))])
  }

  /// The second change set: a new price for the first circuit.
  private static func addUpdate(to database: any Database) throws {
    let fields = """
      [{"f":"mrc","b":230000,"a":245000},{"f":"installed_on","b":null,"a":"2021-03-01"}]
      """
    try database.run(
      "INSERT INTO change_items (change_set, seq, entity, nkey, action, base_version, row_hash, staged_hash, source_row, fields)"
        + " VALUES (2, 1, 12, 'lumen/BCXX000123', 2, 1, $1, $1, 9, $2)", [.blob([2]), .text(fields)])
  }

  private static let history: [String] = [
    """
    INSERT INTO runs (run_no, id, attempt, created_at, principal, as_of, sources, mapping, mode, base_serial, state, counts,
      sealed, title)
    VALUES (1, '00aa00aa00aa00aa', 1, '2025-01-02T08:00:00Z', 'ana@example.test', '2025-01-02',
      '[{"src":"sha256:01","file":"inventory.csv","header_row":1}]', '{}', 'partial', 0, 'committed', '{}', 1, 'inventory.csv'),
      (2, '00bb00bb00bb00bb', 1, '2025-02-03T08:00:00Z', 'ana@example.test', '2025-02-03',
      '[{"src":"sha256:02","file":"prices.xlsx","sheet":"Feb","header_row":4}]', '{}', 'partial', 1, 'committed', '{}', 1,
      'prices.xlsx')
    """,
    """
    INSERT INTO run_columns (run_no, entity, field, source_column, method, confidence) VALUES
      (1, 12, 'carrier_circuit_id', 'Circuit ID', 'column', 1000), (1, 12, 'mrc_minor', 'Monthly', 'column', 1000),
      (1, 12, 'status', 'State', 'column', 1000), (2, 12, 'mrc_minor', 'New price', 'column', 1000),
      (1, 12, 'contract_number', 'Agreement', 'column', 1000)
    """,
    """
    INSERT INTO change_sets (id, digest, run_no, lineage, base_serial, state, author, created_at, as_of, title, summary,
      committed_at, committed_by, serial) VALUES
      (1, 'd1', 1, '0123456789abcdef', 0, 'committed', 'ana@example.test', '2025-01-02T08:01:00Z', '2025-01-02',
       'inventory.csv', '{}', '2025-01-02T09:00:00Z', 'eva@example.test', 1),
      (2, 'd2', 2, '0123456789abcdef', 1, 'committed', 'ana@example.test', '2025-02-03T08:01:00Z', '2025-02-03',
       'prices.xlsx', '{}', '2025-02-03T09:00:00Z', 'eva@example.test', 2)
    """,
    """
    INSERT INTO change_groups (change_set, field, kind, currency, items, before_minor, after_minor, largest)
    VALUES (2, 'mrc', 'overwrite', 'USD', 1, 230000, 245000, '[]')
    """,
    """
    INSERT INTO approvals (id, change_set, digest, principal, role, verdict, scope, kind, items, stated, method, reason, at)
    VALUES (1, 2, 'd2', 'eva@example.test', 'exec', 'approved', 'mrc', 'overwrite', 1, 'USD 2,450.00', 'terminal',
      'new prices', '2025-02-03T08:30:00Z')
    """,
    """
    INSERT INTO audit_log (seq, at, principal, role, action, change_set, body, root, prev_hash, hash)
    VALUES (2, '2025-02-03T09:00:00Z', 'eva@example.test', 'exec', 'commit', 2, '{}', 'r2', '00', 'cafe')
    """,
  ]

  private static let parties: [String] = [
    """
    INSERT INTO carriers (id, nkey, slug, name, legal_name, run_no, source_row) VALUES
      (1, 'lumen', 'lumen', 'Lumen', 'Lumen Technologies, Inc.', 1, 2), (2, 'zayo', 'zayo', 'Zayo', NULL, 1, 5)
    """,
    "INSERT INTO service_types (id, nkey, code, run_no) VALUES (1, 'DIA', 'DIA', 1)",
    "INSERT INTO billing_accounts (id, nkey, carrier_id, ban, currency, run_no, source_row) VALUES (1, 'lumen/0042', 1, '0042', 'USD', 1, 2)",
    "INSERT INTO endpoints (id, nkey, key, name, city, country, latitude_e6, run_no, source_row) VALUES (1, 'k1', 'k1', 'Data centre 1', 'Köln', 'DE', 50937531, 1, 2)",
  ]

  private static let agreements: [String] = [
    """
    INSERT INTO contracts (id, nkey, carrier_id, number, kind, currency, total_mrc_minor, run_no, source_row)
    VALUES (1, 'lumen/MSA-1/msa', 1, 'MSA-1', 'msa', 'USD', 245001, 1, 2)
    """,
    """
    INSERT INTO contract_terms (id, nkey, contract_id, seq, term_months, ends_on, auto_renew, run_no, source_row) VALUES
      (1, 'lumen/MSA-1/msa/1', 1, 1, 12, '2022-02-28', 1, 1, 2), (2, 'lumen/MSA-1/msa/2', 1, 2, 36, '2025-12-31', 0, 1, 2)
    """,
  ]
}

extension InventoryFixture {
  /// A definition of the repository, or one written in a test.
  static func definition(_ name: String) throws -> ReportDefinition {
    let path = "\(repositoryRoot)/Reports/\(name).yaml"
    return try ReportDefinition(file: "Reports/\(name).yaml", bytes: try readFile(path))
  }

  static func definition(text: String) throws -> ReportDefinition {
    try ReportDefinition(file: "report.yaml", bytes: Array(text.utf8))
  }

  static func request(_ definition: ReportDefinition, scope: ChangeScope = ChangeScope()) throws -> ReportRequest {
    try ReportRequest(
      definition: definition, asOf: (2025, 3, 31), tenant: "acme", principal: "ana@example.test", scope: scope)
  }
}
