import Glibc

/// A program that runs beside a test until its last reference goes; it is then ended by its own pid.
package final class BackgroundProgram: Sendable {
  private let pid: pid_t
  private let output: Int32

  package init(_ executable: String, _ arguments: [String]) throws {
    let (end, childs) = try makePipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, childs, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var pid: pid_t = 0
    let code = spawn(&pid, executable, arguments, [:], &actions)
    close(childs)
    if code != 0 {
      close(end)
      throw SystemFailure("posix_spawn", executable, code: code)
    }
    (self.pid, output) = (pid, end)
  }

  deinit {
    kill(pid, SIGKILL)
    close(output)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }

  /// Its next line, nil once it has closed its output.
  package func line() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1 {
      if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }
}
