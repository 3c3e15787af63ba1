import Digest
package import Model
package import Records
import SQL

/// What a change set does to one record. The raw values stand in `change_items.action` and in the digest.
package enum ChangeAction: Int64, CaseIterable, Sendable {
  case create = 1
  case update = 2
  case softDelete = 3
  case restore = 4
  /// Proposed by the source, but contradicted by the file itself or by a later change; never applied.
  case conflict = 5

  package var symbol: String {
    switch self {
    case .create: "+"
    case .update: "~"
    case .softDelete: "-"
    case .restore: "↺"
    case .conflict: "!"
    }
  }

  package var word: String {
    switch self {
    case .create: "create"
    case .update: "update"
    case .softDelete: "soft_delete"
    case .restore: "restore"
    case .conflict: "conflict"
    }
  }
}

/// The frozen list of proposed changes against a known base.
package struct ChangeSet: Equatable, Sendable {
  package enum State: String, Sendable {
    case proposed, committed, rejected
    /// A review made another of it, which names it.
    case superseded
  }

  package let id: Int
  package let digest: String
  package let runNumber: Int
  package let lineage: String
  package let baseSerial: Int
  package let state: State
  package let author: String
  package let createdAt: String
  package let asOf: String
  package let title: String
  /// Counts and impact as the plan shows them, and `rest`: records with something that no mandatory act covers.
  package let summary: JSON
  package let committedAt: String?
  package let committedBy: String?
  package let serial: Int?
  package let reverts: Int?

  /// Whether the plan took values of the source over later changes; a member of the summary where it did.
  package var tookSource: Bool { summary[Self.tookSourceMember]?.bool ?? false }
  package static let tookSourceMember = "took_source"

  /// `CS-0001`.
  package var name: String { Self.name(id) }

  package static func name(_ id: Int) -> String {
    let digits = String(id)
    return "CS-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The number in `CS-0001`, `cs-1` or `1`.
  package static func id(named name: String) -> Int? {
    let upper = name.uppercased()
    return Int(upper.hasPrefix("CS-") ? String(upper.dropFirst(3)) : upper)
  }
}

/// The sums a person approves as one act: one mandatory field, new values or overwrites, one currency.
package struct ChangeGroup: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case new
    /// The field had a committed value that would change or be cleared.
    case overwrite
  }

  package let field: ApprovalField
  package let kind: Kind
  /// Empty for fields that are not money.
  package let currency: String
  /// Rows, not fields: a record counts once.
  package let items: Int
  package let before: Int64
  package let after: Int64
  /// The ten largest changes, as `{"key":...,"field":...,"before":...,"after":...}`.
  package let largest: JSON

  package init(
    field: ApprovalField, kind: Kind, currency: String, items: Int, before: Int64, after: Int64, largest: JSON
  ) {
    self.field = field
    self.kind = kind
    self.currency = currency
    self.items = items
    self.before = before
    self.after = after
    self.largest = largest
  }

  /// Whether this group needs an act of its own before the change set may be committed.
  package var isMandatory: Bool { kind == .overwrite || field.mandatoryWhenNew }
}

extension OpenWarehouse {
  private static let header = """
    SELECT id, digest, run_no, lineage, base_serial, state, author, created_at, as_of, title, summary, committed_at, \
    committed_by, serial, reverts FROM change_sets
    """

  /// A change set by its name.
  package func changeSet(_ name: String) throws -> ChangeSet {
    guard let id = ChangeSet.id(named: name),
      let found = try changeSets("WHERE id = $1", [.int(Int64(id))]).first
    else { throw WarehouseError.noSuchChangeSet(name) }
    return found
  }

  /// A change set by its number, if there is one.
  package func changeSets(id: Int64) throws -> ChangeSet? { try changeSets("WHERE id = $1", [.int(id)]).first }

  /// All change sets, newest first.
  package func changeSets() throws -> [ChangeSet] { try changeSets("ORDER BY id DESC", []) }

  private func changeSets(_ rest: String, _ values: [SQLValue]) throws -> [ChangeSet] {
    var found: [ChangeSet] = []
    let cursor = try database.query(Self.header + " " + rest, values)
    while try cursor.next() {
      found.append(
        ChangeSet(
          id: Int(cursor.int(0)), digest: cursor.text(1), runNumber: Int(cursor.int(2)), lineage: cursor.text(3),
          baseSerial: Int(cursor.int(4)), state: ChangeSet.State(rawValue: cursor.text(5)) ?? .rejected,
          author: cursor.text(6), createdAt: cursor.text(7), asOf: cursor.text(8), title: cursor.text(9),
          summary: JSON.parse(cursor.text(10)) ?? .null, committedAt: cursor.textOrNil(11),
          committedBy: cursor.textOrNil(12), serial: cursor.intOrNil(13).map(Int.init),
          reverts: cursor.intOrNil(14).map(Int.init)))
    }
    return found
  }

  /// The sums a person approves, in order of field, kind and currency.
  package func groups(of set: ChangeSet) throws -> [ChangeGroup] {
    var groups: [ChangeGroup] = []
    let cursor = try database.query(
      "SELECT field, kind, currency, items, before_minor, after_minor, largest FROM change_groups WHERE change_set = $1",
      [.int(Int64(set.id))])
    while try cursor.next() {
      guard let field = ApprovalField(rawValue: cursor.text(0)), let kind = ChangeGroup.Kind(rawValue: cursor.text(1))
      else {
        continue
      }
      groups.append(
        ChangeGroup(
          field: field, kind: kind, currency: cursor.text(2), items: Int(cursor.int(3)), before: cursor.int(4),
          after: cursor.int(5), largest: JSON.parse(cursor.text(6)) ?? .array([])))
    }
    return groups.sorted { ($0.field, $0.kind.rawValue, $0.currency) < ($1.field, $1.kind.rawValue, $1.currency) }
  }
}
