import Digest
package import Model
package import Pages
package import Records
import SQL

/// The words on a page that say one value of one staged record.
///
/// Staging writes it, the plan seals it, and it stays when the record is committed: provenance by page and quote.
package struct FieldEvidence: Equatable, Sendable {
  /// Number of the entity.
  package let entity: Int
  package let key: String
  /// The staged row; several rows of a run may share a key.
  package let staged: Int64
  /// The field's name.
  package let field: String
  /// From 1 where a field of a row has several quotes, as each part of a reference.
  package let place: Int
  /// The value as it was staged: it supports a change to this value and to no other.
  package let value: JSON
  package let evidence: Evidence

  package init(
    entity: Int, key: String, staged: Int64, field: String, place: Int, value: JSON, evidence: Evidence
  ) {
    self.entity = entity
    self.key = key
    self.staged = staged
    self.field = field
    self.place = place
    self.value = value
    self.evidence = evidence
  }
}

extension FieldEvidence {
  /// The same place and words, for a value that a person changed in a review.
  package func edited(by name: String) -> FieldEvidence {
    FieldEvidence(
      entity: entity, key: key, staged: staged, field: field, place: place, value: value,
      evidence: evidence.edited(by: name))
  }
}

extension [FieldEvidence] {
  /// The quotes that say that `field` is `value`, the surest first.
  package func supporting(_ field: Field, _ value: JSON) -> [FieldEvidence] {
    filter { $0.field == field.name && $0.value == value }.sorted {
      ($1.evidence.confidence, $0.evidence.document, $0.evidence.page, $0.place)
        < ($0.evidence.confidence, $1.evidence.document, $1.evidence.page, $1.place)
    }
  }
}

extension OpenWarehouse {
  private static let evidenceColumns = """
    SELECT entity, nkey, staged, field, place, value, document, page, boxes, quote, method, confidence, doubts \
    FROM field_evidence WHERE run_no = $1
    """

  /// What the pages say of one record of a run, by row, field and place; empty for runs that were not read from documents.
  package func evidence(ofRun run: Int, _ entity: Entity, key: String) throws -> [FieldEvidence] {
    try evidence(
      "AND entity = $2 AND nkey = $3 ORDER BY staged, field, place",
      [.int(Int64(run)), .int(Int64(entity.number)), .text(key)])
  }

  /// What the pages say of one staged row of a run.
  package func evidence(ofRun run: Int, staged: Int64) throws -> [FieldEvidence] {
    try evidence(
      "AND staged = $2 ORDER BY field, place", [.int(Int64(run)), .int(staged)])
  }

  private func evidence(_ condition: String, _ values: [SQLValue]) throws -> [FieldEvidence] {
    let cursor = try database.query(Self.evidenceColumns + " " + condition, values)
    var found: [FieldEvidence] = []
    while try cursor.next() {
      if let evidence = FieldEvidence(cursor) { found.append(evidence) }
    }
    return found
  }

  /// What the pages say of the record that one change of a set is about.
  package func evidence(of set: ChangeSet, _ entity: Entity, key: String) throws -> [FieldEvidence] {
    try evidence(ofRun: set.runNumber, entity, key: key)
  }

  /// SHA-256 over all evidence of a run as it stands in the table now; nil where there is none.
  package func evidenceDigest(ofRun run: Int) throws -> String? {
    let cursor = try database.cursor(
      Self.evidenceColumns + " ORDER BY entity, nkey, staged, field, place", [.int(Int64(run))])
    var digest = SHA256()
    var count = 0
    while try cursor.next() {
      count += 1
      let numbers = [0, 2, 4, 7, 11].map { JSON.int(cursor.int($0)) }
      let texts = [1, 3, 5, 6, 8, 9, 10, 12].map { JSON.string(cursor.text($0)) }
      digest.update(Array((JSON.array(numbers + texts).line + "\n").utf8))
    }
    return count == 0 ? nil : digest.finishHex()
  }

  /// The writer of a run's evidence; rows in any order.
  package func evidenceWriter(run: Int) throws -> EvidenceWriter { try EvidenceWriter(database, run: run) }

  /// Takes out what belongs to rows that are not staged any more.
  package func pruneEvidence(ofRun run: Int) throws {
    try database.run(
      """
      DELETE FROM field_evidence WHERE run_no = $1
        AND NOT EXISTS (SELECT 1 FROM staging_rows s WHERE s.id = field_evidence.staged AND s.run_no = $1)
      """, [.int(Int64(run))])
  }
}

extension FieldEvidence {
  /// nil for a row that is no evidence: somebody else wrote it.
  fileprivate init?(_ row: any Row) {
    let json = JSON.fields([
      ("doc", .string(row.text(6))), ("page", .int(row.int(7))), ("boxes", JSON.parse(row.text(8)) ?? .null),
      ("quote", .string(row.text(9))), ("method", .string(row.text(10))), ("conf", .int(row.int(11))),
      ("doubts", JSON.parse(row.text(12)) ?? .null),
    ])
    guard let value = JSON.parse(row.text(5)), let evidence = Evidence(json: json) else { return nil }
    self.init(
      entity: Int(row.int(0)), key: row.text(1), staged: row.int(2), field: row.text(3), place: Int(row.int(4)),
      value: value, evidence: evidence)
  }
}

/// Writes evidence beside the staged rows it belongs to.
package struct EvidenceWriter: ~Copyable {
  private let bulk: any BulkInsert
  private let run: Int64

  fileprivate init(_ database: any Database, run: Int) throws {
    bulk = try database.bulk(
      into: "field_evidence",
      columns: [
        ("run_no", .integer), ("entity", .integer), ("nkey", .text), ("staged", .integer), ("field", .text),
        ("place", .integer), ("value", .text), ("document", .text), ("page", .integer), ("boxes", .text),
        ("quote", .text), ("method", .text), ("confidence", .integer), ("doubts", .text),
      ])
    self.run = Int64(run)
  }

  package mutating func write(_ row: FieldEvidence) throws {
    let evidence = row.evidence
    let json = evidence.json
    let values: [SQLValue] = [
      .int(run), .int(Int64(row.entity)), .text(row.key), .int(row.staged), .text(row.field), .int(Int64(row.place)),
      .text(row.value.line), .text(evidence.document), .int(Int64(evidence.page)),
      .text((json["boxes"] ?? .array([])).line), .text(evidence.quote), .text(evidence.method),
      .int(Int64(evidence.confidence)), .text((json["doubts"] ?? .array([])).line),
    ]
    for value in values { bulk.value(value) }
    try bulk.endRow()
  }

  package mutating func finish() throws { _ = try bulk.finish() }
}
