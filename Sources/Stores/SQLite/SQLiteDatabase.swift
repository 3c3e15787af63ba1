import CSQLite
import Glibc
package import SQL

/// One connection to a database file, the only writer while it writes.
///
/// The rollback journal is used (never WAL, which in the SQLite of Debian 12 can damage a file that two processes write).
/// On return of `commit()` the data has been given to the disk with fsync, and so has the folder (`synchronous=EXTRA`): a
/// journal whose removal a power cut undoes would roll back what was already said to be committed. What is deleted is
/// overwritten where its page stays in use; pages that become free keep their bytes until they are used again.
package final class SQLiteDatabase: Database {
  package let path: String
  package var dialect: Dialect { .sqlite }
  var handle: OpaquePointer?

  /// Opens `path`; `create` makes it when missing, readable by its owner alone.
  ///
  /// Throws `.connection` when it is missing, `.notADatabase` when it is some other file.
  /// `busyTimeout` is in milliseconds, `cache` in KiB. A new file gets pages of 8 KiB, an old one keeps its own.
  package init(
    path: String, create: Bool = false, readOnly: Bool = false, busyTimeout: Int = 5000, cache: Int = 18_000
  ) throws {
    self.path = path
    if create { try Self.createFile(path) }
    let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    handle = opened
    do {
      guard code == SQLITE_OK else { throw openFailure(code) }
      try script(
        """
        PRAGMA busy_timeout=\(busyTimeout);
        PRAGMA trusted_schema=OFF;
        PRAGMA page_size=8192;
        PRAGMA cell_size_check=ON;
        PRAGMA foreign_keys=ON;
        PRAGMA secure_delete=FAST;
        PRAGMA mmap_size=0;
        PRAGMA cache_size=-\(cache);
        PRAGMA synchronous=EXTRA;
        """)
      try checkFile(readOnly: readOnly)
    } catch {
      close()
      throw error
    }
  }

  deinit { close() }

  package func close() {
    sqlite3_close_v2(handle)
    handle = nil
  }

  /// SQLite would make the file readable by all; the journal takes over the mode of the file.
  private static func createFile(_ path: String) throws {
    if path == ":memory:" { return }
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file >= 0 {
      _ = Glibc.close(file)
    } else if errno != EEXIST {
      throw SQLFailure(.connection, "cannot create \(path): \(String(cString: strerror(errno)))")
    }
  }

  /// The first reads of the file: here a file that is no database is found out.
  private func checkFile(readOnly: Bool) throws {
    _ = try firstInt("PRAGMA schema_version")
    if let encoding = try firstText("PRAGMA encoding"), encoding != "UTF-8" {
      throw SQLFailure(.other, "\(path) keeps text as \(encoding); only UTF-8 is read")
    }
    if readOnly { return }
    let mode = try firstText("PRAGMA journal_mode=DELETE")
    guard mode == "delete" || mode == "memory" else {
      throw SQLFailure(.busy, "\(path) is in journal mode \(mode ?? "") and cannot leave it")
    }
  }
}

// MARK: - Statements

extension SQLiteDatabase {
  @discardableResult package func run(_ sql: String, _ values: [SQLValue]) throws -> Int {
    let statement = try SQLiteStatement(self, sql, values)
    defer { statement.close() }
    return try statement.run()
  }

  package func script(_ sql: String) throws {
    let handle = try connected()
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    if code != SQLITE_OK { throw failure(code, sql) }
  }

  package func cursor(_ sql: String, _ values: [SQLValue]) throws -> any Cursor {
    try SQLiteStatement(self, sql, values)
  }

  package func query(_ sql: String, _ values: [SQLValue]) throws -> any Cursor { try cursor(sql, values) }

  package func prepare(_ sql: String) throws -> any Statement {
    try SQLiteStatement(self, sql, keep: true)
  }

  package func bulk(into table: String, columns: [(name: String, kind: ColumnKind)]) throws -> any BulkInsert {
    try SQLiteBulkInsert(self, table: table, columns: columns.map(\.name))
  }
}

// MARK: - Transactions

extension SQLiteDatabase {
  package func beginWrite() throws { try script("BEGIN IMMEDIATE") }

  package func beginRead() throws {
    try script("BEGIN")
    // BEGIN alone fixes nothing: the state is fixed by the first read.
    do {
      try script("SELECT 1 FROM sqlite_schema LIMIT 1")
    } catch {
      rollback()
      throw error
    }
  }

  package func commit() throws { try script("COMMIT") }

  package func rollback() {
    guard let handle, sqlite3_get_autocommit(handle) == 0 else { return }
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  package func integrityCheck() throws -> [String] {
    var faults = try rows("PRAGMA integrity_check").compactMap { $0.first?.text }.filter { $0 != "ok" }
    for row in try rows("PRAGMA foreign_key_check") {
      let number = row[1].int.map { " row \($0)" } ?? ""
      faults.append("\(row[0].text ?? "?")\(number) refers to a missing row of \(row[2].text ?? "?")")
    }
    return faults
  }
}

// MARK: - Failures

extension SQLiteDatabase {
  func connected() throws -> OpaquePointer {
    guard let handle else { throw SQLFailure(.connection, "the database is closed") }
    return handle
  }

  func failure(_ code: Int32, _ sql: String?) -> SQLFailure {
    let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    return SQLFailure(kind(of: code), message, sql: sql)
  }

  private func openFailure(_ code: Int32) -> SQLFailure {
    if access(path, F_OK) != 0 { return SQLFailure(.connection, "no database at \(path)") }
    let words = String(cString: sqlite3_errstr(code))
    return SQLFailure(kind(of: code), "cannot open \(path): \(words)")
  }

  private func kind(of code: Int32) -> SQLFailure.Kind {
    switch code & 0xff {
    case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG: return .constraint
    case SQLITE_BUSY, SQLITE_LOCKED: return .busy
    case SQLITE_FULL: return .full
    case SQLITE_READONLY, SQLITE_PERM: return .readOnly
    case SQLITE_CORRUPT: return .corrupt
    case SQLITE_NOTADB: return .notADatabase
    case SQLITE_CANTOPEN: return .connection
    case SQLITE_IOERR:
      let cause = handle.map { sqlite3_system_errno($0) } ?? 0
      return cause == ENOSPC || cause == EDQUOT || cause == EFBIG ? .full : .other
    default: return .other
    }
  }
}
