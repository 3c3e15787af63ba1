import CLI
import Glibc

/// `trunkline VERB words...` becomes `trunkline-VERB words...`, found beside this executable, else on PATH.
struct FrontDoor {
  let console: Console

  /// Returns only for what the front door does itself.
  func run(_ words: [String]) throws -> ExitStatus {
    guard let word = words.first else { return try show(Verbs.page) }
    let rest = Array(words.dropFirst())
    switch word {
    case "--help", "-h": return try show(Verbs.page)
    case "--version": return try show("trunkline \(Program.version)\n")
    case "help": return try help(rest)
    case "completions": return try completions(rest)
    default:
      if word.hasPrefix("-") {
        throw Failure(.usage, "unknown option \(word)", hint: "a verb comes first; see trunkline help")
      }
      guard let verb = Verbs.named(word) else { throw Verbs.unknown(word) }
      throw become(verb, verb.leading + rest)
    }
  }

  private func show(_ text: String) throws -> ExitStatus {
    signal(SIGPIPE, SIG_IGN)
    try console.out(text)
    return .done
  }

  private func help(_ words: [String]) throws -> ExitStatus {
    guard let word = words.first, word != "--help", word != "-h" else { return try show(Verbs.page) }
    guard let verb = Verbs.named(word) else { throw Verbs.unknown(word) }
    if verb.executable.isEmpty { return try show(Verbs.page) }
    throw become(verb, ["--help"])
  }

  private func completions(_ words: [String]) throws -> ExitStatus {
    let shells = Completions.Shell.allCases.map(\.rawValue)
    let usage = "trunkline completions \(shells.joined(separator: "|"))"
    if words.contains("--help") || words.contains("-h") {
      return try show("usage: \(usage)\n\n  # in ~/.bashrc\n  source <(trunkline completions bash)\n")
    }
    guard words.count == 1, let shell = Completions.Shell(rawValue: words[0]) else {
      throw Failure(.usage, words.isEmpty ? "which shell?" : "no completions for these words", hint: usage)
    }
    return try show(Completions.script(for: shell, Siblings.outlines()))
  }

  /// Replaces this process by a verb's executable; what it returns is why that failed.
  private func become(_ verb: Verbs.Verb, _ words: [String]) -> Failure {
    let path = Siblings.path(of: verb.executable)
    var arguments: [UnsafeMutablePointer<CChar>?] = ([verb.executable] + words).map { strdup($0) }
    arguments.append(nil)
    if let path { execv(path, arguments) }
    let beside = errno
    if path == nil { execvp(verb.executable, arguments) }
    let number = path == nil ? errno : beside
    if number == ENOENT {
      return Failure(
        .configuration, "\(verb.executable) is neither beside trunkline nor on PATH", hint: "install it again")
    }
    return Failure(.configuration, SystemError.text(number), place: path ?? verb.executable)
  }
}
