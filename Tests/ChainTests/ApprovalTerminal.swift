import Glibc
import TestSupport

/// A person at a terminal of their own: a program on a pseudo-terminal, answered when it asks.
enum ApprovalTerminal {
  /// Answers once `prompt` is on the screen; the result is the screen and the exit status.
  static func run(
    _ program: String, _ words: [String], environment: [String], prompt: String, answer: String
  ) throws -> (status: Int32, screen: String) {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw SystemFailure("open", "/dev/ptmx") }
    defer { close(master) }
    var lock: Int32 = 0
    var number: UInt32 = 0
    // TIOCSPTLCK and TIOCGPTN of <asm-generic/ioctls.h>: unlock the other side, ask for its number.
    guard ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw SystemFailure("ioctl", "/dev/ptmx")
    }
    let child = try start(program, words, environment, "/dev/pts/\(number)")
    var screen: [UInt8] = []
    var isAnswered = false
    var byte: UInt8 = 0
    // Ends with EIO when the program has closed its side.
    while read(master, &byte, 1) == 1 {
      screen.append(byte)
      if !isAnswered, String(decoding: screen, as: UTF8.self).hasSuffix(prompt) {
        isAnswered = true
        let line = Array((answer + "\n").utf8)
        _ = write(master, line, line.count)
      }
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return ((status >> 8) & 0xff, String(decoding: screen, as: UTF8.self))
  }

  /// In a session of its own, so that the first terminal it opens becomes its own.
  private static func start(
    _ program: String, _ words: [String], _ environment: [String], _ terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID
    let path = productsFolder + "/" + program
    var names: [UnsafeMutablePointer<CChar>?] = ([path] + words).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for copy in names + settings { free(copy) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, path, &actions, &attributes, &names, &settings)
    if code != 0 { throw SystemFailure("posix_spawn", path, code: code) }
    return child
  }

  /// The operating system's name of whoever runs the tests.
  static var login: String {
    getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "nobody"
  }
}
