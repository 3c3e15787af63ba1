import Digest
import Model
package import Records
import SQL

/// What a change set says beside its items, sealed part by part in the audit log when it is proposed.
///
/// The digest binds what would change; the seal binds who proposed it, from what, and where each item came from.
package struct ProposalSeal: Equatable {
  /// Each part's name as people read it, and the SHA-256 of its canonical JSON.
  private var parts: [(word: String, title: String, hash: String)]

  package static func == (left: Self, right: Self) -> Bool { left.json == right.json }

  /// `evidence` is the hash of the run's evidence, nil where it has none.
  init(set: ChangeSet, run: Run?, columns: JSON, groups: [ChangeGroup], origins: String, evidence: String?) {
    let head = JSON.array([
      .int(set.id), .string(set.digest), .int(set.runNumber), .string(set.lineage), .int(set.baseSerial),
      .string(set.author), .string(set.createdAt), .string(set.asOf), .string(set.title), set.summary,
      set.reverts.map { .int($0) } ?? .null,
    ])
    // Sets made before there were documents have seals without these.
    let kind = run.flatMap { $0.kind == .table ? nil : JSON.string($0.kind.rawValue) }
    let source = JSON.array(
      [
        .optional(run?.name), .optional(run?.principal), .optional(run?.asOf), run?.sources ?? .null,
        run?.mapping ?? .null, .optional(run?.mode), run?.counts ?? .null, .bool(run?.isSealed ?? false),
        .optional(run?.title), columns,
      ] + (kind.map { [$0] } ?? []))
    let sums = JSON.array(
      groups.map { group in
        .array([
          .string(group.field.rawValue), .string(group.kind.rawValue), .string(group.currency), .int(group.items),
          .int(group.before), .int(group.after), group.largest,
        ])
      })
    parts = [
      ("head", "author, title or summary", SHA256.hex(of: head.line)),
      ("run", "run", SHA256.hex(of: source.line)),
      ("sums", "sums", SHA256.hex(of: sums.line)),
      ("origins", "items' notes or source rows", origins),
    ]
    if let evidence { parts.append((Self.evidence, Self.quotes, evidence)) }
  }

  private static let evidence = "evidence"
  private static let quotes = "pages and quotes"

  package var json: JSON { .fields(parts.map { ($0.word, .string($0.hash)) }) }

  /// What is not as it was sealed, as people read it: `author, title or summary`.
  package func differences(from sealed: JSON?) -> [String] {
    let lost = sealed?[Self.evidence] != nil && !parts.contains { $0.word == Self.evidence }
    return parts.filter { sealed?[$0.word]?.text != $0.hash }.map(\.title) + (lost ? [Self.quotes] : [])
  }
}

extension OpenWarehouse {
  /// The seal of a change set as it stands in the tables; `origins` is of its items.
  package func seal(of set: ChangeSet, origins: String) throws -> ProposalSeal {
    let columns = try database.query(
      "SELECT entity, field, source_column, method, confidence FROM run_columns WHERE run_no = $1",
      [.int(Int64(set.runNumber))])
    var lines: [String] = []
    while try columns.next() {
      lines.append(
        JSON.array([
          .int(columns.int(0)), .string(columns.text(1)), .string(columns.text(2)), .string(columns.text(3)),
          .int(columns.int(4)),
        ]).line)
    }
    return ProposalSeal(
      set: set, run: try run(number: set.runNumber), columns: .array(lines.sorted().map { .string($0) }),
      groups: try groups(of: set), origins: origins, evidence: try evidenceDigest(ofRun: set.runNumber))
  }

  /// Logs that a change set was proposed, with its seal; call it in the transaction that writes the set.
  ///
  /// `by` is who did it, where that is not its author: a reviewer makes a successor of what somebody else proposed.
  package func logProposal(_ id: Int, origins: String, by: String? = nil, at now: String) throws {
    let set = try changeSet(ChangeSet.name(id))
    let seal = try seal(of: set, origins: origins)
    let principal = by ?? set.author
    try append(
      AuditEntry(
        at: now, principal: principal, role: (try? user(named: principal).role) ?? "", action: "propose",
        changeSet: id, body: .fields([("title", .string(set.title)), ("seal", seal.json)]), root: set.digest))
  }

  /// Logs that a review made another change set of this one, with every value it edited or rejected, and ends this one.
  ///
  /// Call it in the transaction that writes the successor.
  package func supersede(_ set: ChangeSet, by successor: ChangeSet, _ revision: Revision, role: String) throws {
    try database.run(
      "UPDATE change_sets SET state = 'superseded' WHERE id = $1 AND state = 'proposed'", [.int(Int64(set.id))])
    try append(
      AuditEntry(
        at: revision.at, principal: revision.by, role: role, action: Self.superseding, changeSet: set.id,
        body: .fields([
          ("by", .string(successor.name)), ("sha256", .string(successor.digest)), ("review", revision.json),
        ]), root: set.digest))
  }

  /// The word of the log for it.
  package static let superseding = "supersede"

  /// Why a change set is not what was proposed; nil when its items, its head and the log agree.
  ///
  /// The log's entries since the proposal are held against their chain, so that none can be slipped in.
  package func tampering(with set: ChangeSet) throws -> String? {
    let proof = try itemsProof(of: set.id)
    guard proof.digest == set.digest else { return "its changes no longer have the digest it was proposed with" }
    let acts = try acts(of: set)
    guard let proposal = acts.proposals.first, acts.proposals.count == 1, proposal.root == set.digest else {
      return "the audit log has no entry of its proposal"
    }
    let differences = try seal(of: set, origins: proof.origins).differences(from: proposal.body["seal"])
    if !differences.isEmpty {
      return "its \(differences.joined(separator: ", its ")) were altered since it was proposed"
    }
    return acts.fault.map { "the audit log does not hold: \($0)" }
  }

  /// What the log has of a change set: its proposals, its approvals as `AuditAct`, whether it was rejected, the name of its
  /// successor, and the first entry since the proposal that does not follow from the one before.
  package func acts(
    of set: ChangeSet
  ) throws -> (
    proposals: [AuditEntry], approvals: Set<AuditAct>, isRejected: Bool, successor: String?, fault: String?
  ) {
    var proposals: [AuditEntry] = []
    var approvals: Set<AuditAct> = []
    var isRejected = false
    var successor: String?
    let first = try database.firstInt(
      "SELECT min(seq) FROM audit_log WHERE change_set = $1", [.int(Int64(set.id))])
    var walk = AuditWalk(after: Int(first ?? 1) - 1)
    try eachAuditRecord(from: Int(first ?? 1)) { record in
      walk.check(record)
      guard record.entry.changeSet == set.id else { return }
      switch record.entry.action {
      case "propose": proposals.append(record.entry)
      case "approve": approvals.insert(AuditAct(record.entry))
      case "reject": isRejected = true
      case Self.superseding: successor = record.entry.body["by"]?.text ?? "another"
      default: break
      }
    }
    return (proposals, approvals, isRejected, successor, walk.fault?.description)
  }
}

/// An act of approval in the form in which the log and the table of approvals have to agree.
package struct AuditAct: Hashable, Comparable {
  package let set: Int
  package let principal: String
  private let line: String

  package init(_ entry: AuditEntry) {
    set = entry.changeSet ?? 0
    principal = entry.principal
    let body = ["scope", "kind", "items", "stated", "method", "reason"].map { entry.body[$0] ?? .null }
    line = JSON.array([.string(entry.root), .string(entry.role), .string(entry.at)] + body).line
  }

  package init(_ approval: ApprovalRecord, set: Int) {
    self.set = set
    principal = approval.principal
    line =
      JSON.array([
        .string(approval.digest), .string(approval.role), .string(approval.at), .string(approval.scope.word),
        .string(approval.scope.kind), .int(approval.items), .string(approval.stated),
        .string(approval.method.rawValue), .string(approval.reason),
      ]).line
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.set, left.principal, left.line) < (right.set, right.principal, right.line)
  }
}
