import Domain
import Glibc
import Records

/// The three standard streams of a program: data to 1, messages to 2, each whole line by one write where it fits.
package struct Console: Sendable {
  /// How messages are written.
  package enum Log: String, Sendable { case text, json }
  /// How much a message matters.
  package enum Level: String, Sendable { case error, warning, note }

  package let program: String
  package let log: Log
  package let quiet: Bool
  private let now: @Sendable () -> String

  package init(
    program: String, log: Log = .text, quiet: Bool = false, now: @escaping @Sendable () -> String = { Clock.instant() }
  ) {
    self.program = program
    self.log = log
    self.quiet = quiet
    self.now = now
  }

  /// The console before the command line is understood: enough to report that it is not.
  static func early(program: String, words: [String], environment: Environment) -> Console {
    let options = words.prefix { $0 != "--" }
    var wantsJSON = environment[Settings.environmentName("log")] == "json"
    if let index = options.lastIndex(of: "--log"), index + 1 < options.endIndex {
      wantsJSON = options[index + 1] == "json"
    } else if let attached = options.last(where: { $0.hasPrefix("--log=") }) {
      wantsJSON = attached == "--log=json"
    }
    return Console(program: program, log: wantsJSON ? .json : .text)
  }

  /// Data for standard output, all of it; throws `BrokenPipe` when the reader is gone, `Failure` otherwise.
  package func out(_ text: String) throws {
    var text = text
    try text.withUTF8 { try Self.write(UnsafeRawBufferPointer($0), to: STDOUT_FILENO) }
  }

  /// Bytes for standard output.
  package func out(bytes: UnsafeRawBufferPointer) throws { try Self.write(bytes, to: STDOUT_FILENO) }

  /// Something the person should know; silent under `--quiet`.
  package func note(_ message: String) {
    if !quiet { report(.note, message) }
  }

  /// An empty input is no error, for a source may have nothing; but a shell hides that an earlier step failed.
  package func nothingArrived() {
    note("nothing arrived on standard input; if a step before this one failed, set -o pipefail shows it in the status")
  }

  /// Something that may be wrong; said even under `--quiet`.
  package func warning(_ message: String, place: String? = nil, hint: String? = nil) {
    report(.warning, message, place: place, hint: hint)
  }

  /// Why the program ends, with its status in JSON lines.
  package func error(_ failure: Failure) {
    report(
      .error, failure.message, place: failure.place, hint: failure.hint, details: failure.details,
      status: failure.status)
  }

  /// One message on standard error: text lines, or one JSON object; a standard error that cannot be written is let be.
  package func report(
    _ level: Level, _ message: String, place: String? = nil, hint: String? = nil, details: [String] = [],
    status: ExitStatus? = nil
  ) {
    var line = rendered(level, message, place: place, hint: hint, details: details, status: status)
    line.withUTF8 { try? Self.write(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }

  func rendered(
    _ level: Level, _ message: String, place: String?, hint: String?, details: [String] = [], status: ExitStatus?
  ) -> String {
    if log == .json {
      var fields = [("time", now()), ("level", level.rawValue), ("program", program)]
      if let place { fields.append(("place", place)) }
      fields.append(("message", message))
      if let hint { fields.append(("hint", hint)) }
      var body = fields.map { "\(JSON.quote($0.0)):\(JSON.quote($0.1))" }
      if !details.isEmpty { body.append("\"details\":" + JSON.array(details.map { .string($0) }).line) }
      return "{" + (body + (status.map { ["\"status\":\($0.rawValue)"] } ?? [])).joined(separator: ",") + "}\n"
    }
    let place = place.map { $0 + ": " } ?? ""
    let hint = hint.map { "\(program): hint: \(VisibleText.of($0))\n" } ?? ""
    let lines = details.map { "  \(VisibleText.of($0))\n" }.joined()
    return "\(program): \(level.rawValue): \(VisibleText.of(place + message))\n" + lines + hint
  }

  /// All bytes to a descriptor, however often the system takes less.
  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      } else if errno != EINTR {
        throw writeError(errno, descriptor)
      }
    }
  }

  private static func writeError(_ number: Int32, _ descriptor: Int32) -> any Error {
    if number == EPIPE, descriptor == STDOUT_FILENO { return BrokenPipe() }
    return Failure(
      .failed, "cannot write: \(SystemError.text(number))", place: descriptor == 1 ? "standard output" : nil)
  }

  /// True when a person sits at the descriptor.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// True when colour may be written to the descriptor: a terminal, no `NO_COLOR`, not `TERM=dumb`.
  package func hasColor(_ descriptor: Int32, environment: Environment) -> Bool {
    Self.isTerminal(descriptor) && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
  }
}
