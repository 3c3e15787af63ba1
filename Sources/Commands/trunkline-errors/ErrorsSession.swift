import CLI
import Correction
import Domain
import Glibc
import Opening
import Records
import Warehouse
import YAML

/// One workbook from its inputs to its file.
struct ErrorsSession {
  private let invocation: Invocation
  private let paths: [String]
  private var source: FaultySource?
  /// Whether the table's own columns are known from its rejects.
  private var hasColumns = false
  private var hasExtra = false
  private var staged: [Int: [Issue]] = [:]
  private var findings: RunFindings?
  private var more: [FaultyRow] = []

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    paths = invocation.arguments
  }

  mutating func run() throws -> ExitStatus {
    try survey()
    findings = try readFindings()
    source = source ?? findings?.source
    try gather()
    let hasDuplicates = findings?.duplicates.isEmpty == false && !invocation.flag("errors-only")
    guard let source, !paths.isEmpty || !more.isEmpty || hasDuplicates else { throw CorrectionError.nothing }
    let isTable = invocation.value("format") == "csv"
    let out = invocation.value("out") ?? Self.name(source.file) + (isTable ? ".rejects.csv" : ".errors.xlsx")
    // Not under its name at once: what stands there may be corrected already.
    let whole = out + ".new"
    Interrupt.removeOnSignal(whole)
    let count = try isTable ? writeTable(source, whole) : writeWorkbook(source, whole, name: Self.name(out))
    try OutputFile.place(whole, at: out, invocation.console)
    invocation.console.note("\(count) rows to correct in \(out)")
    let back =
      isTable
      ? "correct it, then: trunkline extract \(out) | trunkline map --mapping FILE | trunkline stage | trunkline diff"
      : "open it, correct the coloured cells and save; then: trunkline fix \(out)"
    invocation.console.note(back)
    return .done
  }

  /// First pass: every file is whole, and all are of one table.
  private mutating func survey() throws {
    var reading = RejectReading()
    for path in paths { try reading.survey(path) }
    source = reading.source
    hasExtra = reading.hasExtra
    hasColumns = reading.hasRaw
    staged = reading.staged
  }

  private func readFindings() throws -> RunFindings? {
    let named = invocation.value("run")
    guard let name = named ?? source?.mapping["run"]?.text else { return nil }
    do {
      let warehouse = try Opening.warehouse(invocation)
      let findings = try RunFindings(warehouse.run(named: name), warehouse)
      if findings.tables > 1 { return try leaveOut(findings) }
      if findings.isGone {
        invocation.console.warning(
          "run \(findings.run) is committed: which of its rows contradict each other or came with a warning is gone",
          hint: "make the workbook before you commit; the plan still names those rows: trunkline changes show CS")
      }
      return findings
    } catch {
      if named != nil { throw error }
      invocation.console.note("the run \(name) is in no database at hand: duplicates, stubs and warnings are left out")
      return nil
    }
  }

  /// A run of several tables knows its rows by their numbers alone: which table a doubtful one is of cannot be said.
  private func leaveOut(_ findings: RunFindings) throws -> RunFindings? {
    let what = "the run \(findings.run) read \(findings.tables) tables, and a workbook is of one"
    let hint = "load the tables one by one to have their doubtful rows in workbooks"
    if paths.isEmpty { throw Failure(.usage, what, hint: hint) }
    invocation.console.warning(what + ": duplicates, stubs and warnings are left out", hint: hint)
    return nil
  }

  /// Rows whose original cells stand in the source only: refused by `stage`, contested, or accepted with a warning.
  private mutating func gather() throws {
    var wanted: [Int: (FaultyRow.Status, [Issue])] = [:]
    if !invocation.flag("errors-only") {
      for (row, issues) in findings?.warnings ?? [:] { wanted[row] = (.warning, issues) }
      for (row, issues) in findings?.misspelt ?? [:] { wanted[row] = (.stub, issues + (wanted[row]?.1 ?? [])) }
    }
    for (row, issues) in findings?.contested ?? [:] {
      wanted[row] = (.duplicate, issues + (wanted[row]?.1 ?? []))
    }
    for (row, issues) in staged { wanted[row] = (.rejected, issues + (wanted[row]?.1 ?? [])) }
    if wanted.isEmpty { return }
    guard let rows = try sourceRows(Set(wanted.keys)) else { return }
    if hasColumns, let source, rows.source?.hasSameColumns(as: source) == false {
      throw Failure(
        .noInput, "read again, \(source.file) has other columns than the rejects",
        hint: "extract it as before into FILE.jsonl and name that with --source FILE.jsonl")
    }
    let missing = wanted.keys.count { rows.cells[$0] == nil }
    if missing > 0 {
      invocation.console.warning(
        "\(missing) of the rows to correct are not in the table as it was read again, and are left out",
        hint: "extract it as before into FILE.jsonl and name that with --source FILE.jsonl")
    }
    source = rows.source?.mapped(by: source?.mapping ?? .null) ?? source
    for (row, what) in wanted.sorted(by: { $0.key < $1.key }) {
      guard let cells = rows.cells[row] else { continue }
      more.append(FaultyRow(row: row, status: what.0, cells: cells, issues: what.1))
    }
  }

  /// The table read again by `extract`, if it is at hand and still the same file.
  private func sourceRows(_ wanted: Set<Int>) throws -> SourceRows? {
    let named = invocation.value("source")
    guard let path = named ?? source.flatMap({ access($0.file, R_OK) == 0 ? $0.file : nil }) else {
      let rows = wanted.count == 1 ? "1 row" : "\(wanted.count) rows"
      invocation.console.warning(
        "\(rows) refused or doubted after mapping are left out: their cells stand in the source only",
        hint: "name the table with --source FILE")
      return nil
    }
    if path.hasSuffix(".jsonl") { return try streamRows(wanted, path) }
    var rows: SourceRows?
    // What extract refuses is in its own file of rejects already.
    let again = Self.name(path) + ".\(getpid()).rejects"
    let words = ["--rejects", again] + (source?.reading ?? []) + [path]
    // What came of a workbook of corrections is in no table that extract could read.
    let reads =
      source?.isCorrected == true
      ? "\(Chain.program("fix")) --quiet --stream \(Chain.quoted(path))"
      : "\(Chain.program("extract")) --quiet " + words.map(Chain.quoted).joined(separator: " ")
    let status = try Interrupt.handedOn {
      defer { unlink(again) }
      return try Chain.shell(reads, drain: { rows = try SourceRows(wanted, from: $0) })
    }
    guard status == 0 || status == ExitStatus.rejects.rawValue, let rows else {
      throw Failure(.failed, "the source could not be read again", place: path, hint: "see the message above")
    }
    if let known = source?.digest, !known.isEmpty, rows.source?.digest != known {
      throw Failure(
        .noInput, "this is not the file the rows came from", place: path,
        hint: "its contents have changed since: name the original with --source")
    }
    return rows
  }

  /// The rows as a stream, the way `trunkline fix` hands them on.
  private func streamRows(_ wanted: Set<Int>, _ path: String) throws -> SourceRows {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw CorrectionError.unreadable(path: path, errno: errno) }
    defer { close(file) }
    let rows = try SourceRows(wanted, of: source, from: file)
    if rows.source == nil {
      throw Failure(
        .noInput, "the table the rows came from is not in this stream", place: path,
        hint: "name the original with --source")
    }
    return rows
  }

  // MARK: Writing

  private func each(_ body: (FaultyRow) throws -> Void) throws {
    var reading = RejectReading()
    for path in paths { try reading.read(path, body) }
    for row in more { try body(row) }
  }

  private func writeTable(_ source: FaultySource, _ out: String) throws -> Int {
    var count = 0
    try OutputFile.write(out) { descriptor in
      var table = try RejectTable(source, hasExtra: hasExtra, to: descriptor)
      try each { row in
        count += 1
        try table.write(row)
      }
      try table.finish()
    }
    return count
  }

  private func writeWorkbook(_ source: FaultySource, _ out: String, name: String) throws -> Int {
    let day = try Clock.asOf(invocation)
    guard let asOf = CalendarDate(year: day.year, month: day.month, day: day.day) else {
      throw Failure(.usage, "--as-of lies outside 1900 to 2199", hint: "name a day within")
    }
    var facts = ErrorWorkbook.Facts(source: source, asOf: asOf)
    facts.hasExtra = hasExtra
    facts.targets = try targets(source)
    facts.findings = findings
    facts.guesses = try guesses(source, facts.targets)
    facts.author = try Principal.osUser()
    facts.name = name
    let result = try ErrorWorkbook(facts).write(to: out) { try each($0) }
    for warning in result.warnings { invocation.console.warning(warning) }
    return result.rows
  }

  private func targets(_ source: FaultySource) throws -> ColumnTargets {
    let named = invocation.value("mapping")
    guard let path = named ?? source.mapping["file"]?.text else { return .unknown }
    if named == nil, access(path, R_OK) != 0 { return .unknown }
    return ColumnTargets(try SpecReader.parse(file: path, bytes: InputFile.read(path)))
  }

  /// What `map suggest` would take the columns for that the mapping leaves out; none where it cannot say.
  private func guesses(_ source: FaultySource, _ targets: ColumnTargets) throws -> [String: [ColumnGuess]] {
    guard source.columns.contains(where: { targets.omission($0.name) != nil }) else { return [:] }
    let entity = targets.entity.map { " --entity " + Chain.quoted($0) } ?? ""
    var answer: [UInt8] = []
    let status = try Chain.shell(
      "\(Chain.program("map")) suggest --json --quiet\(entity) 2> /dev/null",
      feed: { try ColumnGuess.question(source, to: $0) }, drain: { answer = try InputFile.read("/dev/fd/\($0)") })
    guard status == 0, let json = JSON.parse(String(decoding: answer, as: UTF8.self)) else { return [:] }
    return ColumnGuess.all(json)
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
