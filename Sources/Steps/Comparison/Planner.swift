import Domain
import Model
import Records
import SQL
package import Warehouse

/// What planning needs to know from outside.
package struct PlanOptions {
  package var principal: String
  package var now: String
  package var asOf: String
  /// Applies the source where it contradicts a later change of someone else, instead of calling it a conflict.
  package var takeSource = false

  package init(principal: String, now: String, asOf: String) {
    self.principal = principal
    self.now = now
    self.asOf = asOf
  }
}

/// The outcome of comparing a run with what is committed.
package enum Planned {
  case changes(ChangeSet)
  /// Nothing differs; the load is noted, so that the same bytes are recognised next time.
  case none(Run)
}

/// Why no plan could be made.
package enum PlanError: Error, Equatable {
  case moved(run: String, from: Int, to: Int)
  case tooManyDeletes(count: Int, scope: Int, limit: Int)
  /// A sum that no longer fits, and the record at which that happened.
  case overflow(String)
  case alreadyPlanned(run: String)
  case unreadable(String)
  case unordered(String)

  package var message: String {
    switch self {
    case .moved(let run, let from, let to):
      "run \(run) was staged at serial \(from); the database is at \(to)"
    case .tooManyDeletes(let count, let scope, let limit):
      "the source is authoritative and lacks \(count) of \(scope) records; at most \(limit) may go at once"
    case .overflow(let key): "the sum of the amounts is too large to be stated, from \(key) on"
    case .unreadable(let key): "the staged or the committed row of \(key) is gone or unreadable"
    case .unordered(let key): "the staged rows are not in the order of their keys at \(key)"
    case .alreadyPlanned(let run): "the changes of run \(run) were committed, rejected or reviewed before"
    }
  }

  package var hint: String {
    switch self {
    case .moved: "stage the source again: rows it left unchanged may have moved since"
    case .tooManyDeletes: "check that the file is whole, or raise max_deletes in the mapping"
    case .overflow: "look for amounts with too many digits, or load the file in parts"
    case .unreadable: "see trunkline audit verify, then stage the source again"
    case .unordered: "stage the source again"
    case .alreadyPlanned: "stage the source again to compare it anew"
    }
  }
}

/// Compares a run's staged rows with the committed records and freezes the difference as a change set.
///
/// The join is made in the database, in order of entity and key; rows that differ are compared field by field. The same
/// rows in any order give the same digest.
package struct Planner {
  let warehouse: OpenWarehouse
  let options: PlanOptions
  var database: any Database { warehouse.database }

  package init(_ warehouse: OpenWarehouse, _ options: PlanOptions) {
    self.warehouse = warehouse
    self.options = options
  }

  package func plan(_ run: Run) throws -> Planned {
    try database.transaction { run.state == "staged" ? try plan(staged: run) : try earlier(run) }
  }

  /// Compares a run that nobody has compared yet; call it in a write transaction.
  func plan(staged run: Run) throws -> Planned {
    let serial = try warehouse.serial()
    guard run.baseSerial == serial else {
      throw PlanError.moved(run: run.name, from: run.baseSerial, to: serial)
    }
    let id = try warehouse.next("change_sets")
    var comparison = try Comparer(self, run: run, set: id, untaken: UntakenRecords())
    try comparison.compare()
    while try comparison.mustRepeat() {
      let untaken = comparison.untaken
      _ = try comparison.finish()
      try database.run("DELETE FROM change_items WHERE change_set = $1", [.int(Int64(id))])
      comparison = try Comparer(self, run: run, set: id, untaken: untaken)
      try comparison.compare()
    }
    if comparison.isEmpty { return try nothing(run) }
    let proof = try comparison.finish()
    try save(id, proof, run, comparison.summary, comparison.totals.groups)
    return .changes(try warehouse.changeSet(ChangeSet.name(id)))
  }

  /// A run that was compared before gives the same answer again.
  private func earlier(_ run: Run) throws -> Planned {
    guard let set = try warehouse.changeSets().first(where: { $0.runNumber == run.number }) else { return .none(run) }
    // The ledger sends a source that was loaded before, with nothing committed since, back to its own run.
    if set.state == .committed, set.serial == (try warehouse.serial()) { return .none(run) }
    guard set.state == .proposed else { throw PlanError.alreadyPlanned(run: run.name) }
    return .changes(set)
  }

  private func nothing(_ run: Run) throws -> Planned {
    try setState("unchanged", run.number)
    try database.run(
      "DELETE FROM staging_rows WHERE id BETWEEN $1 AND $2",
      [.int(StagedIDs.first(ofRun: run.number)), .int(StagedIDs.last(ofRun: run.number))])
    try warehouse.pruneEvidence(ofRun: run.number)
    try warehouse.noteLoad(run, set: nil, serial: try warehouse.serial(), at: options.now)
    return .none(try warehouse.run(number: run.number) ?? run)
  }

  private func setState(_ state: String, _ run: Int) throws {
    try database.run("UPDATE runs SET state = $1 WHERE run_no = $2", [.text(state), .int(Int64(run))])
  }

  func save(
    _ id: Int, _ proof: ItemsDigest.Proof, _ run: Run, _ summary: JSON, _ groups: [ChangeGroup], reverts: Int? = nil
  ) throws {
    try database.run(
      """
      INSERT INTO change_sets (id, digest, run_no, lineage, base_serial, state, author, created_at, as_of, title, summary,
        reverts)
      VALUES ($1, $2, $3, $4, $5, 'proposed', $6, $7, $8, $9, $10, $11)
      """,
      [
        .int(Int64(id)), .text(proof.digest), .int(Int64(run.number)), .text(warehouse.lineage),
        .int(Int64(run.baseSerial)),
        .text(options.principal), .text(options.now), .text(options.asOf), .text(run.title), .text(summary.line),
        reverts.map { .int(Int64($0)) } ?? .null,
      ])
    for group in groups {
      try database.run(
        """
        INSERT INTO change_groups (change_set, field, kind, currency, items, before_minor, after_minor, largest)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
          .int(Int64(id)), .text(group.field.rawValue), .text(group.kind.rawValue), .text(group.currency),
          .int(Int64(group.items)), .int(group.before), .int(group.after), .text(group.largest.line),
        ])
    }
    try setState("planned", run.number)
    try warehouse.logProposal(id, origins: proof.origins, by: run.revision?.by, at: options.now)
  }
}
