import Model
import Records
import SQL
package import Warehouse

/// What somebody asks to record about a change set.
package struct ApprovalRequest: Sendable {
  package enum Act: Equatable, Sendable {
    case approve(ApprovalScope)
    /// One value read from a document, by its number in the change set (`QuotedChange.number`).
    case approveItem(Int)
    case reject

    /// nil for a field that is none of `fields`.
    package static func approve(field name: String, _ kind: ChangeGroup.Kind) -> Act? {
      ApprovalField(rawValue: name).map { .approve(.group($0, kind)) }
    }
  }

  /// The mandatory fields by name.
  package static let fields = ApprovalField.allCases.map(\.rawValue)

  package let set: String
  package let act: Act
  /// `--total` texts, as given.
  package let totals: [String]
  package let reason: String

  package init(set: String, act: Act, totals: [String] = [], reason: String = "") {
    self.set = set
    self.act = act
    self.totals = totals
    self.reason = reason
  }
}

/// A request that holds so far: what to show the person before it is recorded.
package struct PreparedAct: Sendable {
  package let set: ChangeSet
  package let user: User
  package let requirement: Requirement
  package let verdict: ApprovalRecord.Verdict
  let reason: String

  /// What the person types at a terminal to confirm: `yes`, or the change set's name for overwrites and rejections.
  package var confirmation: String {
    switch requirement.scope {
    case .group(_, .overwrite): return set.name
    case .item(let item) where item.kind == .overwrite: return set.name
    default: break
    }
    return verdict == .rejected ? set.name : "yes"
  }
}

/// What came of a request.
package enum ApprovalOutcome: Sendable {
  case prepared(PreparedAct)
  /// The same act by the same person stands already, or the change set is committed: nothing to do.
  case notice(String)
}

/// Checks and records decisions about change sets; asking people is the command's business.
///
/// `prepare` refuses without writing, `record` checks everything again in the transaction that writes.
package struct Approver {
  private let warehouse: OpenWarehouse
  private let user: User

  package init(_ warehouse: OpenWarehouse, as user: User) {
    self.warehouse = warehouse
    self.user = user
  }

  /// Everything that can refuse a request; `ApprovalRefusal` or `WarehouseError`.
  package func prepare(_ request: ApprovalRequest) throws -> ApprovalOutcome {
    try prepare(request, digestChecked: false)
  }

  private func prepare(_ request: ApprovalRequest, digestChecked: Bool) throws -> ApprovalOutcome {
    let set = try warehouse.changeSet(request.set)
    switch set.state {
    case .committed:
      return .notice("\(set.name) was committed at serial \(set.serial.map(String.init) ?? "?"); nothing to approve")
    case .rejected:
      guard request.act == .reject else { throw ApprovalRefusal.rejected(set: set.name) }
      return .notice("\(set.name) was rejected before")
    case .superseded: throw try superseded(set)
    case .proposed:
      if try warehouse.acts(of: set).successor != nil { throw try superseded(set) }
    }
    if !digestChecked, let what = try warehouse.tampering(with: set) {
      throw ApprovalRefusal.tampered(set: set.name, what: what)
    }
    switch request.act {
    case .reject:
      try permit(.all, set)
      let rest = Requirement(scope: .all, groups: [], items: try warehouse.itemCount(of: set))
      return .prepared(
        PreparedAct(set: set, user: user, requirement: rest, verdict: .rejected, reason: request.reason))
    case .approve(let scope):
      try refuseStale(set)
      // Who may not approve the field learns nothing about its sums.
      try permit(scope, set)
      return try prepare(try requirement(scope, set), request, set)
    case .approveItem(let number):
      try refuseStale(set)
      let requirement = try item(number, set)
      try permit(requirement.scope, set, requirement.change)
      return try prepare(requirement, request, set)
    }
  }

  /// A stale set can be looked at and rejected; approving it would lead nowhere.
  private func refuseStale(_ set: ChangeSet) throws {
    if let stale = try StaleSet(set, warehouse) { throw ApprovalRefusal.stale(stale) }
  }

  private func prepare(
    _ requirement: Requirement, _ request: ApprovalRequest, _ set: ChangeSet
  ) throws -> ApprovalOutcome {
    let scope = requirement.scope
    if !requirement.groups.isEmpty {
      guard !request.totals.isEmpty else {
        throw ApprovalRefusal.noTotal(scope: scope.title, example: Self.example(scope, set))
      }
      try StatedTotals(request.totals, expecting: requirement).check(against: requirement)
    }
    let logged = try warehouse.acts(of: set).approvals
    let isStanding = try warehouse.approvals(of: set).contains {
      $0.verdict == .approved && $0.principal == user.email && $0.scope == scope && $0.digest == set.digest
        && $0.stated == requirement.statement && $0.items == requirement.items
        && ($0.method == .terminal || warehouse.isTest) && logged.contains(AuditAct($0, set: set.id))
    }
    if isStanding { return .notice("\(user.email) approved \(scope.title) of \(set.name) before") }
    return .prepared(
      PreparedAct(set: set, user: user, requirement: requirement, verdict: .approved, reason: request.reason))
  }

  private func requirement(_ scope: ApprovalScope, _ set: ChangeSet) throws -> Requirement {
    let requirements = try warehouse.requirements(of: set)
    if let found = requirements.first(where: { $0.scope == scope }) { return found }
    if case .group(let field, let kind) = scope, requirements.contains(where: { $0.isItem(of: field, kind) }) {
      throw ApprovalRefusal.byItem(set: set.name, field: scope.title)
    }
    // Fields whose first values need no act of their own are covered by the rest.
    let titles = requirements.map(\.scope.title).joined(separator: ", ")
    throw ApprovalRefusal.nothingOfKind(set: set.name, scope: scope.title, other: titles)
  }

  /// The mandatory value of a number; it needs its quote.
  private func item(_ number: Int, _ set: ChangeSet) throws -> Requirement {
    guard try warehouse.isFromDocuments(set) else { throw ApprovalRefusal.notByItem(set: set.name) }
    for requirement in try warehouse.requirements(of: set) {
      guard case .item(let item) = requirement.scope, item.number == number else { continue }
      guard !item.quote.isEmpty else { throw ApprovalRefusal.noQuote(set: set.name, item: number) }
      return requirement
    }
    let isKnown = try warehouse.quotedChanges(of: set).contains { $0.number == number }
    throw ApprovalRefusal.noItem(set: set.name, item: number, isKnown: isKnown)
  }

  private func superseded(_ set: ChangeSet) throws -> ApprovalRefusal {
    .superseded(set: set.name, by: try warehouse.acts(of: set).successor ?? "another change set")
  }

  private func permit(_ scope: ApprovalScope, _ set: ChangeSet, _ change: QuotedChange? = nil) throws {
    switch try warehouse.objection(to: user, approving: scope, of: set, change) {
    case .none: return
    case .author:
      throw ApprovalRefusal.ownChange(
        principal: user.email, scope: scope.title, isEdited: change?.editor != nil)
    default: throw ApprovalRefusal.role(principal: user.email, role: user.role, scope: scope.title)
    }
  }

  private static func example(_ scope: ApprovalScope, _ set: ChangeSet) -> String {
    guard case .group(let field, let kind) = scope else { return "" }
    let total = field.isMoney ? "\"USD 1,234.56\"" : "24"
    return "trunkline approve \(set.name) --field \(field.rawValue)\(kind == .overwrite ? " --overwrites" : "")"
      + " --total \(total)"
  }

  /// Writes the act and its audit entry in one transaction, after checking it all once more.
  ///
  /// Refuses a scripted act outside a test database, whoever asks.
  package func record(
    _ act: PreparedAct, _ request: ApprovalRequest, method: ApprovalRecord.Method, at now: String
  ) throws {
    guard method == .terminal || warehouse.isTest else { throw ApprovalRefusal.noTerminal }
    try warehouse.database.transaction {
      // The act carries the digest that was checked when it was shown; commit computes it from the items once more.
      guard case .prepared(let again) = try prepare(request, digestChecked: true) else { return }
      guard again.set == act.set, again.requirement == act.requirement else {
        throw ApprovalRefusal.tampered(set: act.set.name, what: "it changed while it was looked at")
      }
      try write(again, method, now)
    }
  }

  private func write(_ act: PreparedAct, _ method: ApprovalRecord.Method, _ now: String) throws {
    let set = act.set
    try warehouse.add(
      ApprovalRecord(
        digest: set.digest, principal: user.email, role: user.role, verdict: act.verdict,
        scope: act.requirement.scope, items: act.requirement.items, stated: act.requirement.statement, method: method,
        reason: act.reason, at: now), to: set)
    if act.verdict == .rejected {
      try warehouse.database.run(
        "UPDATE change_sets SET state = 'rejected' WHERE id = $1 AND state = 'proposed'", [.int(Int64(set.id))])
    }
    try warehouse.append(
      AuditEntry(
        at: now, principal: user.email, role: user.role, action: act.verdict == .rejected ? "reject" : "approve",
        changeSet: set.id,
        body: .fields([
          ("scope", .string(act.requirement.scope.word)), ("kind", .string(act.requirement.scope.kind)),
          ("items", .int(act.requirement.items)), ("stated", .string(act.requirement.statement)),
          ("method", .string(method.rawValue)), ("reason", .string(act.reason)),
        ]), root: set.digest))
  }
}
