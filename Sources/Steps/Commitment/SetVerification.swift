import Model
import Records
import SQL
import Warehouse

/// Holds every change set, its items and its approvals against the log.
struct SetVerification {
  private let warehouse: OpenWarehouse
  private let log: LogFacts

  init(_ warehouse: OpenWarehouse, _ log: LogFacts) {
    self.warehouse = warehouse
    self.log = log
  }

  func run() throws -> [Finding] {
    let sets = try warehouse.changeSets().sorted { $0.id < $1.id }
    var findings: [Finding] = []
    for set in sets {
      findings += try contents(set)
      findings += try approvals(of: set)
      findings += end(of: set)
    }
    findings += unknown(Set(sets.map(\.id)))
    findings += try missingActs(sets)
    let serial = try warehouse.serial()
    let committed = sets.count { $0.state == .committed }
    if serial != committed {
      findings.append(Finding("database", "its serial is \(serial), and \(committed) change sets are committed"))
    }
    return findings
  }

  /// The items have their digest, and what is said of the set is what was sealed when it was proposed.
  private func contents(_ set: ChangeSet) throws -> [Finding] {
    var findings: [Finding] = []
    let proof = try warehouse.itemsProof(of: set.id)
    if proof.digest != set.digest {
      findings.append(Finding(set.name, "its items do not have its digest" + (try firstDifference(set))))
    }
    let proposals = log.proposals[set.id] ?? []
    guard let proposal = proposals.first else {
      return findings + [Finding(set.name, "the audit log has no entry of its proposal")]
    }
    if proposals.count > 1 { findings.append(Finding(set.name, "proposed more than once")) }
    if proposal.root != set.digest { findings.append(Finding(set.name, "its digest is not the one that was proposed")) }
    let seal = try warehouse.seal(of: set, origins: proof.origins)
    for part in seal.differences(from: proposal.body["seal"]) {
      findings.append(Finding(set.name, "its \(part) were altered since it was proposed"))
    }
    return findings
  }

  /// Committed, rejected or neither, as the log has it.
  private func end(of set: ChangeSet) -> [Finding] {
    let commits = log.commits[set.id] ?? []
    if log.rejected.contains(set.id) != (set.state == .rejected)
      || log.superseded.contains(set.id) != (set.state == .superseded)
    {
      return [Finding(set.name, "its state is \(set.state.rawValue), which is not what the audit log has")]
    }
    guard set.state == .committed else {
      return commits.isEmpty ? [] : [Finding(set.name, "the audit log has its commit, the change sets do not")]
    }
    guard let commit = commits.first else {
      return [Finding(set.name, "committed, and the audit log has no entry of it")]
    }
    if commits.count > 1 { return [Finding(set.name, "committed more than once")] }
    var findings: [Finding] = []
    if commit.root != set.digest { findings.append(Finding(set.name, "its digest is not the one in the audit log")) }
    if set.committedAt != commit.at || set.committedBy != commit.principal || set.serial != commit.body["serial"]?.int {
      findings.append(Finding(set.name, "who committed it, when or as which serial is not what the audit log has"))
    }
    return findings
  }

  /// Change sets that only the log knows.
  private func unknown(_ known: Set<Int>) -> [Finding] {
    Set(log.commits.keys).union(log.proposals.keys).subtracting(known).sorted().map { id in
      let what = log.commits[id] == nil ? "proposal" : "commit"
      return Finding(ChangeSet.name(id), "the audit log has its \(what), the change sets do not")
    }
  }

  /// Acts that the log has and the table of approvals has not, or has otherwise.
  private func missingActs(_ sets: [ChangeSet]) throws -> [Finding] {
    var standing: Set<AuditAct> = []
    for set in sets {
      for approval in try warehouse.approvals(of: set) { standing.insert(AuditAct(approval, set: set.id)) }
    }
    return log.acts.subtracting(standing).sorted().map { act in
      Finding(
        ChangeSet.name(act.set),
        "the audit log has an act of \(act.principal) that the approvals have not, or have otherwise")
    }
  }

  private func approvals(of set: ChangeSet) throws -> [Finding] {
    try warehouse.approvals(of: set).filter { $0.verdict == .approved }.flatMap { approval -> [Finding] in
      let act = "the approval of \(approval.scope.title) by \(approval.principal)"
      var findings: [Finding] = []
      if approval.digest != set.digest { findings.append(Finding(set.name, "\(act) is of another digest")) }
      if !log.acts.contains(AuditAct(approval, set: set.id)) {
        findings.append(Finding(set.name, "\(act) is not as the audit log has it"))
      }
      return findings
    }
  }

  /// A gap in the numbers, or a record that still says what its item said when it was applied.
  private func firstDifference(_ set: ChangeSet) throws -> String {
    var seq: Int64 = 0
    let numbers = try warehouse.database.cursor(
      "SELECT seq FROM change_items WHERE change_set = $1 ORDER BY seq", [.int(Int64(set.id))])
    while try numbers.next() {
      seq += 1
      if numbers.int(0) != seq { return "; item \(seq) is missing" }
    }
    guard set.state == .committed else { return "" }
    let items = try warehouse.database.query(
      """
      SELECT i.seq, i.entity, i.nkey FROM change_items i
      LEFT JOIN records r ON r.entity = i.entity AND r.nkey = i.nkey
      WHERE i.change_set = $1 AND i.action <> 5
        AND (r.id IS NULL OR (r.change_set = $1 AND (r.row_hash <> i.row_hash OR r.version <> i.base_version + 1)))
      ORDER BY i.seq LIMIT 1
      """, [.int(Int64(set.id))])
    guard try items.next() else { return "" }
    return "; item \(items.int(0)), \(Finding.place(items.int(1), items.text(2))), differs"
  }
}
