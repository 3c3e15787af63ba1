import Approval
import CLI
import Comparison
import Domain
import Glibc
import Opening
import Pages
import Review
import Warehouse

/// Decisions from a file into acts of whoever runs the program, at a terminal and after a last look.
struct DecisionRecorder {
  private let invocation: Invocation
  private let warehouse: OpenWarehouse
  private let user: User

  init(_ invocation: Invocation) throws {
    let warehouse = try Opening.warehouse(invocation)
    self.init(invocation, warehouse, try Who.user(invocation, warehouse, actsAs: invocation.value("as")))
  }

  init(_ invocation: Invocation, _ warehouse: OpenWarehouse, _ user: User) {
    self.invocation = invocation
    self.warehouse = warehouse
    self.user = user
  }

  /// Every decision of a file, held against the change set; all of its faults in one failure, status 65.
  static func decisions(_ bytes: [UInt8], _ path: String, _ sheet: ReviewSheet) throws(Failure) -> [Decision] {
    do throws(DecisionFile.Faults) {
      return try DecisionFile.read(bytes, for: sheet)
    } catch {
      let more = error.faults.count > 20 ? ["and \(error.faults.count - 20) more lines"] : []
      let count = error.faults.count == 1 ? "1 line is" : "\(error.faults.count) lines are"
      throw Failure(
        .badData, "\(count) not taken, and nothing was recorded", place: path,
        hint: "save the decisions anew from the page or terminal they were made on",
        details: error.faults.prefix(20).map { "line \($0.line) \($0.why)" } + more)
    }
  }

  func apply(file path: String) throws -> ExitStatus {
    let bytes = try InputFile.read(path, limit: DecisionFile.limit)
    guard let name = DecisionFile.changeSet(of: bytes) else {
      throw Failure(
        .badData, "no decision is in it", place: path, hint: "save the decisions of a review first, and name that file")
    }
    let sheet = try SheetReader(warehouse, for: user).sheet(of: name)
    guard !sheet.items.contains(where: \.isWithheld) else {
      throw WarehouseError.notPermitted(principal: user.email, role: user.role, what: "review prices, fees and terms")
    }
    let decisions = try Self.decisions(bytes, path, sheet)
    return try record(decisions, sheet, path, asking: "type \(sheet.changeSet) to record them: ")
  }

  /// After a review at the terminal: records now, or leaves the file for later.
  func offer(_ decisions: [Decision], _ sheet: ReviewSheet, _ path: String) throws -> ExitStatus {
    do {
      return try record(
        decisions, sheet, path,
        asking: "type \(sheet.changeSet) to record them now, or press Enter to leave them in \(path): ")
    } catch ApprovalRefusal.unconfirmed {
      try say("nothing was recorded; later: trunkline review apply \(path)\n")
      return .done
    }
  }

  private func record(
    _ decisions: [Decision], _ sheet: ReviewSheet, _ path: String, asking question: String
  ) throws -> ExitStatus {
    let reviewed = ReviewedValues(sheet, decisions)
    if !reviewed.isAllRejected, let revision = try Self.request(reviewed, path) {
      return try revise(reviewed, revision, sheet, path, asking: question)
    }
    return try record(decisions, sheet, asking: question)
  }

  private static func request(_ reviewed: ReviewedValues, _ path: String) throws(Failure) -> RevisionRequest? {
    do throws(EditedItem.Refusal) {
      return try reviewed.request()
    } catch {
      throw Failure(.badData, error.why, place: path, hint: "edit it anew, or reject it")
    }
  }

  // MARK: A successor

  /// Edits and rejections make a change set of their own; what else was decided is then confirmed for that one.
  private func revise(
    _ reviewed: ReviewedValues, _ request: RevisionRequest, _ sheet: ReviewSheet, _ path: String,
    asking question: String
  ) throws -> ExitStatus {
    let reviser = Reviser(warehouse, by: user, now: Clock.instant(environment: invocation.environment))
    let text = RevisionText.announcement(try reviser.preview(request), of: sheet)
    let method = try confirm(text, question, sheet.changeSet)
    let successor = try reviser.revise(request, atTerminal: method == .terminal)
    try invocation.console.out(RevisionText.made(successor, of: sheet))
    let next = try SheetReader(warehouse, for: user).sheet(of: successor.name)
    let carried = try mayConfirm(reviewed.carried(to: next), next)
    let place = OutputFile.beside(path, "\(successor.name).decisions.jsonl")
    guard carried.isEmpty || keep(carried, place) else {
      return try record(carried, next, place, asking: "type \(next.changeSet) to record them: ")
    }
    if !carried.isEmpty { try invocation.console.out(RevisionText.carried(carried.count, place)) }
    return try offer(carried, next, place)
  }

  /// False where the file cannot be written: the successor stands by then, and a full disk is no reason to lose decisions.
  private func keep(_ decisions: [Decision], _ place: String) -> Bool {
    do {
      try OutputFile.write(place) { file in
        var text = DecisionFile.text(decisions)
        try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: file) }
      }
      return true
    } catch {
      let why = (error as? Failure)?.message ?? "\(error)"
      invocation.console.warning(
        "the decisions about the other values cannot be kept: \(why)", place: place,
        hint: "confirm them now, or decide on them anew")
      return false
    }
  }

  /// Leaves out, by name, the values that this person wrote or proposed and another may approve.
  private func mayConfirm(_ decisions: [Decision], _ sheet: ReviewSheet) throws -> [Decision] {
    let set = try warehouse.changeSet(sheet.changeSet)
    let barred = try warehouse.requirements(of: set).filter { requirement in
      guard requirement.change != nil else { return false }
      return try warehouse.objection(to: user, approving: requirement.scope, of: set, requirement.change) != nil
    }
    let numbers = Set(barred.compactMap(\.change?.number))
    let left = sheet.items.filter { item in
      numbers.contains(item.number)
        && (item.quote?.evidence.editor != nil || decisions.contains { $0.isAbout(item) })
    }
    if !left.isEmpty { try invocation.console.out(RevisionText.leftToOthers(left)) }
    return decisions.filter { made in !left.contains { made.isAbout($0) } }
  }

  // MARK: Acts

  private func record(_ decisions: [Decision], _ sheet: ReviewSheet, asking question: String) throws -> ExitStatus {
    let requests = requests(decisions, sheet)
    let approver = Approver(warehouse, as: user)
    var acts: [(PreparedAct, ApprovalRequest)] = []
    var text = ""
    for request in requests {
      switch try approver.prepare(request) {
      case .notice(let notice): text += notice + "\n"
      case .prepared(let act):
        text += ApprovalText.evidence(act)
        acts.append((act, request))
      }
    }
    guard !acts.isEmpty else {
      try say(text + (requests.isEmpty ? "nothing is decided that could be recorded\n" : "") + next(sheet.changeSet))
      return .done
    }
    let method = try confirm(text, question, sheet.changeSet)
    let now = Clock.instant(environment: invocation.environment)
    for (act, request) in acts {
      try approver.record(act, request, method: method, at: now)
      try invocation.console.out(ApprovalText.recorded(act))
    }
    try invocation.console.out(next(sheet.changeSet))
    return .done
  }

  /// What the decisions ask for: the set is rejected where everything is; the rest counts once every other item is approved.
  private func requests(_ decisions: [Decision], _ sheet: ReviewSheet) -> [ApprovalRequest] {
    func decision(_ item: ReviewItem) -> Decision? { decisions.first { $0.isAbout(item) } }
    func said(_ decision: Decision) -> String { decision.comment.isEmpty ? "" : ": \(decision.comment)" }
    let rejected = sheet.items.compactMap { item in
      decision(item).flatMap { $0.verdict == .reject ? "item \(item.number), \(item.title)\(said($0))" : nil }
    }
    if !rejected.isEmpty, rejected.count == sheet.items.count {
      return [ApprovalRequest(set: sheet.changeSet, act: .reject, reason: rejected.joined(separator: "; "))]
    }
    var requests = sheet.items.compactMap { item -> ApprovalRequest? in
      guard item.mandatory != nil, let made = decision(item), made.verdict == .approve else { return nil }
      return ApprovalRequest(
        set: sheet.changeSet, act: .approveItem(item.number), reason: "reviewed (\(made.surface.rawValue))\(said(made))"
      )
    }
    let others = sheet.items.filter { $0.mandatory == nil }
    if !others.isEmpty, others.allSatisfy({ decision($0)?.verdict == .approve }) {
      requests.append(ApprovalRequest(set: sheet.changeSet, act: .approve(.rest), reason: "reviewed"))
    }
    return requests
  }

  /// A person types the change set's name; only a test database takes a script's word instead.
  private func confirm(_ text: String, _ question: String, _ name: String) throws -> ApprovalRecord.Method {
    guard Prompt.isPossible, invocation.value("as") == nil else {
      guard warehouse.isTest else { throw ApprovalRefusal.noTerminal }
      try say(text)
      return .scripted
    }
    let banner = warehouse.isTest ? ApprovalText.testBanner : ""
    guard try Prompt.ask(banner + text + question) == name else { throw ApprovalRefusal.unconfirmed(expected: name) }
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
