/// One connection to a store of tables: SQLite file or Postgres database, used from one thread at a time.
///
/// SQL text holds `$1`, `$2`... for values, in any order and repeated at will. Every failure is an `SQLFailure`; after
/// one inside a transaction, roll back: Postgres takes nothing else.
package protocol Database: AnyObject {
  var dialect: Dialect { get }

  /// Executes one statement; the result is the number of rows it changed.
  @discardableResult func run(_ sql: String, _ values: [SQLValue]) throws -> Int

  /// Executes several statements without values, as a schema or migration has them.
  func script(_ sql: String) throws

  /// Rows of one SELECT, streamed: memory does not grow with their number.
  ///
  /// Several may be open at once, and writes may run between two calls of `next()`. A cursor opened inside a
  /// transaction ends with it. Whether it sees rows written after it was opened differs between the databases.
  func cursor(_ sql: String, _ values: [SQLValue]) throws -> any Cursor

  /// Rows of a query known to be few, or of an INSERT, UPDATE or DELETE with RETURNING: one round trip to a server.
  func query(_ sql: String, _ values: [SQLValue]) throws -> any Cursor

  /// One statement to be executed many times.
  func prepare(_ sql: String) throws -> any Statement

  /// The fast way to add many rows to one table; call it inside a write transaction.
  func bulk(into table: String, columns: [(name: String, kind: ColumnKind)]) throws -> any BulkInsert

  /// Starts a transaction that is the only writer of this database until its end, or throws `.busy`.
  func beginWrite() throws

  /// Starts a transaction that sees one unchanging state and writes nothing.
  func beginRead() throws

  /// Ends the transaction; on return all of it is on disk. After a failure it is still to be rolled back.
  func commit() throws

  /// Undoes the transaction; without one it does nothing.
  func rollback()

  /// Faults found in storage, indexes and references; none when all is well.
  func integrityCheck() throws -> [String]

  /// Ends the connection and undoes an open transaction; calls after it throw `.connection`.
  func close()
}

/// Cells of the row a cursor or statement stands on; columns count from 0.
package protocol Row: AnyObject {
  var columnCount: Int { get }
  func columnName(_ column: Int) -> String
  func isNull(_ column: Int) -> Bool
  /// The number in the cell; 0 for NULL or text that is none.
  func int(_ column: Int) -> Int64
  /// Text (UTF-8) or blob without a copy, valid until the cursor or statement moves; empty for NULL.
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>
  func value(_ column: Int) -> SQLValue
}

/// Rows of one query, one after another.
package protocol Cursor: Row {
  /// Moves to the next row; false after the last, and from then on.
  func next() throws -> Bool
  /// Gives back what the query holds; done by itself after the last row or with the last reference.
  func close()
}

/// A statement with values bound by number (1 for `$1`); values stay bound from one execution to the next.
package protocol Statement: Row {
  func bind(_ index: Int, int: Int64)
  /// The bytes must live until the execution that uses them has returned.
  func bind(_ index: Int, text: UnsafeBufferPointer<UInt8>)
  func bind(_ index: Int, text: String)
  /// The bytes must live until the execution that uses them has returned.
  func bind(_ index: Int, blob: UnsafeBufferPointer<UInt8>)
  func bind(_ index: Int, blob: [UInt8])
  func bindNull(_ index: Int)
  /// Executes to the end; the result is the number of rows changed. A refused value is reported here.
  @discardableResult func run() throws -> Int
  /// Executes and stands on the first row; false without one. For results of few rows: use a cursor for many.
  func first() throws -> Bool
  /// Leaves the row and forgets all values.
  func reset()
}

/// Rows for one table, given cell by cell in the order of the columns, then `endRow()`.
///
/// Bytes given as pointers must live until `endRow()` has returned. A date column takes `YYYY-MM-DD` by `date`.
/// Nothing is promised to be in the table before `finish()`; queries on the same connection may run in between.
package protocol BulkInsert: AnyObject {
  func int(_ value: Int64)
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  func text(_ string: String)
  func blob(_ bytes: UnsafeBufferPointer<UInt8>)
  func blob(_ bytes: [UInt8])
  func null()
  /// Completes a row; throws when cells are missing or too many, or one was refused.
  func endRow() throws
  /// Writes what is left; the result is the number of rows since the start.
  @discardableResult func finish() throws -> Int
}
