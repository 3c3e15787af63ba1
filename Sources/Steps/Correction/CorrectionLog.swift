import Digest
import Records
import SQL
package import Warehouse

/// Keeps who corrected what: one entry of the audit chain for each workbook that was taken back.
package struct CorrectionLog {
  private let warehouse: OpenWarehouse

  package init(_ warehouse: OpenWarehouse) { self.warehouse = warehouse }

  /// The newest run of this workbook; nil when nothing of it was staged.
  package func run(ofWorkbook digest: String) throws -> Run? {
    let number = try warehouse.database.firstInt(
      "SELECT max(run_no) FROM runs WHERE sources LIKE $1", [.text("%sha256:\(digest)%")])
    return try number.flatMap { try warehouse.run(number: Int($0)) }
  }

  /// The newest change set of a run, by its name.
  package func changeSet(of run: Run) throws -> String? {
    try newestSet(of: run).map { ChangeSet.name(Int($0)) }
  }

  private func newestSet(of run: Run) throws -> Int64? {
    try warehouse.database.firstInt(
      "SELECT max(id) FROM change_sets WHERE run_no = $1", [.int(Int64(run.number))])
  }

  /// Adds the entry: every edit with its author, the run, and the change set that came of it.
  package func record(
    _ rows: CorrectedRows, run: Run, workbook digest: String, author: String, role: String, at: String
  )
    throws
  {
    let set = try newestSet(of: run)
    let edits = rows.editsJSON
    try warehouse.database.transaction {
      _ = try warehouse.append(
        AuditEntry(
          at: at, principal: author, role: role, action: "correct", changeSet: set.map { Int($0) },
          body: .fields([
            ("run", .string(run.name)), ("workbook", .string("sha256:" + digest)), ("file", .string(rows.file)),
            ("edits", edits),
          ]), root: SHA256.hex(of: edits.line)))
    }
  }
}
