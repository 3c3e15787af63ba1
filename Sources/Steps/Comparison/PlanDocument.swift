import Digest
import Domain
import Model
package import Records
import SQL
package import Warehouse

/// A change set as lines of JSON: what `--json` prints and what a plan file holds.
///
/// Header, one line per item, summary; a plan file ends with the digest of all bytes before its last line.
package struct PlanDocument {
  private let warehouse: OpenWarehouse
  private let set: ChangeSet

  package init(_ warehouse: OpenWarehouse, _ set: ChangeSet) {
    self.warehouse = warehouse
    self.set = set
  }

  package var header: JSON {
    .fields([
      ("v", .int(1)), ("type", .string("plan")), ("id", .string(set.name)), ("digest", .string(set.digest)),
      ("title", .string(set.title)),
      ("base", .fields([("lineage", .string(set.lineage)), ("serial", .int(set.baseSerial))])),
      ("as_of", .string(set.asOf)), ("author", .string(set.author)), ("schema", .int(Inventory.version)),
      ("profile", .string(warehouse.profile)), ("state", .string(set.state.rawValue)),
      ("applyable", .bool(set.state == .proposed)), ("complete", .bool(true)), ("errored", .bool(false)),
    ])
  }

  /// Hands over one line after another, without their ends; answers how many.
  package func lines(_ out: (String) throws -> Void) throws -> Int {
    try out(header.line)
    var count = 2
    let cursor = try warehouse.database.cursor(
      """
      SELECT i.seq, i.entity, i.nkey, i.action, i.base_version, i.row_hash, i.fields, i.note, i.source_row, s.payload
      FROM change_items i LEFT JOIN staging_rows s ON s.id = i.staged AND s.run_no = \(set.runNumber) WHERE i.change_set = $1 ORDER BY i.seq
      """, [.int(Int64(set.id))])
    let shelf = RowShelf()
    let evidence = PlanEvidence(warehouse, set, try warehouse.run(number: set.runNumber))
    while try cursor.next() {
      try out(try item(cursor, shelf, evidence).line)
      count += 1
    }
    var groups: [JSON] = []
    for group in try warehouse.groups(of: set) {
      groups.append(
        .fields([
          ("field", .string(group.field.rawValue)), ("kind", .string(group.kind.rawValue)),
          ("currency", .string(group.currency)), ("items", .int(group.items)), ("before_minor", .int(group.before)),
          ("after_minor", .int(group.after)), ("mandatory", .bool(group.isMandatory)), ("largest", group.largest),
        ]))
    }
    try out(JSON.fields([("type", .string("summary")), ("counts", set.summary), ("groups", .array(groups))]).line)
    return count
  }

  private func item(_ cursor: any Cursor, _ shelf: RowShelf, _ evidence: PlanEvidence) throws -> JSON {
    let entity = Inventory.entity(number: Int(cursor.int(1)))
    let action = ChangeAction(rawValue: cursor.int(3))
    var members: [(String, JSON)] = [
      ("type", .string("item")), ("seq", .int(cursor.int(0))), ("entity", .string(entity?.name ?? "")),
      ("key", .string(cursor.text(2))), ("action", .string(action?.word ?? "")),
      ("base_row_version", .int(cursor.int(4))), ("row_hash", .string(Hex.encode(cursor.bytes(5)))),
    ]
    if let fields = cursor.textOrNil(6).flatMap({ JSON.parse($0) }) { members.append(("fields", fields)) }
    if action == .create, !cursor.isNull(9), let entity {
      let box = shelf.box(cursor.int(1))
      if box.row.decode(cursor.bytes(9)) {
        members.append(
          (
            "after",
            .fields(
              entity.fields.indices.compactMap { index in
                let value = RowMerge.value(box.row, index)
                return value == .null ? nil : (entity.fields[index].name, value)
              })
          ))
      }
    }
    if let note = cursor.textOrNil(7) {
      members.append(("note", .string(note)))
      if note.hasPrefix(DuplicateRows.mark), set.state == .proposed, let entity {
        members.append(("rows", try DuplicateRows(warehouse, set, entity, key: cursor.text(2)).json))
      }
    }
    if let row = cursor.intOrNil(8) { members.append((evidence.isOfDocuments ? "page" : "row", .int(row))) }
    if evidence.isOfDocuments, let entity {
      members.append(("evidence", evidence.json(try evidence.found(entity, cursor.text(2)))))
    }
    return .fields(members)
  }
}

/// Reading a plan file back: only its header and its seal matter, the items live in the database.
package enum PlanFile {
  package enum Fault: Error, Equatable {
    case notAPlan
    case truncated
    case altered
    case otherDatabase(lineage: String)
    case otherContents

    package var message: String {
      switch self {
      case .notAPlan: "not a plan file"
      case .truncated: "the plan file has no end: it was cut"
      case .altered: "the plan file was altered after it was saved"
      case .otherDatabase(let lineage): "the plan belongs to the database of lineage \(lineage.prefix(8))"
      case .otherContents: "the plan file and the change set in the database do not have the same digest"
      }
    }
  }

  /// The last line of a plan file whose other lines are `bytes`.
  package static func seal(lines: Int, digest: String) -> String {
    JSON.fields([("type", .string("end")), ("lines", .int(lines)), ("sha256", .string(digest))]).line
  }

  /// Checks a file's seal and answers the change set it names and the digest it was saved with.
  package static func check(_ bytes: [UInt8]) throws(Fault) -> (name: String, digest: String, lineage: String) {
    guard let headerEnd = bytes.firstIndex(of: 10),
      let header = JSON.parse(String(decoding: bytes[..<headerEnd], as: UTF8.self)), header["type"]?.text == "plan",
      let name = header["id"]?.text, let digest = header["digest"]?.text,
      let lineage = header["base"]?["lineage"]?.text
    else { throw .notAPlan }
    guard bytes.last == 10, let previous = bytes.dropLast().lastIndex(of: 10),
      let end = JSON.parse(String(decoding: bytes[(previous + 1)...].dropLast(), as: UTF8.self)),
      end["type"]?.text == "end"
    else { throw .truncated }
    // The whole last line is compared, so that no byte of the file is without a guard.
    let whole = seal(lines: bytes.count { $0 == 10 }, digest: SHA256.hex(of: Array(bytes[...previous]))) + "\n"
    guard bytes[(previous + 1)...].elementsEqual(whole.utf8) else { throw .altered }
    return (name, digest, lineage)
  }
}
