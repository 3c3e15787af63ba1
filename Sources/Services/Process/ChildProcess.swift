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
    var status: Int32 = 0
    let process = try start()
    began(process)
    defer {
      kill(-process, SIGKILL)
      began(0)
    }
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { throw Failure(path: path, errno: errno) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  private func start() throws(Failure) -> pid_t {
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
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var process: pid_t = 0
    let code = posix_spawn(&process, path, &actions, &attributes, &words, environ)
    if code != 0 { throw Failure(path: path, errno: code) }
    return process
  }
}

/// What a program allows itself before it touches anything from outside.
package struct ResourceLimits: Sendable {
  package var cpuSeconds: Int
  package var memoryBytes: Int
  package var fileBytes: Int
  /// Seconds of any kind, after which it is ended by SIGALRM.
  package var seconds: Int

  package init(cpuSeconds: Int, memoryBytes: Int, fileBytes: Int, seconds: Int) {
    self.cpuSeconds = cpuSeconds
    self.memoryBytes = memoryBytes
    self.fileBytes = fileBytes
    self.seconds = seconds
  }

  /// Binds this process and what it starts; no core is written. What is bound tighter already stays so.
  package func apply() {
    // The second limit is a SIGKILL, which says less.
    set(RLIMIT_CPU, cpuSeconds, hard: cpuSeconds + 5)
    set(RLIMIT_AS, memoryBytes, hard: memoryBytes)
    set(RLIMIT_FSIZE, fileBytes, hard: fileBytes)
    set(RLIMIT_CORE, 0, hard: 0)
    alarm(UInt32(clamping: seconds))
  }

  /// What a program that was bound like this did, in words after its name; nil when it ended by itself with 0 or 1.
  package func words(_ end: ChildProcess.End) -> String? {
    switch end {
    case .exited(0), .exited(1): nil
    case .exited(2): "could not write its temporary files"
    case .exited(let status): "ended with status \(status)"
    case .signalled(SIGXCPU), .signalled(SIGKILL): "needed more than \(cpuSeconds) seconds of processor time"
    case .signalled(SIGALRM): "did not end within \(seconds) seconds"
    case .signalled(SIGXFSZ): "wanted to write more than its temporary file may hold"
    case .signalled(let signal): "broke off (signal \(signal))"
    }
  }

  private func set(_ resource: __rlimit_resource, _ soft: Int, hard: Int) {
    let which = __rlimit_resource_t(resource.rawValue)
    var bounds = rlimit()
    guard getrlimit(which, &bounds) == 0 else { return }
    bounds.rlim_max = min(bounds.rlim_max, rlim_t(hard))
    bounds.rlim_cur = min(bounds.rlim_cur, bounds.rlim_max, rlim_t(soft))
    setrlimit(which, &bounds)
  }
}
