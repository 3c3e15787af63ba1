import Glibc
import Synchronization

/// SIGINT and SIGTERM: exit 130 or 143 at once, temporary files removed, unless a critical section holds them back.
///
/// The handler touches only atomics, `write`, `unlink` and `_exit`. A second signal inside a held section ends at once.
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

  /// Registers a file that a signal removes; `keep` it once it has its final name. At most 8 at a time.
  package static func removeOnSignal(_ path: String) {
    guard let copy = strdup(path) else { return }
    let bits = UInt(bitPattern: copy)
    for index in 0..<State.capacity
    where state.temporaries[index].compareExchange(expected: 0, desired: bits, ordering: .sequentiallyConsistent)
      .exchanged
    {
      return
    }
    free(copy)
  }

  /// Takes a file off the list.
  package static func keep(_ path: String) {
    for index in 0..<State.capacity {
      let bits = state.temporaries[index].load(ordering: .relaxed)
      guard let name = UnsafePointer<CChar>(bitPattern: bits), strcmp(name, path) == 0 else { continue }
      state.temporaries[index].store(0, ordering: .sequentiallyConsistent)
    }
  }

  /// Installs the handlers; a signal the parent ignores (nohup) stays ignored.
  static func install(message: String) {
    state.message.store(UInt(bitPattern: strdup(message)), ordering: .sequentiallyConsistent)
    for signal in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { Interrupt.arrived($0) }
      var before = sigaction()
      sigaction(signal, nil, &before)
      let ignored = unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == 1
      if !ignored { sigaction(signal, &action, nil) }
    }
  }

  private static func arrived(_ signal: Int32) {
    let first = state.signal.compareExchange(expected: 0, desired: signal, ordering: .relaxed).exchanged
    if first, state.depth.load(ordering: .relaxed) > 0 { return }
    for index in 0..<State.capacity {
      let bits = state.temporaries[index].load(ordering: .relaxed)
      if let name = UnsafePointer<CChar>(bitPattern: bits) { unlink(name) }
    }
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
    let message = Atomic<UInt>(0)
    let temporaries: [8 of Atomic<UInt>] = [
      Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0),
    ]
  }
}
