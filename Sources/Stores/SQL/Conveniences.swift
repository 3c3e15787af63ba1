extension Row {
  package func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

  package func blob(_ column: Int) -> [UInt8] { Array(bytes(column)) }

  /// Text of the cell, nil for NULL.
  package func textOrNil(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// Number in the cell, nil for NULL.
  package func intOrNil(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }
}

extension Statement {
  package func bind(_ index: Int, _ value: SQLValue) {
    switch value {
    case .null: bindNull(index)
    case .int(let value): bind(index, int: value)
    case .text(let value): bind(index, text: value)
    case .blob(let value): bind(index, blob: value)
    }
  }

  /// Binds `$1`, `$2`... in order, then executes to the end; the result is the number of rows changed.
  @discardableResult package func run(_ values: [SQLValue]) throws -> Int {
    for (offset, value) in values.enumerated() { bind(offset + 1, value) }
    return try run()
  }
}

extension BulkInsert {
  package func date(_ iso: UnsafeBufferPointer<UInt8>) { text(iso) }

  package func date(_ iso: String) { text(iso) }

  package func value(_ value: SQLValue) {
    switch value {
    case .null: null()
    case .int(let value): int(value)
    case .text(let value): text(value)
    case .blob(let value): blob(value)
    }
  }
}

extension Database {
  @discardableResult package func run(_ sql: String) throws -> Int { try run(sql, []) }

  package func cursor(_ sql: String) throws -> any Cursor { try cursor(sql, []) }

  /// All rows of a query that is known to be small.
  package func rows(_ sql: String, _ values: [SQLValue] = []) throws -> [[SQLValue]] {
    let cursor = try query(sql, values)
    defer { cursor.close() }
    var result: [[SQLValue]] = []
    while try cursor.next() {
      result.append((0..<cursor.columnCount).map { cursor.value($0) })
    }
    return result
  }

  /// The first cell of the first row as a number; nil without a row or for NULL.
  package func firstInt(_ sql: String, _ values: [SQLValue] = []) throws -> Int64? {
    let cursor = try query(sql, values)
    defer { cursor.close() }
    return try cursor.next() ? cursor.intOrNil(0) : nil
  }

  /// The first cell of the first row as text; nil without a row or for NULL.
  package func firstText(_ sql: String, _ values: [SQLValue] = []) throws -> String? {
    let cursor = try query(sql, values)
    defer { cursor.close() }
    return try cursor.next() ? cursor.textOrNil(0) : nil
  }

  /// A write transaction around `body`: committed when it returns, undone when it or the commit throws.
  package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try beginWrite()
    return try finishing(body)
  }

  /// A read transaction around `body`: all of its queries see the same state.
  package func reading<Result>(_ body: () throws -> Result) throws -> Result {
    try beginRead()
    return try finishing(body)
  }

  private func finishing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      rollback()
      throw error
    }
  }
}
