import Glibc
import Postgres
import SQL

/// The Postgres server of this run: that of `TRUNKLINE_TEST_POSTGRES_URL`, else a private one for this process.
///
/// A private one lives as long as the pipe this process holds: it ends with the process, however that ends.
package final class PostgresServer: Sendable {
  private let url: String

  /// Started when first asked for.
  package static let shared = Result { try PostgresServer() }

  /// Whether tests may ask for a server; `TRUNKLINE_TEST_POSTGRES=required` makes its absence a failure of each.
  package static let isAvailable: Bool = {
    if variable("TRUNKLINE_TEST_POSTGRES") == "required" || variable("TRUNKLINE_TEST_POSTGRES_URL") != nil {
      return true
    }
    let found = try? run(
      "/bin/sh", ["-c", "command -v initdb || ls /usr/lib/postgresql/*/bin/initdb"])
    return found?.status == 0
  }()

  private init() throws {
    if let url = variable("TRUNKLINE_TEST_POSTGRES_URL") {
      self.url = url
    } else {
      url = try Self.start()
    }
  }

  /// Starts the script with its standard input a pipe that is never written: `cat` ends when this process does.
  private static func start() throws -> String {
    let (stdinRead, stdinWrite) = try makePipe()
    let (stdoutRead, stdoutWrite) = try makePipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdinRead, 0)
    posix_spawn_file_actions_adddup2(&actions, stdoutWrite, 1)
    let line = "echo \"$TRUNKLINE_TEST_POSTGRES_URL\"; exec cat >/dev/null"
    var pid: pid_t = 0
    let script = "\(repositoryRoot)/scripts/with-postgres"
    let code = spawn(&pid, script, ["sh", "-c", line], ["TRUNKLINE_TEST_POSTGRES": "required"], &actions)
    close(stdinRead)
    close(stdoutWrite)
    defer { close(stdoutRead) }
    if code != 0 { throw SystemFailure("posix_spawn", script, code: code) }
    var answer: [UInt8] = []
    var byte: UInt8 = 0
    while read(stdoutRead, &byte, 1) == 1, byte != 0x0A { answer.append(byte) }
    guard !answer.isEmpty else {
      close(stdinWrite)
      throw SQLFailure(.connection, "no private postgres server could be started")
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Makes an empty database and gives its address.
  package func makeDatabase() throws -> String {
    let name = "trunkline_test_\(UInt64.random(in: 0 ... .max))"
    try administer("CREATE DATABASE \(name)")
    return address(of: name)
  }

  package func dropDatabase(_ address: String) {
    let name = address.split(separator: "?")[0].split(separator: "/").last ?? ""
    try? administer("DROP DATABASE \(name) WITH (FORCE)")
  }

  private func administer(_ sql: String) throws {
    let database = try PostgresDatabase(url: url)
    defer { database.close() }
    try database.run(sql)
  }

  /// The server's address with another database in it.
  private func address(of name: String) -> String {
    let parts = url.split(separator: "?", maxSplits: 1)
    let scheme = parts[0].range(ofScheme: "://")
    let path = parts[0][scheme...].firstIndex(of: "/") ?? parts[0].endIndex
    return "\(parts[0][..<path])/\(name)" + (parts.count > 1 ? "?\(parts[1])" : "")
  }
}

extension Substring {
  fileprivate func range(ofScheme mark: String) -> Index {
    var index = startIndex
    while index != endIndex, !self[index...].hasPrefix(mark) { index = self.index(after: index) }
    return self.index(index, offsetBy: mark.count, limitedBy: endIndex) ?? endIndex
  }
}

func variable(_ name: String) -> String? {
  guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
  return value
}
