import Digest
import Model
import Records
import SQL
package import Warehouse

/// Something in the log or the tables that is not as it was written.
package struct Finding: Equatable, Sendable, CustomStringConvertible {
  /// `audit entry 17`, `CS-0003`, `circuit lumen/DHEC445566`.
  package let place: String
  /// Lower case, no full stop.
  package let message: String

  package init(_ place: String, _ message: String) {
    self.place = place
    self.message = message
  }

  package var description: String { "\(place): \(message)" }
}

/// Holds the log, the change sets, the approvals and the committed rows against each other.
///
/// It reads one state and writes nothing; memory grows with the number of change sets, not of rows.
package struct AuditVerification {
  /// Findings of one check beyond this are counted, not listed.
  private static let listed = 20
  private let warehouse: OpenWarehouse

  package init(_ warehouse: OpenWarehouse) { self.warehouse = warehouse }

  /// Everything that does not hold; `expect` is a hash kept elsewhere, which the log must still contain.
  package func run(expect: String?) throws -> [Finding] {
    try warehouse.database.reading {
      var log = LogFacts()
      var findings = try chain(&log)
      if let expect = expect?.lowercased(), expect != AuditChain.start, !log.contains(expect) {
        findings.append(
          Finding("audit log", "no entry has the hash \(expect): the log was cut short after it, or rewritten"))
      }
      findings += try changeSets(log)
      findings += try heads(log)
      for entity in Inventory.entities { findings += try values(of: entity) }
      return findings
    }
  }

  // MARK: The log

  /// Names the first entry that does not follow from the one before; what comes after it proves nothing.
  private func chain(_ log: inout LogFacts) throws -> [Finding] {
    var seq = 0
    var hash = AuditChain.start
    var bad: Finding?
    try warehouse.eachAuditRecord { record in
      log.note(record)
      guard bad == nil else { return }
      seq += 1
      if record.seq != seq {
        bad = Finding("audit entry \(seq)", "missing: entry \(record.seq) comes next")
      } else if record.previous != hash {
        bad = Finding("audit entry \(seq)", "does not follow from the entry before it")
      } else if !record.isCanonical || AuditChain.hash(record.entry, seq: seq, after: hash) != record.hash {
        bad = Finding("audit entry \(seq)", "its content does not have its hash: it was altered or moved")
      }
      hash = record.hash
    }
    return bad.map { [$0] } ?? []
  }

  // MARK: Change sets

  private func changeSets(_ log: LogFacts) throws -> [Finding] {
    var findings: [Finding] = []
    let sets = try warehouse.changeSets().sorted { $0.id < $1.id }.filter { $0.state == .committed }
    for set in sets {
      if try warehouse.itemsDigest(of: set.id) != set.digest {
        findings.append(Finding(set.name, "its items do not have its digest" + (try firstDifference(set))))
      }
      findings += try approvals(of: set, log)
      switch log.commits[set.id] ?? [] {
      case []: findings.append(Finding(set.name, "committed, and the audit log has no entry of it"))
      case [set.digest]: break
      case let roots where roots.count > 1: findings.append(Finding(set.name, "committed more than once"))
      default: findings.append(Finding(set.name, "its digest is not the one in the audit log"))
      }
    }
    let known = Set(sets.map(\.id))
    for id in log.commits.keys.sorted() where !known.contains(id) {
      findings.append(Finding(ChangeSet.name(id), "the audit log has its commit, the change sets do not"))
    }
    findings += try missingActs(log)
    let serial = try warehouse.serial()
    if serial != sets.count {
      findings.append(Finding("database", "its serial is \(serial), and \(sets.count) change sets are committed"))
    }
    return findings
  }

  /// Acts that the log has and the table of approvals has not, or has otherwise.
  private func missingActs(_ log: LogFacts) throws -> [Finding] {
    var standing: Set<String> = []
    for set in try warehouse.changeSets() {
      for approval in try warehouse.approvals(of: set) { standing.insert(LogFacts.act(set.id, approval)) }
    }
    return log.acts.subtracting(standing).sorted().map { act in
      let parts = JSON.parse(act)?.items ?? []
      let set = parts.first?.int.map { ChangeSet.name($0) } ?? "approvals"
      let who = parts.count > 2 ? parts[2].text ?? "" : ""
      return Finding(set, "the audit log has an act of \(who) that the approvals have not, or have otherwise")
    }
  }

  private func approvals(of set: ChangeSet, _ log: LogFacts) throws -> [Finding] {
    try warehouse.approvals(of: set).filter { $0.verdict == .approved }.flatMap { approval -> [Finding] in
      let act = "the approval of \(approval.scope.title) by \(approval.principal)"
      var findings: [Finding] = []
      if approval.digest != set.digest { findings.append(Finding(set.name, "\(act) is of another digest")) }
      if !log.acts.contains(LogFacts.act(set.id, approval)) {
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
    let items = try warehouse.database.query(
      """
      SELECT i.seq, i.entity, i.nkey FROM change_items i
      LEFT JOIN records r ON r.entity = i.entity AND r.nkey = i.nkey
      WHERE i.change_set = $1 AND i.action <> 5
        AND (r.id IS NULL OR (r.change_set = $1 AND (r.row_hash <> i.row_hash OR r.version <> i.base_version + 1)))
      ORDER BY i.seq LIMIT 1
      """, [.int(Int64(set.id))])
    guard try items.next() else { return "" }
    return "; item \(items.int(0)), \(Self.place(items.int(1), items.text(2))), differs"
  }

  // MARK: Records

  /// The applied items of each key, newest first.
  private static let applied = """
    SELECT i.entity, i.nkey, i.base_version, i.row_hash, i.action, i.change_set,
      row_number() OVER (PARTITION BY i.entity, i.nkey ORDER BY i.base_version DESC, i.change_set DESC) AS place
    FROM change_items i JOIN change_sets c ON c.id = i.change_set WHERE c.state = 'committed' AND i.action <> 5
    """

  private func heads(_ log: LogFacts) throws -> [Finding] {
    var list = FindingList(limit: Self.listed)
    let newest = try warehouse.database.cursor(
      """
      SELECT a.entity, a.nkey, a.change_set FROM (\(Self.applied)) a
      LEFT JOIN records r ON r.entity = a.entity AND r.nkey = a.nkey
      WHERE a.place = 1 AND (r.id IS NULL OR r.row_hash <> a.row_hash OR r.version <> a.base_version + 1
        OR r.change_set <> a.change_set OR r.deleted <> CASE a.action WHEN 3 THEN 1 ELSE 0 END)
      ORDER BY a.entity, a.nkey
      """, [])
    while try newest.next() {
      let set = ChangeSet.name(Int(newest.int(2)))
      list.add(Finding(Self.place(newest.int(0), newest.text(1)), "its record is not what \(set) made of it"))
    }
    let strangers = try warehouse.database.cursor(
      """
      SELECT entity, nkey, row_hash, version, change_set FROM records WHERE (entity, nkey) NOT IN
        (SELECT i.entity, i.nkey FROM change_items i JOIN change_sets c ON c.id = i.change_set
         WHERE c.state = 'committed' AND i.action <> 5)
      ORDER BY entity, nkey
      """, [])
    while try strangers.next() {
      let isFirstUser =
        strangers.int(4) == 0 && strangers.int(3) == 1 && log.founding == Hex.encode(strangers.blob(2))
      if !isFirstUser {
        list.add(Finding(Self.place(strangers.int(0), strangers.text(1)), "no committed change set made its record"))
      }
    }
    return list.findings("records")
  }

  /// Every row of an entity's table still hashes to what was committed.
  private func values(of entity: Entity) throws -> [Finding] {
    var list = FindingList(limit: Self.listed)
    let reader = CommittedReader(entity, warehouse.database.dialect)
    let rows = try reader.all(warehouse.database)
    let heads = try warehouse.database.cursor(
      "SELECT id, nkey, row_hash, deleted FROM records WHERE entity = $1 ORDER BY id", [.int(Int64(entity.number))])
    var row = StagedRow(entity)
    var hasher = RowHasher()
    var hasRow = try rows.next()
    var hasHead = try heads.next()
    while hasRow || hasHead {
      let rowID = hasRow ? reader.id(rows) : .max
      let headID = hasHead ? heads.int(0) : .max
      if rowID < headID {
        list.add(Finding("\(entity.singular) \(reader.key(rows))", "its row is in no change set"))
        hasRow = try rows.next()
        continue
      }
      if headID < rowID {
        list.add(Finding("\(entity.singular) \(heads.text(1))", "its row is gone"))
        hasHead = try heads.next()
        continue
      }
      reader.fill(&row, from: rows)
      let isSame = reader.key(rows) == heads.text(1) && reader.isDeleted(rows) == (heads.int(3) != 0)
      if !isSame || !hasher.hash(row).elementsEqual(heads.bytes(2)) {
        list.add(Finding("\(entity.singular) \(heads.text(1))", "its values are not the ones that were committed"))
      }
      hasRow = try rows.next()
      hasHead = try heads.next()
    }
    return list.findings(entity.name)
  }

  private static func place(_ entity: Int64, _ key: String) -> String {
    "\(Inventory.entity(number: Int(entity))?.singular ?? "entity \(entity)") \(key)"
  }
}

/// The first findings of a check, and how many there were.
private struct FindingList {
  let limit: Int
  private var first: [Finding] = []
  private var count = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ finding: Finding) {
    count += 1
    if count <= limit { first.append(finding) }
  }

  func findings(_ place: String) -> [Finding] {
    count > limit ? first + [Finding(place, "\(count - limit) more do not hold")] : first
  }
}

/// What the log says that the tables must agree with.
private struct LogFacts {
  /// Roots of the commit entries by change set.
  private(set) var commits: [Int: [String]] = [:]
  private(set) var acts: Set<String> = []
  /// Row hash of the user the database began with.
  private(set) var founding = ""
  private var hashes: Set<String> = []

  func contains(_ hash: String) -> Bool { hashes.contains(hash) }

  mutating func note(_ record: AuditRecord) {
    hashes.insert(record.hash)
    let entry = record.entry
    switch entry.action {
    case "init": founding = entry.root
    case "commit": commits[entry.changeSet ?? 0, default: []].append(entry.root)
    case "approve": acts.insert(Self.act(entry))
    default: break
    }
  }

  private static func act(_ entry: AuditEntry) -> String {
    let body = entry.body
    return JSON.array(
      [
        .int(entry.changeSet ?? 0), .string(entry.root), .string(entry.principal), .string(entry.role),
        .string(entry.at),
      ] + ["scope", "kind", "items", "stated", "method", "reason"].map { body[$0] ?? .null }
    ).line
  }

  static func act(_ set: Int, _ approval: ApprovalRecord) -> String {
    JSON.array([
      .int(set), .string(approval.digest), .string(approval.principal), .string(approval.role), .string(approval.at),
      .string(approval.scope.word), .string(approval.scope.kind), .int(approval.items), .string(approval.stated),
      .string(approval.method.rawValue), .string(approval.reason),
    ]).line
  }
}
