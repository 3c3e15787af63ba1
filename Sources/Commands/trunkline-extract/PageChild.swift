import CLI
import Extraction
import Glibc
import Process

/// Reading a PDF in `trunkline-pages`, which holds itself to limits: what a document does to that process hurts one page.
enum PageChild {
  private static let password: Int32 = 3
  /// A reader that writes no further page for so long is killed, should its own clocks fail.
  private static let silentSeconds = 120

  /// Starts the program beside this one for each call; `progress` hears of the pages now and then.
  static func reading(password: Int32?, progress: @escaping (Int) -> Void) -> PageReading {
    { source, digest, first, lines in
      let child = ChildProcess(
        Chain.besideProgram("trunkline-pages"), ["read", digest, String(first)],
        descriptors: [(source, STDIN_FILENO), (lines, STDOUT_FILENO)]
          + (password.map { [($0, Self.password)] } ?? []))
      var watch = LineWatch(lines)
      var quiet = 0
      do throws(ChildProcess.Failure) {
        return end(
          try child.run(every: 250, began: { Interrupt.started(group: $0) }) {
            quiet = watch.look() ? 0 : quiet + 1
            progress(watch.lines - 1)
            return quiet < silentSeconds * 4
          }, isSilent: quiet >= silentSeconds * 4)
      } catch {
        return .failed("could not be started: \(SystemError.text(error.errno))")
      }
    }
  }

  /// `isSilent` when it was this program that killed it.
  private static func end(_ end: ChildProcess.End, isSilent: Bool) -> PageReadingEnd {
    switch end {
    case .exited(0): .done
    case .exited(1): .failed("could not write its temporary file")
    case .exited(2): .password
    case .exited(3): .damaged
    case .exited(4): .tooLarge
    case .exited(64), .exited(127): .failed("is of another version than trunkline-extract")
    case .exited(let status): .broken("status \(status)")
    case .signalled(SIGXCPU), .signalled(SIGALRM), .signalled(SIGPROF): .timedOut
    case .signalled(SIGKILL) where isSilent: .timedOut
    case .signalled(SIGKILL): .broken("signal 9, perhaps because the machine ran out of memory")
    case .signalled(SIGXFSZ): .failed("wanted to write more than its temporary file may hold")
    case .signalled(let signal): .broken("signal \(signal)")
    }
  }
}

/// Lines of a file that another process is writing.
private struct LineWatch {
  private let descriptor: Int32
  private var offset: off_t
  private(set) var lines = 0

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    offset = 0
  }

  /// Counts what was added; false when nothing was.
  mutating func look() -> Bool {
    var block = [UInt8](repeating: 0, count: 64 << 10)
    let before = offset
    while true {
      let count = pread(descriptor, &block, block.count, offset)
      if count <= 0 { return offset > before }
      lines += block.prefix(count).count { $0 == 0x0A }
      offset += off_t(count)
    }
  }
}
