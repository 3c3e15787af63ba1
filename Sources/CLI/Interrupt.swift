import Glibc
import Synchronization

/// SIGINT and SIGTERM: exit 130 or 143 at once, temporary files removed, unless a critical section holds them back.
///
/// SIGHUP (the terminal is gone) and SIGQUIT are to every program of ours, and to those it started, what SIGTERM is.
/// The handler touches only atomics, `tcsetattr`, `write`, `unlink`, `kill` and `_exit`. A second signal inside a held section
/// ends at once.
package enum Interrupt {
  private static let state = State()

  /// True after a signal arrived in a held section; long loops there poll it.
  package static var requested: Bool { state.signal.load(ordering: .relaxed) != 0 }

  /// Throws `Interrupted` when a signal arrived in a held section.
  package static func check() throws(Interrupted) {
    let signal = state.signal.load(ordering: .relaxed)
    if signal != 0 { throw Interrupted(signal: signal) }
  }

  /// Runs a section that a signal may not cut; where more work follows, `check()` after it ends the program.
  package static func held<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.depth.add(1, ordering: .relaxed)
    defer { state.depth.subtract(1, ordering: .relaxed) }
    return try body()
  }

  /// Runs a held section in which other programs work: a signal is handed to the group of each that is `started`, so that
  /// the section gets to its end soon and can clear up. Throws `Interrupted` after it.
  package static func handedOn<Result>(_ body: () throws -> Result) throws -> Result {
    let result = Swift.Result { try held(body) }
    try check()
    return try result.get()
  }

  /// A program of ours that leads a group of its own now runs; 0 when it has ended. One at a time.
  package static func started(group: Int32) {
    state.group.store(group, ordering: .sequentiallyConsistent)
    // The signal may have come while it was being started.
    let signal = state.signal.load(ordering: .sequentiallyConsistent)
    if signal != 0, group > 0 { kill(-group, signal) }
  }

  /// Registers a file that a signal removes; `keep` it once it has its final name. At most 8 at a time.
  package static func removeOnSignal(_ path: String) {
    guard let copy = strdup(path) else { return }
    for index in 0..<State.capacity {
      let bit = 1 << index
      if state.taken.bitwiseOr(bit, ordering: .sequentiallyConsistent).oldValue & bit != 0 { continue }
      state.names[index] = copy
      state.ready.bitwiseOr(bit, ordering: .sequentiallyConsistent)
      return
    }
    free(copy)
  }

  /// Takes a file off the list.
  package static func keep(_ path: String) {
    for index in 0..<State.capacity where state.ready.load(ordering: .sequentiallyConsistent) & 1 << index != 0 {
      guard let name = state.names[index], strcmp(name, path) == 0 else { continue }
      state.ready.bitwiseAnd(~(1 << index), ordering: .sequentiallyConsistent)
      state.taken.bitwiseAnd(~(1 << index), ordering: .sequentiallyConsistent)
    }
  }

  /// Installs the handlers; a signal the parent ignores (nohup) stays ignored.
  static func install(message: String) {
    // A rehearsal: what the runtime makes at the first use of a type, it makes under locks that a handler must not wait for.
    arrived(0)
    state.message.store(UInt(bitPattern: strdup(message)), ordering: .sequentiallyConsistent)
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      sigaddset(&signals, signal)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { Interrupt.arrived($0) }
      var before = sigaction()
      sigaction(signal, nil, &before)
      let ignored = unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == 1
      if !ignored { sigaction(signal, &action, nil) }
    }
    // A parent that blocks them for its own threads hands that on; such a program could not be ended.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func arrived(_ number: Int32) {
    let before = errno
    let signal = number == SIGHUP || number == SIGQUIT ? SIGTERM : number
    let first = state.signal.compareExchange(
      expected: 0, desired: signal, ordering: .sequentiallyConsistent
    ).exchanged
    let group = state.group.load(ordering: .sequentiallyConsistent)
    if group > 0 { kill(-group, signal) }
    if first, state.depth.load(ordering: .relaxed) > 0 {
      errno = before
      return
    }
    ScreenKeeper.end()
    let ready = state.ready.load(ordering: .sequentiallyConsistent)
    var index = 0
    while index < 8 {
      if ready & 1 << index != 0, let name = state.names[index] { unlink(name) }
      index += 1
    }
    if signal == 0 { return }
    if let message = UnsafePointer<CChar>(bitPattern: state.message.load(ordering: .relaxed)) {
      _ = write(STDERR_FILENO, message, strlen(message))
    }
    _exit(128 + signal)
  }

  /// Made before the handlers are installed, so that they never initialise anything.
  private final class State: Sendable {
    static let capacity = 8
    let signal = Atomic<Int32>(0)
    let depth = Atomic<Int>(0)
    let group = Atomic<Int32>(0)
    let message = Atomic<UInt>(0)
    /// Which of `names` are in use, and which of those may be read already.
    let taken = Atomic<Int>(0)
    let ready = Atomic<Int>(0)
    private let storage = UInt(bitPattern: calloc(capacity, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride))
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { .init(bitPattern: storage)! }
  }
}
