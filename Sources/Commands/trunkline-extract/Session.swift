import CLI
import Extraction
import Glibc
import Pages
import Records

/// One run of the command over all its files.
struct Session {
  private let invocation: Invocation
  private let console: Console
  private let extractor: Extractor
  private let temporary: String
  private var rejected = 0
  private var rejectedPages = 0
  private var failures: [Failure] = []
  private var documents: Documents
  /// Documents whose stream has no pages.
  private var unread = 0

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    console = invocation.console
    temporary = invocation.environment["TMPDIR"] ?? "/tmp"
    let options = try ExtractionOptions { invocation.value($0) }
    documents = try Documents(invocation, temporary: temporary)
    let known = try invocation.value("known").map { try KnownSources(InputFile.read($0, limit: 64 << 20)) }
    extractor = Extractor(
      options: options, documents: try invocation.documentFolder().map { DocumentStore(folder: $0) },
      known: known ?? KnownSources())
  }

  mutating func run() throws -> ExitStatus {
    let paths = try files()
    var rejects: RejectFile?
    for path in paths {
      do {
        try extract(path, of: paths.count, &rejects)
      } catch let error as ExtractionError {
        if case .output(.output(errno: EPIPE)) = error { throw BrokenPipe() }
        if Self.endsAll(error) || paths.count == 1 { throw error }
        let failure = Self.failure(error)
        console.error(failure)
        failures.append(failure)
      }
    }
    try rejects?.finish()
    if let rejects, rejects.count > 0 {
      let pages = rejectedPages
      if pages > 0 {
        let what = pages == 1 ? "1 document or page was" : "\(pages) documents or pages were"
        console.note("\(what) not read, see \(rejects.path)")
      }
      if rejects.count > pages {
        console.note(
          "\(rejects.count - pages) rows rejected, see \(rejects.path); next: trunkline errors \(rejects.path)")
      }
      if let kept = rejects.kept { console.note("an earlier \(rejects.path) was kept as \(kept)") }
    }
    if !failures.isEmpty { return failures.count == paths.count ? .failed : .partial }
    if unread > 0, unread < paths.count { return .partial }
    return rejected + rejectedPages > 0 ? .rejects : .done
  }

  private mutating func extract(_ path: String, of count: Int, _ rejects: inout RejectFile?) throws {
    let source = try SourceFile(path, temporary: temporary)
    if source.isPDF { return try document(source, of: count, &rejects) }
    guard let book = try Workbook(source, temporary: temporary, read: SheetChild.reading(temporary: temporary)) else {
      let digest = try source.digest()
      if count == 1, !invocation.flag("explain"), try passOver(source, digest) { return }
      return try extract(source, TableSurvey(source, digest: digest, extractor.options), of: count, &rejects)
    }
    // All before any is written, so that a sheet without a table leaves nothing of the others behind.
    let tables = try tables(source, book)
    let surveys = try tables.map { try TableSurvey($0, extractor.options) }
    if !source.isUnchanged { throw ExtractionError.changed(path: path, begun: false) }
    for survey in surveys { try extract(source, survey, of: max(count, surveys.count), &rejects) }
  }

  /// Whether the file was loaded before, so that its rows need not be read.
  private func passOver(_ source: borrowing SourceFile, _ digest: String) throws -> Bool {
    guard let unread = try extractor.passOver(source, digest: digest, to: STDOUT_FILENO) else { return false }
    for load in unread.loads {
      let mapping = load.mapping["name"]?.text ?? "a mapping"
      console.note("\(source.path): not read, run \(load.run) loaded the same bytes by \(mapping)")
    }
    return true
  }

  private func tables(_ source: borrowing SourceFile, _ book: Workbook) throws -> [SheetTable] {
    let choice = SheetChoice(invocation.values("sheet"))
    do {
      return try book.tables(choice)
    } catch {
      guard case .oldWorkbook = error, invocation.flag("convert") else { throw error }
    }
    let conversion = Conversion(path: invocation.environment["PATH"] ?? "/usr/bin:/bin", temporary: temporary)
    let converted = try conversion.xlsx(of: source)
    let read = SheetChild.reading(temporary: temporary)
    return try Workbook(converted: converted, of: source, temporary: temporary, read: read).tables(choice)
  }

  private mutating func extract(
    _ source: borrowing SourceFile, _ survey: TableSurvey, of count: Int, _ rejects: inout RejectFile?
  ) throws {
    var survey = survey
    survey.sources = count
    if invocation.flag("explain") { return try console.out(Explanation.text(survey)) }
    for note in survey.notes { console.note("\(source.path): \(note.text) (\(note.code))") }
    if rejects == nil { rejects = rejectFile(survey.run) }
    var progress = Progress("rows", total: survey.rows, console: console)
    defer { progress.finish() }
    if rejects != nil {
      let counts = try extractor.extract(source, survey, to: STDOUT_FILENO, rejects: &rejects!) { progress.update($0) }
      rejected += counts.rejected
    }
  }

  /// A document is read once in a run, and one that cannot be read is a failure although it has a stream.
  private mutating func document(
    _ source: borrowing SourceFile, of count: Int, _ rejects: inout RejectFile?
  ) throws {
    var survey = try documents.survey(source, temporary: temporary, console: console)
    survey.sources = count
    if let earlier = documents.earlier(survey, source.path) {
      return console.note("\(source.path): the same document as \(earlier), read once")
    }
    if invocation.flag("explain") { return try console.out(Explanation.text(survey)) }
    if rejects == nil { rejects = rejectFile(survey.run) }
    if rejects != nil {
      rejectedPages += try extractor.extract(source, survey, to: STDOUT_FILENO, rejects: &rejects!).rejected
    }
    for fault in survey.faults.prefix(5) {
      console.error(Failure(.rejects, "\(fault.message) (\(fault.code))", place: source.path, hint: fault.hint))
    }
    if survey.status == .noText { console.note("\(source.path): no page has text; next: trunkline ocr") }
    if !survey.status.isRead { unread += 1 }
  }

  private func rejectFile(_ run: String) -> RejectFile {
    let path = invocation.value("rejects") ?? "extract-\(run).rejects.jsonl"
    Interrupt.removeOnSignal(RejectFile.gathered(path))
    Interrupt.removeOnSignal(RejectFile.current(path))
    Interrupt.removeOnSignal(RejectFile.current(path) + ".partial")
    return RejectFile(path: path)
  }

  private func files() throws -> [String] {
    var words = invocation.arguments
    if invocation.flag("paths") {
      if words.contains("-") {
        throw Failure(.usage, "--paths reads names from standard input, which - would read as a table")
      }
      words += SourceList.lines(try standardInput())
    }
    if words.isEmpty { throw Failure(.usage, "no file given", hint: "name a file, a folder, or - for standard input") }
    return try SourceList.expand(words)
  }

  private func standardInput() throws -> String {
    String(decoding: try InputFile.read("/dev/stdin", limit: 64 << 20), as: UTF8.self)
  }

  /// Whether nothing more may follow on standard output: its reader must see the stream cut short.
  private static func endsAll(_ error: ExtractionError) -> Bool {
    switch error {
    case .changed(_, let begun): begun
    case .output, .option: true
    case .notFound, .noFiles, .system, .table, .noHeaderRow, .noTable, .workbook, .oldWorkbook, .noSheet, .reader,
      .store:
      false
    }
  }

  @Sendable static func explain(_ error: any Error) -> Failure? { (error as? ExtractionError).map(failure) }

  static func failure(_ error: ExtractionError) -> Failure {
    var status = error.isNoInput ? ExitStatus.noInput : .failed
    if case .option = error { status = .usage }
    return Failure(status, error.message, place: error.path, hint: error.hint)
  }
}
