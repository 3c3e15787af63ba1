import Glibc

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
    // The first limit is a SIGXCPU, which says more than the SIGKILL of the second.
    set(RLIMIT_CPU, cpuSeconds, hard: cpuSeconds + 5)
    set(RLIMIT_AS, memoryBytes, hard: memoryBytes)
    set(RLIMIT_FSIZE, fileBytes, hard: fileBytes)
    set(RLIMIT_CORE, 0, hard: 0)
    alarm(UInt32(clamping: seconds))
  }

  /// Starts both clocks of the next part of the work anew: processor time ends it by SIGPROF, time of any kind by SIGALRM.
  package static func allow(cpuSeconds: Int, seconds: Int) {
    var clock = itimerval()
    clock.it_value.tv_sec = cpuSeconds
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &clock, nil)
    alarm(UInt32(clamping: seconds))
  }

  /// What a program that was bound like this did, in words after its name; nil when it ended by itself with 0 or 1.
  package func words(_ end: ChildProcess.End) -> String? {
    switch end {
    case .exited(0), .exited(1): nil
    case .exited(2): "could not write its temporary files"
    case .exited(let status): "ended with status \(status)"
    case .signalled(SIGXCPU): "needed more than \(cpuSeconds) seconds of processor time"
    case .signalled(SIGKILL): "was killed, perhaps because the machine ran out of memory"
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
