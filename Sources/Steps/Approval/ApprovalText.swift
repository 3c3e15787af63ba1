import Domain
import Model
import Pages
import Records
package import Warehouse

/// What a person reads before and after an act of approval.
package enum ApprovalText {
  /// The first line of every answer of a test database.
  package static let testBanner = "TEST DATABASE: scripted approvals are accepted here\n"

  /// What is about to be approved: rows, sums before and after, and the ten largest changes, nothing left out.
  package static func evidence(_ act: PreparedAct) -> String {
    let requirement = act.requirement
    if let change = requirement.change, act.verdict == .approved { return evidence(act, change) }
    let verb = act.verdict == .rejected ? "rejecting" : "approving"
    var lines = ["\(verb) \(requirement.scope.title) of \(act.set.name): \(rows(requirement.items))"]
    if !act.set.title.isEmpty { lines[0] += " from \(VisibleText.of(act.set.title))" }
    for group in requirement.groups {
      if let currency = Currency(code: group.currency) {
        lines.append(
          "  \(currency.code): \(rows(group.items)), \(Money(minor: group.before, currency: currency).description) -> "
            + Money(minor: group.after, currency: currency).description)
      }
      lines += group.largest.items.map { largest($0, group) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One value: before and after, and the words of the page that say so.
  private static func evidence(_ act: PreparedAct, _ change: QuotedChange) -> String {
    let entity = Inventory.entity(number: change.entity)?.singular ?? ""
    var lines = [
      "approving \(act.requirement.scope.title) of \(act.set.name): \(change.action.word) \(entity)"
        + " \(VisibleText.of(change.key))"
    ]
    for value in change.values {
      lines.append("  \(value.field)  \(value.before ?? "(none)") -> \(value.after ?? "(none)")")
    }
    if let evidence = change.evidence {
      let reader =
        evidence.editor.map { "written by \(VisibleText.of($0))" } ?? "read by \(VisibleText.of(evidence.method))"
      lines.append(
        "  \(VisibleText.of(change.document)), page \(evidence.page), \(reader),"
          + " confidence \(ValueText.confidence(evidence.confidence)):")
      lines.append("    \"\(VisibleText.of(evidence.quote))\"")
      lines += evidence.doubts.map { "  doubt: \(VisibleText.of(DoubtSentence.line($0)))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func largest(_ change: JSON, _ group: ChangeGroup) -> String {
    func value(_ json: JSON?) -> String {
      guard let json, json != .null else { return "(none)" }
      if let number = json.int, let currency = Currency(code: group.currency) {
        return Money(minor: Int64(number), currency: currency).description
      }
      return json.text.map(VisibleText.of) ?? json.line
    }
    return
      "    \(VisibleText.of(change["key"]?.text ?? "?"))  \(change["field"]?.text ?? "")  \(value(change["before"])) -> "
      + value(change["after"])
  }

  /// What was just written down.
  package static func recorded(_ act: PreparedAct) -> String {
    if act.verdict == .rejected { return "rejected \(act.set.name); nothing of it can be committed\n" }
    let stated = act.requirement.statement.isEmpty ? "" : ", \(VisibleText.of(act.requirement.statement))"
    return "approved \(act.requirement.scope.title) of \(act.set.name): \(rows(act.requirement.items))\(stated)\n"
  }

  /// What is missing before the change set may be committed, or the command that commits it.
  package static func next(_ set: ChangeSet, _ missing: [MissingApproval]) -> String {
    if missing.isEmpty { return "nothing is left to approve: trunkline commit \(set.name)\n" }
    return ShortList(missing, of: set).lines.map { "still to approve: \($0)\n" }.joined()
  }

  package static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
