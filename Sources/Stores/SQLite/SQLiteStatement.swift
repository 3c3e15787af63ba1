import CSQLite
import Glibc
import SQL

/// One compiled statement, as cursor or for repeated execution.
final class SQLiteStatement: Cursor, Statement {
  private let database: SQLiteDatabase
  private let sql: String
  private var handle: OpaquePointer?
  /// Parameter number of `$n` at n - 1; 0 where the text does not hold it.
  private var parameters: [Int32] = []
  private var refused: SQLFailure?
  private var ended = false

  init(_ database: SQLiteDatabase, _ sql: String, keep: Bool = false) throws {
    self.database = database
    self.sql = sql
    let flags = keep ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    let connection = try database.connected()
    var text = sql
    try text.withUTF8 { bytes in
      try bytes.withMemoryRebound(to: CChar.self) { characters in
        var tail: UnsafePointer<CChar>?
        // The property itself is never lent: then no call on a row has to ask whether it is.
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
          connection, characters.baseAddress, Int32(characters.count), flags, &prepared, &tail)
        handle = prepared
        guard code == SQLITE_OK else { throw database.failure(code, sql) }
        let used = tail.flatMap { end in characters.baseAddress.map { end - $0 } } ?? characters.count
        guard handle != nil, Self.isBlank(bytes[used...]) else {
          throw SQLFailure(.other, "exactly one statement is expected", sql: sql)
        }
      }
    }
    numberParameters()
  }

  convenience init(_ database: SQLiteDatabase, _ sql: String, _ values: [SQLValue]) throws {
    try self.init(database, sql)
    guard values.count == parameters.count else {
      throw SQLFailure(.other, "\(parameters.count) values are expected, \(values.count) given", sql: sql)
    }
    for (offset, value) in values.enumerated() { bind(offset + 1, value) }
  }

  deinit { close() }

  func close() {
    sqlite3_finalize(handle)
    handle = nil
    ended = true
  }

  private static func isBlank(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) || $0 == 0x3B }
  }

  private func numberParameters() {
    var parameters: [Int32] = []
    for number in 0..<sqlite3_bind_parameter_count(handle) {
      guard let name = sqlite3_bind_parameter_name(handle, number + 1) else { continue }
      let index = Int(atoi(name + 1))
      guard index > 0 else { continue }
      while parameters.count < index { parameters.append(0) }
      parameters[index - 1] = number + 1
    }
    self.parameters = parameters
  }
}

// MARK: - Values in

extension SQLiteStatement {
  /// SQLite's number of `$index`, made ready to be bound; nil when the text holds no such parameter.
  private func parameter(_ index: Int) -> Int32? {
    if sqlite3_stmt_busy(handle) != 0 { sqlite3_reset(handle) }
    guard index > 0, index <= parameters.count else {
      refused = SQLFailure(.other, "there is no $\(index) in the statement", sql: sql)
      return nil
    }
    return parameters[index - 1] == 0 ? nil : parameters[index - 1]
  }

  private func check(_ code: Int32) {
    if code != SQLITE_OK { refused = database.failure(code, sql) }
  }

  func bind(_ index: Int, int: Int64) {
    if let parameter = parameter(index) { check(sqlite3_bind_int64(handle, parameter, int)) }
  }

  func bind(_ index: Int, text: UnsafeBufferPointer<UInt8>) { bind(index, text: text, keeping: nil) }

  func bind(_ index: Int, text: String) {
    var text = text
    text.withUTF8 { bind(index, text: $0, keeping: transient) }
  }

  private func bind(_ index: Int, text: UnsafeBufferPointer<UInt8>, keeping: sqlite3_destructor_type?) {
    guard let parameter = parameter(index) else { return }
    if holdsNUL(text) { refused = nulFailure(sql) }
    check(bindText(handle, parameter, text, keeping))
  }

  func bind(_ index: Int, blob: UnsafeBufferPointer<UInt8>) {
    if let parameter = parameter(index) { check(bindBlob(handle, parameter, blob, nil)) }
  }

  func bind(_ index: Int, blob: [UInt8]) {
    guard let parameter = parameter(index) else { return }
    blob.withUnsafeBufferPointer { check(bindBlob(handle, parameter, $0, transient)) }
  }

  func bindNull(_ index: Int) {
    if let parameter = parameter(index) { check(sqlite3_bind_null(handle, parameter)) }
  }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    refused = nil
    ended = false
  }
}

// MARK: - Execution

extension SQLiteStatement {
  private func step() throws -> Bool {
    guard handle != nil else { throw SQLFailure(.connection, "the statement is closed", sql: sql) }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let failure = database.failure(code, sql)
      sqlite3_reset(handle)
      throw failure
    }
  }

  private func takeRefusal() throws {
    if let failure = refused {
      refused = nil
      throw failure
    }
  }

  func next() throws -> Bool {
    try takeRefusal()
    if ended { return false }
    if try step() { return true }
    close()
    return false
  }

  @discardableResult func run() throws -> Int {
    try takeRefusal()
    sqlite3_reset(handle)
    let connection = try database.connected()
    let before = sqlite3_total_changes64(connection)
    while try step() {}
    sqlite3_reset(handle)
    return sqlite3_total_changes64(connection) == before ? 0 : Int(sqlite3_changes64(connection))
  }

  func first() throws -> Bool {
    try takeRefusal()
    sqlite3_reset(handle)
    if try step() { return true }
    sqlite3_reset(handle)
    return false
  }
}

// MARK: - Values out

extension SQLiteStatement {
  var columnCount: Int { Int(sqlite3_column_count(handle)) }

  func columnName(_ column: Int) -> String {
    sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
  }

  func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

  func int(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_blob(handle, Int32(column))
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count)
  }

  func value(_ column: Int) -> SQLValue {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .int(int(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .text(text(column))
    }
  }
}
