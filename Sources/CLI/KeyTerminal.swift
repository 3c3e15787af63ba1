import Glibc
import Synchronization

/// The person's terminal, key by key, on a screen of its own that is put away however the program ends.
///
/// Status 11 where standard input or standard error is no terminal.
package struct KeyTerminal: ~Copyable {
  package enum Key: Equatable, Sendable {
    case letter(Character)
    case up, down, enter, escape
    /// The window has another size: draw again.
    case resized
    /// The terminal is gone.
    case end
  }

  private let descriptor: Int32

  package init() throws(Failure) {
    guard Prompt.isPossible else {
      throw Failure(
        .waiting, "a person must do this at a terminal", hint: "run the command without a pipe, in a terminal window")
    }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { throw Failure(.waiting, "there is no terminal: \(SystemError.text(errno))") }
    descriptor = terminal
    ScreenKeeper.begin(terminal)
  }

  deinit {
    ScreenKeeper.end()
    close(descriptor)
  }

  /// Columns and rows; 80 and 24 where the terminal does not know.
  package var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Replaces the screen by these lines; they must not hold control characters of others.
  package func draw(_ lines: [String]) throws {
    var text = "\u{1b}[H\u{1b}[2J" + lines.joined(separator: "\r\n")
    try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Waits for the next key.
  package func key() -> Key {
    guard let byte = byte(within: -1) else { return errno == EINTR ? .resized : .end }
    switch byte {
    case 0x0D, 0x0A: return .enter
    case 0x03, 0x04: return .letter("q")
    case 0x1B: return sequence()
    default: return .letter(Character(Unicode.Scalar(byte)))
    }
  }

  /// What follows an escape character: an arrow, or nothing for the key itself.
  private func sequence() -> Key {
    guard let next = byte(within: 50) else { return .escape }
    guard next == UInt8(ascii: "[") || next == UInt8(ascii: "O"), let last = byte(within: 50) else { return .escape }
    switch last {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    default: return .escape
    }
  }

  private func byte(within milliseconds: Int32) -> UInt8? {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    errno = 0
    guard poll(&ready, 1, milliseconds) > 0 else { return nil }
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) == 1 ? byte : nil
  }

  /// Asks for a line at the bottom of the screen, typed as anywhere else; nil at end of input.
  package func line(_ question: String) throws -> String? {
    ScreenKeeper.pause()
    defer { ScreenKeeper.begin(descriptor) }
    return try Prompt.ask("\u{1b}[\(size.rows);1H\u{1b}[2K" + question)
  }
}

/// The state a terminal was in, put back at the end, on signals and on crashes; only `tcsetattr` and `write` are used there.
enum ScreenKeeper {
  private static let state = State()
  private static let fatal = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGSEGV]

  /// Takes keys one by one, without echo, on the alternate screen.
  static func begin(_ descriptor: Int32) {
    if state.saved.load(ordering: .relaxed) == 0 {
      let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
      guard tcgetattr(descriptor, saved) == 0 else { return saved.deallocate() }
      state.saved.store(UInt(bitPattern: saved), ordering: .sequentiallyConsistent)
      for signal in fatal { install(signal) { ScreenKeeper.crashed($0) } }
      install(SIGWINCH) { _ in }
    }
    guard let saved = UnsafePointer<termios>(bitPattern: state.saved.load(ordering: .relaxed)) else { return }
    var raw = saved.pointee
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    raw.c_iflag &= ~tcflag_t(IXON | ICRNL)
    tcsetattr(descriptor, TCSADRAIN, &raw)
    state.descriptor.store(descriptor, ordering: .sequentiallyConsistent)
    put("\u{1b}[?1049h", descriptor)
  }

  /// The way lines are typed, still on the alternate screen.
  static func pause() {
    let descriptor = state.descriptor.load(ordering: .relaxed)
    guard let saved = UnsafePointer<termios>(bitPattern: state.saved.load(ordering: .relaxed)) else { return }
    tcsetattr(descriptor, TCSADRAIN, saved)
  }

  /// Puts back what was; harmless when nothing was changed.
  static func end() {
    let descriptor = state.descriptor.exchange(-1, ordering: .sequentiallyConsistent)
    guard descriptor >= 0,
      let saved = UnsafePointer<termios>(bitPattern: state.saved.load(ordering: .relaxed))
    else { return }
    tcsetattr(descriptor, TCSANOW, saved)
    put("\u{1b}[?1049l", descriptor)
  }

  private static func put(_ text: StaticString, _ descriptor: Int32) {
    _ = write(descriptor, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func crashed(_ signal: Int32) {
    end()
    Glibc.signal(signal, SIG_DFL)
    raise(signal)
  }

  private static func install(_ signal: Int32, _ handler: @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigaction(signal, &action, nil)
  }

  private final class State: Sendable {
    let descriptor = Atomic<Int32>(-1)
    let saved = Atomic<UInt>(0)
  }
}
