import Glibc
import TestSupport

/// A person at a pseudo-terminal of 80 by 24 who waits for words on the screen and then types, or sends a signal.
enum PersonAtTerminal {
  enum Act: Sendable {
    /// Once `words` are among what came since the last act, these keys.
    case after(String, String)
    case signal(String, Int32)

    var words: String {
      switch self {
      case .after(let words, _), .signal(let words, _): words
      }
    }
  }

  struct Outcome {
    /// The exit status, or 128 and the signal that ended it.
    let status: Int32
    let screen: String
    /// Whether lines are typed and echoed again, as before.
    let isRestored: Bool
  }

  static func run(
    _ program: String, _ words: [String], environment: [String], acts: [Act]
  ) throws -> Outcome {
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    let before = terminal.modes
    let child = try terminal.start(program, words, environment)
    var screen: [UInt8] = []
    var since = 0
    var rest = acts[...]
    while let block = terminal.read(seconds: 60) {
      screen += block
      guard let next = rest.first else { continue }
      // What is drawn in one go is looked at whole; a bell of keys too early would be lost to another screen.
      guard String(decoding: screen[since...], as: UTF8.self).contains(next.words) else { continue }
      since = screen.count
      rest = rest.dropFirst()
      switch next {
      case .after(_, let keys): terminal.type(keys)
      case .signal(_, let signal): kill(child, signal)
      }
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    return Outcome(
      status: code, screen: String(decoding: screen, as: UTF8.self), isRestored: terminal.modes == before)
  }
}

/// Both sides of a pseudo-terminal; ours stays open, so that its modes can be looked at when the program has ended.
final class PseudoTerminal {
  private let master: Int32
  private let other: Int32
  let name: String

  init(columns: UInt16, rows: UInt16) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw SystemFailure("open", "/dev/ptmx") }
    var lock: Int32 = 0
    var number: UInt32 = 0
    // TIOCSPTLCK and TIOCGPTN of <asm-generic/ioctls.h>: unlock the other side, ask for its number.
    guard ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      close(master)
      throw SystemFailure("ioctl", "/dev/ptmx")
    }
    name = "/dev/pts/\(number)"
    other = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard other >= 0, ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else { throw SystemFailure("open", name) }
  }

  deinit {
    close(master)
    close(other)
  }

  /// How lines are taken and echoed.
  var modes: [tcflag_t] {
    var modes = termios()
    tcgetattr(other, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_lflag]
  }

  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  private var child: pid_t = 0

  func start(_ program: String, _ words: [String], _ environment: [String]) throws -> pid_t {
    child = try ApprovalTerminal.start(program, words, environment, name)
    return child
  }

  /// What the program wrote; nil once it has ended and all of it was read.
  ///
  /// One that says nothing for so long waits for what nobody will type, and is ended.
  func read(seconds: Int) -> [UInt8]? {
    var waited = 0
    while true {
      waited += 1
      if waited > seconds * 50 { kill(child, SIGKILL) }
      var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      if poll(&ready, 1, 20) > 0 {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(master, &block, block.count)
        return count > 0 ? Array(block[..<count]) : nil
      }
      var info = siginfo_t()
      // Ended, but left for whoever waits for its status.
      if waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info._sifields._sigchld.si_pid == child {
        return nil
      }
    }
  }
}
