import CSQLite
import Glibc
import SQL

/// SQLite's own copy of the bytes, made at once; nil in its place means that they stay where they are.
var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

/// An empty buffer may have no address, which SQLite would take for NULL.
private let nothing: StaticString = ""

@inline(__always)
func bindText(
  _ statement: OpaquePointer?, _ parameter: Int32, _ bytes: UnsafeBufferPointer<UInt8>,
  _ keeping: sqlite3_destructor_type?
) -> Int32 {
  let start = UnsafeRawPointer(bytes.baseAddress ?? nothing.utf8Start).assumingMemoryBound(to: CChar.self)
  return sqlite3_bind_text64(statement, parameter, start, UInt64(bytes.count), keeping, UInt8(SQLITE_UTF8))
}

@inline(__always)
func bindBlob(
  _ statement: OpaquePointer?, _ parameter: Int32, _ bytes: UnsafeBufferPointer<UInt8>,
  _ keeping: sqlite3_destructor_type?
) -> Int32 {
  let start = UnsafeRawPointer(bytes.baseAddress ?? nothing.utf8Start)
  return sqlite3_bind_blob64(statement, parameter, start, UInt64(bytes.count), keeping)
}

/// Postgres cannot keep a NUL in text, and SQLite's functions stop at one: both adapters refuse it.
@inline(__always)
func holdsNUL(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let start = bytes.baseAddress else { return false }
  return memchr(start, 0, bytes.count) != nil
}

func nulFailure(_ sql: String) -> SQLFailure {
  SQLFailure(.constraint, "text holds a NUL character", sql: sql)
}
