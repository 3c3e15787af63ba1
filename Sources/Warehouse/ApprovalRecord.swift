package import Model
import SQL

/// One mandatory field of one changed record with one quote, as an act of approval names it.
package struct ItemScope: Hashable, Sendable {
  /// `QuotedChange.number`.
  package let number: Int
  /// The change item's place in the change set.
  package let seq: Int
  package let field: ApprovalField
  package let kind: ChangeGroup.Kind
  /// The quote's digest; empty where there is none, and then nothing approves it.
  package let quote: String

  package init(number: Int, seq: Int, field: ApprovalField, kind: ChangeGroup.Kind, quote: String) {
    self.number = number
    self.seq = seq
    self.field = field
    self.kind = kind
    self.quote = quote
  }

  /// `item/14/9/mrc/` and the quote's digest.
  fileprivate var word: String { "item/\(number)/\(seq)/\(field.rawValue)/\(quote)" }

  fileprivate init?(_ word: String, _ kind: String) {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[0] == "item", let number = Int(parts[1]), let seq = Int(parts[2]),
      let field = ApprovalField(rawValue: parts[3]), let kind = ChangeGroup.Kind(rawValue: kind)
    else { return nil }
    self.init(number: number, seq: seq, field: field, kind: kind, quote: parts[4])
  }
}

/// What one act of approval is about.
package enum ApprovalScope: Hashable, Sendable {
  /// One mandatory field, new values or overwrites, all rows of the change set.
  case group(ApprovalField, ChangeGroup.Kind)
  /// One value read from a document, with the quote that says it.
  case item(ItemScope)
  /// Everything that no mandatory field covers.
  case rest
  /// The whole change set; only a rejection has it.
  case all

  /// `mrc`, `rest`: the word in `approvals.scope`.
  package var word: String {
    switch self {
    case .group(let field, _): field.rawValue
    case .item(let item): item.word
    case .rest: "rest"
    case .all: "all"
    }
  }

  /// The mandatory field it is about; nil for the rest and for all.
  package var field: ApprovalField? {
    switch self {
    case .group(let field, _): field
    case .item(let item): item.field
    case .rest, .all: nil
    }
  }

  /// `new`, `overwrite`, or empty: the word in `approvals.kind`.
  package var kind: String {
    switch self {
    case .group(_, let kind): kind.rawValue
    case .item(let item): item.kind.rawValue
    case .rest, .all: ""
    }
  }

  /// `mrc`, `mrc overwrites`, `mrc of item 14`, `rest`, as people read it.
  package var title: String {
    switch self {
    case .group(let field, .overwrite): "\(field.rawValue) overwrites"
    case .item(let item):
      "\(item.field.rawValue)\(item.kind == .overwrite ? " overwrite" : "") of item \(item.number)"
    default: word
    }
  }
}

/// A person's recorded decision, bound to the digest of what was decided on.
package struct ApprovalRecord: Equatable, Sendable {
  package enum Verdict: String, Sendable { case approved, rejected }

  /// How the person acted: at a terminal, or by a script, which only a test database accepts.
  package enum Method: String, Sendable {
    case terminal = "tty"
    case scripted
  }

  package let digest: String
  package let principal: String
  package let role: String
  package let verdict: Verdict
  package let scope: ApprovalScope
  /// Rows the act covers.
  package let items: Int
  /// What the person stated, in the form of `Requirement.statement`.
  package let stated: String
  package let method: Method
  package let reason: String
  package let at: String

  package init(
    digest: String, principal: String, role: String, verdict: Verdict, scope: ApprovalScope, items: Int,
    stated: String, method: Method, reason: String, at: String
  ) {
    self.digest = digest
    self.principal = principal
    self.role = role
    self.verdict = verdict
    self.scope = scope
    self.items = items
    self.stated = stated
    self.method = method
    self.reason = reason
    self.at = at
  }
}

extension OpenWarehouse {
  /// Every recorded decision about a change set in order of time; rows that say nothing known are left out.
  package func approvals(of set: ChangeSet) throws -> [ApprovalRecord] {
    let cursor = try database.query(
      "SELECT digest, principal, role, verdict, scope, kind, items, stated, method, reason, at FROM approvals"
        + " WHERE change_set = $1 ORDER BY id", [.int(Int64(set.id))])
    var records: [ApprovalRecord] = []
    while try cursor.next() {
      guard let scope = Self.scope(cursor.text(4), cursor.text(5)),
        let verdict = ApprovalRecord.Verdict(rawValue: cursor.text(3)),
        let method = ApprovalRecord.Method(rawValue: cursor.text(8))
      else { continue }
      records.append(
        ApprovalRecord(
          digest: cursor.text(0), principal: cursor.text(1), role: cursor.text(2), verdict: verdict, scope: scope,
          items: Int(cursor.int(6)), stated: cursor.text(7), method: method, reason: cursor.text(9),
          at: cursor.text(10)))
    }
    return records
  }

  /// Records a decision; call it inside a write transaction that has checked it.
  package func add(_ approval: ApprovalRecord, to set: ChangeSet) throws {
    try database.run(
      "INSERT INTO approvals (id, change_set, digest, principal, role, verdict, scope, kind, items, stated, method,"
        + " reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      [
        .int(Int64(try next("approvals"))), .int(Int64(set.id)), .text(approval.digest), .text(approval.principal),
        .text(approval.role), .text(approval.verdict.rawValue), .text(approval.scope.word),
        .text(approval.scope.kind), .int(Int64(approval.items)), .text(approval.stated),
        .text(approval.method.rawValue), .text(approval.reason), .text(approval.at),
      ])
  }

  private static func scope(_ word: String, _ kind: String) -> ApprovalScope? {
    switch (word, kind) {
    case ("rest", ""): return .rest
    case ("all", ""): return .all
    default:
      if let item = ItemScope(word, kind) { return .item(item) }
      guard let field = ApprovalField(rawValue: word), let kind = ChangeGroup.Kind(rawValue: kind) else { return nil }
      return .group(field, kind)
    }
  }
}
