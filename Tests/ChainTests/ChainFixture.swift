import Glibc
import Model
import SQL
import TestSupport

@testable import Warehouse

/// A database and a folder of tables and mappings, driven through the built programs as a person would.
final class Chain {
  let store: TestDatabase
  let folder: TemporaryFolder
  let database: any Database

  /// Carrier, circuit, charge, contract and term from one row; `notes` for harmless changes.
  static let header = "carrier,circuit,mrc,currency,contract,months,notes"
  static let lineage = "00112233445566778899aabbccddeeff"

  init(_ store: TestStore, profile: String = "test") throws {
    self.store = try store.make()
    folder = try TemporaryFolder()
    let lineage = profile == "test" ? " --lineage \(Self.lineage)" : ""
    let made = try shell(
      "trunkline-init --profile \(profile)\(lineage)", environment: Self.settings(self.store, folder),
      folder: folder.path)
    guard made.status == 0 else { throw ChainFailure("init", made) }
    database = try self.store.connect()
    try folder.write(Self.mapping(), to: "map.yaml")
  }

  static func mapping(mode: String = "partial", more: String = "") -> String {
    """
    name: circuits
    version: 1
    entity: circuit
    mode: \(mode)
    defaults: {decimal: point, dates: ymd}
    columns:
      carrier: {to: carrier.name, required: true}
      circuit: {to: circuit.carrier_circuit_id, required: true}
      mrc: circuit.mrc
      currency: circuit.currency
      contract: contract.number
      months: term.months
      notes: circuit.notes
    constants:
      contract.kind: service_order
      term.seq: "1"
    \(more)

    """
  }

  private static func settings(_ store: TestDatabase, _ folder: TemporaryFolder) -> [String: String] {
    [
      "TRUNKLINE_DB": store.store == .sqlite ? "sqlite:" + store.place : store.place,
      "TRUNKLINE_NOW": "2026-11-21T00:00:00Z", "TRUNKLINE_AS_OF": "2026-11-21",
    ]
  }

  /// Runs a line in the folder; pipefail is on.
  func sh(_ line: String, stdin: [UInt8] = [], _ environment: [String: String] = [:]) throws -> Outcome {
    try shell(
      line, stdin: stdin, environment: Self.settings(store, folder).merging(environment) { $1 }, folder: folder.path)
  }

  /// Writes a table under the standard header; rows are lines of CSV.
  func table(_ rows: [String], _ name: String = "table.csv", header: String = Chain.header) throws {
    try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: name)
  }

  static let extract = "trunkline-extract table.csv"
  static let map = "trunkline-map --mapping map.yaml --rejects rejects-map.jsonl"
  static let stage = "trunkline-stage --rejects rejects-stage.jsonl"
  static let line = [extract, map, stage, "trunkline-diff"].joined(separator: " | ")

  /// Extract to diff of the given rows: the plan's text, 2 with changes, 0 without.
  func plan(_ rows: [String], options: String = "") throws -> Outcome {
    try table(rows)
    return try sh(Self.line + " " + options)
  }

  /// The newest change set's number.
  func newest() throws -> Int64 { try database.firstInt("SELECT coalesce(max(id), 0) FROM change_sets") ?? 0 }

  /// Every act the change set needs, as command lines, mandatory ones first.
  func acts(_ set: Int64) throws -> [String] {
    let warehouse = try OpenWarehouse(database)
    let items = try warehouse.requirements(of: warehouse.changeSet("\(set)")).compactMap { requirement in
      if case .item(let item) = requirement.scope { "trunkline-approve \(set) --item \(item.number)" } else { nil }
    }
    // Sums that the values of documents add up to need no act of their own.
    let itemised = items.isEmpty ? [] : try sumsNeeded(set, warehouse)
    let groups = try database.rows(
      "SELECT field, kind, currency, items, after_minor FROM change_groups WHERE change_set = $1 ORDER BY field, kind",
      [.int(set)])
    var lines: [String] = []
    var seen: Set<String> = []
    for group in groups {
      let field = group[0].text ?? ""
      let isOverwrite = group[1].text == "overwrite"
      if !isOverwrite, field == "nrc" || field == "financial" { continue }
      guard seen.insert(field + (group[1].text ?? "")).inserted else { continue }
      if !items.isEmpty, !itemised.contains(field + (group[1].text ?? "")) { continue }
      let totals = groups.filter { $0[0] == group[0] && $0[1] == group[1] }.map { Self.total($0) }
      lines.append(
        "trunkline-approve \(set) --field \(field)" + (isOverwrite ? " --overwrites" : "")
          + totals.map { " --total \"\($0)\"" }.joined())
    }
    return items + lines + ["trunkline-approve \(set) --all-but-mandatory"]
  }

  private func sumsNeeded(_ set: Int64, _ warehouse: OpenWarehouse) throws -> Set<String> {
    let needed = try warehouse.requirements(of: warehouse.changeSet("\(set)")).compactMap { requirement in
      if case .group(let field, let kind) = requirement.scope { field.rawValue + kind.rawValue } else { nil }
    }
    return Set(needed)
  }

  private static func total(_ group: [SQLValue]) -> String {
    guard let currency = group[2].text, !currency.isEmpty else { return String(group[3].int ?? 0) }
    let minor = group[4].int ?? 0
    let cents = String(minor.magnitude % 100)
    return currency + " " + (minor < 0 ? "-" : "") + "\(minor.magnitude / 100)." + (cents.count < 2 ? "0" : "") + cents
  }

  /// Approves all there is to approve, by script.
  func approve(_ set: Int64) throws {
    for act in try acts(set) {
      let done = try sh(act)
      // Nothing may be left for the last act, which then refuses.
      guard done.status == 0 || act.hasSuffix("--all-but-mandatory") && done.status == 6 else {
        throw ChainFailure(act, done)
      }
    }
  }

  func commit(_ set: Int64) throws -> Outcome { try sh("trunkline-commit \(set)") }

  /// Rows to committed records, by every step; answers the change set.
  @discardableResult func load(_ rows: [String]) throws -> Int64 {
    let planned = try plan(rows)
    guard planned.status == 2 else { throw ChainFailure("plan", planned) }
    return try land(try newest())
  }

  @discardableResult func land(_ set: Int64) throws -> Int64 {
    try approve(set)
    let committed = try commit(set)
    guard committed.status == 0 else { throw ChainFailure("commit", committed) }
    return set
  }

  func verify() throws -> Outcome { try sh("trunkline-audit verify") }

  // MARK: What is in the database

  /// Row counts of every table that a run, a plan or a commit writes, and the serial, at one moment.
  func counts() throws -> [String: Int64] {
    let tables = [
      "staging_rows", "staging_references", "records", "circuits", "carriers", "change_sets", "change_items",
      "change_groups", "runs", "audit_log", "loads", "field_evidence",
    ]
    return try database.reading {
      var counts: [String: Int64] = [:]
      for table in tables { counts[table] = try database.firstInt("SELECT count(*) FROM \(table)") ?? -1 }
      counts["serial"] = Int64(try database.firstText("SELECT value FROM db_meta WHERE name = 'serial'") ?? "") ?? -1
      return counts
    }
  }

  /// Everything committed, with versions and hashes.
  func contents() throws -> [[SQLValue]] {
    try database.reading {
      let heads = try database.rows(
        "SELECT entity, nkey, version, row_hash, deleted, stub FROM records ORDER BY entity, nkey")
      let values = try database.rows(
        "SELECT nkey, mrc_minor, currency, notes, deleted_at FROM circuits ORDER BY nkey")
      return heads + values
    }
  }

  func serial() throws -> Int64 { try counts()["serial"] ?? -1 }

  func mrc(_ key: String) throws -> Int64? {
    try database.firstInt("SELECT mrc_minor FROM circuits WHERE nkey = $1", [.text(key)])
  }
}

/// A step that should have gone well.
struct ChainFailure: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ outcome: Outcome) {
    description = "\(what): exit \(outcome.status)\n\(outcome.stdout)\n\(outcome.stderr)"
  }
}

/// How many random points a test tries: 20, or 200 with TRUNKLINE_SOAK=1.
let soak = getenv("TRUNKLINE_SOAK").map { String(cString: $0) == "1" } == true ? 200 : 20
