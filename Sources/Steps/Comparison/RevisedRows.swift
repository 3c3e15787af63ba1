import Domain
import Model
package import Pages
package import Records
import Warehouse

/// What a person asks a review to change in one change set.
package struct RevisionRequest: Sendable {
  /// One value that does not stay: written anew as it would be staged, or nil for rejected.
  package struct Change: Sendable {
    package let entity: Int
    package let key: String
    package let field: Int
    package let value: JSON?
    /// The quote the person saw beside it.
    package let evidence: Evidence?
    package let reason: String

    package init(entity: Int, key: String, field: Int, value: JSON?, evidence: Evidence?, reason: String) {
      self.entity = entity
      self.key = key
      self.field = field
      self.value = value
      self.evidence = evidence
      self.reason = reason
    }
  }

  /// A record of which nothing is left, because everything it says was rejected.
  package struct Record: Hashable, Sendable {
    package let entity: Int
    package let key: String

    package init(entity: Int, key: String) {
      self.entity = entity
      self.key = key
    }
  }

  package let set: String
  /// The digest of the content that was reviewed.
  package let digest: String
  package let changes: [Change]
  package let dropped: Set<Record>

  package init(set: String, digest: String, changes: [Change], dropped: Set<Record>) {
    self.set = set
    self.digest = digest
    self.changes = changes
    self.dropped = dropped
  }
}

/// The staged rows behind a change set as a review leaves them, with their evidence.
struct RevisedRows {
  typealias Record = RevisionRequest.Record

  struct Row {
    let id: Int64
    let entity: Entity
    let key: String
    var hash: [UInt8]
    var flags: Int64
    var payload: [UInt8]
    let sourceRow: Int64
    let issues: String?
    var evidence: [FieldEvidence]

    var record: Record { Record(entity: entity.number, key: key) }
  }

  private(set) var rows: [Row]
  private(set) var values: [Revision.Value] = []
  private(set) var fallen: [Revision.Fallen] = []
  private var gone: Set<Record> = []
  private let editor: String

  init(_ rows: [Row], editor: String) {
    self.rows = rows
    self.editor = editor
  }

  mutating func apply(_ request: RevisionRequest, isCommitted: (Record) throws -> Bool) throws {
    // What amounts are in comes last, for it takes them along.
    for change in request.changes where !change.isOfCurrency { try apply(change) }
    for change in request.changes where change.isOfCurrency { try apply(change) }
    for record in request.dropped.sorted(by: { ($0.entity, $0.key) < ($1.entity, $1.key) }) {
      drop(record, "everything of it was rejected")
    }
    try settleReferences(isCommitted)
    rows.removeAll { gone.contains($0.record) }
  }

  // MARK: One value

  private mutating func apply(_ change: RevisionRequest.Change) throws {
    guard let entity = Inventory.entity(number: change.entity), entity.fields.indices.contains(change.field) else {
      throw RevisionError.noValue(change.key)
    }
    let name = entity.fields[change.field].name
    var isFound = false
    for index in rows.indices where rows[index].entity.number == change.entity && rows[index].key == change.key {
      var row = StagedRow(entity)
      guard rows[index].payload.withUnsafeBufferPointer({ row.decode($0) }) else {
        throw PlanError.unreadable(change.key)
      }
      guard row.kind(change.field) != .absent else { continue }
      let before = RowMerge.value(row, change.field)
      let past = GroupTotals.currency(row)
      try Self.put(change.value, into: &row, change.field)
      if RowMerge.value(row, change.field) == before, change.value != nil {
        throw RevisionError.unchanged("\(entity.singular) \(change.key), \(name)")
      }
      let made = Revision.Value(
        change.value == nil ? .reject : .edit, entity: change.entity, key: change.key, field: name, before: before,
        after: change.value ?? .null, currencies: (past, GroupTotals.currency(row)), reason: change.reason)
      if !isFound { values.append(made) }
      if change.isOfCurrency { settleAmounts(of: &row, index, made, isListed: !isFound) }
      isFound = true
      rows[index].take(row)
      rows[index].evidence.removeAll { $0.field == name }
      if let value = change.value, let evidence = change.evidence {
        rows[index].evidence.append(
          FieldEvidence(
            entity: change.entity, key: change.key, staged: rows[index].id, field: name, place: 1, value: value,
            evidence: evidence.edited(by: editor)))
      }
    }
    guard isFound else { throw RevisionError.noValue("\(entity.singular) \(change.key), \(name)") }
    if change.value == nil, entity.falls(without: change.field) {
      drop(Record(entity: change.entity, key: change.key), "its \(name) was rejected")
    }
  }

  private static func put(_ value: JSON?, into row: inout StagedRow, _ field: Int) throws {
    let own = row.entity.fields[field]
    guard let value else { return row.remove(field) }
    if let why = row.entity.refusesEdit(of: field) { throw RevisionError.notEditable(own.name, why) }
    if own.type == .currency {
      let past = Currency(code: GroupTotals.currency(row))?.exponent
      guard Currency(code: value.text ?? "")?.exponent == past else { throw RevisionError.misfit(own.name) }
    }
    switch value {
    case .number(let text):
      guard let number = Int64(text), ValueCheck(own.type).integer(number) == nil else {
        throw RevisionError.misfit(own.name)
      }
      row.set(field, integer: number)
    default:
      guard let text = value.text, ValueCheck(own.type).wantsInteger == false else {
        throw RevisionError.misfit(own.name)
      }
      var copy = text
      guard copy.withUTF8({ ValueCheck(own.type).text($0) }) == nil else { throw RevisionError.misfit(own.name) }
      row.set(field, text: text)
    }
  }

  /// Amounts go with what they are in: rejected with it, and as much a person's as a currency that a person wrote.
  private mutating func settleAmounts(
    of row: inout StagedRow, _ index: Int, _ currency: Revision.Value, isListed: Bool
  ) {
    for (field, own) in row.entity.fields.enumerated() where own.type == .money && row.kind(field) == .integer {
      let amount = RowMerge.value(row, field)
      let isKept = currency.verdict == .edit
      if isListed {
        values.append(
          Revision.Value(
            currency.verdict, entity: currency.entity, key: currency.key, field: own.name, before: amount,
            after: isKept ? amount : .null, currencies: currency.currencies,
            reason: "its currency was \(isKept ? "edited" : "rejected")"))
      }
      if isKept {
        rows[index].evidence = rows[index].evidence.map { $0.field == own.name ? $0.edited(by: editor) : $0 }
      } else {
        row.remove(field)
        rows[index].evidence.removeAll { $0.field == own.name }
      }
    }
  }

  // MARK: Records that fall

  private mutating func drop(_ record: Record, _ why: String) {
    guard gone.insert(record).inserted else { return }
    fallen.append(Revision.Fallen(entity: record.entity, key: record.key, why: why))
  }

  /// A record that cannot be without one that falls falls too; where it can, it loses the reference.
  private mutating func settleReferences(_ isCommitted: (Record) throws -> Bool) throws {
    var lost: Set<Record> = []
    for record in gone where try !isCommitted(record) { lost.insert(record) }
    var isSettled = lost.isEmpty
    while !isSettled {
      isSettled = true
      for index in rows.indices where !gone.contains(rows[index].record) {
        guard let target = try release(index, lost) else { continue }
        drop(rows[index].record, "it belongs to \(target), which is left out")
        if try !isCommitted(rows[index].record) { lost.insert(rows[index].record) }
        isSettled = false
      }
    }
  }

  /// Takes references to lost records out of a row; answers one that the row cannot be without.
  private mutating func release(_ index: Int, _ lost: Set<Record>) throws -> String? {
    let entity = rows[index].entity
    var row = StagedRow(entity)
    guard rows[index].payload.withUnsafeBufferPointer({ row.decode($0) }) else {
      throw PlanError.unreadable(rows[index].key)
    }
    var isChanged = false
    for field in entity.fields.indices {
      guard let target = entity.fields[field].reference.flatMap({ Inventory.entity($0) }), let key = row.text(field),
        lost.contains(Record(entity: target.number, key: key))
      else { continue }
      let name = "\(target.singular) \(key)"
      if entity.falls(without: field) { return name }
      values.append(
        Revision.Value(
          .reject, entity: entity.number, key: rows[index].key, field: entity.fields[field].name, before: .string(key),
          after: .null, currencies: ("", ""), reason: "\(name) is left out"))
      row.remove(field)
      rows[index].evidence.removeAll { $0.field == entity.fields[field].name }
      isChanged = true
    }
    if isChanged { rows[index].take(row) }
    return nil
  }
}

extension RevisionRequest.Change {
  fileprivate var isOfCurrency: Bool {
    guard let entity = Inventory.entity(number: entity), entity.fields.indices.contains(field) else { return false }
    return entity.fields[field].type == .currency
  }
}

extension RevisedRows.Row {
  /// Takes over the values of a row of the same record.
  fileprivate mutating func take(_ row: borrowing StagedRow) {
    payload.removeAll(keepingCapacity: true)
    row.encode(clears: true, into: &payload)
    var hasher = RowHasher()
    hash = Array(hasher.hash(staged: row))
    flags = flags & ~4 | (row.hasClears ? 4 : 0)
  }
}
