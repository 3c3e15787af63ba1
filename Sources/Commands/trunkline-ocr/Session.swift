import CLI
import Glibc
import Pages
import Recognition
import Records

/// One run of the command: look at the whole input, recognise what has to be, pass everything on.
struct Session {
  private let invocation: Invocation
  private let console: Console
  private let settings: RecognitionSettings
  private let workers: Int

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    console = invocation.console
    let languages = invocation.value("languages") ?? "eng"
    let names = languages.split(separator: "+", omittingEmptySubsequences: false)
    guard names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isNameByte) }) else {
      throw Failure(
        .usage, "--languages takes names joined by +, not \"\(languages)\"", hint: "for example eng or deu+eng")
    }
    settings = RecognitionSettings(
      languages: languages, dpi: try Self.number(invocation, "dpi", 70...600) ?? 200)
    workers = try Self.number(invocation, "workers", 1...256) ?? max(1, min(256, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func number(_ invocation: Invocation, _ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    guard let text = invocation.value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Failure(
        .usage, "--\(name) takes a whole number of \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
    }
    return number
  }

  mutating func run() throws -> ExitStatus {
    let input = try InputCopy.standardInput(temporary: invocation.environment["TMPDIR"] ?? "/tmp")
    defer { close(input) }
    let survey = try StreamSurvey(descriptor: input)
    guard lseek(input, 0, SEEK_SET) == 0 else { throw WireError.input(errno: errno) }
    if invocation.flag("explain") {
      try console.out(explanation(survey))
      return .done
    }
    if survey.jobs.isEmpty { return try pass(input, survey) }
    let workforce = try Workforce(survey.jobs.map(\.request), settings, folders: folders(survey), count: workers)
    var progress = Progress("scanned pages", total: survey.jobs.count, console: console)
    defer { progress.finish() }
    let console = self.console
    var saidUnkept = false
    let outcome = try RecognitionStep.run(input: input, output: STDOUT_FILENO, survey) { job in
      let answer = try workforce.answer(job) { progress.update($0) }
      if let reason = answer.unkept, !saidUnkept {
        saidUnkept = true
        console.warning("recognised pages cannot be kept for the next time: \(reason)", hint: "see --cache")
      }
      return answer
    }
    progress.finish()
    return finish(outcome)
  }

  private func pass(_ input: Int32, _ survey: StreamSurvey) throws -> ExitStatus {
    _ = try RecognitionStep.run(input: input, output: STDOUT_FILENO, survey) { _ in PageAnswer(.failure("")) }
    return .done
  }

  private func finish(_ outcome: RecognitionStep.Outcome) -> ExitStatus {
    console.note("\(outcome.recognised) scanned \(outcome.recognised == 1 ? "page" : "pages") recognised")
    if outcome.unread == 0 { return .done }
    console.warning(
      "\(outcome.unread) pages could not be read and went on without words",
      hint: "each says why in its issues, W_UNREAD")
    return .partial
  }

  private func folders(_ survey: StreamSurvey) throws -> Workforce.Folders {
    guard let documents = try invocation.documentFolder() else {
      throw Failure(
        .configuration,
        "\(survey.jobs.count) pages have to be recognised, and nobody says where the originals are kept",
        hint: "give extract and ocr the same --documents DIR")
    }
    return Workforce.Folders(documents: documents, cache: invocation.value("cache") ?? documents + "/ocr")
  }

  private func explanation(_ survey: StreamSurvey) -> String {
    survey.jobs.map { "\($0.request.document) page \($0.request.page): \($0.need.rawValue)\n" }.joined()
      + "\(survey.jobs.count) of \(survey.pages) pages are to be recognised\n"
  }

  @Sendable static func explain(_ error: any Error) -> Failure? {
    guard let error = error as? WireError else { return nil }
    if case .output(let number) = error, number == EPIPE { return Failure(.done, error.message) }
    return Failure(.failed, error.message, hint: error.hint)
  }
}
