import Glibc
import YAML

/// The life of a command: parse, resolve, run, and one switch from error to exit status.
package enum Program {
  /// The version of every executable.
  package static let version = "0.1.0"

  /// Runs a command and exits. `explain` turns errors of the command's own libraries into failures.
  ///
  /// The body is `@Sendable` so that it is not isolated to the main actor, which a closure in `@main` would be.
  package static func main(
    _ spec: CommandSpec, explain: @Sendable (any Error) -> Failure? = { _ in nil },
    _ body: @Sendable (Invocation) throws -> ExitStatus
  ) -> Never {
    StandardStreams.secure()
    signal(SIGPIPE, SIG_IGN)
    // A file beyond the size allowed (ulimit -f) is a failed write like that of a full disk, not a sudden death.
    signal(SIGXFSZ, SIG_IGN)
    let words = Array(CommandLine.arguments.dropFirst())
    var console = Console.early(program: spec.name, words: words, environment: .process)
    Interrupt.install(message: "\(spec.name): error: interrupted\n\(spec.name): hint: \(spec.afterInterrupt)\n")
    do {
      if words == [Outline.request] {
        try console.out(Outline(spec).text)
        exit(ExitStatus.done.rawValue)
      }
      let parsed = try ArgumentParser.parse(words, spec: spec)
      if let status = try answer(parsed, spec, console) { exit(status.rawValue) }
      let invocation = try invocation(spec, parsed, environment: .process)
      console = invocation.console
      exit(try body(invocation).rawValue)
    } catch {
      exit(end(error, console, explain).rawValue)
    }
  }

  /// A command line with everything applied, for programs that are their own `main` and for tests.
  package static func invocation(
    _ spec: CommandSpec, words: [String], environment: Environment
  ) throws -> Invocation {
    try invocation(spec, ArgumentParser.parse(words, spec: spec), environment: environment)
  }

  private static func invocation(
    _ spec: CommandSpec, _ parsed: ParsedArguments, environment: Environment
  ) throws -> Invocation {
    let configuration = try configuration(parsed.options["config"]?.last ?? environment["TRUNKLINE_CONFIG"])
    return try Invocation(spec: spec, parsed: parsed, environment: environment, configuration: configuration)
  }

  private static func configuration(_ path: String?) throws -> Configuration {
    if let path { return try Configuration(path: path, bytes: InputFile.read(path)) }
    guard let bytes = try InputFile.readIfPresent("trunkline.yaml") else { return .none }
    return try Configuration(path: "trunkline.yaml", bytes: bytes)
  }

  /// `--help` and `--version`; nil when the command is to run.
  private static func answer(
    _ parsed: ParsedArguments, _ spec: CommandSpec, _ console: Console
  ) throws -> ExitStatus? {
    if parsed.options["help"] != nil {
      try console.out(HelpText.page(spec))
    } else if parsed.options["version"] != nil {
      try console.out("\(spec.name) \(version)\n")
    } else {
      return nil
    }
    return .done
  }

  /// Says why and gives the exit status of an error.
  package static func end(
    _ error: any Error, _ console: Console, _ explain: (any Error) -> Failure? = { _ in nil }
  ) -> ExitStatus {
    switch error {
    case is BrokenPipe: return .done
    case let failure as Failure:
      console.error(failure)
      return failure.status
    case let mistakes as SpecMistakes:
      for mistake in mistakes.mistakes {
        let message = mistake.message + (mistake.hint.map { " (\($0))" } ?? "")
        let place = "\(mistakes.file):\(mistake.line):\(mistake.column)"
        console.error(Failure(.configuration, message, place: place))
      }
      return .configuration
    case let interrupted as Interrupted:
      console.error(Failure(interrupted.status, "interrupted"))
      return interrupted.status
    default:
      let failure = explain(error) ?? Failure(.failed, "\(error)")
      console.error(failure)
      return failure.status
    }
  }
}

/// Standard streams the parent closed, filled so that no database or file can take their numbers.
enum StandardStreams {
  /// A closed stream becomes one on which every use fails, as it would have: nothing is lost in silence.
  static func secure() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
