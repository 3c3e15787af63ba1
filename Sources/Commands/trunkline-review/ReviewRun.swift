import CLI
import Glibc
import Opening
import Pages
import Review
import Warehouse

/// One change set from the database to a page, or to a person at the terminal.
struct ReviewRun {
  private let invocation: Invocation
  private let warehouse: OpenWarehouse
  private let user: User
  private let set: ChangeSet
  private let originals: Originals

  init(_ invocation: Invocation, _ argument: String) throws {
    self.invocation = invocation
    warehouse = try Opening.warehouse(invocation)
    user = try Who.user(invocation, warehouse, actsAs: invocation.value("as"))
    set = try warehouse.changeSet(PlanOutput.name(argument, warehouse))
    originals = try Originals(invocation)
  }

  func start() throws -> ExitStatus {
    let reader = SheetReader(warehouse, for: user)
    let quoted = try reader.quotedPages(of: set.name)
    if invocation.value("html") == nil {
      guard Prompt.isPossible else {
        throw Failure(
          .waiting, "a review at the terminal needs a person: standard input and standard error must be a terminal",
          hint: "for a page to review it by: trunkline review \(set.name) --html DIR")
      }
    }
    let sheet = try reader.sheet(of: set.name, pages: originals.pages(quoted))
    if let folder = invocation.value("html") { return try write(sheet, to: folder) }
    return try talk(sheet)
  }

  // MARK: Page

  private func write(_ sheet: ReviewSheet, to folder: String) throws -> ExitStatus {
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Failure(.failed, SystemError.text(errno), place: folder) }
    let path = "\(folder)/\(sheet.changeSet).html"
    var pictures = 0
    let page = ReviewPage(sheet) { page in
      let view = try originals.view(of: page)
      if case .image = view { pictures += 1 }
      return view
    }
    try OutputFile.write(path) { file in
      try page.write { piece in
        var piece = piece
        try piece.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: file) }
      }
    }
    let pages = sheet.pages.count
    try invocation.console.out(
      "\(path): \(sheet.items.count == 1 ? "1 value" : "\(sheet.items.count) values"),"
        + " \(pictures) of \(pages == 1 ? "1 page" : "\(pages) pages") with a picture\n"
        + "decide there, save the decisions, then: trunkline review apply \(sheet.changeSet).decisions.jsonl\n")
    return .done
  }

  // MARK: Terminal

  private func talk(_ sheet: ReviewSheet) throws -> ExitStatus {
    let path = invocation.value("decisions") ?? "\(set.name).decisions.jsonl"
    let recorder = DecisionRecorder(invocation, warehouse, user)
    let earlier = try InputFile.readIfPresent(path, limit: DecisionFile.limit)
    var desk = ReviewDesk(
      sheet, decisions: try earlier.map { try DecisionRecorder.decisions($0, path, sheet) } ?? [],
      principal: user.email,
      original: originals.place)
    try work(&desk, path)
    let progress = desk.progress
    guard desk.decisions.contains(where: { $0.verdict != .skip }) else {
      try invocation.console.out("nothing is decided: \(progress.text)\n")
      return .done
    }
    try invocation.console.out("\(path): \(progress.text)\n")
    return try recorder.offer(desk.decisions, sheet, path)
  }

  private func work(_ desk: inout ReviewDesk, _ path: String) throws {
    let terminal = try KeyTerminal()
    while true {
      let size = terminal.size
      try terminal.draw(desk.screen(columns: size.columns, rows: size.rows))
      var effect = ReviewDesk.Effect.none
      switch terminal.key() {
      case .letter(let letter): effect = desk.press(letter, at: now)
      case .up: desk.move(-1)
      case .down: desk.move(1)
      case .enter: desk.nextOpen()
      case .escape, .resized: continue
      case .end: throw Failure(.failed, "the terminal is gone", hint: "every decision is in \(path)")
      }
      while case .ask(let question) = effect { effect = desk.answer(try terminal.line(question), at: now) }
      if effect == .save { try save(desk.decisions, path) }
      if effect == .leave { return }
    }
  }

  private var now: String { Clock.instant(environment: invocation.environment) }

  /// Replaces the file whole, so that a decision taken back leaves nothing behind.
  private func save(_ decisions: [Decision], _ path: String) throws {
    try OutputFile.write(path) { file in
      var text = DecisionFile.text(decisions)
      try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: file) }
    }
  }
}
