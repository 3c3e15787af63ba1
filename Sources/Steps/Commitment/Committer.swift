import Domain
import Model
package import Records
import SQL
package import Warehouse

/// What a commit did, as it is printed and kept in the audit log.
package struct Receipt: Equatable, Sendable {
  package let set: ChangeSet
  package let serial: Int
  package let counts: JSON
  package let auditSequence: Int
  package let auditHash: String
  /// True when the set had been committed before and nothing was done now.
  package let wasCommitted: Bool
}

/// Applies an approved change set: all of it in one transaction, at most once, or nothing.
///
/// Guarantees, each checked inside the transaction: the items are those of the digest; every mandatory field has its
/// recorded approval; no touched row moved; each row hashes to what was planned; sums and counts are those approved.
package struct Committer {
  let warehouse: OpenWarehouse
  let user: User
  let now: String
  var database: any Database { warehouse.database }

  package init(_ warehouse: OpenWarehouse, user: User, now: String) {
    self.warehouse = warehouse
    self.user = user
    self.now = now
  }

  package func commit(_ name: String) throws -> Receipt {
    guard user.mayApprove else {
      throw WarehouseError.notPermitted(principal: user.email, role: user.role, what: "commit")
    }
    return try database.transaction {
      let set = try warehouse.changeSet(name)
      if set.state == .committed { return try earlier(set) }
      let acts = try warehouse.acts(of: set)
      if let successor = acts.successor { throw CommitError.superseded(set: set.name, by: successor) }
      guard set.state == .proposed && !acts.isRejected else {
        throw CommitError.rejected(set: set.name)
      }
      guard set.lineage == warehouse.lineage else { throw CommitError.otherLineage(set: set.name) }
      try checkDigest(set)
      try checkApprovals(set)
      try checkBase(set)
      var application = try Application(self, set)
      try application.applyAll()
      try checkBalance(set, application)
      try checkReferences(set, application)
      return try seal(set, application)
    }
  }

  // MARK: Checks

  /// The items, what is said of them, and the log since they were proposed are as they were.
  private func checkDigest(_ set: ChangeSet) throws {
    if let what = try warehouse.tampering(with: set) { throw CommitError.tampered(set: set.name, what: what) }
  }

  private func checkApprovals(_ set: ChangeSet) throws {
    let missing = try warehouse.missingApprovals(for: set)
    guard missing.isEmpty else {
      throw CommitError.unapproved(set: set.name, missing: ShortList(missing, of: set).lines)
    }
  }

  /// Refuses when a touched row is not as it was planned against, and names the rows and who moved them.
  private func checkBase(_ set: ChangeSet) throws {
    if let stale = try StaleSet(set, warehouse) { throw CommitError.stale(stale) }
  }

  /// What was applied is what was counted, and the sums are those that people approved.
  private func checkBalance(_ set: ChangeSet, _ application: borrowing Application) throws {
    for action in ChangeAction.allCases where action != .conflict {
      let planned = set.summary[action.word]?.int ?? 0
      let applied = application.applied[action] ?? 0
      guard planned == applied else {
        throw CommitError.unbalanced(set: set.name, what: "\(planned) planned to \(action.word), \(applied) applied")
      }
    }
    guard try warehouse.groups(of: set) == application.totals.groups,
      set.summary["rest"]?.int == application.totals.rest
    else {
      throw CommitError.tampered(set: set.name, what: "the sums that were approved are not those of its rows")
    }
  }

  /// Nothing that lives refers to what this set deletes, and what it restores refers to nothing deleted.
  private func checkReferences(_ set: ChangeSet, _ application: borrowing Application) throws {
    let orphans = try Orphans(database, set: set.id).find(
      deletes: application.applied[.softDelete] ?? 0 > 0, restores: application.applied[.restore] ?? 0 > 0)
    guard orphans.isEmpty else { throw CommitError.orphans(set: set.name, orphans) }
  }

  // MARK: The end

  private func seal(_ set: ChangeSet, _ application: borrowing Application) throws -> Receipt {
    let serial = try warehouse.serial() + 1
    let counts = JSON.fields(
      ChangeAction.allCases.filter { $0 != .conflict }.map { ($0.word, .int(application.applied[$0] ?? 0)) })
    let impact = set.summary["impact"] ?? .null
    let body = JSON.fields([
      ("counts", counts), ("impact", impact), ("serial", .int(serial)), ("title", .string(set.title)),
    ])
    let audit = try warehouse.append(
      AuditEntry(
        at: now, principal: user.email, role: user.role, action: "commit", changeSet: set.id, body: body,
        root: set.digest))
    try database.run(
      """
      UPDATE change_sets SET state = 'committed', committed_at = $1, committed_by = $2, serial = $3
      WHERE id = $4 AND state = 'proposed'
      """, [.text(now), .text(user.email), .int(Int64(serial)), .int(Int64(set.id))])
    try warehouse.setSerial(serial)
    if let run = try warehouse.run(number: set.runNumber) {
      try database.run("UPDATE runs SET state = 'committed' WHERE run_no = $1", [.int(Int64(run.number))])
      if set.summary["conflict"]?.int ?? 0 == 0 { try warehouse.noteLoad(run, set: set.id, serial: serial, at: now) }
    }
    try prune(set.runNumber)
    return Receipt(
      set: try warehouse.changeSet(set.name), serial: serial, counts: counts, auditSequence: audit.seq,
      auditHash: audit.hash, wasCommitted: false)
  }

  /// The staged rows have become records; the change items keep their hashes.
  private func prune(_ run: Int) throws {
    let own: [SQLValue] = [.int(StagedIDs.first(ofRun: run)), .int(StagedIDs.last(ofRun: run))]
    let others = try database.firstInt("SELECT 1 FROM staging_rows WHERE id < $1 OR id > $2 LIMIT 1", own)
    if others == nil {
      // Without a condition both databases give the pages back at once.
      try database.run(database.dialect == .postgres ? "TRUNCATE staging_rows" : "DELETE FROM staging_rows")
    } else {
      try database.run("DELETE FROM staging_rows WHERE id BETWEEN $1 AND $2", own)
    }
  }

  private func earlier(_ set: ChangeSet) throws -> Receipt {
    let row = try database.query(
      "SELECT seq, hash FROM audit_log WHERE change_set = $1 AND action = 'commit'", [.int(Int64(set.id))])
    _ = try row.next()
    return Receipt(
      set: set, serial: set.serial ?? 0, counts: .null, auditSequence: Int(row.int(0)), auditHash: row.text(1),
      wasCommitted: true)
  }
}
