import Glibc

/// A program run to its end with chosen descriptors, so that what goes wrong in it goes wrong there alone.
///
/// It leads a group of its own; what it leaves running there ends with it.
package struct ChildProcess {
  /// How it ended.
  package enum End: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// It could not be started.
  package struct Failure: Error, Equatable, Sendable {
    package let path: String
    package let errno: Int32
  }

  private let path: String
  private let arguments: [String]
  private let descriptors: [(ours: Int32, theirs: Int32)]

  /// `descriptors` says which of ours the program gets under which number; of the others none but 0, 1 and 2, which are
  /// /dev/null unless named.
  package init(_ path: String, _ arguments: [String], descriptors: [(ours: Int32, theirs: Int32)]) {
    self.path = path
    self.arguments = arguments
    self.descriptors = descriptors
  }

  /// Waits until it ends. `began` is told its group, for whoever hands signals on, and 0 when it has ended.
  package func run(began: (Int32) -> Void = { _ in }) throws(Failure) -> End {
    let process = try start()
    began(process)
    defer { began(0) }
    return try end(of: process)
  }

  /// Waits until it ends and calls `tick` again and again meanwhile; once that answers false it is killed.
  package func run(
    every milliseconds: Int32, began: (Int32) -> Void = { _ in }, _ tick: () -> Bool
  ) throws(Failure) -> End {
    // The program inherits the one end; the other hangs up when it is gone, and no time is lost in waiting.
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure(path: path, errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let line = (descriptors.map(\.theirs).max() ?? 2) + 8
    let child = ChildProcess(path, arguments, descriptors: descriptors + [(ends[1], line)])
    let started = Result { () throws(Failure) in try child.start() }
    close(ends[1])
    let process = try started.get()
    began(process)
    defer { began(0) }
    while true {
      var watched = pollfd(fd: ends[0], events: 0, revents: 0)
      let count = poll(&watched, 1, milliseconds)
      if count > 0 || (count < 0 && errno != EINTR) { break }
      if count == 0, !tick() {
        kill(process, SIGKILL)
        break
      }
    }
    return try end(of: process)
  }

  /// What it started itself does not outlive it.
  private func end(of process: pid_t) throws(Failure) -> End {
    defer { Self.sweep(process) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { throw Failure(path: path, errno: errno) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// Ends what is left of a group: it may clear up for two seconds, and is killed after it.
  private static func sweep(_ group: pid_t) {
    guard kill(-group, SIGTERM) == 0 else { return }
    for _ in 0..<400 where kill(-group, 0) == 0 { usleep(5000) }
    kill(-group, SIGKILL)
  }

  func start() throws(Failure) -> pid_t {
    // Above all that is given, so that no move overwrites what another has to move.
    let floor = (descriptors.map { max($0.ours, $0.theirs) }.max() ?? 2) + 1
    let copies = descriptors.map { fcntl($0.ours, F_DUPFD_CLOEXEC, max(floor, 3)) }
    defer { for copy in copies where copy >= 0 { close(copy) } }
    if copies.contains(where: { $0 < 0 }) { throw Failure(path: path, errno: errno) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for standard: Int32 in 0...2 where !descriptors.contains(where: { $0.theirs == standard }) {
      posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0)
    }
    for (copy, descriptor) in zip(copies, descriptors) {
      posix_spawn_file_actions_adddup2(&actions, copy, descriptor.theirs)
    }
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    Self.hearSignals(&attributes)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    let code = posix_spawn(&process, path, &actions, &attributes, &words, environ)
    if code != 0 { throw Failure(path: path, errno: code) }
    return process
  }

  /// Its limits are signals, and so is the word to end: it hears them even where whoever started this program does not.
  private static func hearSignals(_ attributes: inout posix_spawnattr_t) {
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGXCPU, SIGALRM, SIGPROF, SIGXFSZ, SIGTERM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
  }
}
