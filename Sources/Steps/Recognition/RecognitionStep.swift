import Digest
import Domain
import Glibc
import Pages
import Records

/// Pages without usable text in, the same pages with recognised words out; everything else passes as it came.
///
/// Guarantees: as many records leave as came, in the same order; a page that cannot be read leaves without words, with
/// `W_UNREAD` beside it. A document that had no words and now has is `ok`; its record waits for the first page with one.
/// The same stream and settings give the same bytes, whatever was kept before.
package struct RecognitionStep: ~Copyable {
  /// What became of the pages.
  package struct Outcome: Equatable, Sendable {
    package var recognised = 0
    /// Pages that could not be read.
    package var unread = 0
  }

  private let survey: StreamSurvey
  private let answer: (Int) throws -> PageAnswer
  private var out: ByteWriter
  private var checksum = CRC32C()
  private var next = 0
  private var counts = (recognised: 0, unread: 0)
  private var outcome = Outcome()
  /// A document none of whose pages had a word so far, and the lines behind it.
  private var held: [[UInt8]] = []

  private init(_ survey: StreamSurvey, output: Int32, answer: @escaping (Int) throws -> PageAnswer) {
    self.survey = survey
    self.answer = answer
    out = ByteWriter(descriptor: output)
  }

  /// Copies a surveyed stream; `answer` gives what was recognised for each of its jobs, in their order.
  package static func run(
    input: Int32, output: Int32, _ survey: StreamSurvey, answer: @escaping (Int) throws -> PageAnswer
  ) throws -> Outcome {
    var step = RecognitionStep(survey, output: output, answer: answer)
    var lines = LineReader(descriptor: input)
    while let line = try lines.next() {
      if step.next < survey.jobs.count, survey.jobs[step.next].line == lines.line {
        try step.page(line)
      } else if survey.wordless.contains(lines.line) {
        step.release()
        step.held = [Array(line)]
      } else if let end = survey.ends[lines.line] {
        try step.end(end, line)
      } else {
        step.copy(line)
      }
      if step.out.broken { break }
    }
    try step.out.flush()
    return step.outcome
  }

  private mutating func copy(_ line: Bytes) {
    if !held.isEmpty { return held.append(Array(line)) }
    if let base = line.baseAddress { checksum.update(base, count: line.count) }
    out.bytes(line)
    lineEnd()
  }

  private mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { copy($0) }
  }

  /// Passes on a document that was held back and what waits behind it; the one that `read` names has words now.
  private mutating func release(read: String? = nil) {
    var lines = held[...]
    held = []
    if let read, let message = lines.first.flatMap({ JSON.parse(String(decoding: $0, as: UTF8.self)) }),
      let record = message["record"], record["sha256"]?.text == read
    {
      lines.removeFirst()
      let status = JSON.string(DocumentStatus.ok.rawValue)
      let members = record.members.map { $0.name == "status" ? JSON.Member("status", status) : $0 }
      write(Self.message(message, record: .object(members)).line)
    }
    for line in lines { line.withUnsafeBufferPointer { copy($0) } }
  }

  private mutating func lineEnd() {
    let newline: [UInt8] = [10]
    newline.withUnsafeBufferPointer { checksum.update($0.baseAddress!, count: 1) }
    out.byte(10)
  }

  /// What was read so far is passed on before the next page, which may take its time.
  private mutating func page(_ line: Bytes) throws {
    try out.flush()
    let need = survey.jobs[next].need
    let answer = try answer(next)
    next += 1
    guard let message = JSON.parse(line), let record = message["record"], let page = Page(json: record) else {
      return copy(line)
    }
    switch answer.outcome {
    case .words(let found):
      if let read = page.recognised(found) {
        counts.recognised += 1
        outcome.recognised += 1
        if !read.words.isEmpty { release(read: page.document) }
        return write(Self.message(message, record: read.json).line)
      }
      unread(message, page, need, "holds more words than a page can have")
    case .failure(let reason): unread(message, page, need, reason)
    }
  }

  private mutating func unread(_ message: JSON, _ page: Page, _ need: RecognitionNeed, _ reason: String) {
    counts.unread += 1
    outcome.unread += 1
    let issue = Issue(
      "W_UNREAD", .warn, message: "page \(page.number) (\(need.rawValue)) \(reason): it goes on without words",
      hint: "read the page yourself, or scan it again")
    write(Self.message(message, record: page.unread.json, adding: issue).line)
  }

  private static func message(_ message: JSON, record: JSON, adding issue: Issue? = nil) -> JSON {
    var members = message.members.map { $0.name == "record" ? JSON.Member("record", record) : $0 }
    guard let issue else { return .object(members) }
    let issues = (message["issues"]?.items ?? []) + [issue.json]
    members.removeAll { $0.name == "issues" }
    return .object(members + [JSON.Member("issues", .array(issues))])
  }

  private mutating func end(_ end: StreamSurvey.End, _ line: Bytes) throws {
    release()
    if end.isChanged {
      var counts = StreamCounts(run: end.counts.run, step: "ocr")
      counts.input = end.counts.emittedTotal
      counts.accepted = counts.input
      counts.emitted = end.counts.emitted
      let run = JSON.object(
        counts.members(checksum: checksum.hex).members + [
          JSON.Member("rejected_before", .int(end.rejectedBefore)),
          JSON.Member("recognised", .int(self.counts.recognised)), JSON.Member("unread", .int(self.counts.unread)),
        ])
      let state = JSON.fields([("type", .string("STATE")), ("value", .fields([("run", run)]))])
      write(state.line)
    } else {
      copy(line)
    }
    checksum = CRC32C()
    self.counts = (0, 0)
    try out.flush()
  }
}
