import CPostgres
import SQL

/// Object ids of the types in `pg_type.dat`, fixed for all versions.
enum TypeID {
  static let unknown: Oid = 0
  static let bool: Oid = 16
  static let bytea: Oid = 17
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let oid: Oid = 26
  static let numeric: Oid = 1700
}

/// Values on their way to the server: numbers and text as text, blobs as they are.
///
/// Text has no declared type, so that the server takes it for a date where a date is wanted.
struct Parameters {
  private struct Cell {
    var bytes: [UInt8] = []
    var isNull = true
    var isBinary = false
  }

  private var cells: [Cell] = []
  /// A NULL keeps the type of the value before it, so that a prepared statement need not be prepared again.
  private(set) var types: [Oid] = []
  private var holdsNUL = false

  init(_ values: [SQLValue] = []) {
    for (offset, value) in values.enumerated() {
      switch value {
      case .null: bindNull(offset + 1)
      case .int(let number): bind(offset + 1, int: number)
      case .text(var text): text.withUTF8 { bind(offset + 1, text: $0) }
      case .blob(let bytes): bytes.withUnsafeBufferPointer { bind(offset + 1, blob: $0) }
      }
    }
  }

  mutating func bind(_ index: Int, int: Int64) {
    set(index, TypeID.int8) { $0.append(contentsOf: String(int).utf8) }
  }

  mutating func bind(_ index: Int, text: UnsafeBufferPointer<UInt8>) {
    if text.contains(0) { holdsNUL = true }
    set(index, TypeID.unknown) { $0.append(contentsOf: text) }
  }

  mutating func bind(_ index: Int, blob: UnsafeBufferPointer<UInt8>) {
    set(index, TypeID.bytea) { $0.append(contentsOf: blob) }
  }

  mutating func bindNull(_ index: Int) {
    reserve(index)
    cells[index - 1].isNull = true
  }

  mutating func removeAll() {
    for index in cells.indices { cells[index].isNull = true }
    holdsNUL = false
  }

  func takeRefusal(_ sql: String) throws {
    if holdsNUL { throw SQLFailure(.constraint, "text holds a NUL character", sql: sql) }
  }

  private mutating func reserve(_ index: Int) {
    while cells.count < index {
      cells.append(Cell())
      types.append(TypeID.unknown)
    }
  }

  private mutating func set(_ index: Int, _ type: Oid, _ fill: (inout [UInt8]) -> Void) {
    reserve(index)
    types[index - 1] = type
    cells[index - 1].isNull = false
    cells[index - 1].isBinary = type == TypeID.bytea
    cells[index - 1].bytes.removeAll(keepingCapacity: true)
    fill(&cells[index - 1].bytes)
  }

  /// Types, values, lengths and formats as libpq takes them; text ends with a NUL.
  func withPointers<Result>(
    _ body: (
      UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
    ) -> Result
  ) -> Result {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for cell in cells {
      starts.append(bytes.count)
      for byte in cell.bytes { bytes.append(CChar(bitPattern: byte)) }
      bytes.append(0)
    }
    let lengths = cells.map { Int32($0.bytes.count) }
    let formats = cells.map { $0.isBinary ? Int32(1) : 0 }
    return bytes.withUnsafeBufferPointer { memory in
      let values = zip(cells, starts).map { cell, start in
        cell.isNull ? nil : memory.baseAddress.map { $0 + start }
      }
      return body(types, values, lengths, formats, Int32(cells.count))
    }
  }
}
