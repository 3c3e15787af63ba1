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

  /// `circuit lumen/DHEC445566`, by the entity's number.
  static func place(_ entity: Int64, _ key: String) -> String {
    "\(Inventory.entity(number: Int(entity))?.singular ?? "entity \(entity)") \(key)"
  }
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
      findings += try SetVerification(warehouse, log).run()
      findings += try facts(log)
      findings += try heads(log)
      for entity in Inventory.entities {
        findings += try values(of: entity)
        findings += try origins(of: entity)
      }
      return findings
    }
  }

  // MARK: The log

  /// Names the first entry that does not follow from the one before; what comes after it proves nothing.
  private func chain(_ log: inout LogFacts) throws -> [Finding] {
    var walk = AuditWalk()
    try warehouse.eachAuditRecord { record in
      log.note(record)
      walk.check(record)
    }
    return walk.fault.map { [Finding("audit entry \($0.seq)", $0.message)] } ?? []
  }

  // MARK: The database

  /// What the database says of itself is what the log says it was made as.
  private func facts(_ log: LogFacts) throws -> [Finding] {
    try ["profile", "lineage"].compactMap { name in
      let founded = log.foundation[name]?.text ?? ""
      let stated = try warehouse.fact(name) ?? ""
      if founded == stated { return nil }
      return Finding("database", "its \(name) is \(stated), the audit log has it as \(founded)")
    }
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
      list.add(Finding(Finding.place(newest.int(0), newest.text(1)), "its record is not what \(set) made of it"))
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
        list.add(Finding(Finding.place(strangers.int(0), strangers.text(1)), "no committed change set made its record"))
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

  /// The run and source row of every record are those of the item that gave it its values.
  private func origins(of entity: Entity) throws -> [Finding] {
    var list = FindingList(limit: Self.listed)
    let cursor = try warehouse.database.cursor(
      """
      SELECT t.nkey FROM \(entity.name) t LEFT JOIN (
        SELECT i.nkey, i.source_row, c.run_no,
          row_number() OVER (PARTITION BY i.nkey ORDER BY i.base_version DESC, i.change_set DESC) AS place
        FROM change_items i JOIN change_sets c ON c.id = i.change_set
        WHERE i.entity = $1 AND c.state = 'committed' AND i.action IN (1, 2, 4)) a ON a.nkey = t.nkey AND a.place = 1
      WHERE t.run_no <> coalesce(a.run_no, 0) OR coalesce(t.source_row, -1) <> coalesce(a.source_row, -1)
      ORDER BY t.nkey
      """, [.int(Int64(entity.number))])
    while try cursor.next() {
      list.add(
        Finding("\(entity.singular) \(cursor.text(0))", "its run or source row is not where its values came from"))
    }
    return list.findings(entity.name)
  }
}
