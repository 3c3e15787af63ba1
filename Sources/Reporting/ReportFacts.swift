import Model
import Records
import SQL
import Warehouse

/// What the cover says about where a report comes from.
struct ReportFacts {
  let isTest: Bool
  let lineage: String
  let serial: Int
  /// The newest committed change set, or the one the report is about.
  let changeSet: String
  let run: String
  /// Distinct source files behind the committed change sets.
  let documents: Int
  let auditHead: String
  let sensitivity: Sensitivity

  init(_ request: ReportRequest, _ warehouse: OpenWarehouse) throws {
    isTest = warehouse.isTest
    lineage = warehouse.lineage
    serial = try warehouse.serial()
    let database = warehouse.database
    var (changeSet, run) = ("none", "none")
    let head = try database.query(
      request.scope.changeSet.map { "SELECT id, run_no FROM change_sets WHERE id = \($0)" }
        ?? "SELECT id, run_no FROM change_sets WHERE state = 'committed' ORDER BY serial DESC LIMIT 1", [])
    if try head.next() {
      changeSet = ChangeSet.name(Int(head.int(0)))
      run = try warehouse.run(number: Int(head.int(1)))?.name ?? "none"
    }
    head.close()
    self.changeSet = changeSet
    self.run = run
    documents = try Self.documents(database)
    let audit = try database.query("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1", [])
    auditHead = try audit.next() ? "\(audit.int(0)): \(audit.text(1))" : "none"
    audit.close()
    sensitivity = Self.sensitivity(request.definition)
  }

  private static func documents(_ database: any Database) throws -> Int {
    var digests: Set<String> = []
    let cursor = try database.cursor(
      "SELECT r.sources FROM runs r WHERE EXISTS (SELECT 1 FROM change_sets s WHERE s.run_no = r.run_no AND s.state = 'committed')",
      [])
    while try cursor.next() {
      for source in (JSON.parse(cursor.text(0)) ?? .null).items {
        if let digest = source["src"]?.text ?? source["file"]?.text { digests.insert(digest) }
      }
    }
    return digests.count
  }

  /// The highest of all fields shown; changes show everything.
  private static func sensitivity(_ definition: ReportDefinition) -> Sensitivity {
    var labels = definition.sheets.flatMap { $0.columns.compactMap { $0.path?.field?.sensitivity } }
    if definition.sheets.contains(where: { $0.entity == nil }) { labels.append(.confidential) }
    let order = Sensitivity.allCases
    let highest = labels.compactMap { order.firstIndex(of: $0) }.max() ?? 0
    return order[highest]
  }
}
