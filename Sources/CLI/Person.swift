import Glibc

/// Who runs the program, by the operating system's word.
package enum Principal {
  /// The name of the effective user; status 77 when the system knows none.
  package static func osUser() throws(Failure) -> String {
    var record = passwd()
    var buffer = [CChar](repeating: 0, count: 16 << 10)
    var found: UnsafeMutablePointer<passwd>?
    let status = getpwuid_r(geteuid(), &record, &buffer, buffer.count, &found)
    guard status == 0, let found, let name = found.pointee.pw_name else {
      throw Failure(.notPermitted, "the system has no name for user \(geteuid())")
    }
    return String(cString: name)
  }
}

/// A question to the person at the terminal.
package enum Prompt {
  /// True when a person can be asked: standard error and either standard input or the controlling terminal are terminals.
  package static var isPossible: Bool { Console.isTerminal(STDERR_FILENO) && Console.isTerminal(STDIN_FILENO) }

  /// One line as typed, nil at end of input; status 11 when standard input or standard error is no terminal.
  package static func ask(_ question: String) throws -> String? {
    guard isPossible else {
      throw Failure(.waiting, "a person must answer this at a terminal", hint: "run the command without a pipe")
    }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    let descriptor = terminal >= 0 ? terminal : STDIN_FILENO
    defer { if terminal >= 0 { close(terminal) } }
    var text = question
    try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: terminal >= 0 ? terminal : STDERR_FILENO) }
    return try line(from: descriptor)
  }

  private static func line(from descriptor: Int32) throws -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < 4096 {
      let count = read(descriptor, &byte, 1)
      if count < 0, errno == EINTR {
        try Interrupt.check()
        continue
      }
      guard count >= 0 else { throw Failure(.failed, "cannot read the terminal: \(SystemError.text(errno))") }
      if count == 0 { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
      if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    throw Failure(.usage, "the answer is longer than 4096 bytes")
  }
}
