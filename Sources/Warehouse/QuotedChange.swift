import Digest
import Domain
package import Model
package import Pages
import Records
import SQL

/// Fields of one changed record that need the same approval and stand in the same quote.
package struct QuotedChange: Equatable, Sendable {
  /// Counts from 1 in the order of the change set.
  package let number: Int
  /// The change item's place in the change set.
  package let seq: Int
  /// The entity's number.
  package let entity: Int
  package let key: String
  package let action: ChangeAction
  /// The mandatory field, nil where the rest covers it.
  package let field: ApprovalField?
  package let kind: ChangeGroup.Kind
  /// Of the entity's fields, in their order; empty for a deletion.
  package let changes: [FieldChange]
  /// What amounts are in, before and after.
  package let currencies: (before: String, after: String)
  package let evidence: Evidence?
  /// The document's file name.
  package let document: String

  package static func == (left: Self, right: Self) -> Bool {
    left.number == right.number && left.seq == right.seq && left.entity == right.entity && left.key == right.key
      && left.action == right.action && left.field == right.field && left.kind == right.kind
      && left.changes == right.changes && left.currencies == right.currencies && left.evidence == right.evidence
      && left.document == right.document
  }

  /// SHA-256 of what is shown of the quote; empty where there is none.
  package var quote: String { evidence.map(Self.digest) ?? "" }

  private static func digest(_ evidence: Evidence) -> String {
    SHA256.hex(of: evidence.json.line)
  }

  /// Who wrote its values in a review; nil where they were read.
  package var editor: String? { evidence?.editor }

  package var scope: ApprovalScope? {
    field.map { .item(ItemScope(number: number, seq: seq, field: $0, kind: kind, quote: quote)) }
  }

  /// Each field's name with its values as people read them; nil where there is none.
  package var values: [(field: String, before: String?, after: String?)] {
    guard let entity = Inventory.entity(number: entity) else { return [] }
    return changes.map { change in
      let field = entity.fields[change.field]
      func text(_ value: JSON, _ currency: String) -> String? {
        value == .null ? nil : ValueText.of(value, field, currency: currency)
      }
      return (field.name, text(change.before, currencies.before), text(change.after, currencies.after))
    }
  }

  /// `mrc USD 1,150.00; page 2 of order.pdf: "$1,150.00"`: what an approval of it is recorded as.
  package var statement: String {
    let values = values.map { "\($0.field) \($0.after ?? "(none)")" }.joined(separator: ", ")
    let place = evidence.map { "; page \($0.page) of \(document): \"\($0.quote)\"" } ?? ""
    return values + place
  }
}

/// How many records have acts of their own, by field and kind.
struct ItemCount {
  private var records: [ApprovalField: [ChangeGroup.Kind: Set<Int>]] = [:]

  init(_ requirements: [Requirement]) {
    for case .item(let item) in requirements.map(\.scope) {
      records[item.field, default: [:]][item.kind, default: []].insert(item.seq)
    }
  }

  func records(_ field: ApprovalField, _ kind: ChangeGroup.Kind) -> Int { records[field]?[kind]?.count ?? 0 }
}

extension OpenWarehouse {
  /// Whether the change set was read from documents, so that its mandatory values are approved one by one.
  package func isFromDocuments(_ set: ChangeSet) throws -> Bool {
    try run(number: set.runNumber)?.kind == .documents
  }

  /// One act for each mandatory value of a change set that was read from documents; none for tables.
  func itemRequirements(of set: ChangeSet) throws -> [Requirement] {
    guard try isFromDocuments(set) else { return [] }
    return try quotedChanges(of: set).compactMap { change in
      change.scope.map { Requirement(scope: $0, groups: [], items: 1, change: change) }
    }
  }

  /// Everything a change set would do, value by value with its quote, in the order of its items and their fields.
  ///
  /// Conflicts are left out: they are never applied.
  package func quotedChanges(of set: ChangeSet) throws -> [QuotedChange] {
    let names = try documentNames(of: set)
    let cursor = try database.query(
      """
      SELECT i.seq, i.entity, i.nkey, i.action, i.fields, s.payload
      FROM change_items i LEFT JOIN staging_rows s ON s.id = i.staged AND s.run_no = \(set.runNumber)
      WHERE i.change_set = $1 AND i.action <> 5 ORDER BY i.seq
      """, [.int(Int64(set.id))])
    var found: [QuotedChange] = []
    while try cursor.next() {
      guard let entity = Inventory.entity(number: Int(cursor.int(1))),
        let action = ChangeAction(rawValue: cursor.int(3))
      else { continue }
      var row = StagedRow(entity)
      let isDecoded = !cursor.isNull(5) && row.decode(cursor.bytes(5))
      let changes = cursor.textOrNil(4).flatMap { JSON.parse($0) }.map { FieldChange.parse($0, entity) }
      let whole = isDecoded && (action == .create || action == .restore) ? FieldChange.all(of: row) : []
      let item = RecordChange(
        seq: Int(cursor.int(0)), entity: entity, key: cursor.text(2), action: action, changes: changes ?? whole,
        currency: isDecoded ? GroupTotals.currency(row) : "")
      let evidence = try evidence(of: set, entity, key: item.key)
      found += item.quoted(evidence, names, after: found.count)
    }
    return found
  }

  /// File names of a change set's sources by digest.
  package func documentNames(of set: ChangeSet) throws -> [String: String] {
    var names: [String: String] = [:]
    for source in try run(number: set.runNumber)?.sources.items ?? [] {
      guard let digest = source["src"]?.text, let file = source["file"]?.text else { continue }
      names[digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest] = file
    }
    return names
  }
}

/// What a change set does to one record, before it is told apart by approval and quote.
private struct RecordChange {
  let seq: Int
  let entity: Entity
  let key: String
  let action: ChangeAction
  let changes: [FieldChange]
  /// Of the staged row.
  let currency: String

  private struct Part {
    let field: ApprovalField?
    let kind: ChangeGroup.Kind
    let evidence: Evidence?
    var changes: [FieldChange]
  }

  func quoted(_ evidence: [FieldEvidence], _ names: [String: String], after count: Int) -> [QuotedChange] {
    let former = changes.first { entity.fields[$0.field].type == .currency }?.before.text ?? currency
    return parts(evidence).enumerated().map { index, part in
      QuotedChange(
        number: count + index + 1, seq: seq, entity: entity.number, key: key, action: action, field: part.field,
        kind: part.kind, changes: part.changes, currencies: (former, currency), evidence: part.evidence,
        document: part.evidence.map { names[$0.document] ?? String($0.document.prefix(12)) } ?? "")
    }
  }

  private func parts(_ evidence: [FieldEvidence]) -> [Part] {
    var parts: [Part] = []
    for change in changes {
      let field = entity.fields[change.field]
      let own = change.isMandatory(entity) ? field.approval : nil
      let kind = own != nil && change.before != .null ? ChangeGroup.Kind.overwrite : .new
      let quote = evidence.supporting(field, change.after).first?.evidence
      if let index = parts.firstIndex(where: { $0.field == own && $0.kind == kind && $0.evidence == quote }) {
        parts[index].changes.append(change)
      } else {
        parts.append(Part(field: own, kind: kind, evidence: quote, changes: [change]))
      }
    }
    return parts.isEmpty ? [Part(field: nil, kind: .new, evidence: nil, changes: [])] : parts
  }
}

extension FieldChange {
  /// Every field a new record has, as a change from nothing.
  fileprivate static func all(of row: borrowing StagedRow) -> [FieldChange] {
    row.entity.fields.indices.compactMap { index in
      let value = RowMerge.value(row, index)
      return value == .null ? nil : FieldChange(field: index, before: .null, after: value)
    }
  }
}
