import Domain
package import Model
package import Records

/// One field of one record, before and after.
package struct FieldChange: Equatable, Sendable {
  /// Place in the entity's fields.
  package let field: Int
  package let before: JSON
  package let after: JSON

  package init(field: Int, before: JSON, after: JSON) {
    self.field = field
    self.before = before
    self.after = after
  }

  /// Whether an act of its own covers this change; `--all-but-mandatory` covers every other.
  package func isMandatory(_ entity: Entity) -> Bool {
    entity.fields[field].approval.map { before != .null || $0.mandatoryWhenNew } ?? false
  }

  /// `{"f":name,"b":before,"a":after}`, the form in `change_items.fields`, bound by the digest.
  package static func json(_ changes: [FieldChange], _ entity: Entity) -> JSON {
    .array(
      changes.map {
        .fields([("f", .string(entity.fields[$0.field].name)), ("b", $0.before), ("a", $0.after)])
      })
  }

  package static func parse(_ json: JSON, _ entity: Entity) -> [FieldChange] {
    json.items.compactMap { item in
      item["f"]?.text.flatMap { entity.index(of: $0) }.map {
        FieldChange(field: $0, before: item["b"] ?? .null, after: item["a"] ?? .null)
      }
    }
  }
}

/// Merging a staged row onto a committed one.
package enum RowMerge {
  /// Changes `committed` into what it would be, and answers what differs. Absent fields are left; cleared ones are emptied.
  package static func apply(_ staged: borrowing StagedRow, to committed: inout StagedRow) -> [FieldChange] {
    var changes: [FieldChange] = []
    for field in staged.entity.fields.indices {
      let before = value(committed, field)
      switch staged.kind(field) {
      case .absent: continue
      case .cleared:
        if before == .null { continue }
        committed.remove(field)
      case .integer:
        if committed.integer(field) == staged.integer(field) { continue }
        if let integer = staged.integer(field) { committed.set(field, integer: integer) }
      case .text:
        if same(staged, committed, field) { continue }
        staged.withText(field) { committed.set(field, text: $0) }
      }
      changes.append(FieldChange(field: field, before: before, after: value(committed, field)))
    }
    return changes
  }

  private static func same(_ left: borrowing StagedRow, _ right: borrowing StagedRow, _ field: Int) -> Bool {
    guard right.kind(field) == .text else { return false }
    return left.withText(field) { bytes in right.withText(field) { $0.elementsEqual(bytes) } }
  }

  package static func value(_ row: borrowing StagedRow, _ field: Int) -> JSON {
    if let integer = row.integer(field) { return .int(integer) }
    return row.text(field).map { .string($0) } ?? .null
  }
}
