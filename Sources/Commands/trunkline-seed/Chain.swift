import CLI
import Glibc

/// The chain over several tables as one run: each table extracted and mapped in turn, all staged and compared together.
enum Chain {
  /// Runs it and answers the exit status of `diff`; a step that fails before it shows as a stream without its end.
  static func run(_ invocation: Invocation, _ tables: [(table: String, mapping: String)]) throws -> Int32 {
    if let url = try invocation.setting("db")?.values.last { setenv("TRUNKLINE_DB", url, 1) }
    if let file = invocation.value("config") { setenv("TRUNKLINE_CONFIG", file, 1) }
    let each = tables.map { table in
      "\(program("extract")) \(quoted(table.table)) | \(program("map")) --mapping \(quoted(table.mapping))"
    }
    let actor = invocation.value("as").map { " --as " + quoted($0) } ?? ""
    let line = "{ \(each.joined(separator: "; ")); } | \(program("stage"))\(actor) | \(program("diff"))\(actor)"
    return try shell(line)
  }

  static func besideProgram(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return path }
    let own = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (own.lastIndex(of: "/").map { String(own[...$0]) } ?? "") + path
  }

  private static func program(_ verb: String) -> String {
    let path = besideProgram("trunkline-" + verb)
    return quoted(access(path, X_OK) == 0 ? path : "trunkline-" + verb)
  }

  /// One word for the shell, whatever it holds.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static func shell(_ line: String) throws -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sh"), strdup("-c"), strdup(line), nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let failed = posix_spawn(&process, "/bin/sh", nil, nil, &arguments, environ)
    guard failed == 0 else { throw Failure(.failed, "cannot start the chain: " + SystemError.text(failed)) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}
