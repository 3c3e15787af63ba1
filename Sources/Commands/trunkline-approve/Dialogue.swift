import Approval
import CLI
import Warehouse

/// One act from its request to its record, with the person at the terminal in between.
struct Dialogue {
  let invocation: Invocation
  let warehouse: OpenWarehouse

  func run(_ request: ApprovalRequest) throws -> ExitStatus {
    let alias = invocation.value("as")
    if alias != nil, !warehouse.isTest { throw WarehouseError.testProfileOnly("--as") }
    let user = try alias.map { try warehouse.user(named: $0) } ?? warehouse.user(login: Principal.osUser())
    let approver = Approver(warehouse, as: user)
    switch try approver.prepare(request) {
    case .notice(let text):
      try say(text + "\n" + next(request.set))
    case .prepared(let act):
      let method = try confirm(act, scripted: alias != nil)
      try approver.record(act, request, method: method, at: Clock.instant(environment: invocation.environment))
      let evidence = method == .scripted ? ApprovalText.evidence(act) : ""
      try say(evidence + ApprovalText.recorded(act) + next(request.set))
    }
    return .done
  }

  /// A person types the confirmation; only a test database takes a script's word instead.
  private func confirm(_ act: PreparedAct, scripted: Bool) throws -> ApprovalRecord.Method {
    guard Prompt.isPossible, !scripted else {
      guard warehouse.isTest else { throw ApprovalRefusal.noTerminal }
      return .scripted
    }
    let banner = warehouse.isTest ? ApprovalText.testBanner : ""
    let answer = try Prompt.ask(
      banner + ApprovalText.evidence(act) + "type \(act.confirmation) to confirm: ")
    guard answer == act.confirmation else { throw ApprovalRefusal.unconfirmed(expected: act.confirmation) }
    return .terminal
  }

  private func next(_ name: String) throws -> String {
    let set = try warehouse.changeSet(name)
    guard set.state == .proposed else { return "" }
    return ApprovalText.next(set, try warehouse.missingApprovals(for: set))
  }

  private func say(_ text: String) throws {
    try invocation.console.out((warehouse.isTest ? ApprovalText.testBanner : "") + text)
  }
}
