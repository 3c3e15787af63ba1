import Approval
import CLI
import Opening
import Warehouse

@main struct Main {
  nonisolated static func main() {
    Program.main(spec, explain: explain) { invocation in
      let request = try request(invocation)
      let warehouse = try Opening.warehouse(invocation)
      let dialogue = Dialogue(invocation: invocation, warehouse: warehouse)
      return try dialogue.run(request)
    }
  }

  nonisolated static var spec: CommandSpec {
    CommandSpec(
      name: "trunkline-approve", summary: "a person's decision about a change set", usage: "CS [options]",
      arguments: [Argument("CS", "the change set, as in CS-0001")],
      options: [
        .database,
        .value(
          "field", "FIELD", "approve this mandatory field in every row", choices: ApprovalRequest.fields,
          hasTwin: false),
        .list(
          "total", "TEXT",
          "what you expect it to sum to after the change: \"USD 6,950.00\", once per currency; "
            + "for etf, term, access the row count", hasTwin: false),
        .flag("overwrites", "approve the overwrites of committed values, not the new values", hasTwin: false),
        .flag("all-but-mandatory", "approve everything no mandatory field covers", hasTwin: false),
        .flag("reject", "reject the whole change set", hasTwin: false),
        .value(
          "item", "N", "one value read from a document, by its number in the review, with its quote", hasTwin: false),
        .value("reason", "TEXT", "why, kept with the decision", hasTwin: false),
        .value("as", "PRINCIPAL", "act as this user; only in a database made with --profile test", hasTwin: false),
      ],
      examples: [
        .init("trunkline approve CS-0001 --field mrc --total \"USD 6,950.00\"", "new monthly charges, all rows"),
        .init("trunkline approve CS-0001 --field mrc --overwrites --total \"USD 900.00\"", "changed monthly charges"),
        .init("trunkline approve CS-0001 --field term --total 24", "terms, by their number of rows"),
        .init("trunkline approve CS-0002 --item 14", "one value of a contract, after its quote was shown"),
        .init("trunkline approve CS-0001 --all-but-mandatory", "the rest"),
        .init("trunkline approve CS-0001 --reject --reason \"wrong month\"", "none of it"),
      ],
      exits: [.stale, .unapproved, .noInput, .temporary, .notPermitted],
      notes: [
        "each mandatory field is an act of its own; no option approves several at once",
        "what was read from documents is approved value by value (--item, or trunkline review), never by its total",
        "where two people may approve a field, nobody approves what they proposed",
        "no environment variable performs any of this",
      ])
  }

  nonisolated private static func request(_ invocation: Invocation) throws(Failure) -> ApprovalRequest {
    let item = try invocation.integer("item")
    let field = invocation.value("field")
    let others = [invocation.flag("all-but-mandatory"), invocation.flag("reject")].count { $0 }
    let acts = invocation.values("field").count + invocation.values("item").count + others
    guard acts == 1 else {
      throw Failure(
        .usage, acts == 0 ? "nothing is named to approve" : "one act at a time",
        hint: "give one of --field FIELD --total TEXT, --item N, --all-but-mandatory, --reject")
    }
    if field == nil, invocation.flag("overwrites") || !invocation.values("total").isEmpty {
      throw Failure(.usage, "--total and --overwrites go with --field", hint: "see trunkline approve --help")
    }
    let kind = invocation.flag("overwrites") ? ChangeGroup.Kind.overwrite : .new
    let approved = field.flatMap { ApprovalRequest.Act.approve(field: $0, kind) } ?? .approve(.rest)
    let named = item.map { ApprovalRequest.Act.approveItem($0) } ?? approved
    let act = invocation.flag("reject") ? ApprovalRequest.Act.reject : named
    return ApprovalRequest(
      set: invocation.arguments[0], act: act, totals: invocation.values("total"),
      reason: invocation.value("reason") ?? "")
  }

  @Sendable nonisolated private static func explain(_ error: any Error) -> Failure? {
    guard let refusal = error as? ApprovalRefusal else { return Opening.explain(error) }
    let status: ExitStatus =
      switch refusal.kind {
      case .stale: .stale
      case .unapproved: .unapproved
      case .notPermitted: .notPermitted
      case .usage: .usage
      }
    return Failure(status, refusal.message, hint: refusal.hint, details: refusal.details)
  }
}
