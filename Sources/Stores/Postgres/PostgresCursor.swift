import SQL

/// Rows fetched from a server-side cursor in blocks, or those of a result held whole.
final class PostgresCursor: PostgresRow, Cursor {
  private static let block = 2000
  private var database: PostgresDatabase?
  private let name: String
  private let epoch: Int?

  /// `epoch` is that of the transaction the cursor lives in, nil for one that outlives it.
  init(_ database: PostgresDatabase, _ name: String, epoch: Int?) {
    self.database = database
    self.name = name
    self.epoch = epoch
  }

  init(_ result: PostgresResult) {
    database = nil
    name = ""
    epoch = nil
    super.init()
    show(result)
  }

  deinit { database?.closeCursor(name, epoch: epoch) }

  func next() throws -> Bool {
    if advance() { return true }
    guard let database else { return false }
    if let epoch, epoch != database.epoch {
      throw SQLFailure(.other, "the cursor ended with its transaction")
    }
    if let result, result.rowCount < Self.block {
      close()
      return false
    }
    // The block before is given back first: never two in memory.
    show(nil)
    show(try database.execute("FETCH \(Self.block) FROM \(name)", Parameters()))
    if advance() { return true }
    close()
    return false
  }

  func close() {
    database?.closeCursor(name, epoch: epoch)
    database = nil
    show(nil)
  }
}
