import CSQLite
import Glibc
import SQL

/// One INSERT, compiled once; cells are bound where they lie, without a copy, and numbers and NULLs that come again not at
/// all.
///
/// What was added is written to the file every few megabytes: pages that wait to be written are never given up, and would
/// leave no room in the cache for those that foreign keys are looked up in.
final class SQLiteBulkInsert: BulkInsert {
  private let database: SQLiteDatabase
  private let sql: String
  private let width: Int32
  private let handle: OpaquePointer?
  private var column: Int32 = 0
  private var rows = 0
  /// Bytes added since the last time they were written to the file.
  private var unwritten = 0
  private static let mostUnwritten = 2 << 20
  private var refused: SQLFailure?
  /// What each parameter holds from the row before.
  private let held: UnsafeMutableBufferPointer<Held>

  private struct Held {
    enum Kind { case bytes, integer, null }
    var kind = Kind.null
    var integer: Int64 = 0
  }

  init(_ database: SQLiteDatabase, table: String, columns: [String]) throws {
    let dialect = database.dialect
    let names = columns.map(dialect.quoted).joined(separator: ", ")
    let marks = dialect.placeholders(columns.count)
    self.database = database
    self.sql = "INSERT INTO \(dialect.quoted(table)) (\(names)) VALUES (\(marks))"
    self.width = Int32(columns.count)
    held = .allocate(capacity: columns.count)
    held.initialize(repeating: Held())
    let connection = try database.connected()
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    handle = prepared
    if code != SQLITE_OK { throw database.failure(code, sql) }
  }

  deinit {
    sqlite3_finalize(handle)
    held.deallocate()
  }

  func int(_ value: Int64) {
    column += 1
    if column <= width {
      let place = Int(column) - 1
      if held[place].kind == .integer, held[place].integer == value { return }
      held[place] = Held(kind: .integer, integer: value)
    }
    check(sqlite3_bind_int64(handle, column, value))
  }

  /// Steps to the next parameter, which will hold so many bytes.
  @inline(__always) private func step(_ count: Int) {
    column += 1
    unwritten += count
    if column <= width { held[Int(column) - 1].kind = .bytes }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    step(bytes.count)
    if holdsNUL(bytes) { refused = nulFailure(sql) }
    check(bindText(handle, column, bytes, nil))
  }

  func text(_ string: String) {
    step(string.utf8.count)
    var string = string
    string.withUTF8 { bytes in
      if holdsNUL(bytes) { refused = nulFailure(sql) }
      check(bindText(handle, column, bytes, transient))
    }
  }

  func blob(_ bytes: UnsafeBufferPointer<UInt8>) {
    step(bytes.count)
    check(bindBlob(handle, column, bytes, nil))
  }

  func blob(_ bytes: [UInt8]) {
    step(bytes.count)
    bytes.withUnsafeBufferPointer { check(bindBlob(handle, column, $0, transient)) }
  }

  func null() {
    column += 1
    if column <= width {
      if held[Int(column) - 1].kind == .null { return }
      held[Int(column) - 1].kind = .null
    }
    check(sqlite3_bind_null(handle, column))
  }

  func endRow() throws {
    if let failure = refused ?? wrongWidth() {
      refused = nil
      column = 0
      throw failure
    }
    column = 0
    let code = sqlite3_step(handle)
    guard code == SQLITE_DONE else {
      let failure = database.failure(code, sql)
      sqlite3_reset(handle)
      throw failure
    }
    sqlite3_reset(handle)
    rows += 1
    if unwritten >= Self.mostUnwritten { try write() }
  }

  /// A reader in the way is no failure: then the pages wait, as they would have.
  private func write() throws {
    unwritten = 0
    let code = sqlite3_db_cacheflush(database.handle)
    if code != SQLITE_OK, code & 0xff != SQLITE_BUSY { throw database.failure(code, sql) }
  }

  @discardableResult func finish() throws -> Int {
    if column != 0 { throw SQLFailure(.other, "the last row was not ended", sql: sql) }
    return rows
  }

  @inline(__always) private func check(_ code: Int32) {
    // A cell too many is told by its number in endRow().
    if code != SQLITE_OK, column <= width { refused = database.failure(code, sql) }
  }

  private func wrongWidth() -> SQLFailure? {
    column == width ? nil : SQLFailure(.other, "\(width) cells are expected, \(column) given", sql: sql)
  }
}
