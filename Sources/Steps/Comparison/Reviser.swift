import Domain
import Model
import Records
import SQL
package import Warehouse

/// Why a review makes no successor of a change set; nothing was written.
package enum RevisionError: Error, Equatable {
  case notProposed(String)
  case otherContent(String)
  case tampered(set: String, what: String)
  case stale(StaleSet)
  case notPermitted(principal: String, role: String, what: String)
  case noTerminal
  case noValue(String)
  case unchanged(String)
  case notEditable(String, String)
  case misfit(String)
  case authoritative(String)
  case nothingLeft(String)

  package var message: String {
    switch self {
    case .notProposed(let set): "\(set) is not proposed any more"
    case .otherContent(let set): "\(set) has other content than was reviewed"
    case .tampered(let set, let what): "\(set) is not what was proposed: \(what)"
    case .stale(let stale): stale.message
    case .notPermitted(let principal, let role, let what): "\(principal) (\(role)) may not decide on \(what)"
    case .noTerminal: "a review is a person's act: standard input and standard error must be a terminal"
    case .noValue(let name): "\(name): the change set has no such value"
    case .unchanged(let name): "\(name): the new value is what was read"
    case .notEditable(let field, let why): "\(field) cannot be edited: \(why)"
    case .misfit(let field): "the new value of \(field) is none of its kind"
    case .authoritative(let set):
      "\(set) was read from a source that lists everything, so no value of it can be left out"
    case .nothingLeft(let set): "nothing of \(set) is left to propose"
    }
  }

  package var hint: String {
    switch self {
    case .notProposed, .otherContent: "see what there is with: trunkline changes list"
    case .tampered: "somebody wrote to the database by other means; look at it with: trunkline audit verify"
    case .stale(let stale): stale.hint
    case .notPermitted: "exec and finance decide on money, fees and terms"
    case .noTerminal: "run it at a terminal, or in a database made with: trunkline init --profile test"
    case .noValue, .misfit: "save the decisions anew from the page or terminal they were made on"
    case .unchanged: "approve it instead"
    case .notEditable: "reject it instead, and enter the value by a table"
    case .authoritative: "reject the change set, correct the source, and plan it again"
    case .nothingLeft(let set): "reject it as a whole: trunkline approve \(set) --reject"
    }
  }
}

/// Makes the change set that takes the place of a reviewed one: with the values a person wrote, without those they rejected.
///
/// It is planned like any other, from the same staged rows and quotes. Nothing that was approved of the old one counts for it.
package struct Reviser {
  private let warehouse: OpenWarehouse
  private let user: User
  private let now: String
  private var database: any Database { warehouse.database }

  package init(_ warehouse: OpenWarehouse, by user: User, now: String) {
    self.warehouse = warehouse
    self.user = user
    self.now = now
  }

  /// What the successor would be, and what it changes, without writing either.
  package func preview(_ request: RevisionRequest) throws -> Revision {
    let set = try warehouse.changeSet(request.set)
    try check(request, set, atTerminal: true)
    return try revision(set, try revised(request, set))
  }

  /// Writes the successor and ends the old change set, in one transaction.
  package func revise(_ request: RevisionRequest, atTerminal: Bool) throws -> ChangeSet {
    try database.transaction {
      let set = try warehouse.changeSet(request.set)
      try check(request, set, atTerminal: atTerminal)
      let rows = try revised(request, set)
      guard !rows.rows.isEmpty, let old = try warehouse.run(number: set.runNumber) else {
        throw RevisionError.nothingLeft(set.name)
      }
      let revision = try revision(set, rows)
      let run = try stage(rows.rows, like: old, set, revision)
      var options = PlanOptions(principal: set.author, now: now, asOf: set.asOf)
      options.takeSource = set.tookSource
      guard case .changes(let successor) = try Planner(warehouse, options).plan(staged: run) else {
        throw RevisionError.nothingLeft(set.name)
      }
      try warehouse.supersede(set, by: successor, revision, role: user.role)
      return successor
    }
  }

  private func check(_ request: RevisionRequest, _ set: ChangeSet, atTerminal: Bool) throws {
    guard atTerminal || warehouse.isTest else { throw RevisionError.noTerminal }
    guard set.state == .proposed, try warehouse.acts(of: set).successor == nil else {
      throw RevisionError.notProposed(set.name)
    }
    guard set.digest == request.digest else { throw RevisionError.otherContent(set.name) }
    if let what = try warehouse.tampering(with: set) { throw RevisionError.tampered(set: set.name, what: what) }
    if let stale = try StaleSet(set, warehouse) { throw RevisionError.stale(stale) }
    if try warehouse.run(number: set.runNumber)?.mode == "authoritative" { throw RevisionError.authoritative(set.name) }
    guard user.mayApprove else { throw forbidden("values of a change set") }
    for change in request.changes {
      let field = Inventory.entity(number: change.entity).flatMap { entity in
        entity.fields.indices.contains(change.field) ? entity.fields[change.field] : nil
      }
      if let field, let approval = field.approval, !user.mayApprove(approval) { throw forbidden(field.name) }
    }
  }

  private func forbidden(_ what: String) -> RevisionError {
    .notPermitted(principal: user.email, role: user.role, what: what)
  }

  private func revision(_ set: ChangeSet, _ rows: RevisedRows) throws -> Revision {
    let earlier = try warehouse.run(number: set.runNumber)?.revision?.editors ?? []
    let own = rows.values.contains { $0.verdict == .edit } && !earlier.contains(user.email) ? [user.email] : []
    return Revision(
      of: set.id, digest: set.digest, by: user.email, at: now, values: rows.values, fallen: rows.fallen,
      editors: earlier + own)
  }

  private func revised(_ request: RevisionRequest, _ set: ChangeSet) throws -> RevisedRows {
    var rows = RevisedRows(try behind(set), editor: user.email)
    try rows.apply(request) { record in
      try database.firstInt(
        "SELECT 1 FROM records WHERE entity = $1 AND nkey = $2 AND deleted = 0",
        [.int(Int64(record.entity)), .text(record.key)]) != nil
    }
    return rows
  }

  /// The staged rows of every record that the change set is about.
  private func behind(_ set: ChangeSet) throws -> [RevisedRows.Row] {
    let cursor = try database.query(
      """
      SELECT s.id, s.entity, s.nkey, s.row_hash, s.flags, s.payload, s.source_row, s.issues
      FROM staging_rows s JOIN change_items i ON i.entity = s.entity AND i.nkey = s.nkey
      WHERE i.change_set = $1 AND s.id BETWEEN $2 AND $3 ORDER BY s.id
      """,
      [
        .int(Int64(set.id)), .int(StagedIDs.first(ofRun: set.runNumber)), .int(StagedIDs.last(ofRun: set.runNumber)),
      ])
    var rows: [RevisedRows.Row] = []
    while try cursor.next() {
      guard let entity = Inventory.entity(number: Int(cursor.int(1))) else { continue }
      rows.append(
        RevisedRows.Row(
          id: cursor.int(0), entity: entity, key: cursor.text(2), hash: cursor.blob(3), flags: cursor.int(4),
          payload: cursor.blob(5), sourceRow: cursor.int(6), issues: cursor.textOrNil(7),
          evidence: try warehouse.evidence(ofRun: set.runNumber, staged: cursor.int(0))))
    }
    return rows
  }

  // MARK: The successor's run

  /// A run of the rows in order of entity and key, as staging leaves them, with their evidence.
  private func stage(
    _ rows: [RevisedRows.Row], like old: Run, _ set: ChangeSet, _ revision: Revision
  ) throws -> Run {
    var counts = old.counts.members.filter { $0.name != Run.revisionMember && $0.name != "unchanged" }
    counts.append(JSON.Member("unchanged", set.summary["unchanged"] ?? .int(0)))
    counts.append(JSON.Member(Run.revisionMember, revision.json))
    let run = try warehouse.addRun(
      id: old.id, principal: old.principal, createdAt: now, asOf: old.asOf, sources: old.sources, mapping: old.mapping,
      mode: old.mode, title: old.title, isSealed: old.isSealed, state: "staged", counts: .object(counts),
      kind: old.kind)
    let ordered = rows.sorted { left, right in
      if left.entity.number != right.entity.number { return left.entity.number < right.entity.number }
      if left.key != right.key { return left.key.utf8.lexicographicallyPrecedes(right.key.utf8) }
      return left.hash == right.hash ? left.id < right.id : left.hash.lexicographicallyPrecedes(right.hash)
    }
    var evidence = try warehouse.evidenceWriter(run: run.number)
    var id = StagedIDs.first(ofRun: run.number)
    for row in ordered {
      try insert(row, id, run)
      for item in row.evidence {
        try evidence.write(
          FieldEvidence(
            entity: item.entity, key: item.key, staged: id, field: item.field, place: item.place, value: item.value,
            evidence: item.evidence))
      }
      id += 1
    }
    try evidence.finish()
    return run
  }

  private func insert(_ row: RevisedRows.Row, _ id: Int64, _ run: Run) throws {
    try database.run(
      """
      INSERT INTO staging_rows (id, run_no, entity, nkey, row_hash, flags, payload, source_row, issues)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .int(id), .int(Int64(run.number)), .int(Int64(row.entity.number)), .text(row.key), .blob(row.hash),
        .int(row.flags), .blob(row.payload), .int(row.sourceRow), row.issues.map { .text($0) } ?? .null,
      ])
  }
}
