import CLI
import Glibc

/// A built executable run to its end, its standard error kept.
struct Child {
  let status: Int32
  let out: String
  let err: String

  /// Where standard output goes: kept, a pipe nobody reads, nowhere at all, or a full disk.
  enum Output { case kept, brokenPipe, closed, full }

  static let folder: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }()

  /// Exit status is 128 + n for a death by signal n plus 1000, so that it is never taken for a clean one.
  static func run(
    _ executable: String, _ words: [String] = [], environment: [String: String] = [:], output: Output = .kept
  ) throws -> Child {
    let err = try Scratch(file: "")
    let out = try Scratch(file: "")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, err.path, O_WRONLY, 0)
    var ends: [Int32] = [-1, -1]
    switch output {
    case .kept: posix_spawn_file_actions_addopen(&actions, 1, out.path, O_WRONLY, 0)
    case .full: posix_spawn_file_actions_addopen(&actions, 1, "/dev/full", O_WRONLY, 0)
    case .closed: posix_spawn_file_actions_addclose(&actions, 1)
    case .brokenPipe:
      pipe(&ends)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      close(ends[0])
      posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = ([executable] + words).map { strdup($0) } + [nil]
    let inherited = ["PATH=/nonexistent"] + environment.map { "\($0.key)=\($0.value)" }
    var variables: [UnsafeMutablePointer<CChar>?] = inherited.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var child: pid_t = 0
    let spawned = posix_spawn(&child, folder + "/" + executable, &actions, nil, &arguments, &variables)
    if ends[1] >= 0 { close(ends[1]) }
    guard spawned == 0 else { throw Failure(.failed, "cannot run \(executable): \(SystemError.text(spawned))") }
    var end: Int32 = 0
    while waitpid(child, &end, 0) < 0, errno == EINTR {}
    let status = end & 0x7F == 0 ? (end >> 8) & 0xFF : 1000 + end & 0x7F
    return Child(status: status, out: try out.text(), err: try err.text())
  }
}

/// A file of its own under the temporary folder, removed when no longer held.
final class Scratch {
  let path: String

  init(file text: String, mode: mode_t = 0o600) throws {
    var template = Array("/tmp/trunkline-cli-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure(.failed, "cannot make a scratch file") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { close(descriptor) }
    var text = text
    try text.withUTF8 { try Console.write(UnsafeRawBufferPointer($0), to: descriptor) }
    fchmod(descriptor, mode)
  }

  deinit { unlink(path) }

  func text() throws -> String { String(decoding: try InputFile.read(path), as: UTF8.self) }
}
