import Glibc

/// What a finished program left.
package struct Outcome: Sendable {
  /// The exit status; 128 + signal for a program ended by one.
  package let status: Int32
  package let output: [UInt8]
  package let errors: [UInt8]

  package var stdout: String { String(decoding: output, as: UTF8.self) }
  package var stderr: String { String(decoding: errors, as: UTF8.self) }
}

/// Runs a program to its end with `input` on its standard input; pipes full on any side do not stop it.
///
/// A name without a slash is looked for in `productsFolder`, then on the PATH. `environment` is laid over that of the
/// tests. After `timeout` seconds the program is killed and the call throws.
package func run(
  _ executable: String, _ arguments: [String] = [], stdin input: [UInt8] = [], environment: [String: String] = [:],
  folder: String? = nil, timeout: Int = 120
) throws -> Outcome {
  signal(SIGPIPE, SIG_IGN)
  var child = try Child.start(executable, arguments, environment, folder)
  let ended = try child.exchange(input, deadline: time(nil) + timeout)
  if !ended { kill(child.pid, SIGKILL) }
  let status = child.wait()
  if !ended { throw SystemFailure(executable, "\(arguments) after \(timeout) s", code: ETIMEDOUT) }
  return Outcome(status: status, output: child.output, errors: child.errors)
}

/// Runs a line of shell, as a person would type it, with the built executables first on the PATH; `pipefail` is on.
package func shell(
  _ line: String, stdin: [UInt8] = [], environment: [String: String] = [:], folder: String? = nil, timeout: Int = 120
) throws -> Outcome {
  try run(
    "/bin/bash", ["-o", "pipefail", "-c", line], stdin: stdin, environment: environment, folder: folder,
    timeout: timeout)
}

private struct Child: ~Copyable {
  let pid: pid_t
  var input: Int32
  let outputEnd: Int32
  let errorsEnd: Int32
  var output: [UInt8] = []
  var errors: [UInt8] = []

  private init(pid: pid_t, input: Int32, output: Int32, errors: Int32) {
    self.pid = pid
    self.input = input
    outputEnd = output
    errorsEnd = errors
  }

  static func start(
    _ executable: String, _ arguments: [String], _ environment: [String: String], _ folder: String?
  ) throws -> Child {
    let input = try makePipe()
    let output = try makePipe()
    let errors = try makePipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.read, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.write, 2)
    if let folder, let changeFolder = GNU.changeFolder { _ = changeFolder(&actions, folder) }
    var pid: pid_t = 0
    let code = spawn(&pid, executable, arguments, environment, &actions)
    for end in [input.read, output.write, errors.write] { close(end) }
    let child = Child(pid: pid, input: input.write, output: output.read, errors: errors.read)
    if code != 0 { throw SystemFailure("posix_spawn", executable, code: code) }
    _ = fcntl(input.write, F_SETFL, O_NONBLOCK)
    return child
  }

  deinit {
    for end in [input, outputEnd, errorsEnd] where end >= 0 { close(end) }
  }

  /// Writes and reads until the program has closed both of its outputs; false at the deadline.
  mutating func exchange(_ bytes: [UInt8], deadline: Int) throws -> Bool {
    var rest = bytes[...]
    var open = [outputEnd, errorsEnd]
    while !open.isEmpty {
      feed(&rest)
      var waiting = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      if input >= 0 { waiting.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
      if poll(&waiting, nfds_t(waiting.count), 1000) < 0, errno != EINTR { throw SystemFailure("poll", "\(pid)") }
      if time(nil) > deadline { return false }
      for end in waiting where end.fd != input && end.revents != 0 && !take(end.fd) {
        open.removeAll { $0 == end.fd }
      }
    }
    return true
  }

  private mutating func feed(_ rest: inout ArraySlice<UInt8>) {
    while input >= 0 {
      let count = rest.withUnsafeBytes { $0.isEmpty ? 0 : write(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EAGAIN { return }
      rest = rest.dropFirst(max(0, count))
      // Done, or the program reads no further.
      if count < 0 || rest.isEmpty {
        close(input)
        input = -1
      }
    }
  }

  private mutating func take(_ end: Int32) -> Bool {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(end, &block, block.count)
    if count <= 0 { return count < 0 && errno == EINTR }
    if end == outputEnd { output += block[..<count] } else { errors += block[..<count] }
    return true
  }

  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}

/// Both ends are closed in every other program started, so that an end is not held open by a stranger.
func makePipe() throws -> (read: Int32, write: Int32) {
  var ends: [Int32] = [-1, -1]
  guard let pipe2 = GNU.pipe2, pipe2(&ends, O_CLOEXEC) == 0 else { throw SystemFailure("pipe", "") }
  return (ends[0], ends[1])
}

/// posix_spawn with the PATH of the built products first, SIGPIPE as a shell leaves it and no signal held back, as the
/// threads that run tests hold them back.
func spawn(
  _ pid: inout pid_t, _ executable: String, _ arguments: [String], _ overlay: [String: String],
  _ actions: inout posix_spawn_file_actions_t
) -> Int32 {
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var defaults = sigset_t()
  sigemptyset(&defaults)
  sigaddset(&defaults, SIGPIPE)
  posix_spawnattr_setsigdefault(&attributes, &defaults)
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
  var variables = inheritedEnvironment()
  variables["PATH"] = productsFolder + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
  variables.merge(overlay) { $1 }
  var names: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
  var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
  defer { for copy in names + settings { free(copy) } }
  let product = productsFolder + "/" + executable
  let path = executable.contains("/") || access(product, X_OK) != 0 ? executable : product
  return posix_spawnp(&pid, path, &actions, &attributes, &names, &settings)
}

private func inheritedEnvironment() -> [String: String] {
  var result: [String: String] = [:]
  var next = environ
  while let entry = next.pointee {
    let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
    next += 1
  }
  return result
}

/// Functions of the C library that the Glibc module does not show.
private enum GNU {
  typealias Pipe2 = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
  typealias ChangeFolder =
    @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32

  static let pipe2 = dlsym(nil, "pipe2").map { unsafeBitCast($0, to: Pipe2.self) }
  static let changeFolder =
    dlsym(nil, "posix_spawn_file_actions_addchdir_np").map { unsafeBitCast($0, to: ChangeFolder.self) }
}
