import Glibc
import TestSupport

/// A person at a terminal of their own: a program on a pseudo-terminal, answered when it asks.
enum ApprovalTerminal {
  /// Answers once `prompt` is on the screen; the result is the screen and the exit status.
  static func run(
    _ program: String, _ words: [String], environment: [String], prompt: String, answer: String
  ) throws -> (status: Int32, screen: String) {
    let acts = [PersonAtTerminal.Act.after(prompt, answer + "\n")]
    let outcome = try PersonAtTerminal.run(program, words, environment: environment, acts: acts)
    return (outcome.status, outcome.screen)
  }

  /// In a session of its own, so that the first terminal it opens becomes its own.
  static func start(
    _ program: String, _ words: [String], _ environment: [String], _ terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What a runner in the background ignores, a person's program does not: POSIX_SPAWN_SETSID, _SETSIGDEF, _SETSIGMASK.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, 0x80 | 0x04 | 0x08)
    let path = productsFolder + "/" + program
    var names: [UnsafeMutablePointer<CChar>?] = ([path] + words).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for copy in names + settings { free(copy) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, path, &actions, &attributes, &names, &settings)
    if code != 0 { throw SystemFailure("posix_spawn", path, code: code) }
    return child
  }

  /// The operating system's name of whoever runs the tests.
  static var login: String {
    getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "nobody"
  }
}
