import CLI
import Correction
import Digest
import Glibc
import Opening
import Process
import Records
import Scratch
import Warehouse

/// One workbook from its bytes to a plan, and to the next workbook where rows are rejected again.
struct FixSession {
  private let invocation: Invocation
  private let path: String
  private let digest: String
  private let rows: CorrectedRows

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    path = invocation.arguments[0]
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(.noInput, SystemError.text(errno), place: path) }
    defer { close(file) }
    digest = try Self.digest(of: file, path)
    let temporary = invocation.environment["TMPDIR"] ?? "/tmp"
    let text = try Self.temporary { () throws(TemporaryPlace.Failure) in
      try TemporaryPlace.file(in: temporary, named: "trunkline-fix")
    }
    let workbook = try ReturnedWorkbook(
      descriptor: file, path: path, text: text, read: BookChild.reading(temporary: temporary))
    guard workbook.faults.isEmpty else { throw Self.refuse(workbook.faults, path, invocation.console) }
    rows = try CorrectedRows(workbook)
  }

  /// Of the file's bytes, a block at a time; the descriptor stands at the beginning again.
  private static func digest(of file: Int32, _ path: String) throws(Failure) -> String {
    var digest = SHA256()
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(file, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(.noInput, SystemError.text(errno), place: path) }
      if count == 0 { break }
      block.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    lseek(file, 0, SEEK_SET)
    return digest.finishHex()
  }

  private static func refuse(_ faults: [ReturnedWorkbook.Fault], _ path: String, _ console: Console) -> Failure {
    for fault in faults.prefix(20) { console.warning(fault.reason, place: "\(path), sheet Fix, \(fault.cell)") }
    let count = faults.count == 1 ? "1 cell is" : "\(faults.count) cells are"
    return Failure(
      .badData, "\(count) in the way, nothing was taken", place: path,
      hint: "put these cells right (undo, or type them as text after an apostrophe), save, and run it again")
  }

  func run() throws -> ExitStatus {
    tell()
    if invocation.flag("stream") {
      if !rows.decisions.isEmpty {
        invocation.console.warning(
          "\(Self.columns(rows.decisions)) on the sheet \(FixColumns.unmapped) are left aside",
          hint: "run fix without --stream, or write them into the mapping")
      }
      try rows.write(to: STDOUT_FILENO, name: Self.name(path), digest: digest, author: Principal.osUser())
      return .done
    }
    let warehouse = try Opening.warehouse(invocation)
    let actor = invocation.value("as")
    let author = try Who.proposer(warehouse, actsAs: actor)
    guard rows.handedOn > 0 || !rows.decisions.isEmpty else {
      invocation.console.note("no row is handed on: there is nothing to plan")
      return .done
    }
    try tellOfOthers(warehouse)
    let mapping = try mapping()
    try decide(mapping)
    guard rows.handedOn > 0 else { return .done }
    return try Interrupt.handedOn { try plan(warehouse, mapping, author, actor) }
  }

  private func plan(
    _ warehouse: OpenWarehouse, _ mapping: String, _ author: String, _ actor: String?
  ) throws -> ExitStatus {
    let temporary = invocation.environment["TMPDIR"] ?? "/tmp"
    let folder = try Self.temporary { () throws(TemporaryPlace.Failure) in
      try TemporaryPlace.folder(in: temporary, named: "trunkline-fix")
    }
    defer { remove(folder) }
    Chain.work(in: folder)
    try OutputFile.write(folder + "/rows.jsonl") {
      try rows.write(to: $0, name: Self.name(path), digest: digest, author: author)
    }
    let status = try chain(folder, mapping, actor)
    try Interrupt.check()
    guard status == ExitStatus.done.rawValue || status == ExitStatus.changes.rawValue else {
      return ExitStatus(rawValue: status) ?? .failed
    }
    let log = CorrectionLog(warehouse)
    guard let run = try log.run(ofWorkbook: digest) else { return .failed }
    let role = (try? Who.user(invocation, warehouse, actsAs: actor).role) ?? "unknown"
    try log.record(rows, run: run, workbook: digest, author: author, role: role, at: Clock.instant())
    let left = try nextWorkbook(folder, run, mapping)
    return left ? .rejects : ExitStatus(rawValue: status) ?? .failed
  }

  /// Rows that were accepted with the run of the workbook and are in no plan that was committed yet.
  private func tellOfOthers(_ warehouse: OpenWarehouse) throws {
    guard let name = rows.run, let run = try? warehouse.run(named: name),
      run.state == "planned" || run.state == "staged"
    else { return }
    let set = try CorrectionLog(warehouse).changeSet(of: run)
    invocation.console.warning(
      "the other rows of \(rows.file) are not committed yet: the two plans may propose the same record, and then the one"
        + " that is committed last is refused as stale",
      hint: set.map { "commit \($0) first, then run this again" } ?? "plan them with: trunkline diff --run \(name)")
  }

  /// What came back, and every change of a program that was undone.
  private func tell() {
    let console = invocation.console
    var parts = ["\(rows.handedOn) handed on"]
    if rows.count(.skip) > 0 { parts.append("\(rows.count(.skip)) skipped") }
    if rows.count(.delete) > 0 { parts.append("\(rows.count(.delete)) deleted, which stay rejected") }
    let edited = rows.count(.edit) == 1 ? "1 cell" : "\(rows.count(.edit)) cells"
    console.note("rows of \(rows.file): " + parts.joined(separator: ", ") + "; \(edited) edited")
    let undone = rows.edits.filter { $0.kind == .undo }
    for edit in undone.prefix(10) {
      console.note(
        "row \(edit.row), \(edit.column): \"\(edit.after)\" stands as \"\(edit.before)\" again: \(edit.comment)")
    }
    if undone.count > 10 {
      console.note("and \(undone.count - 10) more cells, as the spreadsheet program changed them")
    }
  }

  private func mapping() throws -> String {
    let named = invocation.value("mapping")
    guard let path = named ?? rows.mappingFile else {
      throw Failure(
        .usage, "no --mapping",
        hint: "the rows were refused before a mapping was involved: name one with --mapping FILE")
    }
    if path != "auto", let known = rows.mappingDigest, SHA256.hex(of: try InputFile.read(path)) != known {
      invocation.console.note("\(path) has changed since the rows were refused")
    }
    return path
  }

  /// Writes what was decided about columns into the mapping, once `map` takes it so.
  private func decide(_ mapping: String) throws {
    if rows.decisions.isEmpty { return }
    guard mapping != "auto" else {
      throw Failure(
        .usage, "decisions about columns need a mapping to be written into", hint: "name it with --mapping FILE")
    }
    let before = String(decoding: try InputFile.read(mapping), as: UTF8.self)
    var after = try MappingRevision.text(of: mapping, before, with: rows.decisions)
    if after == before { return }
    let draft = mapping + ".new"
    try OutputFile.write(draft) { file in try after.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: file) }
    }
    Interrupt.removeOnSignal(draft)
    let line = "\(Chain.program("map")) --quiet --mapping \(Chain.quoted(draft)) < /dev/null > /dev/null"
    guard try Chain.shell(line) == ExitStatus.done.rawValue else {
      unlink(draft)
      throw Failure(
        .badData, "a decision on the sheet \(FixColumns.unmapped) is no target", place: path,
        hint: "write a target as docs/mappings.md has it, such as endpoint.a.city, or ignore")
    }
    try OutputFile.place(draft, at: mapping, invocation.console)
    invocation.console.warning(
      "\(mapping) now has \(Self.columns(rows.decisions))",
      hint: "rows loaded before were read without it: run the chain once more on \(rows.file)")
  }

  private static func columns(_ decisions: [ColumnDecision]) -> String {
    (decisions.count == 1 ? "the decision about " : "the decisions about ")
      + decisions.map { "\"\($0.column)\"" }.joined(separator: ", ")
  }

  // MARK: The chain

  /// What map and stage say of their rejects, which here are gone with the folder: the next workbook has them.
  private static let way = "hint: the reasons are in "

  /// Runs map, stage and diff; answers the exit status of diff.
  private func chain(_ folder: String, _ mapping: String, _ actor: String?) throws -> Int32 {
    try Chain.inherit(invocation)
    let own = actor.map { " --as " + Chain.quoted($0) } ?? ""
    let entity = invocation.value("entity").map { " --entity " + Chain.quoted($0) } ?? ""
    func file(_ name: String) -> String { Chain.quoted(folder + "/" + name) }
    return try Chain.shell(
      "\(Chain.program("map")) --quiet --mapping \(Chain.quoted(mapping))\(entity) --rejects \(file("map.jsonl"))"
        + " < \(file("rows.jsonl")) 2> \(file("map.txt"))"
        + " | \(Chain.program("stage")) --quiet --rejects \(file("stage.jsonl"))\(own) 2> \(file("stage.txt"))"
        + " | \(Chain.program("diff"))\(own)"
        + "; status=$?; cat \(file("map.txt")) \(file("stage.txt")) | grep -v '\(Self.way)' >&2; exit $status")
  }

  /// A workbook of what is still refused; false when nothing is.
  private func nextWorkbook(_ folder: String, _ run: Run, _ mapping: String) throws -> Bool {
    let rejects = ["map.jsonl", "stage.jsonl"].map { folder + "/" + $0 }.filter { access($0, R_OK) == 0 }
    let out = Self.next(path)
    let database = try invocation.setting("db")?.values.last.map { " --db " + Chain.quoted($0) } ?? ""
    let words =
      rejects + ["--run", run.name, "--source", folder + "/rows.jsonl", "--out", out]
      + (mapping == "auto" ? [] : ["--mapping", mapping])
    let line =
      "\(Chain.program("errors")) --quiet --errors-only\(database) " + words.map(Chain.quoted).joined(separator: " ")
    let known = access(out, F_OK) == 0
    let told = Chain.quoted(folder + "/errors.txt")
    let status = try Chain.shell("\(line) 2> \(told); status=$?; [ $status != 0 ] || cat \(told) >&2; exit $status")
    if status == ExitStatus.noInput.rawValue, !known || rejects.isEmpty {
      if rejects.isEmpty { invocation.console.note("no row is rejected: nothing is left to correct") }
      return false
    }
    guard status == 0 else {
      throw Failure(
        .failed, "the next workbook could not be written",
        hint: String(decoding: try InputFile.read(folder + "/errors.txt"), as: UTF8.self))
    }
    invocation.console.warning("rows are rejected again: \(out)", hint: "correct it, then: trunkline fix \(out)")
    return true
  }

  /// `inv.csv.errors-2.xlsx` after `inv.csv.errors.xlsx`.
  private static func next(_ path: String) -> String {
    let ending = [".xlsx", ".ods"].first { path.hasSuffix($0) } ?? ""
    let base = String(path.dropLast(ending.count))
    let digits = String(base.reversed().prefix { $0.isNumber }.reversed())
    if let round = Int(digits), base.dropLast(digits.count).hasSuffix("-") {
      return base.dropLast(digits.count) + "\(round + 1).xlsx"
    }
    return base + "-2.xlsx"
  }

  private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  private static func temporary<Place>(_ make: () throws(TemporaryPlace.Failure) -> Place) throws -> Place {
    do throws(TemporaryPlace.Failure) {
      return try make()
    } catch {
      throw Failure(
        .failed, "no temporary file can be made: " + SystemError.text(error.errno), hint: "free space, or set TMPDIR")
    }
  }

  /// With what a step that was ended left unfinished.
  private func remove(_ folder: String) {
    _ = try? ChildProcess("/bin/rm", ["-rf", "--", folder], descriptors: []).run()
  }
}
