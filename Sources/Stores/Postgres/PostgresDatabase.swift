import CPostgres
import Glibc
package import SQL

/// One connection to a Postgres database; libpq is loaded when the first one is opened.
///
/// Writers take one advisory lock for the length of their transaction, so that there is one at a time, as in SQLite.
package final class PostgresDatabase: Database {
  package var dialect: Dialect { .postgres }
  private var handle: OpaquePointer?
  private let busyTimeout: Int
  private var names = 0
  /// Cursors that could not be closed because their transaction had failed.
  private var abandoned: [String] = []
  /// Counts transactions begun and ended, so that a cursor knows whether its own is still open.
  private(set) var epoch = 0

  /// The advisory lock of the one writer: the bytes `trunklin`.
  private static let writerLock: Int64 = 0x7472_756E_6B6C_696E

  /// Connects to `postgres://user@host:port/database`, or `...?host=/folder/of/the/socket`.
  ///
  /// A password is given apart from the address, which is shown in messages. `busyTimeout` is in milliseconds.
  package init(url: String, password: String? = nil, busyTimeout: Int = 5000) throws {
    self.busyTimeout = max(1, busyTimeout)
    guard tl_libpq() != nil else {
      throw SQLFailure(.connection, "libpq is not installed", hint: "install it with: apt-get install libpq5")
    }
    var options = [("connect_timeout", "10"), ("application_name", "trunkline"), ("dbname", url)]
    if let password { options.append(("password", password)) }
    options.append(("client_encoding", "UTF8"))
    handle = Self.connect(options)
    do {
      guard tl_PQstatus(handle) == CONNECTION_OK else { throw connectionFailure() }
      tl_silence(handle)
      try script(
        """
        SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET standard_conforming_strings = on;
        SET bytea_output = 'hex'; SET client_min_messages = warning;
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        """)
    } catch {
      close()
      throw error
    }
  }

  deinit { close() }

  package func close() {
    if handle != nil { tl_PQfinish(handle) }
    handle = nil
    epoch += 1
  }

  private static func connect(_ options: [(name: String, value: String)]) -> OpaquePointer? {
    var names: [UnsafePointer<CChar>?] = options.map { UnsafePointer(strdup($0.name)) }
    var values: [UnsafePointer<CChar>?] = options.map { UnsafePointer(strdup($0.value)) }
    defer { for copy in names + values { free(UnsafeMutablePointer(mutating: copy)) } }
    names.append(nil)
    values.append(nil)
    return tl_PQconnectdbParams(names, values, 1)
  }
}

// MARK: - Statements

extension PostgresDatabase {
  @discardableResult package func run(_ sql: String, _ values: [SQLValue]) throws -> Int {
    try execute(sql, Parameters(values)).changed
  }

  package func script(_ sql: String) throws {
    _ = try checked(tl_PQexec(try connected(), sql), sql)
  }

  package func query(_ sql: String, _ values: [SQLValue]) throws -> any Cursor {
    PostgresCursor(try execute(sql, Parameters(values)))
  }

  package func cursor(_ sql: String, _ values: [SQLValue]) throws -> any Cursor {
    guard isSelect(sql) else { return try query(sql, values) }
    let name = nextName("c")
    let inTransaction = tl_PQtransactionStatus(try connected()) != PQTRANS_IDLE
    let hold = inTransaction ? "" : " WITH HOLD"
    _ = try execute("DECLARE \(name) NO SCROLL CURSOR\(hold) FOR \(sql)", Parameters(values))
    return PostgresCursor(self, name, epoch: inTransaction ? epoch : nil)
  }

  package func prepare(_ sql: String) throws -> any Statement {
    _ = try connected()
    return PostgresStatement(self, sql)
  }

  package func bulk(into table: String, columns: [(name: String, kind: ColumnKind)]) throws -> any BulkInsert {
    try PostgresBulkInsert(self, table: table, columns: columns)
  }

  func nextName(_ prefix: String) -> String {
    names += 1
    return "trunkline_\(prefix)\(names)"
  }

  /// Whether a server-side cursor can be declared for the query; those with RETURNING are given whole.
  private func isSelect(_ sql: String) -> Bool {
    let letters = sql.utf8.drop { $0 <= 0x20 || $0 == 0x28 }.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    let word = String(decoding: letters, as: UTF8.self).uppercased()
    if word == "WITH" { return !sql.uppercased().contains("RETURNING") }
    return word == "SELECT" || word == "VALUES" || word == "TABLE"
  }
}

// MARK: - Transactions

extension PostgresDatabase {
  package func beginWrite() throws {
    try begin(
      """
      BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = \(busyTimeout);
      SELECT pg_advisory_xact_lock(\(Self.writerLock))
      """)
  }

  package func beginRead() throws {
    // BEGIN alone fixes nothing: the state is fixed by the first read.
    try begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1")
  }

  private func begin(_ sql: String) throws {
    guard tl_PQtransactionStatus(try connected()) == PQTRANS_IDLE else {
      throw SQLFailure(.other, "cannot start a transaction within a transaction", sql: sql)
    }
    epoch += 1
    do {
      try script(sql)
    } catch {
      rollback()
      throw error
    }
  }

  package func commit() throws {
    guard tl_PQtransactionStatus(try connected()) != PQTRANS_IDLE else {
      throw SQLFailure(.other, "no transaction is open", sql: "COMMIT")
    }
    let result = try checked(tl_PQexec(handle, "COMMIT"), "COMMIT")
    epoch += 1
    // COMMIT of a transaction that has failed succeeds, and says that it rolled back.
    guard result.command == "COMMIT" else {
      throw SQLFailure(.other, "the transaction had failed and was rolled back", sql: "COMMIT")
    }
  }

  package func rollback() {
    guard let handle, tl_PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
    tl_PQclear(tl_PQexec(handle, "ROLLBACK"))
    epoch += 1
    for name in abandoned { tl_PQclear(tl_PQexec(handle, "CLOSE \(name)")) }
    abandoned = []
  }

  /// Ends a server-side cursor; one that belongs to a transaction (`epoch`) has ended with it.
  func closeCursor(_ name: String, epoch: Int?) {
    guard let handle, epoch == nil || epoch == self.epoch else { return }
    if tl_PQtransactionStatus(handle) == PQTRANS_INERROR {
      if epoch == nil { abandoned.append(name) }
      return
    }
    tl_PQclear(tl_PQexec(handle, "CLOSE \(name)"))
  }

  package func integrityCheck() throws -> [String] {
    let constraints = try rows(
      "SELECT conname || ' of ' || conrelid::regclass FROM pg_constraint WHERE NOT convalidated ORDER BY 1")
    let indexes = try rows(
      "SELECT indexrelid::regclass || ' of ' || indrelid::regclass FROM pg_index WHERE NOT indisvalid ORDER BY 1")
    return constraints.map { "constraint \($0[0].text ?? "?") was never checked" }
      + indexes.map { "index \($0[0].text ?? "?") is not valid" }
  }
}

// MARK: - Round trips

extension PostgresDatabase {
  func connected() throws -> OpaquePointer {
    guard let handle else { throw SQLFailure(.connection, "the database is closed") }
    return handle
  }

  func execute(_ sql: String, _ parameters: borrowing Parameters) throws -> PostgresResult {
    let handle = try connected()
    try parameters.takeRefusal(sql)
    let result = parameters.withPointers { types, values, lengths, formats, count in
      tl_PQexecParams(handle, sql, count, types, values, lengths, formats, 0)
    }
    return try checked(result, sql)
  }

  func prepare(_ name: String, _ sql: String, _ types: [Oid]) throws {
    _ = try checked(tl_PQprepare(try connected(), name, sql, Int32(types.count), types), sql)
  }

  func executePrepared(_ name: String, _ sql: String, _ parameters: borrowing Parameters) throws -> PostgresResult {
    let handle = try connected()
    try parameters.takeRefusal(sql)
    let result = parameters.withPointers { _, values, lengths, formats, count in
      tl_PQexecPrepared(handle, name, count, values, lengths, formats, 0)
    }
    return try checked(result, sql)
  }

  /// Gives one block of COPY text to the server.
  func copy(_ sql: String, _ block: UnsafeBufferPointer<UInt8>) throws {
    let handle = try connected()
    _ = try checked(tl_PQexec(handle, sql), sql)
    var sent = true
    block.withMemoryRebound(to: CChar.self) { characters in
      var rest = characters[...]
      while sent, !rest.isEmpty {
        let part = UnsafeBufferPointer(rebasing: rest.prefix(1 << 20))
        sent = tl_PQputCopyData(handle, part.baseAddress, Int32(part.count)) == 1
        rest = rest.dropFirst(part.count)
      }
    }
    sent = tl_PQputCopyEnd(handle, nil) == 1 && sent
    var failure: SQLFailure? = sent ? nil : connectionFailure()
    while let result = tl_PQgetResult(handle) {
      do { _ = try checked(result, sql) } catch let refused as SQLFailure { failure = refused }
    }
    if let failure { throw failure }
  }

  private func checked(_ result: OpaquePointer?, _ sql: String) throws -> PostgresResult {
    guard let result else { throw connectionFailure() }
    let owned = PostgresResult(result)
    switch tl_PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_COPY_IN: return owned
    default:
      if owned.state == nil, tl_PQstatus(handle) != CONNECTION_OK { throw connectionFailure() }
      throw SQLFailure(SQLFailure.Kind(sqlState: owned.state ?? ""), owned.message, sql: sql)
    }
  }

  private func connectionFailure() -> SQLFailure {
    let words = tl_PQerrorMessage(handle).map { String(cString: $0) } ?? ""
    let line = words.split(separator: "\n").first.map(String.init) ?? "the connection to the server is lost"
    return SQLFailure(.connection, line)
  }
}
