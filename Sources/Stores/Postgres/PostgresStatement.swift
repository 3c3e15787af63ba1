import CPostgres
import SQL

/// A statement the server has planned; prepared when first executed, when the types of its values are known.
final class PostgresStatement: PostgresRow, Statement {
  private let database: PostgresDatabase
  private let sql: String
  private var name: String?
  private var preparedTypes: [Oid] = []
  private var parameters = Parameters()
  private var refused: SQLFailure?

  init(_ database: PostgresDatabase, _ sql: String) {
    self.database = database
    self.sql = sql
  }

  deinit { deallocate() }

  private func deallocate() {
    if let name { _ = try? database.run("DEALLOCATE \(name)") }
    name = nil
  }

  func bind(_ index: Int, int: Int64) {
    if isParameter(index) { parameters.bind(index, int: int) }
  }

  func bind(_ index: Int, text: UnsafeBufferPointer<UInt8>) {
    if isParameter(index) { parameters.bind(index, text: text) }
  }

  func bind(_ index: Int, text: String) {
    var text = text
    text.withUTF8 { bind(index, text: $0) }
  }

  func bind(_ index: Int, blob: UnsafeBufferPointer<UInt8>) {
    if isParameter(index) { parameters.bind(index, blob: blob) }
  }

  func bind(_ index: Int, blob: [UInt8]) {
    blob.withUnsafeBufferPointer { bind(index, blob: $0) }
  }

  func bindNull(_ index: Int) {
    if isParameter(index) { parameters.bindNull(index) }
  }

  private func isParameter(_ index: Int) -> Bool {
    if index > 0, index <= Int(UInt16.max) { return true }
    refused = SQLFailure(.other, "there is no $\(index) in the statement", sql: sql)
    return false
  }

  func reset() {
    parameters.removeAll()
    refused = nil
    show(nil)
  }

  @discardableResult func run() throws -> Int {
    show(nil)
    return try execute().changed
  }

  func first() throws -> Bool {
    show(try execute())
    return advance()
  }

  private func execute() throws -> PostgresResult {
    if let failure = refused {
      refused = nil
      throw failure
    }
    let name = try prepared()
    return try database.executePrepared(name, sql, parameters)
  }

  private func prepared() throws -> String {
    if let name, preparedTypes == parameters.types { return name }
    deallocate()
    let fresh = database.nextName("s")
    try database.prepare(fresh, sql, parameters.types)
    name = fresh
    preparedTypes = parameters.types
    return fresh
  }
}
