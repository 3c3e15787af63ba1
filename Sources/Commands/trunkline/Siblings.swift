import CLI
import Glibc

/// The other executables of the chain, beside this one.
enum Siblings {
  /// The path of a sibling that can be executed, nil when there is none.
  static func path(of executable: String) -> String? {
    guard let folder else { return nil }
    let path = folder + "/" + executable
    return access(path, X_OK) == 0 ? path : nil
  }

  /// What each verb's executable says of itself; one that is not installed is known by its name only.
  static func outlines() -> [Outline] {
    Verbs.all.map { verb in
      let told = verb.leading.isEmpty ? path(of: verb.executable).flatMap { Outline(text: output(of: $0)) } : nil
      return told ?? Outline(verb: verb.name, summary: verb.summary, words: words(of: verb.name))
    }
  }

  private static func words(of verb: String) -> [String] {
    switch verb {
    case "completions": Completions.Shell.allCases.map(\.rawValue)
    case "help": Verbs.all.map(\.name)
    default: []
    }
  }

  /// The folder of this executable, links resolved.
  private static let folder: String? = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0, let slash = buffer[..<count].lastIndex(of: CChar(UInt8(ascii: "/"))) else { return nil }
    return String(decoding: buffer[..<slash].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()

  /// Standard output of `path --describe`, empty when it cannot be run.
  private static func output(of path: String) -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return "" }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    var child: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup(Outline.request), nil]
    defer { for argument in arguments { free(argument) } }
    let status = posix_spawn(&child, path, &actions, nil, &arguments, environ)
    close(ends[1])
    guard status == 0 else { return "" }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += chunk[..<count]
    }
    var end: Int32 = 0
    while waitpid(child, &end, 0) < 0, errno == EINTR {}
    return String(decoding: bytes, as: UTF8.self)
  }
}
