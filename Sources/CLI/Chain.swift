import Glibc

/// Steps run as one pipe, as a person would type it.
package enum Chain {
  /// The step's executable for a line of shell: the one beside this program, else that on the PATH.
  package static func program(_ verb: String) -> String {
    let path = besideProgram("trunkline-" + verb)
    return quoted(access(path, X_OK) == 0 ? path : "trunkline-" + verb)
  }

  /// A path in the folder of this program.
  package static func besideProgram(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return path }
    let own = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return OutputFile.beside(own, path)
  }

  /// One word for the shell, whatever it holds.
  package static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// Hands database and settings file of this invocation to the steps it starts.
  package static func inherit(_ invocation: Invocation) throws {
    if let url = try invocation.setting("db")?.values.last { setenv("TRUNKLINE_DB", url, 1) }
    if let file = invocation.value("config") { setenv("TRUNKLINE_CONFIG", file, 1) }
    if let day = try invocation.setting("as_of")?.values.last { setenv("TRUNKLINE_AS_OF", day, 1) }
  }

  /// Programs started from now on keep their temporary files in this folder, which goes with all that is in it.
  package static func work(in folder: String) { setenv("TMPDIR", folder, 1) }

  /// Runs a line and answers its exit status, 128 + signal for one ended by a signal.
  ///
  /// `feed` writes its standard input and `drain` reads its standard output, each through the end of a pipe; without them
  /// the line has this program's own. A signal that ends this program ends the line as well.
  package static func shell(
    _ line: String, feed: ((Int32) throws -> Void)? = nil, drain: ((Int32) throws -> Void)? = nil
  ) throws -> Int32 {
    var input: [Int32] = [-1, -1]
    var output: [Int32] = [-1, -1]
    if feed != nil { try makePipe(&input) }
    if drain != nil { try makePipe(&output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if feed != nil { posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO) }
    if drain != nil { posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sh"), strdup("-c"), strdup(line), nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let failed = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ)
    for end in [input[0], output[1]] where end >= 0 { close(end) }
    guard failed == 0 else { throw Failure(.failed, "cannot start the chain: " + SystemError.text(failed)) }
    Interrupt.started(group: process)
    defer { Interrupt.started(group: 0) }
    let told = Result {
      defer { if output[0] >= 0 { close(output[0]) } }
      try feedAndClose(input[1], feed)
      try drain?(output[0])
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    try told.get()
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }

  /// The line sees the end of what it is fed before it is read.
  private static func feedAndClose(_ end: Int32, _ feed: ((Int32) throws -> Void)?) throws {
    defer { if end >= 0 { close(end) } }
    try feed?(end)
  }

  private static func makePipe(_ ends: inout [Int32]) throws {
    guard pipe(&ends) == 0 else { throw Failure(.failed, "no pipe: " + SystemError.text(errno)) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }
}
