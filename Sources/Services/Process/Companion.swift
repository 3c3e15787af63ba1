import Glibc

/// A program that runs beside this one, heard through a pipe, so that what goes wrong in it goes wrong there alone.
///
/// It ends when its last owner here lets it go.
package final class Companion {
  /// What it says on its standard output.
  package private(set) var output: Int32
  /// Where its standard input is written; -1 when it reads a file.
  package private(set) var input: Int32
  private var process: pid_t

  /// Reads `source` when there is one; what it says on its standard error is for nobody.
  package init(_ path: String, _ arguments: [String], reading source: Int32? = nil) throws(ChildProcess.Failure) {
    let ours = try Self.pipe(path)
    let theirs = source == nil ? try Self.pipe(path) : (read: source ?? -1, write: -1)
    defer {
      close(ours.write)
      if source == nil { close(theirs.read) }
    }
    output = ours.read
    input = theirs.write
    process = -1
    process = try ChildProcess(
      path, arguments,
      descriptors: [(theirs.read, STDIN_FILENO), (ours.write, STDOUT_FILENO)]
    ).start()
  }

  deinit {
    hangUp()
    if process > 0 {
      kill(process, SIGKILL)
      _ = wait()
    }
  }

  /// Lets it know that nothing more will come and nobody listens, and waits for its end.
  package func end() -> ChildProcess.End {
    hangUp()
    let status = wait()
    process = -1
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  private func hangUp() {
    for end in [input, output] where end >= 0 { close(end) }
    (input, output) = (-1, -1)
  }

  private func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  private static func pipe(_ path: String) throws(ChildProcess.Failure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw ChildProcess.Failure(path: path, errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
