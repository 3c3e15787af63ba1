import Domain
import Model
import Records
import SQL
package import Warehouse

/// A change set as a plan for people, in the manner of Terraform's; the last lines are the plan and its impact.
package struct PlanText {
  private let warehouse: OpenWarehouse
  private let set: ChangeSet
  private let run: Run?
  /// How many items of each action and entity are shown; nil for all.
  private let limit: Int?
  private let evidence: PlanEvidence
  /// ` by CS-0002`, where a review made that one of it.
  private let successor: String

  package init(_ warehouse: OpenWarehouse, _ set: ChangeSet, limit: Int? = 20) throws {
    self.warehouse = warehouse
    self.set = set
    self.limit = limit
    run = try warehouse.run(number: set.runNumber)
    evidence = PlanEvidence(warehouse, set, run)
    successor = set.state == .superseded ? " by \(try warehouse.acts(of: set).successor ?? "another")" : ""
  }

  /// Hands over the text piece by piece; `next` stands before the last lines.
  package func write(next: String = "", _ out: (String) throws -> Void) throws {
    if warehouse.isTest { try out("TEST DATABASE: scripted approvals are accepted here\n") }
    try out(header)
    if !notes.isEmpty { try out("\n" + notes) }
    try out("\n")
    try items(out)
    try out(try approvals() + next + "\n" + footer)
  }

  private var header: String {
    var text = ""
    for source in run?.sources.items ?? [] {
      let file = source["file"]?.text ?? "(stream)"
      let digest = source["src"]?.text ?? ""
      text += "Source     \(VisibleText.of(file))  \(Self.short(digest))\n"
    }
    if let name = run?.mapping["name"]?.text {
      text +=
        "Mapping    \(name)  \(run?.mapping["version"]?.text ?? run?.mapping["version"]?.line ?? "")"
        + "  sha256 \(Self.short(run?.mapping["sha256"]?.text ?? ""))\n"
    }
    if let reverts = set.reverts { text += "Reverts    \(ChangeSet.name(reverts))\n" }
    if let revision = run?.revision {
      text +=
        "Replaces   \(ChangeSet.name(revision.of))  sha256 \(Self.short(revision.digest))  reviewed by "
        + "\(VisibleText.of(revision.by)) at \(revision.at)\n"
    }
    text += "Base       lineage \(set.lineage.prefix(8))  serial \(set.baseSerial)  as-of \(set.asOf)\n"
    if set.state != .proposed {
      text +=
        "State      \(set.state.rawValue)\(successor)"
        + (set.committedAt.map { " at \($0) by \(set.committedBy ?? "")" } ?? "") + "\n"
    }
    return text
  }

  private static func short(_ digest: String) -> String {
    let hex = digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest
    return (digest.hasPrefix("sha256:") ? "sha256 " : "") + hex.prefix(12)
  }

  private var notes: String {
    var text = ""
    func count(_ name: String) -> Int { set.summary[name]?.int ?? 0 }
    if run?.isSealed == false { text += "Note: the source is an unsealed stream: nobody vouches for its end\n" }
    if count("rejected") > 0 {
      text += "Note: \(RejectedCounts(summary: set.summary).sentence(evidence.isOfDocuments ? "page" : "row"))\n"
    }
    if count("drifted") > 0 {
      text +=
        "Note: \(Self.plural(count("drifted"), "record")) changed in the database since this source was last imported\n"
    }
    for (name, what) in [
      ("variants", "other description$ of the same thing not taken"),
      ("suspected", "suspected duplicate$ (W_DUP_KEY), each taken as one record"),
      (
        "repeated",
        "key$ \(evidence.isOfDocuments ? "of which several documents" : "whose rows") say exactly the same, taken once"
      ),
    ] where count(name) > 0 {
      let words = what.split(separator: "$", maxSplits: 1)
      text += "Note: \(Self.plural(count(name), String(words[0])))\(words[1]):\n"
      let list = name == "variants" ? "variant_list" : name + "_list"
      for line in set.summary[list]?.items ?? [] { text += "  " + VisibleText.of(line.text ?? "") + "\n" }
    }
    for warning in run?.counts["warnings"]?.members ?? [] where warning.name != "W_STUB" {
      let (all, first) = (warning.value["count"]?.int ?? 0, warning.value["first"]?.items ?? [])
      text += "Note: \(Self.plural(all, "warning")) \(warning.name):\n"
      for line in first { text += "  " + VisibleText.of(line.text ?? "") + "\n" }
      if all > first.count, !first.isEmpty { text += "  and \(all - first.count) more\n" }
    }
    if let revision = run?.revision { text += reviewed(revision) }
    if let withheld = set.summary["withheld"]?.text.flatMap(Withholding.init(rawValue:)) {
      text += "Note: \(withheld.sentence)\n"
    }
    return text
  }

  /// Every value that a review edited or rejected, and every record it left out: nothing of them is in the changes below.
  private func reviewed(_ revision: Revision) -> String {
    func list(_ count: Int, _ what: String, _ lines: [String]) -> String {
      if lines.isEmpty { return "" }
      return "Note: \(Self.plural(count, what.hasPrefix("left") ? "record" : "value")) \(what) in the review of "
        + "\(ChangeSet.name(revision.of)):\n" + lines.map { "  \(VisibleText.of($0))\n" }.joined()
    }
    return list(revision.edited.count, "edited", revision.edited.map(\.line))
      + list(revision.rejected.count, "rejected", revision.rejected.map(\.line))
      + list(revision.fallen.count, "left out", revision.fallen.map(\.line))
  }

  static func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  // MARK: Items

  private func items(_ out: (String) throws -> Void) throws {
    let cursor = try warehouse.database.cursor(
      """
      SELECT i.seq, i.entity, i.nkey, i.action, i.fields, i.note, i.source_row, s.payload, s.flags
      FROM change_items i LEFT JOIN staging_rows s ON s.id = i.staged AND s.run_no = \(set.runNumber)
      WHERE i.change_set = $1 \(limitClause) ORDER BY i.seq
      """, [.int(Int64(set.id))])
    let shelf = RowShelf()
    var shown: [Int64: Int] = [:]
    var kind: Int64 = -1
    while try cursor.next() {
      let this = cursor.int(1) * 10 + cursor.int(3)
      shown[this, default: 0] += 1
      if let limit, (shown[this] ?? 0) > limit { continue }
      if kind >= 0, kind / 10 != this / 10 { try out("") }
      kind = this
      try out(try item(cursor, shelf))
    }
    for entity in Inventory.entities {
      for action in ChangeAction.allCases {
        let total = set.summary["entities"]?[entity.name]?[action.word]?.int ?? 0
        if let limit, total > limit {
          try out("  \(action.symbol) ... \(total - limit) more \(entity.name) to \(action.verb) (--all shows them)\n")
        }
      }
    }
  }

  /// Of a large set only what can be shown is read.
  private var limitClause: String {
    guard let limit, (set.summary["create"]?.int ?? 0) > 2000 else { return "" }
    var first: [String] = []
    var before = 0
    for entity in Inventory.entities {
      guard let counts = set.summary["entities"]?[entity.name]?.members else { continue }
      first.append(
        "SELECT seq FROM (SELECT seq FROM change_items WHERE change_set = $1 AND seq > \(before) "
          + "AND action = 1 ORDER BY seq LIMIT \(limit)) e\(entity.number)")
      before += counts.reduce(0) { $0 + ($1.value.int ?? 0) }
    }
    let shown = "i.seq IN (" + first.joined(separator: " UNION ALL ") + ")"
    let others = ChangeAction.allCases.contains { $0 != .create && set.summary[$0.word]?.int ?? 0 > 0 }
    return others ? "AND (i.action <> 1 OR \(shown))" : "AND \(shown)"
  }

  private func item(_ cursor: any Cursor, _ shelf: RowShelf) throws -> String {
    guard let entity = Inventory.entity(number: Int(cursor.int(1))), let action = ChangeAction(rawValue: cursor.int(3))
    else { return "" }
    let box = shelf.box(cursor.int(1))
    let hasRow = !cursor.isNull(7) && box.row.decode(cursor.bytes(7))
    let currency = hasRow ? GroupTotals.currency(box.row) : ""
    var text = "  \(action.symbol) \(entity.singular)  \(VisibleText.of(cursor.text(2)))"
    if action == .create {
      if hasRow { text += headline(entity, box.row, currency) }
      if !cursor.isNull(8), cursor.int(8) & 1 != 0 { text += "  (stub: referred to, but nowhere described)" }
    }
    if action != .create, let row = cursor.intOrNil(6), row > 0 {
      text += "  (\(evidence.isOfDocuments ? "page" : "row") \(row))"
    }
    text += "\n"
    let quotes = try evidence.found(entity, cursor.text(2))
    if let note = cursor.textOrNil(5) {
      text += "      \(VisibleText.of(note))\n"
      if action == .conflict, note.hasPrefix(DuplicateRows.mark), evidence.isOfDocuments {
        return text + evidence.created(entity, quotes, all: limit == nil)
      }
      if action == .conflict, note.hasPrefix(DuplicateRows.mark), set.state == .proposed {
        let rows = try DuplicateRows(warehouse, set, entity, key: cursor.text(2)).text
        if !rows.isEmpty { return text + rows }
      }
    }
    if let fields = cursor.textOrNil(4).flatMap({ JSON.parse($0) }) {
      let changes = FieldChange.parse(fields, entity)
      let past = changes.first { entity.fields[$0.field].name == "currency" }?.before.text ?? currency
      var said = PlanEvidence.SaidQuotes()
      for change in changes {
        text += line(change, entity, past: past, currency)
        let field = entity.fields[change.field]
        if field.approval != nil { text += evidence.line(quotes, field, change.after, &said) }
      }
    } else if action == .create {
      text += evidence.created(entity, quotes, all: limit == nil)
    }
    return text
  }

  private func headline(_ entity: Entity, _ row: borrowing StagedRow, _ currency: String) -> String {
    var parts: [String] = []
    for name in entity.headline {
      guard let index = entity.index(of: name) else { continue }
      let value = RowMerge.value(row, index)
      if value == .null { continue }
      let field = entity.fields[index]
      let label = field.type == .money || field.isInteger ? name.replacingUnderscores + " " : ""
      parts.append(label + ValueText.of(value, field, currency: currency))
    }
    return parts.isEmpty ? "" : "  " + parts.joined(separator: ", ")
  }

  private func line(_ change: FieldChange, _ entity: Entity, past: String, _ currency: String) -> String {
    let field = entity.fields[change.field]
    let name = field.name + String(repeating: " ", count: max(1, 22 - field.name.count))
    var text =
      "      \(name)\(ValueText.of(change.before, field, currency: past)) -> "
      + ValueText.of(change.after, field, currency: currency)
    if field.type == .money, past == currency, let before = change.before.int, let after = change.after.int {
      text += "   (\(ValueText.delta(Int64(after - before), currency)))"
    }
    if let approval = field.approval, change.before != .null || approval.mandatoryWhenNew {
      text += "   needs approval: \(approval.rawValue)" + (change.before == .null ? "" : ", overwrite")
    }
    return text + "\n"
  }

  // MARK: The end

  private func approvals() throws -> String {
    guard set.state == .proposed else { return "" }
    let isRead = try warehouse.run(number: set.runNumber)?.kind == .documents
    var text = ""
    for group in try warehouse.groups(of: set) where group.isMandatory {
      // The total of a contract stands beside its lines: a sum of both would be twice what is paid.
      let sum =
        group.field.isMoney && !isRead
        ? "\(ValueText.money(group.before, group.currency)) -> \(ValueText.money(group.after, group.currency))" : ""
      let kind = group.kind == .overwrite ? "overwrites" : "new"
      text +=
        "  \(group.field.rawValue)  \(kind)  \(Self.plural(group.items, "row"))" + (sum.isEmpty ? "" : "  \(sum)")
        + "\n"
    }
    if text.isEmpty { return "" }
    let who =
      isRead
      ? "Needs approvals value by value, by a person who sees each quote (trunkline review \(set.name)):"
      : "Needs an approval of its own, by a person at a terminal:"
    return "\n" + who + "\n" + text
  }

  private var footer: String {
    func count(_ name: String) -> Int { set.summary[name]?.int ?? 0 }
    var line = "Plan: \(count("create")) to add, \(count("update")) to change, \(count("soft_delete")) to delete"
    if count("restore") > 0 { line += ", \(count("restore")) to restore" }
    var rest: [String] = []
    if count("stubs") > 0 { rest.append(Self.plural(count("stubs"), "stub")) }
    if count("conflict") > 0 { rest.append(Self.plural(count("conflict"), "conflict") + ", not applied") }
    rest.append("\(count("unchanged")) unchanged")
    if count("rejected") > 0 {
      rest.append(RejectedCounts(summary: set.summary).words(evidence.isOfDocuments ? "page" : "row"))
    }
    let impact = set.summary["impact"]
    let mrc = (impact?["mrc"]?.members ?? []).map { ValueText.delta(Int64($0.value.int ?? 0), $0.name) }
    return line + "; " + rest.joined(separator: ", ") + ".\n"
      + "Impact: \(Self.plural(impact?["circuits"]?.int ?? 0, "circuit")), "
      + "\(Self.plural(impact?["contracts"]?.int ?? 0, "contract")), MRC "
      + (mrc.isEmpty ? "unchanged" : mrc.joined(separator: ", ") + " a month") + ".\n"
  }
}

extension ChangeAction {
  fileprivate var verb: String {
    switch self {
    case .create: "add"
    case .update: "change"
    case .softDelete: "delete"
    case .restore: "restore"
    case .conflict: "settle"
    }
  }
}

extension String {
  fileprivate var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}
