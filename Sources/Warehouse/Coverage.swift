import Domain
package import Model
import Records
import SQL

/// One act a change set needs before it may be committed.
package struct Requirement: Equatable, Sendable {
  package let scope: ApprovalScope
  /// The sums a person states, one group per currency; empty for the rest.
  package let groups: [ChangeGroup]
  /// Rows the act covers.
  package let items: Int
  /// The value and its quote, where the act is about one item.
  package let change: QuotedChange?

  package init(scope: ApprovalScope, groups: [ChangeGroup], items: Int, change: QuotedChange? = nil) {
    self.scope = scope
    self.groups = groups
    self.items = items
    self.change = change
  }

  /// What the person must state, one text per currency, or one row count; empty for the rest and for items.
  package var totals: [String] { groups.map(\.total) }

  /// Whether it is about one value of this field.
  package func isItem(of field: ApprovalField, _ kind: ChangeGroup.Kind) -> Bool {
    guard case .item(let item) = scope else { return false }
    return item.field == field && item.kind == kind
  }

  /// What is recorded as agreed to: the totals, `EUR 5.00; USD 6,950.00`, or an item's values, page and quote.
  package var statement: String { change?.statement ?? totals.joined(separator: "; ") }
}

extension ChangeGroup {
  /// The sum after the change as a person states it, or the number of rows where the field is not money.
  package var total: String {
    guard let unit = Currency(code: currency) else { return String(items) }
    return Money(minor: after, currency: unit).description
  }
}

/// Why somebody's act does not count.
package enum ApprovalObjection: Hashable, Sendable {
  case role(principal: String, role: String)
  /// Two or more people may approve the field, and this one proposed the change.
  case author(principal: String)
  /// No active user any more.
  case gone(principal: String)
  /// Done by a script in a database that takes the acts of people only.
  case scripted(principal: String)
  /// Nothing in the audit log says that it was done.
  case unlogged(principal: String)
  /// Given for other items, or for other sums, than the change set has now.
  case otherContent(principal: String)
}

/// An act that is still to be done, with the acts on record that do not count for it.
package struct MissingApproval: Equatable, Sendable, CustomStringConvertible {
  /// The change set's name.
  package let set: String
  package let requirement: Requirement
  package let objections: [ApprovalObjection]

  /// `term (24 rows): trunkline approve CS-0001 --field term --total 24`, then why acts on record do not count.
  package var description: String {
    let acts = objections.isEmpty ? "" : " (" + objections.map(\.description).joined(separator: "; ") + ")"
    return
      "\(requirement.scope.title) (\(requirement.items == 1 ? "1 row" : "\(requirement.items) rows")): \(command)\(acts)"
  }

  /// What performs the act. Sums of money are left to the person: stating them is the point of the act.
  package var command: String {
    if case .item(let item) = requirement.scope { return "trunkline approve \(set) --item \(item.number)" }
    guard case .group(let field, let kind) = requirement.scope else {
      return "trunkline approve \(set) --all-but-mandatory"
    }
    let totals = requirement.groups.map { group in
      Currency(code: group.currency).map { "--total \"\($0.code) ...\"" } ?? "--total \(group.items)"
    }
    let overwrites = kind == .overwrite ? ["--overwrites"] : []
    return (["trunkline approve", set, "--field", field.rawValue] + overwrites + totals).joined(separator: " ")
  }
}

/// What is still to be approved in a few lines: five values of documents, and how many more there are.
package struct ShortList {
  package let lines: [String]

  package init(_ missing: [MissingApproval], of set: ChangeSet) {
    let items = missing.filter { $0.requirement.change != nil }
    let others = missing.filter { $0.requirement.change == nil }
    let left = items.count - 5
    let more =
      left > 0 ? ["\(left) more item\(left == 1 ? "" : "s"), each with its quote: trunkline review \(set.name)"] : []
    lines = items.prefix(5).map(\.description) + more + others.map(\.description)
  }
}

extension ApprovalObjection: CustomStringConvertible {
  /// Why an act does not count, as part of a sentence.
  package var description: String {
    switch self {
    case .role(let principal, let role): "\(principal) is \(role), who may not approve it"
    case .author(let principal): "\(principal) proposed the change set, and another could approve it"
    case .gone(let principal): "\(principal) is no active user any more"
    case .scripted(let principal): "the act of \(principal) was done by a script"
    case .unlogged(let principal): "the act of \(principal) is not in the audit log"
    case .otherContent(let principal): "the act of \(principal) was about other content"
    }
  }
}

extension OpenWarehouse {
  /// Every act the change set needs: one per mandatory field and kind, and one for the rest if there is any.
  ///
  /// What was read from documents needs one per value and quote instead; a sum that has more rows than such values, as
  /// where a currency changes, needs its act on the sum as well.
  package func requirements(of set: ChangeSet) throws -> [Requirement] {
    var requirements = try itemRequirements(of: set)
    let itemised = ItemCount(requirements)
    let groups = try groups(of: set).filter(\.isMandatory)
    for field in ApprovalField.allCases {
      for kind in ChangeGroup.Kind.allCases {
        let own = groups.filter { $0.field == field && $0.kind == kind }
        let rows = own.reduce(0) { $0 + $1.items }
        guard rows > itemised.records(field, kind) else { continue }
        requirements.append(Requirement(scope: .group(field, kind), groups: own, items: rows))
      }
    }
    // Nothing outside the mandatory acts: nothing is left for the rest to cover. Commit counts it anew.
    let rest = set.summary["rest"]?.int ?? 1
    if rest == 0, !requirements.isEmpty { return requirements }
    return requirements + [Requirement(scope: .rest, groups: [], items: rest)]
  }

  /// The acts a change set still needs; none when it may be committed.
  ///
  /// Nothing recorded is taken at its word: the digest, the sums, the entry in the audit log, the person's role today, four
  /// eyes and the way the act was done are checked anew. It reads `change_sets.digest`; that the items still have it is the caller's to check.
  package func missingApprovals(for set: ChangeSet) throws -> [MissingApproval] {
    let approvals = try approvals(of: set).filter { $0.verdict == .approved }
    let logged = try acts(of: set).approvals
    return try requirements(of: set).compactMap { requirement in
      var objections: [ApprovalObjection] = []
      for approval in approvals where approval.scope == requirement.scope {
        let isLogged = logged.contains(AuditAct(approval, set: set.id))
        guard let objection = try objection(to: approval, isLogged: isLogged, of: set, requirement) else { return nil }
        if !objections.contains(objection) { objections.append(objection) }
      }
      return MissingApproval(set: set.name, requirement: requirement, objections: objections)
    }
  }

  private func objection(
    to approval: ApprovalRecord, isLogged: Bool, of set: ChangeSet, _ requirement: Requirement
  ) throws -> ApprovalObjection? {
    let principal = approval.principal
    guard approval.digest == set.digest, approval.stated == requirement.statement,
      approval.items == requirement.items
    else { return .otherContent(principal: principal) }
    guard approval.method == .terminal || isTest else { return .scripted(principal: principal) }
    guard isLogged else { return .unlogged(principal: principal) }
    guard let user = try activeUser(named: principal) else { return .gone(principal: principal) }
    return try objection(to: user, approving: requirement.scope, of: set, requirement.change)
  }

  /// Why `user` may not approve this part of a change set, today; nil when they may.
  ///
  /// `change` is the value an act on one item is about: one that somebody wrote in a review is theirs, and nobody else's.
  package func objection(
    to user: User, approving scope: ApprovalScope, of set: ChangeSet, _ change: QuotedChange? = nil
  ) throws -> ApprovalObjection? {
    guard user.mayApprove else { return .role(principal: user.email, role: user.role) }
    guard let field = scope.field else { return nil }
    guard user.mayApprove(field) else { return .role(principal: user.email, role: user.role) }
    guard try isAuthor(user, of: set, change), try approvers(of: field) > 1 else { return nil }
    return .author(principal: user.email)
  }

  /// Whoever made the plan, whoever staged what it was made of, and whoever corrected its cells by hand before.
  ///
  /// A value that was written in a review is its writer's alone; of a sum those who wrote values are authors as well. What
  /// evidence says of a writer counts only where the log of the review has that name.
  private func isAuthor(_ user: User, of set: ChangeSet, _ change: QuotedChange?) throws -> Bool {
    let run = try run(number: set.runNumber)
    let editors = run?.revision?.editors ?? []
    if let editor = change?.editor, editors.contains(editor) { return user.isCalled(editor) }
    let authors = [set.author, run?.principal ?? ""] + (run?.correctors ?? []) + (change == nil ? editors : [])
    return authors.contains { user.isCalled($0) }
  }

  private func activeUser(named name: String) throws -> User? {
    do {
      return try user(named: name)
    } catch WarehouseError.unknownUser {
      return nil
    }
  }
}
